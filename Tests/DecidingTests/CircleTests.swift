import Diagnostics
import Reading
import Testing

/// Semantics 5: what a circle counts.
struct CircleTests {
  static func policy(radius: String = "800", accuracy: String = "5", most: String = "1") -> String {
    InventedCity.policy(
      """
      parameters:
        around: {value: \(radius), unit: m, basis: MUST}
        accuracy: {value: \(accuracy), unit: m, basis: MUST}
        most: {value: \(most), unit: institutions, basis: MUST}
      circles:
        nearby: {within: around, accuracy: accuracy, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: most}")])
  }

  static func row(_ id: String, _ place: String, _ more: String = "district: 东") -> String {
    "- {id: \(id), kind: retail_pharmacy, categories: [retail_pharmacy], status: active, \(place)\(place.isEmpty ? "" : ", ")\(more)}\n"
  }

  static func at(_ longitude: String, _ latitude: String = "33.900000") -> String {
    "lon: \(longitude), lat: \(latitude), datum: wgs84"
  }

  static func site(_ longitude: String, _ latitude: String = "33.900000") -> String {
    "location: {lon: \(longitude), lat: \(latitude)}"
  }

  @Test func `terminated rows are not counted, suspended ones are, nearest first`() throws {
    let registry =
      Self.row("FAR", Self.at("116.705000"))
      + Self.row("NEAR", Self.at("116.701000"))
      + "- {id: GONE, kind: retail_pharmacy, categories: [], status: terminated, \(Self.at("116.700100"))}\n"
      + "- {id: PAUSED, kind: retail_pharmacy, categories: [], status: suspended, \(Self.at("116.703000"))}\n"
      + "- {id: OTHER, kind: clinic, categories: [], status: active, \(Self.at("116.700100"))}\n"
    let city = try InventedCity(
      Self.policy(), registry: registry, ["id: A, \(Self.site("116.700000"))"])
    let finding = try #require(city.finding("A", "SPACE"))
    #expect(finding.outcome == .fail)
    #expect(finding.neighbours.map(\.id) == ["NEAR", "PAUSED", "FAR"])
    #expect(finding.measured?.value == "3")
  }

  /// Of more than a thousand institutions for each applicant none is sorted beforehand; what is counted is the same.
  @Test(arguments: [1, 2])
  func `one applicant among very many institutions counts them as two do`(_ applicants: Int) throws
  {
    let near =
      Self.row("NEAR", Self.at("116.701000")) + Self.row("FAR", Self.at("116.705000"))
      + "- {id: OTHER, kind: clinic, categories: [], status: active, \(Self.at("116.700100"))}\n"
    let others = (0..<1_500).map { Self.row("P\($0)", Self.at("117.\(200_000 + $0)")) }.joined()
    let city = try InventedCity(
      Self.policy(), registry: near + others,
      (0..<applicants).map {
        "id: A\($0), \(Self.site($0 == 0 ? "116.700000" : "116.500000"))"
      })
    let finding = try #require(city.finding("A0", "SPACE"))
    #expect(finding.outcome == .fail)
    #expect(finding.neighbours.map(\.id) == ["NEAR", "FAR"])
    #expect(finding.measured?.value == "2")
  }

  @Test func `of very many undecided in one place the finding counts all and names some`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        accuracy: {value: 5, unit: m, basis: MUST}
        most: {value: 1000, unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      circles:
        nearby: {within: around, accuracy: accuracy, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "OWN", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
        InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: most}"),
      ])
    let city = try InventedCity(
      policy, registry: Self.row("FAR", Self.at("117.700000")),
      (100..<400).map { "id: A\($0), \(Self.site("116.700000"))" })
    let finding = try #require(city.finding("A399", "SPACE"))
    #expect(finding.outcome == .pass)
    #expect(finding.measured?.value == "0..299")
    #expect(finding.neighbours.count == 100)
    #expect(finding.moreNeighbours == 199)
    #expect(finding.neighbours.allSatisfy { $0.distanceMetres == 0 })
    #expect(city.finding("A199", "SPACE")?.neighbours.count == 99)
    #expect(city.finding("A199", "SPACE")?.moreNeighbours == 0)
    #expect(city.finding("A201", "SPACE")?.moreNeighbours == 1)
  }

  @Test func `of very many rivals for a place the first in merit are named and the others counted`()
    throws
  {
    let policy = InventedCity.policy(
      """
      parameters:
        most: {value: 300, unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "OWN", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
        InventedCity.rule("CAP", "limit: {take: place, over: [city], at_most: most}"),
      ])
    let city = try InventedCity(policy, (100..<450).map { "id: A\($0)" })
    let finding = try #require(city.finding("A449", "CAP"))
    #expect(finding.outcome == .review)
    #expect(finding.hangsOn.count == 256)
    #expect(finding.hangsOn.first == "A100")
    #expect(finding.moreHangsOn == 93)
    #expect(finding.message.zh.contains("等 349 件"))
  }

