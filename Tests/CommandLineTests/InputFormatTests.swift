import Foundation
import TestSupport
import Testing

@Suite("Applications and registries come in many formats")
struct InputFormatTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try Sample.folder("")
    for name in ["applications.xlsx", "faults.xlsx"] {
      let bytes = try #require(Golden.bytes("workbooks/\(name)"))
      try Data(bytes).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }
    return folder
  }

  private static let options = ["--city", "huaibei", "--facts", "facts.yaml"]

  @Test("a workbook is checked, with notes on standard error and places of cells")
  func workbook() throws {
    let folder = try folder()
    let result = try Program.run(
      Self.options + [
        "--registry", "applications.xlsx#名册", "applications.xlsx", "--format", "concise",
        "--format",
        "sarif=report.sarif", "--format", "github=report.txt", "--show", "all",
      ], in: folder.path)
    #expect(result.code == 1 || result.code == 3 || result.code == 0, "\(result.errors)")
    #expect(result.errors.contains("applications.xlsx:6: note: passed over 1 row of totals"))
    #expect(result.output.contains("applications.xlsx:3:"))
    let sarif = try String(
      contentsOf: URL(filePath: "\(folder.path)/report.sarif"), encoding: .utf8)
    #expect(sarif.contains("applications.xlsx"))
    let json = try JSONSerialization.jsonObject(with: Data(sarif.utf8))
    #expect(json is [String: Any])
  }

  @Test("`config` takes a table and a map as well: they have no settings of their own")
  func config() throws {
    let folder = try folder()
    try folder.write("{\"type\": \"FeatureCollection\", \"features\": []}", to: "a.json")
    for name in ["applications.xlsx", "a.json", "registry.csv"] {
      let result = try Program.run(["config", "--city", "huaibei", name], in: folder.path)
      #expect(result.code == 0, "\(name): \(result.errors)")
      #expect(result.output.contains("command line"))
    }
  }

  @Test("a text report shows the row of a cell with the cell marked")
  func snippet() throws {
    let folder = try folder()
    let result = try Program.run(
      Self.options + ["applications.xlsx", "--format", "text", "--show", "all"], in: folder.path)
    #expect(result.output.contains("--> applications.xlsx:3:"))
    #expect(result.output.contains("3 | 1   A-1 示例一医院"))
  }

  @Test("every fault of a workbook names its cell and its column")
  func faults() throws {
    let folder = try folder()
    let result = try Program.run(Self.options + ["faults.xlsx"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    let expected = [
      "faults.xlsx:2:5: error: Faults!E2: `申请床位`: expected a whole number, found a formula without its result `=A1`",
      "faults.xlsx:4:7: error: Faults!G4: `得分`: expected a number, found the spreadsheet error `#N/A`",
      "faults.xlsx:5:8: error: Faults!H5: `定点机构编号`: expected a code, found `1.23456789012346E+17`; the spreadsheet has made a number of it and lost digits, so format the column as text and enter it again",
    ]
    #expect(result.errors.split(separator: "\n").map(String.init) == expected)
  }

  private static let book = TestWorkbook([
    .init("封面", [["2026年度定点申请材料"], ["填报单位：示例区医保局", "联系电话：1"]]),
    .init(
      "申请",
      [
        ["编号", "机构名称", "机构类别", "申请类别", "区县", "坐标（WGS84）", "受理日期", "得分", "电子邮箱"],
        [
          "A", "示例药店", "药店", "零售药店", "淮北市相山区", "116.79430,33.95820", .number("46083"), "80分",
          "a@b.cn",
        ], ["制表人：张三"],
      ]),
    .init(
      "名册",
      [
        ["机构编号", "机构名称", "机构类别", "定点类别", "区县", "经度", "纬度", "坐标系", "状态"],
        ["P1", "示例老药店", "药店", "零售药店", "相山区", "116.79420", "33.95810", "wgs84", "在用"],
        ["总计：1家"],
      ]),
    .init(
      "基础数据",
      [
        ["区县", "年份", "常住人口", "定点床位数", "医疗费用增长率", "床位使用率", "2025年解除协议数定点零售药店"],
        [
          "全市", .number("2026"), .number("1000000"), .number("7000"), .number("6"),
          .number("80"), .number("1"),
        ], ["相山区", "", .number("500000"), .number("3000"), .number("5"), .number("80")],
      ]),
  ])

  @Test(
    "one workbook holds applications, registry and facts behind a cover",
    arguments: ["book.xlsx", "book.xlsx#基础数据"])
  func wholeBook(facts: String) throws {
    let folder = try folder()
    try Data(Self.book.bytes).write(to: URL(filePath: "\(folder.path)/book.xlsx"))
    let result = try Program.run(
      [
        "--city", "huaibei", "--facts", facts, "--registry", "book.xlsx", "book.xlsx",
        "--format", "json",
      ], in: folder.path)
    #expect(result.code != 2, "\(result.errors)")
    // The same as files of one kind each, but for where things stand.
    try folder.write(Sample.admissible, to: "applications.yaml")
    let same = try Program.run(["applications.yaml", "--format", "concise"], in: folder.path)
    #expect(result.code == same.code, "\(result.errors) \(result.output)")
    for note in [
      "read the sheet `申请` and not `封面`, `名册`, `基础数据`; name one as `file#sheet`",
      "read the sheet `名册` and not `封面`, `申请`, `基础数据`",
      "1 day is a spreadsheet's serial number, taken as the day: `46083` → 2026-03-02",
      "a column that no rule needs, not read: `电子邮箱`", "passed over 1 row of remarks: `制表人：张三`",
      "passed over 1 row of totals",
    ] {
      #expect(result.errors.contains(note), "\(note): \(result.errors)")
      #expect(result.output.contains(note), "\(note) in the report")
    }
    #expect(
      result.errors.contains("read the sheet `基础数据` and not `封面`, `申请`, `名册`")
        == (facts == "book.xlsx"))
  }

  @Test("a Chinese table in GB18030 is checked")
  func gb18030() throws {
    let folder = try folder()
    let text =
      "编号,机构名称,机构类别,申请类别,区县,经度,纬度,坐标系,受理日期,得分\nA,示例药店,药店,零售药店,相山区,116.79430,33.95820,国家2000,2026.3.2,80\n"
    try text.write(
      toFile: "\(folder.path)/a.csv", atomically: true,
      // GB18030, as Foundation numbers encodings.
      encoding: String.Encoding(rawValue: 0x8000_0632))
    let result = try Program.run(
      Self.options + ["--registry", "registry.csv", "a.csv"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.contains("a.csv:1: note: the file is not UTF-8 and was read as GB18030"))
  }

  @Test(
    "a file that is no workbook, and a sheet that is not there, end with 2",
    arguments: [
      ("faults.xlsx#Fault", "there is no sheet `Fault`"), ("old.xls", "save it as .xlsx"),
      ("none.xlsx#A", "neither a subcommand nor a file"),
    ])
  func noWorkbook(path: String, words: String) throws {
    let folder = try folder()
    try folder.write("编号\n", to: "old.xls")
    let result = try Program.run(Self.options + [path], in: folder.path)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
