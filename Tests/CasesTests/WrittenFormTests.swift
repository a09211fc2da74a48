import Diagnostics
import Expression
import Reading
import Spatial
import TestSupport
import Testing

@testable import Cases

@Suite("What people and programs write is read where it can mean one thing")
struct WrittenFormTests {
  private func read(_ text: String, _ path: String) throws(Faults) -> ApplicationFile {
    try ApplicationFile.read(SourceFile(path: path, text: text), index: 0)
  }

  private func faults(_ body: () throws(Faults) -> Void) -> [String] {
    do throws(Faults) {
      try body()
      return []
    } catch {
      return error.faults.map { $0.rendered(.en) }
    }
  }

  /// What was read, without places in the file.
  private func plain(_ application: Application) -> String {
    "\(application.requests.words.map { Category.builtIn[$0].word }) \(application.beds ?? -1) \(application.occupancy?.description ?? "none") "
      + "\(application.score?.description ?? "none") \(application.submitted) \(application.group ?? "none") "
      + "\(application.site.map { "\($0.longitude) \($0.latitude) \($0.longitudeDecimals) \($0.datum?.rawValue ?? "none")" } ?? "none")"
  }

  private static let expected =
    #"["inpatient", "outpatient"] 100 none 85 2026-03-02 none 116.79 33.95 2 gcj02"#

