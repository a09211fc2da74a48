package import Expression
package import Spatial

/// What a circle around an applicant holds at its turn.
package struct CircleEvidence: Sendable {
  package struct Counted: Sendable {
    package enum Who: Sendable, Hashable {
      case institution(Int)
      case application(Int)
    }

    package var who: Who
    package var distanceMetres: Double
    package var uncertaintyMetres: Double

    package init(who: Who, distanceMetres: Double, uncertaintyMetres: Double) {
      self.who = who
      self.distanceMetres = distanceMetres
      self.uncertaintyMetres = uncertaintyMetres
    }
  }

  /// Some that a circle counts: the nearest are named, the others counted alone.
  package struct Group: Sendable {
    fileprivate var limit = CircleEvidence.namedLimit
    package fileprivate(set) var named: [Counted] = []
    package fileprivate(set) var unnamed = 0

    package var count: Int { named.count + unnamed }

    /// Those that come later are farther away.
    package mutating func add(_ counted: Counted) {
      if named.count < limit { named.append(counted) } else { unnamed += 1 }
    }

    package mutating func remove(where isGone: (Counted) -> Bool) { named.removeAll(where: isGone) }
  }

  /// So many of each group a finding names. Thousands at one place would otherwise each name all others.
  package static let namedLimit = 100

  /// Inside for certain.
  package var sure = Group()
  /// Inside or outside within the accuracy of the coordinates.
  package var withinAccuracy = Group()
  /// Inside, if admitted; or a leaving institution that an undecided application may replace.
  package var undecided = Group()
  /// How many undecided applications may lie inside, their places not being known.
  var undecidedUnplaced = 0
  /// The undecided applications that the count hangs on, as far as they are named.
  package var rivals: [Int] = []
  /// How many more may be inside, for data that are missing; see ``isOpenEnded``.
  package private(set) var open = 0
  /// The data that are missing to say whether they are, each path once.
  package private(set) var missing: [String] = []
  /// What the count hangs on beside its neighbours, where every value can be tried: a field of the applicant, say.
  package var leaves: UnknownSet?
  package var radiusMetres: Double
  package var center: Coordinate?

  /// - Parameter limit: how many of each group are named.
  package init(radiusMetres: Double, naming limit: Int = namedLimit) {
    self.radiusMetres = radiusMetres
    (sure.limit, withinAccuracy.limit, undecided.limit) = (limit, limit, limit)
  }

  /// From this many on, any number may be inside: nobody looks for more.
  static let openLimit = 32

  /// Whether any number may be inside.
  var isOpenEnded: Bool { open >= Self.openLimit }

  /// One more may be inside.
  package mutating func miss(_ paths: [String]) {
    open += 1
    for path in paths where !missing.contains(path) { missing.append(path) }
  }

  /// Any number may be inside.
  mutating func missAll(_ path: String) {
    open = max(open, Self.openLimit)
    if !missing.contains(path) { missing.append(path) }
  }

  /// How many may be inside beside those that surely are and those that data are missing for.
  var openCount: Int { withinAccuracy.count + undecided.count + undecidedUnplaced }

  /// Those that count or may count, as far as they are named, in no order.
  package var named: [Counted] { sure.named + withinAccuracy.named + undecided.named }

  var unnamedCount: Int { sure.unnamed + withinAccuracy.unnamed + undecided.unnamed }

  /// The nearest of those that count or may count.
  package var nearest: Counted? { named.min { $0.distanceMetres < $1.distanceMetres } }
}
