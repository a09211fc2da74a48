import Cases
package import Diagnostics
package import Expression
import Policy

/// One rule decided for one member: tries, exemptions, exceptions and waivers.
extension Decider {
  /// What a rule comes to for the member that is looked at.
  package func outcome(
    of rule: RuleTerms, _ applicability: Applicability
  ) throws(Faults) -> ItemOutcome {
    try guarded(rule.index) { () throws(EvaluationError) in
      let resolution = try resolved(rule, applicability, namesAll: false)
      if waiver(of: rule, resolution.settled.outcome) != nil {
        return ItemOutcome(outcome: .waived, restsOnTrials: resolution.restsOnTrials)
      }
      let ruled = try ruled(rule, applicability, resolution)
      return ItemOutcome(
        outcome: ruled?.outcome ?? resolution.settled.outcome,
        restsOnTrials: resolution.restsOnTrials,
        isRuled: ruled.map { $0.outcome != .review } ?? false)
    }
  }

  /// What an authority has decided is not left to a person's discretion again. Nor is anything asked for where the rule is kept or
  /// waived whatever is missing.
  private func waiver(of rule: RuleTerms, _ outcome: Outcome) -> Int? {
    guard outcome == .fail || outcome == .review || outcome == .unknown,
      rule.modality == .inPrinciple
    else { return nil }
    return batch.waiver(
      application: batch.applications[members[current]].id, rule: policy.rules[rule.index].id)
  }

  // MARK: What a finding shows

  /// What a report tells of a member, in the order of the profile: every rule that speaks of it, decided again as of its turn, with
  /// its notes.
  ///
  /// What cannot be computed beside a rule's own outcome is left out.
  ///
  /// - Parameter showsFigures: whether anybody asks for more than outcomes, which are known already.
  package func decisions(
    of member: Int, in competition: Competition, keepNotApplicable: Bool, showsFigures: Bool = true
  ) -> [Decision] {
    look(at: member)
    let rules = records.rules(of: members[member])
    let firstTurn = competition.ranking.firstTurn(of: member)
    let isRankOpen = firstTurn != turn
    var decisions: [Decision] = []
    if keepNotApplicable {
      decisions = rules.silent.map { Decision(rule: .rule($0), outcome: .notApplicable) }
    }
    for (number, item) in rules.items.enumerated() {
      let found = competition.outcome(number, of: member)
      if found.outcome == .notApplicable {
        if keepNotApplicable {
          decisions.append(
            Decision(
              rule: .rule(item.rule.index), category: item.category, outcome: .notApplicable))
        }
        continue
      }
      let applicability = competition.ranking.applicability(number, of: member, rules)
      // What fails at any rank that it may have is shown as it fails at the first.
      if isRankOpen { look(at: member, turn: found.outcome == .fail ? firstTurn : turn(member)) }
      choose(item.category)
      // Of a note the part of the limit is asked for, by which it is called.
      if !showsFigures, !isRankOpen, found.outcome != .note {
        decisions.append(
          Decision(rule: .rule(item.rule.index), category: item.category, outcome: found.outcome))
      } else {
        var decision = shown(item, found, applicability)
        if found.restsOnDoubts {
          decision.outcome = found.outcome
          decision.restsOnDoubts = true
        }
        if isRankOpen {
          try? show(competition.ranking, of: member, item, found, in: &decision)
        }
        decisions.append(decision)
      }
      if found.outcome != .exempt {
        if case .limit(let parts) = item.rule.demand {
          decisions += (try? advise(parts, item.rule, item.category)) ?? []
        }
        decisions += (try? notes(item.rule.index, item.category)) ?? []
      }
    }
    decisions.sort { left, right in
      guard case .rule(let a) = left.rule, case .rule(let b) = right.rule else { return false }
      return (a, left.category?.rawValue ?? 0) < (b, right.category?.rawValue ?? 0)
    }
    return decisions
  }