  @Test(
    "every format says the same in people's own forms",
    arguments: [
      (
        "a.csv",
        "编号,名称,机构类别,申请类别,申请床位,床位使用率,得分,受理日期,集团,坐标,坐标系\nA,甲,医院,住院+门诊,100张,—,85分,46083,无,\"116.79,33.95\",gcj02\n"
      ),
      (
        "a.json",
        """
        [{"id": "A", "name": "甲", "kind": "医院", "requests": "住院+门诊", "beds": "100张", "occupancy": "/", "score": "85分",
          "submitted": 46083, "group": "无", "location": "116.79,33.95", "datum": "gcj02"}]
        """
      ),
      (
        "a.jsonl",
        """
        {"id": "A", "name": "甲", "kind": "医院", "requests": ["住院＋门诊"], "beds": 100.0, "occupancy": null, "score": 85.0, "submitted": "2026-03-02T00:00:00.000", "lon": 116.79, "lat": 33.95, "datum": "gcj02"}
        """
      ),
      (
        "a.yaml",
        """
        applications:
          - {id: A, name: 甲, kind: 医院, requests: 住院+门诊, beds: 100张, occupancy: —, score: 85分, submitted: 46083, group: 无,
             lon: 116.79, lat: 33.95, datum: gcj02}
        """
      ),
      (
        "a.geojson",
        """
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.79, 33.95]},
          "properties": {"编号": "A", "名称": "甲", "机构类别": "医院", "申请类别": "住院+门诊", "申请床位": "100 张", "床位使用率": "无",
          "得分": "85分", "受理日期": 46083, "坐标系": "gcj02", "电子邮箱": "a@b.cn"}}]}
        """
      ),
    ])
  func formats(path: String, text: String) throws {
    let file = try read(text, path)
    let application = try #require(file.applications.first)
    #expect(plain(application) == Self.expected)
    let notes = file.notes.map { $0.rendered(.en) }
    #expect(
      notes.contains { $0.contains("taken as not given") } == (path != "a.jsonl"), "\(notes)")
    #expect(
      notes.contains { $0.contains("serial number, taken as the day: `46083` → 2026-03-02") }
        == (path != "a.jsonl"), "\(notes)")
    #expect(
      notes.contains { $0.contains("no rule needs, not read: `电子邮箱`") } == (path == "a.geojson"))
  }

  @Test("a workbook counts days from the year that it says")
  func days1904() {
    let column = Catalogue.builtIn.applicationColumns.column(ofField: "submitted")
    for (isFrom1904, day) in [(false, "2026-03-02"), (true, "2030-03-03")] {
      var readings = Readings()
      let file = SourceFile(
        path: "a.xlsx", bytes: [], sheet: "s", countsDaysFrom1904: isFrom1904)
      let node = column.map {
        WrittenValue.cell(
          "46083", at: ByteRange(start: 0, end: 0), as: $0, of: file, &readings)
      }
      #expect(node?.scalar?.text == day)
      #expect(readings.notes(file).count == 1)
    }
  }

  @Test(
    "a place in one column is read in either order, by its names too",
    arguments: [
      "116.79,33.95", "116.79，33.95", "(116.79, 33.95)", "116.79 33.95", "33.95,116.79",
      "东经116.79°，北纬33.95°", "北纬33.95 东经116.79", "116.79E 33.95N", "[116.79;33.95]",
    ])
  func places(text: String) throws {
    let file = try read(
      "编号,名称,机构类别,申请类别,受理日期,经纬度（GCJ-02）\nA,甲,诊所,门诊,2026.3.2,\"\(text)\"\n", "a.csv")
    let site = try #require(file.applications.first?.site)
    #expect(site.longitude == 116.79 && site.latitude == 33.95)
    #expect(site.longitudeDecimals == 2 && site.datum == .gcj02)
    #expect(
      file.notes.contains { $0.message.en.contains("latitude first") } == (text == "33.95,116.79"))
  }

  @Test("floats of programs are whole numbers and codes, in registries too")
  func floats() throws {
    let registry = try Registry(
      reading: SourceFile(
        path: "r.csv",
        text:
          "id,name,kind,categories,district,beds,status\n17.0,甲,hospital,inpatient,相山区,120.0,active\n"
      ))
    #expect(registry.institutions.map(\.id) == ["17"])
    #expect(registry.institutions.map(\.beds) == [120])
    #expect(
      registry.notes.map { $0.rendered(.en) } == [
        "r.csv:2: note: 1 code has a part that a program added, left out: `17.0` → `17`"
      ])
  }

  @Test(
    "what could mean two things is an error that says what to do",
    arguments: [
      (
        "100张", "1.2万", "a.csv:2:",
        "`申请床位`: expected a whole number, found `1.2万`; write the whole number out"
      ),
      ("100张", "约100张", "a.csv:2:", "`申请床位`: expected a whole number, found `约100张`"),
      ("100张", "100.5张", "a.csv:2:", "`申请床位`: expected a whole number, found `100.5张`"),
      (
        "46083", "146083", "a.csv:2:",
        "`受理日期`: expected a day written like `2026-03-02`, found `146083`"
      ),
      ("46083", "2026-03-02T09:30:00", "a.csv:2:", "`受理日期`: expected a day written like"),
      ("\"116.79,33.95\"", "116.79", "a.csv:2:", "`坐标`: expected a longitude and a latitude"),
      ("\"116.79,33.95\"", "\"16.79,33.95\"", "a.csv:2:", "is not in China"),
      ("三级", "无", "a.csv:2:", "`机构等级`: expected one of"),
      ("甲", "—", "a.csv:2:", "expected the field `名称`, found none"),
      ("电子邮箱", "申请床们", "a.csv:1:", "there is no column `申请床们`; did you mean `申请床位`"),
      ("电子邮箱", "目前已有的床位总数", "a.csv:1:", "there is no column `目前已有的床位总数`; did you mean"),
      ("电子邮箱", "已定点过的类别名称", "a.csv:1:", "there is no column `已定点过的类别名称`; did you mean `已有定点类别`"),
      ("电子邮箱", "beds_total", "a.csv:1:", "there is no column `beds_total`; did you mean `beds`"),
      ("电子邮箱", "经度", "a.csv:1:", "both mean `location`"),
    ])
  func errors(good: String, bad: String, place: String, words: String) throws {
    let text =
      "编号,名称,机构类别,申请类别,申请床位,受理日期,机构等级,坐标,电子邮箱\nA,甲,医院,住院,100张,46083,三级,\"116.79,33.95\",a@b.cn\n"
    #expect(try read(text, "a.csv").applications.count == 1)
    #expect(text.contains(good))
    let found = faults { () throws(Faults) in _ = try read(text.replacing(good, with: bad), "a.csv")
    }
    #expect(found.contains { $0.hasPrefix(place) && $0.contains(words) }, "\(found)")
  }

  @Test(
    "flat places and lists in records that could mean two things are errors",
    arguments: [
      (
        "\"lon\": 116.79, \"lat\": 33.95, \"location\": {\"lon\": 116.8, \"lat\": 33.9}",
        "`lon` says again what `location` says; keep one"
      ),
      ("\"lon\": 116.79", "`location`: expected the field `lat`, found none"),
      (
        "\"location\": {\"lon\": 116.8, \"lat\": 33.9, \"datum\": \"wgs84\"}, \"datum\": \"gcj02\"",
        "`datum` is another than that of `location`"
      ),
      ("\"beds\": \"100\"", "`beds`: expected a whole number, found text `100`"),
      ("\"designated_for\": \"outpatient\"", "`designated_for`: expected a list"),
      ("\"email\": \"a@b.cn\"", "there is no field `email`"),
    ])
  func recordErrors(more: String, words: String) {
    let text =
      "[{\"id\": \"A\", \"name\": \"甲\", \"kind\": \"clinic\", \"requests\": [\"outpatient\"], \"submitted\": \"2026-03-02\", \(more)}]"
    let found = faults { () throws(Faults) in _ = try read(text, "a.json") }
    #expect(found.contains { $0.hasPrefix("a.json:1:") && $0.contains(words) }, "\(found)")
  }

  @Test("a word for nothing is a name where a name stands, and nothing elsewhere")
  func nothing() throws {
    let file = try read(
      "编号,名称,机构类别,申请类别,受理日期,街道,情形,替代机构\nA,无,诊所,门诊,2026.3.2,无,暂无,——\n", "a.csv")
    let application = try #require(file.applications.first)
    #expect(application.name == "无")
    #expect(application.street == nil && application.replaces == nil)
    #expect(application.given("circumstances") == nil)
    #expect(
      file.notes.map { $0.rendered(.zh) } == ["a.csv:2: note: 3 处填写的 `无`、`暂无`、`——` 按未填理解"])
    #expect(
      file.notes.first?.values.map(\.message.zh) == ["所在街道填写为“无”，按未填理解", "申报情形填写为“暂无”，按未填理解"])
  }

  // MARK: Rows that are none

  private static let header = "编号,名称,机构类别,申请类别,受理日期"

  @Test(
    "what stands below the data is passed over, and a whole application never",
    arguments: [
      ("制表人：张三\n", 1), ("备注：以上均已核实,,,,\n", 1), ("总计：2家\n", 1), ("制表人,张三,审核人,李四,\n", 1),
      ("单位负责人（签字）：,,填表日期：2026年3月5日\n", 1), ("注1：距离按直线计\n", 1),
      // Data, whatever the first cell says.
      ("合计,合计大药房,零售药店,零售药店,2026.3.2\n", 2), ("备注,备注诊所,诊所,门诊,2026.3.2\n", 2),
    ])
  func footers(row: String, count: Int) throws {
    let file = try read("\(Self.header)\nA,甲,诊所,门诊,2026.3.2\n" + row, "a.csv")
    #expect(file.applications.count == count)
    #expect(file.notes.count == 2 - count, "\(file.notes)")
  }

  @Test("a row that is neither data nor a footer is an error in its place")
  func neither() {
    let found = faults { () throws(Faults) in
      _ = try read("\(Self.header)\nA,甲,诊所,门诊,2026.3.2\n备用,乙,诊所,,\n", "a.csv")
    }
    #expect(found.first?.hasPrefix("a.csv:3:") == true, "\(found)")
  }

  @Test("a registry with a header alone gets a note, and one that says there are none does not")
  func emptyRegistry() throws {
    let table = try Registry(
      reading: SourceFile(path: "r.csv", text: "id,name,kind,categories,status\n"))
    #expect(table.isPresent)
    #expect(
      table.notes.map { $0.rendered(.en) } == [
        "r.csv:1: note: the registry is a header alone, taken to say that no institution is designated; check that it is complete where that is not so"
      ])
    let stated = try Registry(reading: SourceFile(path: "r.yaml", text: "institutions: []\n"))
    #expect(stated.isPresent && stated.notes.isEmpty)
  }

  // MARK: Districts

  @Test(
    "a district is known with its city before it, and no other city's",
    arguments: [
      ("相山区", "相山区"), ("淮北市相山区", "相山区"), ("安徽省淮北市相山区", "相山区"), ("淮北相山区", "相山区"),
      ("合肥市相山区", nil), ("淮北市杜集区", nil), ("淮北市", nil),
    ])
  func districts(written: String, expected: String?) throws {
    var facts = try Facts(
      reading: SourceFile(path: "f.yaml", text: "districts: [{name: 相山区}]\n"))
    facts.cityNames = ["淮北", "淮北市"]
    #expect(facts.canonicalDistrict(written) == expected)
  }

  // MARK: Facts

  @Test(
    "facts are read from a table, a place or a figure a row",
    arguments: [
      """
      2026年基础数据,,,,,
      区县,年份,常住人口（人）,定点床位数,医疗费用增长率（%）,2025年解除协议数（零售药店）
      全市,2026,\"1,970,200\",13000张,6.1%,2
      相山区,2026,548900,5000.0,7.4,
      制表人：张三
      """,
      """
      项目,区县,数值
      年份,,2026
      residents,,1970200
      定点床位数,全市,13000
      医疗费用增长率,,6.1
      terminated[2025].retail_pharmacy,,2
      常住人口,相山区,548900
      beds.designated,相山区,5000
      cost_growth,相山区,7.4
      """,
    ])
  func factsTable(text: String) throws {
    let table = try Facts(reading: SourceFile(path: "f.csv", text: text))
    let yaml = try Facts(
      reading: SourceFile(
        path: "f.yaml",
        text: """
          {year: 2026, residents: 1970200, beds: {designated: 13000}, cost_growth: 6.1, terminated: {2025: {retail_pharmacy: 2}},
           districts: [{name: 相山区, residents: 548900, beds: {designated: 5000}, cost_growth: 7.4}]}
          """))
    #expect(table.districts == yaml.districts && table.year == yaml.year)
    for path in ["residents", "cost_growth", "beds", "terminated"] {
      guard case .record(let one as DataRecord) = table.value,
        case .record(let other as DataRecord) = yaml.value
      else { return }
      func shown(_ value: Value) -> String {
        switch value {
        case .record(let record as DataRecord):
          "\(record.values.map { $0.exact?.description ?? "-" })"
        case .table(let table as Table): "\(table.entries.mapValues { shown($0) })"
        default: value.exact?.description ?? "-"
        }
      }
      #expect(shown(one[path]) == shown(other[path]), "\(path)")
    }
  }

  @Test(
    "a table of facts is refused where a name or a figure could mean two things",
    arguments: [
      ("区县,常住人口\n全市,1\n", "区县,常住人囗\n全市,1\n", "f.csv:1:", "the facts have no figure `常住人囗`"),
      ("区县,常住人口\n全市,1\n", "区县,常住人口（万元）\n全市,1\n", "f.csv:1:", "the facts have no figure"),
      ("区县,常住人口\n全市,1\n", "区县,常住人口\n全市,1\n全市,2\n", "f.csv:3:", "`residents` is given twice"),
      ("区县,常住人口\n全市,1\n", "区县,常住人口\n全市,12万\n", "f.csv:2:", "`residents`: expected a number"),
      ("项目,数值\n常住人口,1\n", "项目,备注\n常住人口,1\n", "f.csv:1:", "expected a table of facts"),
    ])
  func badFacts(good: String, bad: String, place: String, words: String) throws {
    _ = try Facts(reading: SourceFile(path: "f.csv", text: good))
    let found = faults { () throws(Faults) in
      _ = try Facts(reading: SourceFile(path: "f.csv", text: bad))
    }
    #expect(found.contains { $0.hasPrefix(place) && $0.contains(words) }, "\(found)")
  }
}
