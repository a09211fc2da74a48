import Diagnostics

/// A source line with carets under a token, as far as a terminal shows them.
///
/// Carets line up by display width; tabs are expanded; what could act on the terminal is made visible; a line that is too wide
/// is cut around the token.
struct Snippet {
  /// The columns that a tab stop is apart.
  private static let tabWidth = 4
  /// The bytes looked at before and after the token's start: lines of megabytes (minified JSON) cost no more.
  private static let byteLimit = 2048

  /// The line as shown.
  var line: String
  /// The spaces before the carets.
  var indent: Int
  /// The carets; at least one.
  var carets: Int
  /// What of the line stands before the token, and the token itself; the rest of the line follows them.
  private(set) var before = ""
  private(set) var token = ""

  /// What of the line stands after the token.
  var after: String {
    let start = before.utf8.count + token.utf8.count
    return start < line.utf8.count
      ? String(decoding: line.utf8.dropFirst(start), as: UTF8.self) : ""
  }

  init(_ location: Location, width: Int) {
    let part = Self.linePart(location)
    let cells = Self.cells(part.bytes)
    let first = cells.firstIndex { $0.offset + $0.length > part.token.start } ?? cells.count
    let last = max(first, cells.firstIndex { $0.offset >= part.token.end } ?? cells.count)
    let window = Self.window(
      cells, first, last, width: max(width, 20), cutStart: part.isCutAtStart,
      cutEnd: part.isCutAtEnd)
    line = window.cutStart ? "…" : ""
    before = line
    indent = window.cutStart ? 1 : 0
    carets = 0
    for i in window.range {
      line += cells[i].text
      if i < first {
        before += cells[i].text
        indent += cells[i].width
      } else if i < last {
        token += cells[i].text
        carets += cells[i].width
      }
    }
    if window.cutEnd { line += "…" }
    carets = max(carets, 1)
    while line.hasSuffix(" ") { line.removeLast() }
  }

  /// One scalar as shown.
  private struct Cell {
    var offset: Int
    var length: Int
    var text: String
    var width: Int
  }

  private static func linePart(
    _ location: Location
  ) -> (bytes: [UInt8], token: ByteRange, isCutAtStart: Bool, isCutAtEnd: Bool) {
    location.file.withBytes { bytes in
      let feed = UInt8(ascii: "\n")
      let tokenStart = min(max(location.range.start, 0), bytes.count)
      var start = tokenStart
      while start > 0, bytes[start - 1] != feed, tokenStart - start < byteLimit { start -= 1 }
      while start > 0, start < tokenStart, bytes[start] & 0xC0 == 0x80 { start += 1 }
      let isCutAtStart = start > 0 && bytes[start - 1] != feed
      var end = tokenStart
      while end < bytes.count, bytes[end] != feed, end - tokenStart < byteLimit { end += 1 }
      while end < bytes.count, end > tokenStart, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      let isCutAtEnd = end < bytes.count && bytes[end] != feed
      if !isCutAtEnd, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
      let from = min(max(tokenStart, start), end)
      let to = min(max(location.range.end, from), end)
      return (
        Array(bytes[start..<end]), ByteRange(start: from - start, end: to - start), isCutAtStart,
        isCutAtEnd
      )
    }
  }

  private static func cells(_ bytes: [UInt8]) -> [Cell] {
    var cells: [Cell] = []
    var meter = DisplayWidth()
    var column = 0
    var offset = 0
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      let scalar: Unicode.Scalar
      let length: Int
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        scalar = Unicode.UTF8.decode(encoded)
        length = encoded.count
      case .error(let skipped):
        scalar = "\u{FFFD}"
        length = skipped
      case .emptyInput:
        return cells
      }
      var text = ""
      var width = 0
      if scalar == "\t" {
        width = tabWidth - column % tabWidth
        text = String(repeating: " ", count: width)
      } else {
        VisibleText.append(scalar, to: &text)
        for shown in text.unicodeScalars { width += meter.next(shown) }
      }
      cells.append(Cell(offset: offset, length: length, text: text, width: width))
      column += width
      offset += length
    }
  }

  /// The cells that fit: all of them, or those around the token, a third of the room before it.
  private static func window(
    _ cells: [Cell], _ first: Int, _ last: Int, width: Int, cutStart: Bool, cutEnd: Bool
  ) -> (range: Range<Int>, cutStart: Bool, cutEnd: Bool) {
    var total = 0
    for cell in cells { total += cell.width }
    if total <= width { return (0..<cells.count, cutStart, cutEnd) }
    let room = width - 2
    var tokenWidth = 0
    for cell in cells[first..<last] { tokenWidth += cell.width }
    var before = max(room / 3, 0)
    if tokenWidth < room - before { before = min(room - tokenWidth, room / 2) }
    var start = first
    var used = 0
    while start > 0, used + cells[start - 1].width <= before {
      start -= 1
      used += cells[start].width
    }
    var end = start
    used = 0
    while end < cells.count, used + cells[end].width <= room {
      used += cells[end].width
      end += 1
    }
    while start > 0, end == cells.count, used + cells[start - 1].width <= room {
      start -= 1
      used += cells[start].width
    }
    return (start..<end, cutStart || start > 0, cutEnd || end < cells.count)
  }
}
