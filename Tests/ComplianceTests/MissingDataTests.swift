import Compliance
import Diagnostics
import Testing

/// Semantics 2: missing is not false, and not an error.
struct MissingDataTests {
  private func outcome(
    _ parts: String = "", _ rule: String, facts: String? = nil, registry: String? = nil,
    _ application: String = "id: A"
  ) throws -> Finding? {
    try city(parts, rule, facts: facts, registry: registry, application).finding("A", "R")
  }

  private func city(
    _ parts: String = "", _ rule: String, facts: String? = nil, registry: String? = nil,
    _ application: String = "id: A"
  ) throws -> InventedCity {
    try InventedCity(
      InventedCity.policy(
        """
        parameters:
          inner: {value: 2, unit: institutions, basis: MUST}
          outer: {value: 1, unit: institutions, basis: MUST}
          around: {value: 800, unit: m, basis: MUST}
          fifty: {value: 50, unit: percent, basis: MUST}
          hundred: {value: 100, unit: percent, basis: MUST}
        circles:
          nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
        \(parts)
        """, rules: [InventedCity.rule("R", rule)]), facts: facts, registry: registry, [application]
    )
  }

  private func pharmacies(_ count: Int) -> String {
    count == 0
      ? "[]"
      : (0..<count).map {
        CircleTests.row("P\($0)", CircleTests.at("116.70100\($0)"))
      }.joined()
  }

  @Test(arguments: zip(0...4, [Outcome.pass, .pass, .unknown, .fail, .fail]))
  func `a missing area matters only where the thresholds of the zones tell it apart`(
    _ count: Int, _ expected: Outcome
  ) throws {
    let finding = try outcome(
      "figures: {most: {value: \"application.area == 'built_up' ? inner : outer\", unit: institutions, basis: MUST}}",
      "spacing: {circle: nearby, at_most: most}", registry: pharmacies(count),
      "id: A, \(CircleTests.site("116.700000"))")
    #expect(finding?.outcome == expected)
    #expect(finding?.needs == (expected == .unknown ? ["applications[A].area"] : []))
  }

  @Test(arguments: [
    // What every value of a missing number leads to.
    ("facts.occupancy >= 0", Outcome.pass), ("facts.occupancy < 0", .fail),
    ("facts.occupancy >= fifty", .unknown), ("facts.occupancy + hundred >= fifty", .pass),
    ("facts.occupancy >= fifty || facts.occupancy < fifty", .pass),
    ("facts.occupancy > fifty || facts.occupancy < fifty", .unknown),
    ("facts.occupancy == fifty && facts.occupancy > fifty", .fail),
    // Not linear, and two at once: unknown is always right.
    ("facts.occupancy * facts.occupancy >= 0", .unknown),
    ("max(facts.occupancy - hundred * hundred, 0) > 0", .unknown),
    ("hundred / facts.occupancy > fifty", .unknown),
    ("facts.occupancy > facts.cost_growth", .unknown),
    // Three-valued logic comes first.
    ("0 == 1 && facts.occupancy >= fifty", .fail), ("0 == 0 || facts.occupancy >= fifty", .pass),
  ])
  func `a missing number is tried at every crossing`(_ condition: String, _ expected: Outcome)
    throws
  {
    let finding = try outcome("", "require: {that: \"\(condition)\"}", facts: "year: 2026\n")
    #expect(finding?.outcome == expected)
  }

  @Test func `each path that matters is named, and no other`() throws {
    let two = try outcome(
      "", "require: {that: \"facts.occupancy >= fifty && facts.cost_growth < fifty\"}",
      facts: "year: 2026\n")
    #expect(two?.needs == ["facts.occupancy", "facts.cost_growth"])
    let idle = try outcome(
      "",
      "require: {that: \"(application.area == 'built_up' || application.area != 'built_up') && facts.occupancy >= fifty\"}",
      facts: "year: 2026\n")
    #expect(idle?.needs == ["facts.occupancy"])
    // The area alone settles nothing, and still it says which threshold counts.
    let threshold = try outcome(
      "",
      "require: {that: \"facts.occupancy >= (application.area == 'built_up' ? fifty : hundred)\"}",
      facts: "year: 2026\n")
    #expect(threshold?.outcome == .unknown)
    #expect(threshold?.needs == ["applications[A].area", "facts.occupancy"])
  }

