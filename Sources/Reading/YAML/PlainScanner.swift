import Diagnostics

/// Reads block YAML as exports write it: mappings and lists by indentation, single-line texts with or without quotes, and
/// bracketed lists and mappings on one line.
///
/// It says no to everything else (``Declined``), faults included, so that libyaml reads that from the beginning; what it does
/// read, it reads as libyaml does, to the byte. What it understands is therefore narrow on purpose: no tab, escape, anchor,
/// tag, directive, block text, text of several lines, key in quotes or key with a space.
struct PlainScanner {
  struct Declined: Error {}

  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private(set) var tokens: [PlainToken] = []
  /// Between values: the first character of a line, and how many spaces stand before it.
  private(set) var position: Int
  private(set) var column = 0
  private(set) var isAtEnd = false
  /// The end of what was read last.
  private(set) var lastEnd = 0
  private var nodes = 0

  private static let deepest = 16
  private static let longestKey = 128
  /// Of comments and blank lines between two values, far below what libyaml is allowed.
  private static let longestGap = 1 << 16

  /// Starts at the beginning of a line that is not the inside of anything.
  init(
    _ bytes: UnsafeRawBufferPointer, at start: Int, _ limits: ReadingLimits
  ) throws(Declined) {
    // What libyaml may take in without an event bounds gaps; below it, nothing can be too long.
    guard bytes.count < Int(UInt32.max),
      bytes.count <= limits.bytesWithoutEvent || limits.bytesWithoutEvent > 1 << 20
    else { throw Declined() }
    self.bytes = bytes
    self.limits = limits
    position = start
    try findContent()
  }

  /// Where a scanner is between two values, without the bytes.
  struct Standing: Sendable {
    var position: Int
    fileprivate var column: Int
    fileprivate var isAtEnd: Bool
    fileprivate var lastEnd: Int
  }

  var standing: Standing {
    Standing(position: position, column: column, isAtEnd: isAtEnd, lastEnd: lastEnd)
  }

  /// Goes on from where another scanner of the same bytes stood.
  init(_ bytes: UnsafeRawBufferPointer, standing: Standing, _ limits: ReadingLimits) {
    self.bytes = bytes
    self.limits = limits
    position = standing.position
    column = standing.column
    isAtEnd = standing.isAtEnd
    lastEnd = standing.lastEnd
  }

  /// Forgets the tokens, for the next item.
  mutating func removeTokens() {
    tokens.removeAll(keepingCapacity: true)
    nodes = 0
  }

  /// Goes on with the tokens of what stood before.
  mutating func take(_ earlier: [PlainToken]) {
    tokens = earlier
    nodes = 0
  }

  mutating func setEnd(_ end: Int, ofToken index: Int) { tokens[index].end = UInt32(end) }

  mutating func add(_ kind: PlainToken.Kind, _ start: Int, _ end: Int) {
    tokens.append(PlainToken(kind: kind, start: UInt32(start), end: UInt32(end)))
  }

  // MARK: Blocks

  /// Whether `- ` stands here.
  var isDash: Bool { byte(position) == UInt8(ascii: "-") && byte(position + 1) == 0x20 }

  /// A list whose dashes stand in the column; `isLoose` where fields of the mapping around it may follow in the same one.
  mutating func list(_ column: Int, depth: Int, isLoose: Bool) throws(Declined) {
    let first = tokens.count
    try open(.list, depth)
    repeat {
      try item(column, depth: depth)
    } while try goesOn(column, isLoose: isLoose)
    close(first)
  }

  /// Whether another item follows in the column of a list.
  func goesOn(_ column: Int, isLoose: Bool) throws(Declined) -> Bool {
    if isAtEnd || self.column < column { return false }
    guard self.column == column else { throw Declined() }
    if isDash { return true }
    guard isLoose else { throw Declined() }
    return false
  }

  /// What stands after a dash.
  mutating func item(_ column: Int, depth: Int) throws(Declined) {
    guard isDash else { throw Declined() }
    let dash = position
    position += 1
    skipSpaces()
    if isDash { throw Declined() }
    if keyEnd(position) != nil {
      try mapping(column + position - dash, depth: depth + 1)
    } else {
      try inlineValue(depth + 1)
      try endLine()
    }
  }

  /// A mapping whose names stand in the column, from the first of them on.
  mutating func mapping(_ column: Int, depth: Int) throws(Declined) {
    let first = tokens.count
    try open(.map, depth)
    repeat {
      _ = try key()
      try value(column, depth: depth)
      if isAtEnd || self.column < column { break }
    } while self.column == column
    guard isAtEnd || self.column <= column else { throw Declined() }
    close(first)
  }

