/// Turns byte offsets of a file into lines and columns, both from 1.
///
/// Columns count Unicode code points, as SARIF's `unicodeCodePoints` does; those of a sheet of a workbook count its columns. A line ends at LF or CR LF. The index keeps one
/// number per 16 KiB block, so that a file of gigabytes costs kilobytes.
package struct LineIndex: Sendable {
  package struct Position: Sendable, Hashable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  private static let blockSize = 1 << 14
  private let file: SourceFile
  /// The number of line feeds before each block.
  private let feedsBeforeBlock: [Int]

  package init(_ file: SourceFile) {
    self.file = file
    feedsBeforeBlock = file.feedsBeforeBlock(of: Self.blockSize)
  }

  /// The place of a byte offset; one past the end is allowed.
  package func position(of offset: Int) -> Position {
    file.withBytes { bytes in
      let offset = min(max(offset, 0), bytes.count)
      let block = min(offset / Self.blockSize, max(feedsBeforeBlock.count - 1, 0))
      let line =
        (feedsBeforeBlock.isEmpty ? 0 : feedsBeforeBlock[block]) + 1
        + bytes.feeds(in: min(block * Self.blockSize, offset)..<offset)
      var start = bytes.lineStart(before: offset)
      if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
      return Position(
        line: line, column: 1 + bytes.columns(in: start..<offset, ofSheet: file.sheet != nil))
    }
  }

  /// The bytes of the line that holds `offset`, without its line end.
  package func lineRange(containing offset: Int) -> ByteRange {
    file.withBytes { bytes in
      let offset = min(max(offset, 0), bytes.count)
      var start = bytes.lineStart(before: offset)
      var end = offset
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
      return ByteRange(start: start, end: end)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The number of line feeds in a range.
  package func feeds(in range: Range<Int>) -> Int {
    var count = 0
    for i in range where self[i] == UInt8(ascii: "\n") { count &+= 1 }
    return count
  }

  /// The number of columns that end in a range without line feeds: one a code point of text, one a tab in a sheet.
  package func columns(in range: Range<Int>, ofSheet: Bool) -> Int {
    var count = 0
    if ofSheet {
      for i in range where self[i] == UInt8(ascii: "\t") { count &+= 1 }
    } else {
      for i in range where self[i] & 0xC0 != 0x80 { count &+= 1 }
    }
    return count
  }

  /// Where the line begins that `offset` stands in.
  package func lineStart(before offset: Int) -> Int {
    var start = offset
    while start > 0, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }
}
