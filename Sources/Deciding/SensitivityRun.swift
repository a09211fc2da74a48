import Cases
package import Diagnostics
import Expression
import Policy
import Spatial

/// Decides a competition under one changed setting, and of its members only those for whom it can make a difference.
///
/// It is for a competition in which every rank is known and nothing in doubt. It begins with everything that the first run came to and gave away, and takes back what comes out otherwise. A rule that the
/// setting does not touch comes to what it came to there, unless something that it looks at beside its application has become
/// different: what its limits have given away, who stands in its circles, who has replaced whom.
package struct SensitivityRun {
  private let first: Competition
  private let decider: Decider
  /// By rule of the profile: whether it is decided anew: the setting has a say in it, or its limits may have given away something
  /// else.
  private var isOpen: [Bool]
  /// By set of rules: whether one of them is open.
  private var hasOpenRule: [Bool]
  /// The members that are admitted otherwise than there, by application of the batch; nil before there is one.
  private var differing: GrowingPointIndex?
  private var hasUnplacedDiffering = false
  private var hasDiffering = false
  /// Who replaces whom is not the same, which may change anything.
  private var isLost = false
  private let circleMetres: [(radius: Double, accuracy: Double)]
  /// The farthest that any circle reaches, metres, the accuracy of neighbours included.
  private let reach: Double
  private var found: [Verdict]
  /// Of the member that is looked at.
  private var outcomes: [ItemOutcome] = []

  package init(of first: Competition, _ settings: Settings, isTouched: [Bool]) {
    self.first = first
    let records = first.records
    decider = Decider(
      policy: first.policy, terms: first.terms, settings: settings, records: records,
      members: first.members, ranking: first.ranking, log: first.log)
    found = first.verdicts
    isOpen = [Bool](repeating: false, count: isTouched.count)
    hasOpenRule = [Bool](repeating: false, count: records.ruleSets.count)
    circleMetres = first.settings.circleMetres(first.policy)
    reach =
      circleMetres.lazy.map { circle in
        circle.radius + max(records.batch.worstAccuracyMetres, circle.accuracy)
      }.max() ?? 0
    for rule in first.terms.rules where isTouched[rule.index] { open(rule, from: 0) }
  }

  /// By member: what its rules come to together.
  package mutating func verdicts() throws(Faults) -> [Verdict] {
    for turn in first.ranking.turns {
      let member = turn.member
      let index = first.members[member]
      let set = first.records.ruleSetNumber(of: index)
      let hasSameNeighbours = !hasDiffering || hasSameNeighbours(index)
      if isLost || hasOpenRule[set] || !hasSameNeighbours
        || first.records.batch.applications[index].replaces != nil
      {
        try decide(member, first.records.ruleSets[set], hasSameNeighbours)
      }
    }
    return found
  }

  private mutating func decide(
    _ member: Int, _ rules: ApplicableRules, _ hasSameNeighbours: Bool
  ) throws(Faults) {
    let index = first.members[member]
    let application = first.records.batch.applications[index]
    let isFollowed = !isLost && application.replaces == nil
    decider.look(at: member)
    outcomes.removeAll(keepingCapacity: true)
    var sum = VerdictSum(first.records.batch, index, of: index)
    for (number, item) in rules.items.enumerated() {
      if number == rules.firstInTurn { sum.endOwnRules() }
      var outcome = first.outcome(number, of: member)
      if !isFollowed || isOpen[item.rule.index]
        || !hasSameNeighbours && !item.rule.circles.isEmpty
      {
        let there = outcome
        decider.choose(item.category)
        outcome = try decider.outcome(
          of: item.rule, first.ranking.applicability(number, of: member, rules))
        // Whom a limit speaks of may hang on other circles, though it comes to the same.
        if outcome != there || !hasSameNeighbours && !item.rule.circles.isEmpty {
          part(over: item.rule)
        }
      }
      outcomes.append(outcome)
      sum.add(outcome)
    }
    for outcome in decider.outcomes(ofUnspoken: rules, outcomes) {
      sum.add(ItemOutcome(outcome: outcome))
    }
    found[member] = sum.verdict
    compare(sum.admission, of: member, rules)
    decider.keepUndecided(member, sum.admission)
    decider.takes.removeAll(keepingCapacity: true)
    let turn = Ranking.Turn(member: member, rank: .known)
    if !sum.failsAlone {
      try decider.take(
        rules, outcomes, turn, sum.admission, isForVerdictsAlone: true,
        where: { isOpen[$0.index] })
    }
    decider.give(turn, sum.admission, isForVerdictsAlone: true)
    if isLost { decider.replace(member, sum.admission) }
  }

  /// Whether the circles around an application hold what they held there.
  private func hasSameNeighbours(_ index: Int) -> Bool {
    guard !hasUnplacedDiffering, let centre = first.records.places[index],
      let site = first.records.batch.applications[index].site
    else { return false }
    let accuracy = circleMetres.lazy.map { site.accuracyMetres(atLeast: $0.accuracy) }.max()
    let reach = reach + (accuracy ?? 0) + CircleCounter.toleranceMetres
    return differing?.within(reach, of: centre).isEmpty ?? true
  }

  /// Keeps that from this turn on a rule may give away something else than there; only limits give anything away.
  private mutating func part(over rule: RuleTerms) {
    if case .limit = rule.demand { open(rule, from: decider.turn) }
  }

  /// Decides a rule anew from a turn on: what its limits gave away from there on is taken back.
  private mutating func open(_ rule: RuleTerms, from turn: Int) {
    guard !isOpen[rule.index] else { return }
    isOpen[rule.index] = true
    for (number, rules) in first.records.ruleSets.enumerated()
    where rules.takesPart(in: rule) {
      hasOpenRule[number] = true
    }
    guard case .limit(let parts) = rule.demand else { return }
    for part in parts { decider.log.places.forget(ofPart: part.number, from: turn) }
  }

  /// Keeps whether a member is admitted here and not there, or the other way round, or for sure in one of them only: whatever it
  /// competes for may be given away otherwise.
  private mutating func compare(
    _ admission: Admission, of member: Int, _ rules: ApplicableRules
  ) {
    let there = first.admission(of: member)
    guard there != admission else { return }
    let index = first.members[member]
    hasDiffering = true
    decider.log.admitted.correct(
      index, turn: decider.turn, to: admission, at: first.records.places[index])
    if let place = first.records.places[index], place.isOnEarth {
      if differing == nil {
        differing = GrowingPointIndex(
          covering: first.policy.circles.isEmpty
            ? [] : first.members.map { first.records.places[$0] })
      }
      differing?.add(index, at: place)
    } else {
      hasUnplacedDiffering = true
    }
    for (number, item) in rules.items.enumerated()
    where item.rule.hasUnbound || first.outcome(number, of: member).outcome != .notApplicable
      || outcomes[number].outcome != .notApplicable
    {
      part(over: item.rule)
    }
    for rule in rules.counting { part(over: rule) }
    guard !isLost, first.records.batch.applications[index].replaces != nil else { return }
    isLost = true
    decider.log.replacements.forget(from: decider.turn)
    for rule in first.terms.rules { part(over: rule) }
  }
}
