import Diagnostics
import Testing

/// What is worth knowing and never changes a verdict.
struct NoteTests {
  private func notes(_ city: InventedCity, _ id: String, _ rule: String) -> [String] {
    (city.result(id)?.findings ?? []).filter { $0.rule == rule && $0.outcome == .note }.map {
      "\($0.name): \($0.message.en)"
    }
  }

  private static let policy = InventedCity.policy(
    """
    parameters:
      fifty: {value: 50, unit: percent, basis: MUST}
      eighty: {value: 80, unit: percent, basis: MUST}
    exemptions:
      university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
    """,
    rules: [
      InventedCity.rule(
        "R",
        """
        for: application.kind == 'retail_pharmacy'
        require: {measure: application.occupancy, at_least: fifty, unit: percent}
        exempt: [university]
        notes:
          - name: below-eighty
            for: application.ownership == 'private'
            measure: application.occupancy
            at_least: eighty
            unit: percent
            message: {zh: "{measured} 低于 {limit}", en: "{measured} is below {limit}"}
        """)
    ])

  @Test(arguments: [
    ("occupancy: 79", ["below-eighty: note: 79 is below 80"], Verdict.admissible),
    ("occupancy: 80", [], .admissible),
    // Also beside a failure.
    ("occupancy: 49.5", ["below-eighty: note: 49.5 is below 80"], .refused),
    // Nothing is said where data is missing, the note does not apply, or the rule does not.
    ("id: A", [], .incomplete),
    ("occupancy: 79, ownership: public", [], .admissible),
    ("occupancy: 79, circumstances: [embedded_in_university]", [], .admissible),
    // No rule that could refuse speaks of it, which admits nobody.
    ("occupancy: 79, kind: clinic, requests: [outpatient]", [], .review),
  ])
  func `a rule about applications gives its note beside the finding and changes no verdict`(
    _ fields: String, _ expected: [String], _ verdict: Verdict
  ) throws {
    var line = fields.hasPrefix("id:") ? fields : "id: A, " + fields
    if !line.contains("ownership:") { line += ", ownership: private" }
    let city = try InventedCity(Self.policy, [line])
    #expect(notes(city, "A", "R") == expected)
    #expect(city.verdict("A") == verdict)
    let note = city.result("A")?.findings.first { $0.outcome == .note }
    #expect(note?.measured?.unit == (expected.isEmpty ? nil : "percent"))
    #expect(note?.citations.map(\.provision) == (expected.isEmpty ? nil : ["MUST"]))
  }

  @Test func `a stock of a district that the registry does not bear out is noted there alone`()
    throws
  {
    let city = try InventedCity(
      InventedCity.policy(
        "", rules: [InventedCity.rule("R", "require: {that: application.kind != 'hospital'}")]),
      facts: """
        districts:
          - {name: 东, stock: {retail_pharmacy: 3, outpatient: 0}}
          - {name: 西, stock: {retail_pharmacy: 1}}

        """,
      registry: ["东", "西"].map {
        "- {id: \($0), kind: retail_pharmacy, categories: [retail_pharmacy], district: \($0), status: active}\n"
      }.joined(),
      [
        "id: EAST, district: 东", "id: WEST, district: 西",
        "id: CLINIC, district: 东, kind: clinic, requests: [outpatient]", "id: NOWHERE",
      ])
    #expect(
      notes(city, "EAST", "stock-differs") == [
        "stock-differs: the facts give 东 a stock of 3 for retail_pharmacy, the registry has 1; the facts count"
      ])
    for id in ["WEST", "CLINIC", "NOWHERE"] {
      #expect(notes(city, id, "stock-differs").isEmpty, "\(id)")
    }
    #expect(city.verdict("EAST") == .admissible)
  }

  @Test func `a stock of the city is noted with every application for the category`() throws {
    let city = try InventedCity(
      InventedCity.policy(
        "", rules: [InventedCity.rule("R", "require: {that: application.kind != 'hospital'}")]),
      facts: "stock: {retail_pharmacy: 2}\n", registry: "[]",
      ["id: A", "id: B, kind: clinic, requests: [outpatient]"])
    #expect(
      notes(city, "A", "stock-differs") == [
        "stock-differs: the facts give a stock of 2 for retail_pharmacy, the registry has 0; the facts count"
      ])
    #expect(notes(city, "B", "stock-differs").isEmpty)
  }
}
