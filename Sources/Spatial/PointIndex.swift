/// Points on Earth, arranged so that those around a place are found at once.
///
/// The points lie in the order of the cells of a `Grid`, so that a row of any window of cells is one run of them; empty
/// cells take a bit. A point takes at most 40 bytes: 32 for itself, 4 for the start of its cell, and 4 for the bits, as
/// there are at most 16 cells a point. Building is a counting sort, linear in the points.
package struct PointIndex: Sendable {
  /// A point that a query found.
  package struct Neighbour: Sendable, Hashable {
    /// Its place in the collection that the index was built from.
    package var index: Int
    package var distanceMetres: Double

    package init(index: Int, distanceMetres: Double) {
      self.index = index
      self.distanceMetres = distanceMetres
    }

    func isNearer(than other: Neighbour) -> Bool {
      (distanceMetres, index) < (other.distanceMetres, other.index)
    }
  }

  private struct Entry {
    var point: EllipsoidPoint
    var index: Int
  }

  private static let cellsPerPoint = 16
  /// More than half way round the Earth.
  private static let anywhereMetres = 20_100_000.0

  private let grid: Grid
  private let occupied: OccupiedCells
  /// Where each occupied cell begins in `entries`, and last their count.
  private let starts: [UInt32]
  private let entries: [Entry]

  /// How many points can be found.
  package var count: Int { entries.count }

  /// An index of WGS-84 positions; those that are nil or not on Earth are never found.
  ///
  /// `radiusMetres` is the usual radius, for the width of the cells; any other gets the same answers, only later.
  package init(_ positions: [Coordinate?], radiusMetres: Double = 800) {
    grid = Grid(
      covering: positions.lazy.compactMap { $0 }.filter(\.isOnEarth), cellMetres: radiusMetres,
      cellsPerPosition: Self.cellsPerPoint)
    var cells: [UInt32] = []
    cells.reserveCapacity(positions.count)
    for case let position? in positions where position.isOnEarth {
      cells.append(UInt32(grid.cell(of: position)))
    }
    occupied = OccupiedCells(cells, below: grid.cellCount)

    var starts = [UInt32](repeating: 0, count: occupied.count + 1)
    for cell in cells { starts[occupied.count(before: Int(cell)) + 1] += 1 }
    for i in starts.indices.dropFirst() { starts[i] += starts[i - 1] }
    self.starts = starts

    let nowhere = EllipsoidPoint(Coordinate(longitude: .nan, latitude: .nan))
    var entries = [Entry](repeating: Entry(point: nowhere, index: 0), count: cells.count)
    var free = starts
    var remaining = cells.makeIterator()
    for (index, position) in positions.enumerated() {
      guard let position, position.isOnEarth, let cell = remaining.next() else { continue }
      let rank = occupied.count(before: Int(cell))
      entries[Int(free[rank])] = Entry(point: EllipsoidPoint(position), index: index)
      free[rank] += 1
    }
    self.entries = entries
  }

  /// Calls `body` with every point at most the radius away, and its distance, in no particular order.
  ///
  /// Exactly at the radius is inside. A centre that is not on Earth has no neighbours, nor has a radius below 0 or NaN.
  package func forEach(
    within radiusMetres: Double, of centre: Coordinate,
    _ body: (_ index: Int, _ distanceMetres: Double) -> Void
  ) {
    let origin = EllipsoidPoint(centre)
    let farthest = Self.chordSquaredLimit(radiusMetres)
    forEachEntry(within: radiusMetres, of: centre) { entry in
      guard origin.chordSquared(to: entry.point) <= farthest else { return }
      let distanceMetres = Geodesic.distanceMetres(origin, entry.point)
      if distanceMetres <= radiusMetres { body(entry.index, distanceMetres) }
    }
  }

  /// The points at most the radius away, nearest first, and in the order of their indices where the distance is the same.
  package func within(_ radiusMetres: Double, of centre: Coordinate) -> [Neighbour] {
    var found: [Neighbour] = []
    // Most circles of a city hold no more.
    found.reserveCapacity(16)
    forEach(within: radiusMetres, of: centre) {
      found.append(Neighbour(index: $0, distanceMetres: $1))
    }
    if found.count > 1 { found.sort { $0.isNearer(than: $1) } }
    return found
  }

  /// The nearest point that the condition holds for, if there is one at most `maximumMetres` away.
  ///
  /// Of several at the same distance it is the one with the lowest index. The search doubles its radius until it has
  /// found one; the condition may be asked several times about the same point, and not at all about some.
  package func nearest(
    to centre: Coordinate, within maximumMetres: Double = .infinity,
    where condition: (_ index: Int) -> Bool
  ) -> Neighbour? {
    guard maximumMetres >= 0 else { return nil }
    let origin = EllipsoidPoint(centre)
    let limit = min(maximumMetres, Self.anywhereMetres)
    var radius = min(grid.cellMetres, limit)
    while true {
      var best: Neighbour?
      var farthest = Self.chordSquaredLimit(radius)
      forEachEntry(within: radius, of: centre) { entry in
        guard origin.chordSquared(to: entry.point) <= farthest, condition(entry.index) else {
          return
        }
        let found = Neighbour(
          index: entry.index, distanceMetres: Geodesic.distanceMetres(origin, entry.point))
        guard found.distanceMetres <= radius, best.map(found.isNearer(than:)) ?? true else {
          return
        }
        best = found
        farthest = Self.chordSquaredLimit(found.distanceMetres)
      }
      if best != nil || !(radius < limit) { return best }
      radius = min(radius * 2, limit)
    }
  }

  /// No point with a greater square of the chord is within the radius.
  ///
  /// The chord is never longer than the geodesic, whose length is computed from this very chord; the margin is for rounding.
  static func chordSquaredLimit(_ radiusMetres: Double) -> Double {
    radiusMetres * radiusMetres * (1 + 1e-9)
  }

  /// Calls `body` with all points that may be within the radius, and some others.
  @inline(__always)
  private func forEachEntry(
    within radiusMetres: Double, of centre: Coordinate, _ body: (Entry) -> Void
  ) {
    // Runs are looked up a few at a time, so that their waits for memory overlap.
    var runs = InlineArray<4, Range<Int>>(repeating: 0..<0)
    var waiting = 0
    grid.forEachRun(within: radiusMetres, of: centre) { run in
      let first = occupied.count(before: run.lowerBound)
      let end = occupied.count(before: run.upperBound)
      runs[waiting] = Int(starts[first])..<Int(starts[end])
      waiting += 1
      if waiting < runs.count { return }
      for run in runs.indices { for i in runs[run] { body(entries[i]) } }
      waiting = 0
    }
    for run in 0..<waiting { for i in runs[run] { body(entries[i]) } }
  }
}
