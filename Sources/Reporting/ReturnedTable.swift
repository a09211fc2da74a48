import Diagnostics
import Workbooks

/// A table given back as a sheet, with further columns beside its rows.
struct ReturnedTable {
  /// What stands in a further column of a row.
  struct Mark {
    var text: String
    var style: CellStyle
  }

  private let table: SubjectTable
  private let sheet: String
  /// A column beside those of the table.
  struct Column {
    var name: String
    var width: Double
  }

  private let headers: [Column]
  /// Where they begin.
  private let first: Int
  /// The columns that have their names already, from an earlier run, and are left out.
  private let dropped: Set<Int>
  private let widths: [Double]

  /// Their widths, in Latin letters.
  private static let widest = 40.0
  private static let narrowest = 9.0
  /// So many rows are looked at for the widths of columns.
  private static let measuredRows = 200

  init(_ table: SubjectTable, called sheet: String, adding headers: [Column]) {
    self.table = table
    self.sheet = sheet
    self.headers = headers
    var dropped: Set<Int> = []
    if let header = table.header, table.rows.indices.contains(header) {
      for (column, name) in table.rows[header].cells.enumerated()
      where headers.contains(where: { $0.name == name }) {
        dropped.insert(column)
      }
    }
    self.dropped = dropped
    var count = 0
    for row in table.rows {
      let used = row.cells.indices.last { !row.cells[$0].isEmpty && !dropped.contains($0) }
      count = max(count, (used ?? -1) + 1)
    }
    let kept = (0..<count).filter { !dropped.contains($0) }
    first = min(kept.count, WorkbookWriter.mostColumns - headers.count)
    widths = kept.map { column in
      let longest = table.rows.prefix(Self.measuredRows).reduce(0) { most, row in
        // A title spans columns.
        guard row.cells.indices.contains(column), row.cells.count > 1 else { return most }
        return max(most, DisplayWidth.of(String(row.cells[column].prefix(60))))
      }
      return min(Self.widest, max(Self.narrowest, Double(longest) + 2))
    }
  }

  /// Writes the sheet, and further ones where it has more rows than one can.
  ///
  /// - Parameter marks: what stands in the further columns of a row, by the place of the row; none for one that says nothing.
  func write(
    to writer: inout WorkbookWriter, names: inout [String], _ marks: (Int) -> [Mark]
  ) {
    var next = 0
    repeat {
      let name = SheetForm.name(sheet, besides: names)
      names.append(name)
      var form = SheetForm(
        name: name,
        widths: widths + headers.map(\.width))
      form.isHidden = table.isHidden
      if let header = table.header, header < 20 { form.frozenRows = header + 1 }
      writer.sheet(form) { writer in
        while next < table.rows.count, writer.rowCount < WorkbookWriter.mostRows {
          if writer.isClosed { break }
          writer.add(cells(next, marks))
          next += 1
        }
      }
    } while next < table.rows.count && !writer.isClosed
  }

  private func cells(_ index: Int, _ marks: (Int) -> [Mark]) -> [SheetCell] {
    let row = table.rows[index]
    let isHeader = index == table.header
    let wrong = Set(row.faults.compactMap(\.column))
    var cells: [SheetCell] = []
    for (column, text) in row.cells.enumerated() where !dropped.contains(column) {
      if cells.count == first { break }
      let style: CellStyle = wrong.contains(column) ? .fault : isHeader ? .header : .plain
      cells.append(SheetCell(text, style))
    }
    let more =
      isHeader
      ? headers.map { SheetCell($0.name, .header) }
      : marks(index).map { SheetCell($0.text, $0.style) }
    if more.isEmpty || more.allSatisfy({ $0.text.isEmpty }) { return cells }
    while cells.count < first { cells.append(SheetCell("")) }
    return cells + more
  }
}
