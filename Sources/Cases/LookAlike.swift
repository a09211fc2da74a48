/// What a name looks like on paper, so that two that nobody can tell apart are found.
///
/// What cannot be seen is left out, white space included; full-width letters and figures are taken for narrow ones, and Greek and
/// Cyrillic letters for the Latin ones that they look like.
enum LookAlike {
  /// Whether a text has nothing but visible ASCII, so that it looks like itself alone.
  static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }

  static func form(_ text: String) -> String {
    if isPlain(text) { return text }
    var form = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x21...0x7E, 0x4E00...0x9FFF: form.append(scalar)
      case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map { form.append($0) }
      case 0x2010...0x2015, 0x2212: form.append("-")
      default:
        if let latin = latin[scalar] {
          form.append(latin)
        } else if !isUnseen(scalar) {
          form.append(scalar)
        }
      }
    }
    return String(form)
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
      || properties.generalCategory == .format || properties.generalCategory == .control
  }

  private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
    let foreign = "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρ"
    let own = "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXovap"
    return Dictionary(
      zip(foreign.unicodeScalars, own.unicodeScalars), uniquingKeysWith: { first, _ in first })
  }()
}
