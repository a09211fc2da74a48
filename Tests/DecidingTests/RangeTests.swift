import Diagnostics
import Testing

/// Semantics 4.3, 4.4 and 4.6: limits as ranges where some are undecided.
struct RangeTests {
  /// Two places a district; whoever gives no occupancy is undecided.
  static let two = InventedCity.policy(
    """
    parameters:
      places: {value: 2, unit: institutions, basis: MUST}
      least: {value: 50, unit: percent, basis: MUST}
    """,
    rules: [
      InventedCity.rule(
        "OWN", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
      InventedCity.rule("CAP", "limit: {take: place, over: [district], at_most: places}"),
    ])
  static let districts = "districts: [{name: 东}, {name: 西}]\n"

  private func city(_ applications: [String]) throws -> InventedCity {
    try InventedCity(Self.two, facts: Self.districts, applications)
  }

  @Test func `what holds with all the undecided passes, what fails without them fails`() throws {
    let city = try city([
      "id: A, district: 东, score: 9, occupancy: 60",
      "id: MAYBE, district: 东, score: 8",
      "id: B, district: 东, score: 7, occupancy: 60",
      "id: C, district: 东, score: 6, occupancy: 60",
      "id: W, district: 西, score: 5, occupancy: 60",
    ])
    #expect(city.outcomes("CAP") == "A pass, MAYBE pass, B review, C review, W pass")
    #expect(city.finding("B", "CAP")?.hangsOn == ["MAYBE"])
    #expect(city.finding("B", "CAP")?.measured?.value == "2..3")
    // B is undecided too: only if both are refused is there a place for C.
    #expect(city.finding("C", "CAP")?.hangsOn == ["MAYBE", "B"])
    #expect(city.verdict("MAYBE") == .incomplete)
  }

  @Test func `a range reads as words, and what is rounded does not equal what it is rounded from`()
    throws
  {
    let policy = InventedCity.policy(
      """
      parameters:
        places: {value: 2, unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
        seven: {value: 7, unit: ratio, basis: MUST}
        eight: {value: 8, unit: ratio, basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "OWN",
          """
          require: {measure: application.occupancy, at_least: least, unit: percent}
          arithmetic:
            zh: "使用率 / 7 = {application.occupancy / seven}，/ 8 = {application.occupancy / eight}"
            en: "occupancy / 7 = {application.occupancy / seven}, / 8 = {application.occupancy / eight}"
          """),
        InventedCity.rule("CAP", "limit: {take: place, over: [district], at_most: places}"),
      ])
    let city = try InventedCity(
      policy, facts: Self.districts,
      [
        "id: A, district: 东, score: 9, occupancy: 60",
        "id: MAYBE, district: 东, score: 8",
        "id: B, district: 东, score: 7, occupancy: 60",
      ])
    #expect(
      city.finding("A", "OWN")?.arithmetic
        == Bilingual(
          zh: "使用率 / 7 ≈ 8.5714，/ 8 = 7.5", en: "occupancy / 7 ≈ 8.5714, / 8 = 7.5"))
    #expect(
      city.finding("B", "CAP")?.arithmetic
        == Bilingual(
          zh: "已用 0 + 本批已取得 1～2 + 本申请 1 = 2～3",
          en: "used 0 + taken in this batch 1 to 2 + this application 1 = 2 to 3"))
  }

  @Test func `two who are sure leave nothing open`() throws {
    let city = try city([
      "id: A, district: 东, score: 9, occupancy: 60",
      "id: B, district: 东, score: 8, occupancy: 60",
      "id: MAYBE, district: 东, score: 7",
      "id: C, district: 东, score: 6, occupancy: 60",
    ])
    #expect(city.outcomes("CAP") == "A pass, B pass, MAYBE fail, C fail")
    #expect(city.finding("C", "CAP")?.hangsOn == [])
    // It fails for want of a place, whatever its occupancy is.
    #expect(city.verdict("MAYBE") == .refused)
  }

  @Test func `one of unknown district may take a place in any`() throws {
    let city = try city([
      "id: NOWHERE, score: 9, occupancy: 60",
      "id: A, district: 东, score: 8, occupancy: 60",
      "id: B, district: 东, score: 7, occupancy: 60",
      "id: C, district: 东, score: 6, occupancy: 60",
    ])
    // Its district changes nothing for itself, as both have places.
    #expect(city.outcomes("CAP") == "NOWHERE pass, A pass, B unknown, C unknown")
    // It is surely admitted: what is missing is where.
    #expect(city.finding("B", "CAP")?.hangsOn == [])
    #expect(city.finding("B", "CAP")?.needs == ["applications[NOWHERE].district"])
  }

  @Test func `one of unknown district is unknown where only one district is full`() throws {
    let city = try city([
      "id: A, district: 东, score: 9, occupancy: 60",
      "id: B, district: 东, score: 8, occupancy: 60",
      "id: NOWHERE, score: 7, occupancy: 60",
      "id: W1, district: 西, score: 6, occupancy: 60",
      "id: W2, district: 西, score: 5, occupancy: 60",
    ])
    #expect(city.outcomes("CAP") == "A pass, B pass, NOWHERE unknown, W1 pass, W2 review")
    #expect(city.finding("NOWHERE", "CAP")?.needs == ["applications[NOWHERE].district"])
  }

  @Test func `one that a rule may not speak of takes its place only maybe`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 1, unit: institutions, basis: MUST}}",
      rules: [
        InventedCity.rule(
          "CAP",
          """
          for: "application.area == 'built_up'"
          limit: {take: place, over: [city], at_most: places}
          """)
      ])
    let city = try InventedCity(
      policy,
      ["id: OPEN, score: 9", "id: A, score: 8, area: built_up", "id: B, score: 7, area: built_up"])
    // Built up or not, OPEN is admitted, but whether it takes the place is not known.
    #expect(city.outcomes("CAP") == "OPEN pass, A review, B review")
    #expect(city.finding("A", "CAP")?.hangsOn == ["OPEN"])
    #expect(city.verdict("OPEN") == .admissible)
  }

  @Test func `a limit without a number is left to a person`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 5, unit: institutions, basis: MUST}}",
      rules: [
        InventedCity.rule(
          "CAP",
          """
          limits:
            - {take: place, over: [city], at_most: places}
            - {take: place, over: [city], at_most: facts.planned.retail_pharmacy, otherwise: review}
          """)
      ])
    let city = try InventedCity(policy, facts: "year: 2026\n", ["id: A"])
    #expect(city.outcome("A", "CAP") == .review)
    #expect(city.finding("A", "CAP")?.message.en.contains("gives no number") == true)
    let published = try InventedCity(policy, facts: "planned: {retail_pharmacy: 1}\n", ["id: A"])
    #expect(published.outcome("A", "CAP") == .pass)
  }

  // MARK: Exceptions

  static let gap = InventedCity.policy(
    """
    parameters:
      places: {value: 1, unit: institutions, basis: PRINCIPLE}
      around: {value: 800, unit: m, basis: MAY}
      accuracy: {value: 5, unit: m, basis: MAY}
    circles:
      nearby: {within: around, accuracy: accuracy, where: "neighbour.kind == application.kind", basis: MAY}
    exceptions:
      gap: {basis: MAY, name: {zh: 空白, en: gap}, when: nearby == 0}
    """,
    rules: [
      InventedCity.rule(
        "CAP", "limit: {take: place, over: [city], at_most: places}\nexcept: [gap]",
        basis: "PRINCIPLE")
    ])

  @Test func `an exception makes a failure a review and never a refusal or an admission`() throws {
    let city = try InventedCity(
      Self.gap, registry: "[]",
      [
        "id: A, score: 9, location: {lon: 116.700000, lat: 33.900000}",
        "id: FAR, score: 8, location: {lon: 116.800000, lat: 33.900000}",
        "id: NEAR, score: 7, location: {lon: 116.701000, lat: 33.900000}",
        "id: NEARFAR, score: 6, location: {lon: 116.801000, lat: 33.900000}",
      ])
    // FAR has nobody near and is left to a person; NEAR stands by A, which is in; NEARFAR stands by FAR, which may be.
    #expect(city.outcomes("CAP") == "A pass, FAR review, NEAR fail, NEARFAR review")
    #expect(city.finding("FAR", "CAP")?.hangsOn == [])
    #expect(city.finding("NEARFAR", "CAP")?.hangsOn == ["FAR"])
    #expect(city.finding("FAR", "CAP")?.considered.first?.holds == .yes)
    #expect(city.finding("NEARFAR", "CAP")?.considered.first?.holds == .uncertain)
    #expect(city.finding("NEAR", "CAP")?.considered.first?.holds == .no)
  }

  @Test func `a waiver answers what an exception would leave to a person`() throws {
    let city = try InventedCity(
      Self.gap, registry: "[]",
      waivers:
        "  - {application: FAR, rule: CAP, authority: 局, document: 文, reason: 由, expires: 2026-12-31}\n",
      [
        "id: A, score: 9, location: {lon: 116.700000, lat: 33.900000}",
        "id: FAR, score: 8, location: {lon: 116.800000, lat: 33.900000}",
      ])
    #expect(city.outcomes("CAP") == "A pass, FAR waived")
    #expect(city.verdict("FAR") == .admissible)
  }

  @Test func `a demand that looks at a circle waits for its turn`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
      circles:
        nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [InventedCity.rule("ALONE", "require: {that: nearby == 0}")])
    let city = try InventedCity(
      policy, registry: "[]",
      [
        "id: B, score: 8, location: {lon: 116.701000, lat: 33.900000}",
        "id: A, score: 9, location: {lon: 116.700000, lat: 33.900000}",
      ])
    #expect(city.outcomes("ALONE") == "B fail, A pass")
    #expect(city.finding("B", "ALONE")?.neighbours.map(\.id) == ["A"])
  }
}
