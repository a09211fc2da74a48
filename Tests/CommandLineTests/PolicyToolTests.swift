import Foundation
import TestSupport
import Testing

@Suite("The policy officer's tools")
struct PolicyToolTests {
  /// The invented city's profile, tests and tenant in a folder of one's own, with a text of its document.
  struct Copy {
    let folder: TemporaryFolder
    private static let home = "policies/xincheng/"

    static let text = """
      一、医院床位不少于
      二十张。
      二、每区每年新增药店原则上　不超过一家；
      三、五百米范围内药店不超过两家。
      四、药店营业面积不少于八十平方米。五、药店正式运营满九十日方可申请。六、夜间售药的药店优先。
      七、药店不得出售化妆品。八、另行通知。
      — 3 —
      """

    init() throws {
      folder = try TemporaryFolder()
      for name in ["tenant.yaml", "2026-2030.yaml", "2026-2030.tests.yaml"] {
        let bytes = try #require(Golden.bytes("newcity/\(Self.home)\(name)"))
        try folder.write(bytes, to: Self.home + name)
      }
      try folder.write(Self.text, to: "sources/xincheng.txt")
    }

    func replace(_ text: String, with other: String, in name: String = "2026-2030.yaml") throws {
      let old = try folder.read(Self.home + name)
      try #require(old.contains(text), "\(text)")
      try folder.write(old.replacing(text, with: other), to: Self.home + name)
    }

    /// The `path:line:column` of a text in one of the files.
    func place(of text: String, in name: String = "2026-2030.yaml") throws -> String {
      let lines = try folder.read(Self.home + name).split(
        separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        if let range = line.range(of: text) {
          let column = line[..<range.lowerBound].unicodeScalars.count + 1
          return "\(Self.home)\(name):\(index + 1):\(column)"
        }
      }
      Issue.record("\(text) is not in \(name)")
      return ""
    }

    func run(_ arguments: [String]) throws -> Program.Result {
      try Program.run(arguments + ["--policies", "policies"], in: folder.path)
    }
  }

