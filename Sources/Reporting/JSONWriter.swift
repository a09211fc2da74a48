package import Diagnostics

/// Writes JSON onto a sink piece by piece, compact or indented.
///
/// What would be dangerous or lost where JSON is shown as it is (controls, bidirectional controls, line separators) is escaped
/// as `\uXXXX`; everything else, Chinese included, stands as it is.
package struct JSONWriter: ~Copyable {
  private(set) var sink: ByteSink
  private let indented: Bool
  private var depth = 0
  private var inlineDepth = 0
  private var isFirst = true
  private var isAfterKey = false

  /// Takes over the sink; ``giveBack(to:)`` returns it. `depth` is how many objects and lists have been begun elsewhere.
  package init(taking other: inout ByteSink, indented: Bool, depth: Int = 0) {
    sink = ByteSink()
    self.indented = indented
    self.depth = depth
    swap(&sink, &other)
  }

  package mutating func giveBack(to other: inout ByteSink) {
    swap(&sink, &other)
  }

  var isClosed: Bool { sink.isClosed }

  // MARK: - Structure

  /// Says whose document it is, of which form and by which version: `"planlint": {"format": "stats/1", "version": "0.1.0"}`.
  package mutating func head(_ form: StaticString, version: String) {
    key("planlint")
    beginObject(inline: true)
    key("format")
    string(form)
    key("version")
    string(version)
    endObject()
  }

  /// A text in both languages.
  package mutating func bilingual(_ text: Bilingual) {
    beginObject(inline: true)
    key("zh")
    string(text.zh)
    key("en")
    string(text.en)
    endObject()
  }

  /// Begins an object; an inline one stands on one line also where the output is indented.
  package mutating func beginObject(inline: Bool = false) { begin(UInt8(ascii: "{"), inline) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray(inline: Bool = false) { begin(UInt8(ascii: "["), inline) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  package mutating func key(_ name: StaticString) {
    separate()
    sink.write(UInt8(ascii: "\""))
    sink.write(name)
    sink.write(UInt8(ascii: "\""))
    sink.write(UInt8(ascii: ":"))
    if indented { sink.write(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Items of a list that are written elsewhere, separators between them included; `body` gets the sink and the depth, and says
  /// whether there were any.
  mutating func items(_ body: (inout ByteSink, Int) -> Bool) {
    if body(&sink, depth) { isFirst = false }
  }

  /// A piece of JSON as it is, inside an object or a list that has been begun; only for what is written millions of times.
  mutating func fragment(_ text: StaticString) {
    sink.write(text)
    isFirst = false
  }

  /// A piece of JSON made before.
  mutating func fragment(_ bytes: [UInt8]) {
    sink.write(bytes)
    isFirst = false
  }

  /// A string after a fragment that ends where a value has to stand.
  mutating func fragment(quoting text: String) {
    quote(text)
  }

  /// Ends the document, or the line of JSON Lines.
  package mutating func endLine() {
    sink.write(UInt8(ascii: "\n"))
    isFirst = true
  }

  // MARK: - Values

  package mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  package mutating func string(_ text: StaticString) {
    separate()
    sink.write(UInt8(ascii: "\""))
    sink.write(text)
    sink.write(UInt8(ascii: "\""))
  }

  package mutating func number(_ value: Int) {
    separate()
    sink.write(value)
  }

  /// A double with a fixed number of decimals; null where it is no number.
  mutating func number(_ value: Double, places: Int) {
    separate()
    if !sink.write(value, places: places) { sink.write("null" as StaticString) }
  }

  package mutating func bool(_ value: Bool) {
    separate()
    sink.write(value ? "true" : "false")
  }

  package mutating func null() {
    separate()
    sink.write("null")
  }

  package mutating func strings(_ texts: [String]) {
    beginArray(inline: true)
    for text in texts { string(text) }
    endArray()
  }

  // MARK: - Punctuation

  private mutating func begin(_ bracket: UInt8, _ inline: Bool) {
    separate()
    sink.write(bracket)
    depth += 1
    if inline || inlineDepth > 0 { inlineDepth += 1 }
    isFirst = true
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if inlineDepth > 0 {
      inlineDepth -= 1
    } else if indented, !isFirst {
      newLine()
    }
    sink.write(bracket)
    isFirst = false
  }

  private mutating func separate() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if depth == 0 { return }
    if !isFirst { sink.write(UInt8(ascii: ",")) }
    if indented {
      if inlineDepth == 0 {
        newLine()
      } else if !isFirst {
        sink.write(UInt8(ascii: " "))
      }
    }
    isFirst = false
  }

  private mutating func newLine() {
    sink.write(UInt8(ascii: "\n"))
    for _ in 0..<depth { sink.write("  ") }
  }

  // MARK: - Strings

  private mutating func quote(_ text: String) {
    sink.write(UInt8(ascii: "\""))
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { escape($0) }
    if done == nil {
      Array(text.utf8).withUnsafeBufferPointer { escape($0) }
    }
    sink.write(UInt8(ascii: "\""))
  }

  private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
    var copied = 0
    var i = 0
    while i < bytes.count {
      let plain = Self.plainCount(bytes, from: i)
      if plain > 0 {
        i += plain
        continue
      }
      let byte = bytes[i]
      if Self.isPlain(byte) {
        i += 1
        continue
      }
      let (length, scalar) = Self.special(bytes, at: i)
      if let scalar {
        sink.write(UnsafeBufferPointer(rebasing: bytes[copied..<i]))
        escape(scalar)
        copied = i + length
      }
      i += length
    }
    sink.write(UnsafeBufferPointer(rebasing: bytes[copied...]))
  }

  /// The number of bytes from `i` on that need no look at all, at most eight; none where fewer are left.
  @inline(__always)
  private static func plainCount(_ bytes: UnsafeBufferPointer<UInt8>, from i: Int) -> Int {
    guard i + 8 <= bytes.count, let start = bytes.baseAddress else { return 0 }
    let word = UInt64(
      littleEndian: UnsafeRawPointer(start + i).loadUnaligned(as: UInt64.self))
    var special = (word &- (ones &* 0x20)) & ~word
    special |= zeros(word ^ (ones &* 0x22)) | zeros(word ^ (ones &* 0x5C))
    special |= zeros(word ^ (ones &* 0x7F))
    if word & (ones &* 0x80) != 0 {
      special |= zeros(word ^ (ones &* 0xC2)) | zeros(word ^ (ones &* 0xD8))
      // Of those with 0xEF, which begins full-width marks as well, only that before 0xBB; what follows the last is not known.
      let next = word >> 8 | 0xBB << 56
      special |= zeros(word ^ (ones &* 0xE2))
      special |= zeros(word ^ (ones &* 0xEF)) & zeros(next ^ (ones &* 0xBB))
    }
    // A borrow can mark bytes after the first special one only, so that the lowest mark is right.
    return (special & (ones &* 0x80)).trailingZeroBitCount >> 3
  }

  /// One in each byte.
  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// Marks the zero bytes in their highest bits.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }

  /// Whether a byte needs no look at all: printable ASCII but `"` and `\`, and bytes that begin nothing to be escaped.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x5C, 0x00...0x1F, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF: false
    default: true
    }
  }

  /// The length of what stands at `i`, and its scalar where it has to be escaped.
  private static func special(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> (Int, UInt16?) {
    func byte(_ offset: Int) -> UInt8 { i + offset < bytes.count ? bytes[i + offset] : 0 }
    switch bytes[i] {
    case 0xC2:
      return (2, byte(1) < 0xA0 ? UInt16(byte(1)) : nil)
    case 0xD8:
      return (2, byte(1) == 0x9C ? 0x061C : nil)
    case 0xE2:
      let scalar = 0x2000 | UInt16(byte(1) & 0x3F) << 6 | UInt16(byte(2) & 0x3F)
      switch scalar {
      case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: return (3, scalar)
      default: return (3, nil)
      }
    case 0xEF:
      return (3, byte(1) == 0xBB && byte(2) == 0xBF ? 0xFEFF : nil)
    default:
      return (1, UInt16(bytes[i]))
    }
  }

  private mutating func escape(_ scalar: UInt16) {
    switch scalar {
    case 0x22: sink.write("\\\"")
    case 0x5C: sink.write("\\\\")
    case 0x0A: sink.write("\\n")
    case 0x0D: sink.write("\\r")
    case 0x09: sink.write("\\t")
    default:
      sink.write("\\u")
      for shift in [12, 8, 4, 0] {
        let digit = UInt8(truncatingIfNeeded: scalar >> UInt16(shift)) & 0xF
        sink.write(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}
