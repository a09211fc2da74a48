/// A path that may name a sheet of a workbook: `applications.xlsx#2026`.
package struct SheetPath: Sendable, Equatable {
  /// The path of the file.
  package let file: String
  /// The sheet; nil where none is named.
  package let sheet: String?

  /// Splits a path at the `#` after the extension of a workbook.
  package init(_ path: String) {
    let scalars = path.unicodeScalars
    for place in scalars.indices where scalars[place] == "#" {
      let head = String(scalars[..<place])
      if Self.isWorkbook(head) {
        let sheet = String(scalars[scalars.index(after: place)...])
        file = head
        self.sheet = sheet.isEmpty ? nil : sheet
        return
      }
    }
    file = path
    sheet = nil
  }

  /// Whether a path has the extension of a workbook, in any case.
  package static func isWorkbook(_ path: String) -> Bool {
    let tail = path.suffix(5).lowercased()
    return tail == ".xlsx" || tail == ".xlsm"
  }
}
