/// What stands before the cursor in an expression: a word that is begun, the way before a point, or a text that is compared.
package struct ExpressionCursor: Sendable, Equatable {
  /// The names before the last point (`application` of `application.ki`); empty where there is none.
  package private(set) var path: [String] = []
  /// Within quotes: the way to what the text is compared with.
  package private(set) var compared: [String]?
  /// Whether the cursor stands within quotes.
  package private(set) var isText = false

  /// - Parameters:
  ///   - before: the expression up to the cursor.
  ///   - after: what stands behind it.
  package init(_ before: String, after: String = "") {
    let bytes = Array(before.utf8)
    if let quote = Self.openQuote(bytes) {
      isText = true
      compared = Self.comparedBefore(bytes[..<quote]) ?? Self.comparedAfter(Array(after.utf8))
      compared = compared.map { Self.bound($0, bytes) }
      return
    }
    var end = bytes.count
    while end > 0, Self.isName(bytes[end - 1]) { end -= 1 }
    guard end > 0, bytes[end - 1] == UInt8(ascii: ".") else { return }
    path = Self.bound(Self.path(bytes[..<(end - 1)]), bytes)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 10 || byte == 13 || byte == 9
  }

  /// Where the quote stands that is not closed.
  private static func openQuote(_ bytes: [UInt8]) -> Int? {
    var open: Int?
    for (index, byte) in bytes.enumerated() {
      if let start = open {
        if byte == bytes[start] { open = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        open = index
      }
    }
    return open
  }

  /// The way of names that ends where the bytes do: `a.b[c].d` is `a`, `b`, `[]`, `d`.
  private static func path(_ bytes: ArraySlice<UInt8>) -> [String] {
    var parts: [String] = []
    var end = bytes.endIndex
    while end > bytes.startIndex {
      if bytes[end - 1] == UInt8(ascii: "]") {
        guard let open = bytes[..<end].lastIndex(of: UInt8(ascii: "[")) else { return [] }
        parts.append("[]")
        end = open
        continue
      }
      var start = end
      while start > bytes.startIndex, isName(bytes[start - 1]) { start -= 1 }
      if start == end { return [] }
      parts.append(String(decoding: bytes[start..<end], as: UTF8.self))
      guard start > bytes.startIndex, bytes[start - 1] == UInt8(ascii: ".") else { break }
      end = start - 1
    }
    return parts.reversed()
  }

  /// What a text after these bytes is compared with: `a.b == `, `a.b in ['x', `, `table[`.
  private static func comparedBefore(_ bytes: ArraySlice<UInt8>) -> [String]? {
    var rest = bytes
    func trim() { while let last = rest.last, isSpace(last) { rest = rest.dropLast() } }
    trim()
    if rest.last == UInt8(ascii: "["), let before = rest.dropLast().last, isName(before) {
      // `a in ['x']` has a blank before the bracket.
      return path(rest.dropLast()) + ["{}"]
    }
    if rest.last == UInt8(ascii: "[") || rest.last == UInt8(ascii: ",") {
      guard let open = rest.lastIndex(of: UInt8(ascii: "[")) else { return nil }
      rest = rest[..<open]
      trim()
      guard rest.suffix(2).elementsEqual("in".utf8) else { return nil }
      rest = rest.dropLast(2)
    } else if rest.suffix(2).elementsEqual("==".utf8) || rest.suffix(2).elementsEqual("!=".utf8) {
      rest = rest.dropLast(2)
    } else {
      return nil
    }
    trim()
    let found = path(rest)
    return found.isEmpty ? nil : found
  }

  /// What a text before these bytes is compared with: `…' in a.b`, `…' == a.b`.
  private static func comparedAfter(_ bytes: [UInt8]) -> [String]? {
    guard
      let quote = bytes.firstIndex(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") })
    else { return nil }
    let rest = bytes[(quote + 1)...].drop(while: isSpace)
    let isIn = rest.starts(with: "in ".utf8)
    guard isIn || rest.starts(with: "==".utf8) || rest.starts(with: "!=".utf8) else { return nil }
    let name = rest.dropFirst(2).drop(while: isSpace).prefix {
      isName($0) || $0 == UInt8(ascii: ".")
    }
    let found = path(name)
    return found.isEmpty ? nil : found + (isIn ? ["[]"] : [])
  }

  /// The way with the variable of a macro (`plan.districts.exists(d, d.`) in place of what it stands for.
  private static func bound(_ path: [String], _ bytes: [UInt8]) -> [String] {
    guard let name = path.first else { return path }
    let text = String(decoding: bytes, as: UTF8.self)
    for macro in ["all", "exists", "exists_one", "filter", "map"] {
      let mark = ".\(macro)(\(name),"
      guard let range = text.ranges(of: mark).last else { continue }
      let before = Array(text[..<range.lowerBound].utf8)
      let list = Self.path(before[...])
      if !list.isEmpty { return list + ["[]"] + path.dropFirst() }
    }
    return path
  }
}
