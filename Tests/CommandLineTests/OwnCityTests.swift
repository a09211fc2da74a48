import Foundation
import TestSupport
import Testing

/// The invented city of `fixtures/owncity` has fields of its own of every type in every file, and words of every vocabulary.
@Suite("A city of the reader's own works by YAML alone")
struct OwnCityTests {
  private static let english = [
    "error[HZ-STAFF] does not hold: 0 licensed pharmacists; at least 1 are due",
    "error[HZ-OPEN] does not hold: open since 2026-03-31; 90 days are due by the day of submission",
    "error[HZ-ENDED] does not hold: the last agreement ended on 2025-01-01; 1095 days are due",
    "error[HZ-SHARE] does not hold in principle: insured drugs are 40 per cent; at least 60 are due",
    "error[HZ-LICENCE] does not hold: licensed in 2019; 2020 or later is due",
    "error[HZ-LIST] does not hold: among the pharmacists (张三 (pharmacist)) there should be a chief registered for 365 days",
    "error[HZ-FORM] does not hold: scopes: over-the-counter drugs; prescription drugs are due",
    "review[HZ-AREA] needs a person: the floor area is 70 m2; at least 80 m2 are due; the case of an island holds, so a person decides on admission",
    "unknown[HZ-STAFF] data missing: it cannot be checked without licensed pharmacists",
    "unknown[HZ-OPEN] data missing: it cannot be checked without day of opening",
    "unknown[HZ-SHARE] data missing: it cannot be checked without share of insured drugs, %",
    "unknown[HZ-LICENCE] data missing: it cannot be checked without year of the licence",
    "unknown[HZ-CHAIN] data missing: it cannot be checked without form of business (chain, single); 示例五 in the registry: form of business (chain, single)",
    "unknown[HZ-CIRCLE] data missing: there would be 3 single pharmacies within 500 m; the limit is 2; data missing: form of business (chain, single)",
    "error[HZ-LIST] does not hold: among the pharmacists (none) there should be a chief registered for 365 days",
    "error[HZ-FORM] does not hold: scopes: none; prescription drugs are due",
    "applications: 2 admissible, 2 refused, 0 needs a person, 0 incomplete",
  ]

  private static let chinese = [
    "error[HZ-STAFF] 不符合：执业药师 0 名，应不少于 1 名",
    "error[HZ-OPEN] 不符合：2026-03-31 起正式运营，至申请日应满 90 日",
    "error[HZ-ENDED] 不符合：上次协议于 2025-01-01 解除，应满 1095 日",
    "error[HZ-SHARE] 原则上不符合：医保药品占比 40%，应不低于 60%",
    "error[HZ-LICENCE] 不符合：发证年份 2019，应在 2020 年以后",
    "error[HZ-LIST] 不符合：药师名单（张三（一般药师））中应有注册满 365 日的负责人",
    "error[HZ-FORM] 不符合：经营范围：非处方药；应含处方药",
    "review[HZ-AREA] 需人工裁量：营业面积 70 平方米，应不少于 80 平方米；海岛情形成立，是否纳入由人工裁量",
    "unknown[HZ-STAFF] 资料不足：缺执业药师人数，无法核对",
    "unknown[HZ-OPEN] 资料不足：缺正式运营日期，无法核对",
    "unknown[HZ-SHARE] 资料不足：缺医保药品占比（%），无法核对",
    "unknown[HZ-LICENCE] 资料不足：缺发证年份，无法核对",
    "unknown[HZ-CHAIN] 资料不足：缺经营形式（连锁、单体，择一）、定点机构名册中示例五的经营形式（连锁、单体，择一），无法核对",
    "unknown[HZ-CIRCLE] 资料不足：500 米范围内将有单体药店 3 家，上限 2 家；缺少资料：经营形式（连锁、单体，择一）",
    "error[HZ-LIST] 不符合：药师名单（无）中应有注册满 365 日的负责人",
    "error[HZ-FORM] 不符合：经营范围：无；应含处方药",
    "件申请：可以纳入 2，不予纳入 2，需人工裁量 0，资料不足 0",
  ]

  // MARK: Files

