package import Cases
package import Diagnostics
import Expression
import Policy

/// One pass over the members of a competition in the order of merit: outcomes, and who takes what (semantics.md 4).
package struct MeritPass {
  private let decider: Decider
  private let ranking: Ranking
  /// By member: where its outcomes begin.
  private let starts: [Int]
  /// Only verdicts are asked for: nothing is kept that reports tell of limits.
  private let isForVerdictsAlone: Bool
  /// The turns of those who replace an institution, in their order; and by institution.
  private let replacing: [Int]
  private let replacingOne: [String: [Int]]
  package private(set) var verdicts: [Verdict]
  package private(set) var outcomes: [ItemOutcome]
  package private(set) var admissions: [Admission]
  /// By member of whom something is in doubt: the verdicts under its suppositions.
  package private(set) var differences: [Int: Differences] = [:]

  package init(
    _ decider: Decider, _ ranking: Ranking, _ starts: [Int], itemCount: Int,
    isForVerdictsAlone: Bool
  ) {
    self.decider = decider
    self.ranking = ranking
    self.starts = starts
    self.isForVerdictsAlone = isForVerdictsAlone
    func leaving(_ turn: Int) -> String? {
      decider.batch.applications[decider.members[ranking.turns[turn].member]].replaces
    }
    replacing =
      decider.recognizesReplacements ? ranking.turns.indices.filter { leaving($0) != nil } : []
    replacingOne = Dictionary(grouping: replacing) { leaving($0) ?? "" }
    verdicts = Array(repeating: .admissible, count: starts.count)
    outcomes = Array(repeating: ItemOutcome(outcome: .notApplicable), count: itemCount)
    admissions = Array(repeating: .no, count: starts.count)
  }

  /// Decides everybody.
  ///
  /// - Returns: what was given away.
  package mutating func run() throws(Faults) -> BatchLog {
    for (number, turn) in ranking.turns.enumerated() { try decide(turn, number) }
    return decider.log
  }

  /// Steps 1, 3 and 4 at a member's turn: the rules that look at it alone, then limits and circles.
  ///
  /// Its own rules wait for its turn as well, because whether it adds beds or is a newcomer may hang on who replaced a leaving
  /// institution before it; nothing else looks at their outcome earlier.
  private mutating func decide(_ turn: Ranking.Turn, _ number: Int) throws(Faults) {
    let member = turn.member
    let index = decider.members[member]
    let rules = decider.records.rules(of: index)
    let suppositions = decider.records.doubts.suppositions[index] ?? []
    let own = starts[member]..<(starts[member] + rules.items.count)
    // At the last rank that it may have, the outcomes still are those at the first.
    let first = turn.rank == .last ? outcomes[own] : nil
    func judge() throws(Faults) -> Judgement {
      try decider.judge(
        member, at: number, as: index, suppositions: suppositions.map(\.application), after: first,
        ranking.merits[member].openness, checkingNotes: !isForVerdictsAlone
      ) {
        ranking.applicability($0, of: member, rules)
      }
    }
    let judged = try judge()
    outcomes.replaceSubrange(own, with: judged.outcomes)
    differences[member] = judged.differences
    verdicts[member] = judged.sum.verdict
    admissions[member] = judged.sum.admission
    decider.keepUndecided(member, judged.sum.admission)
    var admission = judged.sum.admission
    var taking = judged
    // At one of its ranks the place of its own institution may be its own, and at another have gone to somebody else: then it takes one
    // of the limit's, or not.
    if turn.rank != .known, let leaving = decider.batch.applications[index].replaces,
      Self.isAny(
        of: replacingOne[leaving] ?? [], from: ranking.firstTurn(of: member),
        to: ranking.turn(of: member))
    {
      decider.isAtAnyRank = true
      let otherwise = try judge()
      if !otherwise.failsAlone { taking = otherwise }
    }
    defer { decider.isAtAnyRank = false }
    // At its first rank it takes nothing surely, and nobody has to be told that it competed. What refuses it there stands at its other
    // ranks too, but for an institution that leaves in between and frees what it fills.
    if turn.rank == .first {
      let mayBeFreed = Self.isAny(of: replacing, from: number, to: ranking.turn(of: member))
      if admission == .no, taking.failsAlone || !mayBeFreed { return }
      admission = .maybe
    }
    decider.takes.removeAll(keepingCapacity: true)
    if !taking.failsAlone {
      try decider.take(
        rules, taking.outcomes, turn, admission, isForVerdictsAlone: isForVerdictsAlone)
    }
    for (supposition, (rules, found)) in zip(suppositions, taking.supposed) {
      let before = decider.takes
      decider.takes = []
      decider.look(at: member, turn: number, as: supposition.application)
      if !found.sum.failsAlone {
        try decider.take(
          rules, found.outcomes, turn, admission, isForVerdictsAlone: isForVerdictsAlone)
      }
      decider.takes = Decider.Take.either(before, decider.takes, member)
    }
    if !suppositions.isEmpty { decider.look(at: member, turn: number) }
    decider.give(turn, admission, isForVerdictsAlone: isForVerdictsAlone)
    decider.admit(member, admission)
  }
}

