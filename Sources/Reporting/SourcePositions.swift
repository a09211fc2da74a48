import Diagnostics

/// Lines and columns of findings, both from 1, columns in code points; the end is exclusive.
struct Region: Hashable {
  var startLine: Int
  var startColumn: Int
  var endLine: Int
  var endColumn: Int
}

/// Turns locations into lines and columns for a whole report.
///
/// Results come in the order of the input, so that the next place is most often near the last one: a cursor a file walks from
/// place to place, and only far jumps ask the file's line index, which is built once. Files are told apart by their paths.
struct SourcePositions {
  /// The bytes that the cursor walks at most before the index is asked.
  private static let walkLimit = 1 << 13
  /// The same on the way forward, as long as there is no index: who writes every fourth stretch of a report needs none.
  private static let strideLimit = 1 << 17

  private struct Entry {
    let file: SourceFile
    /// The bytes of a byte-order mark.
    let textStart: Int
    var index: LineIndex?
    var offset: Int
    var line: Int
    var column: Int
    /// The last range asked for, and its answer: the findings of one subject often share it.
    var range: ByteRange?
    var region = Region(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
  }

  private var entries: [Entry] = []
  private var entryOfPath: [String: Int] = [:]
  private var last = -1

  init() {}

  mutating func region(of location: Location) -> Region {
    let entry = entryIndex(location.file)
    if entries[entry].range == location.range { return entries[entry].region }
    Self.move(&entries[entry], to: location.range.start)
    let (line, column) = (entries[entry].line, entries[entry].column)
    let (startOffset, end) = (entries[entry].offset, max(location.range.end, location.range.start))
    Self.move(&entries[entry], to: end)
    // The end of a cell is still in its column.
    let region = Region(
      startLine: line, startColumn: column, endLine: entries[entry].line,
      endColumn: entries[entry].column + (location.file.sheet == nil ? 0 : 1))
    entries[entry].range = location.range
    entries[entry].region = region
    // The next place is more often after this start than after a long end.
    if entries[entry].offset - startOffset > Self.walkLimit {
      (entries[entry].offset, entries[entry].line, entries[entry].column) =
        (startOffset, line, column)
    }
    return region
  }

  private mutating func entryIndex(_ file: SourceFile) -> Int {
    if last >= 0, entries[last].file.path == file.path { return last }
    if let known = entryOfPath[file.path] {
      last = known
    } else {
      last = entries.count
      entryOfPath[file.path] = last
      let start = file.withBytes { $0.starts(with: [0xEF, 0xBB, 0xBF]) } ? 3 : 0
      entries.append(
        Entry(file: file, textStart: start, index: nil, offset: start, line: 1, column: 1))
    }
    return last
  }

  private static func move(_ entry: inout Entry, to target: Int) {
    let target = min(max(target, entry.textStart), entry.file.count)
    let start = entry.offset
    let limit = target > start && entry.index == nil ? strideLimit : walkLimit
    guard abs(target - start) <= limit else {
      let index = entry.index ?? LineIndex(entry.file)
      entry.index = index
      let position = index.position(of: target)
      (entry.offset, entry.line, entry.column) = (target, position.line, position.column)
      return
    }
    var line = entry.line
    var column = entry.column
    let isSheet = entry.file.sheet != nil
    entry.file.withBytes { bytes in
      let passed = min(start, target)..<max(start, target)
      let feeds = bytes.feeds(in: passed)
      if feeds == 0 {
        let columns = bytes.columns(in: passed, ofSheet: isSheet)
        column += target >= start ? columns : -columns
        return
      }
      line += target >= start ? feeds : -feeds
      let lineStart = max(bytes.lineStart(before: target), entry.textStart)
      column = 1 + bytes.columns(in: lineStart..<target, ofSheet: isSheet)
    }
    (entry.offset, entry.line, entry.column) = (target, line, column)
  }
}
