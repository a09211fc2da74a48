import Diagnostics
import Expression

/// One rule decided for one member: tries, exemptions, exceptions and waivers.
extension Competition {
  /// What a rule comes to for the member that is looked at, waivers aside.
  func outcome(of index: Int) throws(EvaluationError) -> Outcome {
    var resolver = Resolver(context) { [unowned self] () throws(EvaluationError) in
      try self.attempt(index)
    }
    return try resolver.resolve().settled.outcome
  }

  func decide(_ index: Int, _ category: Category?, _ member: Int) throws(Faults) {
    let rule = policy.rules[index]
    try guarded(index) { () throws(EvaluationError) in
      var resolver = Resolver(context) { [unowned self] () throws(EvaluationError) in
        try self.attempt(index)
      }
      let resolution = try resolver.resolve()
      var decision = Decision(
        rule: .rule(index), category: category, outcome: resolution.settled.outcome)
      decision.restsOnTrials = resolution.restsOnTrials
      if decision.outcome == .notApplicable {
        if keepNotApplicable { results[member].decisions.append(decision) }
        return
      }
      if decision.outcome == .exempt { decision.exemption = resolution.settled.clause }
      try measure(rule, index, &decision, member)
      decision.needs = try needs(resolution.needs)
      if decision.outcome == .review || decision.outcome == .unknown || decision.outcome == .fail {
        try consider(rule, &decision)
      }
      if resolution.isWithinRange || decision.outcome == .unknown {
        for circle in reach.circles[index] {
          for rival in try evidence(circle).rivals.compactMap({ position[$0] })
          where !decision.hangsOn.contains(rival) { decision.hangsOn.append(rival) }
        }
        decision.hangsOn.sort { turns[$0] < turns[$1] }
      } else {
        decision.hangsOn = []
      }
      // What an authority has decided is not left to a person's discretion again.
      if decision.outcome == .fail || decision.outcome == .review, rule.modality == .inPrinciple,
        let waiver = batch.waiver(
          application: batch.applications[members[member]].id, rule: rule.id)
      {
        decision.outcome = .waived
        decision.waiver = waiver
        decision.hangsOn = []
      }
      results[member].decisions.append(decision)
      if case .limit(let limit) = rule.constraint, decision.outcome != .exempt {
        try advise(limit, index, category, member)
      }
    }
  }

  /// One try at a rule, under whatever is assumed about missing data.
  func attempt(_ index: Int) throws(EvaluationError) -> Attempt {
    let rule = policy.rules[index]
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return .settled(.notApplicable)
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    let exemption = try exemption(of: rule)
    if let holding = exemption.holding {
      return .settled(Settled(outcome: .exempt, clause: holding))
    }
    if let unknowns = exemption.unknowns { return .unsettled(unknowns) }
    let checked: Attempt
    switch rule.constraint {
    case .require(let require):
      switch try require.holds(context) {
      case .yes: checked = .settled(.pass)
      case .no: checked = .settled(.fail)
      case .unknown(let unknowns): checked = .unsettled(unknowns)
      }
    case .limit(let limit): checked = try attempt(limit, rule: index)
    case .spacing(let spacing): checked = try attempt(spacing)
    }
    guard case .settled(.fail) = checked else { return checked }
    for clause in rule.exceptions {
      switch try context.decide(policy.exceptions[clause].program) {
      case .yes: return .settled(Settled(outcome: .review, clause: clause))
      case .no: continue
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    // What the text only allows refuses nothing, and a missed target is worth knowing.
    switch rule.modality {
    case .may: return .settled(Settled(outcome: .review))
    case .target: return .settled(Settled(outcome: .note))
    default: return checked
    }
  }

  func exemption(of rule: Rule) throws(EvaluationError) -> (
    holding: Int?, unknowns: UnknownSet?
  ) {
    var unknowns: UnknownSet?
    for clause in rule.exemptions {
      switch try context.decide(policy.exemptions[clause].program) {
      case .yes: return (clause, nil)
      case .no: continue
      case .unknown(let set): unknowns = unknowns?.union(set) ?? set
      }
    }
    return (nil, unknowns)
  }

  func attempt(_ spacing: Spacing) throws(EvaluationError) -> Attempt {
    let count = try circleCount(spacing.circle)
    let limit = try context.measure(spacing.atMost)
    var unknowns: UnknownSet?
    if case .unknown(let set) = count { unknowns = set }
    if case .unknown(let set) = limit { unknowns = unknowns?.union(set) ?? set }
    if let unknowns { return .unsettled(unknowns) }
    guard let counted = count.exact, let limit = limit.exact else { return .settled(.fail) }
    let total = try sum(counted, spacing.countsApplicant ? 1 : 0, Exact(0))
    context.note(total, limit, as: "spacing")
    return .settled(total <= limit ? .pass : .fail)
  }
}
