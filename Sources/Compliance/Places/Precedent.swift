import Spatial

/// A run of the same members in the same order, for one under one changed setting to follow wherever it can come to nothing
/// else.
///
/// A rule that the setting does not touch comes to what it came to there, unless something that it looks at beside its
/// application has become different: what its limits have given away, who stands in its circles, who has replaced whom. Where
/// the two runs come apart is kept here; a rule that may look at it is decided anew.
final class Precedent {
  let log: CourseLog
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
  /// The farthest that any circle reaches, metres, the accuracy of neighbours included.
  private let reach: Double

  /// - Parameter run: the other run; of what changes as it goes on only the log is looked at.
  init(_ run: Competition, _ log: CourseLog, isTouched: [Bool]) {
    self.run = run
    self.log = log
    self.isTouched = isTouched
    differsInPlaces = [Bool](repeating: false, count: isTouched.count)
    differing = GrowingPointIndex(
      covering: run.policy.circles.isEmpty ? [] : run.members.map { run.records.places[$0] })
    reach =
      run.circleMetres.lazy.map { circle in
        circle.radius + max(run.batch.worstAccuracyMetres, circle.accuracy)
      }.max() ?? 0
  }

  /// Whether the circles of a member hold what they held there.
  func hasSameNeighbours(_ member: Int) -> Bool {
    if isEmpty { return true }
    let index = run.members[member]
    guard !hasUnplacedDiffering, let centre = run.records.places[index],
      let site = run.batch.applications[index].site
    else { return false }
    let accuracy = run.circleMetres.lazy.map { site.accuracyMetres(atLeast: $0.accuracy) }.max()
    return differing.within(
      reach + (accuracy ?? 0) + CircleCounter.toleranceMetres, of: centre
    ).isEmpty
  }

  /// Whether a rule can come to nothing else than there.
  func governs(_ rule: RuleTerms, _ member: Int, hasSameNeighbours: Bool) -> Bool {
    !isLost && !isTouched[rule.index] && !differsInPlaces[rule.index]
      && (hasSameNeighbours || rule.circles.isEmpty)
      && run.batch.applications[run.members[member]].replaces == nil
  }

  /// Keeps that a rule came to something else here, or gives away something else.
  func part(over rule: RuleTerms) { differsInPlaces[rule.index] = true }

  /// Keeps that a member is admitted here and not there, or the other way round, or for sure in one of them only.
  func part(over member: Int) {
    isEmpty = false
    let index = run.members[member]
    if run.batch.applications[index].replaces != nil { isLost = true }
    if let place = run.records.places[index], place.isOnEarth {
      differing.add(index, at: place)
    } else {
      hasUnplacedDiffering = true
    }
  }
}
