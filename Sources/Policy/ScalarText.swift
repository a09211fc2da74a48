package import Diagnostics

/// The value of a YAML scalar as it is written in the file, to find the place of a stretch of it: through quotes, folded lines and blocks
/// with their indentation.
package struct ScalarText {
  private let bytes: [UInt8]
  private let start: Int
  /// What begins the value: `>` and `|` of blocks, quotes, else 0.
  private let mark: UInt8
  /// The value as YAML reads it, with the place of each byte.
  private let places: (value: [UInt8], offsets: [Int])

  /// - Parameter range: of the whole scalar, mark or quotes included.
  package init?(_ file: SourceFile, _ range: ByteRange) {
    let end = min(range.end, file.count)
    guard range.start < end else { return nil }
    let written = file.withBytes { Array($0[range.start..<end]) }
    let marks = [UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "'"), UInt8(ascii: "\"")]
    bytes = written
    start = range.start
    mark = marks.first { $0 == written[0] } ?? 0
    places = Self.places(of: bytes, mark: mark)
  }

  /// Where a stretch of the value stands in the file; nil where the text cannot be followed so far.
  ///
  /// - Parameters:
  ///   - inner: in the expression.
  ///   - text: the value, or with `from` an expression in it.
  ///   - from: where the expression begins in the value.
  package func place(of inner: ByteRange, in text: String, from: Int?) -> ByteRange? {
    // Whether the line end after a block belongs to it makes no difference here.
    var wanted = Array(text.utf8)
    while wanted.last == UInt8(ascii: "\n") { wanted.removeLast() }
    guard let first = from ?? (places.value.starts(with: wanted) ? 0 : nil) else { return nil }
    guard places.value.dropFirst(first).starts(with: wanted) else { return nil }
    let begin = first + inner.start
    let end = first + max(inner.end, inner.start + 1) - 1
    // The end of the text is one past its last byte.
    guard places.offsets.indices.contains(min(begin, places.offsets.count - 1)) else { return nil }
    func offset(_ index: Int) -> Int {
      index < places.offsets.count
        ? places.offsets[index] : (places.offsets.last ?? 0) + 1
    }
    let low = start + offset(begin)
    let high = inner.count == 0 ? low : start + offset(end) + 1
    return ByteRange(start: low, end: max(low, high))
  }

  private static func places(
    of bytes: [UInt8], mark: UInt8
  ) -> (value: [UInt8], offsets: [Int]) {
    let isBlock = mark == UInt8(ascii: ">") || mark == UInt8(ascii: "|")
    var value: [UInt8] = []
    var offsets: [Int] = []
    func add(_ byte: UInt8, _ offset: Int) {
      value.append(byte)
      offsets.append(offset)
    }
    var wasDeeper = false
    let feed = UInt8(ascii: "\n")
    let space = UInt8(ascii: " ")
    var index = isBlock ? (bytes.firstIndex(of: feed) ?? bytes.count) + 1 : mark == 0 ? 0 : 1
    var indent = 0
    if isBlock {
      // That of the first line with anything on it.
      var at = index
      while at < bytes.count {
        var width = 0
        while at + width < bytes.count, bytes[at + width] == space { width += 1 }
        if at + width < bytes.count, bytes[at + width] != feed, bytes[at + width] != 13 {
          indent = width
          break
        }
        at += width + 1
      }
      index = min(index + indent, bytes.count)
    }
    let end = !isBlock && mark != 0 && bytes.last == mark ? bytes.count - 1 : bytes.count
    while index < end {
      let byte = bytes[index]
      if byte == 13, index + 1 < end, bytes[index + 1] == feed {
        index += 1
        continue
      }
      if byte == feed {
        var feeds = 0
        let place = index
        // Over blank lines, to the next line's text.
        while index < end, bytes[index] == feed {
          feeds += 1
          index += 1
          var width = 0
          while index < end, bytes[index] == space, !isBlock || width < indent {
            index += 1
            width += 1
          }
          while index < end, bytes[index] == 13 { index += 1 }
        }
        if mark == UInt8(ascii: "|") {
          for _ in 0..<feeds { add(feed, place) }
          continue
        }
        // A line that is indented further keeps its end, and that of the one before.
        let isDeeper = isBlock && index < end && bytes[index] == space
        defer { wasDeeper = isDeeper }
        if isDeeper || wasDeeper {
          for _ in 0..<feeds { add(feed, place) }
        } else if feeds == 1 {
          if !isBlock { while value.last == space { value.removeLast(); offsets.removeLast() } }
          add(space, place)
        } else {
          for _ in 1..<feeds { add(feed, place) }
        }
        continue
      }
      if mark == UInt8(ascii: "'"), byte == mark, index + 1 < end, bytes[index + 1] == mark {
        index += 1
      } else if mark == UInt8(ascii: "\""), byte == UInt8(ascii: "\\"), index + 1 < end,
        [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(bytes[index + 1])
      {
        index += 1
      }
      add(bytes[index], index)
      index += 1
    }
    return (value, offsets)
  }
}
