import Spatial

/// The applications that are admitted, surely or maybe, and where they lie.
struct AdmittedPoints: Sendable {
  private struct Entry: Sendable {
    var application: Int32
    var turn: Int32
  }

  /// In the order of their turns; those among them without a place once more.
  private var all: [Entry] = []
  private var unplaced: [Entry] = []
  /// Those with a place, by application of the batch: the surely admitted and the undecided.
  private var sure: GrowingPointIndex
  private var maybe: GrowingPointIndex

  init(covering places: [Coordinate?]) {
    sure = GrowingPointIndex(covering: places)
    maybe = sure
  }

  mutating func add(_ application: Int, turn: Int, isSure: Bool, at place: Coordinate?) {
    let entry = Entry(application: Int32(application), turn: Int32(turn))
    all.append(entry)
    guard let place else { return unplaced.append(entry) }
    if isSure { sure.add(application, at: place) } else { maybe.add(application, at: place) }
  }

  func all(before turn: Int) -> some Sequence<Int> { Self.applications(all, before: turn) }

  func unplaced(before turn: Int) -> some Sequence<Int> {
    Self.applications(unplaced, before: turn)
  }

  private static func applications(_ entries: [Entry], before turn: Int) -> some Sequence<Int> {
    entries.lazy.prefix { $0.turn < turn }.map { Int($0.application) }
  }

  /// The admitted at most so many metres away, nearest first; `isBefore` tells whether an application had its turn before.
  func surely(
    within metres: Double, of centre: Coordinate, isBefore: (Int) -> Bool
  ) -> [PointIndex.Neighbour] {
    sure.within(metres, of: centre, where: isBefore)
  }

  /// The same of the undecided; see ``GrowingPointIndex`` for `limit`.
  func maybe(
    within metres: Double, of centre: Coordinate, limit: Int, isBefore: (Int) -> Bool
  ) -> [PointIndex.Neighbour] {
    maybe.within(metres, of: centre, limit: limit, where: isBefore)
  }
}
