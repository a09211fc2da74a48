/// A small generator with a seed, so that a failing batch can be made again.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func chance(_ of: Int) -> Bool { below(of) == 0 }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
  mutating func shuffle<Item>(_ items: inout [Item]) {
    for index in items.indices.reversed() { items.swapAt(index, below(index + 1)) }
  }
}

/// What the limits of a random batch allow.
struct RandomLimits: Hashable {
  var places: Int
  var builtUp: Int
  var beds: Int
  var neighbours: Int
  var radius = 800

  static let all: [RandomLimits] = (0..<12).map { index in
    RandomLimits(
      places: index % 3, builtUp: 1 + index % 2, beds: [100, 130][index % 2],
      neighbours: (index / 3) % 3)
  }

  var policy: String { policy(otherwise: self) }

  /// The limits with one other changed after the other.
  func changed(to other: RandomLimits) -> [String: RandomLimits] {
    func with(_ change: (inout RandomLimits) -> Void) -> RandomLimits {
      var limits = self
      change(&limits)
      return limits
    }
    return [
      "places": with { $0.places = other.places },
      "built_up_places": with { $0.builtUp = other.builtUp },
      "most_beds": with { $0.beds = other.beds },
      "neighbours": with { $0.neighbours = other.neighbours },
      "around": with { $0.radius = other.radius },
    ].filter { $0.value != self }
  }

  /// A profile with these limits, each with that of another as its alternative.
  func policy(otherwise other: RandomLimits) -> String {
    func value(_ own: Int, _ other: Int) -> String {
      own == other
        ? "value: \(own)"
        : "value: \(own), alternatives: [\(other)], reading: {zh: 读法, en: reading}"
    }
    return InventedCity.policy(
      """
      parameters:
        places: {\(value(places, other.places)), unit: institutions, basis: PRINCIPLE}
        built_up_places: {\(value(builtUp, other.builtUp)), unit: institutions, basis: MUST}
        most_beds: {\(value(beds, other.beds)), unit: beds, basis: MUST}
        neighbours: {\(value(neighbours, other.neighbours)), unit: institutions, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
        around: {\(value(radius, other.radius)), unit: m, basis: MUST}
        exact: {value: 0, unit: m, basis: MUST}
      conditions:
        adds_beds: application.new_beds > 0
      circles:
        nearby: {within: around, accuracy: exact, where: "neighbour.kind == application.kind", basis: MUST}
      exemptions:
        university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
      exceptions:
        gap: {basis: MAY, name: {zh: 空白, en: gap}, when: nearby == 0}
      priorities:
        short: {basis: FIRST, name: {zh: 短缺, en: short}, when: "'shortage_specialty' in application.circumstances"}
      """,
      rules: [
        InventedCity.rule("OWN", "require: {that: \"application.ownership != 'public'\"}"),
        InventedCity.rule(
          "OCC", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
        InventedCity.rule(
          "CAP",
          """
          limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: places}
          exempt: [university]
          except: [gap]
          """, basis: "PRINCIPLE"),
        InventedCity.rule(
          "BUILT",
          """
          for: "application.area == 'built_up'"
          limit: {take: place, over: [city], at_most: built_up_places}
          exempt: [university]
          """),
        InventedCity.rule(
          "BEDS",
          """
          categories: [inpatient]
          for: adds_beds
          limit: {take: beds, over: [city], used: facts.beds.designated, at_most: most_beds}
          exempt: [university]
          """),
        InventedCity.rule(
          "SPACE", "spacing: {circle: nearby, at_most: neighbours}\nexempt: [university]"),
      ])
  }
}

/// An application of a random batch, with nil for what is missing.
struct RandomApplication {
  var id: String
  var isHospital: Bool
  var district: String?
  /// Its place on a street of 300 m steps.
  var place: Int?
  var isBuiltUp: Bool?
  var isPublic: Bool
  var occupancy: Int?
  var beds: Int
  var score: Int?
  var day: Int
  var isExempt: Bool
  var hasPriority: Bool
  var holds: Bool
  var institution: String?
  var replaces: String?
  var isWaived: Bool

  var yaml: String {
    var parts = [
      "id: \(id)", "submitted: 2026-03-0\(day)", "ownership: \(isPublic ? "public" : "private")",
    ]
    let category = isHospital ? "inpatient" : "retail_pharmacy"
    parts += ["kind: \(isHospital ? "hospital" : "retail_pharmacy")", "requests: [\(category)]"]
    if let district { parts.append("district: \(district)") }
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

/// A row of a random registry.
struct RandomRow {
  var id: String
  var isHospital: Bool
  var place: Int
  var beds: Int
}

struct RandomBatch {
  var limits: RandomLimits
  var rows: [RandomRow]
  var applications: [RandomApplication]

  static let places = 8
  static let usedBeds = 40
  static let usedPlaces = ["东": 0, "西": 1]

  static let facts =
    "beds: {designated: 40}\ndistricts: [{name: 东, stock: {retail_pharmacy: 0}}, {name: 西, stock: {retail_pharmacy: 1}}]\n"

  /// Seven digits are a centimetre: with the parameter at zero no distance of this street lies within its accuracy.
  static func site(_ place: Int) -> String {
    let millionths = 116_700_000 + place * 3_244
    let fraction = String(millionths % 1_000_000)
    return
      "lon: \(millionths / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)0, lat: 33.9000000, datum: wgs84"
  }

  var registry: String {
    rows.isEmpty
      ? "[]"
      : rows.map {
        "- {id: \($0.id), kind: \($0.isHospital ? "hospital" : "retail_pharmacy"), categories: [], beds: \($0.beds), status: active, \(Self.site($0.place))}\n"
      }.joined()
  }

  var waivers: String? {
    let waived = applications.filter(\.isWaived)
    return waived.isEmpty
      ? nil
      : waived.map {
        "  - {application: \($0.id), rule: CAP, authority: 局, document: 文, reason: 由, expires: 2027-12-31}\n"
      }.joined()
  }

  /// - Parameter missing: whether something may be missing; without it everything is decided.
  init(_ random: inout SeededNumbers, missing: Bool) {
    limits = random.pick(RandomLimits.all)
    rows = (0..<random.below(4)).map { index in
      RandomRow(
        id: "P\(index)", isHospital: random.chance(3), place: random.below(Self.places),
        beds: random.pick([20, 40]))
    }
    applications = []
    for index in 0..<(1 + random.below(7)) {
      let row = rows.isEmpty || !random.chance(3) ? nil : random.pick(rows)
      let isLeaving = random.chance(2)
      applications.append(
        RandomApplication(
          id: "A\(index)", isHospital: row?.isHospital ?? random.chance(3),
          district: missing && random.chance(10) ? nil : random.pick(["东", "西"]),
          place: missing && random.chance(12) ? nil : random.below(Self.places),
          isBuiltUp: missing && random.chance(8) ? nil : random.chance(2),
          isPublic: random.chance(8),
          occupancy: missing && random.chance(4) ? nil : random.chance(8) ? 10 : 60,
          beds: random.pick([10, 20, 30, 60]), score: random.chance(4) ? nil : random.below(5),
          day: 1 + random.below(3), isExempt: random.chance(8), hasPriority: random.chance(6),
          holds: random.chance(8), institution: isLeaving ? nil : row?.id,
          replaces: isLeaving ? row?.id : nil, isWaived: random.chance(12)))
    }
  }
}