  /// The texts of the project's documents, where they are beside the project.
  static var sources: String? {
    let path = Golden.root + "/../shared/seeds"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  static let hasSources: ConditionTrait = .enabled(
    if: sources != nil, "the texts of the documents are not at ../shared/seeds")

  // MARK: verify

  @Test("every quote of the project's profiles stands in its document", hasSources)
  func verifiesProject() throws {
    let result = try Program.run(
      ["policy", "verify", "--sources", try #require(Self.sources)], in: Golden.root)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("huaibei/2026-2028: 22 provisions, 22 quotes, 0 not found"))
  }

  @Test("quotes are held against the text, white space aside, and the digest against its bytes")
  func verifies() throws {
    let copy = try Copy()
    let digest = try copy.run(["policy", "verify", "--sources", "sources"])
    #expect(digest.code == 1)
    let place = try copy.place(of: "0000000000000000")
    #expect(digest.output.hasPrefix("\(place): error[digest-differs] expected `sources/xincheng"))
    #expect(digest.output.hasSuffix("xincheng/2026-2030: 6 provisions, 6 quotes, 0 not found\n"))
    let found = try #require(digest.output.firstMatch(of: #/found `([0-9a-f]{64})`/#)).1
    try copy.replace(String(repeating: "0", count: 64), with: String(found))
    let clean = try copy.run(["policy", "verify", "--sources", "sources"])
    #expect(clean.code == 0, "\(clean.output)")
    #expect(clean.output == "xincheng/2026-2030: 6 provisions, 6 quotes, 0 not found\n")
  }

  @Test("a quote that is not there is shown with its longest beginning")
  func quoteNotFound() throws {
    let copy = try Copy()
    try copy.replace("五百米范围内药店不超过两家", with: "五百米范围内药店不超过三家")
    let place = try copy.place(of: "XC-CIRCLE:")
    let result = try copy.run(["policy", "verify", "--sources", "sources"])
    #expect(result.code == 1)
    #expect(result.output.contains("\(place): error[quote-not-found] "))
    #expect(result.output.contains("is `五百米范围内药店不超过`, which goes on with `两家。"))
    #expect(result.output.hasSuffix("6 quotes, 1 not found\n"))
    let chinese = try copy.run(["policy", "verify", "--sources", "sources", "--lang", "zh"])
    #expect(chinese.output.contains("找到的最长开头为 `五百米范围内药店不超过`"))
  }

  @Test("a text that is missing ends with 2 and says what was expected")
  func noSource() throws {
    let copy = try Copy()
    let result = try copy.run(["policy", "verify", "--sources", "nowhere"])
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("nowhere/xincheng.txt: error: there is no source text"))
    #expect(result.errors.contains("新城市医疗保障定点资源配置规划"))
    #expect(try copy.run(["policy", "verify"]).code == 2)
    let city = try copy.run(["policy", "verify", "--sources", "sources", "--city", "xinchen"])
    #expect(city.code == 2)
    #expect(city.errors.contains("did you mean `xincheng`"))
  }

  // MARK: coverage

  @Test("the project's profiles are covered", arguments: ["huaibei", "xian"])
  func coversProject(_ city: String) throws {
    let result = try Program.run(["policy", "coverage", "--city", city], in: Golden.root)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains(" 0 without use; "))
    #expect(result.output.hasSuffix(" 0 lacking tests\n"))
  }

  @Test("a provision that nothing uses and a rule without a test on a side are found")
  func covers() throws {
    let copy = try Copy()
    try copy.replace(
      "provisions:\n",
      with: "provisions:\n  XC-LOST: {at: 七, modality: must, quote: 药店不得出售化妆品}\n")
    let result = try copy.run(["policy", "coverage"])
    #expect(result.code == 1)
    let lines = result.output.split(separator: "\n").map(String.init)
    let unused = try copy.place(of: "XC-LOST:")
    #expect(lines.first?.hasPrefix("\(unused): warning[provision-unused] ") == true)
    for (rule, sides) in [
      ("XC-BEDS", "`inside`"), ("XC-YEAR", "`inside`, nor `at`"),
      ("XC-CIRCLE", "`inside`, nor `at`"),
    ] {
      let place = try copy.place(of: "- id: \(rule)").components(separatedBy: ":")
      let column = try #require(Int(place[2])) + "- id: ".count
      let expected =
        "\(place[0]):\(place[1]):\(column): warning[rule-untested] the rule `\(rule)` has no test case whose side is \(sides)"
      #expect(lines.contains(expected), "\(expected)\n\(result.output)")
    }
    #expect(
      lines.last
        == "xincheng/2026-2030: 7 provisions (rule 5, priority 1, parameter 5, circle 1), 1 without use; 5 rules, 5 lacking tests"
    )
  }

  @Test(
    "a rule needs the sides that its kind has",
    arguments: [
      (
        "{measure: application.beds, at_least: fewest_beds, unit: beds}",
        "{that: application.beds >= fewest_beds}", "XC-BEDS", "`inside`"
      ),
      ("at_least: fewest_beds", "equals: fewest_beds", "XC-BEDS", nil),
      ("at_most: yearly_places", "otherwise: review", "XC-YEAR", nil),
    ] as [(String, String, String, String?)])
  func sides(_ text: String, _ other: String, _ rule: String, _ missing: String?) throws {
    let copy = try Copy()
    try copy.replace(text, with: other)
    let result = try copy.run(["policy", "coverage"])
    #expect(result.code == 1, "\(result.errors)")
    let line = result.output.split(separator: "\n").first { $0.contains("the rule `\(rule)` ") }
    guard let missing else {
      #expect(line == nil)
      return
    }
    #expect(line?.hasSuffix(" whose side is \(missing)") == true, "\(result.output)")
  }

