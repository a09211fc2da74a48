import Diagnostics
import Testing

@testable import Cases

@Suite struct MissingDatumTests {
  /// A path of every value that a shape has room for.
  private static func paths(_ shape: RecordShape, _ path: String) -> [String] {
    shape.fields.flatMap { paths($0.shape, "\(path).\($0.name)") }
  }

  private static func paths(_ shape: Shape, _ path: String) -> [String] {
    switch shape {
    case .record(let inner): [path] + paths(inner, path)
    case .list(.record(let inner), _): [path] + paths(inner, path + "[相山区]")
    case .byCategory(let inner, let categories):
      categories.entries.flatMap { paths(inner, "\(path).\($0.word)") }
    case .byYear(let inner): paths(inner, path + "[2025]")
    default: [path]
    }
  }

  @Test(
    arguments:
      paths(Catalogue.builtIn.facts, "facts")
      + paths(Catalogue.builtIn.application, "applications[申请]")
      + paths(Catalogue.builtIn.plan, "plan")
      + paths(Catalogue.builtIn.neighbour, "registry[机构]"))
  func `a letter names whatever may be missing in Chinese`(path: String) {
    let name = MissingDatum(path: path, Registry(), .builtIn).name
    let letters = name.zh.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }
    #expect(letters.isEmpty && !name.zh.isEmpty, "\(name.zh)")
    #expect(!name.en.contains("_"), "\(name.en)")
  }

  @Test(arguments: [
    (
      "facts.fund.surplus_rate", "全市当期统筹基金结余率（小数，0.1 即 10%）",
      "surplus rate, a fraction, of the city"
    ),
    ("facts.pooled.coefficient", "全市门诊统筹药店调节系数", "coefficient of pooled pharmacies of the city"),
    ("facts.beds.designated", "全市定点床位数", "designated beds of the city"),
    ("facts.beds.by_grade.tertiary", "全市三级定点床位数", "designated beds, tertiary, of the city"),
    (
      "facts.districts[相山区].occupancy", "相山区床位使用率（%）",
      "bed occupancy, per cent, of 相山区"
    ),
    ("facts.districts[相山区]", "相山区的基础数据", "the figures of 相山区"),
    (
      "facts.terminated[2025].retail_pharmacy", "全市 2025 年解除协议数（定点零售药店）",
      "agreements ended in 2025 (retail pharmacy) of the city"
    ),
    (
      "facts.districts[相山区].admitted[2026].inpatient", "相山区 2026 年已纳入数（住院）",
      "places already given in 2026 (inpatient) of 相山区"
    ),
    ("plan.beds.total", "床位总量", "total of beds"),
    ("plan.beds.per_1000_insured", "每千参保人床位", "beds per 1,000 insured"),
    ("plan.beds.local_by_grade.primary", "一级及以下本地床位", "local beds, primary and below"),
    ("plan.totals.outpatient", "规划总量（门诊）", "totals (outpatient)"),
    (
      "plan.districts[江岸区].planned.retail_pharmacy", "江岸区规划数量（定点零售药店）",
      "quotas (retail pharmacy) of 江岸区"
    ),
    ("plan.districts[江岸区].new_beds", "江岸区新增床位", "new beds of 江岸区"),
    ("plan.procedure.started", "启动日期", "day of the start"),
    ("plan.procedure.documents", "文件清单", "list of documents"),
    ("plan.procedure.expert_review.panels", "专家论证参加部门", "panels of the expert review"),
    ("plan.procedure.compares.target", "比对分析的目标值", "target value of the comparison"),
    ("registry[机构].beds", "定点机构名册中机构的定点床位", "机构 in the registry: designated beds"),
    (
      "registry[机构].grade", "定点机构名册中机构的机构等级（三级、二级、一级、未定级，择一）",
      "机构 in the registry: grade (tertiary, secondary, primary, ungraded)"
    ),
    (
      "registry[机构].lon", "定点机构名册中机构的经纬度坐标及坐标系",
      "机构 in the registry: coordinates and their datum"
    ),
  ])
  func `as an official would call it`(path: String, zh: String, en: String) {
    let name = MissingDatum(path: path, Registry(), .builtIn).name
    #expect(name.zh == zh)
    #expect(name.en == en)
  }
}
