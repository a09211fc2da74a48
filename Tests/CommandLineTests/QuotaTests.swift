import Foundation
import TestSupport
import Testing

@Suite("Quotas of districts")
struct QuotaTests {
  private static let facts = """
    planlint: facts/1
    city: wuhan
    year: 2026
    residents: 1000000
    insured: 10000000
    stock: {retail_pharmacy: 4000, pooled_pharmacy: 3316, chronic_pharmacy: 32, dual_channel_pharmacy: 13, outpatient: 1974}
    districts:
      - {name: 江岸区, residents: 600000, purchases: 300, chronic_hub: false, stock: {retail_pharmacy: 1000, chronic_pharmacy: 2}}
      - {name: 蔡甸区, residents: 300000, purchases: 300, stock: {retail_pharmacy: 1000}, planned: {retail_pharmacy: 1100}}
      - {name: 东西湖区, residents: 100000, purchases: 400, stock: {retail_pharmacy: 1000}}

    """

  private static let applications = """
    planlint: applications/1
    city: wuhan
    datum: wgs84
    applications:
      - {id: A, name: 甲, kind: retail_pharmacy, requests: [retail_pharmacy], area: built_up, district: 江岸区, location: {lon: 114.300000, lat: 30.600000}, submitted: 2026-07-01}
      - {id: B, name: 乙, kind: retail_pharmacy, requests: [retail_pharmacy], area: built_up, district: 蔡甸区, location: {lon: 114.400000, lat: 30.600000}, submitted: 2026-07-01}
      - {id: C, name: 丙, kind: retail_pharmacy, requests: [chronic_pharmacy], designated_for: [retail_pharmacy], district: 江岸区, location: {lon: 114.500000, lat: 30.600000}, submitted: 2026-07-01}

    """

  /// The findings of one rule on each application.
  private static func findings(_ rule: String, facts: String) throws -> [String: [String: Any]] {
    let folder = try TemporaryFolder()
    try folder.write(facts, to: "facts.yaml")
    try folder.write(applications, to: "applications.yaml")
    try folder.write("id,name,kind,categories,status\n", to: "registry.csv")
    let result = try Program.run(
      [
        "--policies", Golden.root + "/policies", "--facts", "facts.yaml", "--registry",
        "registry.csv", "--format", "json", "--show", "all", "applications.yaml",
      ], in: folder.path)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.errors)")
    var found: [String: [String: Any]] = [:]
    for subject in try #require(report["results"] as? [[String: Any]]) {
      let id = try #require((subject["subject"] as? [String: Any])?["id"] as? String)
      found[id] = (subject["findings"] as? [[String: Any]])?.first {
        $0["rule"] as? String == rule && $0["outcome"] as? String != "note"
      }
    }
    return found
  }

  private static func text(_ finding: [String: Any]?, _ key: String) -> String {
    (finding?[key] as? [String: String])?["zh"] ?? ""
  }

  @Test("a quota says whether it was published or worked out, and how")
  func sources() throws {
    let found = try Self.findings("WH-PHARM-A", facts: Self.facts)
    #expect(
      Self.text(found["A"], "arithmetic").contains(
        "按公式测算：4092 ×（0.5 × 常住人口 600000 ÷ 1000000 + 0.5 × 购药人次或金额 300 ÷ 1000）= 1841.4，按最大余数法取整为 1841 家"
      ), "\(Self.text(found["A"], "arithmetic"))")
    #expect(Self.text(found["B"], "arithmetic").contains("1100 家为已公布的规划数量"))
    let chronic = try Self.findings("WH-CHRONIC-REGION", facts: Self.facts)
    #expect(Self.text(chronic["C"], "arithmetic").contains("2 家为文件所定"))
  }

  @Test(
    "shares whose formula is lost are marked where they decide, and not where a quota is published")
  func lost() throws {
    let found = try Self.findings("WH-PHARM-A", facts: Self.facts)
    let computed = (found["A"]?["reconstructed"] as? [[String: String]] ?? []).compactMap {
      $0["zh"]
    }
    #expect(computed.count == 2)
    #expect(computed.first?.contains("区域分配系数1") ?? false)
    #expect(computed.last?.contains("区域分配系数2") ?? false)
    let published = found["B"]?["reconstructed"] as? [[String: String]]
    #expect(published?.isEmpty ?? true)
  }

  @Test("where the quota of the district and that of the city are both full, both are told")
  func both() throws {
    let found = try Self.findings("WH-CHRONIC-REGION", facts: Self.facts)
    let message = Self.text(found["C"], "message")
    #expect(message.contains("江岸区门慢特药店将达 3 家，区域配置数量 2 家"), "\(message)")
    #expect(message.contains("同时，全市门慢特药店将达 33 家，规划总量 32 家"), "\(message)")
    let room = try Self.findings(
      "WH-CHRONIC-REGION",
      facts: Self.facts.replacingOccurrences(
        of: "chronic_pharmacy: 32", with: "chronic_pharmacy: 25"))
    #expect(!Self.text(room["C"], "message").contains("同时"))
  }
}