  /// The name of a field and its colon.
  mutating func key() throws(Declined) -> UnsafeRawBufferPointer {
    guard let end = keyEnd(position) else { throw Declined() }
    let name = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
    add(.key, position, end)
    position = end + 1
    return name
  }

  /// The value of a field in a mapping of the column, from after its colon to the line after it.
  mutating func value(_ column: Int, depth: Int) throws(Declined) {
    let colonEnd = position
    skipSpaces()
    guard isLineEnd || byte(position) == UInt8(ascii: "#") else {
      try inlineValue(depth + 1)
      return try endLine()
    }
    try endLine()
    if !isAtEnd, self.column > column {
      if isDash {
        try list(self.column, depth: depth + 1, isLoose: false)
      } else {
        try mapping(self.column, depth: depth + 1)
      }
    } else if !isAtEnd, self.column == column, isDash {
      try list(column, depth: depth + 1, isLoose: true)
    } else {
      try scalar(.null, colonEnd, colonEnd)
    }
  }

  /// From after a colon to a value that has to begin on a line below.
  mutating func beginValueBelow() throws(Declined) {
    skipSpaces()
    guard isLineEnd || byte(position) == UInt8(ascii: "#") else { throw Declined() }
    try endLine()
  }

  private mutating func open(_ kind: PlainToken.Kind, _ depth: Int) throws(Declined) {
    guard depth < min(Self.deepest, limits.depth) else { throw Declined() }
    try count()
    add(kind, position, position)
  }

  private mutating func close(_ first: Int) {
    setEnd(lastEnd, ofToken: first)
    add(.end, lastEnd, lastEnd)
  }

  private mutating func count() throws(Declined) {
    nodes += 1
    guard nodes <= limits.treeNodes else { throw Declined() }
  }

  private mutating func scalar(
    _ kind: PlainToken.Kind, _ start: Int, _ end: Int
  ) throws(Declined) {
    guard end - start <= limits.scalarBytes else { throw Declined() }
    try count()
    add(kind, start, end)
    lastEnd = end
  }

  // MARK: Values on one line

  private mutating func inlineValue(_ depth: Int) throws(Declined) {
    switch byte(position) {
    case UInt8(ascii: "["), UInt8(ascii: "{"): try bracketed(depth)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
    default: try plain(isInBrackets: false)
    }
  }

  private mutating func bracketed(_ depth: Int) throws(Declined) {
    let isList = byte(position) == UInt8(ascii: "[")
    let closing = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
    let first = tokens.count
    try open(isList ? .list : .map, depth)
    position += 1
    skipSpaces()
    if byte(position) != closing {
      while true {
        if !isList {
          _ = try key()
          guard byte(position) == 0x20 else { throw Declined() }
          skipSpaces()
        }
        switch byte(position) {
        case UInt8(ascii: "["), UInt8(ascii: "{"): try bracketed(depth + 1)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
        default: try plain(isInBrackets: true)
        }
        skipSpaces()
        if byte(position) == closing { break }
        guard byte(position) == UInt8(ascii: ",") else { throw Declined() }
        position += 1
        skipSpaces()
      }
    }
    position += 1
    lastEnd = position
    close(first)
  }

  private mutating func quoted() throws(Declined) {
    let start = position
    let quote = byte(start)
    let isSingle = quote == UInt8(ascii: "'")
    var isDoubled = false
    position += 1
    while true {
      let byte = byte(position)
      if byte == quote {
        position += 1
        guard isSingle, self.byte(position) == quote else { break }
        isDoubled = true
        position += 1
      } else if byte >= 0x80 {
        position += try characterLength(position)
      } else {
        guard byte >= 0x20, byte != 0x7F, isSingle || byte != UInt8(ascii: "\\") else {
          throw Declined()
        }
        position += 1
      }
    }
    try scalar(isDoubled ? .doubled : .quoted, start, position)
  }

