import Diagnostics
import Expression

/// The values that a run decides with: each parameter and reading of the profile, as stated or flipped.
struct Settings: Sendable {
  var parameters: [Value]
  var readings: [String]

  init(_ policy: Policy) {
    parameters = policy.parameters.map { .decimal($0.value) }
    readings = policy.readings.map(\.value)
  }
}

/// What conditions see of one subject: the meaning of every name that a profile may use.
///
/// Figures and conditions are worked out when they are asked for and kept until the subject, category or assumptions change.
// SAFETY: each context belongs to one run on one thread; Sendable is what `Activation` asks of every conformer.
final class EvaluationContext: Activation, @unchecked Sendable {
  let policy: Policy
  let settings: Settings
  let facts: Facts
  let registry: Registry

  /// The subject: an application or a plan.
  private var subject: DataRecord?
  private var districtName: Value = .null
  private var category: Category?
  private var year: Int = 0
  private(set) var subjectPath = ""
  /// What is assumed about missing data, by path.
  var overrides: [String: Value] = [:] { didSet { generation &+= 1 } }
  /// The institution that a circle's condition looks at.
  var neighbour: Value = .null
  /// `measured`, `limit` and the others that messages may name.
  var extras: [Value] = []
  /// How many a circle counts, as a value or an unknown of known bounds.
  var circleCount: ((_ circle: Int) -> Value)?
  /// The comparisons of numbers that were made, where cut-points are looked for; nil where they are not.
  var comparisons: [Comparison]?
  /// The first error of a nested figure or condition.
  private var failure: EvaluationError?

  /// The district of a plan that is looked at.
  var planDistrict: DataRecord? { didSet { generation &+= 1 } }
  /// By tally, by scope; they differ from subject to subject in their scope alone.
  private var tallies: [Int: [String: TallySum]] = [:]
  /// By allocation, by district.
  private var allocations: [Int: [String: Value]] = [:]
  private var generation = 1
  private var cache: [Value]
  private var cachedAt: [Int]

  init(policy: Policy, settings: Settings, facts: Facts, registry: Registry) {
    self.registry = registry
    self.policy = policy
    self.settings = settings
    self.facts = facts
    cache = [Value](repeating: .null, count: policy.names.slots.count)
    cachedAt = [Int](repeating: 0, count: policy.names.slots.count)
  }

  /// Turns to an application or a plan.
  func look(at record: DataRecord, path: String, district: String?, year: Int) {
    subject = record
    subjectPath = path
    districtName =
      district.map(Value.string)
      ?? .unknown(UnknownSet(Unknown(path: "\(path).district", domain: facts.districtDomain)))
    self.year = year
    category = nil
    if overrides.isEmpty { generation &+= 1 } else { overrides = [:] }
  }

  /// Turns to a category; false where it is looked at already.
  func choose(_ category: Category?) -> Bool {
    guard category != self.category else { return false }
    self.category = category
    generation &+= 1
    return true
  }

  /// Forgets what was worked out, where something that it rests on has changed.
  func forget() { generation &+= 1 }

  func value(slot: Int) -> Value {
    guard policy.names.slots.indices.contains(slot) else { return .null }
    switch policy.names.slots[slot] {
    case .parameter(let index): return settings.parameters[index]
    case .neighbour: return neighbour
    case .extra(let index): return extras.indices.contains(index) ? extras[index] : .null
    case .category: return category?.value ?? .null
    case .year: return .decimal(Exact(year))
    case .circle(let index): return circleValue(index)
    case .place: return facts.placeValue.replacing(overrides)
    case .planDistrict: return planDistrict.map { .record($0) } ?? .null
    case .application, .plan, .facts, .district, .reading, .figure, .condition, .tally, .allocation:
      break
    }
    if cachedAt[slot] == generation { return cache[slot] }
    let started = generation
    let value = make(policy.names.slots[slot])
    if started == generation {
      cache[slot] = value
      cachedAt[slot] = generation
    }
    return value
  }

