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
  var subject: DataRecord?
  var districtName: Value = .null
  private var category: Category?
  var year: Int = 0
  private(set) var subjectPath = ""
  /// What is assumed about missing data, by path.
  var overrides: [String: Value] = [:] {
    didSet {
      if overrides.isEmpty, oldValue.isEmpty { return }
      // What circles and limits are assumed to come to changes nothing that is kept.
      let data = overrides.filter { !Unknown.isOfCount($0.key) }
      if data.isEmpty, assumed.isEmpty { return }
      assumed = data
      generation &+= 1
    }
  }
  /// Those of the overrides that stand for missing data.
  private(set) var assumed: [String: Value] = [:]
  /// The institution that a circle's condition looks at.
  var neighbour: Value = .null
  /// `measured`, `limit` and the others that messages may name.
  var extras: [Value] = []
  /// How many a circle counts, as a value or an unknown of known bounds.
  var circleCount: ((_ circle: Int) throws(EvaluationError) -> Value)?
  /// The comparisons of numbers that were made, where cut-points are looked for; nil where they are not.
  var comparisons: [Comparison]?
  /// The first error of a nested figure or condition.
  var failure: EvaluationError?

  /// The plan that is looked at, also by what it asks to be apportioned.
  var plan: DataRecord? { subject.flatMap { $0.shape === PlanShape.plan ? $0 : nil } }
  /// The district of a plan that is looked at.
  var planDistrict: DataRecord? { didSet { generation &+= 1 } }
  /// By tally, by scope; they differ from subject to subject in their scope alone.
  var tallies: [Int: [String: TallySum]] = [:]
  /// By allocation, by district.
  var allocations: [Int: [String: Value]] = [:]
  /// What rests on the facts and the year alone, for all subjects of a year.
  private var shared: [Value?]
  /// The same of whole programs; those that may be kept have an entry.
  private var sharedPrograms: [ObjectIdentifier: Value?]
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
    shared = [Value?](repeating: nil, count: policy.names.slots.count)
    sharedPrograms = policy.sharedPrograms
  }

  /// Turns to an application or a plan.
  func look(at record: DataRecord, path: String, district: String?, year: Int) {
    if record.shape === PlanShape.plan { allocations = [:] }
    subject = record
    subjectPath = path
    districtName =
      district.map(Value.string)
      ?? .unknown(UnknownSet(Unknown(path: "\(path).district", domain: facts.districtDomain)))
    if year != self.year { forgetShared() }
    self.year = year
    category = nil
    overrides = [:]
    generation &+= 1
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
    case .place: return facts.placeValue.replacing(assumed)
    case .planDistrict: return planDistrict.map { .record($0) } ?? .null
    case .application, .plan, .facts, .district, .reading, .figure, .condition, .tally, .allocation:
      break
    }
    if cachedAt[slot] == generation { return cache[slot] }
    let isShared = policy.sharedSlots[slot] && assumed.isEmpty && comparisons == nil
    if isShared, let known = shared[slot] { return known }
    let started = generation
    let value = make(policy.names.slots[slot])
    if started == generation, comparisons == nil, !policy.circularSlots[slot] {
      cache[slot] = value
      cachedAt[slot] = generation
    }
    if isShared, failure == nil { shared[slot] = value }
    return value
  }

  func value(slot: Int, field: Int) throws(EvaluationError) -> Value {
    if assumed.isEmpty, let subject, policy.names.slots.indices.contains(slot),
      policy.names.slots[slot] == .application
    {
      return subject.value(at: field)
    }
    switch value(slot: slot) {
    case .record(let record): return record.value(at: field)
    case .unknown(let unknowns): return .unknown(unknowns)
    case let other: throw .noSuchOverload(function: ".", types: [other.typeName])
    }
  }

  private func make(_ slot: PolicyNames.Slot) -> Value {
    switch slot {
    case .application: return subject.map { Value.record($0).replacing(assumed) } ?? .null
    case .plan:
      return (plan.map(Value.record) ?? PlanShape.absent).replacing(assumed)
    case .facts: return facts.value.replacing(assumed)
    case .district:
      switch districtName.replacing(assumed) {
      case .string(let name): return facts.district(named: name).replacing(assumed)
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
    do {
      return try circleCount?(index) ?? .null
    } catch {
      return failed(error)
    }
  }

  /// Turns to a district, or to the city as a whole, without any application.
  func lookAtDistrict(
    _ district: String?, year: Int, plan: DataRecord? = nil, _ overrides: [String: Value] = [:]
  ) {
    subject = plan
    subjectPath = "facts"
    districtName = district.map(Value.string) ?? .null
    if year != self.year { forgetShared() }
    self.year = year
    category = nil
    self.overrides = overrides
    generation &+= 1
  }

  private func forgetShared() {
    for slot in shared.indices { shared[slot] = nil }
    sharedPrograms = policy.sharedPrograms
  }

  func nested(_ program: Program) -> Value {
    do {
      return try run(program)
    } catch {
      return failed(error)
    }
  }

  /// Keeps an error for the evaluation that asked, and stands for the value until then.
  private func failed(_ error: EvaluationError) -> Value {
    if failure == nil { failure = error }
    return .unknown(UnknownSet(Unknown(path: subjectPath, domain: .opaque)))
  }

  private func run(_ program: Program) throws(EvaluationError) -> Value {
    guard comparisons != nil else {
      guard assumed.isEmpty, let kept = sharedPrograms[ObjectIdentifier(program)] else {
        return try program.evaluate(self)
      }
      if let kept { return kept }
      let value = try program.evaluate(self)
      if failure == nil { sharedPrograms[ObjectIdentifier(program)] = .some(value) }
      return value
    }
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
    // A circle is counted while something else is evaluated, whose error is not to be lost.
    let outer = failure
    failure = nil
    defer { failure = outer }
    let value = try run(program)
    if let failure { throw failure }
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