  /// One rule with everything that its finding has to show; what was found without trying any value is not looked for again.
  private func shown(
    _ item: ApplicableRules.Item, _ found: ItemOutcome, _ applicability: Applicability
  ) -> Decision {
    var decision = Decision(
      rule: .rule(item.rule.index), category: item.category, outcome: found.outcome)
    do throws(EvaluationError) {
      let isPlain =
        !found.restsOnTrials && !found.isRuled
        && (found.outcome == .pass || found.outcome == .fail)
      let resolution =
        isPlain
        ? Resolution(Settled(outcome: found.outcome))
        : try resolved(item.rule, applicability, namesAll: true)
      decision.outcome = resolution.settled.outcome
      try explain(&decision, item.rule, applicability, resolution)
      if let waiver = waiver(of: item.rule, resolution.settled.outcome) {
        decision.outcome = .waived
        decision.waiver = waiver
        decision.needs = []
        (decision.hangsOn, decision.moreHangsOn) = ([], 0)
      } else if let ruled = try ruled(item.rule, applicability, resolution) {
        decision.outcome = ruled.outcome
        decision.ruling = ruled.ruling
        if ruled.outcome != .review { (decision.hangsOn, decision.moreHangsOn) = ([], 0) }
      }
    } catch {
      decision.outcome = found.outcome
    }
    return decision
  }

  /// Adds what hangs on the rank of a member whose rank is open.
  private func show(
    _ ranking: Ranking, of member: Int, _ item: ApplicableRules.Item, _ found: ItemOutcome,
    in decision: inout Decision
  ) throws(EvaluationError) {
    if found.restsOnRank {
      decision.outcome = found.outcome
      decision.restsOnRank = true
      if found.isRuled { decision.ruling = ruling(on: item.rule) }
      for path in ranking.merits[member].openness?.needs ?? []
      where !decision.needs.contains(path) {
        decision.needs.append(path)
      }
    }
    guard decision.rank != nil, let part = decision.part, case .limit(let parts) = item.rule.demand
    else { return }
    look(at: member, turn: ranking.firstTurn(of: member))
    choose(item.category)
    let first = try usage(parts[part], item.rule)
    look(at: member)
    choose(item.category)
    guard let first, let last = try usage(parts[part], item.rule) else { return }
    if found.restsOnRank { decision.measured = (first.low, last.high) }
    if first.competed < last.competed {
      decision.openRank = (first.competed + 1)...(last.competed + 1)
    }
  }

  /// Throws where a note that a report may show cannot be computed: no explanation could say so.
  func checkNotes(_ item: ApplicableRules.Item, _ outcome: ItemOutcome) throws(Faults) {
    guard !policy.rules[item.rule.index].notes.isEmpty, outcome.outcome != .notApplicable,
      outcome.outcome != .exempt
    else { return }
    _ = try guarded(item.rule.index) { () throws(EvaluationError) in
      try notes(item.rule.index, item.category)
    }
  }

  /// The notes of a rule that are due.
  private func notes(_ rule: Int, _ category: Category?) throws(EvaluationError) -> [Decision] {
    var decisions: [Decision] = []
    for (index, note) in policy.rules[rule].notes.enumerated() {
      guard try note.isDue(context) else { continue }
      var decision = Decision(rule: .rule(rule), category: category, outcome: .note)
      decision.note = index
      let figures = try note.require.figures(context)
      decision.measured = figures.measured.map { ($0, $0) }
      decision.limit = figures.limit
      decisions.append(decision)
    }
    return decisions
  }

  /// What a rule comes to; with `namesAll` whatever is missing anywhere in it is named, which no outcome hangs on.
  private func resolved(
    _ rule: RuleTerms, _ applicability: Applicability, namesAll: Bool
  ) throws(EvaluationError) -> Resolution {
    let first: Attempt
    // Whether its exceptions alone are open.
    var isFailing = false
    switch applicability {
    case .silent: return Resolution(.notApplicable)
    case .exempt(let clause): return Resolution(Settled(outcome: .exempt, clause: Int(clause)))
    case .bound:
      let checked = try check(rule)
      if case .settled = checked { isFailing = true }
      first = try context.attemptDemand(rule) { checked }
    case .open: first = try attempt(rule)
    }
    switch first {
    case .settled(let settled): return Resolution(settled)
    case .unsettled(let leaves):
      let key = try resolutionKey(rule, isFailing: isFailing, namesAll: namesAll)
      if let key, let known = resolutions[key] { return known }
      var survey: (() throws(EvaluationError) -> UnknownSet?)?
      if namesAll {
        survey = { [unowned self] () throws(EvaluationError) in
          try self.context.missing(in: rule) { () throws(EvaluationError) in
            try self.check(rule)
          }
        }
      }
      var resolver = Resolver(context, survey: survey) {
        [unowned self] () throws(EvaluationError) in
        try self.attempt(rule)
      }
      let resolution = try resolver.resolve(leaves)
      if let key { resolutions[key] = resolution }
      return resolution
    }
  }

