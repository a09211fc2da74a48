import Diagnostics
import Testing
@testable import Deciding

/// Semantics 4.1 and 4.2: who competes, and in which order.
struct MeritTests {
  static let oneEach = InventedCity.policy(
    """
    parameters:
      places: {value: 1, unit: institutions, basis: MUST}
      pass_mark: {value: 60, unit: points, basis: MUST}
    exemptions:
      university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
    priorities:
      short: {basis: FIRST, name: {zh: 短缺, en: short}, when: "'shortage_specialty' in application.circumstances"}
    """,
    rules: [
      InventedCity.rule("OWN", "require: {that: \"application.ownership != 'public'\"}"),
      InventedCity.rule(
        "CAP", "limit: {take: place, over: [city, year], at_most: places}\nexempt: [university]"),
    ])

  @Test func `the order is exempt, priority, score, day of submission, id`() throws {
    let private_ = "ownership: private, "
    let city = try InventedCity(
      Self.oneEach,
      [
        private_ + "id: D-LATER, score: 90, submitted: 2026-03-03",
        private_ + "id: C-FIRST, score: 90, submitted: 2026-03-02",
        private_ + "id: C-SECOND, score: 90, submitted: 2026-03-02",
        private_ + "id: E-NONE, submitted: 2026-01-01",
        private_ + "id: B-PRIORITY, score: 1, circumstances: [shortage_specialty]",
        private_ + "id: A-EXEMPT, circumstances: [embedded_in_university]",
      ])
    #expect(city.outcome("A-EXEMPT", "CAP") == .exempt)
    #expect(city.outcome("B-PRIORITY", "CAP") == .pass)
    // None of those behind has a place, and each says how it would have stood: only takers stand before it in the count.
    #expect(
      ["C-FIRST", "C-SECOND", "D-LATER", "E-NONE"].map { city.finding($0, "CAP")?.rank } == [
        2, 3, 4, nil,
      ])
    #expect(city.finding("C-SECOND", "CAP")?.tieBreak?.en == "after C-FIRST by id")
    #expect(city.finding("D-LATER", "CAP")?.tieBreak?.en == "after C-SECOND by day of submission")
    // Without a score it may stand before or behind those that have one.
    #expect(
      city.finding("E-NONE", "CAP")?.message.en.contains(
        "its place in the order of merit is open, from 2 to 5") == true)
    #expect(
      city.finding("C-FIRST", "CAP")?.tieBreak?.en == "after B-PRIORITY, which has priority")
  }

  @Test func `one that fails a rule of its own takes no place and is measured at its rank`() throws
  {
    let city = try InventedCity(
      Self.oneEach,
      [
        "id: BEST, ownership: public, score: 99", "id: NEXT, ownership: private, score: 50",
        "id: WORST, ownership: public, score: 1",
      ])
    #expect(city.outcome("BEST", "OWN") == .fail)
    #expect(city.outcome("BEST", "CAP") == .pass)
    #expect(city.outcome("NEXT", "CAP") == .pass)
    #expect(city.outcome("WORST", "CAP") == .fail)
    #expect(city.finding("WORST", "CAP")?.rank == 2)
    #expect(city.screening.places.first?.order == ["NEXT"])
  }

  @Test func `a profile that is not in force leaves nobody undecided`() throws {
    let city = try InventedCity(
      Self.oneEach, outsideSpan: [0, 1],
      ["id: A, ownership: private, score: 9", "id: B, ownership: private, score: 8"])
    #expect(city.verdict("A") == .review)
    #expect(city.outcome("A", "profile-not-in-force") == .review)
    // A surely has the place, so B surely has none.
    #expect(city.outcome("B", "CAP") == .fail)
    // Outside every span nothing is refused.
    #expect(city.verdict("B") == .review)
  }

  @Test func `exempt means out of every limit and circle, conditions on facts aside`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        places: {value: 1, unit: institutions, basis: MUST}
        around: {value: 800, unit: m, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      circles:
        nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
      exemptions:
        university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
      """,
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [city], at_most: places}\nexempt: [university]"),
        InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: places}"),
        InventedCity.rule(
          "FACT", "require: {measure: facts.occupancy, at_least: least, unit: percent}"),
      ])
    // Both are exempt from the limit, but a circle still speaks of them: the better score goes first.
    let city = try InventedCity(
      policy, facts: "occupancy: 60\n", registry: "[]",
      [
        "id: FREE, circumstances: [embedded_in_university], location: {lon: 116.7000, lat: 33.9000}",
        "id: BOUND, score: 5, location: {lon: 116.7900, lat: 33.9000}",
        "id: LATE, score: 4, location: {lon: 116.8900, lat: 33.9000}",
      ])
    #expect(city.outcomes("CAP") == "FREE exempt, BOUND pass, LATE fail")
    #expect(city.finding("BOUND", "CAP")?.rank == 1)
    let unspaced = InventedCity.policy(
      """
      parameters:
        places: {value: 1, unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      exemptions:
        university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
      """,
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [city], at_most: places}\nexempt: [university]"),
        InventedCity.rule(
          "BEDS",
          """
          limits:
            - {take: beds, for: "application.kind == 'hospital'", over: [city], at_most: places}
          """),
        InventedCity.rule(
          "FACT", "require: {measure: facts.occupancy, at_least: least, unit: percent}"),
      ])
    // The condition on facts binds it, and no part of the bed limit speaks of it: it is still exempt from all it competes in.
    let exempt = try InventedCity(
      unspaced, facts: "occupancy: 60\n",
      [
        "id: BOUND, score: 5",
        "id: FREE, circumstances: [embedded_in_university]",
      ])
    #expect(exempt.outcome("FREE", "FACT") == .pass)
    #expect(exempt.finding("BOUND", "CAP")?.outcome == .pass)
    #expect(exempt.screening.places.first?.order == ["BOUND"])
  }

  @Test func `the order of the input does not matter, not even to an order without ids`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 1, unit: institutions, basis: MUST}}",
      rules: [InventedCity.rule("CAP", "limit: {take: place, over: [city], at_most: places}")],
      merit: "merit: [{by: score}]\n")
    let ab = try InventedCity(policy, ["id: A, score: 5", "id: B, score: 5"])
    let ba = try InventedCity(policy, ["id: B, score: 5", "id: A, score: 5"])
    #expect(ab.outcomes("CAP") == "A pass, B fail")
    #expect(ba.outcomes("CAP") == "B fail, A pass")
  }

  @Test func `limits on additions are per year of submission and begin at what was admitted`()
    throws
  {
    let policy = InventedCity.policy(
      """
      parameters: {places: {value: 2, unit: institutions, basis: MUST}}
      figures:
        admitted: {value: "facts.admitted[year].retail_pharmacy", unit: institutions, basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [city, year], used: admitted, at_most: places}")
      ])
    let city = try InventedCity(
      policy, facts: "admitted: {2026: {retail_pharmacy: 1}}\n",
      [
        "id: A26, score: 9, submitted: 2026-02-01", "id: B26, score: 8, submitted: 2026-02-01",
        "id: A27, score: 2, submitted: 2027-02-01", "id: B27, score: 1, submitted: 2027-02-01",
      ])
    #expect(city.outcomes("CAP") == "A26 pass, B26 fail, A27 pass, B27 pass")
    #expect(city.finding("B26", "CAP")?.measured?.value == "3")
  }

  @Test func `a failure that is waived takes its place`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 1, unit: institutions, basis: PRINCIPLE}}",
      rules: [
        InventedCity.rule(
          "CAP", "limit: {take: place, over: [city], at_most: places}", basis: "PRINCIPLE")
      ])
    let city = try InventedCity(
      policy,
      waivers:
        "  - {application: B, rule: CAP, authority: 局, document: 文, reason: 由, expires: 2026-12-31}\n",
      ["id: A, score: 3", "id: B, score: 2", "id: C, score: 1"])
    #expect(city.outcomes("CAP") == "A pass, B waived, C fail")
    #expect(city.finding("C", "CAP")?.measured?.value == "3")
    #expect(city.verdict("B") == .admissible)
  }

  @Test(arguments: [
    // A condition written as a limit that is always 0 and counts nothing is none.
    ("at_most: \"0\"", "value: 0", true), ("at_most: none", "value: 0", true),
    ("at_most: none - none", "value: 2", true), ("at_most: \"1 - 1\"", "value: 2", true),
    // One that another reading would make a limit is one, and so is one that counts.
    ("at_most: none", "value: 0, alternatives: [1]", false),
    ("used: \"0\", at_most: \"0\"", "value: 0", false), ("at_most: none", "value: 1", false),
  ])
  func `who is exempt from every limit with places to give goes first`(
    _ limit: String, _ none: String, _ goesFirst: Bool
  ) throws {
    let city = try InventedCity(
      InventedCity.policy(
        """
        parameters:
          places: {value: 1, unit: institutions, basis: MUST}
          none: {\(none), unit: institutions, basis: MUST}
        exemptions:
          university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
        """,
        rules: [
          InventedCity.rule(
            "CAP", "limit: {take: place, over: [city, year], at_most: places}\nexempt: [university]"
          ),
          InventedCity.rule("NONE", "limit: {take: place, over: [city], \(limit)}"),
        ]),
      ["id: B, score: 90", "id: A, score: 10, circumstances: [embedded_in_university]"])
    let behind = goesFirst ? city.finding("B", "NONE") : city.finding("A", "NONE")
    #expect(
      behind?.tieBreak?.en
        == (goesFirst ? "after A, which is exempt" : "after B by evaluation score"))
  }
}
