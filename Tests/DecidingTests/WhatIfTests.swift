import Diagnostics
import Testing

/// `--what-if`, kind by kind.
struct WhatIfTests {
  private static let cap = """
    parameters:
      most_beds: {value: 100, unit: beds, basis: MUST}
      small: {value: 20, unit: beds, basis: MUST}
      odd: {value: 77, unit: beds, basis: MUST}
    """

  private static func hospital(_ id: String, beds: Int, _ more: String = "") -> String {
    "id: \(id), kind: hospital, requests: [inpatient], beds: \(beds)\(more.isEmpty ? "" : ", ")\(more)"
  }

  private static func cures(
    _ policy: String, facts: String? = nil, registry: String? = "[]", _ applications: [String],
    _ id: String, _ rule: String
  ) throws -> [Cure] {
    try InventedCity(policy, facts: facts, registry: registry, whatIf: true, applications)
      .cures(id, rule)
  }

  // MARK: Beds

  private static let beds = InventedCity.policy(
    cap,
    rules: [
      InventedCity.rule(
        "BEDS",
        "categories: [inpatient]\nlimit: {take: beds, over: [city], used: facts.beds.designated, at_most: most_beds}"
      )
    ])

  @Test func `the most beds are those that the limit still has`() throws {
    let cures = try Self.cures(
      Self.beds, facts: "beds: {designated: 40}",
      [Self.hospital("A", beds: 25, "score: 9"), Self.hospital("B", beds: 500, "score: 8")], "B",
      "BEDS")
    let cure = try #require(cures.first { $0.kind == .beds })
    #expect(cure.value == "35")
    #expect(cure.path == "applications[B].beds")
    #expect(cure.verdict == .admissible)
    #expect(cure.holder == .applicant)
    // Being first would not do for so many.
    #expect(!cures.contains { $0.kind == .score })
  }

  @Test func `a limit that is full has no number of beds, and nothing is told`() throws {
    let cures = try Self.cures(
      Self.beds, facts: "beds: {designated: 100}", [Self.hospital("A", beds: 80)], "A", "BEDS")
    #expect(cures.isEmpty)
  }

  @Test(arguments: [(500, "77"), (77, "19"), (70, "19"), (40, "19")])
  func `a rule that few numbers keep is passed by the greatest of them`(
    _ asked: Int, _ most: String
  ) throws {
    let policy = InventedCity.policy(
      Self.cap,
      rules: [
        InventedCity.rule(
          "SIZE",
          "categories: [inpatient]\nrequire: {that: \"application.beds < small || application.beds == odd && application.existing_beds < small\"}"
        )
      ])
    let existing = asked == 77 ? "existing_beds: 30" : ""
    let cures = try Self.cures(
      policy, [Self.hospital("A", beds: asked, existing)], "A", "SIZE")
    #expect(cures.map(\.value) == [most])
  }

  // MARK: Score and rank

  private static let places = InventedCity.policy(
    "parameters: {places: {value: 1, unit: institutions, basis: MUST}}",
    rules: [InventedCity.rule("CAP", "limit: {take: place, over: [city, year], at_most: places}")])