extension MeritPass {
  /// Whether one of some turns, which are in their order, lies between the first and the last of a member.
  private static func isAny(of turns: [Int], from first: Int, to last: Int) -> Bool {
    // A search by halves: thousands may have an open rank, and thousands replace.
    var (low, high) = (0, turns.count)
    while low < high {
      let middle = (low + high) / 2
      if turns[middle] <= first { low = middle + 1 } else { high = middle }
    }
    return low < turns.count && turns[low] < last
  }
}

/// What a member comes to at one of its turns, before anything is given to it.
package struct Judgement {
  /// Of its rules, in the order in which they are decided.
  package var outcomes: [ItemOutcome]
  package var sum: VerdictSum
  /// Whether a rule that looks at it alone refuses it as its application says.
  var failsAlone: Bool
  /// The verdicts as the application says and under its suppositions; nil where it has none.
  package var differences: Differences?
  /// What its rules come to under each supposition.
  package fileprivate(set) var supposed: [(rules: ApplicableRules, found: Found)]

  /// What the rules of an application come to.
  package struct Found {
    package var outcomes: [ItemOutcome] = []
    package var sum: VerdictSum
    /// What categories come to of which no rule speaks, where the profile leaves that to a person.
    var unspoken: [Outcome] = []
  }
}

extension Decider {
  /// What a member comes to at a turn; nothing is taken.
  ///
  /// - Parameters:
  ///   - application: what it is taken for: its own, or another one that is tried in its place.
  ///   - suppositions: what it is if doubts about it are decided against it, in the order of those about the member.
  ///   - first: what its rules came to at the first rank that it may have, where this is the last.
  ///   - applicability: of an item of its rules, by number.
  func judge(
    _ member: Int, at number: Int, as application: Int, suppositions: [Int],
    after first: ArraySlice<ItemOutcome>?, _ openness: Ranking.Openness?, checkingNotes: Bool,
    _ applicability: (Int) -> Applicability
  ) throws(Faults) -> Judgement {
    let index = members[member]
    look(at: member, turn: number, as: application)
    let rules = records.rules(of: application)
    let own = try outcomes(rules, checkingNotes: checkingNotes, applicability)
    var supposed: [(rules: ApplicableRules, found: Judgement.Found)] = []
    for supposition in suppositions {
      look(at: member, turn: number, as: supposition)
      let rules = records.rules(of: supposition)
      supposed.append((rules, try outcomes(rules, checkingNotes: false) { _ in .open }))
    }
    var found = own.outcomes
    if !suppositions.isEmpty {
      // What fails as the application says, and would not as the registry has it, refuses nobody.
      if own.sum.verdict == .refused, supposed.contains(where: { $0.found.sum.verdict != .refused })
      {
        for item in found.indices where found[item].outcome == .fail {
          found[item] = ItemOutcome(outcome: .review, restsOnDoubts: true)
        }
      }
      look(at: member, turn: number, as: application)
    }
    let differences =
      suppositions.isEmpty
      ? nil : Differences(own: own.sum.verdict, supposed: supposed.map(\.found.sum.verdict))
    var sum = VerdictSum(batch, application, of: index)
    for outcome in own.unspoken { sum.add(ItemOutcome(outcome: outcome)) }
    if let differences {
      for weighed in records.doubts.weighed(index, differences) where weighed.decides {
        sum.add(ItemOutcome(outcome: batch.outcome(ofReview: weighed.doubt.rule, of: index)))
      }
    }
    for item in found.indices {
      if let first {
        choose(rules.items[item].category)
        found[item] = first[first.startIndex + item].or(
          found[item], openness, ruling(on: rules.items[item].rule))
      }
      sum.add(found[item])
    }
    return Judgement(
      outcomes: found, sum: sum, failsAlone: own.sum.failsAlone, differences: differences,
      supposed: supposed)
  }

