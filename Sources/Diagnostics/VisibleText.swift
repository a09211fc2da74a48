/// Makes characters visible that could move the cursor, colour a terminal, or reorder or hide text.
///
/// Names and values come from files that anybody may have written: nothing of theirs may act on the reader's terminal.
package enum VisibleText {
  /// The text with each such character replaced: controls by their pictures (`␛`), others by `<U+202E>`.
  package static func of(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: isHidden) { return text }
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  /// The longest piece of the user's text in a message, in scalars.
  package static let longestPiece = 200

  /// A message of one line: as ``of(_:)`` has it, and what stands in backticks cut to a readable length.
  package static func line(_ message: String) -> String {
    var result = ""
    var piece: Int?
    for scalar in message.unicodeScalars {
      if scalar == "`" {
        piece = piece == nil ? 0 : nil
      } else if let shown = piece {
        piece = shown + 1
        if shown == longestPiece { result += "…" }
        if shown >= longestPiece { continue }
      }
      append(scalar, to: &result)
    }
    return result
  }

  package static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    guard isHidden(scalar) else {
      text.unicodeScalars.append(scalar)
      return
    }
    let picture: UInt32? =
      switch scalar.value {
      case 0x00...0x1F: 0x2400 + scalar.value
      case 0x7F: 0x2421
      default: nil
      }
    if let picture, let shown = Unicode.Scalar(picture) {
      text.unicodeScalars.append(shown)
    } else {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      text += "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
    }
  }

  /// Controls, bidirectional controls, line separators, and what has no width and no business in a name. The joiners that
  /// emoji and some scripts need are left alone.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0: true
    case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
    default: false
    }
  }
}
