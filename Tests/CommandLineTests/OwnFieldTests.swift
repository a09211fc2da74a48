import Foundation
import TestSupport
import Testing

@Suite("A city has fields and words of its own by YAML alone")
struct OwnFieldTests {
  private static let tenant = """
    planlint: tenant/1
    id: yuncheng
    names: [云城, 云城市]
    english: Yuncheng
    codes: ["9903"]
    profiles:
      - {id: yuncheng/2026-2030, file: 2026-2030.yaml, from: 2026-01-01, to: 2030-12-31}
    fields:
      application:
        note: {type: text, zh: 经营说明, en: remark, absent: none}
        floor_area: {type: number, unit: m2, minimum: 0, zh: 营业面积, en: floor area, headers: [经营面积]}
        licensed_pharmacists: {type: count, zh: 执业药师人数, en: licensed pharmacists}
        licensed_in: {type: year, zh: 发证年份, en: year of the licence}
        operating_since: {type: date, zh: 正式运营日期, en: day of opening}
        chain_owned: {type: flag, zh: 是否直营, en: owned by a chain, absent: false}
        form: {type: word, zh: 经营形式, en: form, words: {chain: {zh: 连锁, en: chain}, single: {zh: 单体, en: single}}}
        scopes: {type: words, zh: 经营范围, en: scopes, absent: none, words: {rx: {zh: 处方药, en: prescription drugs}, otc: {zh: 非处方药, en: over the counter}}}
        staff: {type: list, zh: 药师名单, en: staff, absent: none, of: {name: {type: text, zh: 姓名, en: name}, years: {type: count, zh: 从业年限, en: years}}}
      institution:
        form: {type: word, zh: 经营形式, en: form, words: {chain: {zh: 连锁, en: chain}, single: {zh: 单体, en: single}}}
      facts:
        streets: {type: count, zh: 街道数, en: streets}
        night_share: {type: number, unit: percent, minimum: 0, maximum: 100, zh: 夜间供应率, en: share open at night}
      district: {remote: {type: flag, zh: 是否偏远, en: remote, absent: false}}
      plan: {reserve: {type: count, zh: 预留名额, en: places kept back}}
    words:
      circumstance: {night_service: {zh: 夜间售药, en: sells at night}}
      document: {night_scheme: {zh: 夜间售药方案, en: scheme for the night}}
      kind: {herbal_shop: {zh: 中药铺, en: herbal shop}}
      category: {herbal_outlet: {zh: 中药定点, en: herbal outlet}}
    """

  private static let conditions = [
    ("NOTE", "application.note != 'closed'"), ("AREA", "application.floor_area >= least"),
    ("STAFF", "application.licensed_pharmacists >= 1"),
    ("YEAR", "application.licensed_in >= first_year"),
    ("DATE", "application.submitted - application.operating_since >= days(least_days)"),
    ("FLAG", "!application.chain_owned"), ("FORM", "application.form == 'single'"),
    ("SCOPE", "'rx' in application.scopes"),
    ("LIST", "application.staff.exists(s, s.years >= 1)"),
    ("NIGHT", "'night_service' in application.circumstances"),
    ("CHAINS", "chains == 1"), ("STREETS", "facts.streets >= 1"),
    ("SHARE", "facts.night_share >= least_share"), ("REMOTE", "!district.remote"),
  ]

  private static func profile() -> String {
    """
    planlint: policy/1
    id: yuncheng/2026-2030
    in_force: {from: 2026-01-01, to: 2030-12-31}
    document:
      title: 云城市规划（示例）
      status: in_force
      sha256: "0000000000000000000000000000000000000000000000000000000000000000"
    provisions:
      ALL: {at: 一, modality: must, quote: 示例}
    parameters:
      least: {value: 80, unit: m2, basis: ALL}
      least_days: {value: 90, unit: days, basis: ALL}
      first_year: {value: 2020, unit: year, basis: ALL}
      least_share: {value: 50, unit: percent, basis: ALL}
    tallies:
      chains: {sum: places, over: [city], where: neighbour.form == 'chain', basis: ALL}
    merit: [{by: id}]
    rules:

    """
      + conditions.map { id, condition in
        """
          - id: \(id)
            name: rule-\(id.lowercased())
            subject: application
            basis: ALL
            require: {that: "\(condition)"}
            \(id == "AREA" ? "points_at: floor_area" : "")
            message: {zh: "营业面积 {application.floor_area}", en: "floor area {application.floor_area}"}

        """
      }.joined()
        + """
          - id: PLAN
            name: plan-has-a-scheme
            subject: plan
            basis: ALL
            require: {that: "plan.reserve >= 1 && 'night_scheme' in plan.procedure.documents"}
            message: {zh: 方案, en: scheme}
        """
  }

