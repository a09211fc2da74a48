package import Spatial

/// The applications that are admitted, surely or maybe, and where they lie.
package struct AdmittedPoints: Sendable {
  /// From which turns on an application counts.
  private struct Since: Sendable {
    var isListed = false
    /// Whether it is among the points of ``AdmittedPoints/sure`` and ``AdmittedPoints/maybe``, each of which has it once.
    var isSurePoint = false
    var isMaybePoint = false
    /// It may be admitted.
    var maybe = Int32.max
    /// It is admitted surely.
    var surely = Int32.max
  }

  /// By application of the batch, as far as one of them is or was admitted.
  private var since: [Since] = []
  /// In the order in which they were first admitted; those among them without a place once more.
  private var all: [Int32] = []
  private var unplaced: [Int32] = []
  /// Those with a place, by application of the batch: the surely admitted and the undecided.
  private var sure: GrowingPointIndex
  private var maybe: GrowingPointIndex

  package init(covering places: [Coordinate?]) {
    sure = GrowingPointIndex(covering: places)
    maybe = sure
  }

  /// Keeps that an application is admitted from a turn on, surely or maybe. One whose rank is open may be admitted from the first that
  /// it may have on, and surely from the last.
  package mutating func add(_ application: Int, turn: Int, isSure: Bool, at place: Coordinate?) {
    list(application, at: place)
    if isSure {
      since[application].surely = Int32(turn)
    } else {
      since[application].maybe = min(since[application].maybe, Int32(turn))
    }
    point(application, isSure: isSure, at: place)
  }

  private mutating func point(_ application: Int, isSure: Bool, at place: Coordinate?) {
    guard let place else { return }
    if isSure, !since[application].isSurePoint {
      since[application].isSurePoint = true
      sure.add(application, at: place)
    } else if !isSure, !since[application].isMaybePoint {
      since[application].isMaybePoint = true
      maybe.add(application, at: place)
    }
  }

  /// Keeps that an application is admitted otherwise than was added, or was not.
  package mutating func correct(
    _ application: Int, turn: Int, to admission: Admission, at place: Coordinate?
  ) {
    list(application, at: place)
    (since[application].maybe, since[application].surely) = (.max, .max)
    switch admission {
    case .no: return
    case .maybe: since[application].maybe = Int32(turn)
    case .yes: since[application].surely = Int32(turn)
    }
    point(application, isSure: admission == .yes, at: place)
  }

  private mutating func list(_ application: Int, at place: Coordinate?) {
    if since.count <= application {
      since += repeatElement(Since(), count: application + 1 - since.count)
    }
    if since[application].isListed { return }
    since[application].isListed = true
    all.append(Int32(application))
    if place == nil { unplaced.append(Int32(application)) }
  }

  // MARK: As of a turn

  /// Whether one that was added is admitted surely before a turn.
  func isSure(_ application: Int, before turn: Int) -> Bool {
    since[application].surely < turn
  }

  private func isUndecided(_ application: Int, before turn: Int) -> Bool {
    since[application].maybe < turn && since[application].surely >= turn
  }

  private func counts(_ application: Int, before turn: Int) -> Bool {
    since[application].maybe < turn || since[application].surely < turn
  }

  package func all(before turn: Int) -> some Sequence<Int> {
    all.lazy.map { Int($0) }.filter { counts($0, before: turn) }
  }

  package func unplaced(before turn: Int) -> some Sequence<Int> {
    unplaced.lazy.map { Int($0) }.filter { counts($0, before: turn) }
  }

  /// Those admitted before a turn at most so many metres away, nearest first.
  func surely(
    within metres: Double, of centre: Coordinate, before turn: Int
  ) -> [PointIndex.Neighbour] {
    sure.within(metres, of: centre) { isSure($0, before: turn) }
  }

  /// The same of the undecided; see ``GrowingPointIndex`` for `limit`.
  func maybe(
    within metres: Double, of centre: Coordinate, limit: Int, before turn: Int
  ) -> [PointIndex.Neighbour] {
    maybe.within(metres, of: centre, limit: limit) { isUndecided($0, before: turn) }
  }
}
