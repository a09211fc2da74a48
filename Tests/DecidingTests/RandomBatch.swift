/// An application of a random batch, with nil for what is missing.
struct RandomApplication {
  var id: String
  var isHospital: Bool
  var district: String?
  var street: String?
  /// Its place on a street of 300 m steps.
  var place: Int?
  var isBuiltUp: Bool?
  var isPublic: Bool
  var occupancy: Int?
  var beds: Int
  var score: Int?
  var year: Int
  var day: Int
  var isExempt: Bool
  var hasPriority: Bool
  var holds: Bool
  var institution: String?
  var replaces: String?
  /// The in-principle rules that are waived for it.
  var waived: Set<String>

  var yaml: String {
    var parts = [
      "id: \(id)", "submitted: \(year)-03-0\(day)",
      "ownership: \(isPublic ? "public" : "private")",
    ]
    let category = isHospital ? "inpatient" : "retail_pharmacy"
    parts += ["kind: \(isHospital ? "hospital" : "retail_pharmacy")", "requests: [\(category)]"]
    if let district { parts.append("district: \(district)") }
    if let street { parts.append("street: \(street)") }
    if let place { parts.append("location: {\(RandomBatch.site(place))}") }
    if let isBuiltUp { parts.append("area: \(isBuiltUp ? "built_up" : "outside_built_up")") }
    if let occupancy { parts.append("occupancy: \(occupancy)") }
    if isHospital { parts.append("beds: \(beds)") }
    if let score { parts.append("score: \(score)") }
    var circumstances: [String] = []
    if isExempt { circumstances.append("embedded_in_university") }
    if hasPriority { circumstances.append("shortage_specialty") }
    if !circumstances.isEmpty {
      parts.append("circumstances: [\(circumstances.joined(separator: ", "))]")
    }
    if holds { parts.append("designated_for: [\(category)]") }
    if let institution { parts.append("institution: \(institution)") }
    if let replaces { parts.append("replaces: \(replaces)") }
    return parts.joined(separator: ", ")
  }
}

/// A row of a random registry, with nil for what is missing.
struct RandomRow {
  var id: String
  var isHospital: Bool
  var district: String?
  var street: String?
  var place: Int?
  var beds: Int?
  var status = "active"

  var isTerminated: Bool { status == "terminated" }

  var yaml: String {
    var parts = [
      "id: \(id)", "kind: \(isHospital ? "hospital" : "retail_pharmacy")", "status: \(status)",
      "categories: [\(isHospital ? "inpatient" : "retail_pharmacy")]",
    ]
    if let district { parts.append("district: \(district)") }
    if let street { parts.append("street: \(street)") }
    if let place { parts.append(RandomBatch.site(place)) }
    if let beds { parts.append("beds: \(beds)") }
    return parts.joined(separator: ", ")
  }
}

/// A small batch made from a seed, with the registry and the limits that it is held against.
struct RandomBatch {
  var limits: RandomLimits
  var rows: [RandomRow]
  /// Without one the rows are what nobody is told.
  var hasRegistry: Bool
  var applications: [RandomApplication]

  static let places = 8
  static let districts = ["东", "西"]
  static let streets = ["一街", "二街"]
  static let stepMetres = 300
  /// Of each of two points in the second circle.
  static let accuracyMetres = 5
  static let usedBeds = 40
  static let usedPlaces = ["东": 0, "西": 1]
  static let admittedBefore = [2026: 1]

  static let facts = """
    beds: {designated: 40}
    admitted: {2026: {retail_pharmacy: 1}}
    districts: [{name: 东, stock: {retail_pharmacy: 0}}, {name: 西, stock: {retail_pharmacy: 1}}]

    """

  /// Seven digits are a centimetre: with the parameter at zero no distance of this street lies within its accuracy.
  static func site(_ place: Int) -> String {
    let millionths = 116_700_000 + place * 3_244
    let fraction = String(millionths % 1_000_000)
    return
      "lon: \(millionths / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)0, lat: 33.9000000, datum: wgs84"
  }

  var registry: String? {
    if !hasRegistry { return nil }
    return rows.isEmpty ? "[]" : rows.map { "- {\($0.yaml)}\n" }.joined()
  }

  var waivers: String? {
    let entries = applications.flatMap { application in
      application.waived.sorted().map {
        "  - {application: \(application.id), rule: \($0), authority: 局, document: 文, reason: 由, expires: 2028-12-31}\n"
      }
    }
    return entries.isEmpty ? nil : entries.joined()
  }

  /// - Parameter missing: whether something may be missing; without it everything is decided.
  init(_ random: inout SeededNumbers, missing: Bool) {
    limits = random.pick(random.chance(2) ? RandomLimits.all : RandomLimits.wide)
    hasRegistry = !(missing && random.chance(10))
    /// All at one point, in one place of many.
    let point = random.chance(10) ? random.below(Self.places) : nil
    let isOfTwoYears = random.chance(4)
    let isScored = !random.chance(6)
    func place(_ random: inout SeededNumbers) -> Int { point ?? random.below(Self.places) }
    rows = (0..<random.below(5)).map { index in
      var row = RandomRow(
        id: "P\(index)", isHospital: random.chance(3),
        district: missing && random.chance(8) ? nil : random.pick(Self.districts),
        street: missing && random.chance(8) ? nil : random.pick(Self.streets),
        place: place(&random), beds: random.pick([20, 40]),
        status: random.chance(3)
          ? random.pick(["suspended", "terminated", "leaving", "leaving"]) : "active")
      // A row without a district has to have a place.
      if missing, row.district != nil, random.chance(8) { row.place = nil }
      if missing, row.isHospital, random.chance(8) { row.beds = nil }
      return row
    }
    applications = []
    for index in 0..<(1 + random.below(7)) {
      let row = rows.isEmpty || !random.chance(3) ? nil : random.pick(rows)
      let isLeaving = random.chance(2)
      let isUsed = applications.contains { $0.institution == row?.id }
      applications.append(
        RandomApplication(
          id: "A\(index)",
          isHospital: row.map { isLeaving && random.chance(4) ? !$0.isHospital : $0.isHospital }
            ?? random.chance(3),
          district: missing && random.chance(10) ? nil : random.pick(Self.districts),
          street: missing && random.chance(10) ? nil : random.pick(Self.streets),
          place: missing && random.chance(12) ? nil : place(&random),
          isBuiltUp: missing && random.chance(8) ? nil : random.chance(2),
          isPublic: random.chance(8),
          occupancy: missing && random.chance(4) ? nil : random.chance(8) ? 10 : 60,
          beds: random.pick([10, 20, 30, 60]),
          score: !isScored || missing && random.chance(6) ? nil : random.below(5),
          year: isOfTwoYears && random.chance(2) ? 2027 : 2026, day: 1 + random.below(3),
          isExempt: random.chance(8), hasPriority: random.chance(6), holds: random.chance(8),
          institution: isLeaving || isUsed ? nil : row?.id, replaces: isLeaving ? row?.id : nil,
          waived: Set(
            (limits.parts.contains(.streets) ? ["CAP", "STREET"] : ["CAP"]).filter { _ in
              random.chance(12)
            })))
    }
  }
}

extension RandomBatch: CustomStringConvertible {
  /// All of it, to be read or tried by hand.
  var description: String {
    "\(limits)\nregistry: \(registry ?? "none")\n"
      + applications.map { "- {\($0.yaml)}" }.joined(separator: "\n")
      + (waivers.map { "\nwaivers:\n\($0)" } ?? "")
  }
}
