import Diagnostics

/// The cells of a sheet written as tab-separated text, a line a row.
struct SheetText {
  let file: SourceFile
  /// What people do not see at once: hidden rows and columns, cells merged.
  let notes: [Note]

  init(
    _ sheet: SheetPart, _ workbook: SourceFile, _ limits: ReadingLimits, sheet name: String,
    countsFrom1904: Bool = false
  ) throws(Faults) {
    let filled = try Self.filled(sheet, workbook, limits)
    var bytes: [UInt8] = []
    var line = 1
    var starts: [Int: Int] = [:]
    var columns: Set<Int> = []
    for row in filled.rows {
      while line < row.number {
        bytes.append(0x0A)
        line += 1
      }
      starts[line] = bytes.count
      var column = 1
      for cell in row.cells {
        bytes.append(contentsOf: repeatElement(0x09, count: cell.column - column))
        column = cell.column
        columns.insert(cell.column)
        Self.append(cell.text, to: &bytes)
        if bytes.count > limits.workbookBytes {
          throw Faults(ZipArchive.tooLarge(workbook, limits))
        }
      }
    }
    let file = SourceFile(
      path: workbook.path, bytes: bytes, sheet: name, countsDaysFrom1904: countsFrom1904,
      of: workbook)
    self.file = file
    func note(_ row: Int, _ zh: String, _ en: String) -> Note {
      let start = starts[row] ?? 0
      return Note(file, ByteRange(start: start, end: start), zh: zh, en: en)
    }
    var notes: [Note] = []
    let hidden = sheet.hiddenRows.filter { starts[$0] != nil }
    if let first = hidden.first {
      let count = hidden.count
      notes.append(
        note(
          first, "隐藏的 \(count) 行也已读取",
          "\(count) hidden \(count == 1 ? "row is" : "rows are") read as well"))
    }
    let count = columns.count { column in sheet.hiddenColumns.contains { $0.contains(column) } }
    if count > 0 {
      notes.append(
        note(
          0, "隐藏的 \(count) 列也已读取",
          "\(count) hidden \(count == 1 ? "column is" : "columns are") read as well"))
    }
    if let first = filled.merges.first {
      let names = filled.merges.prefix(5).map { Quoting.code($0.name) }
      let more = filled.merges.count > 5
      notes.append(
        note(
          first.rows.lowerBound,
          "合并单元格 \(names.joined(separator: "、"))\(more ? " 等" : "")的值用于其中每一行",
          "the value of merged cells \(names.joined(separator: ", "))\(more ? " …" : "") is taken for each of their rows"
        ))
    }
    self.notes = notes
  }

  /// The rows, with cells merged down one column repeated in each of them, as people see them.
  ///
  /// Cells merged across columns keep their one value: they are titles.
  private static func filled(
    _ sheet: SheetPart, _ workbook: SourceFile, _ limits: ReadingLimits
  ) throws(Faults) -> (rows: [SheetPart.Row], merges: [SheetPart.Merge]) {
    var rows = sheet.rows
    var visits = 0
    var fields = sheet.fields
    var used: [SheetPart.Merge] = []
    for merge in sheet.merges where merge.columns.count == 1 && merge.rows.count > 1 {
      let column = merge.columns.lowerBound
      var low = 0
      var high = rows.count
      while low < high {
        let middle = (low + high) / 2
        if rows[middle].number < merge.rows.lowerBound { low = middle + 1 } else { high = middle }
      }
      guard low < rows.count, rows[low].number == merge.rows.lowerBound,
        let text = Self.cell(in: rows[low], column).text
      else { continue }
      var place = low + 1
      var isUsed = false
      while place < rows.count, rows[place].number <= merge.rows.upperBound {
        // Merged cells may lie upon each other in a file that means harm.
        visits += 1
        if visits > limits.cells { throw Faults(SheetPart.tooManyCells(workbook, limits)) }
        let below = Self.cell(in: rows[place], column)
        if below.text == nil {
          fields += max(0, column - (rows[place].cells.last?.column ?? 0))
          if fields > limits.sheetFields {
            throw Faults(SheetPart.tooManyFields(workbook, limits))
          }
          rows[place].cells.insert(SheetPart.Cell(column: column, text: text), at: below.index)
          isUsed = true
        }
        place += 1
      }
      if isUsed { used.append(merge) }
    }
    return (rows, used)
  }

  /// Where the cell of a column is among those of a row, or would be, and what it says; nil where there is none.
  private static func cell(
    in row: SheetPart.Row, _ column: Int
  ) -> (index: Int, text: String?) {
    var low = 0
    var high = row.cells.count
    while low < high {
      let middle = (low + high) / 2
      if row.cells[middle].column < column { low = middle + 1 } else { high = middle }
    }
    guard low < row.cells.count, row.cells[low].column == column else { return (low, nil) }
    return (low, row.cells[low].text)
  }

  /// Writes a cell: white space as single spaces, quotes as CSV has them, control characters not at all.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    var clean: [UInt8] = []
    var isSpace = true
    for scalar in text.unicodeScalars {
      if CellText.isSpace(scalar) {
        if !isSpace { clean.append(0x20) }
        isSpace = true
      } else if scalar.value >= 0x20, scalar.value != 0x7F {
        clean.append(contentsOf: String(scalar).utf8)
        isSpace = false
      }
    }
    if clean.last == 0x20 { clean.removeLast() }
    guard clean.contains(UInt8(ascii: "\"")) else {
      bytes.append(contentsOf: clean)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in clean {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