  private mutating func plain(isInBrackets: Bool) throws(Declined) {
    let start = position
    guard Self.beginsPlain(byte(start), byte(start + 1)) else { throw Declined() }
    scan: while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x80...0xFF: position += try characterLength(position)
      case 0x0A, 0x0D: break scan
      case 0x00...0x1F, 0x7F: throw Declined()
      case UInt8(ascii: ":"):
        let next = self.byte(position + 1)
        guard !isInBrackets, next > 0x20 else { throw Declined() }
        position += 1
      case UInt8(ascii: "#"):
        if isInBrackets { throw Declined() }
        if bytes[position - 1] == 0x20 { break scan }
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if isInBrackets { break scan }
        position += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "?"):
        if isInBrackets { throw Declined() }
        position += 1
      default: position += 1
      }
    }
    var end = position
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    try scalar(isNullWord(start, end) ? .null : .plain, start, end)
  }

  /// Whether text without quotes may begin so: with a letter or digit, or a minus before one.
  private static func beginsPlain(_ first: UInt8, _ second: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "-"): isLetterOrDigit(second)
    case UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: "/"), UInt8(ascii: "<"),
      UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: "="):
      true
    default: isLetterOrDigit(first)
    }
  }

  /// ASCII letters, digits, `_`, and whatever is not ASCII.
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }

  private func isNullWord(_ start: Int, _ end: Int) -> Bool {
    switch end - start {
    case 1: return bytes[start] == UInt8(ascii: "~")
    case 4:
      let word = bytes[start..<end]
      return word.elementsEqual("null".utf8) || word.elementsEqual("Null".utf8)
        || word.elementsEqual("NULL".utf8)
    default: return false
    }
  }

  /// Where the name that begins here ends, if it is one: at a colon that a space or the line's end follows.
  private func keyEnd(_ start: Int) -> Int? {
    var place = start
    let limit = min(bytes.count, start + Self.longestKey)
    while place < limit {
      let byte = bytes[place]
      if byte >= 0x80 {
        guard let length = try? characterLength(place) else { return nil }
        place += length
        continue
      }
      if byte == UInt8(ascii: ":") {
        guard place > start else { return nil }
        let next = self.byte(place + 1)
        let isEnd = next == 0x20 || next == 0x0A || next == 0x0D || place + 1 == bytes.count
        return isEnd ? place : nil
      }
      let isInner =
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
      guard Self.isLetterOrDigit(byte) || isInner && place > start else { return nil }
      place += 1
    }
    return nil
  }

  // MARK: Lines

  /// The byte at a place, or 0 after the end.
  @inline(__always)
  private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  @inline(__always)
  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
  }

  private var isLineEnd: Bool {
    if position >= bytes.count { return true }
    let byte = bytes[position]
    return byte == 0x0A || byte == 0x0D && self.byte(position + 1) == 0x0A
  }

  /// Goes from the end of a value to the content of the next line that has any.
  private mutating func endLine() throws(Declined) {
    let before = position
    skipSpaces()
    if !isLineEnd {
      guard byte(position) == UInt8(ascii: "#"), position > before || bytes[position - 1] == 0x20
      else { throw Declined() }
      try skipComment()
    }
    try findContent()
    guard position - before < Self.longestGap else { throw Declined() }
  }

  private mutating func skipComment() throws(Declined) {
    while !isLineEnd {
      let byte = bytes[position]
      if byte >= 0x80 {
        position += try characterLength(position)
      } else {
        guard byte >= 0x20, byte != 0x7F else { throw Declined() }
        position += 1
      }
    }
  }

  /// From a line's end, or the beginning of the file, to the next content.
  private mutating func findContent() throws(Declined) {
    while true {
      if position < bytes.count {
        if bytes[position] == 0x0D, byte(position + 1) == 0x0A { position += 1 }
        if bytes[position] == 0x0A { position += 1 }
      }
      let start = position
      skipSpaces()
      if position >= bytes.count {
        isAtEnd = true
        return
      }
      if isLineEnd { continue }
      if bytes[position] == UInt8(ascii: "#") {
        try skipComment()
        continue
      }
      column = position - start
      // Marks of documents are for libyaml.
      if column == 0, byte(position) == byte(position + 1), byte(position) == byte(position + 2),
        byte(position) == UInt8(ascii: "-") || byte(position) == UInt8(ascii: ".")
      {
        throw Declined()
      }
      return
    }
  }

  /// The length of a character that is not ASCII; line breaks, controls and marks among them are for libyaml.
  @inline(__always)
  private func characterLength(_ place: Int) throws(Declined) -> Int {
    let first = bytes[place]
    if first >= 0xE3, first <= 0xEC, place + 2 < bytes.count {
      guard bytes[place + 1] & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80 else {
        throw Declined()
      }
      return 3
    }
    guard let length = Encoding.sequenceLength(bytes, at: place) else { throw Declined() }
    let (second, third) = (byte(place + 1), byte(place + 2))
    switch first {
    case 0xC2 where second < 0xA0: throw Declined()
    case 0xE2 where second == 0x80 && (third == 0xA8 || third == 0xA9): throw Declined()
    case 0xEF where second == 0xBB && third == 0xBF: throw Declined()
    case 0xEF where second == 0xBF && third >= 0xBE: throw Declined()
    default: return length
    }
  }
}
