/// What the profile of a random batch demands: the rules that all have, and the parts that some have beside them.
struct RandomLimits: Hashable {
  enum Part: CaseIterable {
    /// So many pharmacies on a street of a district, those of the registry counted by a tally.
    case streets
    /// So many beds in a district, those of the registry added up by a tally.
    case wards
    /// A second circle, around institutions of any kind or of the same by a reading, in which the accuracy of coordinates counts.
    case close
    /// A limit in two parts: one that binds outside the built-up area, and one that is advisory.
    case watched
    /// So many new places a year, beginning at what the facts have.
    case yearly
  }

  var places: Int
  var builtUp: Int
  var beds: Int
  var neighbours: Int
  var radius = 800
  var parts: Set<Part> = []
  var onStreet = 1
  var inWard = 60
  /// The applicant counts in it.
  var close = 2
  /// Metres; two steps of the street lie within the accuracy of 600, and outside 500.
  var closeRadius = 600
  var closeCountsAll = true
  var outside = 1
  var watched = 1
  var yearly = 2

  static let all: [RandomLimits] = (0..<12).map { index in
    RandomLimits(
      places: index % 3, builtUp: 1 + index % 2, beds: [100, 130][index % 2],
      neighbours: (index / 3) % 3)
  }

  /// Looser where all have to hold, so that not everybody is refused by one or another.
  static let wide: [RandomLimits] = {
    var random = SeededNumbers(seed: 11)
    return (0..<24).map { _ in
      RandomLimits(
        places: 1 + random.below(3), builtUp: 1 + random.below(3), beds: random.pick([100, 130]),
        neighbours: 1 + random.below(3),
        parts: Set(Part.allCases.filter { _ in !random.chance(3) }),
        onStreet: 1 + random.below(3), inWard: random.pick([40, 60, 120]),
        close: 1 + random.below(4), closeRadius: random.pick([500, 600]),
        closeCountsAll: random.chance(2), outside: 1 + random.below(2), watched: random.below(3),
        yearly: 1 + random.below(3))
    }
  }()

  /// Limits that a profile with the same rules might have instead.
  func another(_ random: inout SeededNumbers) -> RandomLimits {
    var other = random.pick(parts.isEmpty ? Self.all : Self.wide)
    other.parts = parts
    other.radius = random.pick([300, 800, 1_300])
    return other
  }

  /// Those after these in their list, for a profile with the same rules.
  var next: RandomLimits {
    let list = parts.isEmpty ? Self.all : Self.wide
    guard let index = list.firstIndex(of: self) else { return self }
    var next = list[(index + 1) % list.count]
    next.parts = parts
    return next
  }

  var policy: String { policy(otherwise: self) }

  /// The limits with one other changed after the other.
  func changed(to other: RandomLimits) -> [String: RandomLimits] {
    func with<Value>(_ limit: WritableKeyPath<RandomLimits, Value>) -> RandomLimits {
      var limits = self
      limits[keyPath: limit] = other[keyPath: limit]
      return limits
    }
    var changed = [
      "places": with(\.places), "built_up_places": with(\.builtUp), "most_beds": with(\.beds),
      "neighbours": with(\.neighbours), "around": with(\.radius),
    ]
    if parts.contains(.streets) { changed["on_one_street"] = with(\.onStreet) }
    if parts.contains(.wards) { changed["in_one_ward"] = with(\.inWard) }
    if parts.contains(.close) {
      changed["close_together"] = with(\.close)
      changed["close_by"] = with(\.closeRadius)
      changed["counting"] = with(\.closeCountsAll)
    }
    if parts.contains(.watched) {
      changed["outside_places"] = with(\.outside)
      changed["watched_places"] = with(\.watched)
    }
    if parts.contains(.yearly) { changed["yearly_places"] = with(\.yearly) }
    return changed.filter { $0.value != self }
  }

