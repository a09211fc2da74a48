import TestSupport

/// A small batch that every test can change a word of.
enum Sample {
  static let facts = """
    planlint: facts/1
    city: huaibei
    year: 2026
    residents: 1000000
    beds: {designated: 7000, tcm: 500, psychiatric: 300}
    cost_growth: 6.0
    occupancy: 80
    terminated: {2025: {retail_pharmacy: 1, outpatient: 0}}
    districts:
      - {name: 相山区, code: "340602", residents: 500000, beds: {designated: 3000}, cost_growth: 5.0, occupancy: 80}
    """

  static let registry = """
    id,name,kind,categories,grade,district,street,lon,lat,datum,beds,specialty,group,status
    P1,示例老药店,retail_pharmacy,retail_pharmacy,,相山区,,116.79420,33.95810,wgs84,,,,active
    """

  static func applications(_ items: String) -> String {
    """
    planlint: applications/1
    city: huaibei
    datum: wgs84
    facts: facts.yaml
    registry: registry.csv
    applications:
    \(items)
    """
  }

  static func pharmacy(_ id: String, score: Int = 80, more: String = "") -> String {
    "  - {id: \(id), name: 示例药店, kind: retail_pharmacy, requests: [retail_pharmacy], district: 相山区, "
      + "location: {lon: 116.79430, lat: 33.95820}, submitted: 2026-03-02, score: \(score)\(more)}"
  }

  /// One that passes, and one that fails.
  static let admissible = applications(pharmacy("A"))
  static let refused = applications(
    pharmacy("A", score: 90) + "\n" + pharmacy("B").replacing("示例药店", with: "示例乙药店"))

  /// Puts the batch and what it is held against into a folder.
  static func folder(_ applications: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(applications, to: "applications.yaml")
    try folder.write(facts, to: "facts.yaml")
    try folder.write(registry, to: "registry.csv")
    return folder
  }
}
