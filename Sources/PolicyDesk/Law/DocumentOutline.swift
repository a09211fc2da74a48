package import Diagnostics

/// The headings of a document, and which of them each line stands under: `三(一)2(1)`.
///
/// Chapters are 一、二、, sections （一）（二）, boxes 专栏1, items 1. 2., points （1）（2）. Nothing marks where a box ends. Where the chapters begin anew the next part
/// begins; a chapter whose number was given before is known by its place in the order as well.
package struct DocumentOutline: Sendable {
  /// One way to call the place of a line, from the outermost heading in.
  private struct Line {
    let range: Range<Int>
    let part: Int
    let labels: [String]
    /// With the chapter as it comes in the order.
    let counted: [String]
    let isHeading: Bool
    /// How many labels stand before the box that it may lie in, and with the box.
    let box: Int?
  }

  private var lines: [Line] = []

  /// Whether it has any headings.
  package var isFlat: Bool { !lines.contains(where: \.isHeading) }

  package init(_ file: SourceFile) {
    let text = file.withBytes { Array($0) }
    var labels: [(level: Int, label: String)] = []
    var (chapter, written, part) = (0, 0, 0)
    for (start, end, isWithin) in Self.segments(text) {
      let line = String(decoding: text[start..<end], as: UTF8.self)
      var heading = Self.heading(line)
      // Within a line only chapters and sections begin.
      if isWithin, let found = heading, found.level > 2 { heading = nil }
      if let heading {
        labels.removeAll { $0.level >= heading.level }
        if heading.level == 1, let number = heading.number {
          if number == 1, written > 1 { (part, chapter) = (part + 1, 0) }
          chapter = number > chapter ? number : chapter + 1
          written = number
        }
        labels.append((heading.level, heading.label))
      }
      var counted = labels
      if let first = counted.first, first.level == 1, chapter > 0 {
        counted[0].label = Self.numeral(chapter)
      }
      lines.append(
        Line(
          range: start..<end, part: part, labels: labels.map(\.label),
          counted: counted.map(\.label),
          isHeading: heading != nil, box: labels.firstIndex { $0.level == Self.boxLevel }))
    }
  }

  /// The lines, and what follows a full stop in them.
  private static func segments(_ text: [UInt8]) -> [(start: Int, end: Int, isWithin: Bool)] {
    let stop = Array("。".utf8)
    var segments: [(start: Int, end: Int, isWithin: Bool)] = []
    var (start, isWithin) = (0, false)
    for index in text.indices {
      if text[index] == UInt8(ascii: "\n") {
        segments.append((start, index, isWithin))
        (start, isWithin) = (index + 1, false)
      } else if text[index] == stop[2], index >= 2, text[index - 1] == stop[1],
        text[index - 2] == stop[0]
      {
        segments.append((start, index + 1, isWithin))
        (start, isWithin) = (index + 1, true)
      }
    }
    segments.append((start, text.count, isWithin))
    return segments
  }

  /// The places that a byte of the document may be cited by; the first is as it is written there.
  package func places(of offset: Int, parts: [String]) -> [String] {
    guard
      let index = lines.firstIndex(where: {
        $0.range.contains(offset) || $0.range.lowerBound == offset
      })
    else { return [] }
    let line = lines[index]
    let letters = parts.indices.contains(line.part) ? parts[line.part] : ""
    var places = [letters + line.labels.joined(), letters + line.counted.joined()]
    if let box = line.box {
      for labels in [line.labels, line.counted] {
        places += [box + 1, box].map { letters + labels.prefix($0).joined() }
      }
    }
    // What closes a chapter or the whole stands under none of its sections.
    if !line.isHeading,
      !lines[(index + 1)...].prefix(while: { $0.part == line.part }).contains(where: \.isHeading)
    {
      places += [line.labels, line.counted].compactMap(\.first).map { letters + $0 + " end" }
    }
    return places.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A place as it is compared: brackets of one form, no white space, without a letter after an item (`2a`).
  package static func canonical(_ place: String) -> String {
    var text = ""
    for character in place {
      switch character {
      case "（": text.append("(")
      case "）": text.append(")")
      case let other where other.isWhitespace: break
      default: text.append(character)
      }
    }
    if let last = text.last, last.isASCII, last.isLowercase, text.dropLast().last?.isNumber == true
    {
      text.removeLast()
    }
    return text
  }

  // MARK: Headings

  private static let boxLevel = 3

  /// A line without the marks of whatever the text was made from (Markdown, HTML) before it.
  static func withoutMarks(_ line: Substring) -> Substring {
    var text = line
    while true {
      text = text.drop { $0.isWhitespace || "#*\u{FEFF}".contains($0) }
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        text = text[text.index(after: end)...]
      } else if text.hasPrefix("<b>") {
        text = text.dropFirst(3)
      } else {
        return text
      }
    }
  }

  private static func heading(_ line: String) -> (level: Int, label: String, number: Int?)? {
    var text = withoutMarks(Substring(halfWidth(line)))
    // A line of the table of contents.
    if text.contains("....") || text.contains("……") { return nil }
    if text.hasPrefix("专栏") {
      let digits = text.dropFirst(2).drop { $0.isWhitespace }.prefix { $0.isASCII && $0.isNumber }
      return digits.isEmpty ? nil : (boxLevel, "专栏" + digits, nil)
    }
    if let inner = bracketed(text) {
      if let number = value(inner) { return (2, "(\(inner))", number) }
      return inner.allSatisfy({ $0.isASCII && $0.isNumber }) ? (5, "(\(inner))", nil) : nil
    }
    if text.hasPrefix("第") { text = text.dropFirst() }
    let numeral = text.prefix { numerals.contains($0) }
    if let number = value(String(numeral)) {
      let next = text.dropFirst(numeral.count)
      return ["、", "章", "部分"].contains(where: next.hasPrefix) ? (1, String(numeral), number) : nil
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard !digits.isEmpty, digits.count <= 2, let mark = rest.first, ".．、".contains(mark),
      rest.dropFirst().first.map({ !$0.isNumber }) ?? true
    else { return nil }
    return (4, String(digits), nil)
  }

  /// Full-width digits are digits.
  private static func halfWidth(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: { (0xFF10...0xFF19).contains($0.value) }) else {
      return line
    }
    var text = ""
    for scalar in line.unicodeScalars {
      let isDigit = (0xFF10...0xFF19).contains(scalar.value)
      text.unicodeScalars.append(
        isDigit ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return text
  }

  /// What stands between the brackets that a line begins with.
  private static func bracketed(_ text: Substring) -> String? {
    guard let first = text.first, "（(".contains(first),
      let end = text.firstIndex(where: { "）)".contains($0) })
    else { return nil }
    let inner = text[text.index(after: text.startIndex)..<end].filter { !$0.isWhitespace }
    return inner.isEmpty || inner.count > 3 ? nil : inner
  }

  private static let numerals = Array("一二三四五六七八九十")

  /// 一 to 九十九; nil of anything else.
  private static func value(_ text: String) -> Int? {
    guard !text.isEmpty, text.count <= 3, text.allSatisfy(numerals.contains) else { return nil }
    let figures = text.map { (numerals.firstIndex(of: $0) ?? 0) + 1 }
    guard let ten = figures.firstIndex(of: 10) else { return text.count == 1 ? figures[0] : nil }
    if ten > 1 || text.count > ten + 2 { return nil }
    return (ten == 0 ? 1 : figures[0]) * 10 + (figures.count > ten + 1 ? figures[ten + 1] : 0)
  }

  private static func numeral(_ number: Int) -> String {
    if number <= 10 { return String(numerals[max(number, 1) - 1]) }
    let tens = number / 10 > 1 ? String(numerals[number / 10 - 1]) : ""
    return tens + "十" + (number % 10 > 0 ? String(numerals[number % 10 - 1]) : "")
  }
}
