import Diagnostics
import Testing
@testable import Deciding

/// Semantics 4.5: who takes no place, and what becomes of those who leave.
struct ReplacementTests {
  static let parameters = """
    silent: {outcome: admissible, basis: MUST, reading: {zh: 未涉及, en: not spoken of}}
    parameters:
      places: {value: 1, unit: institutions, basis: MUST}
      most_beds: {value: 100, unit: beds, basis: MUST}
      least: {value: 50, unit: percent, basis: MUST}
      neighbours: {value: 0, unit: institutions, basis: MUST}
      around: {value: 800, unit: m, basis: MUST}
    conditions:
      adds_beds: application.new_beds > 0
    circles:
      nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
    exemptions:
      university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
    """
  static let cap = InventedCity.rule(
    "CAP",
    """
    categories: [retail_pharmacy]
    limit: {take: place, over: [city], at_most: places}
    exempt: [university]
    """)
  static let beds = InventedCity.rule(
    "BEDS",
    """
    categories: [inpatient]
    for: adds_beds
    limit: {take: beds, over: [city], used: facts.beds.designated, at_most: most_beds}
    """)
  static let own = InventedCity.rule(
    "OWN",
    """
    require: {measure: application.occupancy, at_least: least, unit: percent}
    """)
  static let space = InventedCity.rule(
    "SPACE", "spacing: {circle: nearby, at_most: neighbours}\nexempt: [university]")
  static let registry = """
    - {id: P1, kind: retail_pharmacy, categories: [retail_pharmacy], status: leaving, lon: 116.700000, lat: 33.900000, datum: wgs84}
    - {id: H1, kind: hospital, categories: [inpatient], beds: 60, status: leaving, lon: 116.800000, lat: 33.900000, datum: wgs84}
    - {id: H2, kind: hospital, categories: [inpatient], status: leaving, lon: 116.900000, lat: 33.900000, datum: wgs84}
    """

