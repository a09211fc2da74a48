/// A place in an input: a file and a stretch of its text.
///
/// Lines and columns count from 1, columns in characters (Unicode code points). Of a workbook a line is a row, and a column is a
/// column of its sheet.
public struct Location: Sendable {
  package var file: SourceFile
  package var range: ByteRange

  package init(file: SourceFile, range: ByteRange) {
    self.file = file
    self.range = range
  }
}

extension Location {
  /// The path of the file, or the name of an input in memory.
  public var path: String { file.path }
  /// The line that it begins on.
  public var line: Int { start.line }
  /// The column that it begins in.
  public var column: Int { start.column }
  /// The line that it ends on.
  public var endLine: Int { end.line }
  /// The column after its last.
  public var endColumn: Int { end.column }
  /// `path:line:column`, the form that editors and terminals can follow.
  public var place: String {
    let start = start
    return "\(path):\(start.line):\(start.column)"
  }
  /// What stands there.
  public var text: String { file.text(range) }
  /// The cell of a workbook that it begins in (`Sheet1!D7`); nil for text.
  public var cell: String? { file.sheet.map { start.cell(of: $0) } }

  private var start: LineIndex.Position { LineIndex(file).position(of: range.start) }

  private var end: LineIndex.Position {
    var end = LineIndex(file).position(of: max(range.end, range.start))
    // The end of a cell is still in its column.
    if file.sheet != nil { end.column += 1 }
    return end
  }
}
