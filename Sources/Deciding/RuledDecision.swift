import Cases
package import Diagnostics
package import Expression
import Policy

/// What a person ruled, where a rule leaves a member to one (semantics.md 4.7).
extension Decider {
  /// What a rule that comes to `review` comes to by a ruling on it; nil where nobody ruled, or the review hangs on nothing but
  /// undecided rivals.
  ///
  /// A ruling says what becomes of an exception, of a number that the text does not give, of a distance within the accuracy of
  /// coordinates. Whom else the batch admits it does not say: where that still makes a difference the outcome stays `review`.
  package func ruled(
    _ rule: RuleTerms, _ applicability: Applicability, _ resolution: Resolution
  ) throws(EvaluationError) -> (outcome: Outcome, ruling: Ruling)? {
    guard resolution.settled.outcome == .review, let ruling = ruling(on: rule) else { return nil }
    guard resolution.isWithinRange, try hangsOnUndecided(rule) else {
      return (ruling.outcome, ruling)
    }
    tellsAccuracyApart = true
    defer { tellsAccuracyApart = false }
    var isAnswered = false
    func attempt() throws(EvaluationError) -> Attempt {
      try attemptRuled(rule, applicability, ruling.outcome, &isAnswered)
    }
    var outcome = Outcome.review
    switch try attempt() {
    case .settled(let settled): outcome = settled.outcome
    case .unsettled(let leaves):
      var resolver = Resolver(context) { () throws(EvaluationError) in try attempt() }
      outcome = try resolver.resolve(leaves).settled.outcome
    }
    return isAnswered ? (outcome, ruling) : nil
  }

  /// Whether an open decision hangs on a rival that is not decided itself.
  private func hangsOnUndecided(_ rule: RuleTerms) throws(EvaluationError) -> Bool {
    var decision = Decision(rule: .rule(rule.index), outcome: .review)
    try measure(rule, &decision)
    let (named, more) = try hangsOn(rule, decision)
    return more > 0 || named.contains { log.isUndecided($0, before: turn) }
  }

  /// The ruling on a rule for the member and category that are looked at.
  package func ruling(on rule: RuleTerms) -> Ruling? {
    batch.ruling(on: policy.rules[rule.index].id, context.chosen, of: members[current])
  }

  /// Keeps that a member is left open for more than its rank, which rulings ask for alone.
  func keepUndecided(_ member: Int, _ admission: Admission) {
    if batch.hasRulings { log.setUndecided(member, admission == .maybe, turn: turn) }
  }

  /// One try at a rule in which a person has decided what the text leaves to one. What hangs on rivals is left open.
  private func attemptRuled(
    _ rule: RuleTerms, _ applicability: Applicability, _ ruled: Outcome, _ isAnswered: inout Bool
  ) throws(EvaluationError) -> Attempt {
    var others: UnknownSet?
    func attempt() throws(EvaluationError) -> Attempt {
      let found: Attempt
      if case .bound = applicability {
        found = try attemptDemand(rule)
      } else {
        found = try self.attempt(rule)
      }
      if case .unsettled(let leaves) = found {
        for leaf in leaves.elements where !leaf.isOfAccuracy {
          let set = UnknownSet(leaf)
          others = others?.union(set) ?? set
        }
      }
      return found
    }
    var outcome: Settled
    switch try attempt() {
    case .settled(let settled): outcome = settled
    case .unsettled(let leaves):
      if let others { return .unsettled(others) }
      var resolver = Resolver(context) { () throws(EvaluationError) in try attempt() }
      outcome = try resolver.resolve(leaves).settled
      if let others { return .unsettled(others) }
    }
    if outcome.outcome == .review {
      isAnswered = true
      outcome = Settled(outcome: ruled)
    }
    return .settled(outcome)
  }
}

extension Unknown {
  /// Whether it hangs on nothing but how accurate coordinates are.
  fileprivate var isOfAccuracy: Bool { if case .withinAccuracy = origin { true } else { false } }
}
