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
  package let batch: Batch
  /// Whether the profile is the one for a day of submission, in force then or not; nil where another is.
  private let isInForce: @Sendable (CalendarDay) -> Bool?
  private let found = Locked<[Int: [Target: [Cure]]]>([:])
  private let idle = Locked<[Decider]>([])
  /// The competition with a figure of the facts given, by path and value.
  private let given = Locked<[String: Competition?]>([:])

  package init(
    _ competition: Competition, _ batch: Batch,
    isInForce: @escaping @Sendable (CalendarDay) -> Bool?
  ) {
    self.competition = competition
    self.batch = batch
    self.isInForce = isInForce
    order = TrialOrder(competition)
  }

  /// The cures of the findings on a member, each list in the order of the kinds.
  package func cures(of member: Int) -> [Target: [Cure]] {
    if let known = found.withLock({ $0[member] }) { return known }
    let decider = idle.withLock { $0.popLast() } ?? competition.decider()
    let cures = cures(of: member, decider)
    decider.turn(to: competition.records)
    idle.withLock { $0.append(decider) }
    found.withLock { $0[member] = cures }
    return cures
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
  package func verdict(_ verdict: Verdict, of index: Int, _ changed: Application) -> Verdict {
    guard isInForce(changed.submitted) == false,
      batch.outcome(ofReview: .profileNotInForce, of: index) == .review
    else { return verdict }
    return verdict.outsideSpan
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
    let key = path + "=" + (value.exact?.description ?? "\(value)")
    if let known = given.withLock({ $0[key] }) { return known }
    let again = batch.facts.giving(value, at: path).flatMap {
      competition(of: batch.held(against: $0))
    }
    given.withLock { $0[key] = .some(again) }
    return again
  }
}
