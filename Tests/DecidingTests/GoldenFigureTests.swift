import Cases
import Deciding
import Policy
import Diagnostics
import Expression
import Foundation
import Reading
import TestSupport
import Testing

/// The figures that semantics.md 8 holds the profiles to.
@Suite("The documents' own figures")
struct GoldenFigureTests {
  private func policy(_ path: String) throws -> Policy {
    let tenant = path.prefix { $0 != "/" }
    return try Policy(
      reading: InputFile.load(path: Golden.root + "/policies/" + path),
      Tenant(reading: InputFile.load(path: Golden.root + "/policies/\(tenant)/tenant.yaml"))
        .catalogue)
  }

  private func wuhan() throws -> Policy { try policy("wuhan/2026-2030.yaml") }

  private func parameter(_ name: String, _ policy: Policy) throws -> Exact {
    try #require(policy.parameters.first { $0.name == name }?.value, "\(name)")
  }

  private func file(_ text: String, _ name: String) -> SourceFile {
    SourceFile(path: name, bytes: Array(text.utf8))
  }

  /// The findings on a plan under given facts.
  private func review(_ policy: Policy, plan: String, facts: String) throws -> SubjectResult {
    let facts = file("planlint: facts/1\n" + facts, "facts.yaml")
    let plan = file("planlint: plan/1\n" + plan, "plan.yaml")
    return try PlanReview(
      policy, facts: Facts(reading: facts, policy.catalogue), registry: Registry()
    ).result(Plan(reading: plan, policy.catalogue), profile: 0)
  }

  @Test("Wuhan's pharmacies by area are 4092.33, and 4090.25 with a longer pi")
  func area() throws {
    let policy = try wuhan()
    func pharmacies(_ pi: Exact) throws -> Exact {
      let builtUp = try parameter("built_up_area", policy)
      let elsewhere = try parameter("land_area", policy).subtracting(builtUp)
      let radius = try parameter("circle_radius_km", policy)
      let circles = try parameter("pharmacies_built_up", policy).multiplied(by: builtUp).adding(
        parameter("pharmacies_elsewhere", policy).multiplied(by: elsewhere))
      return try circles.divided(by: pi.multiplied(by: radius).multiplied(by: radius))
    }
    let pi = try parameter("pi", policy)
    #expect(pi == Exact(decimal: "3.14"))
    #expect(try pharmacies(pi).multiplied(by: Exact(100)).floor == Exact(409_232))
    let longer = try #require(Exact(decimal: "3.14159265"))
    #expect(try pharmacies(longer).multiplied(by: Exact(100)).floor == Exact(409_025))
    for (total, outcome) in [(4091, Outcome.fail), (4092, .pass), (4093, .fail)] {
      let result = try review(
        policy, plan: "city: wuhan\nyear: 2027\ntotals: {retail_pharmacy: \(total)}",
        facts: "city: wuhan")
      let finding = try #require(result.findings.first { $0.rule == "WH-PHARM-AREA" })
      #expect(finding.outcome == outcome, "\(total)")
      #expect(finding.limit?.value == "4092")
    }
  }