  @Test func `a score above the other's is needed, or the same where the day decides`() throws {
    let later = try Self.cures(
      Self.places, ["id: A, score: 85.5", "id: B, score: 70, submitted: 2026-03-03"], "B", "CAP")
    #expect(
      later.first?.range
        == Cure.Range(low: "85.5", isLowOpen: true, high: "100", isHighOpen: false))
    #expect(later.first?.value == "85.6")
    #expect(later.first?.rank == 1)
    #expect(later.first?.holder == .authority)
    let earlier = try Self.cures(
      Self.places, ["id: A, score: 85.5", "id: B, score: 70, submitted: 2026-03-01"], "B", "CAP")
    #expect(
      earlier.first?.range
        == Cure.Range(low: "85.5", isLowOpen: false, high: "100", isHighOpen: false))
    #expect(earlier.first?.value == "85.5")
  }

  @Test func `where nobody has a score, or another goes first for what it is, the rank is told`()
    throws
  {
    let cures = try Self.cures(
      Self.places, ["id: A", "id: B, submitted: 2026-03-03"], "B", "CAP")
    #expect(cures.map(\.kind) == [.rank])
    #expect(cures.first?.rank == 1)
    #expect(cures.first?.verdict == .admissible)
  }

  @Test func `a missing score has the scores that pass`() throws {
    let cures = try Self.cures(
      Self.places, ["id: A, score: 80", "id: B, submitted: 2026-03-03"], "B", "CAP")
    #expect(cures.map(\.kind) == [.score])
    #expect(
      cures.first?.range
        == Cure.Range(low: "80", isLowOpen: true, high: "100", isHighOpen: false))
  }

  // MARK: Requests, years

  @Test func `without one of two requests a rule on it alone does not arise`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 0, unit: institutions, basis: MUST}}",
      rules: [
        InventedCity.rule(
          "NONE",
          "categories: [chronic_pharmacy]\nlimit: {take: place, over: [city], at_most: places}"),
        InventedCity.rule(
          "OPEN", "categories: [retail_pharmacy]\nrequire: {that: \"application.name != ''\"}"),
      ])
    let cures = try Self.cures(
      policy, ["id: A, requests: [retail_pharmacy, chronic_pharmacy]"], "A", "NONE")
    #expect(cures.map(\.kind) == [.withdraw])
    #expect(cures.first?.value == "chronic_pharmacy")
    #expect(cures.first?.verdict == .admissible)
  }

  @Test func `a request that a kind cannot make is left out`() throws {
    let policy = InventedCity.policy("", rules: [InventedCity.rule("S", "require: {that: 0 == 0}")])
    let both = "id: A, kind: clinic, requests: [outpatient, retail_pharmacy]"
    let cures = try Self.cures(policy, [both], "A", "kind-and-category")
    #expect(cures.map(\.kind) == [.withdraw])
    #expect(cures.first?.value == "retail_pharmacy")
    #expect(cures.first?.verdict == .admissible)
    let alone = "id: A, kind: clinic, requests: [retail_pharmacy]"
    #expect(try Self.cures(policy, [alone], "A", "kind-and-category").isEmpty)
  }

  private static let yearly = InventedCity.policy(
    """
    figures:
      ended: {value: "facts.terminated[year - 1].retail_pharmacy", unit: institutions, basis: MUST}
    """,
    rules: [InventedCity.rule("YEAR", "limit: {take: place, over: [city, year], at_most: ended}")])

  @Test func `the first year with room is that of which figures say so`() throws {
    let told = try Self.cures(
      Self.yearly,
      facts:
        "year: 2026\nterminated: {2025: {retail_pharmacy: 0}, 2026: {retail_pharmacy: 2}}",
      ["id: A, submitted: 2026-03-02"], "A", "YEAR")
    #expect(told.map(\.kind) == [.year])
    #expect(told.first?.value == "2027-03-02")
    let unknown = try Self.cures(
      Self.yearly, facts: "year: 2026\nterminated: {2025: {retail_pharmacy: 0}}",
      ["id: A, submitted: 2026-03-02"], "A", "YEAR")
    #expect(unknown.isEmpty)
  }

  @Test func `a year outside the span says so and needs a person`() throws {
    let cures = try Self.cures(
      Self.yearly,
      facts:
        "year: 2027\nterminated: {2026: {retail_pharmacy: 0}, 2027: {retail_pharmacy: 2}}",
      ["id: A, submitted: 2027-03-02"], "A", "YEAR")
    #expect(cures.first?.verdict == .review)
    #expect(cures.first?.message.en.contains("outside the span of this document") == true)
  }

  // MARK: Places

  private static let circle = InventedCity.policy(
    """
    parameters:
      around: {value: 800, unit: m, basis: MUST}
      sharp: {value: 5, unit: m, basis: MUST}
      others: {value: 0, unit: institutions, basis: MUST}
    circles:
      nearby: {within: around, accuracy: sharp, where: "neighbour.kind == application.kind", basis: MUST}
    """,
    rules: [InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: others}")])

  private static func row(_ id: String, _ lon: String, _ lat: String) -> String {
    "- {id: \(id), name: 店, kind: retail_pharmacy, categories: [retail_pharmacy], district: 东, lon: \(lon), lat: \(lat), datum: wgs84, status: active}\n"
  }

  @Test(arguments: ["wgs84", "cgcs2000", "gcj02", "bd09"])
  func `the nearest place is written in the datum of the application`(_ datum: String) throws {
    // Where it lies in its own datum is some hundred metres from there on the ground.
    let at =
      datum == "bd09"
      ? "{lon: 116.510000, lat: 33.906000, datum: bd09}"
      : "{lon: 116.500000, lat: 33.900000, datum: \(datum)}"
    let city = { (location: String, whatIf: Bool) in
      try InventedCity(
        Self.circle, registry: Self.row("P", "116.496000", "33.899000"), whatIf: whatIf,
        ["id: A, location: \(location)"])
    }
    let before = try city(at, true)
    try #require(before.outcome("A", "SPACE") == .fail)
    let cure = try #require(before.cures("A", "SPACE").first { $0.kind == .place })
    let place = try #require(cure.place)
    #expect(place.datum == datum)
    #expect(place.metres > 1 && place.metres < 811)
    #expect(cure.message.zh.contains("区县、街道和区域类别按所填不变"))
    let after = try city(
      "{lon: \(place.longitude), lat: \(place.latitude), datum: \(datum)}", false)
    #expect(after.outcome("A", "SPACE") == .pass)
    #expect(after.verdict("A") == cure.verdict)
  }

  @Test func `between circles that overlap the crossing is the nearest place`() throws {
    // Six hundred metres to either side: the crossing is some 544 m to the north or south.
    let cures = try Self.cures(
      Self.circle,
      registry: Self.row("W", "116.493513", "33.900000") + Self.row("E", "116.506487", "33.900000"),
      ["id: A, location: {lon: 116.500000, lat: 33.900000, datum: wgs84}"], "A", "SPACE")
    let place = try #require(cures.first { $0.kind == .place }?.place)
    #expect(abs(place.metres - 544) < 2)
    #expect(
      abs(place.bearingDegrees) < 0.1 || abs(place.bearingDegrees - 180) < 0.1
        || abs(place.bearingDegrees - 360) < 0.1)
  }

  @Test func `where everything within five kilometres is taken no place is told`() throws {
    var rows = ""
    for east in -7...7 {
      for north in -7...7 {
        let (lon, lat) = (116_500_000 + east * 9_700, 33_900_000 + north * 8_100)
        rows += Self.row(
          "P\(east)_\(north)", "116.\(lon % 1_000_000)", "33.\(lat % 1_000_000)")
      }
    }
    let cures = try Self.cures(
      Self.circle, registry: rows,
      ["id: A, location: {lon: 116.500000, lat: 33.900000, datum: wgs84}"], "A", "SPACE")
    #expect(!cures.contains { $0.kind == .place })
  }

  // MARK: Values

  @Test func `a figure that is missing has the numbers that pass, and the authority gives it`()
    throws
  {
    let cures = try Self.cures(
      Self.beds, facts: "year: 2026", [Self.hospital("A", beds: 25)], "A", "BEDS")
    let cure = try #require(cures.first { $0.kind == .value })
    #expect(cure.path == "facts.beds.designated")
    #expect(
      cure.range == Cure.Range(low: "0", isLowOpen: false, high: "75", isHighOpen: false))
    #expect(cure.holder == .authority)
  }

  @Test func `a word that is missing has the words that pass`() throws {
    let policy = InventedCity.policy(
      "parameters: {none: {value: 0, unit: institutions, basis: MUST}}",
      rules: [InventedCity.rule("OWN", "require: {that: \"application.ownership != 'public'\"}")])
    let cures = try Self.cures(policy, ["id: A"], "A", "OWN")
    #expect(cures.map(\.words) == [["private"]])
    #expect(cures.first?.path == "applications[A].ownership")
    #expect(cures.first?.holder == .applicant)
  }

  @Test func `of two missing data neither alone settles it, and nothing is told`() throws {
    let policy = InventedCity.policy(
      "parameters: {least: {value: 50, unit: percent, basis: MUST}}",
      rules: [
        InventedCity.rule(
          "BOTH",
          "require: {that: \"application.occupancy >= least && application.ownership == 'private'\"}"
        )
      ])
    #expect(try Self.cures(policy, ["id: A"], "A", "BOTH").isEmpty)
  }

  @Test func `nothing is told where it was not asked for`() throws {
    let city = try InventedCity(
      Self.beds, facts: "beds: {designated: 40}", registry: "[]", [Self.hospital("A", beds: 80)])
    #expect(city.outcome("A", "BEDS") == .fail)
    #expect(city.cures("A", "BEDS").isEmpty)
  }
}
