package import Cases
package import Expression

/// The names that the conditions of a profile may use, and what each stands for.
package struct PolicyNames: Sendable {
  package enum Slot: Sendable, Hashable {
    case application
    case plan
    case facts
    case district
    case category
    case year
    case reading
    case parameter(Int)
    case figure(Int)
    case condition(Int)
    case circle(Int)
    case tally(Int)
    case allocation(Int)
    /// The covered city of the tenant, by id.
    case place
    /// In rules about the districts of a plan alone.
    case planDistrict
    /// In the conditions of circles and tallies alone.
    case neighbour
    /// In messages alone; see ``extras``.
    case extra(Int)
  }

  /// What messages may name beside everything that conditions see.
  package static let extras: [(name: String, type: Type)] = [
    ("measured", .decimal), ("limit", .decimal), ("used", .decimal), ("taken", .decimal),
    ("take", .decimal), ("rank", .decimal), ("radius", .decimal),
  ]

  package let slots: [Slot]
  package let readingShape: RecordShape
  let applicationSlot: Int
  let categorySlot: Int
  let circleSlots: [Int]
  private let variables: [Environment.Variable]
  /// By place: made once, since a profile has more than a thousand expressions.
  private let environments: [Environment]

  /// By slot: its name.
  package var all: [String] { variables.map(\.name) }

  /// Names in the order of the profile.
  package init(
    parameters: [String], readings: [(name: String, values: [String])], figures: [String],
    conditions: [String], circles: [String], tallies: [String], allocations: [String],
    _ catalogue: Catalogue
  ) {
    readingShape = RecordShape(
      "reading",
      readings.map { reading in
        .init(
          reading.name,
          .word(VocabularyTable(reading.name, zh: "", en: "", reading.values.map { ($0, "", "") })),
          .required, zh: "", en: "")
      })
    var slots: [Slot] = []
    var variables: [Environment.Variable] = []
    func add(_ name: String, _ type: Type, _ slot: Slot) {
      variables.append(Environment.Variable(name, type))
      slots.append(slot)
    }
    applicationSlot = slots.count
    add("application", .record(catalogue.application.type), .application)
    add("plan", .record(catalogue.plan.type), .plan)
    add("facts", .record(catalogue.facts.type), .facts)
    add("district", .record(catalogue.district.type), .district)
    categorySlot = slots.count
    add("category", .symbol(catalogue.words.category.type), .category)
    add("year", .decimal, .year)
    add("place", .string, .place)
    add("plan_district", .record(catalogue.planDistrict.type), .planDistrict)
    add("reading", .record(readingShape.type), .reading)
    for (index, name) in parameters.enumerated() { add(name, .decimal, .parameter(index)) }
    for (index, name) in figures.enumerated() { add(name, .decimal, .figure(index)) }
    for (index, name) in conditions.enumerated() { add(name, .bool, .condition(index)) }
    var circleSlots: [Int] = []
    for (index, name) in circles.enumerated() {
      circleSlots.append(slots.count)
      add(name, .decimal, .circle(index))
    }
    self.circleSlots = circleSlots
    for (index, name) in tallies.enumerated() { add(name, .decimal, .tally(index)) }
    for (index, name) in allocations.enumerated() { add(name, .decimal, .allocation(index)) }
    add("neighbour", .record(catalogue.neighbour.type), .neighbour)
    for (index, extra) in Self.extras.enumerated() { add(extra.name, extra.type, .extra(index)) }
    self.slots = slots
    self.variables = variables
    environments = Place.allCases.map { Self.environment($0, variables, slots) }
  }

  /// Where an expression stands decides which names it may use.
  package enum Place: Int, Sendable, CaseIterable {
    case condition
    case circle
    case message
  }

  /// The names of a place; those that are out of place there keep their slots under a name that nobody can write.
  package func environment(_ place: Place) -> Environment { environments[place.rawValue] }

  private static func environment(
    _ place: Place, _ variables: [Environment.Variable], _ slots: [Slot]
  ) -> Environment {
    let visible = zip(variables, slots).map { variable, slot in
      let isVisible =
        switch slot {
        case .neighbour: place == .circle
        case .extra: place == .message
        default: true
        }
      return isVisible ? variable : Environment.Variable("(\(variable.name))", variable.type)
    }
    return Environment(
      variables: visible, numbers: .quantities, functions: .policy,
      forbidNumbersBut: [Exact(0), Exact(1)])
  }

  /// The names that a profile may not give to something of its own.
  package static let reserved =
    [
      "application", "plan", "facts", "district", "category", "year", "place",
      "plan_district", "reading", "neighbour",
    ]
    + extras.map(\.name)
}
