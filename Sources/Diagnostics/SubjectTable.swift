/// A table that subjects were read from, for workbooks that give it back with what was found beside each row.
package struct SubjectTable: Sendable {
  /// A row, with the text of each cell; what stands beyond its last cell is empty.
  package struct Row: Sendable {
    package var cells: [String]
    /// The index of the subject that it is of.
    package var subject: Int?
    /// What is wrong with it, and in which columns where that is known.
    package var faults: [(message: Bilingual, column: Int?)] = []

    package init(_ cells: [String], subject: Int? = nil) {
      self.cells = cells
      self.subject = subject
    }
  }

  /// The sheets that reports add, with the text that each begins with.
  package static let ownSheets = [
    (name: "审核说明", first: "审核说明"), (name: "about", first: "about this report"),
    (name: "错误一览", first: "位置"), (name: "errors", first: "place of the error"),
  ]

  /// What its sheet is called.
  package var name: String
  /// From 0; rows without anything in them are there too.
  package var rows: [Row]
  /// The row that names the columns, beside which the names of further ones stand; nil where the table holds no subjects.
  package var header: Int?
  package var isHidden = false

  package init(name: String, rows: [Row], header: Int? = nil, isHidden: Bool = false) {
    self.name = name
    self.rows = rows
    self.header = header
    self.isHidden = isHidden
  }
}