  private static let registry = """
    id,name,kind,categories,district,lon,lat,datum,status,经营形式
    P1,示例一,retail_pharmacy,retail_pharmacy,东区,116.00000,34.00000,wgs84,active,连锁
    P2,示例二,retail_pharmacy,retail_pharmacy,东区,116.00100,34.00000,wgs84,active,single
    """

  /// What one application says, as YAML or JSON has it.
  private static let item =
    #""id": "A", "name": "示例", "kind": "retail_pharmacy", "requests": ["retail_pharmacy"], "district": "东区", "submitted": "2026-05-01", "note": "开", "floor_area": 80.5, "licensed_pharmacists": 2, "licensed_in": 2024, "operating_since": "2026-01-31", "chain_owned": false, "form": "single", "scopes": ["rx", "otc"], "staff": [{"name": "张三", "years": 3}], "circumstances": ["night_service"]"#

  private static let csv = """
    申请编号,机构名称,机构类别,申请类别,所在区,申请日期,经营说明,经营面积,执业药师人数,发证年份,正式运营日期,是否直营,经营形式,经营范围,药师名单,申报情形
    A,示例,零售药店,零售药店,东区,2026-05-01,开,80.5,2,2024,2026年1月31日,否,单体,处方药；非处方药,"[{""name"": ""张三"", ""years"": 3}]",夜间售药
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.tenant, to: "policies/yuncheng/tenant.yaml")
    try folder.write(Self.profile(), to: "policies/yuncheng/2026-2030.yaml")
    try folder.write(Self.registry, to: "registry.csv")
    try folder.write(
      "planlint: facts/1\ncity: yuncheng\nstreets: 3\nnight_share: 60%\ndistricts: [{name: 东区}, {name: 西区, remote: true}]\n",
      to: "facts.yaml")
    return folder
  }

  private func check(
    _ name: String, _ text: String, in folder: TemporaryFolder, _ more: [String] = []
  ) throws -> Program.Result {
    try folder.write(text, to: name)
    return try Program.run(
      [
        "--policies", "policies", "--city", "yuncheng", "--facts", "facts.yaml", "--registry",
        "registry.csv", "--lang", "en",
      ] + more + [name], in: folder.path)
  }

  private static let files: [(String, String)] = [
    ("a.yaml", "applications:\n  - {\(item)}\n"),
    ("b.yaml", "x-note: |\n  not plain\napplications:\n  - {\(item)}\n"),
    (
      "plain.yaml",
      "applications:\n  - id: A\n    name: 示例\n    kind: retail_pharmacy\n    requests: [retail_pharmacy]\n    district: 东区\n    submitted: 2026-05-01\n    note: 开\n    floor_area: 80.5\n    licensed_pharmacists: 2\n    licensed_in: 2024\n    operating_since: 2026-01-31\n    form: single\n    scopes: [rx]\n    staff:\n      - {name: 张三, years: 3}\n    circumstances: [night_service]\n"
    ),
    ("a.json", "{\"applications\": [{\(item)}]}"), ("a.jsonl", "{\(item)}\n"), ("a.csv", csv),
    (
      "units.csv",
      csv.replacing("经营面积", with: "营业面积（㎡）").replacing("执业药师人数", with: "执业药师人数(人)")
        .replacing("发证年份", with: "发证年份（年）")
    ),
    (
      "a.geojson",
      "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": null, \"properties\": {\(item)}}]}"
    ),
  ]

  /// The same as a workbook stores it.
  private static func workbook(_ changes: [Int: TestWorkbook.Cell] = [:]) -> [UInt8] {
    let header = csv.prefix { $0 != "\n" }.split(separator: ",").map {
      TestWorkbook.Cell.text(String($0))
    }
    var row: [TestWorkbook.Cell] = [
      "A", "示例", "零售药店", "零售药店", "东区", .number("46143", format: "yyyy-mm-dd"), "开",
      .number("80.5"), .number("2"), .number("2024"), .number("46053", format: "yyyy/m/d"), "否",
      "单体", "处方药、非处方药", "[{name: 张三, years: 3}]", "夜间售药",
    ]
    for (index, cell) in changes { row[index] = cell }
    return TestWorkbook([.init("申请", [header, row])]).bytes
  }

  @Test("nine of them decide alike in every format", arguments: files)
  func formats(_ name: String, _ text: String) throws {
    let folder = try folder()
    defer { folder.remove() }
    let result = try check(name, text, in: folder)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    // One value changed fails one rule: what is read is what is decided by.
    if name == "a.json" {
      for (old, new, rule) in [
        ("80.5", "79.5", "AREA"),
        ("\"licensed_pharmacists\": 2", "\"licensed_pharmacists\": 0", "STAFF"),
        ("2024", "2019", "YEAR"), ("2026-01-31", "2026-02-01", "DATE"),
        ("\"chain_owned\": false", "\"chain_owned\": true", "FLAG"),
        ("\"form\": \"single\"", "\"form\": \"chain\"", "FORM"),
        ("[\"rx\", \"otc\"]", "[\"otc\"]", "SCOPE"),
        ("\"years\": 3", "\"years\": 0", "LIST"), ("[\"night_service\"]", "[]", "NIGHT"),
      ] {
        let changed = try check(
          name, text.replacing(old, with: new), in: folder, ["--format", "concise"])
        #expect(
          changed.code == 1 && changed.output.contains(rule), "\(changed.output)\(changed.errors)")
      }
    }
  }

  @Test("a workbook has them, each of which decides")
  func workbook() throws {
    let folder = try folder()
    defer { folder.remove() }
    func check(_ changes: [Int: TestWorkbook.Cell]) throws -> Program.Result {
      try folder.write(Self.workbook(changes), to: "a.xlsx")
      return try Program.run(
        [
          "--policies", "policies", "--city", "yuncheng", "--facts", "facts.yaml", "--registry",
          "registry.csv", "--lang", "en", "--format", "concise", "a.xlsx",
        ], in: folder.path)
    }
    let whole = try check([:])
    #expect(whole.code == 0, "\(whole.output)\(whole.errors)")
    for (index, cell, rule) in [
      (4, "西区", "REMOTE"), (7, .number("79.5"), "AREA"), (8, .number("0"), "STAFF"),
      (9, .number("2019"), "YEAR"), (10, .number("46054", format: "yyyy/m/d"), "DATE"),
      (11, "是", "FLAG"), (12, "连锁", "FORM"), (13, "非处方药", "SCOPE"),
      (14, "[{name: 张三, years: 0}]", "LIST"), (15, "", "NIGHT"),
    ] as [(Int, TestWorkbook.Cell, String)] {
      let changed = try check([index: cell])
      #expect(
        changed.code == 1 && changed.output.contains(rule), "\(changed.output)\(changed.errors)")
    }
    let faulty = try check([12: "连琐"])
    #expect(faulty.code == 2 && faulty.errors.contains("did you mean `连锁`"), "\(faulty.errors)")
  }

  @Test("kinds and categories of its own are asked for, counted and limited like any other")
  func kinds() throws {
    let folder = try folder()
    defer { folder.remove() }
    try folder.write(
      Self.profile()
        + """

