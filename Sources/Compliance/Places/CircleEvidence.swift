import Spatial

/// What a circle around an applicant holds at its turn.
struct CircleEvidence: Sendable {
  struct Counted: Sendable {
    enum Who: Sendable, Hashable {
      case institution(Int)
      case application(Int)
    }

    var who: Who
    var distanceMetres: Double
    var uncertaintyMetres: Double
  }

  /// Inside for certain.
  var sure: [Counted] = []
  /// Inside or outside within the accuracy of the coordinates.
  var withinAccuracy: [Counted] = []
  /// Inside, if admitted; or a leaving institution that an undecided application may replace.
  var undecided: [Counted] = []
  /// The undecided applications that the count hangs on.
  var rivals: [Int] = []
  /// The data that are missing to say whether one more is inside, one path each.
  var missing: [String] = []
  var radiusMetres: Double
  var center: Coordinate?

  init(radiusMetres: Double) { self.radiusMetres = radiusMetres }

  /// Everything that counts or may count, nearest first.
  var counted: [Counted] {
    (sure + withinAccuracy + undecided).sorted { $0.distanceMetres < $1.distanceMetres }
  }

  var isExact: Bool { withinAccuracy.isEmpty && undecided.isEmpty && missing.isEmpty }
}
