/// Things of the plane by the square cells that they may touch.
struct PlaneBuckets {
  private let left, bottom, side: Double
  private let columns, rows: Int
  private var cells: [[Int32]]

  /// Cells over a box, each at least so wide; there are no more than some millions.
  init(left: Double, bottom: Double, right: Double, top: Double, side least: Double) {
    self.left = left
    self.bottom = bottom
    var side = max(least, 1e-3)
    while (right - left) / side * ((top - bottom) / side) > 4e6 { side *= 1.5 }
    self.side = side
    columns = max(1, Int((right - left) / side) + 1)
    rows = max(1, Int((top - bottom) / side) + 1)
    cells = [[Int32]](repeating: [], count: columns * rows)
  }

  private func column(_ x: Double) -> Int { max(0, min(columns - 1, Int((x - left) / side))) }
  private func row(_ y: Double) -> Int { max(0, min(rows - 1, Int((y - bottom) / side))) }

  mutating func add(_ item: Int, left: Double, bottom: Double, right: Double, top: Double) {
    for row in row(bottom)...row(top) {
      for column in column(left)...column(right) {
        cells[row * columns + column].append(Int32(item))
      }
    }
  }

  /// What is kept in the cells of a box; one thing may come several times.
  func forEach(
    left: Double, bottom: Double, right: Double, top: Double, _ body: (Int) -> Void
  ) {
    for row in row(bottom)...row(top) {
      for column in column(left)...column(right) {
        for item in cells[row * columns + column] { body(Int(item)) }
      }
    }
  }
}
