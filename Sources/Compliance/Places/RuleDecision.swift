import Diagnostics
import Expression

/// One rule decided for one member: tries, exemptions, exceptions and waivers.
extension Competition {
  func decide(
    _ rule: RuleTerms, _ category: Category?, _ member: Int, _ standing: Standing
  ) throws(Faults) -> Course {
    try guarded(rule.index) { () throws(EvaluationError) in
      let resolution = try resolved(rule, standing)
      var course = Course(
        outcome: resolution.settled.outcome, restsOnTrials: resolution.restsOnTrials)
      // What an authority has decided is not left to a person's discretion again. Nor is anything asked for where the rule is kept
      // or waived whatever is missing.
      var waiver: Int?
      if course.outcome == .fail || course.outcome == .review || course.outcome == .unknown,
        rule.modality == .inPrinciple
      {
        waiver = batch.waiver(
          application: batch.applications[members[member]].id, rule: policy.rules[rule.index].id)
        if waiver != nil { course.outcome = .waived }
      }
      if isRehearsal { return course }
      var decision = Decision(
        rule: .rule(rule.index), category: category, outcome: resolution.settled.outcome)
      if course.outcome == .notApplicable {
        if keepNotApplicable { results[member].decisions.append(decision) }
        return course
      }
      try explain(&decision, rule, standing, resolution)
      if let waiver {
        decision.outcome = .waived
        decision.waiver = waiver
        decision.needs = []
        (decision.hangsOn, decision.moreHangsOn) = ([], 0)
      }
      results[member].decisions.append(decision)
      if course.outcome != .exempt {
        if case .limit(let parts) = rule.demand {
          try advise(parts, rule.index, category, member)
        }
        try note(rule.index, category, member)
      }
      return course
    }
  }

  /// Adds the notes of a rule that are due.
  private func note(
    _ rule: Int, _ category: Category?, _ member: Int
  ) throws(EvaluationError) {
    for (index, note) in policy.rules[rule].notes.enumerated() {
      guard try note.isDue(context) else { continue }
      var decision = Decision(rule: .rule(rule), category: category, outcome: .note)
      decision.note = index
      let figures = try note.require.figures(context)
      decision.measured = figures.measured.map { ($0, $0) }
      decision.limit = figures.limit
      results[member].decisions.append(decision)
    }
  }

  private func resolved(
    _ rule: RuleTerms, _ standing: Standing
  ) throws(EvaluationError) -> Resolution {
    let first: Attempt
    switch standing {
    case .silent: return Resolution(.notApplicable)
    case .exempt(let clause): return Resolution(Settled(outcome: .exempt, clause: clause))
    case .bound: first = try attemptDemand(rule)
    case .open: first = try attempt(rule)
    }
    switch first {
    case .settled(let settled): return Resolution(settled)
    case .unsettled(let leaves):
      // A rehearsal asks for outcomes alone.
      var survey: (() throws(EvaluationError) -> UnknownSet?)?
      if !isRehearsal {
        survey = { [unowned self] () throws(EvaluationError) in
          try self.context.missing(in: rule) { () throws(EvaluationError) in
            try self.check(rule.demand)
          }
        }
      }
      var resolver = Resolver(context, survey: survey) {
        [unowned self] () throws(EvaluationError) in
        try self.attempt(rule)
      }
      return try resolver.resolve(leaves)
    }
  }

  /// Adds what the finding has to show.
  private func explain(
    _ decision: inout Decision, _ rule: RuleTerms, _ standing: Standing, _ resolution: Resolution
  ) throws(EvaluationError) {
    if decision.outcome == .exempt { decision.exemption = resolution.settled.clause }
    try measure(rule, &decision)
    decision.needs = try needs(resolution.needs)
    if decision.outcome == .review || decision.outcome == .unknown || decision.outcome == .fail {
      try consider(rule, standing, &decision)
    }
    if resolution.isWithinRange || decision.outcome == .unknown {
      (decision.hangsOn, decision.moreHangsOn) = try hangsOn(rule, decision)
    }
  }

  /// One try at a rule, under whatever is assumed about missing data.
  func attempt(_ rule: RuleTerms) throws(EvaluationError) -> Attempt {
    try context.attempt(rule) { () throws(EvaluationError) in try check(rule.demand) }
  }

  /// One try at a rule that applies and from which nothing exempts.
  private func attemptDemand(_ rule: RuleTerms) throws(EvaluationError) -> Attempt {
    try context.attemptDemand(rule) { () throws(EvaluationError) in try check(rule.demand) }
  }

  private func check(_ demand: RuleTerms.Demand) throws(EvaluationError) -> Attempt {
    switch demand {
    case .require(let require): try context.check(require)
    case .limit(let parts): try attempt(parts)
    case .spacing(let circle, let countsApplicant, let atMost):
      try attempt(circle, countsApplicant, atMost)
    }
  }

  private func attempt(
    _ circle: Int, _ countsApplicant: Bool, _ atMost: Term
  ) throws(EvaluationError) -> Attempt {
    let count = try circleCount(circle)
    let limit = try context.measure(atMost)
    var unknowns: UnknownSet?
    if case .unknown(let set) = count { unknowns = set }
    if case .unknown(let set) = limit { unknowns = unknowns?.union(set) ?? set }
    if let unknowns { return .unsettled(unknowns) }
    guard let counted = count.exact, let limit = limit.exact else { return .settled(.fail) }
    let total = try sum(counted, countsApplicant ? 1 : 0, Exact.zero)
    context.note(total, limit, as: "spacing")
    return .settled(total <= limit ? .pass : .fail)
  }
}