          - id: HERBS
            name: herbal-outlets
            subject: application
            basis: ALL
            categories: [herbal_outlet]
            limit: {take: place, over: [city], used: "facts.stock.herbal_outlet", at_most: "1 + 1"}
            message: {zh: "{measured} 家，上限 {limit} 家", en: "{measured}; the limit is {limit}"}
        """, to: "policies/yuncheng/2026-2030.yaml")
    try folder.write(
      Self.registry + "\nP3,示例三,中药铺,中药定点,东区,116.00200,34.00000,wgs84,active,单体\n",
      to: "registry.csv")
    let items = ["A", "B"].map { id in
      "  - {"
        + Self.item.replacing(#""id": "A""#, with: "\"id\": \"\(id)\"")
        .replacing(#"["retail_pharmacy"]"#, with: "[中药定点]")
        .replacing(#""kind": "retail_pharmacy""#, with: "\"kind\": \"herbal_shop\"") + "}\n"
    }
    let result = try check(
      "a.yaml", "applications:\n" + items.joined(), in: folder, ["--format", "concise"])
    #expect(result.code == 1, "\(result.output)\(result.errors)")
    #expect(
      result.output.split(separator: "\n").filter { $0.contains("HERBS") }.count == 1,
      "\(result.output)")
    #expect(result.output.contains("3; the limit is 2"), "\(result.output)")
  }

  @Test("letters name them, and ask for those that are missing")
  func letters() throws {
    let folder = try folder()
    defer { folder.remove() }
    try folder.write(
      "city: yuncheng\nfacts: facts.yaml\nregistry: registry.csv\napplications:\n  - {\(Self.item.replacing("\"floor_area\": 80.5, ", with: ""))}\n",
      to: "a.yaml")
    let result = try Program.run(
      ["notice", "--policies", "policies", "--out", "letters", "a.yaml"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    let letter = try folder.read("letters/notice-A.html")
    for words in ["缺营业面积（平方米）", "正式运营日期", "夜间售药", "处方药、非处方药", "张三"] {
      #expect(letter.contains(words), "\(words)")
    }
  }

  @Test("what is missing is unknown and asked for by its name")
  func missing() throws {
    let folder = try folder()
    defer { folder.remove() }
    let result = try check(
      "a.json",
      "{\"applications\": [{\(Self.item.replacing("\"floor_area\": 80.5, ", with: ""))}]}",
      in: folder, ["--format", "json"])
    #expect(result.code == 3)
    #expect(result.output.contains("applications[A].floor_area"))
  }

  @Test(
    "what is misspelt or cannot be meant is an error with its place",
    arguments: [
      ("\"floor_area\"", "\"flor_area\"", "did you mean `floor_area`"),
      ("\"single\"", "\"singel\"", "did you mean `single`"),
      ("night_service", "night_servise", "did you mean `night_service`"),
      ("80.5", "-1", "at least 0"), ("2026-01-31", "2026-02-30", "2026-02-30"),
    ])
  func faults(_ old: String, _ new: String, _ expected: String) throws {
    let folder = try folder()
    defer { folder.remove() }
    let result = try check(
      "a.json", "{\"applications\": [{\(Self.item.replacing(old, with: new))}]}", in: folder)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(expected), "\(result.errors)")
    #expect(result.errors.contains("a.json:1:"), "\(result.errors)")
  }

  @Test("a plan has them too, and the city that the file names is enough")
  func plan() throws {
    let folder = try folder()
    defer { folder.remove() }
    try folder.write(
      "planlint: plan/1\ncity: 云城\nyear: 2026\nreserve: 2\nprocedure: {documents: [夜间售药方案]}\n",
      to: "plan.yaml")
    let plan = try Program.run(["plan", "--policies", "policies", "plan.yaml"], in: folder.path)
    #expect(plan.code == 0, "\(plan.output)\(plan.errors)")
    for text in [
      "city: 云城\nfacts: facts.yaml\nregistry: registry.csv\napplications:\n  - {\(Self.item)}\n",
      "applications:\n  - {\(Self.item)}\nfacts: facts.yaml\nregistry: registry.csv\ncity: \"9903\"\n",
      "{\"applications\": [{\(Self.item)}], \"facts\": \"facts.yaml\", \"registry\": \"registry.csv\", \"city\": \"云城市\"}",
    ] {
      let name = text.hasPrefix("{") ? "own.json" : "own.yaml"
      try folder.write(text, to: name)
      let result = try Program.run(["--policies", "policies", name], in: folder.path)
      #expect(result.code == 0, "\(result.output)\(result.errors)")
    }
  }

  @Test("schemas and starting files have them")
  func schemas() throws {
    let folder = try folder()
    defer { folder.remove() }
    let schema = try Program.run(
      ["schema", "applications", "--city", "yuncheng", "--policies", "policies"], in: folder.path)
    #expect(schema.code == 0 && schema.output.contains("\"floor_area\""), "\(schema.errors)")
    #expect(schema.output.contains("营业面积（平方米）"))
    #expect(schema.output.contains("night_service"))
    let start = try Program.run(
      ["init", "--city", "yuncheng", "--policies", "policies", "new"], in: folder.path)
    #expect(start.code == 0, "\(start.errors)")
    let text = try String(contentsOfFile: folder.path + "/new/applications.yaml", encoding: .utf8)
    #expect(text.contains("operating_since:") && text.contains("night_service sells at night"))
  }

  @Test(
    "a name that stands already is an error with its place",
    arguments: [
      ("floor_area: {type", "beds: {type", "the field `beds` stands already"),
      ("headers: [经营面积]", "headers: [申请床位]", "the header `申请床位` means `beds` already"),
      ("night_service: {", "key_project: {", "the word `key_project` stands already"),
      ("type: count, zh: 执业药师人数", "type: cuont, zh: 执业药师人数", "did you mean `count`"),
      ("absent: false", "absent: zero", "expected one of `none`, `false`"),
      ("single: {zh: 单体", "single: {zh: 连锁", "`连锁` is a name of another word already"),
      ("single: {zh: 单体", "single: {names: [连锁], zh: 单体", "`连锁` is a name of another word already"),
      ("document: {night", "documents: {night", "did you mean `document`"),
      ("document: {night", "status: {night", "nothing can be added to `status`: the program has"),
      ("document: {night", "scope: {night", "nothing can be added to `scope`: the program has"),
    ])
  func declarations(_ old: String, _ new: String, _ expected: String) throws {
    let folder = try folder()
    defer { folder.remove() }
    #expect(Self.tenant.contains(old))
    try folder.write(
      Self.tenant.replacing(old, with: new), to: "policies/yuncheng/tenant.yaml")
    let result = try check("a.csv", Self.csv, in: folder)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(expected), "\(result.errors)")
    #expect(result.errors.contains(#/tenant\.yaml:\d+:\d+: error: /#), "\(result.errors)")
  }

  @Test(
    "a field that nothing works with stands in one place of the program",
    arguments: ["ownership", "setting", "occupancy"])
  func onePlace(_ field: String) throws {
    let sources = try #require(FileManager.default.enumerator(atPath: Golden.root + "/Sources"))
    var places: [String] = []
    for case let name as String in sources where name.hasSuffix(".swift") {
      let text = try String(
        contentsOfFile: Golden.root + "/Sources/" + name, encoding: .utf8)
      // Its name as a text, as a case or as a member; of the city's own figures another entry tells.
      let found = text.matches(
        of: try Regex("\"\(field)\", \\.(word|percent)|case \(field)\\b|application\\.\(field)\\b"))
      if !name.hasSuffix("FactsShape.swift") { places += found.map { _ in name } }
    }
    #expect(places == ["Cases/ApplicationEntries.swift"])
  }

  @Test(
    "so does a field of an institution",
    arguments: ["grade", "specialty", "group"])
  func oneInstitutionPlace(_ field: String) throws {
    let sources = try #require(FileManager.default.enumerator(atPath: Golden.root + "/Sources"))
    var places: [String] = []
    for case let name as String in sources where name.hasSuffix(".swift") {
      let text = try String(
        contentsOfFile: Golden.root + "/Sources/" + name, encoding: .utf8)
      // Its words have their table; an example of a file is no second list.
      if name.hasSuffix("/Words.swift") { continue }
      // The desk adds beds that were given to the figures that facts have of beds by specialty.
      if name == "Desk/Admission.swift" { continue }
      let found = text.matches(
        of: try Regex(
          "[^:] \"\(field)\"(?!:)|case \(field)\\b|(institution|registry\\[row\\])\\.\(field)\\b"
        ))
      places += found.map { _ in name }
    }
    #expect(
      places.sorted() == [
        "Cases/ApplicationEntries.swift", "Cases/InstitutionEntries.swift",
      ], "\(places)")
  }
}
