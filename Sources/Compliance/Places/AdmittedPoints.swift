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
  /// Applications that come to something else than what was added first.
  private var corrected: [Int: Admission] = [:]

  init(covering places: [Coordinate?]) {
    sure = GrowingPointIndex(covering: places)
    maybe = sure
  }

  mutating func add(_ application: Int, turn: Int, isSure: Bool, at place: Coordinate?) {
    let entry = Entry(application: Int32(application), turn: Int32(turn))
    all.append(entry)
    if place == nil { unplaced.append(entry) }
    addPoint(application, isSure: isSure, at: place)
  }

  private mutating func addPoint(_ application: Int, isSure: Bool, at place: Coordinate?) {
    guard let place else { return }
    if isSure { sure.add(application, at: place) } else { maybe.add(application, at: place) }
  }

  /// Keeps that an application is admitted otherwise than was added, or was not.
  mutating func correct(
    _ application: Int, turn: Int, from before: Admission, to admission: Admission,
    at place: Coordinate?
  ) {
    corrected[application] = admission
    if admission == .no { return }
    if before == .no {
      add(application, turn: turn, isSure: admission == .yes, at: place)
    } else {
      addPoint(application, isSure: admission == .yes, at: place)
    }
  }

  // MARK: As of a turn

  func all(before turn: Int) -> some Sequence<Int> { applications(all, before: turn) }

  func unplaced(before turn: Int) -> some Sequence<Int> { applications(unplaced, before: turn) }

  /// Corrections stand behind the others, whatever their turn.
  private func applications(_ entries: [Entry], before turn: Int) -> some Sequence<Int> {
    entries.lazy.filter { $0.turn < turn && corrected[Int($0.application)] != .no }
      .map { Int($0.application) }
  }

  /// The admitted at most so many metres away, nearest first; `isBefore` tells whether an application had its turn before.
  func surely(
    within metres: Double, of centre: Coordinate, isBefore: (Int) -> Bool
  ) -> [PointIndex.Neighbour] {
    sure.within(metres, of: centre) { isBefore($0) && corrected[$0, default: .yes] == .yes }
  }

  /// The same of the undecided; see ``GrowingPointIndex`` for `limit`.
  func maybe(
    within metres: Double, of centre: Coordinate, limit: Int, isBefore: (Int) -> Bool
  ) -> [PointIndex.Neighbour] {
    maybe.within(metres, of: centre, limit: limit) {
      isBefore($0) && corrected[$0, default: .maybe] == .maybe
    }
  }
}
