/// Puts text of the user's into a message.
package enum Quoting {
  /// The longest piece of the user's text in a message, in characters.
  package static let limit = 40

  /// The text in backticks, on one line and cut to a readable length.
  ///
  /// What could break a line, steer a terminal or turn the direction of writing is shown as `U+001B`.
  package static func code(_ text: some StringProtocol) -> String {
    var result = "`"
    var shown = 0
    for scalar in text.unicodeScalars {
      if shown == limit {
        result += "…"
        break
      }
      shown += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        result += codePoint(scalar)
      default:
        if scalar == "`" { result += "'" } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result + "`"
  }

  /// `U+00A0`.
  package static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
