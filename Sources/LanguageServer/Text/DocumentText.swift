package import Diagnostics

/// The text of a document and where its lines begin.
package struct DocumentText: Sendable {
  package private(set) var bytes: [UInt8]
  /// Where each line begins; a line ends with LF, CR LF or CR.
  private var lineStarts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineStarts = Self.lineStarts(bytes)
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  package init(_ file: SourceFile) { self.init(file.withBytes { Array($0) }) }

  private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        if byte == 10 || byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10) {
          starts.append(index + 1)
        }
      }
    }
    return starts
  }

  package var lineCount: Int { lineStarts.count }

  /// The bytes of a line without its end.
  package func line(_ number: Int) -> Range<Int> {
    guard lineStarts.indices.contains(number) else { return bytes.count..<bytes.count }
    let start = lineStarts[number]
    var end = number + 1 < lineStarts.count ? lineStarts[number + 1] : bytes.count
    while end > start, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    return start..<end
  }

  /// The number of the line that holds a byte.
  package func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The byte at a position; one beyond its line is the line's end, one beyond the text the text's end.
  package func offset(of position: Position, _ encoding: PositionEncoding) -> Int {
    if position.line < 0 { return 0 }
    if position.line >= lineStarts.count { return bytes.count }
    let line = line(position.line)
    var offset = line.lowerBound
    var units = 0
    while offset < line.upperBound {
      var width = 1
      while offset + width < line.upperBound, bytes[offset + width] & 0xC0 == 0x80 { width += 1 }
      let more = encoding == .utf8 ? width : encoding.units(of: bytes[offset])
      // Within a character is before it.
      if units + more > position.character { break }
      units += more
      offset += width
    }
    return offset
  }

  /// The position of a byte; one within a character is that of the character.
  package func position(of offset: Int, _ encoding: PositionEncoding) -> Position {
    var offset = min(max(offset, 0), bytes.count)
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    let number = lineNumber(of: offset)
    let line = line(number)
    var units = 0
    for index in line.lowerBound..<min(max(offset, line.lowerBound), line.upperBound) {
      units += encoding.units(of: bytes[index])
    }
    return Position(line: number, character: units)
  }

  /// Puts other text in the place of a range.
  package mutating func replace(_ range: Range<Int>, with text: some Collection<UInt8>) {
    let start = min(max(range.lowerBound, 0), bytes.count)
    let end = min(max(range.upperBound, start), bytes.count)
    bytes.replaceSubrange(start..<end, with: text)
    lineStarts = Self.lineStarts(bytes)
  }

  package func text(_ range: Range<Int>) -> String {
    let start = min(max(range.lowerBound, 0), bytes.count)
    return String(
      decoding: bytes[start..<min(max(range.upperBound, start), bytes.count)], as: UTF8.self)
  }
}
