import Foundation
import TestSupport
import Testing

@Suite("Nothing is believed without a word")
struct BelievedTests {
  /// A batch, and what it comes to.
  struct Batch: Sendable, CustomTestStringConvertible {
    var name: String
    var items: [String]
    var head = ""
    var options: [String] = []
    var code: Int32 = 2
    var expected: String
    var testDescription: String { name }
  }

  private static let code = ", uscc: 91340600000000001A"

  @Test(
    "days and duplicates that cannot be meant are told",
    arguments: [
      Batch(
        name: "a day of decision before every submission", items: [Sample.pharmacy("A")],
        head: "as_of: 2026-02-01\n",
        expected: "applications.yaml:1:8: error: the day of decision 2026-02-01 is before every"),
      Batch(
        name: "the same on the command line", items: [Sample.pharmacy("A")],
        options: ["--as-of", "2026-02-01"], expected: "--as-of: error: the day of decision"),
      Batch(
        name: "an id with a letter that cannot be seen",
        items: [Sample.pharmacy("A1"), other("\"A1\\u200B\"")], expected: "looks like `A1`"),
      Batch(
        name: "an id in full width", items: [Sample.pharmacy("A1"), other("Ａ１")],
        expected: "looks like `A1`"),
      Batch(
        name: "an id with a Cyrillic letter", items: [Sample.pharmacy("A1"), other("А1")],
        expected: "looks like `A1`"),
      Batch(
        name: "an id with a Greek letter", items: [Sample.pharmacy("A1"), other("Α1")],
        expected: "looks like `A1`"),
      Batch(
        name: "an id with a space at its end", items: [Sample.pharmacy("A1"), other("\"A1 \"")],
        expected: "looks like `A1`"),
      Batch(
        name: "one name, kind and place under two ids",
        items: [Sample.pharmacy("A1"), Sample.pharmacy("A2")], code: 1,
        expected:
          "note: the applications `A2` and `A1` have the same name, kind, place and category"),
      Batch(
        name: "one institution twice",
        items: [
          Sample.pharmacy("A1", more: ", institution: P1"), other("A2", more: ", institution: P1"),
        ], expected: "are of one institution (`P1` in the registry)"),
      Batch(
        name: "three of one credit code, of which the last two share a name",
        items: [
          Sample.pharmacy("A1", more: code), other("A2", more: code), other("A3", more: code),
        ],
        expected: "the applications `A3` and `A2` have the same credit code, name and category"),
    ])
  func batches(_ batch: Batch) throws {
    let folder = try Sample.folder(
      batch.head + Sample.applications(batch.items.joined(separator: "\n")))
    defer { folder.remove() }
    let result = try Program.run(batch.options + ["applications.yaml"], in: folder.path)
    #expect(result.code == batch.code, "\(result.errors)")
    #expect(result.errors.contains(batch.expected), "\(result.errors)")
  }

  /// Another name and place than the sample's.
  private static func other(_ id: String, more: String = "") -> String {
    Sample.pharmacy(id, more: more).replacing("示例药店", with: "另一药店")
      .replacing("116.79430", with: "116.83430")
  }

