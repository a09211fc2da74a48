import Diagnostics
import Reading
import Spatial
import Testing

@testable import Cases

@Suite("Columns and values have Chinese names")
struct ColumnTableTests {
  private func meaning(
    _ header: String, in table: ColumnTable = Catalogue.builtIn.applicationColumns
  ) -> String {
    switch table.meaning(of: header) {
    case .column(let column, let datum): column.field + (datum.map { " " + $0.rawValue } ?? "")
    case .ambiguous(let columns): columns.map(\.field).joined(separator: "|")
    case .unused: "unused"
    case .own: "own"
    case .annotation(_, let found): "!" + found
    case .unknown: "?" + (table.nearest(header) ?? "")
    }
  }

  @Test(
    "headers of applications",
    arguments: [
      ("编号", "id"), ("机构编号", "id"), ("机构名称", "name"), ("机构类别", "kind"), ("所在区", "district"),
      ("区县", "district"), ("行政区", "district"), ("区（县）", "district"), ("街道", "street"),
      ("经度", "lon"),
      ("纬度", "lat"), ("坐标系", "datum"), ("申请类别", "requests"), ("申请床位", "beds"),
      ("申请床位（张）", "beds"), ("申请床位 (张)", "beds"), ("申请\n床位\n（张）", "beds"), ("现有床位", "existing_beds"),
      ("床位使用率(%)", "occupancy"), ("床位使用率％", "occupancy"), ("机构等级", "grade"), ("专科", "specialty"),
      ("所有制", "ownership"), ("举办主体", "ownership"), ("申请日期", "submitted"), ("受理日期*", "submitted"),
      ("评分", "score"), ("得分（百分制）", "score"), ("集团", "group"), ("已定点类别", "designated_for"),
      ("定点机构编号", "institution"), ("替代机构", "replaces"), ("情形", "circumstances"),
      ("区域（建成区/非建成区）", "area"), ("区域（是否建成区）", "area"), ("区位", "setting"), ("统一社会信用代码", "uscc"),
      ("ID", "id"),
      ("Occupancy", "occupancy"), ("经度（GCJ-02）", "lon gcj02"), ("纬度(百度坐标)", "lat bd09"),
      ("经度（°）", "lon"), ("床位", "beds|existing_beds"), ("类别", "kind|requests"),
      ("区域", "district|area"),
      ("申请床位（万张）", "!万张"), ("床位使用率（小数）", "!小数"), ("经度（度分秒）", "!度分秒"), ("序号", "unused"),
      ("备注", "unused"), ("x-来源", "own"), ("机构名秤", "?机构名称"), ("申请床们", "?申请床位"),
      ("submited", "?submitted"),
    ])
  func applications(header: String, expected: String) {
    #expect(meaning(header) == expected)
  }

  @Test(
    "headers of the registry",
    arguments: [
      ("定点机构编号", "id"), ("定点类别", "categories"), ("床位", "beds"), ("状态", "status"),
      ("类别", "kind|categories"),
      ("统一社会信用代码", "uscc"), ("申请床位", "?申请单位"),
    ])
  func registry(header: String, expected: String) {
    #expect(meaning(header, in: Catalogue.builtIn.registryColumns) == expected)
  }

  @Test("no name means two columns, and every field has a Chinese name")
  func unambiguous() {
    for table in [Catalogue.builtIn.applicationColumns, Catalogue.builtIn.registryColumns] {
      var seen: [String: String] = [:]
      for column in table.columns {
        #expect(!column.names.isEmpty)
        for name in column.names {
          #expect(seen.updateValue(column.field, forKey: name) == nil, "\(name)")
          #expect(CellText.key(name) == name)
          #expect(!ColumnTable.unused.contains(name))
        }
      }
      for (name, fields) in table.ambiguous {
        #expect(seen[name] == nil, "\(name)")
        #expect(fields.count > 1)
        for field in fields { #expect(table.columns.contains { $0.field == field }) }
      }
    }
  }

  @Test("the tables have every field that files have")
  func complete() {
    let fields = Catalogue.builtIn.applicationEntries.map(\.name).filter { $0 != "location" }
    #expect(
      Set(Catalogue.builtIn.applicationColumns.columns.map(\.field))
        == Set(fields + ["lon", "lat", "datum", "location"]))
  }

  @Test("no Chinese name of a word means two words")
  func words() {
    for table in Vocabularies.builtIn + [RegistryStatus.builtIn] {
      for (index, entry) in table.entries.enumerated() {
        #expect(table.index(meaning: entry.word) == index)
        #expect(table.index(meaning: entry.label.zh) == index, "\(entry.label.zh)")
      }
      var seen: Set<String> = []
      for name in table.allNames where !name.utf8.allSatisfy({ $0 < 0x80 }) {
        seen.insert(CellText.key(name))
      }
      #expect(seen.count >= table.entries.count)
    }
  }

