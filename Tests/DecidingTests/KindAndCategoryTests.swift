import Diagnostics
import Testing

/// What a kind cannot be designated for (semantics.md 4.9).
struct KindAndCategoryTests {
  private static let noRule = InventedCity.policy(
    "", rules: [InventedCity.rule("OWN", "require: {that: \"application.ownership != 'public'\"}")])

  private static func outcome(_ application: String) throws -> (Outcome?, Verdict?) {
    let city = try InventedCity(noRule, ["id: A, ownership: private, \(application)"])
    return (city.outcome("A", "kind-and-category"), city.verdict("A"))
  }

  @Test(arguments: [
    ("retail_pharmacy", "outpatient"), ("retail_pharmacy", "medical_aid"),
    ("clinic", "retail_pharmacy"), ("hospital", "special_drug_pharmacy"),
    ("clinic", "inpatient"), ("outpatient_department", "inpatient"),
    ("community_health_station", "inpatient"), ("village_clinic", "inpatient"),
  ])
  func `a category that does not fit the kind is for a person`(
    _ kind: String, _ category: String
  ) throws {
    let (outcome, verdict) = try Self.outcome(
      "kind: \(kind), requests: [\(category)], beds: 10")
    #expect(outcome == .review)
    #expect(verdict == .review)
  }

  @Test(arguments: [
    ("retail_pharmacy", "special_drug_pharmacy"), ("clinic", "outpatient"),
    ("village_clinic", "medical_aid"), ("hospital", "inpatient"), ("nursing_hospital", "inpatient"),
    ("community_health_center", "inpatient"), ("township_health_center", "inpatient"),
    ("other_medical", "inpatient"),
  ])
  func `one that fits is not`(_ kind: String, _ category: String) throws {
    let (outcome, verdict) = try Self.outcome(
      "kind: \(kind), requests: [\(category)], beds: 10")
    #expect(outcome == nil)
    #expect(verdict == .admissible)
  }

  @Test func `inpatient care asks for at least one bed, unless it is held already`() throws {
    let one = try Self.outcome("kind: hospital, requests: [inpatient], beds: 1")
    #expect(one.0 == nil)
    let none = try Self.outcome("kind: hospital, requests: [inpatient], beds: 0")
    #expect(none.0 == .review)
    let held = try Self.outcome(
      "kind: hospital, requests: [inpatient], designated_for: [inpatient], existing_beds: 50, beds: 0"
    )
    #expect(held.0 == nil)
  }

  @Test func `it makes an application undecided, so that others hang on it`() throws {
    let policy = InventedCity.policy(
      "parameters:\n  places: {value: 1, unit: institutions, basis: MUST}",
      rules: [
        InventedCity.rule("CAP", "limit: {take: place, over: [city], at_most: places}")
      ])
    let city = try InventedCity(
      policy,
      [
        "id: A, kind: clinic, requests: [retail_pharmacy], score: 9",
        "id: B, kind: clinic, requests: [outpatient], score: 8",
      ])
    #expect(city.outcome("A", "CAP") == .pass)
    #expect(city.verdict("A") == .review)
    #expect(city.outcome("B", "CAP") == .review)
    #expect(city.finding("B", "CAP")?.hangsOn == ["A"])
  }
}
