package import Diagnostics

/// JSON Lines read on as many cores as there are, without a tree for the lines that are plain.
///
/// A plain line is an object whose texts hold no escapes. It gives the tokens that ``PlainYAML`` gives for the same item, so that one
/// reader takes both; any other line is left to ``JSONReader``, which reads it or says what is wrong with it.
package enum PlainJSONLines {
  /// Reads every line that is not blank.
  ///
  /// The file is cut at ends of lines into as many parts as are given, or fewer. `line` is called from one thread a part, and in the
  /// file's order within a part; the parts follow each other. It gets the line's item, nil where it is not plain, and the line's
  /// bytes; it adds what it reads to its part, and says whether it could.
  ///
  /// - Returns: the parts; nil where `line` could not read a line.
  package static func read<Part: Sendable>(
    _ file: SourceFile, parts: [Part], smallestPart: Int = PlainYAML.smallestPart,
    line: @Sendable (inout Part, PlainItem?, ByteRange) -> Bool
  ) -> [Part]? {
    file.withBytes { bytes in
      guard Encoding.wideEncodingFault(file, bytes) == nil else { return nil }
      let ranges = ranges(bytes, count: parts.count, smallestPart: smallestPart)
      let read = Parallel.map(ranges.count) { number -> Part? in
        var part = parts[number]
        let isRead = file.withBytes { bytes in
          lines(bytes, ranges[number]) { line(&part, $0, $1) }
        }
        return isRead ? part : nil
      }
      var found: [Part] = []
      for part in read {
        guard let part else { return nil }
        found.append(part)
      }
      return found + parts.dropFirst(found.count)
    }
  }

  /// Where to cut a file: after line feeds, which stand nowhere inside a line.
  private static func ranges(
    _ bytes: UnsafeRawBufferPointer, count: Int, smallestPart: Int
  ) -> [Range<Int>] {
    let start = min(Encoding.markLength(bytes), bytes.count)
    let size = max((bytes.count - start) / max(count, 1), smallestPart)
    var ranges: [Range<Int>] = []
    var from = start
    while from < bytes.count || ranges.isEmpty {
      var end = min(from + size, bytes.count)
      if ranges.count == count - 1 || bytes.count - end < smallestPart / 2 { end = bytes.count }
      while end < bytes.count, bytes[end - 1] != 0x0A { end += 1 }
      ranges.append(from..<end)
      from = end
    }
    return ranges
  }

  private static func lines(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>,
    _ body: (PlainItem?, ByteRange) -> Bool
  ) -> Bool {
    var scanner = PlainJSONScanner(bytes)
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
      let isPlain = scanner.scan(start..<end)
      if scanner.isBlank {
        start = end + 1
        continue
      }
      let isRead =
        if isPlain {
          scanner.tokens.withUnsafeBufferPointer {
            body(PlainItem(tokens: $0, bytes: bytes), ByteRange(start: start, end: end))
          }
        } else {
          body(nil, ByteRange(start: start, end: end))
        }
      if !isRead { return false }
      start = end + 1
    }
    return true
  }
}

/// Scans single lines of JSON into tokens, as long as they are plain.
private struct PlainJSONScanner {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var end = 0
  private(set) var tokens: [PlainToken] = []
  /// Whether the line that was scanned last holds nothing but spaces.
  private(set) var isBlank = false

  /// Objects and lists inside each other beyond this are left to the other reader.
  private static let depthLimit = 4

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether a line is one plain object; its tokens are ``tokens`` then.
  mutating func scan(_ line: Range<Int>) -> Bool {
    (position, end) = (line.lowerBound, line.upperBound)
    tokens.removeAll(keepingCapacity: true)
    skipSpace()
    isBlank = position == end
    guard line.count <= ReadingLimits.standard.treeBytes, end <= Int(UInt32.max),
      peek == UInt8(ascii: "{"), object(depth: 0)
    else { return false }
    skipSpace()
    return position == end
  }

  private var peek: UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < end,
      bytes[position] == 0x20 || bytes[position] == 0x09 || bytes[position] == 0x0D
    {
      position += 1
    }
  }

  /// Passes a byte if it is the next; spaces before it are passed in any case.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func add(_ kind: PlainToken.Kind, from start: Int) {
    tokens.append(PlainToken(kind: kind, start: UInt32(start), end: UInt32(position)))
  }

  private mutating func value(depth: Int) -> Bool {
    skipSpace()
    let start = position
    switch peek {
    case UInt8(ascii: "\""):
      guard string() else { return false }
      add(.quoted, from: start)
      return true
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "n"): return word("null", .null)
    case UInt8(ascii: "t"): return word("true", .bare)
    case UInt8(ascii: "f"): return word("false", .bare)
    default:
      guard number() else { return false }
      add(.bare, from: start)
      return true
    }
  }

  private mutating func object(depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    let (start, place) = (position, tokens.count)
    position += 1
    add(.map, from: start)
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        let key = position
        guard peek == UInt8(ascii: "\""), string() else { return false }
        tokens.append(
          PlainToken(kind: .key, start: UInt32(key + 1), end: UInt32(position - 1)))
        guard take(UInt8(ascii: ":")), value(depth: depth + 1) else { return false }
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { return false }
    }
    close(place)
    return true
  }

  private mutating func list(depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    let (start, place) = (position, tokens.count)
    position += 1
    add(.list, from: start)
    if !take(UInt8(ascii: "]")) {
      repeat {
        guard value(depth: depth + 1) else { return false }
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { return false }
    }
    close(place)
    return true
  }

  /// Ends the object or list that begins at a token.
  private mutating func close(_ place: Int) {
    tokens[place].end = UInt32(position)
    add(.end, from: position)
  }

  /// Passes a text in quotes without escapes.
  private mutating func string() -> Bool {
    let start = position
    position += 1
    var highBits: UInt8 = 0
    while position < end, bytes[position] != UInt8(ascii: "\"") {
      let byte = bytes[position]
      if byte < 0x20 || byte == UInt8(ascii: "\\") { return false }
      highBits |= byte
      position += 1
    }
    guard position < end else { return false }
    position += 1
    return highBits < 0x80
      || Encoding.firstInvalid(bytes, in: ByteRange(start: start + 1, end: position - 1)) == nil
  }

  private mutating func word(_ text: StaticString, _ kind: PlainToken.Kind) -> Bool {
    let start = position
    let length = text.utf8CodeUnitCount
    guard end - position >= length,
      (0..<length).allSatisfy({ bytes[start + $0] == text.utf8Start[$0] })
    else { return false }
    position += length
    add(kind, from: start)
    return endsValue
  }

  /// Passes a number of digits, with a point or without; what else JSON allows is left to the other reader.
  private mutating func number() -> Bool {
    let start = position
    while position < end, isDigit(bytes[position]) { position += 1 }
    let whole = position - start
    guard whole > 0, whole == 1 || bytes[start] != UInt8(ascii: "0") else { return false }
    if peek == UInt8(ascii: ".") {
      position += 1
      let point = position
      while position < end, isDigit(bytes[position]) { position += 1 }
      if position == point { return false }
    }
    return endsValue
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether what stands next can follow a word or number.
  private var endsValue: Bool {
    switch peek {
    case nil, 0x20, 0x09, 0x0D, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: false
    }
  }
}