  private func outcomes(
    _ rules: ApplicableRules, checkingNotes: Bool, _ applicability: (Int) -> Applicability
  ) throws(Faults) -> Judgement.Found {
    var found = Judgement.Found(sum: VerdictSum(batch, applicant, of: members[current]))
    found.outcomes.reserveCapacity(rules.items.count)
    for (number, item) in rules.items.enumerated() {
      if number == rules.firstInTurn { found.sum.endOwnRules() }
      choose(item.category)
      let outcome = try outcome(of: item.rule, applicability(number))
      found.outcomes.append(outcome)
      found.sum.add(outcome)
      if checkingNotes { try checkNotes(item, outcome) }
    }
    found.unspoken = outcomes(ofUnspoken: rules, found.outcomes)
    for outcome in found.unspoken { found.sum.add(ItemOutcome(outcome: outcome)) }
    return found
  }
}

/// The verdict on a member as its application says, and under each supposition.
package struct Differences: Sendable {
  package var own: Verdict
  var supposed: [Verdict]
}

extension Decider {
  /// What categories come to of which no rule speaks that could refuse, where the profile leaves that to a person.
  package func outcomes(ofUnspoken rules: ApplicableRules, _ outcomes: [ItemOutcome]) -> [Outcome] {
    guard policy.leavesSilenceToAPerson else { return [] }
    let held = batch.applications[applicant].designatedFor
    return rules.unspoken(outcomes, held: held).map { category in
      batch.outcome(ofReview: .noRuleSpeaks, category, of: members[current])
    }
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
package struct VerdictSum {
  package private(set) var verdict: Verdict
  /// Whether it is refused by a rule that looks at it alone: then it takes no place, whatever the others come to.
  private(set) var failsAlone = false

  /// Begins with what is found from outside the rules, as far as it leaves an application to a person.
  ///
  /// A profile that is not in force makes nobody undecided; only one that a person ruled out refuses.
  ///
  /// - Parameters:
  ///   - supposed: the application that it is taken for.
  ///   - index: its own.
  package init(_ batch: Batch, _ supposed: Int, of index: Int) {
    verdict = .admissible
    for category in batch.applications[supposed].misfits {
      add(ItemOutcome(outcome: batch.outcome(ofReview: .kindAndCategory, category, of: index)))
    }
    for rule in [BuiltInRule.profileNotInForce, .submittedAfterDecision]
    where batch.outcome(ofReview: rule, of: index) == .fail {
      add(ItemOutcome(outcome: .fail))
    }
  }

  package mutating func add(_ outcome: ItemOutcome) {
    if outcome.outcome != .notApplicable { verdict.add(outcome.outcome, of: .application) }
  }

  /// Says that what comes now is decided in turn.
  mutating func endOwnRules() { failsAlone = verdict == .refused }

  package var admission: Admission {
    switch verdict {
    case .refused: .no
    case .admissible: .yes
    default: .maybe
    }
  }
}

extension Decider {
  /// Adds to ``takes`` what the member that is looked at takes of limits: of those that its rules hold it to, and of those that will
  /// count it all the same.
  ///
  /// - Parameter isOpen: which rules are looked at.
  package func take(
    _ rules: ApplicableRules, _ outcomes: some Collection<ItemOutcome>, _ turn: Ranking.Turn,
    _ admission: Admission, isForVerdictsAlone: Bool,
    where isOpen: (RuleTerms) -> Bool = { _ in true }
  ) throws(Faults) {
    for (item, outcome) in zip(rules.items, outcomes) where isOpen(item.rule) {
      try take(item, outcome, turn, admission, isForVerdictsAlone: isForVerdictsAlone)
    }
    for rule in rules.counting where isOpen(rule) {
      try take(
        ApplicableRules.Item(rule: rule, category: nil), ItemOutcome(outcome: .notApplicable), turn,
        admission, isForVerdictsAlone: isForVerdictsAlone)
    }
  }

  private func take(
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
  package func replace(_ member: Int, _ admission: Admission) {
    let index = members[member]
    guard admission != .no, recognizesReplacements,
      let leaving = batch.applications[index].replaces,
      !batch.registry.isPresent || batch.freed(by: batch.applications[index]) != nil
    else { return }
    // Of one that may not be leaving nobody surely takes the place, unless a person has confirmed that it is.
    let isDoubtful =
      records.doubts.byApplication[index]?.contains(.replacementUnconfirmed) ?? false
      && batch.outcome(ofReview: .replacementUnconfirmed, of: index) != .pass
    let admission: Admission = isDoubtful ? .maybe : admission
    log.replacements.add(
      .init(
        member: member, application: index, turn: turn, admission: admission,
        isDoubtful: isDoubtful), for: leaving, batch)
  }
}
