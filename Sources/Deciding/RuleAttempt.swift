import Diagnostics
package import Expression

/// One try at a rule under whatever is assumed about missing data, the same for applications and plans.
///
/// The order is that of the text: whether the rule speaks of the subject, whether an exemption takes it out, whether it holds, and
/// where it does not, whether an exception leaves it to a person. What each kind of subject has of its own is how a demand is held
/// against it (`check`).
extension EvaluationContext {
  package func attempt(
    _ rule: RuleTerms, check: () throws(EvaluationError) -> Attempt
  ) throws(EvaluationError) -> Attempt {
    if let applies = rule.applies {
      switch try decide(applies) {
      case .yes: break
      case .no: return .settled(.notApplicable)
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    let exemption = try firstHolding(rule.exemptions)
    if let holding = exemption.clause {
      return .settled(Settled(outcome: .exempt, clause: holding))
    }
    if let unknowns = exemption.unknowns { return .unsettled(unknowns) }
    return try attemptDemand(rule, check: check)
  }

  /// The same of a rule that applies and from which nothing exempts.
  func attemptDemand(
    _ rule: RuleTerms, check: () throws(EvaluationError) -> Attempt
  ) throws(EvaluationError) -> Attempt {
    let checked = try check()
    guard case .settled(.fail) = checked else { return checked }
    let exception = try firstHolding(rule.exceptions)
    if let holding = exception.clause {
      return .settled(Settled(outcome: .review, clause: holding))
    }
    if let unknowns = exception.unknowns { return .unsettled(unknowns) }
    // What the text only allows refuses nothing, and a missed target is worth knowing.
    switch rule.modality {
    case .may: return .settled(Settled(outcome: .review))
    case .target: return .settled(Settled(outcome: .note))
    default: return checked
    }
  }

  /// Everything missing that may be looked at for a rule, in all its parts, whichever of them an attempt would end with.
  package func missing(
    in rule: RuleTerms, check: () throws(EvaluationError) -> Attempt
  ) throws(EvaluationError) -> UnknownSet? {
    var all: UnknownSet?
    func add(_ unknowns: UnknownSet) { all = all?.union(unknowns) ?? unknowns }
    if let applies = rule.applies {
      switch try decide(applies) {
      case .yes: break
      case .no: return nil
      case .unknown(let unknowns): add(unknowns)
      }
    }
    let exemption = try firstHolding(rule.exemptions)
    if let unknowns = exemption.unknowns { add(unknowns) }
    if exemption.clause != nil { return all }
    switch try check() {
    case .settled(let settled): if settled.outcome == .pass { return all }
    case .unsettled(let unknowns): add(unknowns)
    }
    for exception in rule.exceptions {
      switch try decide(exception.term) {
      case .yes: return all
      case .no: continue
      case .unknown(let unknowns): add(unknowns)
      }
    }
    return all
  }

  /// The first of some exemptions or exceptions that surely holds, whatever is not known of those before it; where none does, what
  /// the others hang on.
  func firstHolding(
    _ clauses: [(clause: Int, term: Term)]
  ) throws(EvaluationError) -> (clause: Int?, unknowns: UnknownSet?) {
    var unknowns: UnknownSet?
    for clause in clauses {
      switch try decide(clause.term) {
      case .yes: return (clause.clause, nil)
      case .no: continue
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      }
    }
    return (nil, unknowns)
  }

  /// Whether a demand on one subject alone holds, or what that hangs on.
  package func check(_ require: RequireTerms) throws(EvaluationError) -> Attempt {
    let holds: Ternary
    switch require {
    case .condition(let term): holds = try decide(term)
    case .measure(let measure, let relation, let limit, let within):
      holds = try relation.decide(
        try self.measure(measure), try self.measure(limit),
        within: try within.map { term throws(EvaluationError) in try self.measure(term) }, self)
    }
    switch holds {
    case .yes: return .settled(.pass)
    case .no: return .settled(.fail)
    case .unknown(let unknowns): return .unsettled(unknowns)
    }
  }
}
