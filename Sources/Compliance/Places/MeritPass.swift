import Diagnostics
import Expression

/// One pass over the members of a competition in the order of merit: outcomes, and who takes what (semantics.md 4).
struct MeritPass {
  private let decider: Decider
  private let ranking: Ranking
  /// By member: where its outcomes begin.
  private let starts: [Int]
  /// Only verdicts are asked for: nothing is kept that reports tell of limits.
  private let isForVerdictsAlone: Bool
  private(set) var verdicts: [Verdict]
  private(set) var outcomes: [ItemOutcome]
  private(set) var admissions: [Admission]

  init(
    _ decider: Decider, _ ranking: Ranking, _ starts: [Int], itemCount: Int,
    isForVerdictsAlone: Bool
  ) {
    self.decider = decider
    self.ranking = ranking
    self.starts = starts
    self.isForVerdictsAlone = isForVerdictsAlone
    verdicts = Array(repeating: .admissible, count: starts.count)
    outcomes = Array(repeating: ItemOutcome(outcome: .notApplicable), count: itemCount)
    admissions = Array(repeating: .no, count: starts.count)
  }

  /// Decides everybody.
  ///
  /// - Returns: what was given away.
  mutating func run() throws(Faults) -> BatchLog {
    for (number, turn) in ranking.turns.enumerated() { try decide(turn, number) }
    return decider.log
  }

  /// Steps 1, 3 and 4 at a member's turn: the rules that look at it alone, then limits and circles.
  ///
  /// Its own rules wait for its turn as well, because whether it adds beds or is a newcomer may hang on who replaced a leaving
  /// institution before it; nothing else looks at their outcome earlier.
  private mutating func decide(_ turn: Ranking.Turn, _ number: Int) throws(Faults) {
    let member = turn.member
    decider.look(at: member, turn: number)
    let rules = decider.records.rules(of: decider.members[member])
    var sum = VerdictSum(decider.batch, decider.members[member])
    for (number, item) in rules.items.enumerated() {
      if number == rules.firstInTurn { sum.endOwnRules() }
      decider.choose(item.category)
      var outcome = try decider.outcome(
        of: item.rule, ranking.applicability(number, of: member, rules))
      // At the last rank that it may have, the outcomes still are those at the first.
      if turn.rank == .last {
        outcome = outcomes[starts[member] + number].or(
          outcome, ranking.merits[member].openness, decider.ruling(on: item.rule))
      }
      outcomes[starts[member] + number] = outcome
      sum.add(outcome)
      if !isForVerdictsAlone { try decider.checkNotes(item, outcome) }
    }
    verdicts[member] = sum.verdict
    admissions[member] = sum.admission
    decider.keepUndecided(member, sum.admission)
    // At its first rank it takes nothing surely, and nobody has to be told that it competed.
    let admission = turn.rank == .first && sum.admission == .yes ? .maybe : sum.admission
    if turn.rank == .first, admission == .no { return }
    if !sum.failsAlone {
      for (number, item) in rules.items.enumerated() {
        try decider.take(
          item, outcomes[starts[member] + number], turn, admission,
          isForVerdictsAlone: isForVerdictsAlone)
      }
    }
    decider.admit(member, admission)
  }
}

extension ItemOutcome {
  /// What a rule comes to at one rank or another that an application may have: what holds at both stands.
  ///
  /// - Parameter ruling: what a person decided.
  fileprivate func or(
    _ last: ItemOutcome, _ openness: Ranking.Openness?, _ ruling: Ruling?
  ) -> ItemOutcome {
    func result(_ outcome: Outcome, restsOnRank: Bool = false) -> ItemOutcome {
      ItemOutcome(
        outcome: outcome, restsOnTrials: restsOnTrials || last.restsOnTrials,
        restsOnRank: restsOnRank, isRuled: isRuled || last.isRuled)
    }
    if outcome == last.outcome { return result(outcome) }
    let both: Set<Outcome> = [outcome, last.outcome]
    if both.isSubset(of: [.pass, .notApplicable, .exempt]) {
      return result(both.contains(.pass) ? .pass : .exempt)
    }
    let isOpen = both.contains(.unknown) || openness?.isOfAccuracy != true
    // What is open at one rank for another reason comes first; what hangs on the rank alone a person may have decided.
    if !isOpen, !both.contains(.review), let ruling {
      return ItemOutcome(outcome: ruling.outcome, restsOnRank: true, isRuled: true)
    }
    return ItemOutcome(
      outcome: isOpen ? .unknown : .review, restsOnTrials: restsOnTrials || last.restsOnTrials,
      restsOnRank: true)
  }
}

/// The verdict on a member while its rules are gone through.
struct VerdictSum {
  private(set) var verdict: Verdict
  /// Whether it is refused by a rule that looks at it alone: then it takes no place, whatever the others come to.
  private(set) var failsAlone = false

  /// Begins with what is found from outside the rules, as far as it leaves an application to a person.
  ///
  /// A profile that is not in force makes nobody undecided; only one that a person ruled out refuses.
  init(_ batch: Batch, _ index: Int) {
    verdict = .admissible
    for category in batch.applications[index].misfits {
      add(ItemOutcome(outcome: batch.outcome(ofReview: .kindAndCategory, category, of: index)))
    }
    if batch.outcome(ofReview: .profileNotInForce, of: index) == .fail {
      add(ItemOutcome(outcome: .fail))
    }
  }

  mutating func add(_ outcome: ItemOutcome) {
    if outcome.outcome != .notApplicable { verdict.add(outcome.outcome, of: .application) }
  }

  /// Says that what comes now is decided in turn.
  mutating func endOwnRules() { failsAlone = verdict == .refused }

  var admission: Admission {
    switch verdict {
    case .refused: .no
    case .admissible: .yes
    default: .maybe
    }
  }
}

extension Decider {
  /// Gives the member that is looked at the places that one of its rules gives.
  func take(
    _ item: ApplicableRules.Item, _ outcome: ItemOutcome, _ turn: Ranking.Turn,
    _ admission: Admission, isForVerdictsAlone: Bool
  ) throws(Faults) {
    guard case .limit(let parts) = item.rule.demand, outcome.outcome != .note,
      outcome.outcome != .notApplicable || item.rule.hasUnbound
    else { return }
    choose(item.category)
    try take(
      parts, item.rule, outcome, turn, admission, isForVerdictsAlone: isForVerdictsAlone)
  }

  /// Keeps that a member is admitted, surely or maybe, and whose place it takes.
  func admit(_ member: Int, _ admission: Admission) {
    guard admission != .no else { return }
    let index = members[member]
    log.admitted.add(
      index, turn: turn, isSure: admission == .yes, at: records.places[index])
    replace(member, admission)
  }

  /// Keeps whose place a member takes that is admitted, surely or maybe.
  func replace(_ member: Int, _ admission: Admission) {
    let index = members[member]
    guard admission != .no, let leaving = batch.applications[index].replaces else { return }
    log.replacements.add(
      .init(member: member, application: index, turn: turn, admission: admission),
      for: leaving, batch)
  }
}
