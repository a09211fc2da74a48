package import Cases
package import Diagnostics
import Expression
package import Policy
import Reading

/// What an application would come to if something of it were otherwise.
package struct Trial: Sendable {
  package var verdict: Verdict
  /// Of its rules, as far as they speak of what it would ask for.
  private var outcomes: [WhatIf.Target: Outcome] = [:]

  package init(_ verdict: Verdict, _ rules: ApplicableRules, _ outcome: (Int) -> Outcome) {
    self.verdict = verdict
    for (number, item) in rules.items.enumerated() {
      outcomes[WhatIf.Target(item)] = outcome(number)
    }
  }

  /// What a rule would come to; nil where it would not be asked.
  package func outcome(_ target: WhatIf.Target) -> Outcome? { outcomes[target] }

  /// Whether a rule would stand in the way no more.
  package func passes(_ target: WhatIf.Target) -> Bool {
    outcomes[target].map { !$0.isOpenToCure } ?? true
  }
}

extension Outcome {
  /// Whether it stands in the way of an application.
  var isOpenToCure: Bool { self == .fail || self == .review || self == .unknown }
}

/// Tries one application of a competition otherwise than it is.
///
/// Where nothing that stood before its turn depends on it, a trial is one decision as of the turn that it would have: what doubts
/// about applications are tried by as well. Where something may, the whole competition is decided again.
package final class Trials {
  package let whatIf: WhatIf
  package let member: Int
  package let index: Int
  package let application: Application
  let competition: Competition
  /// Decides for this application alone while it is tried.
  package let decider: Decider
  package let order: TrialOrder
  /// The number in the batch of what is tried.
  private let place: Int
  /// What it comes to with scores that were tried already, for one rule or another.
  var triedScores: [Exact: Trial?] = [:]

  package init(_ whatIf: WhatIf, _ member: Int, _ decider: Decider) {
    self.whatIf = whatIf
    self.member = member
    self.decider = decider
    competition = whatIf.competition
    index = competition.members[member]
    application = competition.records.batch.applications[index]
    order = whatIf.order
    place = competition.records.batch.applications.count
  }

  package var policy: Policy { competition.policy }
  package var ranking: Ranking { competition.ranking }

  /// The turn at which it is decided.
  package var turn: Int { ranking.turn(of: member) }

  var isRankOpen: Bool { ranking.firstTurn(of: member) != turn }

  // MARK: The whole application

  /// What it comes to if it is changed; nil where that cannot be told.
  func trial(_ change: (inout Application) -> Void) -> Trial? {
    var changed = application
    change(&changed)
    guard let merit = try? suppose(changed, change), !isRankOpen, merit.openness == nil,
      order.isScoredAlike(application, changed)
    else { return rerun(changed) }
    let turn = order.turn(of: changed, merit)
    guard turn <= self.turn || competition.admission(of: member) == .no else {
      return rerun(changed)
    }
    return trial(at: turn, changed)
  }

  /// What it comes to as it is if it stands at another turn.
  func trial(at turn: Int) -> Trial? {
    if isRankOpen { return nil }
    decider.turn(to: competition.records)
    let suppositions = competition.records.doubts.suppositions[index] ?? []
    return judged(at: turn, as: index, suppositions.map(\.application), application)
  }

  private func trial(at turn: Int, _ changed: Application) -> Trial? {
    let count = competition.records.doubts.suppositions[index]?.count ?? 0
    return judged(at: turn, as: place, Array((place + 1)..<(place + 1 + count)), changed)
  }

  private func judged(
    at turn: Int, as application: Int, _ suppositions: [Int], _ changed: Application
  ) -> Trial? {
    let judged = try? decider.judge(
      member, at: turn, as: application, suppositions: suppositions, after: nil, nil,
      checkingNotes: false
    ) { _ in .open }
    guard let judged else { return nil }
    let rules = decider.records.rules(of: application)
    return Trial(whatIf.verdict(judged.sum.verdict, of: index, changed), rules) {
      judged.outcomes[$0].outcome
    }
  }

  /// Puts a changed application where it can be decided, with what it is if doubts about it are decided against it.
  ///
  /// - Returns: its merit.
  private func suppose(
    _ changed: Application, _ change: (inout Application) -> Void
  ) throws(Faults) -> Ranking.Merit {
    var tried = [changed]
    for supposition in competition.records.doubts.suppositions[index] ?? [] {
      var supposed = competition.records.batch.applications[supposition.application]
      change(&supposed)
      tried.append(supposed)
    }
    decider.turn(
      to: BatchRecords(competition.records, trying: tried, competition.terms))
    decider.look(at: member, turn: 0, as: place)
    var applicabilities: [Decider.Applicability] = []
    return try Ranking.merit(decider, &applicabilities)
  }

  /// The whole competition decided again; nil where there are too many for that.
  private func rerun(_ changed: Application) -> Trial? {
    guard
      let again = whatIf.competition(of: whatIf.batch.replacing(index, with: changed))
    else { return nil }
    return trial(in: again, changed)
  }

  /// What it comes to in another competition of the same members.
  func trial(in other: Competition, _ changed: Application) -> Trial {
    Trial(
      whatIf.verdict(other.verdicts[member], of: index, changed), other.records.rules(of: index)
    ) { other.outcome($0, of: member).outcome }
  }

  /// The comparisons that are made for it if it is changed.
  func comparisons(_ change: (inout Application) -> Void) -> TracedComparisons? {
    var changed = application
    change(&changed)
    guard let merit = try? suppose(changed, change) else { return nil }
    var traced = TracedComparisons()
    let turn = merit.openness == nil ? order.turn(of: changed, merit) : turn
    traced.trace(decider, member, as: place, at: turn)
    for number in (competition.records.doubts.suppositions[index] ?? []).indices {
      traced.trace(decider, member, as: place + 1 + number, at: turn)
    }
    return traced
  }

  // MARK: One rule

  /// Puts a changed application where single rules can be asked of it, at the turn that it has now.
  package func look(_ change: (inout Application) -> Void) {
    var changed = application
    change(&changed)
    decider.turn(
      to: BatchRecords(competition.records, trying: [changed], competition.terms))
    decider.look(at: member, turn: turn, as: place)
  }

  /// Turns to the application as it is.
  func lookAtItself() {
    decider.turn(to: competition.records)
    decider.look(at: member, turn: turn)
  }

  /// What a rule comes to for what is looked at; nil where that cannot be told.
  package func outcome(of target: WhatIf.Target) -> Outcome? {
    guard let rule = competition.terms.rule(target.rule) else { return nil }
    decider.choose(target.category)
    return try? decider.outcome(of: rule, .open).outcome
  }
}