  @Test("an institution named twice is found without a registry too")
  func institutionWithoutRegistry() throws {
    let items = ["A1", "A2"].map { Sample.pharmacy($0, more: ", institution: P1") }
    let folder = try Sample.folder(
      Sample.applications(items.joined(separator: "\n")).replacing(
        "registry: registry.csv\n", with: ""))
    defer { folder.remove() }
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.errors.contains("expected each institution once"))
  }

  @Test("an id of the registry that looks like another is an error with its place")
  func registryLooks() throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    for id in ["P1 ", "Ｐ1", "Р1", "P\u{200B}1"] {
      try folder.write(
        Sample.registry + "\n\"\(id)\",另一药店,retail_pharmacy,retail_pharmacy,,相山区,,,,,,,,active\n",
        to: "registry.csv")
      let result = try Program.run(["applications.yaml"], in: folder.path)
      #expect(result.code == 2, "\(id)")
      #expect(result.errors.contains("registry.csv:3:1: error: "), "\(result.errors)")
      // A table's cells lose white space and width when they are read.
      #expect(
        result.errors.contains("looks like `P1`") || result.errors.contains("`P1` occurs twice"),
        "\(result.errors)")
    }
  }

  @Test(
    "what was submitted after the day of decision is for a person, and says so; a ruling settles it"
  )
  func lateSubmission() throws {
    let folder = try Sample.folder(
      "as_of: 2026-04-01\n"
        + Sample.applications(
          Sample.pharmacy("A") + "\n"
            + Sample.pharmacy("B").replacing("03-02", with: "09-02")
            .replacing("2026-09-02, score: 80", with: "2026-09-02, score: 90")
            .replacing("lon: 116.79430", with: "lon: 116.83430")
        ).replacing("facts.yaml", with: "more.yaml"))
    defer { folder.remove() }
    try folder.write(
      Sample.facts.replacing("retail_pharmacy: 1,", with: "retail_pharmacy: 9,"), to: "more.yaml")
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 3, "\(result.errors)")
    #expect(
      result.output.contains(
        "submitted on 2026-09-02, after the day of decision 2026-04-01"), "\(result.output)")
    #expect(result.output.contains("2 applications: 1 admissible, 0 refused, 1 needs a person"))
    try folder.write(
      """
      planlint: waivers/1
      rulings:
        - {application: B, rule: submitted-after-decision, outcome: pass, authority: 甲, document: 乙, reason: 丙, decided: 2026-09-03}
      """, to: "waivers.yaml")
    let ruled = try Program.run(
      ["applications.yaml", "--waivers", "waivers.yaml"], in: folder.path)
    #expect(ruled.code == 0, "\(ruled.errors)\(ruled.output)")
  }

  // MARK: Whose word counts

  @Test(
    "an input that differs from the office's settings is an error, which an option settles",
    arguments: [
      ("facts", "facts: own.yaml", ["--facts", "in/own.yaml"]),
      ("registry", "registry: own.csv", ["--registry", "in/own.csv"]),
      ("as_of", "as_of: 2026-05-01", ["--as-of", "2026-05-01"]),
      ("datum", "datum: gcj02", ["--datum", "gcj02"]),
    ])
  func settings(_ key: String, _ own: String, _ option: [String]) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(Sample.facts, to: "facts.yaml")
    try folder.write(Sample.registry, to: "registry.csv")
    try folder.write(Sample.facts, to: "in/own.yaml")
    try folder.write(Sample.registry, to: "in/own.csv")
    try folder.write(
      "city: huaibei\nfacts: facts.yaml\nregistry: registry.csv\nas_of: 2026-04-01\ndatum: wgs84\n",
      to: "planlint.yaml")
    let items = "applications:\n" + Sample.pharmacy("A").replacing("116.79430", with: "116.83430")
    try folder.write(own + "\n" + items, to: "in/applications.yaml")
    let result = try Program.run(["in/applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("in/applications.yaml:1:"), "\(result.errors)")
    #expect(result.errors.contains("planlint.yaml:"), "\(result.errors)")
    #expect(result.errors.contains("settle it with `\(option[0])`"), "\(result.errors)")
    let settled = try Program.run(option + ["in/applications.yaml"], in: folder.path)
    #expect(settled.code == 0, "\(settled.errors)")
    // The same said twice contradicts nothing, whatever the path looks like.
    let same = [
      "facts": "facts: ../facts.yaml", "registry": "registry: ../registry.csv",
      "as_of": "as_of: 2026-04-01", "datum": "datum: wgs84",
    ]
    try folder.write((same[key] ?? "") + "\n" + items, to: "in/applications.yaml")
    #expect(try Program.run(["in/applications.yaml"], in: folder.path).code == 0)
  }

  @Test("a path out of the folder needs --allow-outside, and nothing of such a file is quoted")
  func outside() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("secret: [words, of, others]\n", to: "secret.txt")
    try folder.write(Sample.registry, to: "in/registry.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/in/link.txt", withDestinationPath: "../secret.txt")
    for path in ["../secret.txt", folder.path + "/secret.txt", "link.txt", "x/../../secret.txt"] {
      try folder.write(
        Sample.admissible.replacing("facts.yaml", with: path), to: "in/applications.yaml")
      let refused = try Program.run(["in/applications.yaml"], in: folder.path)
      #expect(refused.code == 2, "\(path)")
      #expect(refused.errors.contains("--allow-outside"), "\(refused.errors)")
      #expect(!refused.errors.contains("words"), "\(refused.errors)")
      if path.hasPrefix("x/") { continue }
      let allowed = try Program.run(
        ["in/applications.yaml", "--allow-outside"], in: folder.path)
      #expect(allowed.code == 2)
      #expect(allowed.errors.contains("nothing is quoted"), "\(allowed.errors)")
      #expect(!allowed.errors.contains("words") && !allowed.errors.contains("`secret`"))
    }
    // Who names it on the command line sees it.
    let named = try Program.run(
      ["in/applications.yaml", "--facts", "secret.txt"], in: folder.path)
    #expect(named.code == 2 && named.errors.contains("`secret`"), "\(named.errors)")
  }

  @Test(
    "a settings file names nothing outside its folder without --allow-outside",
    arguments: [
      "facts: ../facts.yaml", "registry: ../registry.csv", "waivers: ../waivers.yaml",
      "policies: ../policies", "applications: ../a.yaml", "plans: [../p.yaml]",
      "formats: [json=../out.json]", "baseline: ../base.json",
    ])
  func settingsOutside(_ line: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(Sample.facts, to: "facts.yaml")
    try folder.write(Sample.registry, to: "registry.csv")
    try folder.write("city: huaibei\n" + line + "\n", to: "in/planlint.yaml")
    try folder.write("applications:\n" + Sample.pharmacy("A"), to: "in/applications.yaml")
    let result = try Program.run(["in/applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("in/planlint.yaml:2:"), "\(result.errors)")
    #expect(result.errors.contains("lies outside the folder"), "\(result.errors)")
  }

  @Test("what rests on a claim alone is told beside the verdict, in text, Markdown and HTML")
  func claims() throws {
    let folder = try Sample.folder(
      Sample.applications(
        Sample.pharmacy("A", more: ", circumstances: [key_project]")
          .replacing(
            "retail_pharmacy, requests: [retail_pharmacy]", with: "clinic, requests: [outpatient]"))
    )
    defer { folder.remove() }
    for format in ["text", "markdown", "html"] {
      let result = try Program.run(
        ["applications.yaml", "--format", format, "--lang", "en"], in: folder.path)
      #expect(
        result.output.contains("on nothing but what the application claims"),
        "\(format): \(result.output)")
    }
    let without = try Sample.folder(Sample.admissible)
    defer { without.remove() }
    let result = try Program.run(["applications.yaml"], in: without.path)
    #expect(!result.output.contains("rest on nothing"))
  }

  // MARK: Figures

  @Test(
    "figures that cannot be are errors at their place",
    arguments: [
      ("residents: 1000000", "residents: 10000000000000000000", "4:12", "at most 1500000000"),
      ("residents: 500000", "residents: 10000000000000000000", "10:", "at most 1500000000"),
      ("occupancy: 80\nterm", "occupancy: 9999\nterm", "7:12", "at most 300"),
      ("occupancy: 80\nterm", "occupancy: 9999%\nterm", "7:12", "at most 300"),
      ("cost_growth: 6.0", "cost_growth: 99999999", "6:14", "at most 1000"),
      ("cost_growth: 6.0", "cost_growth: -150", "6:14", "at least -100"),
    ])
  func figures(_ good: String, _ bad: String, _ place: String, _ expected: String) throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    try folder.write(Sample.facts.replacing(good, with: bad), to: "facts.yaml")
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("facts.yaml:\(place)"), "\(result.errors)")
    #expect(result.errors.contains(expected), "\(result.errors)")
  }

  @Test("days of submission lie in the years that there are")
  func years() throws {
    for day in ["0001-03-02", "9999-03-02"] {
      let folder = try Sample.folder(
        Sample.admissible.replacing("2026-03-02", with: day))
      defer { folder.remove() }
      let result = try Program.run(["applications.yaml"], in: folder.path)
      #expect(result.code == 2)
      #expect(
        result.errors.contains("expected a day of the years 1900 to 2999"), "\(result.errors)")
    }
  }

  @Test("facts without a year and districts of the registry that the facts lack are told")
  func notes() throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    try folder.write(Sample.facts.replacing("year: 2026\n", with: ""), to: "facts.yaml")
    try folder.write(
      Sample.registry + "\nP2,乙,retail_pharmacy,retail_pharmacy,,火星区,,,,,,,,active\n",
      to: "registry.csv")
    let result = try Program.run(["applications.yaml", "--format", "json"], in: folder.path)
    for text in ["the facts do not say of which year", "that the facts do not have: `火星区`"] {
      #expect(result.errors.contains(text), "\(result.errors)")
      #expect(result.output.contains(text.replacing("`", with: "`")), "\(text)")
    }
  }

  @Test("a row that holds a full application is never passed over for its first cell")
  func fullRows() throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    let rest = "retail_pharmacy,retail_pharmacy,相山区,2026-03-02,80"
    for word in ["合计", "小计", "总计", "备注", "说明", "制表人：乙"] {
      try folder.write(
        "id,name,kind,requests,district,submitted,score\nA,甲,\(rest)\n\(word),乙,\(rest)\n",
        to: "applications.csv")
      let result = try Program.run(
        ["--city", "huaibei", "--format", "json", "applications.csv"], in: folder.path)
      #expect(result.output.contains("\"subjects\": 2"), "\(word): \(result.errors)")
    }
  }

  @Test("additions that no place can have are not compliant", arguments: ["liaoning", "tianmen"])
  func additions(_ city: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for name in ["plan.yaml", "facts.yaml", "registry.csv"] {
      let bytes = try #require(Golden.bytes("\(city)/\(name)"))
      var text = String(decoding: bytes, as: UTF8.self)
      if name == "plan.yaml" { text += "\nannual_new: {retail_pharmacy: 9999999999}\n" }
      try folder.write(text, to: name)
    }
    let result = try Program.run(["plan", "plan.yaml"], in: folder.path)
    #expect(result.code == 3, "\(result.errors)\(result.output)")
    #expect(result.output.contains("review[figure-not-plausible]"))
  }
}