  @Test(arguments: ["", "5", "9"])
  func `exactly at the radius is inside where the digits are written and the parameter is zero`(
    _ digit: String
  ) throws {
    let registry =
      "- {id: P, kind: retail_pharmacy, categories: [], status: active, lon: 116.7080\(digit)00000000000, lat: 33.9000000000000, datum: wgs84}\n"
    let here = "id: A, location: {lon: 116.7000000000000, lat: 33.9000000000000}"
    let wide = try InventedCity(
      Self.policy(radius: "5000", accuracy: "0", most: "0"), registry: registry, [here])
    let distance = try #require(wide.finding("A", "SPACE")?.neighbours.first?.distanceMetres)
    for (radius, outcome) in [
      ("\(distance)", Outcome.fail), ("\(distance + 0.001)", .fail), ("\(distance - 0.001)", .pass),
    ] {
      let city = try InventedCity(
        Self.policy(radius: radius, accuracy: "0", most: "0"), registry: registry, [here])
      #expect(city.outcome("A", "SPACE") == outcome, "\(radius)")
    }
  }

  @Test func `a count that changes within the accuracy is left to a person, with the metres`()
    throws
  {
    // About 799 m and 793 m away: ten metres are open on both sides.
    let registry = Self.row("EDGE", Self.at("116.708640")) + Self.row("IN", Self.at("116.701000"))
    let city = try InventedCity(
      Self.policy(), registry: registry, ["id: A, \(Self.site("116.700000"))"])
    let finding = try #require(city.finding("A", "SPACE"))
    #expect(finding.outcome == .review)
    #expect(finding.measured?.value == "1..2")
    #expect(finding.message.en.contains("(±10 m)"))
    #expect(finding.neighbours.last?.uncertaintyMetres == 10)
    #expect(finding.neighbours.first?.uncertaintyMetres == 0)
    let indifferent = try InventedCity(
      Self.policy(most: "2"), registry: registry, ["id: A, \(Self.site("116.700000"))"])
    #expect(indifferent.outcome("A", "SPACE") == .pass)
  }

  @Test func `few decimals are as inaccurate as they are`() throws {
    // Three decimals are 111 m; the place itself is 650 m away.
    let registry =
      Self.row("ROUND", Self.at("116.707", "33.900")) + Self.row("IN", Self.at("116.701000"))
    let city = try InventedCity(
      Self.policy(), registry: registry, ["id: A, \(Self.site("116.700000"))"])
    #expect(city.outcome("A", "SPACE") == .pass || city.outcome("A", "SPACE") == .fail)
    let farther =
      Self.row("ROUND", Self.at("116.708", "33.900")) + Self.row("IN", Self.at("116.701000"))
    let open = try InventedCity(
      Self.policy(), registry: farther, ["id: A, \(Self.site("116.700000"))"])
    #expect(open.outcome("A", "SPACE") == .review)
    #expect(open.finding("A", "SPACE")?.message.en.contains("(±116.3 m)") == true)
  }

  @Test func `without a location or a datum it is unknown, unless no position matters`() throws {
    let two = Self.row("P1", Self.at("116.700000")) + Self.row("P2", Self.at("116.900000"))
    let city = try InventedCity(
      Self.policy(), registry: two,
      ["id: A", "id: B, location: {lon: 116.700000, lat: 33.900000, datum: gcj02}"])
    #expect(city.outcome("A", "SPACE") == .unknown)
    #expect(city.finding("A", "SPACE")?.needs == ["applications[A].location"])
    // One pharmacy in all: wherever A stands, there is no second.
    let one = try InventedCity(Self.policy(), registry: Self.row("P1", Self.at("116.7")), ["id: A"])
    #expect(one.outcome("A", "SPACE") == .pass)
  }

  @Test func `many around an applicant without a location are no fewer for being many`() throws {
    let many = (0..<40).map { Self.row("P\($0)", Self.at("116.7000\(10 + $0)")) }.joined()
    let city = try InventedCity(Self.policy(most: "35"), registry: many, ["id: A"])
    #expect(city.outcome("A", "SPACE") == .unknown)
  }

