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
    feedsBeforeBlock = file.withBytes { bytes in
      var counts: [Int] = []
      var feeds = 0
      var block = 0
      while block < bytes.count {
        counts.append(feeds)
        let end = min(block + Self.blockSize, bytes.count)
        for i in block..<end where bytes[i] == UInt8(ascii: "\n") { feeds += 1 }
        block = end
      }
      return counts
    }
  }

  /// The place of a byte offset; one past the end is allowed.
  package func position(of offset: Int) -> Position {
    file.withBytes { bytes in
      let offset = min(max(offset, 0), bytes.count)
      let block = min(offset / Self.blockSize, max(feedsBeforeBlock.count - 1, 0))
      var line = (feedsBeforeBlock.isEmpty ? 0 : feedsBeforeBlock[block]) + 1
      for i in min(block * Self.blockSize, offset)..<offset where bytes[i] == UInt8(ascii: "\n") {
        line += 1
      }
      var start = offset
      while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
      var column = 1
      let isSheet = file.sheet != nil
      for i in start..<offset where SourceFile.endsColumn(bytes[i], inSheet: isSheet) {
        column += 1
      }
      return Position(line: line, column: column)
    }
  }

  /// The bytes of the line that holds `offset`, without its line end.
  package func lineRange(containing offset: Int) -> ByteRange {
    file.withBytes { bytes in
      let offset = min(max(offset, 0), bytes.count)
      var start = offset
      while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      var end = offset
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
      return ByteRange(start: start, end: end)
    }
  }
}
