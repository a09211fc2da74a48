import PlanlintKit

// Everything comes from memory: the application names its facts and its registry, and both are given under these names.
let applications = """
  planlint: applications/1
  city: huaibei
  as_of: 2026-04-01
  facts: facts.yaml
  registry: registry.csv
  applications:
    - id: A-1
      name: 示例大药房
      kind: retail_pharmacy
      requests: [retail_pharmacy]
      district: 相山区
      location: {lon: 116.7991, lat: 33.9559, datum: wgs84}
      submitted: 2026-03-02
  """
let facts = """
  planlint: facts/1
  city: huaibei
  year: 2026
  terminated:
    2025: {retail_pharmacy: 3, outpatient: 2}
  admitted:
    2026: {retail_pharmacy: 5}
  """
let registry = """
  id,name,kind,categories,district,lon,lat,datum,status
  P1,相山甲药房,retail_pharmacy,retail_pharmacy,相山区,116.7995,33.9562,wgs84,active
  P2,相山乙药房,retail_pharmacy,retail_pharmacy,相山区,116.8005,33.9566,wgs84,active
  """

var request = Request()
request.policies = "policies"
request.supporting = [
  .memory(name: "facts.yaml", text: facts), .memory(name: "registry.csv", text: registry),
]

do {
  let result = try Planlint.check(
    [.memory(name: "applications.yaml", text: applications)], request)
  for subject in result.subjects {
    print("\(subject.name): \(subject.verdictWord[.en])")
    for finding in subject.findings where finding.outcome != .pass {
      print("- \(finding.rule), \(finding.location.place): \(finding.message[.en])")
      for citation in finding.citations.prefix(1) {
        print("  \(citation.place) “\(citation.quote)”")
      }
      for neighbour in finding.neighbours {
        print("  \(neighbour.name), \(Int(neighbour.distanceMetres.rounded())) m")
      }
    }
  }
} catch {
  for fault in error.faults {
    let line = fault.location.map { "line \($0.line), column \($0.column)" } ?? ""
    print("\(fault.path) \(line): \(fault.message[.en])")
  }
}
