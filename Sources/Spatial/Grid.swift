import Glibc

/// Equal cells of longitude and latitude over a box of positions, numbered row by row from the south-west.
package struct Grid: Sendable {
  private let south, west: Double
  private let rowsPerDegree, columnsPerDegree: Double
  private let rows, columns: Int
  /// The root of a cell's area in metres, in the middle of the box. A cell is four times as tall as wide: each row of a
  /// window waits for memory anew.
  package let cellMetres: Double
  package var cellCount: Int { rows * columns }

  /// Covers the positions with cells of `cellMetres` (at least 10), or of larger ones where that would make more than
  /// `cellsPerPosition`, or more than a `UInt32` can number.
  ///
  /// Without positions there are no cells. All positions have to be on Earth.
  package init(
    covering positions: some Sequence<Coordinate>, cellMetres: Double, cellsPerPosition: Int
  ) {
    var (south, north, west, east) = (90.0, -90.0, 180.0, -180.0)
    var count = 0
    for position in positions {
      count += 1
      (south, north) = (min(south, position.latitude), max(north, position.latitude))
      (west, east) = (min(west, position.longitude), max(east, position.longitude))
    }
    self.south = south
    self.west = west
    // NaN becomes the lower bound as well.
    var side = cellMetres >= 10 ? min(cellMetres, 100_000) : 10
    guard count > 0 else {
      (rowsPerDegree, columnsPerDegree, rows, columns, self.cellMetres) = (1, 1, 0, 0, side)
      return
    }
    let mostCells = min(Double(count) * Double(max(1, cellsPerPosition)), 4e9)
    let slimness = max(0.01, cos((south + north) / 2 * .pi / 180))
    while true {
      let perDegree = 111_320 / side
      let rowsPerDegree = perDegree / 2
      let columnsPerDegree = perDegree * slimness * 2
      let lastRow = (north - south) * rowsPerDegree
      let lastColumn = (east - west) * columnsPerDegree
      if (lastRow + 1) * (lastColumn + 1) <= mostCells {
        (self.rowsPerDegree, self.columnsPerDegree) = (rowsPerDegree, columnsPerDegree)
        (rows, columns) = (Int(lastRow) + 1, Int(lastColumn) + 1)
        self.cellMetres = side
        return
      }
      side *= 1.125
    }
  }

  /// The cell of one of the positions that the grid covers.
  package func cell(of position: Coordinate) -> Int {
    Int((position.latitude - south) * rowsPerDegree) * columns
      + Int((position.longitude - west) * columnsPerDegree)
  }

  /// Calls `body` with runs of cells that together hold every covered position within the radius, none twice.
  ///
  /// A line of length r stays within r / (a(1 - e²)) of latitude, as a(1 - e²) is the least radius of a meridian, and
  /// up to latitude φ a degree of longitude is no shorter than that of a circle of a·cos φ. A millimetre is added, a
  /// thousand times what a distance is off. `cell(of:)` rounds as this does, and rounding keeps order.
  package func forEachRun(
    within radiusMetres: Double, of centre: Coordinate, _ body: (Range<Int>) -> Void
  ) {
    guard radiusMetres >= 0, centre.isOnEarth else { return }
    let degree = .pi / 180 * EllipsoidPoint.semiMajorAxis
    let reach = radiusMetres * (1 + 1e-12) + 0.001
    let up = reach / (degree * (1 - EllipsoidPoint.eccentricitySquared))
    let highest = abs(centre.latitude) + up
    let aside = highest < 90 ? min(180, reach / (degree * cos(highest * .pi / 180))) : 180
    guard
      let band = Self.span(
        from: (centre.latitude - up - south) * rowsPerDegree,
        to: (centre.latitude + up - south) * rowsPerDegree, count: rows)
    else { return }
    var nextColumn = 0
    for turn in [-360.0, 0, 360] {
      let middle = centre.longitude + turn - west
      guard
        let span = Self.span(
          from: (middle - aside) * columnsPerDegree, to: (middle + aside) * columnsPerDegree,
          count: columns),
        span.upperBound > nextColumn
      else { continue }
      let first = max(span.lowerBound, nextColumn)
      nextColumn = span.upperBound
      for row in band { body(row * columns + first..<row * columns + span.upperBound) }
    }
  }

  /// The whole numbers below `count` between two fractional ones, both included; nil if there are none.
  private static func span(from low: Double, to high: Double, count: Int) -> Range<Int>? {
    guard high >= 0, low < Double(count) else { return nil }
    return Int(max(low, 0))..<Int(min(high, Double(count - 1))) + 1
  }
}
