package import Diagnostics

/// The text of a table, whatever it is kept in: places in it are those of the file.
package enum TableText {
  /// Brings a table's text into UTF-8, or a workbook's sheet into text; a tree is given back as it is.
  ///
  /// - Parameters:
  ///   - fit: how well a sheet of a workbook holds what is looked for, where its path names none.
  ///   - others: the sheets of which somebody else says what becomes of them.
  package static func read(
    _ file: SourceFile, format: DocumentFormat, limits: ReadingLimits = .standard,
    fit: ((SourceFile, String) -> Workbook.Fit)? = nil, others: [String] = []
  ) throws(Faults) -> (file: SourceFile, notes: [Note]) {
    switch format {
    case .csv: try TextConversion.utf8(file, limits: limits)
    case .xlsx: try Workbook.text(file, limits: limits, fit: fit, others: others)
    case .yaml, .json, .jsonLines, .geoJSON: (file, [])
    }
  }
}
