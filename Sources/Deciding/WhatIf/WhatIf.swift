package import Cases
package import Diagnostics
import Expression
import Policy
package import Reading

/// What would change the findings on the applications of one competition (`--what-if`): computed when it is asked for, each change
/// tried by the same decisions as the report's own, everything else being left as it is.
package final class WhatIf: Sendable {
  /// What is to pass: a rule, for one category or for all.
  package struct Target: Hashable, Sendable {
    package var rule: Int
    package var category: Category?

    package init(rule: Int, category: Category?) {
      self.rule = rule
      self.category = category
    }

    /// No rule: what is found of requests themselves.
    static let ofRequests = Target(rule: -1, category: nil)

    package init(_ item: ApplicableRules.Item) {
      self.init(rule: item.rule.index, category: item.category)
    }
  }

  /// With more members than this the competition is not decided again for one of them; trials as of a turn go on.
  static let rerunLimit = 500

  let competition: Competition
  package let order: TrialOrder
  /// The applications as they are, without suppositions.
  let batch: Batch
  /// The applications that a person has to say of which document governs, by index.
  private let outsideSpan: Set<Int>
  /// The day of decision; nil where there is none to hold submissions against.
  private let asOf: CalendarDay?
  /// Whether the profile is the one for a day of submission, in force then or not; nil where another is.
  private let isInForce: @Sendable (CalendarDay) -> Bool?
  private let found = Locked<[Int: [Target: [Cure]]]>([:])
  private let idle = Locked<[Decider]>([])
  /// So many competitions with a datum given are kept.
  private static let givenLimit = 256
  /// The competition with a missing datum given, by path and value.
  private let given = Locked<[String: Competition?]>([:])
  /// By path of a missing number or day with which all is decided again: the values that stand for all.
  private let samples = Locked<[String: [Exact]?]>([:])

  init(
    _ competition: Competition, _ batch: Batch, outsideSpan: Set<Int>, asOf: CalendarDay?,
    isInForce: @escaping @Sendable (CalendarDay) -> Bool?
  ) {
    self.competition = competition
    self.batch = batch
    self.outsideSpan = outsideSpan
    self.asOf = asOf
    self.isInForce = isInForce
    order = TrialOrder(competition)
  }

  /// The cures of the findings on a member, each list in the order of the kinds.
  package func cures(of member: Int) -> [Target: [Cure]] {
    if let known = found.withLock({ $0[member] }) { return known }
    let cures = deciding { decider -> [Target: [Cure]] in self.cures(of: member, decider) }
    found.withLock { $0[member] = cures }
    return cures
  }

  /// The cures of a member that leave out one of its requests each.
  func withdrawals(of member: Int) -> [Cure] {
    if let known = found.withLock({ $0[member] }) { return known[.ofRequests] ?? [] }
    return deciding { decider -> [Cure] in Trials(self, member, decider).withdrawals().map(\.cure) }
  }

  private func deciding<Result>(_ body: (Decider) -> Result) -> Result {
    let decider = idle.withLock { $0.popLast() } ?? competition.decider()
    let result = body(decider)
    decider.turn(to: competition.records)
    idle.withLock { $0.append(decider) }
    return result
  }

  /// The cure of what is found of one request from outside the rules (its kind cannot ask for it, no rule speaks of it): not to make
  /// it; nil where it makes no other.
  package func withdrawal(of category: Category, of member: Int) -> Cure? {
    let word = competition.policy.catalogue.words.category[category].word
    return cures(of: member)[.ofRequests]?.first { $0.value == word }
  }

  private func cures(of member: Int, _ decider: Decider) -> [Target: [Cure]] {
    let rules = competition.records.rules(of: competition.members[member])
    let targets = rules.items.enumerated().filter { number, _ in
      competition.outcome(number, of: member).outcome.isOpenToCure
    }.map { Target($1) }
    if targets.isEmpty, competition.verdicts[member] == .admissible { return [:] }
    let trials = Trials(self, member, decider)
    var cures: [Target: [Cure]] = [:]
    func add(_ cure: Cure?, to target: Target) {
      if let cure { cures[target, default: []].append(cure) }
    }
    let withdrawals = trials.withdrawals()
    cures[.ofRequests] = withdrawals.map(\.cure)
    if targets.isEmpty { return cures }
    let places = trials.places(targets)
    for target in targets {
      add(trials.beds(target), to: target)
      for cure in trials.merit(target) { add(cure, to: target) }
      for (trial, cure) in withdrawals where trial.passes(target) { add(cure, to: target) }
      add(places[target], to: target)
      for cure in trials.values(target) { add(cure, to: target) }
      add(trials.year(target), to: target)
    }
    return cures
  }

  /// A verdict as the report tells it of an application that is changed, whose day of submission may lie outside the span.
  func verdict(_ verdict: Verdict, of index: Int, _ changed: Application) -> Verdict {
    let isOutside =
      changed.submitted == batch.applications[index].submitted
      ? outsideSpan.contains(index)
      : isInForce(changed.submitted) == false
        && batch.outcome(ofReview: .profileNotInForce, of: index) == .review
    return (isOutside ? verdict.outsideSpan : verdict).decided(
      on: asOf, changed.submitted, of: index, batch)
  }

  /// Whether the profile would be the one that is applied, and in force.
  package func isInForce(on day: CalendarDay) -> Bool? { isInForce(day) }

  /// The competition over a changed batch; nil where there are too many members, or it cannot be decided.
  func competition(of batch: Batch) -> Competition? {
    guard competition.members.count <= Self.rerunLimit else { return nil }
    return try? competition.again(over: batch)
  }

  /// The competition with a figure of the facts given; nil where it cannot be told.
  func competition(giving value: Value, at path: String) -> Competition? {
    competition(giving: value, at: path) {
      batch.facts.giving(value, at: path).map(batch.held(against:))
    }
  }

  /// The competition over a batch with a missing datum given; nil where it cannot be told.
  func competition(giving value: Value, at path: String, _ changed: () -> Batch?) -> Competition? {
    let key = path + "=" + (value.exact?.description ?? "\(value)")
    if let known = given.withLock({ $0[key] }) { return known }
    let again = changed().flatMap { competition(of: $0) }
    given.withLock { given in
      if given.count >= Self.givenLimit { given = [:] }
      given[key] = .some(again)
    }
    return again
  }

  /// Values of a missing number or day with which the whole competition is decided again; nil where they cannot be told.
  func samples(of path: String, _ find: () -> [Exact]?) -> [Exact]? {
    if let known = samples.withLock({ $0[path] }) { return known }
    let samples = find()
    self.samples.withLock { $0[path] = .some(samples) }
    return samples
  }
}