  @Test func `a missing district is tried among those of the facts`() throws {
    let parts = "conditions: {fine: district.occupancy >= fifty}"
    let same = try outcome(
      parts, "require: {that: fine}",
      facts: "districts: [{name: 东, occupancy: 60}, {name: 西, occupancy: 70}]\n")
    #expect(same?.outcome == .pass)
    let apart = try outcome(
      parts, "require: {that: fine}",
      facts: "districts: [{name: 东, occupancy: 60}, {name: 西, occupancy: 40}]\n")
    #expect(apart?.needs == ["applications[A].district"])
    let both = try outcome(
      parts, "require: {that: fine}", facts: "districts: [{name: 东, occupancy: 60}, {name: 西}]\n")
    #expect(both?.needs == ["applications[A].district", "facts.districts[西].occupancy"])
  }

  @Test func `where only pass and not applicable are possible it passes`() throws {
    let finding = try outcome(
      "",
      "for: \"application.area == 'built_up'\"\nrequire: {that: \"application.kind == 'retail_pharmacy'\"}"
    )
    #expect(finding?.outcome == .pass)
    let open = try outcome(
      "",
      "for: \"application.area == 'built_up'\"\nrequire: {that: \"application.kind == 'clinic'\"}")
    #expect(open?.outcome == .unknown)
  }

  @Test func `a record that is absent is unknown in all that it holds`() throws {
    let finding = try outcome(
      "", "require: {that: \"facts.beds.designated > fifty && facts.beds.tcm > fifty\"}",
      facts: "year: 2026\n")
    #expect(finding?.needs == ["facts.beds.designated", "facts.beds.tcm"])
  }

  @Test func `absence means none only where the contract says so`() throws {
    #expect(
      try outcome("", "require: {that: \"has(application.circumstances)\"}")?.outcome == .fail)
    #expect(try outcome("", "require: {that: \"has(application.grade)\"}")?.outcome != .fail)
    #expect(
      try outcome(
        "", "require: {that: \"!('retail_pharmacy' in facts.annual_plan)\"}", facts: "year: 2026\n")?
        .outcome == .pass)
    #expect(
      try outcome(
        "", "require: {that: \"!('retail_pharmacy' in facts.planned)\"}", facts: "year: 2026\n")?
        .outcome == .unknown)
  }

  @Test func `a missing number behind an open count is not settled by the count`() throws {
    // The limit is missing, and who stands around is undecided: no value of either decides alone.
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      circles:
        nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "OWN", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
        InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: facts.cost_growth}"),
      ])
    let rows = (0..<3).map { CircleTests.row("P\($0)", CircleTests.at("116.70100\($0)")) }.joined()
    let city = try InventedCity(
      policy, facts: "year: 2026\n", registry: rows,
      [
        "id: MAYBE, score: 9, \(CircleTests.site("116.700000"))",
        "id: A, score: 8, occupancy: 60, \(CircleTests.site("116.700000"))",
      ])
    #expect(city.outcome("A", "SPACE") == .unknown)
    #expect(city.finding("A", "SPACE")?.needs == ["facts.cost_growth"])
  }

  @Test func `the use of a limit that is missing leaves it unknown only where it matters`() throws {
    let parts = ""
    let open = try outcome(
      parts,
      "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: fifty}",
      facts: "year: 2026\n")
    #expect(open?.needs == ["facts.stock.retail_pharmacy"])
    let full = try outcome(
      parts, "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: 0}",
      facts: "year: 2026\n")
    #expect(full?.outcome == .fail)
    let taken = try outcome(
      parts,
      "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: fifty}",
      facts: "year: 2026\n", "id: A, designated_for: [retail_pharmacy]")
    #expect(taken?.outcome == .pass)
  }
}