  @Test func `without a registry both it and the location are missing`() throws {
    let city = try InventedCity(Self.policy(), ["id: A", "id: B, \(Self.site("116.700000"))"])
    #expect(city.finding("A", "SPACE")?.outcome == .unknown)
    #expect(
      city.finding("A", "SPACE")?.needs == ["registry", "applications[A].location"])
    #expect(city.finding("B", "SPACE")?.needs == ["registry"])
  }

  @Test func `a row without coordinates may lie in any circle of its district and in no other`()
    throws
  {
    let registry =
      Self.row("HERE", "") + Self.row("IN", Self.at("116.701000"))
      + Self.row("DATUMLESS", "lon: 116.9, lat: 33.9")
    let city = try InventedCity(
      Self.policy(), facts: "districts: [{name: 东}, {name: 西}]\n", registry: registry,
      [
        "id: EAST, district: 东, \(Self.site("116.700000"))",
        "id: WEST, district: 西, \(Self.site("116.700000"))",
      ])
    #expect(city.outcome("EAST", "SPACE") == .unknown)
    #expect(
      city.finding("EAST", "SPACE")?.needs == [
        "registry[HERE].lon", "registry[HERE].lat", "registry[DATUMLESS].datum",
      ])
    #expect(city.outcome("WEST", "SPACE") != .unknown)
    // Two stand there in any case: it fails either way.
    let full = try InventedCity(
      Self.policy(), registry: registry + Self.row("IN2", Self.at("116.702000")),
      ["id: EAST, district: 东, \(Self.site("116.700000"))"])
    #expect(full.outcome("EAST", "SPACE") == .fail)
  }

  @Test func `the applicant is no neighbour of its own, as a row or as another application`() throws
  {
    let city = try InventedCity(
      Self.policy(most: "0"), registry: Self.row("P1", Self.at("116.700000")),
      [
        "id: A, institution: P1, score: 9, requests: [pooled_pharmacy], \(Self.site("116.700000"))",
        "id: B, institution: P1, score: 8, requests: [chronic_pharmacy], \(Self.site("116.700000"))",
        "id: C, score: 7, \(Self.site("116.700000"))",
      ])
    #expect(city.outcomes("SPACE") == "A pass, B pass, C fail")
    // The row, A and B are one institution.
    #expect(city.finding("C", "SPACE")?.measured?.value == "1")
  }

  @Test func `a circle that asks for the category counts for each category`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        most: {value: 0, unit: institutions, basis: MUST}
      circles:
        same: {within: around, where: "category in neighbour.categories", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "SPACE",
          "categories: [pooled_pharmacy, chronic_pharmacy]\nspacing: {circle: same, at_most: most}")
      ])
    let registry =
      "- {id: P, kind: retail_pharmacy, categories: [chronic_pharmacy], status: active, \(Self.at("116.701000"))}\n"
    let city = try InventedCity(
      policy, registry: registry,
      ["id: A, requests: [pooled_pharmacy, chronic_pharmacy], \(Self.site("116.700000"))"])
    #expect(city.outcome("A", "SPACE", "pooled_pharmacy") == .pass)
    #expect(city.outcome("A", "SPACE", "chronic_pharmacy") == .fail)
  }

  @Test func `a field that the circle asks for is tried in all its values and named`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        most: {value: 1, unit: institutions, basis: MUST}
      circles:
        alike: {within: around, where: "neighbour.grade == application.grade", basis: MUST}
      """,
      rules: [InventedCity.rule("SPACE", "spacing: {circle: alike, at_most: most}")])
    func row(_ id: String, _ grade: String) -> String {
      "- {id: \(id), kind: hospital, categories: [], grade: \(grade), status: active, \(Self.at("116.701000"))}\n"
    }
    let here = "id: A, kind: hospital, \(Self.site("116.700000"))"
    // One of each grade: whichever A's is, it stands by one.
    let mixed = try InventedCity(
      policy, registry: row("T", "tertiary") + row("S", "secondary") + row("P", "primary"), [here])
    #expect(mixed.outcome("A", "SPACE") == .pass)
    let twice = try InventedCity(
      policy, registry: row("T", "tertiary") + row("T2", "tertiary"), [here])
    #expect(twice.outcome("A", "SPACE") == .unknown)
    #expect(twice.finding("A", "SPACE")?.needs == ["applications[A].grade"])
    let ungraded =
      "- {id: X, kind: hospital, categories: [], status: active, \(Self.at("116.701000"))}\n"
    let open = try InventedCity(
      policy, registry: row("T", "tertiary") + ungraded, [here + ", grade: tertiary"])
    #expect(open.outcome("A", "SPACE") == .unknown)
    #expect(open.finding("A", "SPACE")?.needs == ["registry[X].grade"])
  }

  @Test func `an error in the condition of a circle is an error and not an empty circle`() throws {
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        most: {value: 0, unit: institutions, basis: MUST}
      circles:
        odd: {within: around, where: "neighbour.beds / most > neighbour.beds", basis: MUST}
      """,
      rules: [InventedCity.rule("SPACE", "spacing: {circle: odd, at_most: most}")])
    let registry =
      "- {id: P, kind: hospital, categories: [], beds: 5, status: active, \(Self.at("116.701000"))}\n"
    #expect(throws: Faults.self) {
      try InventedCity(policy, registry: registry, ["id: A, \(Self.site("116.700000"))"])
    }
  }

  @Test func `an application without a place may be in any circle of its district`() throws {
    let city = try InventedCity(
      Self.policy(most: "0"), facts: "districts: [{name: 东}, {name: 西}]\n", registry: "[]",
      [
        "id: LOST, score: 9, district: 东",
        "id: EAST, score: 8, district: 东, \(Self.site("116.700000"))",
        "id: WEST, score: 7, district: 西, \(Self.site("116.900000"))",
      ])
    #expect(city.outcomes("SPACE") == "LOST pass, EAST unknown, WEST pass")
    #expect(city.finding("EAST", "SPACE")?.needs == ["applications[LOST].location"])
  }
}
