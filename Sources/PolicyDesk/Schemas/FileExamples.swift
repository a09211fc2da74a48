import Diagnostics
package import Reading

extension FileSchema {
  /// A small whole file; its reader accepts it. Of profiles and reports the guide and the reports themselves are better examples.
  package var example: JSONTree? {
    guard let text = exampleText else { return nil }
    let file = SourceFile(path: "example.json", text: text)
    return (try? Document.read(file, format: .json)).map(JSONTree.init)
  }

  private var exampleText: String? {
    switch self {
    case .applications:
      """
      {"planlint": "applications/1", "city": "huaibei", "datum": "gcj02", "facts": "facts.yaml", "registry": "registry.csv",
       "applications": [
         {"id": "HB-2026-001", "name": "示例大药房", "kind": "retail_pharmacy", "requests": ["retail_pharmacy"],
          "district": "相山区", "location": {"lon": 116.7942, "lat": 33.9581}, "submitted": "2026-03-02", "score": 88.5},
         {"id": "HB-2026-002", "name": "示例康复医院", "kind": "hospital", "requests": ["inpatient"], "district": "杜集区",
          "grade": "secondary", "specialty": ["rehabilitation"], "beds": 60, "existing_beds": 0, "occupancy": 71.5,
          "submitted": "2026-03-05", "circumstances": ["shortage_specialty"]}]}
      """
    case .facts:
      """
      {"planlint": "facts/1", "city": "huaibei", "year": 2026, "residents": 1970200, "occupancy": 79,
       "beds": {"designated": 14000, "tcm": 1600, "psychiatric": 950},
       "terminated": {"2025": {"retail_pharmacy": 3, "outpatient": 2}}, "admitted": {"2026": {"retail_pharmacy": 1}},
       "districts": [{"name": "相山区", "code": "340603", "residents": 540000, "beds": {"designated": 6200}, "occupancy": 82}]}
      """
    case .plan:
      """
      {"planlint": "plan/1", "city": "huaibei", "scope": "district", "district": "相山区", "year": 2026,
       "totals": {"retail_pharmacy": 60}, "annual_new": {"retail_pharmacy": 2},
       "procedure": {"started": "2026-03-01", "documents": ["annual_plan"]}}
      """
    case .waivers:
      """
      {"planlint": "waivers/1",
       "waivers": [{"application": "HB-2026-001", "rule": "HB-OUT-CAP", "authority": "淮北市医疗保障局", "document": "示例〔2026〕3号",
                    "reason": "补齐服务空白", "expires": "2026-12-31"}],
       "rulings": [{"application": "HB-2026-017", "rule": "HB-OUT-CAP", "outcome": "pass", "authority": "淮北市医疗保障局", "document": "示例〔2026〕7号",
                    "reason": "步行15分钟内无同类型机构", "decided": "2026-04-20"}]}
      """
    case .registry:
      """
      {"planlint": "registry/1",
       "institutions": [{"id": "P34060300001", "name": "示例大药房", "kind": "retail_pharmacy", "categories": ["retail_pharmacy"],
                         "district": "相山区", "lon": 116.799082, "lat": 33.955902, "datum": "wgs84", "status": "active"}]}
      """
    case .tenant:
      """
      {"planlint": "tenant/1", "id": "huaibei", "names": ["淮北", "淮北市"], "english": "Huaibei", "codes": ["3406", "340600"],
       "profiles": [{"id": "huaibei/2026-2028", "file": "2026-2028.yaml", "from": "2026-01-01", "to": "2028-12-31"}]}
      """
    case .settings:
      """
      {"planlint": "settings/1", "city": "huaibei", "facts": "2026/facts.yaml", "registry": "2026/registry.csv",
       "formats": ["text", "html=report.html"], "lang": "zh"}
      """
    case .policy, .policyTests, .report: nil
    }
  }
}
