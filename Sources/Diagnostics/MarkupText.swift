/// Text inside XML and HTML, elements and attributes alike.
///
/// What XML cannot hold even as a reference (control characters) is shown by pictures, so that no value breaks a document.
package enum MarkupText {
  package static func escaped(_ text: String) -> String {
    let text = VisibleText.of(text)
    // Most text needs nothing.
    if !text.utf8.contains(where: mayNeedEscape) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x27: result += "&#39;"
      case 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A byte of the characters that are escaped; 0xBF is the second of U+FFFE and U+FFFF, and of few others.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0xBF: true
    default: false
    }
  }
}
