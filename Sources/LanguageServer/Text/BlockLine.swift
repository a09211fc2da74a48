/// What a line of YAML opens, as far as its beginning tells: items, then perhaps a key.
struct BlockLine {
  struct Opener {
    var column: Int
    /// Nil of an item.
    var key: String?
  }

  /// From the left.
  private(set) var openers: [Opener] = []
  /// Where the content after the openers begins, from the line's start.
  private(set) var contentColumn: Int
  /// Where the first thing that is no space stands.
  let indent: Int
  /// Nothing but space or a comment.
  let isBlank: Bool

  init(_ bytes: ArraySlice<UInt8>) {
    let line = Array(bytes)
    var column = 0
    while column < line.count, line[column] == 0x20 { column += 1 }
    indent = column
    isBlank = column == line.count || line[column] == UInt8(ascii: "#")
    while column < line.count, line[column] == UInt8(ascii: "-"),
      column + 1 == line.count || line[column + 1] == 0x20
    {
      openers.append(Opener(column: column))
      column += 1
      while column < line.count, line[column] == 0x20 { column += 1 }
    }
    contentColumn = column
    if isBlank { return }
    if let key = Self.key(line, column) {
      openers.append(Opener(column: column, key: key.name))
      column = key.end
      while column < line.count, line[column] == 0x20 { column += 1 }
      contentColumn = column
    }
  }

  /// The key that begins at a column, and the column after its colon.
  private static func key(_ line: [UInt8], _ start: Int) -> (name: String, end: Int)? {
    guard start < line.count else { return nil }
    let quote = line[start]
    var index = start
    var name: ArraySlice<UInt8>
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard let end = line[(start + 1)...].firstIndex(of: quote) else { return nil }
      name = line[(start + 1)..<end]
      index = end + 1
    } else {
      if "{[>|#&*!%@`,]}".utf8.contains(quote) { return nil }
      while index < line.count {
        if line[index] == UInt8(ascii: ":"), index + 1 == line.count || line[index + 1] == 0x20 {
          break
        }
        if line[index] == UInt8(ascii: "#"), index > start, line[index - 1] == 0x20 { return nil }
        index += 1
      }
      name = line[start..<index]
    }
    while index < line.count, line[index] == 0x20 { index += 1 }
    guard index < line.count, line[index] == UInt8(ascii: ":"),
      index + 1 == line.count || line[index + 1] == 0x20
    else { return nil }
    while name.last == 0x20 { name = name.dropLast() }
    return (String(decoding: name, as: UTF8.self), index + 1)
  }
}