  @Test("Wuhan's tiers of all beds are 451/600, 79/600 and 7/60")
  func tiers() throws {
    let policy = try wuhan()
    let radiating = try parameter("radiating_share", policy)
    let local = try parameter("local_share", policy)
    let tiers = try ["tertiary", "secondary", "primary"].map {
      try parameter("local_\($0)", policy)
    }
    let parts = try tiers.reduce(Exact.zero) { try $0.adding($1) }
    func tier(_ index: Int, _ radiatingShare: Exact) throws -> Exact {
      try radiating.multiplied(by: radiatingShare).adding(
        local.multiplied(by: tiers[index]).divided(by: parts))
    }
    #expect(
      try tier(0, parameter("radiating_tertiary", policy))
        == Exact(numerator: 451, denominator: 600))
    #expect(
      try tier(1, parameter("radiating_secondary", policy))
        == Exact(numerator: 79, denominator: 600))
    #expect(try tier(2, .zero) == Exact(numerator: 7, denominator: 60))
    // 600 beds: 180 radiating (171 and 9), 420 local (280, 70 and 70).
    let result = try review(
      policy,
      plan: """
        city: wuhan
        year: 2027
        beds:
          total: 600
          radiating: 180
          radiating_by_grade: {tertiary: 171, secondary: 9}
          local_by_grade: {tertiary: 280, secondary: 70, primary: 70}
        """, facts: "city: wuhan")
    for rule in ["WH-BED-RAD30", "WH-BED-RAD9505", "WH-BED-LOCAL411"] {
      #expect(result.findings.filter { $0.rule == rule }.map(\.outcome) == [.pass], "\(rule)")
    }
  }

  @Test("Wuhan's yearly plan at 0.2 is 0, 0, 1.4 and 0.4, made whole as the reading says")
  func yearly() throws {
    let policy = try wuhan()
    let coefficient = try #require(Exact(decimal: "0.2"))
    for (name, stock, expected) in [
      ("total_chronic", 25, "1.4"), ("total_dual", 13, "0.4"),
    ] {
      let gap = try parameter(name, policy).subtracting(Exact(stock))
      #expect(try gap.multiplied(by: coefficient).description == expected)
    }
    let facts = """
      city: wuhan
      stock: {retail_pharmacy: 4684, pooled_pharmacy: 4017, chronic_pharmacy: 25, dual_channel_pharmacy: 13}
      """
    let result = try review(
      policy,
      plan: """
        city: wuhan
        year: 2027
        coefficient: 0.2
        annual_new: {retail_pharmacy: 0, pooled_pharmacy: 0, chronic_pharmacy: 1, dual_channel_pharmacy: 0}
        """, facts: facts)
    let additions = result.findings.filter {
      ["WH-ANN-CITY", "WH-ANN-STOP"].contains($0.rule) && $0.outcome != .notApplicable
        && $0.category != "outpatient"
    }
    #expect(
      additions.map(\.category) == [
        "chronic_pharmacy", "dual_channel_pharmacy", "retail_pharmacy", "pooled_pharmacy",
      ])
    #expect(additions.map { $0.limit?.value } == ["1", "0", "0", "0"])
    #expect(additions.allSatisfy { $0.outcome == .pass })
  }

  @Test("a plan says on which reading its verdict hangs")
  func rounding() throws {
    // (32 - 24) x 0.2 is 1.6: 1 with fractions dropped, 2 rounded.
    let facts = "city: wuhan\nstock: {chronic_pharmacy: 24}"
    let plan = """
      city: wuhan
      year: 2027
      coefficient: 0.2
      annual_new: {chronic_pharmacy: 2}
      procedure: {documents: []}
      """
    let policy = try wuhan()
    let fine = try review(policy, plan: plan, facts: facts)
    let finding = try #require(
      fine.findings.first { $0.rule == "WH-ANN-CITY" && $0.category == "chronic_pharmacy" })
    #expect(finding.outcome == .fail)
    #expect(finding.limit?.value == "1")
    let narrow = Policy(
      policy, rules: policy.rules.filter { $0.id == "WH-ANN-CITY" && $0.subject == .plan })
    let result = try review(narrow, plan: plan, facts: facts)
    #expect(result.verdict == .noncompliant)
    #expect(result.readings.map(\.id) == ["annual_rounding"])
    #expect(result.readings.map(\.verdictOtherwise) == [.compliant])
    #expect(result.findings.last?.rule == "reading-decides")
  }

  @Test("Tianmen's balance of 2020 is 13.04 less 11.23, which is 1.81")
  func tianmen() throws {
    let result = try review(
      policy("tianmen/2021-2025.yaml"),
      plan: """
        city: tianmen
        year: 2025
        indicators: {fund_income: {2025: 13.04}, fund_expenditure: {2025: 11.23}, fund_balance: {2025: 1.81}}
        """, facts: "city: tianmen")
    let finding = try #require(result.findings.first { $0.rule == "TM-IND-04" })
    #expect(finding.outcome == .pass)
  }

  @Test("a plan of a year that no profile covers needs a person")
  func expired() throws {
    for (year, isReviewed) in [(2020, true), (2021, false), (2025, false), (2026, true)] {
      let result = try review(
        policy("tianmen/2021-2025.yaml"), plan: "city: tianmen\nyear: \(year)",
        facts: "city: tianmen")
      let found = result.findings.filter { $0.rule == "profile-not-in-force" }.map(\.outcome)
      #expect(found == (isReviewed ? [.review] : []), "\(year)")
    }
  }

  @Test("the sums that the documents state hold, or are known not to")
  func sums() throws {
    let folder = Golden.root + "/../shared/seeds"
    guard FileManager.default.fileExists(atPath: folder + "/wuhan.txt") else {
      print("skipped: \(folder) is not there")
      return
    }
    func number(_ before: String, _ after: String, in text: String) throws -> Int {
      let start = try #require(text.range(of: before), "\(before)")
      let end = try #require(text[start.upperBound...].range(of: after), "\(after)")
      return try #require(Int(text[start.upperBound..<end.lowerBound]), "\(before)")
    }
    let wuhan = try String(contentsOfFile: folder + "/wuhan.txt", encoding: .utf8)
    let all = try number("正常运营状态的定点医药机构", "家", in: wuhan)
    let medical = try number("其中，定点医疗机构", "家", in: wuhan)
    let pharmacies = try number("正常运行的定点药店共计", "家", in: wuhan)
    #expect(all == medical + pharmacies && all == 7714)
    let inpatient = try number("提供住院服务的定点医疗机构共", "家", in: wuhan)
    let outpatient = try number("（以下简称门诊类定点医疗机构）", "家", in: wuhan)
    #expect(medical == inpatient + outpatient)
    let tiers = try [
      number("其中三级医疗机构", "家", in: wuhan), number("，二级医疗机构", "家", in: wuhan),
      number("，一级及以下医疗机构", "家", in: wuhan),
    ]
    #expect(tiers.reduce(0, +) == inpatient)
    let xian = try String(contentsOfFile: folder + "/xian.txt", encoding: .utf8)
    let stated = try number("全市定点医药机构", "家", in: xian)
    #expect(stated == 11686)
    let profile = try policy("xian/2025-2027.yaml")
    let note = try #require(
      profile.provisions.first { $0.quotes.contains { $0.contains("\(stated)家") } }?.reading)
    #expect(note.en.contains("5193 + 6449 = \(5193 + 6449)") && 5193 + 6449 != stated)
  }
}