  /// A profile with these limits, each with that of another as its alternative.
  func policy(otherwise other: RandomLimits) -> String {
    func parameter(
      _ name: String, _ limit: KeyPath<RandomLimits, Int>, _ unit: String, basis: String = "MUST"
    ) -> String {
      let (own, other) = (self[keyPath: limit], other[keyPath: limit])
      let readings =
        own == other ? "" : ", alternatives: [\(other)], reading: {zh: 读法, en: reading}"
      return "  \(name): {value: \(own)\(readings), unit: \(unit), basis: \(basis)}"
    }
    var parameters = [
      parameter("places", \.places, "institutions", basis: "PRINCIPLE"),
      parameter("built_up_places", \.builtUp, "institutions"),
      parameter("most_beds", \.beds, "beds"),
      parameter("neighbours", \.neighbours, "institutions"),
      "  least: {value: 50, unit: percent, basis: MUST}",
      parameter("around", \.radius, "m"), "  exact: {value: 0, unit: m, basis: MUST}",
    ]
    var circles = [
      "  nearby: {within: around, accuracy: exact, where: \"neighbour.kind == application.kind\", basis: MUST}"
    ]
    var tallies: [String] = []
    var others: [String] = []
    if parts.contains(.streets) {
      parameters.append(
        parameter("on_one_street", \.onStreet, "institutions", basis: "PRINCIPLE"))
      tallies.append(
        "  pharmacies_on_street: {sum: places, over: [district, street], where: \"neighbour.kind == 'retail_pharmacy'\", basis: MUST}"
      )
    }
    if parts.contains(.wards) {
      parameters.append(parameter("in_one_ward", \.inWard, "beds"))
      tallies.append(
        "  beds_in_ward: {sum: beds, over: [district], where: \"neighbour.kind == 'hospital'\", basis: MUST}"
      )
    }
    if parts.contains(.close) {
      parameters += [
        parameter("close_together", \.close, "institutions"),
        parameter("close_by", \.closeRadius, "m"),
        "  sharp: {value: \(RandomBatch.accuracyMetres), unit: m, basis: MUST}",
      ]
      circles.append(
        "  closely: {within: close_by, accuracy: sharp, where: \"reading.counting == 'all' || neighbour.kind == application.kind\", basis: MUST}"
      )
      let (value, alternative) = closeCountsAll ? ("all", "own") : ("own", "all")
      others += [
        "readings:",
        "  counting: {basis: MUST, value: \(value), alternatives: [\(alternative)], zh: 读法, en: reading}",
      ]
    }
    if parts.contains(.watched) {
      parameters += [
        parameter("outside_places", \.outside, "institutions"),
        parameter("watched_places", \.watched, "institutions"),
      ]
    }
    if parts.contains(.yearly) {
      parameters.append(parameter("yearly_places", \.yearly, "institutions"))
      others += [
        "figures:",
        "  admitted: {value: \"facts.admitted[year].retail_pharmacy\", unit: institutions, basis: MUST}",
      ]
    }
    if !tallies.isEmpty { others += ["tallies:"] + tallies }
    return InventedCity.policy(
      (["parameters:"] + parameters + ["circles:"] + circles + others + [
        Self.clauses
      ])
      .joined(separator: "\n"),
      rules: Self.rules + Part.allCases.filter(parts.contains).map(Self.rule))
  }

  private static let clauses = """
    conditions:
      adds_beds: application.new_beds > 0
    exemptions:
      university: {basis: FREE, name: {zh: 高校, en: university}, when: "'embedded_in_university' in application.circumstances"}
    exceptions:
      gap: {basis: MAY, name: {zh: 空白, en: gap}, when: nearby == 0}
    priorities:
      short: {basis: FIRST, name: {zh: 短缺, en: short}, when: "'shortage_specialty' in application.circumstances"}
    """

  private static let rules = [
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
  ]

  /// The ids of the rules that any random profile may have.
  static let ruleIDs = [
    "OWN", "OCC", "CAP", "BUILT", "BEDS", "SPACE", "STREET", "WARD", "CLOSE", "WATCHED", "YEARLY",
  ]

  private static func rule(_ part: Part) -> String {
    switch part {
    case .streets:
      InventedCity.rule(
        "STREET",
        """
        for: "application.kind == 'retail_pharmacy'"
        limit: {take: place, over: [district, street], used: pharmacies_on_street, at_most: on_one_street}
        exempt: [university]
        """, basis: "PRINCIPLE")
    case .wards:
      InventedCity.rule(
        "WARD",
        """
        categories: [inpatient]
        limit: {take: beds, over: [district], used: beds_in_ward, at_most: in_one_ward}
        exempt: [university]
        """)
    // Nothing exempts from it, so that with it nobody is exempt from all that it competes in.
    case .close:
      InventedCity.rule(
        "CLOSE", "spacing: {circle: closely, counts_applicant: true, at_most: close_together}")
    case .watched:
      InventedCity.rule(
        "WATCHED",
        """
        limits:
          - {for: "application.area == 'outside_built_up'", take: place, over: [city], at_most: outside_places}
          - {advisory: true, name: watched, take: place, over: [district], used: district.stock.retail_pharmacy, at_most: watched_places, message: {zh: 提示, en: note}}
        exempt: [university]
        """)
    case .yearly:
      InventedCity.rule(
        "YEARLY",
        """
        limit: {take: place, over: [city, year], used: admitted, at_most: yearly_places}
        exempt: [university]
        """)
    }
  }
}
