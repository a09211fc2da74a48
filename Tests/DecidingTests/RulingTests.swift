import Cases
import Checks
import Diagnostics
import Policy
import Testing
@testable import Deciding

/// Semantics 4.7: what a person ruled is what the rule comes to, and the batch is decided with it.
struct RulingTests {
  /// A ruling as a waivers file has it.
  private static func ruling(
    _ application: String, _ rule: String, _ outcome: Outcome, category: String? = nil,
    decided: String = "2026-04-20"
  ) -> String {
    "  - {application: \(application), rule: \(rule), outcome: \(outcome.rawValue)"
      + (category.map { ", category: \($0)" } ?? "")
      + ", authority: 某局, document: 某纪〔2026〕7号, reason: 经核查, decided: \(decided)}\n"
  }

  /// The lines after `waivers:`.
  private static func lines(waivers: String? = nil, _ rulings: [String]) -> String {
    (waivers ?? "  []\n") + (rulings.isEmpty ? "" : "rulings:\n" + rulings.joined())
  }

  private static let gap = InventedCity.policy(
    """
    parameters:
      around: {value: 800, unit: m, basis: MAY}
      places: {value: 1, unit: institutions, basis: PRINCIPLE}
    circles:
      nearby: {within: around, where: "neighbour.kind == application.kind", basis: MAY}
    exceptions:
      gap: {basis: MAY, name: {zh: 空白, en: gap}, when: nearby == 0}
    """,
    rules: [
      InventedCity.rule(
        "CAP", "limit: {take: place, over: [city], at_most: places}\nexcept: [gap]",
        basis: "PRINCIPLE"),
      InventedCity.rule("OWN", "require: {that: \"application.ownership != 'public'\"}"),
    ])

  /// A is in; FAR has nobody near; NEARFAR stands by FAR.
  private static let applications = [
    "id: A, score: 9, ownership: private, location: {lon: 116.700000, lat: 33.900000}",
    "id: FAR, score: 8, ownership: private, location: {lon: 116.800000, lat: 33.900000}",
    "id: NEARFAR, score: 6, location: {lon: 116.801000, lat: 33.900000}",
  ]

  private static func city(_ rulings: [String], waivers: String? = nil) throws -> InventedCity {
    try InventedCity(
      gap, registry: "[]", waivers: lines(waivers: waivers, rulings), applications)
  }

  /// What is wrong with rulings, in English.
  private static func faults(_ rulings: [String], waivers: String? = nil) throws -> [String] {
    let city = try city(rulings, waivers: waivers)
    let check = RulingCheck(
      waivers: try #require(city.batch.waivers), batch: city.batch,
      policies: [try Policy(reading: SourceFile(path: "policy.yaml", text: gap))])
    do throws(Faults) {
      try check.check()
      try check.check { city.screening.result(of: $0) }
      return []
    } catch {
      return error.faults.map(\.message.en)
    }
  }

  @Test func `a ruled pass takes a place, and rivals are held against it`() throws {
    let city = try Self.city([Self.ruling("FAR", "CAP", .pass)])
    #expect(city.outcomes("CAP") == "A pass, FAR pass, NEARFAR fail")
    #expect(city.verdict("FAR") == .admissible)
    let finding = try #require(city.finding("FAR", "CAP"))
    #expect(finding.ruling?.document == "某纪〔2026〕7号")
    #expect(finding.ruling?.otherwise == .review)
    #expect(finding.message.zh.hasPrefix("经裁量符合："))
    #expect(finding.considered.first?.holds == .yes)
    #expect(finding.measured?.value == "2")
  }

  @Test func `a ruled failure takes none`() throws {
    let city = try Self.city([Self.ruling("FAR", "CAP", .fail)])
    #expect(city.outcomes("CAP") == "A pass, FAR fail, NEARFAR review")
    #expect(city.verdict("FAR") == .refused)
    #expect(city.finding("NEARFAR", "CAP")?.hangsOn == [])
  }

