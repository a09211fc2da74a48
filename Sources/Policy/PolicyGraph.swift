package import Cases
package import Expression

/// What each definition and rule of a profile rests on, directly and through other definitions.
///
/// The one answer to every question of this kind: whether another reading may change a rule, which fields an application is told
/// apart by, what a profile never uses, what a starter file has to ask for, whether a definition rests on itself.
package struct PolicyGraph: Sendable {
  /// A figure, condition, circle, tally or apportionment, and what it is made of.
  package struct Definition: Sendable {
    package var name: String
    package var programs: [Program]
    /// The parameters that it names outside its expressions.
    package var parameters: [String] = []
  }

  private let layout: Layout
  private let definitions: [Definition]
  /// By definition: where its name stands in the layout.
  private let places: [Int]
  /// By place in the layout: all that a definition rests on, itself not among it unless it is defined by itself.
  private let reached: [NameSet]
  /// By definition: how many levels deep it is, itself counted.
  private let levels: [Int]

  package init(_ names: PolicyNames, _ definitions: [Definition]) {
    let layout = Layout(names)
    self.layout = layout
    self.definitions = definitions
    places = definitions.map { layout.place(of: $0.name) ?? 0 }
    var reached = [NameSet](repeating: NameSet(layout.count), count: layout.count)
    for (definition, place) in zip(definitions, places) {
      reached[place] = layout.direct(definition.programs)
      for name in definition.parameters { layout.place(of: name).map { reached[place].insert($0) } }
    }
    let order: [Int]
    (levels, order) = Self.levels(places, reached)
    for place in order {
      var whole = reached[place]
      reached[place].forEach { whole.formUnion(reached[$0]) }
      reached[place] = whole
    }
    // What rests on itself is left, and found by rounds.
    let ordered = Set(order)
    let places = places.filter { !ordered.contains($0) }
    var isChanged = !places.isEmpty
    while isChanged {
      isChanged = false
      for place in places {
        var whole = reached[place]
        reached[place].forEach { whole.formUnion(reached[$0]) }
        if whole != reached[place] {
          reached[place] = whole
          isChanged = true
        }
      }
    }
    self.reached = reached
  }

  /// Everything that some expressions rest on, and some definitions by name, these included.
  package func reach(_ programs: [Program], names: [String] = []) -> Reach {
    var found = layout.direct(programs)
    for name in names { layout.place(of: name).map { found.insert($0) } }
    var whole = found
    for place in places where found.contains(place) { whole.formUnion(reached[place]) }
    return Reach(names: whole, layout: layout)
  }

  /// The same without what some circles rest on themselves.
  package func reach(_ programs: [Program], without circles: [Int]) -> Reach {
    var found = layout.direct(programs)
    var open = places.filter(found.contains)
    while let place = open.popLast() {
      guard !circles.contains(place - layout.circles.lowerBound),
        let index = places.firstIndex(of: place)
      else { continue }
      let inner = layout.direct(definitions[index].programs)
      open += places.filter { inner.contains($0) && !found.contains($0) }
      found.formUnion(inner)
    }
    return Reach(names: found, layout: layout)
  }

  /// Expressions and those of every definition that they rest on.
  package func programs(_ programs: [Program], _ reach: Reach) -> [Program] {
    var found = programs
    for (definition, place) in zip(definitions, places) where reach.names.contains(place) {
      found += definition.programs
    }
    return found
  }

  /// By definition: how many levels of others it rests on, none where it rests on itself; and the places of the others, each after
  /// all that it rests on.
  private static func levels(
    _ places: [Int], _ direct: [NameSet]
  ) -> (levels: [Int], order: [Int]) {
    var used: [[Int]] = places.map { _ in [] }
    var users: [[Int]] = places.map { _ in [] }
    let numbers = Dictionary(
      places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for (number, place) in places.enumerated() {
      direct[place].forEach { other in
        guard let other = numbers[other], other != number else { return }
        used[number].append(other)
        users[other].append(number)
      }
    }
    // Each is counted when all that it rests on are, so that nothing is looked at twice.
    var open = used.map(\.count)
    var levels = [Int](repeating: 0, count: places.count)
    var ready = open.indices.filter { open[$0] == 0 && !direct[places[$0]].contains(places[$0]) }
    var order: [Int] = []
    while let number = ready.popLast() {
      order.append(places[number])
      levels[number] = (used[number].lazy.map { levels[$0] }.max() ?? 0) + 1
      for user in users[number] {
        open[user] -= 1
        if open[user] == 0 { ready.append(user) }
      }
    }
    return (levels, order)
  }

  /// The first definition that rests on others through more levels than `most`; nil where none does.
  func tooDeep(_ most: Int) -> String? {
    zip(definitions, levels).first { $1 > most }?.0.name
  }

  /// The shortest way by which a definition rests on itself, from it on; nil where it does not.
  func cycle(through name: String) -> [String]? {
    guard let start = layout.place(of: name), reached[start].contains(start) else { return nil }
    let direct = Dictionary(
      zip(places, definitions).map { place, definition in
        var names = layout.direct(definition.programs)
        for name in definition.parameters { layout.place(of: name).map { names.insert($0) } }
        return (place, names)
      }, uniquingKeysWith: { first, _ in first })
    let called = Dictionary(
      zip(places, definitions.map(\.name)), uniquingKeysWith: { first, _ in first })
    var ways = [[start]]
    var seen: Set<Int> = []
    while !ways.isEmpty {
      let way = ways.removeFirst()
      guard let last = way.last, let next = direct[last] else { continue }
      if next.contains(start) { return way.compactMap { called[$0] } }
      for place in places where next.contains(place) && seen.insert(place).inserted {
        ways.append(way + [place])
      }
    }
    return nil
  }

  /// The fields of a record that expressions look at, through whatever they rest on; nil where one looks at the record as a whole.
  package func fields(
    of record: String, _ shape: RecordShape, _ programs: [Program], _ reach: Reach
  ) -> [Int]? {
    var found: [Int] = []
    for program in self.programs(programs, reach) {
      var isLookedAt = false
      for path in program.references.paths {
        let parts = path.split(separator: ".", maxSplits: 2)
        guard let first = parts.first, first == record else { continue }
        guard parts.count > 1, let field = shape.index(of: String(parts[1].prefix { $0 != "[" }))
        else { return nil }
        isLookedAt = true
        if !found.contains(field) { found.append(field) }
      }
      if !isLookedAt, program.references.variables.contains(record) { return nil }
    }
    return found.sorted()
  }
}

extension PolicyGraph {
  /// What something rests on.
  package struct Reach: Sendable {
    fileprivate var names: NameSet
    fileprivate let layout: Layout

    package func contains(_ slot: PolicyNames.Slot) -> Bool {
      layout.place(of: slot).map(names.contains) ?? false
    }

    package func contains(reading index: Int) -> Bool {
      names.contains(layout.readings.lowerBound + index)
    }

    package func contains(anyOf slots: [PolicyNames.Slot]) -> Bool {
      slots.contains(where: contains)
    }

    package var parameters: [Int] { indices(layout.parameters) }
    package var figures: [Int] { indices(layout.figures) }
    package var conditions: [Int] { indices(layout.conditions) }
    package var circles: [Int] { indices(layout.circles) }
    package var tallies: [Int] { indices(layout.tallies) }
    package var allocations: [Int] { indices(layout.allocations) }
    package var readings: [Int] { indices(layout.readings) }

    /// Whether it counts anything: circles, tallies, apportionments, which differ from subject to subject.
    package var counts: Bool {
      [layout.circles, layout.tallies, layout.allocations].contains {
        $0.contains(where: names.contains)
      }
    }

    /// Names that only messages may use, such as `measured`.
    package var looksAtExtras: Bool { layout.extras.contains(where: names.contains) }

    /// Whether it is made of literals and parameters.
    package var looksAtParametersAlone: Bool { holds(nothingBut: [layout.parameters]) }

    /// Whether it looks at an applicant, its neighbour, parameters and readings, and at nothing else.
    package var looksAtTwoAlone: Bool {
      holds(
        nothingBut: [layout.parameters, layout.readings]
          + [.application, .neighbour, .reading].compactMap { slot in
            layout.place(of: slot).map { $0..<($0 + 1) }
          })
    }

    private func holds(nothingBut ranges: [Range<Int>]) -> Bool {
      (0..<layout.count).allSatisfy { place in
        !names.contains(place) || ranges.contains { $0.contains(place) }
      }
    }

    private func indices(_ range: Range<Int>) -> [Int] {
      range.filter(names.contains).map { $0 - range.lowerBound }
    }

    package func union(_ other: Reach) -> Reach {
      var result = self
      result.names.formUnion(other.names)
      return result
    }
  }

  /// Where every name of a profile stands, its readings after all others.
  fileprivate struct Layout: Sendable {
    let count: Int
    let parameters: Range<Int>
    let figures: Range<Int>
    let conditions: Range<Int>
    let circles: Range<Int>
    let tallies: Range<Int>
    let allocations: Range<Int>
    let extras: Range<Int>
    let readings: Range<Int>
    private let byName: [String: Int]
    private let slots: [PolicyNames.Slot]

    init(_ names: PolicyNames) {
      func range(_ isIncluded: (PolicyNames.Slot) -> Bool) -> Range<Int> {
        let found = names.slots.indices.filter { isIncluded(names.slots[$0]) }
        return (found.first ?? 0)..<(found.last.map { $0 + 1 } ?? 0)
      }
      slots = names.slots
      parameters = range { if case .parameter = $0 { true } else { false } }
      figures = range { if case .figure = $0 { true } else { false } }
      conditions = range { if case .condition = $0 { true } else { false } }
      circles = range { if case .circle = $0 { true } else { false } }
      tallies = range { if case .tally = $0 { true } else { false } }
      allocations = range { if case .allocation = $0 { true } else { false } }
      extras = range { if case .extra = $0 { true } else { false } }
      var byName = Dictionary(
        names.all.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      let shape = names.readingShape
      readings = names.slots.count..<(names.slots.count + shape.fields.count)
      for (index, field) in shape.fields.enumerated() {
        byName[Self.readingPrefix + field.name] = readings.lowerBound + index
      }
      self.byName = byName
      count = readings.upperBound
    }

    static let readingPrefix = "reading."

    func place(of name: String) -> Int? { byName[name] }

    func place(of slot: PolicyNames.Slot) -> Int? {
      switch slot {
      case .parameter(let index): parameters.lowerBound + index
      case .figure(let index): figures.lowerBound + index
      case .condition(let index): conditions.lowerBound + index
      case .circle(let index): circles.lowerBound + index
      case .tally(let index): tallies.lowerBound + index
      case .allocation(let index): allocations.lowerBound + index
      case .extra(let index): extras.lowerBound + index
      default: slots.firstIndex(of: slot)
      }
    }

    /// What expressions name themselves; one that looks at the readings as a whole looks at each.
    func direct(_ programs: [Program]) -> NameSet {
      var found = NameSet(count)
      for program in programs {
        var hasReading = false
        for path in program.references.paths where path.hasPrefix(Self.readingPrefix) {
          let name = path.dropFirst(Self.readingPrefix.count).prefix { $0 != "." && $0 != "[" }
          guard let place = byName[Self.readingPrefix + name] else { continue }
          found.insert(place)
          hasReading = true
        }
        for name in program.references.variables {
          guard let place = byName[name] else { continue }
          found.insert(place)
          if name == "reading", !hasReading { readings.forEach { found.insert($0) } }
        }
      }
      return found
    }
  }

  /// Numbers below a bound, each once.
  fileprivate struct NameSet: Sendable, Equatable {
    private var words: [UInt64]

    init(_ count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

    func contains(_ number: Int) -> Bool { words[number >> 6] & (1 << UInt64(number & 63)) != 0 }

    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

    func forEach(_ body: (Int) -> Void) {
      for (index, word) in words.enumerated() where word != 0 {
        var rest = word
        while rest != 0 {
          body(index << 6 + rest.trailingZeroBitCount)
          rest &= rest - 1
        }
      }
    }

    mutating func formUnion(_ other: NameSet) {
      for index in words.indices { words[index] |= other.words[index] }
    }
  }
}

extension Policy {
  /// What a profile defines, for its graph.
  package static func definitions(
    figures: [Figure], conditions: [Condition], circles: [CircleDefinition], tallies: [Tally],
    allocations: [Allocate], parameters: [Parameter]
  ) -> [PolicyGraph.Definition] {
    var found: [PolicyGraph.Definition] = []
    for figure in figures { found.append(.init(name: figure.name, programs: figure.sources)) }
    for condition in conditions {
      found.append(.init(name: condition.name, programs: [condition.program]))
    }
    for circle in circles {
      let named = [circle.radius, circle.accuracy].compactMap(\.self)
      found.append(
        .init(
          name: circle.name, programs: [circle.program],
          parameters: named.map { parameters[$0].name }))
    }
    for tally in tallies { found.append(.init(name: tally.name, programs: [tally.program])) }
    for allocation in allocations {
      found.append(.init(name: allocation.name, programs: allocation.programs))
    }
    return found
  }
}

// MARK: Rules

extension Rule {
  /// Everything that is evaluated to decide it, messages aside.
  package var programs: [Program] { (applies.map { [$0] } ?? []) + appliedPrograms }

  /// The same where it applies.
  package var appliedPrograms: [Program] {
    var programs: [Program] = []
    switch constraint {
    case .require(let require): programs += require.programs
    case .limit(let limit):
      for part in limit.parts {
        programs += [part.applies, part.binds, part.used, part.atMost, part.reviewUpTo].compactMap(
          \.self)
      }
    case .spacing(let spacing): programs.append(spacing.atMost)
    }
    return programs + notes.flatMap(\.programs)
  }

  /// What of it is said.
  package var messagePrograms: [Program] {
    var templates = [message] + [arithmetic, remedy].compactMap(\.self) + notes.map(\.message)
    if case .limit(let limit) = constraint { templates += limit.parts.compactMap(\.message) }
    return templates.flatMap(\.programs)
  }
}

extension Policy {
  /// What a rule's demand and whether it applies rest on, exemptions and exceptions aside; its demand alone `whereApplied`.
  package func demandReach(_ rule: Rule, whereApplied: Bool = false) -> PolicyGraph.Reach {
    var named: [String] = []
    if case .spacing(let spacing) = rule.constraint { named = [circles[spacing.circle].name] }
    return graph.reach(whereApplied ? rule.appliedPrograms : rule.programs, names: named)
  }

  /// The expressions of a rule's exemptions and exceptions.
  package func clausePrograms(_ rule: Rule) -> [Program] {
    rule.exemptions.map { exemptions[$0].program } + rule.exceptions.map { exceptions[$0].program }
  }
}