  private func make(_ slot: PolicyNames.Slot) -> Value {
    switch slot {
    case .application, .plan:
      return subject.map { Value.record($0).replacing(overrides) } ?? .null
    case .facts: return facts.value.replacing(overrides)
    case .district:
      switch districtName.replacing(overrides) {
      case .string(let name): return facts.district(named: name).replacing(overrides)
      case let other: return other
      }
    case .reading:
      return .record(DataRecord(policy.names.readingShape, settings.readings.map(Value.string)))
    case .figure(let index):
      var unknowns: UnknownSet?
      for source in policy.figures[index].sources {
        let value = nested(source)
        guard case .unknown(let missing) = value else { return value }
        unknowns = unknowns?.union(missing) ?? missing
      }
      return unknowns.map(Value.unknown) ?? .null
    case .condition(let index): return nested(policy.conditions[index].program)
    case .tally(let index): return tally(index)
    case .allocation(let index): return allocation(index)
    case .parameter, .neighbour, .extra, .category, .year, .circle, .place, .planDistrict:
      return .null
    }
  }

  private func circleValue(_ index: Int) -> Value {
    (circleCount?(index) ?? .null).replacing(overrides)
  }

  // MARK: Tallies and allocations

  private struct TallySum {
    var total = 0
    /// The paths of what is missing to know it.
    var missing: [String] = []
  }

