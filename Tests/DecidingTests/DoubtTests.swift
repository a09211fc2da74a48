import Diagnostics
import Policy
import Testing
@testable import Cases

/// Semantics 4.5, 4.8 and 4.10: what an application says of institutions is held against the registry, and nobody is admitted by
/// silence.
struct DoubtTests {
  /// Full: whoever takes a place fails, whoever takes none passes.
  private static func policy(_ parts: String = "", rules: [String] = []) -> String {
    InventedCity.policy(
      parts + "\nparameters:\n  places: {value: 1, unit: institutions, basis: MUST}",
      rules: [
        InventedCity.rule(
          "CAP",
          "categories: [retail_pharmacy]\nlimit: {take: place, over: [city], used: \"1\", at_most: places}"
        )
      ] + rules)
  }

  private static let beds = InventedCity.rule(
    "BEDS", "categories: [inpatient]\nrequire: {that: application.existing_beds >= 1}")

  private static func row(_ fields: String) -> String {
    (fields.contains("kind:") ? "- {\(fields)" : "- {kind: retail_pharmacy, \(fields)")
      + (fields.contains("categories:") ? "" : ", categories: [retail_pharmacy]")
      + (fields.contains("status:") ? "" : ", status: active")
      + ", lon: 117.700000, lat: 33.900000, datum: wgs84}\n"
  }

  private static func ruling(_ rule: String, _ outcome: Outcome) -> String {
    "  []\nrulings:\n  - {application: A, rule: \(rule), outcome: \(outcome.rawValue), authority: 某局, document: 某纪〔2026〕7号, reason: 经核查, decided: 2026-04-20}\n"
  }

  @Test(arguments: [
    // Its id, its credit code, its name with kind and district; a name that two have tells nothing.
    ("id: A, institution: P1", "id: P1", true),
    ("id: A, uscc: 91350100M000100Y43", "id: P1, uscc: 91350100M000100Y43", true),
    ("id: A, name: 甲药店, district: 东", "id: P1, name: 甲药店, district: 东", true),
    ("id: A, name: 甲药店, district: 东", "id: P1, name: 甲药店, district: 西", false),
    ("id: A, name: 甲药店", "id: P1, name: 甲药店", false),
  ])
  func `what an application leaves out is taken from its own row, with a note`(
    _ application: String, _ row: String, _ isFound: Bool
  ) throws {
    let city = try InventedCity(
      Self.policy(), facts: "districts: [{name: 东}, {name: 西}]\n", registry: Self.row(row),
      [application])
    #expect(city.outcome("A", "CAP") == (isFound ? .pass : .fail))
    #expect(city.batch.notes.contains { $0.message.en.contains("taken from") } == isFound)
  }

  /// What the circle of B comes to, 300 m from A, which asks for a second category.
  private static func neighbour(_ claim: String, row: String, holding: String) throws -> Outcome? {
    let circle = InventedCity.rule(
      "SPACE", "categories: [retail_pharmacy]\nspacing: {circle: near, at_most: none}")
    return try InventedCity(
      InventedCity.policy(
        """
        parameters:
          walk: {value: 800, unit: m, basis: MUST}
          none: {value: 0, unit: institutions, basis: MUST}
        circles:
          near: {within: walk, where: "\(holding)", basis: MUST}
        """, rules: [circle, InventedCity.rule("S", "require: {that: 0 == 0}")]), registry: row,
      [
        "id: A, score: 9, kind: retail_pharmacy, requests: [pooled_pharmacy], location: {lon: 116.700000, lat: 33.900000, datum: wgs84}\(claim)",
        "id: B, score: 8, kind: retail_pharmacy, requests: [retail_pharmacy], location: {lon: 116.703244, lat: 33.900000, datum: wgs84}",
      ]
    ).outcome("B", "SPACE")
  }

