/// Points that are added one by one, and found as ``PointIndex`` finds its own.
///
/// A query costs what has been added so far, not what may be added: of many at one place only those that are there are
/// looked at. A cell takes 4 bytes, of which there are at most 4 a position, and an added point 40.
package struct GrowingPointIndex: Sendable {
  private struct Entry {
    var point: EllipsoidPoint
    var index: Int
    /// The entry of the same cell that was added before, or -1.
    var before: Int32
  }

  private static let cellsPerPoint = 4

  private let grid: Grid
  /// By cell: the entry that was added last, or -1.
  private var last: [Int32]
  private var entries: [Entry] = []

  /// An index of none of the positions, any of which can be added.
  package init(covering positions: [Coordinate?], radiusMetres: Double = 800) {
    grid = Grid(
      covering: positions.lazy.compactMap { $0 }.filter(\.isOnEarth), cellMetres: radiusMetres,
      cellsPerPosition: Self.cellsPerPoint)
    last = Array(repeating: -1, count: grid.cellCount)
  }

  /// Adds one of the positions that the index covers under its number; one that is not on Earth is never found.
  package mutating func add(_ index: Int, at position: Coordinate) {
    guard position.isOnEarth else { return }
    let cell = grid.cell(of: position)
    guard last.indices.contains(cell) else { return }
    entries.append(Entry(point: EllipsoidPoint(position), index: index, before: last[cell]))
    last[cell] = Int32(entries.count - 1)
  }

  /// The points at most the radius away, nearest first, and in the order of their numbers where the distance is the same.
  ///
  /// Where there are more than `limit`, it is so many of them and not the nearest: for those who only ask whether there are many.
  /// Points whose number is not `isIncluded` are as if they had not been added.
  package func within(
    _ radiusMetres: Double, of centre: Coordinate, limit: Int = .max,
    where isIncluded: (Int) -> Bool = { _ in true }
  ) -> [PointIndex.Neighbour] {
    if entries.isEmpty { return [] }
    var found: [PointIndex.Neighbour] = []
    let origin = EllipsoidPoint(centre)
    let farthest = PointIndex.chordSquaredLimit(radiusMetres)
    grid.forEachRun(within: radiusMetres, of: centre) { run in
      for cell in run {
        var next = Int(last[cell])
        while next >= 0, found.count < limit {
          if origin.chordSquared(to: entries[next].point) <= farthest,
            isIncluded(entries[next].index)
          {
            let distance = Geodesic.distanceMetres(origin, entries[next].point)
            if distance <= radiusMetres {
              found.append(
                PointIndex.Neighbour(index: entries[next].index, distanceMetres: distance))
            }
          }
          next = Int(entries[next].before)
        }
      }
    }
    if found.count > 1 { found.sort { $0.isNearer(than: $1) } }
    return found
  }
}