  /// The city's files, and the same in every other format.
  private struct City {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      for name in [
        "policies/haizhou/tenant.yaml", "policies/haizhou/2026-2030.yaml",
        "policies/haizhou/2026-2030.tests.yaml", "applications.yaml", "applications.json",
        "applications.csv", "registry.csv", "facts.yaml", "facts.csv", "plan.yaml",
      ] {
        try folder.write(try #require(Golden.bytes("owncity/" + name)), to: name)
      }
      let json = try folder.read("applications.json")
      let items = json.split(separator: "\n").dropFirst().dropLast().map {
        $0.last == "," ? String($0.dropLast()) : String($0)
      }
      try folder.write(items.joined(separator: "\n"), to: "applications.jsonl")
      // Through libyaml: an anchor, a block of text, lists and mappings in one line.
      try folder.write(
        """
        x-remark: |
          not plain
        x-scopes: &scopes [rx, otc]
        applications:
        \(items.map { "  - \($0)\n" }.joined())
        """.replacing(#"["rx", "otc"]"#, with: "*scopes"), to: "flow.yaml")
      let features = try items.map { item in
        let place = item.firstRange(of: #""location": {"lon": "#).map { range in
          String(item[range.upperBound...].prefix { $0 != "}" }).replacing("\"lat\": ", with: "")
        }
        let geometry = place.map { #"{"type": "Point", "coordinates": [\#($0)]}"# } ?? "null"
        let properties = item.replacing(
          try Regex(#""location": \{[^}]*\}, "#), with: "")
        return
          #"{"type": "Feature", "geometry": \#(geometry), "properties": \#(properties)}"#
      }
      try folder.write(
        #"{"type": "FeatureCollection", "features": [\#(features.joined(separator: ",\n"))]}"#,
        to: "applications.geojson")
      for name in ["applications", "registry", "facts"] {
        let rows = Self.rows(try folder.read(name + ".csv"))
        try folder.write(
          TestWorkbook([.init(name == "facts" ? "基础数据" : "表", rows.map { $0.map(Self.cell) })])
            .bytes, to: name + ".xlsx")
      }
      let registry = Self.rows(try folder.read("registry.csv"))
      let header = try #require(registry.first)
      let words = [
        "编号": "id", "机构名称": "name", "机构类别": "kind", "定点类别": "categories", "所在区": "district",
        "状态": "status", "情形": "circumstances", "所属集团": "group", "专科": "specialty", "等级": "grade",
        "经度": "lon", "纬度": "lat", "坐标系": "datum", "经营形式": "form", "协议签订日期": "signed_on",
        "座位数": "seats",
      ]
      let institutions = registry.dropFirst().map { row in
        zip(header, row).compactMap { name, value -> (name: String, value: String)? in
          guard !value.isEmpty, let word = words[name] else { return nil }
          switch word {
          case "categories", "circumstances", "specialty": return (word, "[\"\(value)\"]")
          case "lon", "lat", "seats": return (word, value)
          case "signed_on": return (word, "\"2024-01-01\"")
          default: return (word, "\"\(value)\"")
          }
        }
      }
      func object(_ fields: [(name: String, value: String)]) -> String {
        "{" + fields.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"
      }
      let objects = institutions.map(object)
      try folder.write(
        "planlint: registry/1\ninstitutions:\n" + objects.map { "  - \($0)\n" }.joined(),
        to: "registry.yaml")
      try folder.write("[\(objects.joined(separator: ",\n"))]", to: "registry.json")
      try folder.write(objects.joined(separator: "\n"), to: "registry.jsonl")
      let points = institutions.map { fields in
        let place = fields.filter { $0.name == "lon" || $0.name == "lat" }.map(\.value)
        let rest = object(fields.filter { !["lon", "lat", "datum"].contains($0.name) })
        return
          #"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [\#(place.joined(separator: ", "))]}, "properties": \#(rest)}"#
      }
      try folder.write(
        #"{"type": "FeatureCollection", "features": [\#(points.joined(separator: ",\n"))]}"#,
        to: "registry.geojson")
    }

    /// The rows of a table, of which only cells in quotes hold commas.
    private static func rows(_ text: String) -> [[String]] {
      text.split(separator: "\n").map { line in
        var cells = [""]
        var isQuoted = false
        for character in line {
          switch character {
          case "\"": isQuoted.toggle()
          case "," where !isQuoted: cells.append("")
          default: cells[cells.count - 1].append(character)
          }
        }
        return cells
      }
    }

    /// Numbers are stored as such, everything else as text.
    private static func cell(_ text: String) -> TestWorkbook.Cell {
      Double(text) == nil
        ? .text(text) : .number(text, format: text.contains(".") ? "0.00000" : "General")
    }

    func run(_ arguments: [String], _ language: String = "en") throws -> Program.Result {
      try Program.run(arguments + ["--policies", "policies", "--lang", language], in: folder.path)
    }

    /// What a check says without where it says it.
    func check(
      _ applications: String, registry: String = "registry.csv", facts: String = "facts.yaml",
      _ language: String = "en"
    ) throws -> (lines: [String], result: Program.Result) {
      let result = try run(
        [
          "--city", "haizhou", "--facts", facts, "--registry", registry, "--format", "concise",
          "--datum", "wgs84",
          applications,
        ], language)
      let lines = result.output.split(separator: "\n").map { line in
        String(line[(line.firstIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex)...])
      }
      return (lines.map { $0.hasPrefix("4 ") ? String($0.dropFirst(2)) : $0 }, result)
    }
  }

  // MARK: Deciding

  @Test(
    "every format of applications says the same",
    arguments: [
      "applications.yaml", "flow.yaml", "applications.json", "applications.jsonl",
      "applications.csv", "applications.xlsx", "applications.geojson",
    ])
  func applications(_ name: String) throws {
    let city = try City()
    defer { city.folder.remove() }
    let english = try city.check(name)
    #expect(english.lines == Self.english, "\(english.result.errors)")
    #expect(english.result.code == 1)
    let chinese = try city.check(name, "zh")
    #expect(chinese.lines.map { $0.replacing("共 4 ", with: "") }.last?.hasSuffix("资料不足 0") == true)
    #expect(Array(chinese.lines.dropLast()) == Array(Self.chinese.dropLast()))
  }

  @Test(
    "so does every format of the registry and of the facts",
    arguments: [
      ("registry.csv", "facts.csv"), ("registry.xlsx", "facts.xlsx"),
      ("registry.yaml", "facts.yaml"), ("registry.json", "facts.yaml"),
      ("registry.jsonl", "facts.yaml"), ("registry.geojson", "facts.yaml"),
    ])
  func registry(_ registry: String, _ facts: String) throws {
    let city = try City()
    defer { city.folder.remove() }
    let checked = try city.check("applications.json", registry: registry, facts: facts)
    #expect(checked.lines == Self.english, "\(checked.result.errors)")
  }

  @Test("its tests pass, and none of its rules, fields and words is idle or untested")
  func tools() throws {
    let city = try City()
    defer { city.folder.remove() }
    for (arguments, expected) in [
      (["policy", "test"], "53 cases, 0 failed"), (["policy", "check"], "18 rules, 0 findings"),
      (["policy", "coverage"], "0 without use; 18 rules, 0 lacking tests"),
    ] {
      let result = try city.run(arguments)
      #expect(
        result.code == 0 && result.output.contains(expected), "\(result.output)\(result.errors)")
    }
    let rules = try city.run(["rules", "--city", "haizhou"])
    #expect(rules.code == 0 && rules.output.contains("HZ-PLAN-NIGHT"))
    let explained = try city.run(["explain", "HZ-LIST", "--city", "haizhou"])
    #expect(explained.code == 0 && explained.output.contains("application.staff"))
  }

  @Test("a plan is held to its own figures, documents, panels and indicators")
  func plan() throws {
    let city = try City()
    defer { city.folder.remove() }
    let result = try city.run(["plan", "--format", "concise", "plan.yaml"], "zh")
    for message in [
      "plan.yaml:13:14: error[HZ-PLAN-DOC] 不符合：应制定夜间售药方案，已有年度配置计划",
      "plan.yaml:14:45: error[HZ-PLAN-PANEL] 不符合：民政部门应参加论证，参加的有卫生健康、财政",
      "plan.yaml:15:30: error[HZ-PLAN-IND] 不符合：夜间售药覆盖率 40%，应不低于 50%",
      "plan.yaml:7:10: error[HZ-PLAN-RES] 不符合：分步实施，预留名额 3 个，应不少于 5 个",
      "plan.yaml:10:34: error[HZ-PLAN-NIGHT] 不符合：东区夜间售药点 1 个，应不少于 2 个",
    ] {
      #expect(result.output.contains(message), "\(message)\n\(result.output)\(result.errors)")
    }
    try city.folder.write(
      "planlint: plan/1\ncity: haizhou\nyear: 2026\nfacts: facts.yaml\ndistricts: [{district: 东区}]\n",
      to: "empty.yaml")
    let chinese = try city.run(["plan", "--format", "concise", "empty.yaml"], "zh").output
    for message in [
      "未报材料：文件清单", "未报材料：专家论证参加部门", "未报材料：2026 年夜间售药覆盖率，", "未报材料：推进方式、预留名额，",
      "未报材料：东区夜间售药点数，",
    ] { #expect(chinese.contains(message), "\(message)\n\(chinese)") }
    let english = try city.run(["plan", "--format", "concise", "empty.yaml"]).output
    for message in [
      "data missing: list of documents", "data missing: panels of the expert review",
      "without coverage at night, 2026", "without approach, places kept back",
      "without outlets open at night of 东区",
    ] { #expect(english.contains(message), "\(message)\n\(english)") }
  }

  // MARK: Faults

  @Test(
    "what is misspelt or out of bounds is an error with line and column, and the nearest name",
    arguments: [
      ("applications.yaml", "form: single", "form: singel", ":23:11: ", "did you mean `single`"),
      (
        "applications.yaml", "floor_area: 80", "flor_area: 80", ":17:5: ",
        "did you mean `floor_area`"
      ),
      ("applications.yaml", "floor_area: 80.5", "floor_area: 100001", ":17:17: ", "at most 100000"),
      ("applications.yaml", "pharmacists: 2", "pharmacists: 501", ":19:27: ", "from 0 to 500"),
      (
        "applications.yaml", "licensed_in: 2024", "licensed_in: 24", ":20:18: ", "from 1900 to 2999"
      ),
      (
        "applications.yaml", "drug_share: 65%", "drug_share: 0.65", ":18:17: ",
        "`0.65%` for the other"
      ),
      ("applications.yaml", "rx, otc", "rx, otcc", ":24:18: ", "did you mean `otc`"),
      ("applications.yaml", "role: chief", "role: cheif", ":26:45: ", "did you mean `chief`"),
      (
        "applications.yaml", "county_level", "county_levle", ":49:12: ",
        "did you mean `county_level`"
      ),
      (
        "applications.yaml", "urban_fringe", "urban_frnge", ":51:11: ",
        "did you mean `urban_fringe`"
      ),
      ("applications.yaml", "[burns", "[brns", ":54:17: ", "did you mean `burns`"),
      (
        "applications.json", "\"form\": \"single\"", "\"from\": \"single\"", ":2:",
        "did you mean `form`"
      ),
      ("applications.json", "2026-01-31", "2026-02-30", ":2:", "expected a day of the calendar"),
      ("applications.jsonl", "\"chain\"", "\"chian\"", ":2:", "did you mean `chain`"),
      ("applications.csv", "经营形式", "经营型式", ":1:", "did you mean `经营形式`"),
      ("applications.csv", "（平方米）", "（亩）", ":1:", "convert them and call it `floor_area`"),
      ("applications.csv", "单体", "单休", ":2:", "did you mean `单体`"),
      ("applications.csv", "处方药；", "处方要；", ":2:", "did you mean `处方药`"),
      ("applications.csv", "role: chief", "role: cheif", ":2:", "did you mean `chief`"),
      ("applications.geojson", "\"scopes\"", "\"scopess\"", ":1:", "did you mean `scopes`"),
      ("registry.csv", "协议签订日期", "协议签定日期", ":1:", "did you mean `协议签订日期`"),
      ("registry.csv", "连锁经营", "连琐经营", ":4:", "did you mean `连锁经营`"),
      ("registry.csv", ",3,", ",-3,", ":2:", "from 0 to"),
      ("registry.yaml", "\"seats\": 3", "\"seat\": 3", ":3:", "did you mean `seats`"),
      ("registry.json", "烧伤", "烧商", ":4:", "did you mean `烧伤`"),
      (
        "registry.geojson", "\"form\": \"single\"", "\"form\": \"singel\"", ":2:",
        "did you mean `single`"
      ),
      ("facts.yaml", "streets:", "steets:", ":6:1: ", "did you mean `streets`"),
      ("facts.yaml", "60%", "160%", ":7:14: ", "at most 100"),
      ("facts.yaml", "elderly: 1000", "eldery: 1000", ":10:32: ", "did you mean `elderly`"),
      ("facts.csv", "街道数", "街道總数", ":1:", "did you mean `街道数`"),
      ("facts.csv", "老年人口", "老年入口", ":1:", "did you mean `老年人口`"),
      ("plan.yaml", "reserve: 3", "resrve: 3", ":7:1: ", "did you mean `reserve`"),
      ("plan.yaml", "phased", "phase", ":8:11: ", "did you mean `phased`"),
      ("plan.yaml", "night_places: 1", "night_place: 1", ":10:20: ", "did you mean `night_places`"),
      ("plan.yaml", "[annual_plan]", "[night_schem]", ":13:15: ", "did you mean `night_scheme`"),
      ("plan.yaml", "finance]", "civil_afairs]", ":14:54: ", "did you mean `civil_affairs`"),
      ("plan.yaml", "night_coverage", "night_covrage", ":15:14: ", "did you mean `night_coverage`"),
      ("plan.yaml", "2026: 40", "2026: 140", ":15:37: ", "at most 100"),
    ])
  func faults(_ name: String, _ old: String, _ new: String, _ place: String, _ expected: String)
    throws
  {
    let city = try City()
    defer { city.folder.remove() }
    let text = try city.folder.read(name)
    try #require(text.contains(old))
    let first = try #require(text.firstRange(of: old))
    let changed = text.replacingCharacters(in: first, with: new)
    let ending = try #require(name.split(separator: ".").last)
    try city.folder.write(changed, to: "bad." + ending)
    let bad = "bad." + ending
    let result: Program.Result
    if name.hasPrefix("applications") {
      result = try city.check(bad).result
    } else if name.hasPrefix("registry") {
      result = try city.check("applications.json", registry: bad).result
    } else if name.hasPrefix("facts") {
      result = try city.check("applications.json", facts: bad).result
    } else {
      result = try city.run(["plan", bad])
    }
    #expect(result.code == 2 && result.output.isEmpty, "\(result.output)")
    #expect(
      result.errors.split(separator: "\n").contains {
        $0.hasPrefix(bad + place) && $0.contains("error: ") && $0.contains(expected)
      }, "\(result.errors)")
  }

  // MARK: Other outputs

  @Test("schemas, starting files, letters and pages know its fields and words")
  func outputs() throws {
    let city = try City()
    defer { city.folder.remove() }
    for (kind, words) in [
      ("applications", ["floor_area", "staff", "herbal_shop", "herbal_outlet", "county_level"]),
      ("registry", ["signed_on", "form", "burns"]),
      ("facts", ["streets", "remote", "herbal_outlet"]),
      ("plan", ["reserve", "night_places", "night_scheme", "civil_affairs", "night_coverage"]),
    ] {
      let schema = try city.run(["schema", kind, "--city", "haizhou"])
      for word in words { #expect(schema.output.contains("\"\(word)\""), "\(kind) \(word)") }
    }
    #expect(try city.run(["init", "--city", "haizhou", "new"], "zh").code == 0)
    for (name, lines) in [
      (
        "applications.yaml",
        ["staff:", "# 写作 [{name: …, since: …, role: …}]", "chain 连锁，single 单体"]
      ),
      ("facts.yaml", ["streets:", "remote:", "{herbal_outlet: …}"]),
      ("plan.yaml", ["reserve:", "night_places:", "night_scheme 夜间售药方案", "civil_affairs 民政"]),
      ("registry.csv", ["form,signed_on,seats"]),
    ] {
      let text = try city.folder.read("new/" + name)
      for line in lines { #expect(text.contains(line), "\(name) \(line)") }
    }
    #expect(try city.run(["notice", "--out", "letters", "applications.yaml"], "zh").code == 0)
    let letter = try city.folder.read("letters/notice-A.html")
    for words in ["药师名单", "张三（注册日期 2020-01-01，负责人）、李四（注册日期 2024-01-01，一般药师）", "营业面积（平方米）"] {
      #expect(letter.contains(words), "\(words)")
    }
    let page = try city.run(["--format", "html", "applications.yaml"], "zh")
    for words in ["药师名单（张三（一般药师））", "集体所有、县级、海医集团", "定点机构名册中示例五的经营形式"] {
      #expect(page.output.contains(words), "\(words)")
    }
  }

  @Test("another city's profile passes over what it has no field for")
  func compared() throws {
    let city = try City()
    defer { city.folder.remove() }
    for name in ["tenant.yaml", "2026-2030.yaml"] {
      try city.folder.write(
        try #require(Golden.bytes("newcity/policies/xincheng/" + name)),
        to: "policies/xincheng/" + name)
    }
    let result = try city.run([
      "compare", "--cities", "haizhou,xincheng", "--facts", "haizhou=facts.yaml", "--registry",
      "haizhou=registry.csv", "applications.yaml",
    ])
    #expect(result.code == 0 || result.code == 1, "\(result.errors)")
    #expect(result.output.contains("HZ-LIST") && result.output.contains("XC-OPEN"))
  }
}
