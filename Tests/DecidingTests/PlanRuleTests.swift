import Cases
import Deciding
import Policy
import Diagnostics
import Foundation
import Reading
import TestSupport
import Testing

@Suite("Rules about plans, and what planlint itself finds in a plan")
struct PlanRuleTests {
  private func result(
    _ policy: Policy, _ plan: String, facts: String = "residents: 1000"
  ) throws -> SubjectResult {
    try PlanReview(
      policy,
      facts: Facts(
        reading: SourceFile(
          path: "facts.yaml", text: "planlint: facts/1\ncity: nowhere\n" + facts)),
      registry: Registry()
    ).result(
      Plan(
        reading: SourceFile(path: "plan.yaml", text: "planlint: plan/1\ncity: nowhere\n" + plan)),
      profile: 0)
  }

  private func city(_ path: String) throws -> Policy {
    let tenant = path.prefix { $0 != "/" }
    return try Policy(
      reading: InputFile.load(path: Golden.root + "/policies/" + path),
      Tenant(reading: InputFile.load(path: Golden.root + "/policies/\(tenant)/tenant.yaml"))
        .catalogue)
  }

  private func invented(_ body: String, basis: String = "MUST") throws -> Policy {
    let rule = InventedCity.rule("TOTAL", body, basis: basis).replacing(
      "subject: application", with: "subject: plan")
    let parts = """
      exemptions:
        not_told: {basis: FREE, name: {zh: 甲, en: first}, when: plan.coefficient > 0}
        told: {basis: FREE, name: {zh: 乙, en: second}, when: plan.year > 0}
      exceptions:
        not_told_either: {basis: MAY, name: {zh: 丙, en: third}, when: plan.coefficient > 0}
        told_too: {basis: MAY, name: {zh: 丁, en: fourth}, when: plan.reason != ''}
      """
    return try Policy(
      reading: SourceFile(
        path: "policy.yaml", text: InventedCity.policy(parts, rules: [rule])))
  }

