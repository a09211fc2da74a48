/// Text as workbooks store it: characters that XML cannot hold stand as `_x000D_`, and so does a `_` before what looks like that.
enum CellString {
  private static let mark = UInt8(ascii: "_")
  private static let escapeLength = 7

  /// The text of the UTF-8 bytes, each escape replaced by the character it stands for.
  static func text(_ bytes: [UInt8]) -> String {
    guard let first = bytes.firstIndex(of: mark) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var plain = Array(bytes[..<first])
    var place = first
    while place < bytes.count {
      if let scalar = escaped(bytes[place...]) {
        plain.append(contentsOf: String(scalar).utf8)
        place += escapeLength
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The character whose escape the bytes begin with; nil where they begin with none.
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let escape = bytes.prefix(escapeLength)
    guard escape.count == escapeLength, escape.first == mark, escape.last == mark,
      escape.dropFirst().first == UInt8(ascii: "x")
    else { return nil }
    var value: UInt32 = 0
    for byte in escape.dropFirst(2).dropLast() {
      guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        return nil
      }
      value = value * 16 + UInt32(digit)
    }
    return Unicode.Scalar(value)
  }
}
