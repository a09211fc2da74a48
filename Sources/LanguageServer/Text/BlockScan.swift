import Diagnostics

/// Looks upward from a cursor for what it stands in.
struct BlockScan {
  private let text: DocumentText

  init(_ text: DocumentText) { self.text = text }

  /// As many lines are looked at.
  private static let most = 50_000

  mutating func place(line: Int, cursor: Int, _ head: BlockLine) -> CursorPlace {
    if let first = documentStart, let flow = flow(from: first, to: cursor) {
      return result([], flow, cursor, 0)
    }
    let start = text.line(line).lowerBound
    // From the innermost outward.
    var steps: [CursorPlace.Step] = []
    var stand = CursorPlace.Stand.open
    var content = start + min(head.contentColumn, cursor - start)
    var keyBound = head.isBlank ? cursor - start : head.indent
    var dashBound = keyBound
    for opener in head.openers.reversed() {
      if let key = opener.key {
        stand = .value
        steps.append(.key(key))
      } else {
        steps.append(.item)
      }
      (keyBound, dashBound) = bounds(opener)
    }
    let isAfterDash = head.openers.last.map { $0.key == nil } ?? false
    var indent = head.openers.last?.column ?? keyBound
    if stand == .open, let last = head.openers.last { indent = last.column + 2 }
    if head.openers.isEmpty { indent = head.indent }
    // A comment has nothing to complete.
    var siblingsAt: (line: Int, column: Int)? =
      stand == .open
      ? (line, isAfterDash ? head.contentColumn : head.isBlank ? cursor - start : head.indent) : nil
    if stand == .value, let flow = flow(from: content, to: cursor) {
      return result(steps + outward(from: line - 1, keyBound, dashBound), flow, cursor, indent)
    }
    var number = line - 1
    while number >= 0, line - number < Self.most, keyBound > 0 || dashBound > 0 {
      defer { number -= 1 }
      let range = text.line(number)
      let above = BlockLine(text.bytes[range])
      if above.isBlank { continue }
      // What stands deeper is not around it.
      if above.indent >= max(keyBound, dashBound), above.openers.isEmpty { continue }
      var isFirst = true
      for opener in above.openers.reversed() {
        defer { isFirst = false }
        guard let key = opener.key else {
          if opener.column < dashBound {
            steps.append(.item)
            (keyBound, dashBound) = bounds(opener)
          }
          continue
        }
        guard opener.column < keyBound else { continue }
        let value = range.lowerBound + min(above.contentColumn, range.count)
        if isFirst, isText(value, range.upperBound) {
          // All below is the text of this key.
          steps = []
          stand = .value
          content = value
          siblingsAt = nil
          indent = opener.column
          if let flow = flow(from: value, to: cursor) {
            steps.append(.key(key))
            let (keys, dashes) = bounds(opener)
            return result(
              steps + outward(from: number, keys, dashes), flow, cursor, indent)
          }
        }
        steps.append(.key(key))
        (keyBound, dashBound) = bounds(opener)
      }
      // An item of a list in brackets, without a key.
      if above.openers.last.map({ $0.key == nil }) ?? false, steps.last == .item {
        let value = range.lowerBound + min(above.contentColumn, range.count)
        if number < line, let flow = flow(from: value, to: cursor), flow.isOpen {
          let dash = above.openers[above.openers.count - 1]
          let (keys, dashes) = bounds(dash)
          return result(
            [.item] + outward(from: number, keys, dashes), flow, cursor, indent)
        }
      }
    }
    if head.isBlank == false, stand == .open, let flow = flow(from: content, to: cursor) {
      return result(steps, flow, cursor, indent)
    }
    return CursorPlace(
      steps: steps.reversed(), stand: stand, before: text.text(content..<cursor),
      word: word(from: content, to: cursor),
      siblings: siblingsAt.map { siblings($0.line, column: $0.column) } ?? [], isQuoted: false,
      indent: indent, isAfterDash: isAfterDash)
  }

