import Diagnostics
import Foundation
import Reading
import TestSupport
import Testing

@Suite("From a workbook and back")
struct WorkbookFormTests {
  private static let cities = ["huaibei", "xian", "wuhan", "dalian", "tianmen"]

  private func sheets(_ folder: TemporaryFolder, _ name: String) throws -> [Workbook.Sheet] {
    let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
    return try Workbook.sheets(SourceFile(path: name, bytes: Array(bytes)))
  }

  /// The texts of a sheet, row by row.
  private func texts(_ sheet: Workbook.Sheet) -> [[String]] {
    var rows: [[String]] = []
    for row in sheet.rows {
      while rows.count < row.number - 1 { rows.append([]) }
      var cells: [String] = []
      for cell in row.cells {
        while cells.count < cell.column - 1 { cells.append("") }
        cells.append(cell.text)
      }
      rows.append(cells)
    }
    return rows
  }

  private func form(_ city: String, _ folder: TemporaryFolder, _ more: [String] = []) throws {
    let result = try Program.run(
      ["init", "--city", city, "--form", "xlsx", "form.xlsx"] + more, in: folder.path)
    #expect(
      result.code == 0 && result.output == "form.xlsx\n" && result.errors.isEmpty,
      "\(result.errors)")
  }

  /// The form of a city with rows written under its headers.
  private func fill(
    _ folder: TemporaryFolder, applications: [[String: String]] = [],
    registry: [[String: String]] = [], facts: [String: [String: String]] = [:], to name: String
  ) throws {
    let form = try sheets(folder, "form.xlsx")
    func rows(_ sheet: Int, _ more: [[String: String]]) -> [[TestWorkbook.Cell]] {
      let texts = texts(form[sheet])
      let given = more.flatMap(\.keys).filter { !texts[0].contains($0) }
      #expect(given.isEmpty, "\(given) of \(texts[0])")
      return (texts + more.map { row in texts[0].map { row[$0] ?? "" } }).map {
        $0.map { .text($0) }
      }
    }
    let figures = texts(form[2])
    let filled = figures.map { row -> [TestWorkbook.Cell] in
      let more = facts[row.first ?? ""] ?? [:]
      return figures[0].indices.map { column in
        let there = column < row.count ? row[column] : ""
        return .text(there.isEmpty ? more[figures[0][column]] ?? "" : there)
      }
    }
    let book = TestWorkbook([
      .init("申请", rows(0, applications)), .init("名册", rows(1, registry)),
      .init("基础数据", filled), .init("填表说明", texts(form[3]).map { $0.map { .text($0) } }),
    ])
    try Data(book.bytes).write(to: URL(filePath: "\(folder.path)/\(name)"))
  }

  private static let pharmacy = [
    "申请编号": "HB-1", "机构名称": "示例惠民大药房", "机构类别": "零售药店", "申请类别": "定点零售药店", "所在区": "相山区",
    "经度": "116.794300", "纬度": "33.958200", "坐标系": "cgcs2000", "申请日期": "2026-03-02", "评估得分": "80",
  ]
  private static let neighbour = [
    "机构编号": "P1", "机构名称": "示例老药店", "机构类别": "零售药店", "定点类别": "定点零售药店", "所在区": "杜集区",
    "经度": "116.830000", "纬度": "33.990000", "坐标系": "cgcs2000", "定点状态": "正常",
  ]
  private static let figures = [
    "全市": [
      "常住人口": "1000000", "定点床位数": "7000", "医疗费用增长率（%）": "6",
      "2025年解除协议数（定点零售药店）": "1",
    ], "相山区": ["常住人口": "500000", "定点床位数": "3000", "医疗费用增长率（%）": "5", "床位使用率（%）": "80"],
  ]

  @Test("the form has its four sheets, and as it is nothing is decided by it", arguments: cities)
  func blank(_ city: String) throws {
    let folder = try TemporaryFolder()
    try form(city, folder)
    let sheets = try sheets(folder, "form.xlsx")
    #expect(sheets.map(\.name) == ["申请", "名册", "基础数据", "填表说明"])
    #expect(texts(sheets[0])[1].first == "示例")
    let check = try Program.run(["--city", city, "form.xlsx"], in: folder.path)
    #expect(check.code == 2 && check.output.isEmpty)
    #expect(
      check.errors.contains("expected at least one application, found none"), "\(check.errors)")
    // Every column is one that is read, and every needed one is there.
    let facts = try Program.run(
      ["convert", "form.xlsx#基础数据", "--to", "yaml", "--city", city, "--as", "facts"],
      in: folder.path)
    #expect(facts.code == 0, "\(facts.errors)")
  }

  @Test("all of the form's columns are read", arguments: cities)
  func columns(_ city: String) throws {
    let folder = try TemporaryFolder()
    try form(city, folder)
    let sheets = try sheets(folder, "form.xlsx")
    for (index, sheet) in sheets.dropLast().enumerated() {
      let names = texts(sheet)[0]
      #expect(names.count > 1 && Set(names).count == names.count && !names.contains(""))
      let other = index == 0 ? "form.xlsx#申请" : index == 1 ? "form.xlsx#名册" : "form.xlsx#基础数据"
      let result = try Program.run(
        [
          "convert", other, "--to", "json", "--city", city, "--as",
          ["applications", "registry", "facts"][index],
        ],
        in: folder.path)
      #expect(!result.errors.contains("column"), "\(result.errors)")
    }
  }

  @Test("filled in, one file gives applications, registry and figures, and the example is none")
  func filled() throws {
    let folder = try TemporaryFolder()
    try form("huaibei", folder)
    try fill(
      folder, applications: [Self.pharmacy], registry: [Self.neighbour], facts: Self.figures,
      to: "a.xlsx")
    let result = try Program.run(
      ["--city", "huaibei", "a.xlsx", "--format", "json", "--format", "xlsx=out.xlsx"],
      in: folder.path)
    #expect(result.code == 0, "\(result.errors) \(result.output)")
    #expect(result.output.contains("\"a.xlsx#名册\"") && result.output.contains("\"a.xlsx#基础数据\""))
    #expect(result.output.contains("\"subjects\": 1"))
    #expect(result.errors.contains("passed over 1 row that is an example"))
    #expect(
      result.errors.contains(
        "sheets of the same workbook are read: `名册` as the registry, `基础数据` as the facts"))
    #expect(!result.errors.contains("and not"), "\(result.errors)")
    // The same with everything named by itself.
    let named = try Program.run(
      [
        "--city", "huaibei", "--facts", "a.xlsx#基础数据", "--registry", "a.xlsx#名册", "a.xlsx#申请",
        "--format", "concise",
      ],
      in: folder.path)
    #expect(named.code == 0, "\(named.errors)")
    let back = try sheets(folder, "out.xlsx")
    #expect(back.map(\.name) == ["申请", "名册", "基础数据", "填表说明", "about"])
    let rows = texts(back[0])
    let verdict = try #require(rows[0].firstIndex(of: "x-verdict"))
    #expect(rows[1].count < verdict || rows[1][verdict].isEmpty)
    #expect(rows[2][0] == "HB-1" && rows[2][verdict] == "admissible")
    #expect(texts(back[1]) == texts(try sheets(folder, "a.xlsx")[1]))
    // What came back is an input as well, and comes back the same.
    let again = try Program.run(
      ["--city", "huaibei", "out.xlsx", "--format", "xlsx=again.xlsx"], in: folder.path)
    #expect(again.code == 0, "\(again.errors)")
    let twice = try sheets(folder, "again.xlsx")
    #expect(twice.map(\.name) == back.map(\.name) && texts(twice[0]) == rows)
  }

  @Test("empty sheets are not given, and another registry is an option or an error")
  func rules() throws {
    let folder = try TemporaryFolder()
    try form("huaibei", folder)
    try fill(folder, applications: [Self.pharmacy], to: "a.xlsx")
    let empty = try Program.run(
      ["--city", "huaibei", "a.xlsx", "--format", "json"], in: folder.path)
    #expect(empty.code == 3, "\(empty.errors)")
    #expect(
      empty.errors.contains(
        "nothing is filled in on the sheets `名册`, `基础数据`, which count as not given"))
    #expect(empty.errors.contains("no facts and no registry given"))
    try fill(
      folder, applications: [Self.pharmacy], registry: [Self.neighbour], facts: Self.figures,
      to: "b.xlsx")
    try folder.write(
      "id,name,kind,categories,district,lon,lat,datum,status\nP9,x,clinic,outpatient,杜集区,116.8300,33.9900,wgs84,active\n",
      to: "other.csv")
    let option = try Program.run(
      ["--city", "huaibei", "b.xlsx", "--registry", "other.csv", "--format", "json"],
      in: folder.path)
    #expect(option.code == 0 && option.output.contains("other.csv"), "\(option.errors)")
    #expect(!option.output.contains("b.xlsx#名册"))
    try folder.write("registry: other.csv\n", to: "planlint.yaml")
    let settings = try Program.run(["--city", "huaibei", "b.xlsx"], in: folder.path)
    #expect(
      settings.code == 2 && settings.errors.contains("settle it with `--registry`"),
      "\(settings.errors)")
    try FileManager.default.removeItem(atPath: "\(folder.path)/planlint.yaml")
    try FileManager.default.copyItem(
      atPath: "\(folder.path)/b.xlsx", toPath: "\(folder.path)/c.xlsx")
    let two = try Program.run(["--city", "huaibei", "b.xlsx", "c.xlsx"], in: folder.path)
    #expect(two.code == 2 && two.errors.contains("settle it with `--facts`"), "\(two.errors)")
  }

  @Test("a workbook with errors comes back with them beside their rows, and nothing is decided")
  func errors() throws {
    let folder = try TemporaryFolder()
    try form("huaibei", folder)
    var wrong = Self.pharmacy
    wrong["申请日期"] = "2026-02-30"
    var other = Self.neighbour
    other["机构类别"] = "小卖部"
    try fill(
      folder, applications: [Self.pharmacy.merging(["申请编号": "HB-0"]) { $1 }, wrong],
      registry: [other],
      facts: Self.figures, to: "a.xlsx")
    let result = try Program.run(
      ["--city", "huaibei", "a.xlsx", "--lang", "zh", "--format", "xlsx=out.xlsx"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("out.xlsx: note: 已写入带错误列的工作簿；未作任何审核"))
    let back = try sheets(folder, "out.xlsx")
    #expect(back.map(\.name) == ["申请", "名册", "基础数据", "填表说明", "错误一览"])
    let rows = texts(back[0])
    let column = try #require(rows[0].firstIndex(of: "错误"))
    #expect(rows[2].count <= column)
    #expect(rows[3][column] == "`申请日期`：日历上没有 `2026-02-30` 这一天")
    let registry = texts(back[1])
    #expect(registry[1][registry[0].count - 1].contains("小卖部"), "\(registry)")
    #expect(texts(back[4])[1][0] == "a.xlsx 申请!M4")
    // The input is never written over.
    let over = try Program.run(
      ["--city", "huaibei", "a.xlsx", "--format", "xlsx=a.xlsx"], in: folder.path)
    #expect(over.code == 2 && over.errors.contains("expected a file that the run does not read"))
  }

  @Test("rows of CSV and YAML come back as a table; nothing in it is a formula")
  func otherInputs() throws {
    let folder = try Sample.folder(Sample.refused)
    let yaml = try Program.run(
      ["applications.yaml", "--lang", "zh", "--format", "xlsx=out.xlsx"], in: folder.path)
    #expect(yaml.code == 1, "\(yaml.errors)")
    let rows = texts(try sheets(folder, "out.xlsx")[0])
    #expect(rows[0].starts(with: ["申请编号", "机构名称", "机构类别", "申请类别"]))
    #expect(rows[0].suffix(3) == ["结论", "依据", "补正"])
    #expect(rows.contains { $0.contains("原则上不予纳入") || $0.contains("不予纳入") })
    let again = try Program.run(
      [
        "--city", "huaibei", "--facts", "facts.yaml", "--registry", "registry.csv", "out.xlsx",
        "--format", "concise",
      ],
      in: folder.path)
    #expect(again.code == 1, "\(again.errors)")
    try folder.write(
      "名单\n编号,机构名称,机构类别,申请类别,区县,受理日期,备注\nA,@SUM(1),药店,零售药店,相山区,2026-03-02,=1+1\n合计：1家\n",
      to: "a.csv")
    let csv = try Program.run(
      ["--city", "huaibei", "a.csv", "--lang", "zh", "--format", "xlsx=csv.xlsx"], in: folder.path)
    #expect(csv.code == 3, "\(csv.errors)")
    let kept = texts(try sheets(folder, "csv.xlsx")[0])
    #expect(kept[0] == ["名单"] && kept[3] == ["合计：1家"])
    #expect(kept[1].suffix(4) == ["备注", "结论", "依据", "补正"])
    #expect(kept[2][1] == "@SUM(1)" && kept[2][6] == "=1+1" && kept[2][7] == "资料不足")
    #expect(kept[2][9].contains("请申请人补正") || kept[2][9].contains("请受理单位核实补充"))
  }

  @Test("a city's own fields and words are in its form")
  func ownFields() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(
      ["init", "--city", "haizhou", "--form", "xlsx", "form.xlsx"], in: folder.path,
      environment: ["PLANLINT_POLICIES": Golden.path("owncity/policies")])
    #expect(result.code == 0, "\(result.errors)")
    let sheets = try sheets(folder, "form.xlsx")
    let names = texts(sheets[0])[0]
    for name in ["营业面积（平方米）", "执业药师人数", "正式运营日期", "经营形式", "药师名单"] {
      #expect(names.contains(name), "\(names)")
    }
    let guide = texts(sheets[3]).joined()
    for word in ["连锁", "单体", "中药铺", "县级", "平方米"] {
      #expect(guide.contains { $0.contains(word) }, "\(word)")
    }
  }

  @Test("a form that is there is not replaced, unless it is said so")
  func existing() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "form.xlsx")
    let refused = try Program.run(
      ["init", "--city", "huaibei", "--form", "xlsx", "form.xlsx"], in: folder.path)
    #expect(refused.code == 2 && refused.errors.contains("give `--force`"))
    #expect(try folder.read("form.xlsx") == "mine")
    try form("huaibei", folder, ["--force"])
    let unknown = try Program.run(
      ["init", "--city", "huaibei", "--form", "xls", "b.xlsx"], in: folder.path)
    #expect(
      unknown.code == 2 && unknown.errors.contains("did you mean `xlsx`"), "\(unknown.errors)")
  }
}
