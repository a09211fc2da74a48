import Diagnostics
import Expression
import Reading

/// The year's figures of a jurisdiction and its districts (基础数据): the fields of a facts file, each written here once.
package enum FactsShape {
  /// A district with a tenant's own fields after those that every tenant has.
  package static func district(_ words: Vocabularies, own: [RecordShape.Field]) -> RecordShape {
    RecordShape("district", districtFields(Shared(words)) + own)
  }

  /// The whole file with a tenant's own fields after those that every tenant has.
  package static func city(
    _ words: Vocabularies, district: RecordShape, own: [RecordShape.Field]
  ) -> RecordShape {
    RecordShape(
      "facts", cityFields(words, district: district) + own,
      about: RecordDescription(
        zh: "基础数据", en: "the year's figures of a jurisdiction",
        beyond: [
          Bilingual(zh: "区县名称和区划代码均不得重复", en: "no district's name or code occurs twice")
        ]))
  }

  /// The figures that a city and its districts have alike.
  private struct Shared {
    let residents = RecordShape.Field(
      "residents", .number(minimum: Exact(1), maximum: nil), zh: "常住人口", en: "residents",
      from: ("统计部门公布的常住人口（人）", "the statistical office, persons"))
    let insured = RecordShape.Field(
      "insured", .number(minimum: Exact(1), maximum: nil), zh: "参保人数", en: "insured",
      from: ("医保经办机构年末参保人数（人）", "the insurance agency at the year's end, persons"))
    let beds = RecordShape.Field(
      "beds", .record(FactsShape.beds), zh: "定点床位", en: "designated beds",
      from: ("协议确认的定点床位（张）", "the agreements, beds"))
    let costGrowth = RecordShape.Field(
      "cost_growth", .share(.growth), zh: "医疗费用增长率（%）", en: "cost growth, per cent",
      from: ("医保结算系统，较上年（%）", "the settlement system, against the year before, per cent"))
    let occupancy = RecordShape.Field(
      "occupancy", .percent, zh: "床位使用率（%）", en: "bed occupancy, per cent",
      from: ("卫生健康统计年报（%）", "the health statistics, per cent"))
    let purchases = RecordShape.Field(
      "purchases", .amount, zh: "购药人次或金额", en: "purchases, visits or yuan",
      headers: ["全市购药人次或金额"], from: ("医保结算系统，全年", "the settlement system, whole year"))
    let pooledVisits = RecordShape.Field(
      "pooled_visits_2025", .amount, zh: "2025 年门诊统筹药店结算人次",
      en: "visits settled by pooled pharmacies in 2025", headers: ["2025 年全市门诊统筹药店结算人次"],
      from: ("医保结算系统（人次）", "the settlement system, visits"))
    let stock, planned, annualPlan, admitted: RecordShape.Field

    init(_ words: Vocabularies) {
      let counts = Shape.byCategory(.count, of: words.category)
      stock = RecordShape.Field(
        "stock", counts, zh: "现有定点机构数", en: "institutions designated now",
        from: ("定点机构名册；留空则由名册统计（家）", "the registry, counted from it where blank, institutions"))
      planned = RecordShape.Field(
        "planned", counts, zh: "规划数量", en: "totals to reach",
        from: (
          "规划文件所列；留空则按规划公式测算（家）", "the plan, computed by its formulas where blank, institutions"
        ))
      annualPlan = RecordShape.Field(
        "annual_plan", counts, .meansNone, zh: "已公布的年度计划", en: "this year's published places",
        from: (
          "已公布的年度配置计划；未公布的删去（家）",
          "the published yearly plan; delete it where none is, institutions"
        ))
      admitted = RecordShape.Field(
        "admitted", .byYear(counts), .meansZero, zh: "本年已纳入数",
        en: "places already given this year",
        frame: ("{} 年已纳入数", "places already given in {}"),
        from: (
          "本年此前批次的决定；没有的填 0（家）",
          "the decisions of earlier batches this year, 0 for none, institutions"
        ))
    }
  }

  private static func districtFields(_ shared: Shared) -> [RecordShape.Field] {
    [
      .init("name", .text, .required, zh: "区县名称", en: "name of the district"),
      .init("code", .text, zh: "行政区划代码", en: "GB/T 2260 code"),
      shared.residents, shared.insured, shared.beds, shared.costGrowth, shared.occupancy,
      shared.purchases, shared.pooledVisits,
      .init(
        "chronic_hub", .flag, zh: "门慢特购药流向集中区域", en: "where chronic patients buy",
        from: ("规划文件所列：true 或 false", "the plan: true or false")),
      .init(
        "type", .text, zh: "区域类型", en: "type of district",
        from: ("规划文件的区域分类", "the plan's types of district")),
      shared.stock, shared.planned, shared.annualPlan, shared.admitted,
    ]
  }

  package static let beds = RecordShape(
    "beds",
    [
      .init("designated", .count, zh: "定点床位数", en: "designated beds"),
      .init("tcm", .count, zh: "中医类床位数", en: "beds for TCM"),
      .init("psychiatric", .count, zh: "精神科床位数", en: "psychiatric beds"),
      .init(
        "by_grade", .record(byGrade), zh: "按等级", en: "by grade",
        frame: ("{}定点床位数", "designated beds, {}")),
    ])

  static let byGrade = RecordShape(
    "by_grade",
    [
      .init("tertiary", .count, zh: "三级", en: "tertiary"),
      .init("secondary", .count, zh: "二级", en: "secondary"),
      .init("primary", .count, zh: "一级及以下", en: "primary and below"),
    ])

  private static func cityFields(
    _ words: Vocabularies, district: RecordShape
  ) -> [RecordShape.Field] {
    let shared = Shared(words)
    return [
      .init("planlint", .format("facts/1"), zh: "文件格式", en: "format of the file"),
      .init("city", .text, zh: "统筹地区", en: "the tenant"),
      .init(
        "year", .year, zh: "数据年份", en: "year of the figures", headers: ["年份", "年度", "数据年度"],
        from: ("数据所属年份", "the year that the figures are of")),
      .init(
        "counted_to", .count, zh: "已计入的台账序号",
        en: "the entry of the desk's ledger up to which it counts",
        from: (
          "受理系统的名额台账：统计时最后一条的序号；不用受理系统的删去",
          "the desk's ledger of places: its last entry when these figures were counted; delete it where there is no desk"
        )),
      shared.residents, shared.insured,
      shared.purchases, shared.pooledVisits,
      shared.beds,
      .init(
        "beds_standard_per_1000", .amount, zh: "每千人口床位目标值",
        en: "target per 1,000, regional health plan",
        from: ("区域卫生规划（张/千人）", "the regional health plan, beds per 1,000")),
      .init(
        "beds_calculated_per_1000", .amount, zh: "每千人口床位测算值",
        en: "calculated per 1,000, what the fund can bear",
        from: ("基金测算（张/千人）", "what the fund can bear, beds per 1,000")),
      .init(
        "beds_needed_per_1000", .amount, zh: "每千人口床位需要值", en: "needed per 1,000",
        from: ("需求测算（张/千人）", "what is needed, beds per 1,000")),
      shared.costGrowth, shared.occupancy,
      .init(
        "terminated", .byYear(shared.stock.shape), zh: "各年度解除协议数", en: "agreements ended, by year",
        frame: ("{} 年解除协议数", "agreements ended in {}"),
        from: ("协议管理台账，按年度（家）", "the register of agreements by year, institutions")),
      shared.stock, shared.planned, shared.annualPlan, shared.admitted,
      .init(
        "fund", .record(fund), zh: "基金测算参数", en: "figures of the fund",
        from: ("基金预决算和测算文件", "the fund's budget and calculation")),
      .init(
        "pooled", .record(pooled), zh: "门诊统筹测算参数", en: "figures for pooled pharmacies",
        from: ("门诊统筹测算文件", "the calculation for pooled pharmacies")),
      .init(
        "chronic", .record(chronic), zh: "门慢特测算参数", en: "figures for chronic pharmacies",
        from: ("门慢特测算文件", "the calculation for chronic pharmacies")),
      .init(
        "purchases_unit", .word(words.purchasesUnit), zh: "各区购药量的单位",
        en: "what the districts' purchases count", from: ("医保结算系统", "the settlement system")),
      .init("districts", .list(.record(district), naming: "name"), zh: "各区县", en: "the districts"),
    ]
  }

  static let purchasesUnits = VocabularyTable(
    "purchases_unit", zh: "购药量单位", en: "unit of purchases",
    [("visits", "人次", "visits"), ("yuan", "元", "yuan")])

  static let fund = RecordShape(
    "fund",
    [
      .init("financing", .amount, zh: "基本医保筹资规模（元）", en: "the year's financing, yuan"),
      .init(
        "surplus_rate", .share(.fraction), zh: "当期统筹基金结余率（小数，0.1 即 10%）",
        en: "surplus rate, a fraction"),
      .init(
        "reimbursement_level", .share(.fraction), zh: "报销水平（小数）",
        en: "level of reimbursement, a fraction"),
      .init("cost_per_bed", .amount, zh: "每床位医疗费用（元/年）", en: "cost of a bed a year, yuan"),
      .init("patient_coefficient", .amount, zh: "患者调节系数", en: "coefficient of patients' flow"),
      .init("fund_coefficient", .amount, zh: "基金调节系数", en: "coefficient of the fund"),
      .init(
        "admission_rate", .share(.fraction), zh: "年住院率（小数）",
        en: "admissions of an insured a year, a fraction"
      ),
      .init("mean_stay", .amount, zh: "平均住院日（天）", en: "mean stay, days"),
    ])

  static let pooled = RecordShape(
    "pooled",
    [
      .init("budget", .amount, zh: "职工医保年度统筹基金预算总额（元）", en: "the year's budget, yuan"),
      .init(
        "drug_share", .share(.fraction), zh: "门诊统筹药品支出占比（小数）",
        en: "share that pharmacies take, a fraction"),
      .init(
        "reimbursement_per_pharmacy", .amount, zh: "药店年度统筹基金报销额度（元/家）",
        en: "reimbursement of a pharmacy a year, yuan"),
      .init("visits", .amount, zh: "参保职工年度门诊统筹药店购药人次数", en: "visits a year"),
      .init(
        "capacity_per_pharmacy", .amount, zh: "门诊统筹药店标准化承载能力（人次/年）",
        en: "capacity of a pharmacy, visits a year"),
      .init(
        "coefficient", .amount, zh: "门诊统筹药店调节系数", en: "coefficient of pooled pharmacies",
        headers: ["调节系数"]),
      .init(
        "access_allowance", .amount, zh: "门诊统筹药店可及性保障数量（家）",
        en: "pooled pharmacies that access needs",
        headers: ["可及性保障数量（家）"]),
    ])

  static let chronic = RecordShape(
    "chronic",
    [
      .init("budget", .amount, zh: "药店门慢特基金预算（元）", en: "the year's budget, yuan"),
      .init(
        "standard_per_pharmacy", .amount, zh: "门慢特药店年度门慢特报销标准额度（元/家）",
        en: "standard of a pharmacy a year, yuan"),
      .init("patients", .amount, zh: "门慢特患者人数", en: "patients"),
      .init("visits_per_patient", .amount, zh: "年人均药店门慢特购药频次（次）", en: "visits of a patient a year"),
      .init(
        "capacity_per_pharmacy", .amount, zh: "门慢特药店标准化承载能力（人次/年）",
        en: "capacity of a chronic pharmacy, visits a year", headers: ["药店标准化承载能力（人次/年）"]),
      .init(
        "access_allowance", .amount, zh: "门慢特药店可及性保障数量（家）",
        en: "chronic pharmacies that access needs",
        headers: ["可及性保障数量（家）"]),
    ])
}
