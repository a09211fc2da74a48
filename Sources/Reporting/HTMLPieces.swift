/// HTML of many subjects as text for a script to show: what comes again and again is written once.
///
/// The results of ten thousand applications are some hundred sentences with other numbers between them: markup, law, remedies.
/// So text is cut at its numbers, and what has come before is named by the number of its piece. In what is written `{` stands
/// for `<` and `}n}` for the piece `n` in base 36; braces of the text itself are character references. No `<` is left, so that
/// no value ends the element that it stands in.
struct HTMLPieces {
  /// A shorter text is no longer than its reference, nearly.
  static let shortest = 8
  /// Pieces beyond this are written out where they stand.
  static let limit = 1 << 16
  /// How many texts are remembered for the case that they come again; then it begins anew.
  static let memory = 1 << 16

  /// Where each piece stands, by digest. Looked up, never iterated.
  private var numbers: [UInt64: Int] = [:]
  private var seen: Set<UInt64> = []
  private var pieces: [[UInt8]] = []

  var count: Int { pieces.count }
  var rememberedCount: Int { seen.count }

  /// Writes what stands for `html`, in which a line's end is nothing but white space.
  mutating func write(_ html: [UInt8], to sink: inout ByteSink) {
    html.withUnsafeBufferPointer { html in
      var index = 0
      while index < html.count {
        let start = index
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        while index < html.count, !Self.isDigit(html[index]) {
          digest = (digest ^ UInt64(html[index])) &* 0x0000_0100_0000_01b3
          index += 1
        }
        write(UnsafeBufferPointer(rebasing: html[start..<index]), digest, to: &sink)
        while index < html.count, Self.isDigit(html[index]) || html[index] == UInt8(ascii: ".") {
          sink.write(html[index])
          index += 1
        }
      }
    }
  }

  /// Writes all pieces, one a line, in the order of their numbers.
  func writeAll(to sink: inout ByteSink) {
    for (number, piece) in pieces.enumerated() {
      if number > 0 { sink.write(UInt8(ascii: "\n")) }
      piece.withUnsafeBufferPointer { Self.writeOut($0, to: &sink) }
    }
  }

  private mutating func write(
    _ text: UnsafeBufferPointer<UInt8>, _ digest: UInt64, to sink: inout ByteSink
  ) {
    if text.count < Self.shortest { return Self.writeOut(text, to: &sink) }
    if let number = numbers[digest] {
      // Names come from outside, and two may have been made to have one digest.
      if pieces[number].elementsEqual(text) {
        Self.refer(to: number, &sink)
      } else {
        Self.writeOut(text, to: &sink)
      }
    } else if pieces.count < Self.limit, !seen.insert(digest).inserted {
      numbers[digest] = pieces.count
      Self.refer(to: pieces.count, &sink)
      pieces.append(Array(text))
    } else {
      if seen.count == Self.memory { seen.removeAll(keepingCapacity: true) }
      Self.writeOut(text, to: &sink)
    }
  }

  private static func refer(to number: Int, _ sink: inout ByteSink) {
    sink.write("}" + String(number, radix: 36) + "}")
  }

  private static func writeOut(_ text: UnsafeBufferPointer<UInt8>, to sink: inout ByteSink) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "<"): sink.write(UInt8(ascii: "{"))
      case UInt8(ascii: "{"): sink.write("&#123;" as StaticString)
      case UInt8(ascii: "}"): sink.write("&#125;" as StaticString)
      case UInt8(ascii: "\n"): sink.write(UInt8(ascii: " "))
      default: sink.write(byte)
      }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