  @Test func `a ruling on an exception leaves open what hangs on rivals`() throws {
    // NEARFAR is left to a person where FAR is out, and fails where FAR is in.
    let city = try Self.city([Self.ruling("NEARFAR", "CAP", .pass)])
    #expect(city.outcomes("CAP") == "A pass, FAR review, NEARFAR review")
    #expect(city.finding("NEARFAR", "CAP")?.hangsOn == ["FAR"])
    #expect(city.finding("NEARFAR", "CAP")?.ruling?.outcome == .pass)
    #expect(try Self.faults([Self.ruling("NEARFAR", "CAP", .pass)]) == [])
    let refused = try Self.city([Self.ruling("NEARFAR", "CAP", .fail)])
    #expect(refused.outcomes("CAP") == "A pass, FAR review, NEARFAR fail")
  }

  @Test func `a ruling that answers nothing says what the rule comes to`() throws {
    #expect(
      try Self.faults([Self.ruling("A", "CAP", .pass)]) == [
        "the ruling answers nothing: `CAP` of `A` comes to `pass`; nothing is left to a person"
      ])
    #expect(
      try Self.faults([Self.ruling("NEARFAR", "OWN", .pass)]) == [
        "the ruling answers nothing: `OWN` of `NEARFAR` comes to `unknown`; what settles it is data: applications[NEARFAR].ownership"
      ])
    #expect(
      try Self.faults([Self.ruling("FAR", "CAP", .pass), Self.ruling("NEARFAR", "CAP", .pass)])
        == [
          "the ruling answers nothing: `CAP` of `NEARFAR` comes to `fail`; a failure in principle is answered by a waiver"
        ])
    #expect(
      try Self.faults(
        [Self.ruling("FAR", "CAP", .pass)],
        waivers:
          "  - {application: FAR, rule: CAP, authority: 局, document: 文, reason: 由, expires: 2026-12-31}\n"
      ) == ["the ruling answers nothing: `CAP` of `FAR` comes to `waived`; it is waived already"])
    #expect(
      try Self.faults([Self.ruling("FAR", "facts-of-another-year", .pass)]) == [
        "the ruling answers nothing: the rule `facts-of-another-year` does not speak of `FAR`"
      ])
  }

  @Test func `what only hangs on undecided rivals cannot be ruled on`() throws {
    let policy = InventedCity.policy(
      "parameters: {places: {value: 1, unit: institutions, basis: MUST}}",
      rules: [InventedCity.rule("CAP", "limit: {take: place, over: [city], at_most: places}")])
    let city = try InventedCity(
      policy,
      waivers: Self.lines([Self.ruling("B", "CAP", .pass)]),
      ["id: A, score: 9, kind: clinic", "id: B, score: 8"])
    #expect(city.outcomes("CAP") == "A pass, B review")
    let check = RulingCheck(
      waivers: try #require(city.batch.waivers), batch: city.batch,
      policies: [try Policy(reading: SourceFile(path: "policy.yaml", text: policy))])
    do throws(Faults) {
      try check.check { city.screening.result(of: $0) }
      Issue.record("expected a fault")
    } catch {
      #expect(
        error.faults.map(\.message.en) == [
          "the ruling answers nothing: `CAP` of `B` only hangs on the undecided A; these come first, by rulings or data"
        ])
    }
  }

  @Test(arguments: [
    (
      [ruling("NOBODY", "CAP", .pass)], "there is no application `NOBODY` in the batch"
    ),
    ([ruling("FAR", "CAPS", .pass)], "there is no rule `CAPS` in the profile; did you mean `CAP`"),
    (
      [ruling("FAR", "CAP", .pass, category: "retail_farmacy")],
      "there is no category `retail_farmacy`; did you mean `retail_pharmacy`"
    ),
    (
      [ruling("FAR", "CAP", .pass), ruling("FAR", "CAP", .pass)],
      "the same application and rule are ruled on twice; it stands in line 5 already"
    ),
    (
      [ruling("FAR", "CAP", .pass), ruling("FAR", "CAP", .fail)],
      "two rulings on the same application and rule contradict each other: `pass` in line 5, `fail` here"
    ),
    (
      [ruling("FAR", "CAP", .pass, decided: "2026-03-01")],
      "the ruling was made on 2026-03-01, before the application `FAR` was submitted on 2026-03-02"
    ),
  ])
  func `rulings that cannot be meant are faults`(_ rulings: [String], _ message: String) throws {
    #expect(try Self.faults(rulings) == [message])
  }

  @Test func `of several categories the one that is meant is named`() throws {
    let policy = InventedCity.policy(
      "", rules: [InventedCity.rule("X", "require: {that: \"1 == 1\"}")])
    let both = "id: A, score: 9, kind: clinic, requests: [retail_pharmacy, pooled_pharmacy]"
    func city(_ rulings: [String]) throws -> InventedCity {
      try InventedCity(policy, waivers: Self.lines(rulings), [both])
    }
    let one = try city([Self.ruling("A", "kind-and-category", .pass, category: "门诊统筹药店")])
    #expect(one.outcome("A", "kind-and-category", "pooled_pharmacy") == .pass)
    #expect(one.outcome("A", "kind-and-category", "retail_pharmacy") == .review)
    #expect(one.verdict("A") == .review)
    let all = try city([Self.ruling("A", "kind-and-category", .pass)])
    let check = RulingCheck(
      waivers: try #require(all.batch.waivers), batch: all.batch,
      policies: [try Policy(reading: SourceFile(path: "policy.yaml", text: policy))])
    #expect(throws: Faults.self) { try check.check { all.screening.result(of: $0) } }
  }

  /// The findings that a person can rule on.
  private static func open(_ city: InventedCity) -> [(application: String, finding: Finding)] {
    city.batch.applications.flatMap { application in
      (city.result(application.id)?.findings ?? []).filter { finding in
        finding.outcome == .review && finding.ruling == nil
          && finding.hangsOn.allSatisfy { city.verdict($0) != .review }
      }.map { (application.id, $0) }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `with rulings a batch comes to an end, and each changes only what hangs on it`(
    _ seed: UInt64
  ) throws {
    var policies = try RandomPolicies()
    var random = SeededNumbers(seed: 7_000 + seed)
    var ruled = 0
    for number in 0..<40 {
      let batch = RandomBatch(&random, missing: false)
      var city = try policies.decide(batch)
      var rulings: [String] = []
      let context = "seed \(seed), batch \(number): \(batch)"
      while true {
        let open = Self.open(city)
        if open.isEmpty { break }
        let next = random.pick(open)
        let outcome: Outcome = random.chance(2) ? .pass : .fail
        rulings.append(
          Self.ruling(next.application, next.finding.rule, outcome, decided: "2028-01-01"))
        ruled += 1
        let after = try policies.decide(
          batch, waivers: Self.lines(waivers: batch.waivers, rulings))
        #expect(after.outcome(next.application, next.finding.rule) == outcome, "\(context)")
        Self.compare(city, after, next, "\(context)\n\(rulings.joined())")
        city = after
      }
      for application in batch.applications {
        let verdict = city.verdict(application.id)
        #expect(
          verdict == .admissible || verdict == .refused,
          "\(application.id) \(String(describing: verdict)). \(context)\n\(rulings.joined())")
      }
    }
    #expect(ruled > 10)
  }

  /// What did not hang on a ruling stays as it was.
  private static func compare(
    _ before: InventedCity, _ after: InventedCity,
    _ ruled: (application: String, finding: Finding), _ context: String
  ) {
    for application in before.batch.applications {
      let old = before.result(application.id)?.findings ?? []
      for finding in old where finding.outcome != .note {
        if application.id == ruled.application, finding.rule == ruled.finding.rule { continue }
        let new = after.finding(application.id, finding.rule)
        // What a doubt leaves open hangs on all that the application would come to by the registry.
        let isInDoubt = old.contains {
          [BuiltInRule.registryDiffers, .designationUnconfirmed, .replacementUnconfirmed].map(\.id)
            .contains($0.rule) && $0.outcome == .review
        }
        // A waiver answers whatever the undecided leave open.
        let mayChange =
          isInDoubt || finding.outcome == .waived && new?.outcome == .pass
          || finding.outcome == .review && !finding.hangsOn.isEmpty
        #expect(
          mayChange || new?.outcome == finding.outcome,
          "\(application.id) \(finding.rule): \(finding.outcome) became \(String(describing: new?.outcome)). \(context)"
        )
      }
    }
  }
}
