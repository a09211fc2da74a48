/// Finds the rows that have a text in common, a name or a credit code.
struct RowsByText: Sendable {
  /// The first row of each text.
  private var first: RowsByID
  /// By such a row, those after it with the same text; most texts stand once.
  private var others: [Int: [Int]] = [:]

  /// - Parameter text: of a row; nil where it has none.
  init(_ rows: Range<Int>, _ text: (Int) -> String?) {
    first = RowsByID(expecting: rows.count)
    for row in rows {
      guard let own = text(row) else { continue }
      if first.insert(own, row: row, { text($0) ?? "" }) { continue }
      if let earlier = first.row(of: own, { text($0) ?? "" }) {
        others[earlier, default: []].append(row)
      }
    }
  }

  /// The rows with a text, in their order.
  func rows(of wanted: String, _ text: (Int) -> String?) -> [Int] {
    guard let row = first.row(of: wanted, { text($0) ?? "" }) else { return [] }
    return [row] + (others[row] ?? [])
  }
}
