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
        folder + "/registry.csv", "--format", "plan",
      ], in: folder)
    #expect(plan.code == 0)
    #expect(plan.output.contains("\ncoefficient: 0.2\n"))
    let copy = try TemporaryFolder()
    try copy.write(plan.output, to: "plan.yaml")
    let result = try Program.run(
      [
        "plan", "--policies", Golden.root + "/policies", "--format", "json", "--show", "all",
        "--allow-outside", "plan.yaml",
      ], in: copy.path)
    #expect(result.code == 3, "\(result.errors)")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    let findings = try #require(results.first?["findings"] as? [[String: Any]])
    let quotas = findings.filter {
      ["WH-PHARM-A", "WH-POOLED-REGION", "WH-TOTALS"].contains($0["rule"] as? String)
    }
    #expect(quotas.count >= 30)
    #expect(quotas.allSatisfy { $0["outcome"] as? String == "pass" })
    #expect(
      findings.contains {
        $0["rule"] as? String == "WH-ANN-COEFFICIENT" && $0["outcome"] as? String == "pass"
      })
    // Nothing that the formulas give is refused or missing: what is open is for the city to say.
    let open = findings.filter {
      !["pass", "exempt", "not_applicable", "note"].contains($0["outcome"] as? String)
    }
    #expect(open.allSatisfy { $0["outcome"] as? String == "unknown" })
    let missing = open.flatMap { $0["needs"] as? [[String: String]] ?? [] }
    #expect(missing.allSatisfy { $0["from"] == "authority" })
    let needs = Set(missing.compactMap { $0["path"] })
    #expect(
      !needs.isEmpty
        && needs.allSatisfy {
          $0.hasPrefix("plan.beds.") || $0.hasPrefix("plan.procedure.") || $0 == "plan.direction"
        }, "\(needs)")
  }

  /// Facts of Wuhan that list three of its districts.
  private static let three = """
    planlint: facts/1
    city: wuhan
    year: 2026
    residents: 1000000
    insured: 10000000
    stock: {retail_pharmacy: 4000, pooled_pharmacy: 3316, chronic_pharmacy: 25, dual_channel_pharmacy: 13, outpatient: 1974}
    districts:
      - {name: 江岸区, code: "420102", residents: 600000, purchases: 300, pooled_visits_2025: 500, chronic_hub: true, stock: {retail_pharmacy: 1840, pooled_pharmacy: 1697, chronic_pharmacy: 2, dual_channel_pharmacy: 0, outpatient: 1249}}
      - {name: 蔡甸区, code: "420114", residents: 300000, purchases: 300, pooled_visits_2025: 300, chronic_hub: false, stock: {retail_pharmacy: 1228, pooled_pharmacy: 1019, chronic_pharmacy: 2, dual_channel_pharmacy: 1, outpatient: 625}}
      - {name: 东西湖区, code: "420112", residents: 100000, purchases: 400, pooled_visits_2025: 201, chronic_hub: false, stock: {retail_pharmacy: 1000, pooled_pharmacy: 600, chronic_pharmacy: 0, dual_channel_pharmacy: 0, outpatient: 100}}

    """

  @Test(
    "each column of the table adds up to its last cell, also where the facts list few districts")
  func columns() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.three, to: "facts.yaml")
    try folder.write("id,name,kind,categories,status\n", to: "registry.csv")
    for (language, left) in [("zh", "未列各区（12 个）"), ("en", "districts not listed (12)")] {
      let table = try Program.run(
        [
          "allocate", "--policies", Golden.root + "/policies", "--lang", language, "--facts",
          "facts.yaml", "--registry", "registry.csv", "--city", "wuhan",
        ], in: folder.path)
      #expect(table.code == 0, "\(table.errors)")
      let lines = table.output.split(separator: "\n", omittingEmptySubsequences: false)
      let head = try #require(lines.firstIndex { $0.contains("quota_retail") })
      let end = try #require(lines[head...].firstIndex { $0.isEmpty })
      let rows = lines[(head + 1)..<end].map { line in
        line.split(separator: " ").compactMap { Int($0) }
      }
      #expect(rows.count == 5)
      #expect(lines[end - 2].hasPrefix(left))
      let totals = try #require(rows.last)
      #expect(totals.count == 10)
      for (column, total) in totals.enumerated() {
        #expect(rows.dropLast().map { $0[column] }.reduce(0, +) == total)
      }
      // 32 chronic pharmacies, 3 + 2 + 2 of them in these districts.
      #expect(totals[2] == 32)
      #expect(rows[3][2] == 25)
      #expect(table.output.contains("江汉区"))
      #expect(table.output.contains("coefficient"))
    }
  }

  @Test(
    "one district of the city gets its share of what is the city's, and the rest is shown as that of the others"
  )
  func oneDistrict() throws {
    let folder = try TemporaryFolder()
    // 4092 x (0.5 x 600000 / 3000000 + 0.5 x 300 / 1000) = 1023; 3400 x 500 / 2000 = 850; 2083 x 0.2 = 416.6; 2 chronic and 1 dual.
    try folder.write(
      """
      planlint: facts/1
      city: wuhan
      year: 2026
      residents: 3000000
      insured: 10000000
      purchases: 1000
      pooled_visits_2025: 2000
      stock: {retail_pharmacy: 4000, pooled_pharmacy: 3316, chronic_pharmacy: 25, dual_channel_pharmacy: 13, outpatient: 1974}
      districts:
        - {name: 江岸区, residents: 600000, purchases: 300, pooled_visits_2025: 500, chronic_hub: false, stock: {retail_pharmacy: 1023, pooled_pharmacy: 850, chronic_pharmacy: 2, dual_channel_pharmacy: 1, outpatient: 417}}

      """, to: "facts.yaml")
    try folder.write("id,name,kind,categories,status\n", to: "registry.csv")
    let arguments = [
      "allocate", "--policies", Golden.root + "/policies", "--lang", "en", "--facts", "facts.yaml",
      "--registry", "registry.csv", "--city", "wuhan",
    ]
    let table = try Program.run(arguments, in: folder.path)
    #expect(table.code == 3)
    let lines = table.output.split(separator: "\n").map { line in
      line.split(separator: " ").map(String.init)
    }
    let own = try #require(lines.first { $0.first == "江岸区" })
    #expect(Array(own.dropFirst().prefix(5)) == ["1023", "850", "2", "1", "416–417"])
    let others = try #require(lines.first { $0.starts(with: ["districts", "not", "listed"]) })
    #expect(Array(others.dropFirst(4).prefix(5)) == ["3069", "2550", "28–30", "14", "1666–1667"])
    // A plan file has what is known and leaves out what is not.
    let plan = try Program.run(arguments + ["--format", "plan"], in: folder.path)
    #expect(
      plan.output.contains(
        "planned: {retail_pharmacy: 1023, pooled_pharmacy: 850, chronic_pharmacy: 2, dual_channel_pharmacy: 1}"
      ), "\(plan.output)")
  }

  @Test(
    "with three hubs the city's 32 chronic pharmacies go round, and plan accepts what allocate gives"
  )
  func threeHubs() throws {
    let folder = try TemporaryFolder()
    var facts = try String(contentsOfFile: Golden.path("wuhan") + "/facts.yaml", encoding: .utf8)
    facts = facts.replacing("{name: 洪山区", with: "{x-hub: 1, name: 洪山区")
    let line = try #require(facts.firstMatch(of: #/.*x-hub.*/#)).0
    facts = facts.replacing(
      line, with: line.replacing("chronic_hub: false", with: "chronic_hub: true"))
    #expect(facts.matches(of: #/chronic_hub: true/#).count == 3)
    try folder.write(facts, to: "facts.yaml")
    try folder.write("id,name,kind,categories,status\n", to: "registry.csv")
    let arguments = [
      "allocate", "--policies", Golden.root + "/policies", "--facts", "facts.yaml",
      "--registry", "registry.csv", "--city", "wuhan",
    ]
    let table = try Program.run(arguments, in: folder.path)
    #expect(table.code == 0)
    #expect(!table.output.contains(#/ -\d/#))
    #expect(!table.output.contains("未分配到上列区县"))
    try folder.write(
      try Program.run(arguments + ["--format", "plan"], in: folder.path).output, to: "plan.yaml")
    let result = try Program.run(
      [
        "plan", "--policies", Golden.root + "/policies", "--format", "json", "--show", "all",
        "plan.yaml",
      ], in: folder.path)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    let findings = try #require(results.first?["findings"] as? [[String: Any]])
    let chronic = findings.filter {
      ["WH-CHRONIC-REGION", "WH-CHRONIC-ACCESS"].contains($0["rule"] as? String)
        || $0["rule"] as? String == "WH-TOTALS" && $0["category"] as? String == "chronic_pharmacy"
    }
    #expect(chronic.count == 31)
    #expect(chronic.allSatisfy { $0["outcome"] as? String == "pass" })
  }

  @Test("without a year in the facts or on the command line nothing is allocated")
  func yearless() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Self.three.replacingOccurrences(of: "year: 2026\n", with: ""), to: "facts.yaml")
    let arguments = [
      "allocate", "--policies", Golden.root + "/policies", "--lang", "en", "--facts", "facts.yaml",
      "--city", "wuhan",
    ]
    let bare = try Program.run(arguments, in: folder.path)
    #expect(bare.code == 2)
    #expect(bare.output.isEmpty)
    #expect(bare.errors.contains("facts.yaml:1:1: error: expected `year`"), "\(bare.errors)")
    let named = try Program.run(arguments + ["--year", "2027"], in: folder.path)
    #expect(named.code == 3)
    #expect(named.output.contains("year: 2027"))
  }

  struct Districts: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var lines: String
    /// The end of the first line of errors; nil: there is none.
    var expected: String?
    var hasFacts = true
  }

  @Test(
    "a plan names districts that the facts or the city list, each once",
    arguments: [
      Districts(
        testDescription: "a misspelt one", lines: "districts: [{district: 江安区}]",
        expected:
          "plan.yaml:4:24: error: expected a district that the facts or the city list, found `江安区`; did you mean `江岸区`"
      ),
      Districts(
        testDescription: "one that is near none", lines: "districts: [{district: 天山南麓}]",
        expected:
          "plan.yaml:4:24: error: expected a district that the facts or the city list, found `天山南麓`"
      ),
      Districts(
        testDescription: "one of the city that the facts do not list",
        lines: "districts: [{district: 江汉区}, {district: 420104}, {district: 东湖高新区}]"),
      Districts(
        testDescription: "one by name and by code",
        lines: "districts: [{district: 江岸区}, {district: \"420102\"}]",
        expected:
          "plan.yaml:4:41: error: expected each district once, found `420102` again, which is `江岸区`"
      ),
      Districts(
        testDescription: "one by name and by a code that the city lists",
        lines: "districts: [{district: \"420103\"}, {district: 江汉区}]",
        expected:
          "plan.yaml:4:46: error: expected each district once, found `江汉区` again, which is `420103`"
      ),
      Districts(
        testDescription: "one twice", lines: "districts: [{district: 江岸区}, {district: 江岸区}]",
        expected: "plan.yaml:4:41: error: expected each district once, found `江岸区` again"),
      Districts(
        testDescription: "the plan's own", lines: "scope: district\ndistrict: 江安区",
        expected:
          "plan.yaml:5:11: error: expected a district that the facts or the city list, found `江安区`; did you mean `江岸区`"
      ),
      Districts(
        testDescription: "nothing to hold it against", lines: "districts: [{district: 江安区}]",
        hasFacts: false),
      Districts(
        testDescription: "one twice, without facts",
        lines: "districts: [{district: 江安区}, {district: 江安区}]",
        expected: "plan.yaml:4:41: error: expected each district once, found `江安区` again",
        hasFacts: false),
    ])
  func districts(_ example: Districts) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.three, to: "facts.yaml")
    try folder.write(
      "planlint: plan/1\ncity: wuhan\nyear: 2027\n" + example.lines + "\n", to: "plan.yaml")
    let result = try Program.run(
      ["plan", "--policies", Golden.root + "/policies", "--lang", "en", "--format", "concise"]
        + (example.hasFacts ? ["--facts", "facts.yaml"] : []) + ["plan.yaml"], in: folder.path)
    guard let expected = example.expected else {
      #expect(result.code == 3, "\(result.errors)")
      return
    }
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.split(separator: "\n").first.map(String.init) == expected)
  }

  @Test(
    "a share of more than everything is an error with its place, whatever may grow by more is not",
    arguments: [
      (
        "participation_rate: {2025: 140}",
        "plan.yaml:4:41: error: `participation_rate`: expected at most 100, found 140"
      ),
      (
        "window_service_share: {2024: 100.01}",
        "plan.yaml:4:43: error: `window_service_share`: expected at most 100, found 100.01"
      ),
      (
        "aid_enrolment: {2025: -1}",
        "plan.yaml:4:36: error: `aid_enrolment`: expected at least 0, found -1"
      ),
      (
        "trained_staff: {2025: 1000.5}",
        "plan.yaml:4:36: error: `trained_staff`: expected a whole number"
      ),
      (
        "procurement_varieties: {2025: 310}, trained_staff: {2025: 1040}, fund_balance: {2025: -3}",
        nil
      ),
      ("participation_rate: {2025: 100}", nil),
    ] as [(String, String?)])
  func shares(indicator: String, expected: String?) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "planlint: plan/1\ncity: tianmen\nyear: 2025\nindicators: {\(indicator)}\n", to: "plan.yaml")
    let result = try Program.run(
      ["plan", "--policies", Golden.root + "/policies", "--lang", "en", "plan.yaml"],
      in: folder.path)
    #expect(result.code == (expected == nil ? 3 : 2), "\(result.errors)")
    if let expected { #expect(result.errors.contains(expected), "\(result.errors)") }
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
        result.errors.contains(
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