  @Test("a note that no test expects, or that every test expects, is found")
  func notes() throws {
    let copy = try Copy()
    try copy.replace(
      "    points_at: beds\n",
      with: """
            points_at: beds
            notes:
              - {name: few-beds, measure: application.beds, above: fewest_beds, unit: beds, message: {zh: 偏少, en: few}}

        """)
    func notes(_ expected: String) throws -> [Substring] {
      let result = try copy.run(["policy", "coverage"])
      #expect(result.code == 1)
      #expect(
        result.output.hasSuffix(
          expected.isEmpty ? " lacking tests\n" : " lacking tests, 1 note lacking tests\n"))
      return result.output.split(separator: "\n").filter { $0.contains("few-beds") }
    }
    let what =
      "warning[note-untested] the note `few-beds` of the rule `XC-BEDS` has no test case that expects it"
    #expect(try notes(what).map { $0.hasSuffix(what) } == [true])
    try copy.replace(
      "{H: {XC-BEDS: pass}}", with: "{H: {XC-BEDS: pass, XC-BEDS/few-beds: note}}",
      in: "2026-2030.tests.yaml")
    #expect(try notes(what).map { $0.hasSuffix(what + " not") } == [true])
    try copy.replace(
      "    expect: {H: {verdict: refused, XC-BEDS: fail}}",
      with: """
            expect: {H: {verdict: refused, XC-BEDS: fail}}
          - name: 床位有余
            applications: [{id: H, kind: hospital, requests: [inpatient], beds: 21}]
            expect: {H: {XC-BEDS/few-beds: not_applicable}}
        """, in: "2026-2030.tests.yaml")
    #expect(try notes("").isEmpty)
    let tests = try copy.run(["policy", "test"])
    #expect(tests.code == 0, "\(tests.output)")
  }

  @Test("sentences that no provision quotes are notes")
  func sentences() throws {
    let copy = try Copy()
    try copy.replace("    side: at\n", with: "    side: inside\n", in: "2026-2030.tests.yaml")
    let result = try copy.run(["policy", "coverage", "--sources", "sources"])
    #expect(
      result.output.contains(
        "sources/xincheng.txt:6:1: note[sentence-unquoted] no provision quotes `七、药店不得出售化妆品。`\n"))
    #expect(result.output.components(separatedBy: "note[").count == 2, "\(result.output)")
    #expect(result.output.hasSuffix("; 1 sentence of the text not quoted\n"))
  }

  // MARK: check

  @Test("the invented city's profile has nothing wrong with it")
  func checksClean() throws {
    let result = try Copy().run(["policy", "check"])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output == "xincheng/2026-2030: 5 rules, 0 findings\n")
  }

  /// A change that leaves the profile loadable and something wrong with it.
  struct Slip: Sendable, CustomTestStringConvertible {
    var replace: String
    var with: String
    var code: String
    /// The text that the finding points at.
    var at: String
    var message: String
    var testDescription: String { "\(code): \(at)" }
  }

  @Test(
    "what is wrong with a profile is found with its place",
    arguments: [
      Slip(
        replace: "\nconditions:\n",
        with: "  lost: {value: 5, unit: m, basis: XC-CIRCLE}\n\nconditions:\n",
        code: "unused-parameter", at: "lost:", message: "nothing uses the parameter `lost`"),
      Slip(
        replace: "\nconditions:\n",
        with:
          "readings:\n  lost: {basis: XC-BEDS, value: a, alternatives: [b], zh: 例, en: example}\n\nconditions:\n",
        code: "unused-reading", at: "lost:", message: "nothing uses the reading `lost`"),
      Slip(
        replace: "\nconditions:\n",
        with:
          "figures:\n  lost: {value: facts.residents, unit: residents, basis: XC-BEDS}\n\nconditions:\n",
        code: "unused-figure", at: "lost:", message: "nothing uses the figure `lost`"),
      Slip(
        replace: "\nconditions:\n", with: "\nconditions:\n  lost: application.beds > 0\n",
        code: "unused-condition", at: "lost:", message: "nothing uses the condition `lost`"),
      Slip(
        replace: "\ncircles:\n",
        with:
          "\ncircles:\n  lost: {within: circle_radius, where: neighbour.kind == 'hospital', basis: XC-CIRCLE}\n",
        code: "unused-circle", at: "lost:", message: "nothing uses the circle `lost`"),
      Slip(
        replace: "\ncircles:\n",
        with:
          "\ntallies:\n  lost: {sum: places, over: [district], where: neighbour.kind == 'hospital', basis: XC-BEDS}\ncircles:\n",
        code: "unused-tally", at: "lost:", message: "nothing uses the tally `lost`"),
      Slip(
        replace: "\ncircles:\n",
        with:
          "\nallocations:\n  lost: {total: facts.residents, weight: district.residents, unit: institutions, basis: XC-BEDS}\ncircles:\n",
        code: "unused-allocation", at: "lost:", message: "nothing uses the allocation `lost`"),
      Slip(
        replace: "\nmerit:\n",
        with:
          "\nexemptions:\n  lost: {basis: XC-BEDS, name: {zh: 例, en: example}, when: application.beds > 0}\nmerit:\n",
        code: "unused-exemption", at: "lost:", message: "nothing uses the exemption `lost`"),
      Slip(
        replace: "\nmerit:\n",
        with:
          "\nexceptions:\n  lost: {basis: XC-BEDS, name: {zh: 例, en: example}, when: application.beds > 0}\nmerit:\n",
        code: "unused-exception", at: "lost:", message: "nothing uses the exception `lost`"),
      Slip(
        replace: "  - {by: priority}\n", with: "", code: "unused-priority", at: "sells_at_night:",
        message: "nothing uses the priority `sells_at_night`"),
      Slip(
        replace: "\npriorities:\n",
        with:
          "\npriorities:\n  lost: {basis: XC-BEDS, name: {zh: 例, en: example}, when: 'false'}\n",
        code: "never-reached", at: "lost:", message: "the priority `lost` can never be reached"),
      Slip(
        replace: "fewest_beds: {value: 20,", with: "fewest_beds: {value: 20, alternatives: [20.0],",
        code: "repeated-alternative", at: "fewest_beds: {", message: "found `20` again"),
      Slip(
        replace: "\nconditions:\n",
        with:
          "readings:\n  twice: {basis: XC-BEDS, value: a, alternatives: [a], zh: 例, en: example}\n\nconditions:\n",
        code: "repeated-alternative", at: "twice:", message: "found `a` again"),
      Slip(
        replace: "for: application.kind == 'hospital'", with: "for: 'false'",
        code: "never-applies", at: "XC-BEDS\n", message: "the rule `XC-BEDS` can never apply"),
      Slip(
        replace: "pharmacy: application.kind == 'retail_pharmacy'", with: "pharmacy: 'false'",
        code: "never-applies", at: "XC-YEAR\n", message: "the rule `XC-YEAR` can never apply"),
      Slip(
        replace: "pharmacy: application.kind == 'retail_pharmacy'", with: "pharmacy: 'true'",
        code: "constant-condition", at: "pharmacy: 'true'", message: "always true"),
      Slip(
        replace: "{measure: application.beds, at_least: fewest_beds, unit: beds}",
        with: "{that: 'true || application.beds >= fewest_beds'}",
        code: "never-fails", at: "XC-BEDS\n", message: "can never fail"),
      Slip(
        replace: "{measure: application.beds, at_least: fewest_beds, unit: beds}",
        with: "{measure: '0', above: '1', unit: beds}",
        code: "never-holds", at: "XC-BEDS\n", message: "can never hold"),
      Slip(
        replace: "at: 一\n    modality: must", with: "at: 一\n    modality: definition",
        code: "no-demand", at: "XC-BEDS\n", message: "whose modality `definition` demands nothing"),
      Slip(
        replace: "at_least: fewest_beds, unit: beds}", with: "at_least: fewest_beds, unit: bedz}",
        code: "unknown-unit", at: "XC-BEDS\n", message: "no unit `bedz`; did you mean `beds`"),
      Slip(
        replace: "at_least: fewest_beds, unit: beds}", with: "at_least: fewest_beds, unit: m}",
        code: "units-differ", at: "XC-BEDS\n",
        message: "expected `fewest_beds` to be in `m`, found `beds`"),
      Slip(
        replace: "at_least: fewest_beds, unit: beds}",
        with: "at_least: 'max(fewest_beds, circle_radius)', unit: beds}", code: "units-differ",
        at: "XC-BEDS\n",
        message: "`max(fewest_beds, circle_radius)` puts `beds` and `m` together, which differ"),
    ])
  func checks(_ slip: Slip) throws {
    let copy = try Copy()
    try copy.replace(slip.replace, with: slip.with)
    let result = try copy.run(["policy", "check"])
    #expect(result.code == 1, "\(result.output)\(result.errors)")
    let place: String
    if slip.at.hasSuffix("\n") {
      let rule = try copy.place(of: "- id: \(slip.at.dropLast())").split(separator: ":")
      place = "\(rule[0]):\(rule[1]):\(try #require(Int(rule[2])) + "- id: ".count)"
    } else {
      place = try copy.place(of: slip.at)
    }
    let line = result.output.split(separator: "\n").first {
      $0.hasPrefix("\(place): warning[\(slip.code)] ")
    }
    #expect(line?.contains(slip.message) == true, "\(place)\n\(result.output)")
    let chinese = try copy.run(["policy", "check", "--lang", "zh"])
    #expect(chinese.output.contains("\(place): warning[\(slip.code)] "))
  }

  @Test(
    "spans of one tenant that overlap or leave a gap are found",
    arguments: [
      ("2031-01-01", "2032-12-31", nil),
      (
        "2030-12-31", "2032-12-31",
        "spans-overlap] `later` begins on 2030-12-31, before `xincheng/2026-2030` ends on 2030-12-31"
      ),
      ("2031-01-11", "2032-12-31", "spans-gap"),
    ])
  func spans(_ from: String, _ to: String, _ expected: String?) throws {
    let copy = try Copy()
    let profile = try copy.folder.read("policies/xincheng/2026-2030.yaml")
    try copy.folder.write(
      profile.replacing("id: xincheng/2026-2030", with: "id: later").replacing(
        "{from: 2026-01-01, to: 2030-12-31}", with: "{from: \(from), to: \(to)}"),
      to: "policies/xincheng/later.yaml")
    try copy.replace(
      "profiles:\n",
      with: "profiles:\n  - {id: later, file: later.yaml, from: \(from), to: \(to)}\n",
      in: "tenant.yaml")
    let result = try copy.run(["policy", "check"])
    #expect(result.code == (expected == nil ? 0 : 1), "\(result.output)\(result.errors)")
    guard let expected else { return }
    let place = try copy.place(of: "{id: later", in: "tenant.yaml")
    #expect(result.output.contains("\(place): warning[\(expected)"), "\(result.output)")
    if expected == "spans-gap" { #expect(result.output.contains("10 days between them")) }
  }

  @Test("a profile that does not load ends with 2 and its faults")
  func checkFaults() throws {
    let copy = try Copy()
    try copy.replace("at_least: fewest_beds", with: "at_least: fewest_bed")
    for tool in [["check"], ["coverage"], ["verify", "--sources", "sources"]] {
      let result = try copy.run(["policy"] + tool)
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("did you mean `fewest_beds`"))
    }
  }

  // MARK: rules and explain

  @Test("the rules are listed with their law")
  func rules() throws {
    let result = try Copy().run(["rules"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.output == """
        xincheng/2026-2030 新城市医疗保障定点资源配置规划（示例）
        id         name                  modality      subject      place  quote
        XC-BEDS    enough-beds           must          application  一     医院床位不少于二十张
        XC-YEAR    yearly-places         in principle  application  二     每区每年新增药店原则上不超过一家
        XC-CIRCLE  pharmacies-in-circle  must          application  三     五百米范围内药店不超过两家
        XC-AREA    enough-floor-area     must          application  四     药店营业面积不少于八十平方米
        XC-OPEN    open-long-enough      must          application  五     药店正式运营满九十日方可申请

        """)
    let chinese = try Program.run(["--city", "huaibei", "--lang", "zh", "rules"], in: Golden.root)
    #expect(chinese.code == 0)
    #expect(chinese.output.contains("原则上  申请"))
    #expect(!chinese.output.contains("XA-"))
  }

  @Test("a rule is explained from its law to its tests")
  func explains() throws {
    let result = try Program.run(
      ["explain", "HB-OUT-CAP", "--city", "huaibei", "--policies", "policies"], in: Golden.root)
    #expect(result.code == 0, "\(result.errors)")
    for expected in [
      "HB-OUT-CAP new-outlet-cap (huaibei/2026-2028, draft, 2026-01-01–2028-12-31)\n",
      "三（一）2 [HB-OUT-CAP, in principle]: “本规划期内原则上以上一年度解除协议的机构数量确定最高增量”\n",
      "applies where `new_outlet`\n",
      "on top of `admitted_outlets`, to at most `ended_last_year`\n",
      "  walking_radius = 800 m (or 1000) [HB-OUT-15MIN]: ",
      "  outside_the_plan (institutions outside the plan): when `",
      "[HB-EXEMPT, exemption]: “列入省市政府重点建设项目",
      "  gap_in_service (15-minute walk exception): when `same_kind_nearby == 0`\n",
      "this year's cap on new outlets is {limit}", "  Apply in a year that has places left",
      "\nexamples\n  below the limit: ", "\n  at the limit: ", "\n  above the limit: ",
      "(policies/huaibei/2026-2028.tests.yaml:",
    ] {
      #expect(result.output.contains(expected), "\(expected)")
    }
    let chinese = try Program.run(
      ["explain", "new-outlet-cap", "--city", "huaibei", "--lang", "zh"], in: Golden.root)
    #expect(chinese.code == 0)
    for heading in ["依据", "判定", "其中", "读法", "参数", "豁免", "例外", "用语", "可采取的办法", "示例"] {
      #expect(chinese.output.contains("\n\(heading)\n"), "\(heading)")
    }
  }

  @Test("each kind of rule says what it decides")
  func decisions() throws {
    let copy = try Copy()
    for (rule, expected) in [
      ("XC-BEDS", "requires `application.beds` to be at least `fewest_beds` (beds)"),
      ("XC-YEAR", "takes one place, counted per district, year, to at most `yearly_places`"),
      (
        "XC-CIRCLE",
        "at most `circle_places` in the circle `pharmacies_nearby` around the applicant, of radius `circle_radius` (500 m), the applicant counted"
      ),
    ] {
      let result = try copy.run(["explain", rule])
      #expect(result.code == 0)
      #expect(result.output.contains("\n  \(expected)\n"), "\(result.output)")
    }
  }

  @Test(
    "findings of planlint's own are explained too",
    arguments: [
      "profile-not-in-force", "stock-differs", "facts-of-another-year", "reading-decides",
      "kind-and-category", "procedure-out-of-order", "plan-figures-differ",
      "submitted-after-decision", "figure-not-plausible",
    ])
  func explainsBuiltIn(_ id: String) throws {
    for (language, words) in [("zh", ["何时给出", "结果"]), ("en", ["When:", "Outcome:"])] {
      let result = try Program.run(["explain", id, "--lang", language], in: Golden.root)
      #expect(result.code == 0)
      #expect(result.output.hasPrefix(id + "  "))
      for word in words { #expect(result.output.contains(word)) }
    }
  }

  @Test(
    "the rules of the project can be explained in both languages",
    arguments: ["huaibei", "liaoning", "tianmen", "wuhan", "xian"])
  func explainsProject(_ city: String) throws {
    let listing = try Program.run(["rules", "--city", city], in: Golden.root)
    #expect(listing.code == 0)
    let ids = listing.output.matches(of: #/(?m)^([A-Z]+-[A-Z0-9-]+) /#).map { String($0.1) }
    #expect(ids.count >= 8)
    // A few of each, the whole taking a minute.
    for (index, id) in ids.prefix(6).enumerated() {
      let result = try Program.run(
        ["explain", id, "--city", city, "--lang", index % 2 == 0 ? "zh" : "en"], in: Golden.root)
      #expect(result.code == 0, "\(id): \(result.errors)")
      #expect(result.output.hasPrefix("\(id) "))
    }
  }

  @Test("a rule that is not there ends with 2 and the nearest name")
  func unknownRule() throws {
    let result = try Program.run(["explain", "HB-OUT-CPA"], in: Golden.root)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("there is no rule `HB-OUT-CPA`; did you mean `HB-OUT-CAP`"))
    #expect(try Program.run(["explain", "HB-AID", "--city", "xian"], in: Golden.root).code == 2)
  }

  @Test("options may stand before a command of two words")
  func optionsFirst() throws {
    let copy = try Copy()
    let first = try Program.run(
      ["--policies", "policies", "--sources", "sources", "policy", "verify"],
      in: copy.folder.path)
    let last = try copy.run(["policy", "verify", "--sources", "sources"])
    #expect(first.code == 1)
    #expect(first.output == last.output)
  }
}