  private func tally(_ index: Int) -> Value {
    let tally = policy.tallies[index]
    guard registry.isPresent else { return unknownAmount("registry") }
    var key: [String] = []
    for scope in tally.over {
      switch scope {
      case .city: continue
      case .district:
        switch districtName.replacing(overrides) {
        case .string(let name): key.append(name)
        case let other: return other
        }
      case .street:
        guard let street = subject?["street"].replacing(overrides) else { return .null }
        guard case .string(let name) = street else { return street }
        key.append(name)
      }
    }
    if tallies[index] == nil { tallies[index] = sums(tally) }
    let sum = tallies[index]?[key.joined(separator: "\u{1F}")] ?? TallySum()
    guard let path = sum.missing.first else { return .decimal(Exact(sum.total)) }
    var unknowns = UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    for path in sum.missing.dropFirst().prefix(7) {
      unknowns = unknowns.union(
        UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil))))
    }
    return Value.unknown(unknowns).replacing(overrides)
  }

  private func unknownAmount(_ path: String) -> Value {
    Value.unknown(
      UnknownSet(Unknown(path: path, domain: .number(minimum: Exact(0), maximum: nil)))
    ).replacing(overrides)
  }

  /// One pass over the registry gives every scope.
  private func sums(_ tally: Tally) -> [String: TallySum] {
    var sums: [String: TallySum] = [:]
    let outer = neighbour
    defer { neighbour = outer }
    for (row, institution) in registry.institutions.enumerated()
    where institution.status != .terminated {
      var key: [String] = []
      for scope in tally.over {
        switch scope {
        case .city: continue
        case .district: key.append(institution.district ?? "")
        case .street: key.append(institution.street ?? "")
        }
      }
      neighbour = .record(registry.neighbour(row))
      let name = key.joined(separator: "\u{1F}")
      switch nested(tally.program) {
      case .bool(true):
        switch tally.sum {
        case .places: sums[name, default: TallySum()].total += 1
        case .beds:
          if let beds = institution.beds {
            sums[name, default: TallySum()].total += beds
          } else if institution.categories.contains(.inpatient) {
            sums[name, default: TallySum()].missing.append("registry[\(institution.id)].beds")
          }
        }
      case .unknown(let unknowns):
        sums[name, default: TallySum()].missing += unknowns.elements.map(\.path)
      default: break
      }
    }
    return sums
  }

  private func allocation(_ index: Int) -> Value {
    let name: String
    switch districtName.replacing(overrides) {
    case .string(let district): name = district
    case let other: return other
    }
    if let known = allocations[index], overrides.isEmpty {
      return known[name] ?? facts.unlistedDistrict(name)
    }
    let parts = parts(of: policy.allocations[index])
    if overrides.isEmpty { allocations[index] = parts }
    return parts[name] ?? facts.unlistedDistrict(name)
  }

  /// The part of each district, published or worked out; unknown where a district's weight is.
  func parts(of allocation: Allocate) -> [String: Value] {
    let inner = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    var unknowns: UnknownSet?
    var weights: [Exact] = []
    var caps: [Exact?] = []
    var published: [Exact?] = []
    func number(_ program: Program) -> Exact? {
      let value = inner.nested(program)
      if case .unknown(let set) = value { unknowns = unknowns?.union(set) ?? set }
      return value.exact
    }
    inner.lookAtDistrict(nil, year: year, overrides)
    let total = number(allocation.total)
    for district in facts.districts {
      inner.lookAtDistrict(district, year: year, overrides)
      weights.append(number(allocation.weight) ?? .zero)
      caps.append(allocation.cap.flatMap(number))
      published.append(allocation.published.flatMap { inner.nested($0).exact })
    }
    if failure == nil { failure = inner.failure }
    var parts: [Int]?
    if unknowns == nil, let total {
      do {
        parts = try Allocate.parts(of: total, weights: weights, caps: caps)
      } catch {
        failure = .overflow
      }
    }
    var result: [String: Value] = [:]
    for (index, district) in facts.districts.enumerated() {
      if let stated = published[index] {
        result[district] = .decimal(stated)
      } else if let parts {
        result[district] = .decimal(Exact(parts[index]))
      } else {
        result[district] = unknowns.map(Value.unknown) ?? unknownAmount("facts")
      }
    }
    return result
  }

  /// Turns to a district, or to the city as a whole, without any application or plan.
  func lookAtDistrict(_ district: String?, year: Int, _ overrides: [String: Value] = [:]) {
    subject = nil
    subjectPath = "facts"
    districtName = district.map(Value.string) ?? .null
    self.year = year
    category = nil
    self.overrides = overrides
    generation &+= 1
  }

  private func nested(_ program: Program) -> Value {
    do {
      return try run(program)
    } catch {
      if failure == nil { failure = error }
      return .unknown(UnknownSet(Unknown(path: subjectPath, domain: .opaque)))
    }
  }

  private func run(_ program: Program) throws(EvaluationError) -> Value {
    guard comparisons != nil else { return try program.evaluate(self) }
    var trace = ComparisonTrace()
    let value = try program.evaluate(self, tracing: &trace)
    for entry in trace.entries {
      comparisons?.append(
        Comparison(program: program.source, node: entry.node, left: entry.left, right: entry.right))
    }
    return value
  }

  /// Records a comparison that no expression made.
  func note(_ left: Exact, _ right: Exact, as name: String) {
    comparisons?.append(Comparison(program: name, node: -1, left: left, right: right))
  }

  /// Throws the error of a nested figure or condition, if there was one.
  func rethrowFailure() throws(EvaluationError) {
    if let failure {
      self.failure = nil
      throw failure
    }
  }

  /// The value of a program for the present subject; an error of anything that it rests on is thrown.
  func evaluate(_ program: Program) throws(EvaluationError) -> Value {
    failure = nil
    let value = try run(program)
    try rethrowFailure()
    return value
  }

  /// True, false, or what it hangs on.
  func decide(_ program: Program) throws(EvaluationError) -> Ternary {
    switch try evaluate(program) {
    case .bool(let holds): return holds ? .yes : .no
    case .unknown(let unknowns): return .unknown(unknowns)
    default: return .no
    }
  }

  /// A number, or what it hangs on.
  func measure(_ program: Program) throws(EvaluationError) -> Measured {
    let value = try evaluate(program)
    if case .unknown(let unknowns) = value { return .unknown(unknowns) }
    return value.exact.map(Measured.known)
      ?? .unknown(UnknownSet(Unknown(path: subjectPath, domain: .opaque)))
  }
}

/// Two numbers that were compared, and where.
struct Comparison {
  let program: String
  let node: Int
  let left: Exact
  let right: Exact
}

/// Yes, no, or what it hangs on.
enum Ternary {
  case yes
  case no
  case unknown(UnknownSet)
}

/// A number, or what it hangs on.
enum Measured {
  case known(Exact)
  case unknown(UnknownSet)

  var exact: Exact? {
    if case .known(let value) = self { value } else { nil }
  }
}