  /// Where the document begins, if it stands in one brace or bracket as JSON does.
  private var documentStart: Int? {
    let first = text.bytes.firstIndex { ![0x20, 9, 10, 13, 0xEF, 0xBB, 0xBF].contains($0) }
    return first.flatMap {
      [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(text.bytes[$0]) ? $0 : nil
    }
  }

  private func bounds(_ opener: BlockLine.Opener) -> (key: Int, dash: Int) {
    // A list may stand at the column of its key.
    opener.key == nil ? (opener.column + 1, opener.column) : (opener.column, opener.column)
  }

  /// The steps around an opener, from the inside; its own line and those above are looked at.
  private func outward(
    from line: Int, _ keys: Int, _ dashes: Int
  ) -> [CursorPlace.Step] {
    var (keyBound, dashBound) = (keys, dashes)
    var steps: [CursorPlace.Step] = []
    var number = line
    while number >= 0, line - number < Self.most {
      defer { number -= 1 }
      let range = text.line(number)
      let above = BlockLine(text.bytes[range])
      if above.isBlank { continue }
      for other in above.openers.reversed() {
        if let key = other.key {
          guard other.column < keyBound else { continue }
          steps.append(.key(key))
        } else {
          guard other.column < dashBound else { continue }
          steps.append(.item)
        }
        (keyBound, dashBound) = bounds(other)
      }
    }
    return steps
  }

  /// Whether something stands after a key, so that what is indented further belongs to it.
  private func isText(_ start: Int, _ end: Int) -> Bool {
    start < end && text.bytes[start] != UInt8(ascii: "#") && text.bytes[start] != UInt8(ascii: "&")
  }

  private func result(
    _ inner: [CursorPlace.Step], _ flow: Flow, _ cursor: Int, _ indent: Int
  ) -> CursorPlace {
    CursorPlace(
      steps: inner.reversed() + flow.steps, stand: flow.stand,
      before: text.text(flow.start..<cursor), word: word(from: flow.start, to: cursor),
      siblings: flow.siblings, isQuoted: flow.isQuoted, indent: indent, isAfterDash: false)
  }

  /// The letters, digits and signs of names before the cursor.
  private func word(from start: Int, to cursor: Int) -> ByteRange {
    var begin = cursor
    while begin > start {
      let byte = text.bytes[begin - 1]
      let isPart =
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
      if !isPart { break }
      begin -= 1
    }
    return ByteRange(start: begin, end: cursor)
  }

  // MARK: Siblings

  /// The keys of the mapping that has a key in a column of a line.
  private func siblings(_ line: Int, column: Int) -> Set<String> {
    var keys: Set<String> = []
    func take(_ number: Int) -> Bool {
      let line = BlockLine(text.bytes[text.line(number)])
      if line.isBlank { return true }
      if line.indent > column { return true }
      for opener in line.openers where opener.column == column {
        if let key = opener.key { keys.insert(key) }
      }
      // A dash before it begins another mapping.
      return line.indent == column && line.openers.first?.key != nil
    }
    var above = line - 1
    let current = BlockLine(text.bytes[text.line(line)])
    if current.openers.first?.key != nil || current.openers.isEmpty {
      while above >= 0, line - above < Self.most, take(above) { above -= 1 }
    }
    var below = line + 1
    while below < text.lineCount, below - line < Self.most {
      let next = BlockLine(text.bytes[text.line(below)])
      if !next.isBlank,
        next.indent < column || next.openers.first?.key == nil && next.indent <= column
      {
        break
      }
      _ = take(below)
      below += 1
    }
    return keys
  }

  // MARK: Flow

  private struct Flow {
    var steps: [CursorPlace.Step]
    var stand: CursorPlace.Stand
    /// Where the word or text before the cursor begins.
    var start: Int
    var siblings: Set<String>
    var isQuoted: Bool
    /// Whether a bracket or brace is open at the cursor.
    var isOpen: Bool
  }

  /// Follows brackets, braces and quotes from the beginning of a value to the cursor; nil where the value begins with none of them.
  private func flow(from start: Int, to cursor: Int) -> Flow? {
    guard start < cursor else { return nil }
    let first = text.bytes[start]
    guard "{[\"'".utf8.contains(first) else { return nil }
    struct Level {
      var isMap: Bool
      var key: String?
      var keys: Set<String> = []
    }
    var levels: [Level] = []
    var token = start
    var index = start
    var quote: UInt8?
    func plain(_ range: Range<Int>) -> String {
      String(text.text(range).filter { $0 != "\"" && $0 != "'" }.drop { $0.isWhitespace })
    }
    while index < cursor {
      let byte = text.bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
          index += 1
        } else if byte == open {
          quote = nil
        }
        index += 1
        continue
      }
      let isAtStart = text.bytes[token..<index].allSatisfy { $0 == 0x20 || $0 == 10 || $0 == 13 }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isAtStart {
          quote = byte
          token = index
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if isAtStart {
          levels.append(Level(isMap: byte == UInt8(ascii: "{")))
          token = index + 1
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if !levels.isEmpty {
          levels.removeLast()
          token = index + 1
        }
      case UInt8(ascii: ","):
        if let last = levels.indices.last {
          if levels[last].isMap { levels[last].key = nil }
          token = index + 1
        }
      case UInt8(ascii: ":"):
        let isColon =
          index + 1 >= cursor || [0x20, 10, 13].contains(text.bytes[index + 1])
          || text.bytes[index - 1] == UInt8(ascii: "\"")
        if isColon, let last = levels.indices.last, levels[last].isMap, levels[last].key == nil {
          var key = plain(token..<index)
          while key.last == " " { key.removeLast() }
          levels[last].key = key
          levels[last].keys.insert(key)
          token = index + 1
        }
      default: break
      }
      index += 1
    }
    if quote == nil {
      while token < cursor, [0x20, 10, 13].contains(text.bytes[token]) { token += 1 }
    } else {
      token += 1
    }
    var steps: [CursorPlace.Step] = []
    for level in levels {
      if level.isMap {
        if let key = level.key { steps.append(.key(key)) }
      } else {
        steps.append(.item)
      }
    }
    let stand: CursorPlace.Stand =
      levels.last.map { $0.isMap ? ($0.key == nil ? .key : .value) : .value } ?? .value
    return Flow(
      steps: steps, stand: stand, start: min(token, cursor), siblings: levels.last?.keys ?? [],
      isQuoted: quote != nil, isOpen: !levels.isEmpty || quote != nil)
  }
}
