import Cases
import Diagnostics
import Testing

/// The values of missing data that `--what-if` tells, kind by kind of datum.
struct MissingValueTests {
  private static let beds = InventedCity.policy(
    "parameters: {most_beds: {value: 100, unit: beds, basis: MUST}}",
    rules: [
      InventedCity.rule(
        "BEDS",
        "categories: [inpatient]\nlimit: {take: beds, over: [city], used: facts.beds.designated, at_most: most_beds}"
      )
    ])

  private static func places(over scope: String) -> String {
    InventedCity.policy(
      """
      parameters: {places: {value: 2, unit: institutions, basis: MUST}}
      tallies:
        here: {sum: places, over: [\(scope)], where: "'retail_pharmacy' in neighbour.categories", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [\(scope)], used: here, at_most: places}")
      ])
  }

  private static let districts = "districts: [{name: 东}, {name: 西}, {name: 南}]"

  private static func row(_ id: String, _ more: String) -> String {
    "- {id: \(id), name: 店, kind: retail_pharmacy, categories: [retail_pharmacy], status: active, \(more)}\n"
  }

  private static func values(
    _ policy: String, facts: String? = nil, registry: String? = "[]", _ applications: [String],
    _ id: String, _ rule: String
  ) throws -> [Cure] {
    let city = try InventedCity(
      policy, facts: facts, registry: registry, whatIf: true, applications)
    #expect(city.outcome(id, rule) == .unknown)
    return city.cures(id, rule).filter { $0.kind == .value }
  }

  private static func range(_ low: String?, _ high: String?) -> Cure.Range {
    Cure.Range(low: low, isLowOpen: low == nil, high: high, isHighOpen: high == nil)
  }

  // MARK: The facts

  @Test func `where another gets no beds with a figure, there is room again above it`() throws {
    func hospital(_ id: String, _ beds: Int, _ score: Int) -> String {
      "id: \(id), kind: hospital, requests: [inpatient], beds: \(beds), score: \(score)"
    }
    let cures = try Self.values(
      Self.beds, facts: "year: 2026", [hospital("A", 25, 9), hospital("B", 10, 8)], "B", "BEDS")
    #expect(cures.map(\.range) == [Self.range("0", "65"), Self.range("76", "90")])
    #expect(Set(cures.map(\.path)) == ["facts.beds.designated"])
  }

  // MARK: Applications

  @Test func `a street that is missing is one of those that are known in its district`() throws {
    let registry =
      Self.row("P1", "district: 东, street: 甲, lon: 116.1, lat: 33.1, datum: wgs84")
      + Self.row("P2", "district: 东, street: 甲, lon: 116.2, lat: 33.1, datum: wgs84")
      + Self.row("P3", "district: 东, street: 乙, lon: 116.3, lat: 33.1, datum: wgs84")
      + Self.row("P4", "district: 西, street: 丙, lon: 116.4, lat: 33.1, datum: wgs84")
    let cures = try Self.values(
      Self.places(over: "district, street"), facts: Self.districts, registry: registry,
      ["id: A, district: 东"], "A", "CAP")
    #expect(cures.map(\.words) == [["乙"]])
    #expect(cures.first?.path == "applications[A].street")
    #expect(cures.first?.holder == .applicant)
    #expect(cures.first?.letter == nil)
    #expect(cures.first?.verdict == .admissible)
  }

  @Test func `a rival's district that is missing is for the authority to find out`() throws {
    let registry =
      Self.row("P1", "district: 东, lon: 116.1, lat: 33.1, datum: wgs84")
      + Self.row("P3", "district: 西, lon: 116.3, lat: 33.1, datum: wgs84")
    let cures = try Self.values(
      Self.places(over: "district"), facts: Self.districts, registry: registry,
      ["id: A, score: 9", "id: B, score: 8, district: 东"], "B", "CAP")
    #expect(cures.map(\.path) == ["applications[A].district"])
    #expect(cures.map(\.words) == [["西", "南"]])
    #expect(cures.first?.holder == .authority)
    #expect(cures.first?.message.en.contains("of the application A") == true)
  }

  @Test func `a score that a rule asks for is a number, and no place in the order`() throws {
    let policy = InventedCity.policy(
      "parameters: {least: {value: 60, unit: points, basis: MUST}}",
      rules: [InventedCity.rule("LEAST", "require: {that: \"application.score >= least\"}")])
    let cures = try Self.values(policy, ["id: A"], "A", "LEAST")
    #expect(cures.map(\.range) == [Self.range("60", "100")])
  }

  private static let circle = InventedCity.policy(
    """
    parameters:
      around: {value: 800, unit: m, basis: MUST}
      sharp: {value: 0, unit: m, basis: MUST}
      others: {value: 0, unit: institutions, basis: MUST}
    circles:
      nearby: {within: around, accuracy: sharp, where: "neighbour.kind == application.kind", basis: MUST}
    """,
    rules: [InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: others}")])

  @Test func `nothing is told of coordinates that are missing, and words of their datum`() throws {
    // As BD-09 or GCJ-02 it lies some hundred metres elsewhere on the ground.
    let near = Self.row("P1", "district: 东, lon: 116.500000, lat: 33.900000, datum: wgs84")
    let place = "lon: 116.494000, lat: 33.899000"
    let nowhere = try Self.values(
      Self.circle, facts: Self.districts, registry: near, ["id: A, district: 东"], "A", "SPACE")
    #expect(nowhere == [])
    let row = Self.row("P1", "district: 东, \(place)")
    let cures = try Self.values(
      Self.circle, facts: Self.districts, registry: row,
      ["id: A, district: 东, location: {lon: 116.500000, lat: 33.900000, datum: wgs84}"], "A",
      "SPACE")
    #expect(cures.map(\.path) == ["registry[P1].datum"])
    for datum in ["wgs84", "cgcs2000", "gcj02", "bd09"] {
      let city = try InventedCity(
        Self.circle, facts: Self.districts,
        registry: Self.row("P1", "district: 东, \(place), datum: \(datum)"),
        ["id: A, district: 东, location: {lon: 116.500000, lat: 33.900000, datum: wgs84}"])
      #expect(
        (city.outcome("A", "SPACE") == .pass) == (cures.first?.words.contains(datum) ?? false))
    }
    #expect(cures.first?.words.isEmpty == false)
  }

  // MARK: The registry

  @Test func `a row without a district has the districts that pass`() throws {
    let registry =
      Self.row("P1", "district: 东, lon: 116.1, lat: 33.1, datum: wgs84")
      + Self.row("P2", "lon: 116.2, lat: 33.1, datum: wgs84")
    let cures = try Self.values(
      Self.places(over: "district"), facts: Self.districts, registry: registry,
      ["id: A, district: 东"], "A", "CAP")
    #expect(cures.map(\.path) == ["registry[P2].district"])
    #expect(cures.map(\.words) == [["西", "南"]])
    #expect(cures.first?.holder == .authority)
  }

  @Test func `a row without beds has the numbers that pass`() throws {
    let policy = InventedCity.policy(
      """
      parameters: {most_beds: {value: 100, unit: beds, basis: MUST}}
      tallies:
        all: {sum: beds, over: [city], where: "'inpatient' in neighbour.categories", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "BEDS",
          "categories: [inpatient]\nlimit: {take: beds, over: [city], used: all, at_most: most_beds}"
        )
      ])
    let registry = """
      - {id: H1, name: 院, kind: hospital, categories: [inpatient], district: 东, status: active, beds: 20}
      - {id: H2, name: 院, kind: hospital, categories: [inpatient], district: 东, status: active}
      """
    let cures = try Self.values(
      policy, facts: Self.districts, registry: registry,
      ["id: A, kind: hospital, requests: [inpatient], beds: 30"], "A", "BEDS")
    #expect(cures.map(\.path) == ["registry[H2].beds"])
    #expect(cures.map(\.range) == [Self.range("0", "50")])
  }

  @Test func `nothing is told where there is no registry at all`() throws {
    let cures = try Self.values(
      Self.places(over: "district"), facts: Self.districts, registry: nil, ["id: A, district: 东"],
      "A", "CAP")
    #expect(cures == [])
  }
}