  @Test(
    "datums have many names",
    arguments: [
      ("WGS84", Datum.wgs84), ("WGS-84", .wgs84), ("国家2000", .cgcs2000), ("CGCS2000", .cgcs2000),
      ("GCJ-02", .gcj02), ("火星坐标", .gcj02), ("火星坐标（GCJ-02）", .gcj02), ("高德", .gcj02),
      ("BD-09", .bd09),
      ("百度坐标", .bd09), ("ＢＤ－０９", .bd09), ("2000国家大地坐标系", .cgcs2000), ("北京54", nil), ("西安80", nil),
    ] as [(String, Datum?)])
  func datums(text: String, expected: Datum?) {
    #expect(DatumName.datum(meaning: text) == expected)
  }

  // MARK: Whole tables

  private func read(_ text: String, path: String = "a.csv") throws(Faults) -> ApplicationFile {
    try ApplicationFile.read(SourceFile(path: path, text: text), index: 0)
  }

  private static let chinese = """
    编号,机构名称,机构类别,申请类别,所在区,经度,纬度,坐标系,申请床位（张）,床位使用率,机构等级,举办主体,受理日期,得分,情形
    A-1, 示例医院 ,医院,住院；门诊,相山区,116.7942,33.9581,火星坐标（GCJ-02）,"1,200",71.5%,三级甲等,公立,2026年3月2日,８８．５,重点项目、公共卫生任务
    """

  @Test("a Chinese table says what an English one says")
  func chinese() throws {
    let english = """
      id,name,kind,requests,district,lon,lat,datum,beds,occupancy,grade,ownership,submitted,score,circumstances
      A-1,示例医院,hospital,inpatient;outpatient,相山区,116.7942,33.9581,gcj02,1200,71.5,tertiary,public,2026-03-02,88.5,key_project;public_health_duty
      """
    func plain(_ file: ApplicationFile) throws -> String {
      var application = try #require(file.applications.first)
      application.source = ApplicationSource(
        file: 0, item: ByteRange(start: 0, end: 0),
        fields: FieldPlaces(of: ByteRange(start: 0, end: 0)))
      return "\(application)"
    }
    #expect(try plain(try read(Self.chinese)) == plain(try read(english)))
  }

  @Test("Chinese words are read in YAML too")
  func yaml() throws {
    let file = try read(
      """
      - {id: A, name: 示例, kind: 诊所, requests: [门诊], submitted: 2026-03-02,
         location: {lon: 116.7942, lat: 33.9581, datum: 国家2000}}
      """, path: "a.yaml")
    #expect(file.applications.first?.kind == .clinic)
    #expect(file.applications.first?.site?.datum == .cgcs2000)
  }

  @Test(
    "faults name the place, the header as it is written and the nearest name",
    arguments: [
      (",医院,", ",医元,", "a.csv:2:12: error: `机构类别`: expected one of `零售药店`, `诊所`, `门诊部`, `医院`, "),
      (",医院,", ",卫生站院,", "did you mean"), ("71.5%", "高", "`床位使用率`: expected a number, found `高`"),
      ("71.5%", "#N/A", "found the spreadsheet error `#N/A`"),
      ("71.5%", "=A1", "found a formula without its result `=A1`"),
      ("2026年3月2日", "3/2/2026", "`受理日期`: expected a day written like `2026-03-02`"),
      (
        "A-1,", "3.406E+11,",
        "`编号`: expected a code, found `3.406E+11`; the spreadsheet has made a number"
      ),
      (
        "\"1,200\"", "\"12,00\"",
        "`申请床位（张）`: expected a whole number, found `12,00`; leave the separators out"
      ),
      ("火星坐标（GCJ-02）", "北京54", "expected one of `wgs84`"),
      ("机构等级", "机构等集", "there is no column `机构等集`; did you mean `机构等级`"),
      ("床位使用率", "床位", "the column `床位` could mean `申请床位` (beds) or `已有定点床位` (existing_beds)"),
      ("机构等级", "区县", "the columns `区县` and `所在区` both mean `district`"),
      ("经度,纬度", "经度（WGS84）,纬度（BD-09）", "name two datums, `wgs84` and `bd09`"),
      ("申请床位（张）", "申请床位（万张）", "the annotation `万张` of the column `申请床位（万张）`"),
      ("受理日期", "x-受理日期", "the header lacks columns that are needed: `submitted`（申请日期）"),
    ])
  func faults(good: String, bad: String, words: String) throws {
    #expect(Self.chinese.contains(good))
    do {
      _ = try read(Self.chinese.replacing(good, with: bad))
      Issue.record("expected a fault")
    } catch {
      let lines = error.faults.map { $0.rendered(.en) }
      #expect(lines.contains { $0.contains(words) }, "\(lines)")
    }
  }

  @Test("a datum in the headers holds for rows that name none")
  func headerDatum() throws {
    let file = try read(
      """
      编号,名称,机构类别,申请类别,经度（百度坐标）,纬度（百度坐标）,受理日期
      A,甲,诊所,门诊,116.79,33.95,2026.3.2
      """)
    #expect(file.applications.first?.site?.datum == .bd09)
  }