  @Test("an exemption that is not known goes on to the next one")
  func exemptions() throws {
    let policy = try invented(
      "require: {that: plan.beds.total <= 1}\nexempt: [not_told, told]\nexcept: [not_told_either, told_too]"
    )
    let finding = try #require(
      result(policy, "year: 2026\nbeds: {total: 2}").findings.first { $0.rule == "TOTAL" })
    #expect(finding.outcome == .exempt)
    #expect(finding.exemption?.id == "told")
    #expect(finding.needs.isEmpty)
  }

  @Test(
    "an exception that is not known goes on to the next one, and is asked for where none holds",
    arguments: [
      ("reason: 补齐空白", Outcome.review, [String]()), ("scope: city", .unknown, ["plan.coefficient"]),
    ])
  func exceptions(line: String, outcome: Outcome, needs: [String]) throws {
    let policy = try invented(
      "require: {that: plan.beds.total <= 1}\nexempt: [not_told]\nexcept: [not_told_either, told_too]"
    )
    let plan = "year: 2026\nbeds: {total: 2}\n" + line
    let open = try #require(result(policy, plan).findings.first { $0.rule == "TOTAL" })
    #expect(open.outcome == .unknown, "where it may be exempt")
    let bound = try invented(
      "require: {that: plan.beds.total <= 1}\nexcept: [not_told_either, told_too]")
    let finding = try #require(result(bound, plan).findings.first { $0.rule == "TOTAL" })
    #expect(finding.outcome == outcome)
    #expect(finding.needs == needs)
  }

  @Test(
    "dates of the procedure that contradict each other are left to a person",
    arguments: [
      ("started: 2026-03-01, published: 2026-03-01, completed: 2026-03-01", nil),
      ("started: 2026-03-02, published: 2026-03-01", "procedure.started"),
      ("published: 2026-05-01, completed: 2026-04-30", "procedure.published"),
      ("started: 2026-05-01, completed: 2026-04-30", "procedure.started"),
      ("expert_review: {date: 2026-05-01}, published: 2026-04-30", "procedure.expert_review.date"),
      ("started: 2026-05-01, expert_review: {date: 2026-04-30}", "procedure.started"),
      ("started: 2026-05-01", nil),
      ("annual_plan_published: 2026-01-10, started: 2026-05-01", nil),
    ] as [(String, String?)])
  func order(dates: String, place: String?) throws {
    let policy = try invented("require: {that: plan.beds.total <= 1}")
    let text = "year: 2026\nbeds: {total: 1}\nprocedure: {\(dates)}"
    let result = try result(policy, text)
    let finding = result.findings.first { $0.rule == "procedure-out-of-order" }
    #expect(result.verdict == (place == nil ? .compliant : .review))
    #expect((finding == nil) == (place == nil))
    guard let place, let finding else { return }
    let plan = try Plan(
      reading: SourceFile(path: "plan.yaml", text: "planlint: plan/1\ncity: nowhere\n" + text))
    #expect(finding.location.range == plan.range(of: place))
    #expect(finding.message.zh.contains("晚于"))
  }

  @Test("where the profile says that experts come before publication, its rule alone says so")
  func expertsOnce() throws {
    let result = try result(
      city("liaoning/2026-2030.yaml"),
      "year: 2026\nprocedure: {started: 2026-02-01, published: 2026-10-01, expert_review: {date: 2026-10-02}}"
    )
    #expect(result.findings.first { $0.rule == "LN-AFTER-EXPERT" }?.outcome == .fail)
    #expect(!result.findings.contains { $0.rule == "procedure-out-of-order" })
  }

  @Test(
    "a figure that the plan's other figures contradict is a note with what they come to",
    arguments: [
      ("beds: {radiating: 30, radiating_by_grade: {tertiary: 20, secondary: 10, primary: 0}}", nil),
      (
        "beds: {radiating: 31, radiating_by_grade: {tertiary: 20, secondary: 10, primary: 0}}", "30"
      ),
      ("beds: {radiating: 31, radiating_by_grade: {tertiary: 20, secondary: 10}}", nil),
      ("beds: {radiating: 29, radiating_by_grade: {tertiary: 20, secondary: 10}}", "30"),
      (
        "beds: {total: 100, radiating: 30, local_by_grade: {tertiary: 40, secondary: 20, primary: 9}}",
        "99"
      ),
      ("beds: {total: 7, per_1000_insured: 7}", nil),
      ("beds: {total: 7, per_1000_insured: 6.9}", "7"),
      (
        "annual_new: {outpatient: 2}\ndistricts: [{district: 甲区, annual_new: {outpatient: 3}}]",
        "3"
      ),
      (
        "annual_new: {outpatient: 4}\ndistricts: [{district: 甲区, annual_new: {outpatient: 3}}]",
        nil
      ),
      (
        "annual_new: {outpatient: 4}\ndistricts: [{district: 甲区, annual_new: {outpatient: 3}}, {district: 乙区, annual_new: {outpatient: 0}}]",
        "3"
      ),
      (
        "totals: {outpatient: 4}\ndistricts: [{district: 甲区, planned: {outpatient: 3}}, {district: 乙区, planned: {outpatient: 0}}]",
        nil
      ),
    ] as [(String, String?)])
  func figures(lines: String, worked: String?) throws {
    let policy = try invented("require: {that: plan.year > 0}")
    let result = try result(
      policy, "year: 2026\n" + lines,
      facts: "insured: 1000\ndistricts: [{name: 甲区}, {name: 乙区}]")
    let notes = result.findings.filter { $0.rule == "plan-figures-differ" }
    #expect(result.verdict == .compliant)
    #expect(notes.count == (worked == nil ? 0 : 1), "\(notes.map(\.message.en))")
    if let worked {
      #expect(notes.first?.message.en.hasSuffix(" " + worked) == true, "\(notes.map(\.message.en))")
    }
  }

  @Test("in Tianmen scarce services and care homes' institutions go before a better score")
  func scarce() throws {
    let text = try String(
      contentsOfFile: Golden.root + "/policies/tianmen/2021-2025.yaml", encoding: .utf8)
    let rule = InventedCity.rule(
      "ONE", "limit: {take: place, over: [city], at_most: tm_demo_limit}", basis: "TM-DEMO")
    let tenant = try Tenant(
      reading: InputFile.load(path: Golden.root + "/policies/tianmen/tenant.yaml"))
    let policy = try Policy(
      reading: SourceFile(path: "policy.yaml", text: text + "\n" + rule), tenant.catalogue)
    func outcome(_ first: String) throws -> String {
      try InventedCity(
        policy,
        [
          "id: A, score: 50, kind: clinic, requests: [outpatient], submitted: 2025-03-01, \(first)",
          "id: B, score: 90, kind: clinic, requests: [outpatient], submitted: 2025-03-01",
          "id: C, score: 80, kind: clinic, requests: [outpatient], submitted: 2025-03-01",
        ]
      ).outcomes("ONE")
    }
    for specialty in ["pediatrics", "geriatrics", "nursing", "rehabilitation", "psychiatry"] {
      #expect(try outcome("specialty: [\(specialty)]") == "A pass, B pass, C fail", "\(specialty)")
    }
    #expect(try outcome("circumstances: [shortage_specialty]") == "A pass, B pass, C fail")
    #expect(try outcome("circumstances: [embedded_in_elderly_care]") == "A pass, B pass, C fail")
    #expect(try outcome("specialty: [stomatology]") == "A fail, B pass, C pass")
    #expect(try outcome("circumstances: [underserved_area]") == "A fail, B pass, C pass")
  }
}
