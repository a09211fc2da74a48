import Diagnostics
import Expression

/// One pass over the members of a competition in the order of merit: outcomes, and who takes what (semantics.md 4).
struct MeritPass {
  private let decider: Decider
  private let ranking: Ranking
  /// By member: where its outcomes begin.
  private let starts: [Int]
  private var sensitivity: SensitivityRun?
  /// Only verdicts are asked for: nothing is kept that reports tell of limits.
  private let isSensitivityRun: Bool
  private(set) var verdicts: [Verdict]
  private(set) var outcomes: [ItemOutcome]
  private(set) var admissions: [Admission]

  init(
    _ decider: Decider, _ ranking: Ranking, _ starts: [Int], itemCount: Int,
    sensitivity: SensitivityRun?, isSensitivityRun: Bool
  ) {
    self.decider = decider
    self.ranking = ranking
    self.starts = starts
    self.sensitivity = sensitivity
    self.isSensitivityRun = isSensitivityRun
    verdicts = Array(repeating: .admissible, count: starts.count)
    outcomes = Array(repeating: ItemOutcome(outcome: .notApplicable), count: itemCount)
    admissions = Array(repeating: .no, count: starts.count)
  }

  mutating func run() throws(Faults) {
    for member in ranking.order.members { try decide(member) }
  }

  /// Steps 1, 3 and 4 at a member's turn: the rules that look at it alone, then limits and circles.
  ///
  /// Its own rules wait for its turn as well, because whether it adds beds or is a newcomer may hang on who replaced a leaving
  /// institution before it; nothing else looks at their outcome earlier.
  private mutating func decide(_ member: Int) throws(Faults) {
    decider.look(at: member)
    let index = decider.members[member]
    let rules = decider.records.rules(of: index)
    let hasSameNeighbours = sensitivity?.hasSameNeighbours(member) ?? false
    var verdict = Verdict.admissible
    var failsAlone = false
    if !decider.batch.applications[index].misfits.isEmpty { verdict = .review }
    for (number, item) in rules.items.enumerated() {
      if number == rules.firstInTurn { failsAlone = verdict == .refused }
      let outcome = try outcome(
        of: item, number, rules, member, hasSameNeighbours: hasSameNeighbours)
      outcomes[starts[member] + number] = outcome
      if outcome.outcome != .notApplicable { verdict.add(outcome.outcome, of: .application) }
    }
    let admission: Admission =
      switch verdict {
      case .refused: .no
      case .admissible: .yes
      default: .maybe
      }
    verdicts[member] = verdict
    admissions[member] = admission
    sensitivity?.compare(admission, of: member, rules) { outcomes[starts[member] + $0] }
    if !failsAlone { try take(member, rules, admission) }
    if admission != .no { admit(member, isSure: admission == .yes) }
  }

  /// What an item comes to: what it came to in the run that is followed where it can be nothing else.
  private mutating func outcome(
    of item: ApplicableRules.Item, _ number: Int, _ rules: ApplicableRules, _ member: Int,
    hasSameNeighbours: Bool
  ) throws(Faults) -> ItemOutcome {
    if let sensitivity,
      sensitivity.governs(item.rule, member, hasSameNeighbours: hasSameNeighbours)
    {
      return sensitivity.outcome(number, of: member)
    }
    decider.choose(item.category)
    let outcome = try decider.outcome(
      of: item.rule, ranking.applicability(number, of: member, rules))
    if let there = sensitivity?.outcome(number, of: member), there != outcome {
      sensitivity?.part(over: item.rule)
    }
    return outcome
  }

  private func take(
    _ member: Int, _ rules: ApplicableRules, _ admission: Admission
  ) throws(Faults) {
    for (number, item) in rules.items.enumerated() {
      let outcome = outcomes[starts[member] + number]
      guard outcome.outcome != .notApplicable || item.rule.hasUnbound, outcome.outcome != .note,
        case .limit(let parts) = item.rule.demand
      else { continue }
      decider.choose(item.category)
      try decider.take(
        parts, item.rule, outcome, member, admission, isSensitivityRun: isSensitivityRun)
    }
  }

  private func admit(_ member: Int, isSure: Bool) {
    let index = decider.members[member]
    let turn = ranking.turns[member]
    decider.log.admitted.add(
      index, turn: turn, isSure: isSure, at: decider.records.places[index])
    guard let leaving = decider.batch.applications[index].replaces else { return }
    decider.log.replacements.add(
      .init(member: member, application: index, turn: turn, admission: isSure ? .yes : .maybe),
      for: leaving, decider.batch)
  }
}