  @Test("groups above a header say which datum and which beds are meant")
  func groups() throws {
    let file = try read(
      """
      编号,机构名称,机构类别,申请类别,区县,坐标（GCJ-02）,,床位,,受理日期,联系人,
      ,,,,,经度,纬度,申请,现有,,姓名,电话
      A,示例一医院,医院,住院,相山区,116.79420,33.95810,60,20,2026.3.2,张三,1
      """)
    let application = try #require(file.applications.first)
    #expect(application.site?.datum == .gcj02)
    #expect(application.beds == 60 && application.existingBeds == 20)
    #expect(
      file.notes.map { $0.rendered(.zh) } == [
        "a.csv:1: note: 表头为两行，合并读取：`坐标（GCJ-02） 经度`、`坐标（GCJ-02） 纬度`、`床位 申请`、`床位 现有`、`联系人 姓名`、`联系人 电话`",
        "a.csv:2: note: 未使用的列：`姓名`、`电话`",
      ])
  }

  @Test(
    "a group that changes what a header means is an error, and so is one header for two columns",
    arguments: [
      (
        "编号,法定代表人,,机构类别,申请类别,受理日期\n,▶名称,x-电话,,,\n",
        "the column `名称` stands under `法定代表人`, which may change what it means; use one row of headers that say it, and begin a column of your own with `x-`"
      ),
      (
        "编号,机构,,▶床位,,申请类别,受理日期\n,名称,类别,数,▶使用率,,\n",
        "the column `床位数` could mean `申请床位` (beds) or `已有定点床位` (existing_beds)"
      ),
      (
        "编号,机构,,坐标,,备用坐标,,申请类别,受理日期\n,名称,类别,经度,纬度,▶经度,▶纬度,,\n",
        "the columns `经度` and `经度` both mean `lon`; remove one, or begin it with `x-`"
      ),
    ])
  func unclearGroups(marked: String, message: String) {
    let file = SourceFile(path: "a.csv", text: marked.replacing("▶", with: ""))
    let english = { () -> [String] in
      do throws(Faults) {
        _ = try ApplicationFile.read(file, index: 0)
        return []
      } catch {
        return error.faults.map(\.message.en)
      }
    }()
    #expect(english.first?.hasPrefix(message) == true, "\(english)")
  }

  @Test("Chinese registries take the quick path and come out the same")
  func quickRegistry() throws {
    let header = "机构编号,机构名称,机构类别,定点类别,区县,经度,纬度,坐标系,状态,统一社会信用代码"
    let row = "P1,示例药店,零售药店,零售药店;门诊统筹药店,相山区,116.79420,33.95810,国家2000,在用,91350100M000100Y43"
    let quick = try Registry(reading: SourceFile(path: "r.csv", text: "\(header)\n\(row)\n"))
    let slow = try Registry(reading: SourceFile(path: "r.csv", text: "\(header)\n\(row)　\n"))
    #expect("\(quick.institutions)" == "\(slow.institutions)")
    #expect(quick.institutions.first?.status == .active)
    #expect(quick.institutions.first?.uscc == "91350100M000100Y43")
  }

  // MARK: Credit codes

  @Test(
    "a credit code is held against its check character",
    arguments: [
      ("91350100M000100Y43", nil), ("91340600MA2N0EXR03", nil), ("12340600485000001C", nil),
      ("91350100M000100Y44", .check(expected: "3")), ("91350100M000100Y4", .length(17)),
      ("91350100M0O0100Y43", .character("O")), ("", .length(0)),
    ] as [(String, CreditCode.Problem?)])
  func creditCodes(code: String, problem: CreditCode.Problem?) {
    #expect(CreditCode.problem(code) == problem)
  }

  @Test("no single wrong character of a credit code goes unseen")
  func creditCodeErrors() {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let code = Array("91350100M000100Y43")
    for place in code.indices {
      for other in alphabet where other != code[place] {
        var wrong = code
        wrong[place] = other
        #expect(CreditCode.problem(String(wrong)) != nil)
      }
    }
  }

  private func batch(_ first: String, _ second: String) throws(Faults) -> Batch {
    let file = try read(
      """
      编号,名称,机构类别,申请类别,受理日期,统一社会信用代码
      A,\(first),2026.3.2,91350100M000100Y43
      B,\(second),2026.3.2,91350100m000100y43
      """)
    return try Batch(
      applications: file.applications, files: [file.file], facts: Facts(), registry: Registry(),
      waivers: nil)
  }

  @Test(
    "one institution entered twice is a fault, two of one legal person a note, two categories nothing"
  )
  func sharedCreditCode() throws {
    #expect(throws: Faults.self) { _ = try batch("甲,诊所,门诊", "甲,诊所,门诊") }
    #expect(try batch("甲,诊所,门诊", "乙,诊所,门诊").notes.count == 1)
    #expect(try batch("甲,诊所,门诊", "甲,诊所,医疗救助").notes.isEmpty)
  }
}
