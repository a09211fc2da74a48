package import Cases
import Diagnostics
package import Expression
package import Policy
import Reading

/// What conditions see of one subject: the meaning of every name that a profile may use.
///
/// Figures and conditions are worked out when they are asked for and kept until the subject, category or assumptions change;
/// those that rest on facts and parameters alone are kept for good while nothing is assumed.
// SAFETY: each context belongs to one run on one thread; Sendable is what `Activation` asks of every conformer.
package final class EvaluationContext: Activation, @unchecked Sendable {
  package let policy: Policy
  package let settings: Settings
  package let facts: Facts
  package let registry: Registry

  /// The subject: an application or a plan; that of an application is made when it is asked for.
  var subject: DataRecord? {
    if isSubjectDue {
      isSubjectDue = false
      known = applicant.flatMap { makeRecord?($0) }
    }
    return known
  }
  private var known: DataRecord?
  private var isSubjectDue = false
  /// The application of the batch that is looked at.
  private var applicant: Int?
  /// Makes what conditions see of an application of the batch.
  var makeRecord: ((_ application: Int) -> DataRecord)?
  var districtName: Value = .null
  private var category: Category?
  private(set) var year: Int = 0
  /// What is assumed about missing data and open counts.
  var overrides: Assumptions = [:] {
    didSet {
      if oldValue.isEmpty && overrides.isEmpty { return }
      generation &+= 1
      // Open counts are asked for where they are counted; nothing that was read has them inside.
      assumed = overrides.isEmpty ? [:] : overrides.filter { !$0.key.isCount }
    }
  }
  private(set) var assumed: Assumptions = [:]
  /// Whether comparisons are decided by the bounds of what is missing. What was known without them is known with them; what comes
  /// out of bounds alone is kept while they are asked for and no longer.
  package var decidesByBounds = false { didSet { boundsAsked &+= 1 } }
  /// The institution that a circle's condition looks at.
  package var neighbour: Value = .null
  /// `measured`, `limit` and the others that messages may name.
  var extras: [Value] = []
  /// How many a circle counts, as a value or an unknown of known bounds.
  var circleCount: ((_ circle: Int) throws(EvaluationError) -> Value)?
  /// The comparisons of numbers that were made, where cut-points are looked for; nil where they are not.
  var comparisons: [Comparison]?
  /// The first error of a nested figure or condition.
  var failure: EvaluationError?

  /// The plan that is looked at, also by what it asks to be apportioned.
  var plan: DataRecord? {
    applicant == nil
      ? known.flatMap { $0.shape.name == policy.catalogue.plan.name ? $0 : nil } : nil
  }
  /// The district of a plan that is looked at.
  var planDistrict: DataRecord? { didSet { generation &+= 1 } }
  /// What is the same for all subjects of one year.
  private struct OfOneYear {
    var slots: [Value?]
    /// Values of terms.
    var terms: [Value?]
    /// By term that has one value for a class, by class; empty until it is first asked for.
    var classedTerms: [[Value?]]
    /// By tally, by scope; they differ from subject to subject in their scope alone.
    var tallies: [Int: TallySums] = [:]
    /// By allocation: what it rests on.
    var allocationRows: [String: AllocationRows] = [:]
    /// By allocation, by district.
    var allocations: [String: Parts] = [:]
    /// What is said of the quotas of districts, nil among it.
    var quotas: [QuotaKey: Quota?] = [:]
  }

  private var kept: OfOneYear
  /// The same of the years that are not looked at, and what a year begins with.
  private var keptOfYears: [Int: OfOneYear] = [:]
  private let nothingKept: OfOneYear
  var tallies: [Int: TallySums] {
    get { kept.tallies }
    _modify { yield &kept.tallies }
  }
  var allocationRows: [String: AllocationRows] {
    get { kept.allocationRows }
    _modify { yield &kept.allocationRows }
  }
  var allocations: [String: Parts] {
    get { kept.allocations }
    _modify { yield &kept.allocations }
  }
  var quotas: [QuotaKey: Quota?] {
    get { kept.quotas }
    _modify { yield &kept.quotas }
  }
  /// Where bounds have quotas from, by the bound as written.
  var quotaSources: [String: QuotaSource] = [:]
  private let slots: [PolicyNames.Slot]
  private var generation = 1
  private var cache: [Value]
  private var cachedAt: [Int]
  /// How often ``decidesByBounds`` was turned, and the values that came out of bounds, with the turn and generation they are of. So
  /// 5,000 applications against 7,700 institutions take 3.17 thousand million instructions (callgrind); making every figure anew takes
  /// 3.54.
  private var boundsAsked = 0
  private var bounded: [(value: Value, turn: Int, generation: Int)]
  /// By slot: whether its value is the same for every subject of the run.
  private let isFixed: [Bool]
  /// By place among ``PolicyTerms/classedFields``.
  private let classes: [ApplicationClasses]
  /// Districts that the facts do not list.
  private var unlisted: [String: Value] = [:]

  /// A context; `terms` tells what may be kept from one subject to the next, all of one year of submission.
  package init(
    policy: Policy, settings: Settings, facts: Facts, registry: Registry,
    terms: PolicyTerms? = nil, classes: [ApplicationClasses] = []
  ) {
    self.registry = registry
    self.classes = classes
    self.policy = policy
    self.settings = settings
    self.facts = facts
    slots = policy.names.slots
    cache = [Value](repeating: .null, count: slots.count)
    cachedAt = [Int](repeating: 0, count: slots.count)
    bounded = Array(repeating: (.null, 0, 0), count: slots.count)
    isFixed = slots.map { slot in
      switch slot {
      case .facts, .reading: true
      case .figure(let index): terms?.fixedFigures[index] ?? false
      case .condition(let index): terms?.fixedConditions[index] ?? false
      default: false
      }
    }
    nothingKept = OfOneYear(
      slots: [Value?](repeating: nil, count: slots.count),
      terms: [Value?](repeating: nil, count: terms?.fixedCount ?? 0),
      classedTerms: Array(repeating: [], count: classes.isEmpty ? 0 : terms?.classedCount ?? 0))
    kept = nothingKept
  }

  /// Turns to an application of the batch; ``makeRecord`` gives what conditions see of it.
  package func look(at index: Int, of batch: Batch) {
    applicant = index
    isSubjectDue = true
    look(
      district: batch.applications[index].district,
      year: batch.applications[index].submitted.year,
      path: { "applications[\(batch.applications[index].id)]" })
  }

  /// Turns to a plan.
  package func look(at record: DataRecord, district: String?, year: Int) {
    turn(to: record)
    look(district: district, year: year, path: { subjectPath })
    if record.shape.name == policy.catalogue.plan.name {
      (allocationRows, allocations, quotas) = ([:], [:], [:])
    }
  }

  private func turn(to record: DataRecord?) {
    applicant = nil
    isSubjectDue = false
    known = record
  }

  private func look(district: String?, year: Int, path: () -> String) {
    if let district {
      districtName = .string(district)
    } else {
      districtName = .unknown(
        UnknownSet(Unknown(path: "\(path()).district", domain: facts.districtDomain)))
    }
    turn(toYear: year)
    category = nil
    overrides = [:]
    generation &+= 1
  }

  /// Where the subject is, as paths have it.
  private var subjectPath: String {
    guard let subject, subject.shape.name == policy.catalogue.application.name,
      case .string(let id) = subject["id"]
    else { return "plan" }
    return "applications[\(id)]"
  }

  /// Does something as if the subject were another one of the same place and year.
  func supposing<Result>(
    _ record: DataRecord, _ body: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    let outer = (applicant, known, isSubjectDue)
    turn(to: record)
    generation &+= 1
    defer {
      (applicant, known, isSubjectDue) = outer
      generation &+= 1
    }
    return try body()
  }

  /// Turns to a category; false where it is looked at already.
  package func choose(_ category: Category?) -> Bool {
    guard category != self.category else { return false }
    self.category = category
    generation &+= 1
    return true
  }

  var chosen: Category? { category }

  /// The subject's own fields under what is assumed.
  package func field(_ index: Int) -> Value {
    (subject?.value(at: index) ?? .null).replacing(assumed)
  }

  package func value(slot: Int, field: Int) throws(EvaluationError) -> Value {
    guard slots.indices.contains(slot) else { return .null }
    switch slots[slot] {
    case .application:
      if let subject { return subject.value(at: field).replacing(assumed) }
    case .facts:
      if case .record(let record) = facts.value {
        return record.value(at: field).replacing(assumed)
      }
    case .district:
      switch districtName.replacing(assumed) {
      case .string(let name):
        if case .record(let record) = district(named: name) {
          return record.value(at: field).replacing(assumed)
        }
      case let other: if case .unknown = other { return other }
      }
    case .neighbour:
      if case .record(let record) = neighbour { return record.value(at: field) }
    default: break
    }
    let value = value(slot: slot)
    switch value {
    case .record(let record): return record.value(at: field)
    case .unknown: return value
    default: throw .noSuchOverload(function: ".", types: [value.typeName])
    }
  }

  package func value(slot: Int) -> Value {
    guard slots.indices.contains(slot) else { return .null }
    switch slots[slot] {
    case .parameter(let index): return settings.parameters[index]
    case .neighbour: return neighbour
    case .extra(let index): return extras.indices.contains(index) ? extras[index] : .null
    case .category: return category.map { policy.catalogue.words.category.value($0) } ?? .null
    case .year: return .decimal(Exact(year))
    case .circle(let index): return circleValue(index)
    case .place: return facts.placeValue.replacing(assumed)
    case .planDistrict: return planDistrict.map { .record($0) } ?? .null
    case .application, .plan, .facts, .district, .reading, .figure, .condition, .tally, .allocation:
      break
    }
    if decidesByBounds { return boundedValue(slot: slot) }
    let mayKeep = isFixed[slot] && assumed.isEmpty
    if mayKeep {
      if let value = kept.slots[slot] { return value }
    } else if cachedAt[slot] == generation {
      return cache[slot]
    }
    let started = generation
    let value = make(slots[slot])
    if mayKeep {
      if failure == nil { kept.slots[slot] = value }
    } else if started == generation {
      cache[slot] = value
      cachedAt[slot] = generation
    }
    return value
  }

  /// The value of a slot where bounds decide: one that is known without them, or what they make of it.
  private func boundedValue(slot: Int) -> Value {
    if isFixed[slot], assumed.isEmpty, let value = usable(kept.slots[slot]) { return value }
    if cachedAt[slot] == generation, let value = usable(cache[slot]) { return value }
    let last = bounded[slot]
    if last.turn == boundsAsked, last.generation == generation { return last.value }
    let started = generation
    let value = make(slots[slot])
    if started == generation { bounded[slot] = (value, boundsAsked, generation) }
    return value
  }

  private func make(_ slot: PolicyNames.Slot) -> Value {
    switch slot {
    case .application: return subject.map { Value.record($0).replacing(assumed) } ?? .null
    case .plan:
      return
        (plan.map(Value.record) ?? Shape.record(policy.catalogue.plan).absent("plan", .unknown))
        .replacing(assumed)
    case .facts: return facts.value.replacing(assumed)
    case .district:
      switch districtName.replacing(assumed) {
      case .string(let name): return district(named: name).replacing(assumed)
      case let other: return other
      }
    case .reading:
      return .record(DataRecord(policy.names.readingShape, settings.readings.map(Value.string)))
    case .figure(let index):
      var unknowns: UnknownSet?
      for source in policy.figures[index].sources {
        let value = nested(source)
        guard case .unknown(let missing) = value else { return value }
        // Whichever of them comes to be known, the figure lies where one of them does.
        let bounds = unknowns.map { one in
          one.bounds.flatMap { bounds in missing.bounds.map(bounds.union) }
        }
        unknowns = (unknowns?.union(missing) ?? missing).bounded(by: bounds ?? missing.bounds)
      }
      return unknowns.map(Value.unknown) ?? .null
    case .condition(let index): return nested(policy.conditions[index].program)
    case .tally(let index): return tally(index)
    case .allocation(let index): return allocation(index)
    case .parameter, .neighbour, .extra, .category, .year, .circle, .place, .planDistrict:
      return .null
    }
  }

  /// The figures of a district; those of one that the facts do not list are made once.
  private func district(named name: String) -> Value {
    if facts.lists(name) { return facts.district(named: name) }
    if let value = unlisted[name] { return value }
    let value = facts.district(named: name)
    unlisted[name] = value
    return value
  }

  private func circleValue(_ index: Int) -> Value {
    do {
      return try circleCount?(index) ?? .null
    } catch {
      return failed(error)
    }
  }

  /// Turns to a district, or to the city as a whole, without any application.
  package func lookAtDistrict(
    _ district: String?, year: Int, plan: DataRecord? = nil, _ overrides: Assumptions = [:]
  ) {
    turn(to: plan)
    districtName = district.map(Value.string) ?? .null
    turn(toYear: year)
    category = nil
    self.overrides = overrides
    generation &+= 1
  }

  /// Turns to a year of submission: what rests on it is kept year by year.
  private func turn(toYear year: Int) {
    guard year != self.year else { return }
    keptOfYears[self.year] = kept
    kept = keptOfYears.removeValue(forKey: year) ?? nothingKept
    self.year = year
  }

  package func nested(_ program: Program) -> Value {
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
  package func note(_ left: Exact, _ right: Exact, as name: @autoclosure () -> String) {
    guard comparisons != nil else { return }
    comparisons?.append(Comparison(program: name(), node: -1, left: left, right: right))
  }

  /// Throws the error of a nested figure or condition, if there was one.
  package func rethrowFailure() throws(EvaluationError) {
    if let failure {
      self.failure = nil
      throw failure
    }
  }

  /// The value of a program for the present subject; an error of anything that it rests on is thrown.
  package func evaluate(_ program: Program) throws(EvaluationError) -> Value {
    // A circle is counted while something else is evaluated, whose error is not to be lost.
    let outer = failure
    failure = nil
    defer { failure = outer }
    let value = try run(program)
    if let failure { throw failure }
    return value
  }

  /// What a message shows of a program: nothing where it cannot be computed.
  package func shown(_ program: Program) -> Value { (try? evaluate(program)) ?? .null }

  private func evaluate(_ term: Term) throws(EvaluationError) -> Value {
    // What is kept is of use while nothing is assumed, and nothing new is kept that came out of bounds.
    guard assumed.isEmpty else { return try evaluate(term.program) }
    if let fixed = term.fixed, kept.terms.indices.contains(fixed) {
      if let value = usable(kept.terms[fixed]) { return value }
      let value = try evaluate(term.program)
      if !decidesByBounds { kept.terms[fixed] = value }
      return value
    }
    if let classed = term.classed, let applicant,
      kept.classedTerms.indices.contains(classed.number),
      let number = classes[classed.fields].number(of: applicant)
    {
      if kept.classedTerms[classed.number].isEmpty {
        kept.classedTerms[classed.number] = Array(
          repeating: nil, count: classes[classed.fields].count)
      }
      if let value = usable(kept.classedTerms[classed.number][number]) { return value }
      let value = try evaluate(term.program)
      if !decidesByBounds { kept.classedTerms[classed.number][number] = value }
      return value
    }
    return try evaluate(term.program)
  }

  /// A value that was kept, where it is what would come out now.
  private func usable(_ value: Value?) -> Value? {
    guard decidesByBounds, let value else { return value }
    return value.staysUnderBounds ? value : nil
  }

  /// True, false, or what it hangs on.
  package func decide(_ program: Program) throws(EvaluationError) -> Ternary {
    Self.ternary(try evaluate(program))
  }

  package func decide(_ term: Term) throws(EvaluationError) -> Ternary {
    Self.ternary(try evaluate(term))
  }

  private static func ternary(_ value: Value) -> Ternary {
    switch value {
    case .bool(let holds): holds ? .yes : .no
    case .unknown(let unknowns): .unknown(unknowns)
    default: .no
    }
  }

  /// A number, or what it hangs on.
  package func measure(_ program: Program) throws(EvaluationError) -> Measured {
    measured(try evaluate(program))
  }

  package func measure(_ term: Term) throws(EvaluationError) -> Measured {
    measured(try evaluate(term))
  }

  private func measured(_ value: Value) -> Measured {
    if case .unknown(let unknowns) = value { return .unknown(unknowns) }
    return value.exact.map(Measured.known)
      ?? .unknown(UnknownSet(Unknown(path: subjectPath, domain: .opaque)))
  }
}

extension Value {
  /// Whether it is the same where bounds decide: nothing in it is missing.
  fileprivate var staysUnderBounds: Bool {
    switch self {
    case .unknown, .list, .map, .table: false
    default: true
    }
  }
}
