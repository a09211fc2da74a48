import Diagnostics
import Expression
import Spatial

/// Follows a competition that is decided under one changed setting, wherever it can come to nothing else.
///
/// A rule that the setting does not touch comes to what it came to there, unless something that it looks at beside its
/// application has become different: what its limits have given away, who stands in its circles, who has replaced whom. Where
/// the two runs come apart is kept here; a rule that may look at it is decided anew.
struct SensitivityRun {
  private let run: Competition
  /// By rule of the profile: whether the setting has a say in it.
  private let isTouched: [Bool]
  /// By rule of the profile: whether its limits may have given away something else than there.
  private var differsInPlaces: [Bool]
  /// The members that stand otherwise than there, by application of the batch.
  private var differing: GrowingPointIndex
  private var hasUnplacedDiffering = false
  private var isEmpty = true
  /// Who replaces whom is not the same, which may change anything.
  private var isLost = false
  private let circleMetres: [(radius: Double, accuracy: Double)]
  /// The farthest that any circle reaches, metres, the accuracy of neighbours included.
  private let reach: Double

  init(of run: Competition, isTouched: [Bool]) {
    self.run = run
    self.isTouched = isTouched
    differsInPlaces = [Bool](repeating: false, count: isTouched.count)
    differing = GrowingPointIndex(
      covering: run.policy.circles.isEmpty ? [] : run.members.map { run.records.places[$0] })
    circleMetres = run.policy.circles.map { circle in
      (
        run.settings.parameters[circle.radius].exact?.asDouble ?? 0,
        circle.accuracy.flatMap { run.settings.parameters[$0].exact?.asDouble } ?? 0
      )
    }
    reach =
      circleMetres.lazy.map { circle in
        circle.radius + max(run.records.batch.worstAccuracyMetres, circle.accuracy)
      }.max() ?? 0
  }

  func outcome(_ number: Int, of member: Int) -> ItemOutcome { run.outcome(number, of: member) }

  /// Whether the circles of a member hold what they held there.
  func hasSameNeighbours(_ member: Int) -> Bool {
    if isEmpty { return true }
    let index = run.members[member]
    guard !hasUnplacedDiffering, let centre = run.records.places[index],
      let site = run.records.batch.applications[index].site
    else { return false }
    let accuracy = circleMetres.lazy.map { site.accuracyMetres(atLeast: $0.accuracy) }.max()
    return differing.within(
      reach + (accuracy ?? 0) + CircleCounter.toleranceMetres, of: centre
    ).isEmpty
  }

  /// Whether a rule can come to nothing else than there.
  func governs(_ rule: RuleTerms, _ member: Int, hasSameNeighbours: Bool) -> Bool {
    !isLost && !isTouched[rule.index] && !differsInPlaces[rule.index]
      && (hasSameNeighbours || rule.circles.isEmpty)
      && run.records.batch.applications[run.members[member]].replaces == nil
  }

  /// Keeps that a rule came to something else here, or gives away something else.
  mutating func part(over rule: RuleTerms) { differsInPlaces[rule.index] = true }

  /// Keeps whether a member is admitted here and not there, or the other way round, or for sure in one of them only: whatever it
  /// competes for may be given away otherwise.
  mutating func compare(
    _ admission: Admission, of member: Int, _ rules: ApplicableRules,
    _ outcome: (Int) -> ItemOutcome
  ) {
    guard run.admission(of: member) != admission else { return }
    for (number, item) in rules.items.enumerated()
    where item.rule.hasUnbound || run.outcome(number, of: member).outcome != .notApplicable
      || outcome(number).outcome != .notApplicable
    {
      part(over: item.rule)
    }
    isEmpty = false
    let index = run.members[member]
    if run.records.batch.applications[index].replaces != nil { isLost = true }
    if let place = run.records.places[index], place.isOnEarth {
      differing.add(index, at: place)
    } else {
      hasUnplacedDiffering = true
    }
  }
}