  @Test
  func `one that holds the category already takes no place in it, but the beds that it asks for`()
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.cap, Self.beds]),
      facts: "beds: {designated: 40}\n",
      registry: Self.registry + "\n" + """
        - {id: R1, kind: retail_pharmacy, categories: [retail_pharmacy], status: active, lon: 117.700000, lat: 33.900000, datum: wgs84}
        - {id: R2, kind: retail_pharmacy, categories: [pooled_pharmacy], status: active, lon: 117.800000, lat: 33.900000, datum: wgs84}
        - {id: R3, kind: hospital, categories: [inpatient], beds: 10, status: active, lon: 117.900000, lat: 33.900000, datum: wgs84}
        """,
      [
        "id: HOLDS, score: 9, institution: R1, designated_for: [retail_pharmacy]",
        "id: NEW, score: 8",
        "id: OTHER, score: 7, institution: R2, designated_for: [pooled_pharmacy]",
        "id: GROWS, institution: R3, kind: hospital, requests: [inpatient], designated_for: [inpatient], existing_beds: 10, beds: 50, score: 6",
        "id: MORE, kind: hospital, requests: [inpatient], beds: 11, score: 5",
        "id: LESS, kind: hospital, requests: [inpatient], beds: 10, score: 4",
      ])
    #expect(
      city.outcomes("CAP")
        == "HOLDS pass, NEW pass, OTHER fail, GROWS not_applicable, MORE not_applicable, LESS not_applicable"
    )
    #expect(
      city.outcomes("BEDS")
        == "HOLDS not_applicable, NEW not_applicable, OTHER not_applicable, GROWS pass, MORE fail, LESS pass"
    )
    #expect(city.finding("MORE", "BEDS")?.measured?.value == "101")
  }

  @Test func `one that replaces takes no place, and beds only beyond those of the leaving one`()
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.cap, Self.beds]),
      facts: "beds: {designated: 40}\n", registry: Self.registry,
      [
        "id: TAKES, score: 9, replaces: P1", "id: NEW, score: 8",
        "id: BIGGER, kind: hospital, requests: [inpatient], beds: 90, replaces: H1, score: 7",
        "id: MORE, kind: hospital, requests: [inpatient], beds: 31, score: 6",
        "id: LESS, kind: hospital, requests: [inpatient], beds: 30, score: 5",
        "id: SAME, kind: hospital, requests: [inpatient], beds: 60, replaces: H1, score: 10",
      ])
    #expect(city.outcome("TAKES", "CAP") == .pass)
    #expect(city.outcome("NEW", "CAP") == .pass)
    // SAME comes first and adds nothing; BIGGER is then an ordinary newcomer with all its beds.
    #expect(city.outcome("SAME", "BEDS") == .notApplicable)
    #expect(city.outcome("BIGGER", "BEDS") == .fail)
    #expect(city.finding("BIGGER", "BEDS")?.measured?.value == "130")
    #expect(city.outcome("MORE", "BEDS") == .pass)
    #expect(city.outcome("LESS", "BEDS") == .fail)
  }

  @Test
  func
    `a pooled newcomer takes over the place of a retail pharmacy where all pharmacies are counted`()
    throws
  {
    let all = InventedCity.rule("ALL", "limit: {take: place, over: [city], at_most: places}")
    let pooled = InventedCity.rule(
      "POOLED",
      "categories: [pooled_pharmacy]\nlimit: {take: place, over: [city], at_most: places}")
    let parameters =
      Self.parameters
      + "\nimplies:\n  - {category: retail_pharmacy, by: [pooled_pharmacy], basis: MUST}"
    let city = try InventedCity(
      InventedCity.policy(parameters, rules: [all, pooled]), registry: Self.registry,
      [
        "id: TAKES, requests: [pooled_pharmacy], replaces: P1, score: 9", "id: NEW, score: 8",
        "id: MORE, requests: [pooled_pharmacy], score: 7",
      ])
    // It is a newcomer to the retail pharmacies as well, and the leaving one was one of them; the pooled place is new.
    #expect(city.outcomes("ALL") == "TAKES pass, NEW pass, MORE fail")
    #expect(city.outcomes("POOLED") == "TAKES pass, NEW not_applicable, MORE fail")
  }

  @Test
  func `beds of a leaving institution that are missing are named where the registry has them`()
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.beds]),
      facts: "beds: {designated: 40}\n", registry: Self.registry,
      [
        "id: FITS, kind: hospital, requests: [inpatient], beds: 60, replaces: H2, score: 9",
        "id: OPEN, kind: hospital, requests: [inpatient], beds: 30, score: 8",
      ])
    // All 60 would still fit; who comes after cannot know how many they were.
    #expect(city.outcomes("BEDS") == "FITS pass, OPEN review")
    #expect(city.finding("OPEN", "BEDS")?.hangsOn == ["FITS"])
    let tight = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.beds]),
      facts: "beds: {designated: 40}\n", registry: Self.registry,
      ["id: A, kind: hospital, requests: [inpatient], beds: 61, replaces: H2"])
    #expect(tight.outcome("A", "BEDS") == .unknown)
    #expect(tight.finding("A", "BEDS")?.needs == ["registry[H2].beds"])
  }

  @Test func `what a leaving institution frees is not known without a registry`() throws {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.cap]),
      ["id: FIRST, score: 9, replaces: P1", "id: SECOND, score: 8"])
    #expect(city.outcomes("CAP") == "FIRST unknown, SECOND review")
    #expect(city.finding("FIRST", "CAP")?.needs == ["registry"])
  }

  @Test(arguments: [Self.registry])
  func `a second replacer of the same institution is an ordinary newcomer`(_ registry: String?)
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.cap]), registry: registry,
      [
        "id: FIRST, score: 9, replaces: P1", "id: SECOND, score: 8, replaces: P1",
        "id: THIRD, score: 7, replaces: P1",
      ])
    #expect(city.outcomes("CAP") == "FIRST pass, SECOND pass, THIRD fail")
    #expect(city.screening.places.first?.order == ["SECOND", "THIRD"])
  }

  @Test func `after a first replacer that is undecided the second may be a newcomer or not`() throws
  {
    let policy = InventedCity.policy(Self.parameters, rules: [Self.own, Self.cap])
    let city = try InventedCity(
      policy, registry: Self.registry,
      [
        "id: FIRST, score: 9, replaces: P1",
        "id: NEW, score: 8, occupancy: 60",
        "id: SECOND, score: 7, replaces: P1, occupancy: 60",
      ])
    // If FIRST comes in, SECOND needs a place of its own, and NEW has the only one.
    #expect(city.outcomes("CAP") == "FIRST pass, NEW pass, SECOND review")
    #expect(city.finding("SECOND", "CAP")?.hangsOn == ["FIRST"])
    let roomy = try InventedCity(
      policy, registry: Self.registry,
      [
        "id: FIRST, score: 9, replaces: P1",
        "id: SECOND, score: 8, replaces: P1, occupancy: 60",
        "id: NEW, score: 7, occupancy: 60",
      ])
    // SECOND is in either way; whether it took the only place hangs on FIRST, and NEW with it.
    #expect(roomy.outcomes("CAP") == "FIRST pass, SECOND pass, NEW review")
    #expect(roomy.finding("NEW", "CAP")?.hangsOn == ["FIRST"])
  }

  @Test func `the beds of a second replacer are a range while the first is undecided`() throws {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.own, Self.beds]),
      facts: "beds: {designated: 40}\n", registry: Self.registry,
      [
        "id: FIRST, kind: hospital, requests: [inpatient], beds: 60, replaces: H1, score: 9",
        "id: SECOND, kind: hospital, requests: [inpatient], beds: 61, replaces: H1, score: 8, occupancy: 60",
        "id: SMALL, kind: hospital, requests: [inpatient], beds: 59, replaces: H1, score: 7, occupancy: 60",
      ])
    // One bed more than the leaving one's, or 61: above the 60 that are left.
    #expect(city.outcome("SECOND", "BEDS") == .review)
    #expect(city.finding("SECOND", "BEDS")?.measured?.value == "41..101")
    #expect(city.finding("SECOND", "BEDS")?.hangsOn == ["FIRST"])
    #expect(city.outcome("SMALL", "BEDS") == .review)
  }

  @Test
  func `the leaving one counts in no circle of its replacer, and in none once that is admitted`()
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.own, Self.space]),
      registry: Self.registry,
      [
        "id: FAILS, score: 9, occupancy: 10, replaces: P1, location: {lon: 116.700000, lat: 33.900000}",
        "id: BEFORE, score: 8, occupancy: 60, location: {lon: 116.701000, lat: 33.900000}",
        "id: MOVES, score: 7, occupancy: 60, replaces: P1, location: {lon: 116.750000, lat: 33.900000}",
        "id: AFTER, score: 6, occupancy: 60, location: {lon: 116.701000, lat: 33.900000}",
        "id: BESIDE, score: 5, occupancy: 60, location: {lon: 116.751000, lat: 33.900000}",
      ])
    // P1 stands in BEFORE's way until MOVES has taken its place elsewhere; then AFTER is alone, and BESIDE is not.
    #expect(
      city.outcomes("SPACE")
        == "FAILS pass, BEFORE fail, MOVES pass, AFTER pass, BESIDE fail")
    #expect(city.finding("BESIDE", "SPACE")?.neighbours.map(\.id) == ["MOVES"])
  }

  @Test func `while a replacer is undecided one of the two stays`() throws {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.own, Self.space]),
      registry: Self.registry,
      [
        "id: MAYBE, score: 9, replaces: P1, location: {lon: 116.700100, lat: 33.900000}",
        "id: NEAR, score: 8, occupancy: 60, location: {lon: 116.701000, lat: 33.900000}",
      ])
    #expect(city.outcome("NEAR", "SPACE") == .fail)
    let moving = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.own, Self.space]),
      registry: Self.registry,
      [
        "id: MAYBE, score: 9, replaces: P1, location: {lon: 116.750000, lat: 33.900000}",
        "id: OLD, score: 8, occupancy: 60, location: {lon: 116.701000, lat: 33.900000}",
        "id: NEW, score: 7, occupancy: 60, location: {lon: 116.751000, lat: 33.900000}",
      ])
    // It moves away: the old neighbourhood hangs on it as much as the new one.
    #expect(moving.outcomes("SPACE") == "MAYBE pass, OLD review, NEW review")
    #expect(moving.finding("OLD", "SPACE")?.hangsOn == ["MAYBE"])
  }

  @Test func `an exempt application takes nothing but stands in the circles of others`() throws {
    let city = try InventedCity(
      InventedCity.policy(Self.parameters, rules: [Self.cap, Self.space]), registry: "[]",
      [
        "id: FREE, score: 1, circumstances: [embedded_in_university], location: {lon: 116.700000, lat: 33.900000}",
        "id: NEAR, score: 9, location: {lon: 116.701000, lat: 33.900000}",
        "id: FAR, score: 8, location: {lon: 116.800000, lat: 33.900000}",
      ])
    #expect(city.outcomes("CAP") == "FREE exempt, NEAR pass, FAR pass")
    #expect(city.outcomes("SPACE") == "FREE exempt, NEAR fail, FAR pass")
  }
}