  @Test func `a designated institution is a new neighbour for what it newly takes alone`() throws {
    let byKind = "neighbour.kind == 'retail_pharmacy'"
    let pooled = "'pooled_pharmacy' in neighbour.categories"
    // Its own row stands a kilometre away, or has nothing to do with the circle.
    let row = Self.row("id: P, name: 甲")
    let holds = ", designated_for: [retail_pharmacy], institution: P"
    #expect(try Self.neighbour("", row: "[]\n", holding: byKind) == .fail)
    #expect(try Self.neighbour(holds, row: row, holding: byKind) == .pass)
    #expect(try Self.neighbour(holds, row: row, holding: pooled) == .fail)
    // That it holds anything is not borne out: it counts, or it does not.
    #expect(
      try Self.neighbour(", designated_for: [retail_pharmacy]", row: "[]\n", holding: byKind)
        == .review)
    // Where the registry has it in the circle, it counts there once.
    let there =
      "- {id: P, kind: retail_pharmacy, categories: [retail_pharmacy], status: active, lon: 116.700000, lat: 33.900000, datum: wgs84}\n"
    #expect(try Self.neighbour(holds, row: there, holding: byKind) == .fail)
  }

  @Test func `one institution asks for a category once`() throws {
    do throws(Faults) {
      _ = try Self.twice()
      Issue.record("expected a fault")
    } catch {
      #expect(error.faults.count == 1)
      #expect(error.faults.first?.message.en.contains("are of one institution (`P1`") == true)
    }
  }

  private static func twice() throws(Faults) -> InventedCity {
    do {
      return try InventedCity(
        policy(), registry: row("id: P1"),
        ["id: A, institution: P1", "id: B, name: 另一名称, institution: P1"])
    } catch let faults as Faults {
      throw faults
    } catch {
      throw Faults(Fault(path: "", zh: "\(error)", en: "\(error)"))
    }
  }

  @Test
  func `a category that no row bears out is held or not, and a person decides where it matters`()
    throws
  {
    let held = "id: A, designated_for: [retail_pharmacy]"
    let city = try InventedCity(Self.policy(), registry: "[]", [held])
    #expect(city.verdict("A") == .review)
    #expect(city.outcome("A", "CAP") == .pass)
    #expect(city.outcome("A", "designation-unconfirmed") == .review)
    // Without a registry nothing speaks against it.
    #expect(try InventedCity(Self.policy(), [held]).verdict("A") == .admissible)
    // What changes nothing is a note.
    let idle = try InventedCity(
      Self.policy(rules: [Self.beds]), registry: "[]",
      ["id: A, designated_for: [retail_pharmacy], kind: hospital, requests: [inpatient], beds: 1"])
    let finding = idle.result("A")?.findings.first { $0.rule == "designation-unconfirmed" }
    #expect(finding?.outcome == .note)
  }

  @Test func `one whose agreement is terminated holds nothing`() throws {
    let city = try InventedCity(
      Self.policy(), registry: Self.row("id: P1, status: terminated"),
      ["id: A, institution: P1, designated_for: [retail_pharmacy]"])
    #expect(city.outcome("A", "designation-unconfirmed") == .review)
  }

  @Test(arguments: [(10, Verdict.review), (5, .admissible)])
  func `what differs from its own row is tried both ways`(_ beds: Int, _ verdict: Verdict) throws {
    // It says 10; the row says 0 or 5, of which 0 alone would fail.
    let city = try InventedCity(
      Self.policy(rules: [Self.beds]),
      registry: Self.row(
        "id: H1, kind: hospital, categories: [inpatient], beds: \(verdict == .review ? 0 : 5)"),
      [
        "id: A, institution: H1, kind: hospital, requests: [inpatient], designated_for: [inpatient], beds: 1, existing_beds: 10"
      ])
    #expect(city.verdict("A") == verdict)
    let finding = city.result("A")?.findings.first { $0.rule == "registry-differs" }
    #expect(finding?.outcome == (verdict == .review ? .review : .note))
    #expect(finding?.message.en.contains("10 in the application") == true)
  }

  @Test(arguments: ["", "score: 1, "])
  func `of two doubts that decide together alone, both are told with what they come to together`(
    _ score: String
  ) throws {
    // With either of them it takes no place; without a score it may stand before or after the other, and is no rival of itself.
    let city = try InventedCity(
      Self.policy(), registry: Self.row("id: P1"),
      [
        "id: A, \(score)designated_for: [retail_pharmacy], replaces: P1",
        "id: B, score: 1, kind: clinic, requests: [outpatient]",
      ])
    for rule in ["designation-unconfirmed", "replacement-unconfirmed"] {
      #expect(city.outcome("A", rule) == .review)
      #expect(
        city.finding("A", rule)?.message.en.contains("the verdict would be refused") == true)
    }
    #expect(city.outcome("A", "CAP") == .pass)
    #expect(city.verdict("A") == .review)
  }

  @Test func `a refusal that the registry does not bear out refuses nobody`() throws {
    let city = try InventedCity(
      Self.policy(rules: [Self.beds]),
      registry: Self.row("id: H1, kind: hospital, categories: [inpatient], beds: 5"),
      [
        "id: A, institution: H1, kind: hospital, requests: [inpatient], designated_for: [inpatient], beds: 1, existing_beds: 0"
      ])
    #expect(city.verdict("A") == .review)
    #expect(city.outcome("A", "BEDS") == .review)
  }

  // MARK: Replacing

  @Test(
    arguments: [
      ("leaving", Verdict.admissible, nil), ("active", .review, Outcome.review),
      ("suspended", .review, .review), ("terminated", .refused, .note),
    ] as [(String, Verdict, Outcome?)])
  func `what a leaving institution frees hangs on what the registry says of it`(
    _ status: String, _ verdict: Verdict, _ outcome: Outcome?
  ) throws {
    let city = try InventedCity(
      Self.policy(), registry: Self.row("id: P1, status: \(status)"), ["id: A, replaces: P1"])
    #expect(city.verdict("A") == verdict)
    let finding = city.result("A")?.findings.first { $0.rule == "replacement-unconfirmed" }
    #expect(finding?.outcome == outcome)
  }

  @Test(arguments: [
    ("id: P1, status: leaving, district: 东", true),
    // Of another district, another kind of care.
    ("id: P1, status: leaving, district: 西", false),
    ("id: P1, status: leaving, district: 东, kind: clinic, categories: [outpatient]", false),
  ])
  func `a place is free only where the leaving one is counted`(_ row: String, _ isFree: Bool) throws
  {
    let policy = InventedCity.policy(
      "parameters:\n  places: {value: 1, unit: institutions, basis: MUST}",
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [district], used: \"1\", at_most: places}")
      ])
    let city = try InventedCity(
      policy, facts: "districts: [{name: 东}, {name: 西}]\n", registry: Self.row(row),
      ["id: A, district: 东, replaces: P1"])
    #expect(city.outcome("A", "CAP") == (isFree ? .pass : .fail))
  }

  /// An undecided A replaces P1; both lie in the circle of B, which holds one.
  @Test(
    arguments: [
      ("leaving", nil, Outcome.pass), ("active", nil, .review), ("suspended", nil, .review),
      ("active", Outcome.pass, .pass),
    ] as [(String, Outcome?, Outcome)])
  func `one that may not be leaving may stand beside the one that would replace it`(
    _ status: String, _ ruled: Outcome?, _ outcome: Outcome
  ) throws {
    let policy = InventedCity.policy(
      """
      parameters:
        walk: {value: 800, unit: m, basis: MUST}
        one: {value: 1, unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      circles:
        near: {within: walk, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [
        InventedCity.rule("SPACE", "spacing: {circle: near, at_most: one}"),
        InventedCity.rule(
          "OCC", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
      ])
    func site(_ longitude: String) -> String {
      "lon: \(longitude), lat: 33.900000, datum: wgs84"
    }
    let city = try InventedCity(
      policy,
      registry:
        "- {id: P1, kind: retail_pharmacy, categories: [retail_pharmacy], status: \(status), \(site("116.709732"))}\n",
      waivers: ruled.map { Self.ruling("replacement-unconfirmed", $0) },
      [
        "id: A, score: 9, replaces: P1, location: {\(site("116.719464"))}",
        "id: B, score: 8, occupancy: 60, location: {\(site("116.716220"))}",
      ])
    #expect(city.verdict("A") == .incomplete)
    #expect(city.outcome("B", "SPACE") == outcome)
  }

  @Test func `a profile that is silent recognises no replacement, and says so`() throws {
    let policy = Self.policy().replacing(InventedCity.replacements, with: "")
    let city = try InventedCity(
      policy, registry: Self.row("id: P1, status: leaving"), ["id: A, replaces: P1"])
    #expect(city.verdict("A") == .refused)
    let finding = city.result("A")?.findings.first { $0.rule == "replacement-unconfirmed" }
    #expect(finding?.outcome == .note)
    #expect(finding?.message.en.contains("recognises no replacement") == true)
  }

  // MARK: Silence

  @Test func `a category of which no rule speaks is admitted by a profile alone that says so`()
    throws
  {
    let asked = "id: A, kind: clinic, requests: [outpatient]"
    let open = try InventedCity(Self.policy(), [asked])
    #expect(open.verdict("A") == .review)
    #expect(open.outcome("A", "no-rule-speaks") == .review)
    let said = try InventedCity(
      Self.policy("silent: {outcome: admissible, basis: MAY, reading: {zh: 未设限制, en: no limit}}"),
      [asked])
    #expect(said.verdict("A") == .admissible)
    let finding = said.result("A")?.findings.first { $0.rule == "no-rule-speaks" }
    #expect(finding?.outcome == .note)
    #expect(finding?.citations.map(\.provision) == ["MAY"])
  }

  // MARK: Rulings

  @Test(arguments: [
    ("id: A, designated_for: [retail_pharmacy]", "designation-unconfirmed"),
    ("id: A, replaces: P1", "replacement-unconfirmed"),
    ("id: A, kind: clinic, requests: [outpatient]", "no-rule-speaks"),
  ])
  func `a ruling settles a doubt`(_ application: String, _ rule: String) throws {
    for (outcome, verdict) in [(Outcome.pass, Verdict.admissible), (.fail, .refused)] {
      let city = try InventedCity(
        Self.policy(), registry: Self.row("id: P1"), waivers: Self.ruling(rule, outcome),
        [application])
      #expect(city.verdict("A") == verdict)
      #expect(city.finding("A", rule)?.ruling?.outcome == outcome)
    }
  }

  // MARK: Profiles

  @Test(arguments: [
    (
      "merit: [{by: score, missing: last}, {by: id}]\n",
      "`missing: last` needs the provision that says so in `basis`"
    ),
    (
      "merit: [{by: submitted, missing: last, basis: MUST}, {by: id}]\n",
      "`missing` stands with `by: score` alone"
    ),
    (
      "readings: {replacements: {basis: MUST, value: a, alternatives: [b], zh: 读, en: read}}\n"
        + InventedCity.merit,
      "the name `replacements` is taken by the section `replacements`"
    ),
  ])
  func `a profile that cannot be meant is a fault`(_ merit: String, _ message: String) throws {
    let text = Self.policy().replacing(InventedCity.merit, with: merit)
    do throws(Faults) {
      _ = try Policy(reading: SourceFile(path: "policy.yaml", text: text))
      Issue.record("expected a fault")
    } catch {
      #expect(error.faults.contains { $0.message.en.contains(message) }, "\(error)")
    }
  }

  @Test func `a document may put those without a score last`() throws {
    let text = Self.policy().replacing("used: \"1\"", with: "used: \"0\"").replacing(
      "{by: score}", with: "{by: score, missing: last, basis: MUST}")
    let city = try InventedCity(text, ["id: A", "id: B, score: 1"])
    #expect(city.outcomes("CAP") == "A fail, B pass")
  }
}