/// Where applications would stand in the order of merit of a competition if something of them were otherwise.
package struct TrialOrder: Sendable {
  private let steps: [Policy.MeritStep.Key]
  private let ranking: Ranking
  private let batch: Batch
  private let members: [Int]
  /// The years in which somebody has a score, so that whoever has none may stand anywhere.
  private let scoredYears: Set<Int>
  /// The years in which somebody has none.
  private let unscoredYears: Set<Int>
  /// Whether scores have a say in the order.
  let ranksByScore: Bool

  package init(_ competition: Competition) {
    steps = competition.policy.merit.prefix { $0.key != .id }.map(\.key)
    ranking = competition.ranking
    batch = competition.records.batch
    members = competition.members
    let step = competition.policy.merit.first { $0.key == .score }
    ranksByScore = step != nil
    var scored: Set<Int> = []
    var unscored: Set<Int> = []
    if let step, !step.missingIsLast {
      for index in members {
        let application = batch.applications[index]
        if application.score == nil {
          unscored.insert(application.submitted.year)
        } else {
          scored.insert(application.submitted.year)
        }
      }
    }
    (scoredYears, unscoredYears) = (scored, unscored)
  }

  /// Whether a change leaves it as it was who has a score in which year, as far as others' ranks hang on that.
  func isScoredAlike(_ application: Application, _ changed: Application) -> Bool {
    if (application.score == nil) != (changed.score == nil) {
      return scoredYears.isEmpty && unscoredYears.isEmpty
    }
    return application.submitted.year == changed.submitted.year
      || unscoredYears.isEmpty || scoredYears.isEmpty
  }

  /// The turn before which a changed application would stand; it knows its rank.
  package func turn(of changed: Application, _ merit: Ranking.Merit) -> Int {
    var (low, high) = (0, ranking.turns.count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(changed, merit, ranking.turns[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a changed application stands after a turn.
  private func isAfter(
    _ changed: Application, _ merit: Ranking.Merit, _ turn: Ranking.Turn
  ) -> Bool {
    let other = batch.applications[members[turn.member]]
    if changed.submitted.year != other.submitted.year {
      return changed.submitted.year > other.submitted.year
    }
    for step in steps {
      switch compared(step, changed, merit, other, turn) {
      case 0: continue
      case let difference: return difference > 0
      }
    }
    return changed.id > other.id
  }

  /// Above zero where the changed application comes after the other by a step.
  private func compared(
    _ step: Policy.MeritStep.Key, _ changed: Application, _ merit: Ranking.Merit,
    _ other: Application, _ turn: Ranking.Turn
  ) -> Int {
    func difference<Key: Comparable>(_ left: Key, _ right: Key) -> Int {
      left < right ? -1 : left > right ? 1 : 0
    }
    let others = ranking.merits[turn.member]
    switch step {
    case .exempt:
      return difference(
        MeritOrder.key(merit.isExempt, .known), MeritOrder.key(others.isExempt, turn.rank))
    case .priority:
      return difference(
        MeritOrder.key(merit.hasPriority, .known), MeritOrder.key(others.hasPriority, turn.rank))
    case .score:
      let theirs = score(of: other, turn)
      guard let own = changed.score else { return theirs == nil ? 0 : 1 }
      guard let theirs else { return -1 }
      return own == theirs ? 0 : own > theirs ? -1 : 1
    case .submitted:
      return difference(
        changed.submitted.daysSinceEpoch, other.submitted.daysSinceEpoch)
    case .id: return 0
    }
  }

  /// The score that another stands with at a turn: the best or the worst where it is missing among others that have one.
  private func score(of other: Application, _ turn: Ranking.Turn) -> Exact? {
    if let score = other.score { return score }
    guard scoredYears.contains(other.submitted.year) else { return nil }
    return turn.rank == .first ? Exact(100) : .zero
  }
}
