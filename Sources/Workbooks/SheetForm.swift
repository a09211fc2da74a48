/// What a sheet is beside its rows: widths, what stays in view, what may be chosen, what may be changed.
package struct SheetForm: Sendable {
  /// Words that are offered for cells of a column.
  package struct Choice: Sendable {
    /// From 0.
    package var column: Int
    /// From 0, the first and the last.
    package var rows: ClosedRange<Int>
    /// A range of cells with the words, as formulas name it (`填表说明!$B$4:$B$9`).
    package var source: String
    /// Whether nothing else may be typed.
    package var isStrict: Bool
    package var prompt: String

    package init(
      column: Int, rows: ClosedRange<Int>, source: String, isStrict: Bool, prompt: String
    ) {
      self.column = column
      self.rows = rows
      self.source = source
      self.isStrict = isStrict
      self.prompt = prompt
    }
  }

  /// A remark on a cell, shown when a pointer is over it.
  package struct Remark: Sendable {
    /// From 0.
    package var row: Int
    package var column: Int
    package var text: String

    package init(row: Int, column: Int, text: String) {
      self.row = row
      self.column = column
      self.text = text
    }
  }

  package var name: String
  /// Of the columns, in characters of a Latin letter's width.
  package var widths: [Double]
  /// The style of each column's cells that are not written.
  package var columnStyles: [CellStyle] = []
  package var frozenRows = 0
  package var frozenColumns = 0
  package var isProtected = false
  package var isHidden = false
  package var choices: [Choice] = []
  package var remarks: [Remark] = []

  package init(name: String, widths: [Double]) {
    self.name = name
    self.widths = widths
  }

  /// A name that a sheet can have and that none of the others has.
  package static func name(_ wanted: String, besides others: [String]) -> String {
    var name = String(wanted.map { "[]:*?/\\".contains($0) ? "_" : $0 })
    while name.first == "'" { name.removeFirst() }
    while name.last == "'" { name.removeLast() }
    if name.isEmpty { name = "Sheet" }
    while name.utf16.count > longest { name.removeLast() }
    let known = Set(others.map { $0.lowercased() })
    var number = 2
    var result = name
    while known.contains(result.lowercased()) {
      let mark = " (\(number))"
      var head = name
      while head.utf16.count + mark.utf16.count > longest { head.removeLast() }
      result = head + mark
      number += 1
    }
    return result
  }

  private static let longest = 31
}

/// One cell to be written; always text, so that nothing that somebody typed is a formula.
package struct SheetCell: Sendable {
  package var text: String
  package var style: CellStyle

  package init(_ text: String, _ style: CellStyle = .plain) {
    self.text = text
    self.style = style
  }
}