  /// What a rule comes to rests on where something is missing: applications alike in all of it come to the same. With resolutions kept by
  /// it, 5,000 applications without a registry take 3.0 thousand million instructions (callgrind), and 4.7 without.
  struct ResolutionKey: Hashable {
    fileprivate var rule: Int
    /// Whether its demand is not met, so that its exceptions alone are open.
    fileprivate var isFailing: Bool
    fileprivate var category: Category?
    /// The application's class by the fields that it rests on.
    fileprivate var number: Int
    fileprivate var namesAll: Bool
    fileprivate var counts: [Int]
  }

  /// Nil where a rule rests on something of this application alone.
  private func resolutionKey(
    _ rule: RuleTerms, isFailing: Bool, namesAll: Bool
  ) throws(EvaluationError) -> ResolutionKey? {
    guard context.overrides.isEmpty, !tellsAccuracyApart,
      let fields = isFailing ? rule.classedExceptionFields : rule.classedFields,
      let number = records.applicationClasses[fields].number(of: applicant),
      let counts = try counts(of: rule.circles)
    else { return nil }
    return ResolutionKey(
      rule: rule.index, isFailing: isFailing, category: context.chosen, number: number,
      namesAll: namesAll, counts: counts)
  }

  /// The missing data that the outcome of a rule hangs on for what is looked at, with the values that each could have.
  package func leaves(of rule: RuleTerms) -> [Unknown] {
    let found: Resolution? = try? resolved(rule, .open, namesAll: true)
    return found?.needs ?? []
  }

  /// Adds what the finding has to show.
  private func explain(
    _ decision: inout Decision, _ rule: RuleTerms, _ applicability: Applicability,
    _ resolution: Resolution
  ) throws(EvaluationError) {
    if decision.outcome == .exempt { decision.exemption = resolution.settled.clause }
    try measure(rule, &decision)
    decision.needs = try needs(resolution.needs)
    if decision.outcome == .review || decision.outcome == .unknown || decision.outcome == .fail {
      try consider(rule, applicability, &decision)
    }
    if resolution.isWithinRange || decision.outcome == .unknown {
      (decision.hangsOn, decision.moreHangsOn) = try hangsOn(rule, decision)
    }
  }

  /// One try at a rule, under whatever is assumed about missing data.
  package func attempt(_ rule: RuleTerms) throws(EvaluationError) -> Attempt {
    try context.attempt(rule) { () throws(EvaluationError) in try check(rule) }
  }

  /// One try at a rule that applies and from which nothing exempts.
  func attemptDemand(_ rule: RuleTerms) throws(EvaluationError) -> Attempt {
    try context.attemptDemand(rule) { () throws(EvaluationError) in try check(rule) }
  }

  private func check(_ rule: RuleTerms) throws(EvaluationError) -> Attempt {
    switch rule.demand {
    case .require(let require): try context.check(require)
    case .limit(let parts): try attempt(parts, rule)
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
    if let unknowns {
      let applicant = NumberBounds(countsApplicant ? .one : .zero, countsApplicant ? .one : .zero)
      guard context.decidesByBounds,
        let holds = Relation.lessOrEqual.holds(count.bounds?.adding(applicant), limit.bounds)
      else { return .unsettled(unknowns) }
      return .settled(holds ? .pass : .fail)
    }
    guard let counted = count.exact, let limit = limit.exact else { return .settled(.fail) }
    let total = try sum(counted, countsApplicant ? 1 : 0, Exact.zero)
    context.note(total, limit, as: "spacing")
    return .settled(total <= limit ? .pass : .fail)
  }
}
