import Foundation
import TestSupport
import Testing

@Suite("Plans")
struct PlanTests {
  @Test("the quotas that allocate works out make a plan that plan accepts")
  func allocated() throws {
    let folder = Golden.path("wuhan")
    let table = try Program.run(
      ["allocate", "--city", "wuhan", "--facts", "facts.yaml", "--registry", "registry.csv"],
      in: folder)
    #expect(table.code == 0, "\(table.errors)")
    #expect(table.output.contains("4092"))
    #expect(table.output.contains("3400"))
    let plan = try Program.run(
      [
        "allocate", "--city", "wuhan", "--facts", folder + "/facts.yaml", "--registry",
        "registry.csv", "--format", "plan",
      ], in: folder)
    #expect(plan.code == 0)
    let copy = try TemporaryFolder()
    try copy.write(plan.output, to: "plan.yaml")
    let result = try Program.run(
      ["plan", "--registry", folder + "/registry.csv", "--format", "json", "plan.yaml"],
      in: copy.path)
    #expect(result.code != 2, "\(result.errors)")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    let findings = try #require(results.first?["findings"] as? [[String: Any]])
    let quotas = findings.filter {
      ["WH-PHARM-A", "WH-POOLED-REGION", "WH-TOTALS"].contains($0["rule"] as? String)
    }
    #expect(quotas.count >= 30)
    #expect(quotas.allSatisfy { $0["outcome"] as? String == "pass" })
  }

  @Test("district plans are held against the city's plan and each other")
  func together() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      planlint: plan/1
      city: huaibei
      year: 2026
      totals: {retail_pharmacy: 100}
      districts:
        - {district: 相山区, planned: {retail_pharmacy: 60}}
        - {district: 濉溪县, planned: {retail_pharmacy: 40}}
        - {district: 烈山区}
      """, to: "city.yaml")
    func district(_ name: String, _ total: Int) -> String {
      """
      planlint: plan/1
      city: huaibei
      scope: district
      district: \(name)
      year: 2026
      totals: {retail_pharmacy: \(total)}
      """
    }
    try folder.write(district("相山区", 61), to: "a.yaml")
    try folder.write(district("濉溪县", 40), to: "b.yaml")
    try folder.write(district("濉溪县", 1), to: "c.yaml")
    let result = try Program.run(
      ["plan", "--format", "concise", "city.yaml", "a.yaml", "b.yaml", "c.yaml"], in: folder.path)
    #expect(result.code == 1)
    #expect(result.output.contains("city.yaml:4:27: error[districts-exceed-city-total]"))
    #expect(result.output.contains("a.yaml:6:27: error[district-above-city-plan]"))
    #expect(result.output.contains("c.yaml:4:11: error[district-planned-twice]"))
    #expect(result.output.contains("city.yaml:8:16: note[district-without-plan]"))
    let fine = try Program.run(
      ["plan", "--format", "concise", "city.yaml", "b.yaml"], in: folder.path)
    #expect(!fine.output.contains("error[district"))
  }

  @Test(
    "facts of another city that the same profile serves are an error, in plans and applications")
  func otherCity() throws {
    let folder = try TemporaryFolder()
    try folder.write("planlint: facts/1\ncity: dalian\n", to: "facts.yaml")
    try folder.write(
      "planlint: plan/1\ncity: shenyang\nyear: 2026\nfacts: facts.yaml\n", to: "plan.yaml")
    try folder.write(
      """
      planlint: applications/1
      city: shenyang
      facts: facts.yaml
      applications:
        - {id: A, name: A, kind: clinic, requests: [outpatient], submitted: 2026-06-01}
      """, to: "applications.yaml")
    for arguments in [["plan", "plan.yaml"], ["applications.yaml"]] {
      let result = try Program.run(
        ["--policies", Golden.root + "/policies", "--lang", "en"] + arguments, in: folder.path)
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(
        result.errors.hasPrefix(
          "facts.yaml:2:7: error: the file's city `dalian` is not `shenyang`"),
        "\(result.errors)")
    }
    try folder.write("planlint: facts/1\ncity: 沈阳市\n", to: "facts.yaml")
    let fine = try Program.run(
      ["plan", "--policies", Golden.root + "/policies", "--format", "json", "plan.yaml"],
      in: folder.path)
    #expect(fine.code != 2, "\(fine.errors)")
    #expect(
      fine.output.contains("\"id\": \"shenyang\", \"name\": \"沈阳市\""), "\(fine.output.prefix(2000))"
    )
  }

  @Test("a district's plan that gives its own row is held against the city's plan")
  func ownRow() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      planlint: plan/1
      city: huaibei
      year: 2026
      totals: {retail_pharmacy: 100}
      districts:
        - {district: 相山区, planned: {retail_pharmacy: 60}}
      """, to: "city.yaml")
    try folder.write(
      """
      planlint: plan/1
      city: huaibei
      scope: district
      district: 相山区
      year: 2026
      districts:
        - {district: 相山区, planned: {retail_pharmacy: 61}}
      """, to: "a.yaml")
    let result = try Program.run(
      [
        "plan", "--policies", Golden.root + "/policies", "--format", "concise", "city.yaml",
        "a.yaml",
      ],
      in: folder.path)
    #expect(result.code == 1)
    #expect(
      result.output.contains("a.yaml:7:48: error[district-above-city-plan]"), "\(result.output)")
  }

  @Test("the plan fixtures come to what their names say")
  func fixtures() throws {
    for (city, file, verdict) in [
      ("huaibei", "plan.yaml", "compliant"), ("xian", "plan.yaml", "compliant"),
      ("xian", "plan-no-exit.yaml", "noncompliant"), ("liaoning", "plan.yaml", "compliant"),
      ("tianmen", "plan.yaml", "compliant"), ("wuhan", "plan.yaml", "compliant"),
    ] {
      let result = try Program.run(["plan", "--format", "json", file], in: Golden.path(city))
      #expect(result.output.contains("\"verdict\": \"\(verdict)\""), "\(city)/\(file)")
      #expect(result.code == (verdict == "compliant" ? 0 : 1), "\(city)/\(file)")
    }
  }
}
