/// Text as the parts of workbooks hold it.
enum XMLText {
  /// The characters that a cell can hold.
  static let longestCell = 32_767

  /// Text of an element or a quoted attribute; characters that XML cannot hold stand as `_x0007_`, and so does a `_` that would be
  /// read as the beginning of one.
  static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ isPlain($0) }) { return text }
    var result = ""
    let scalars = text.unicodeScalars
    for place in scalars.indices {
      let scalar = scalars[place]
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "_" where looksLikeEscape(scalars[place...]): result += "_x005F_"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        if scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
          let hex = String(scalar.value, radix: 16, uppercase: true)
          result += "_x" + String(repeating: "0", count: 4 - hex.count) + hex + "_"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// The text of a cell, cut where it is longer than a cell can be.
  static func cell(_ text: String) -> String {
    guard text.utf16.count > longestCell else { return of(text) }
    var count = 0
    var cut = ""
    for character in text {
      count += character.utf16.count
      if count >= longestCell { break }
      cut.append(character)
    }
    return of(cut + "…")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x26, 0x3C, 0x3E, 0x22, 0x5F, 0xEF: false
    default: byte >= 0x20
    }
  }

  private static func looksLikeEscape(_ rest: Substring.UnicodeScalarView) -> Bool {
    let escape = Array(rest.prefix(7))
    guard escape.count == 7, escape[1] == "x", escape[6] == "_" else { return false }
    return escape[2...5].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
