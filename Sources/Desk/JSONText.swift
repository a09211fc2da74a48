package import Diagnostics
import FoundationEssentials

extension PlainValue {
  /// The value as JSON, records in their own order.
  package var json: String {
    var text = ""
    write(to: &text, canonical: false)
    return text
  }

  /// The one text that RFC 8785 (JCS) has for the value: of which a hash is taken.
  package var canonicalJSON: String {
    var text = ""
    write(to: &text, canonical: true)
    return text
  }

  private func write(to text: inout String, canonical: Bool) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let digits): text += canonical ? Self.canonicalNumber(digits) : digits
    case .text(let value): Self.quote(value, into: &text)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text, canonical: canonical)
      }
      text += "]"
    case .record(let entries):
      text += "{"
      // By UTF-16 code units, as the RFC has it.
      let ordered =
        canonical
        ? entries.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) } : entries
      for (index, entry) in ordered.enumerated() {
        if index > 0 { text += "," }
        Self.quote(entry.key, into: &text)
        text += ":"
        entry.value.write(to: &text, canonical: canonical)
      }
      text += "}"
    }
  }

  static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{9}": text += "\\t"
      case "\u{A}": text += "\\n"
      case "\u{C}": text += "\\f"
      case "\u{D}": text += "\\r"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// A number as ECMAScript writes the double that it is.
  static func canonicalNumber(_ digits: String) -> String {
    guard let value = Double(digits), value.isFinite else { return "null" }
    if value == 0 { return "0" }
    // Swift's digits are the fewest that tell the double from its neighbours, as ECMAScript's are.
    let shortest = "\(value.magnitude)"
    let parts = shortest.split(separator: "e")
    var mantissa = String(parts[0])
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    if let point = mantissa.firstIndex(of: ".") {
      exponent -= mantissa.distance(from: point, to: mantissa.endIndex) - 1
      mantissa.remove(at: point)
    }
    while mantissa.hasSuffix("0"), mantissa.count > 1 {
      mantissa.removeLast()
      exponent += 1
    }
    mantissa = String(mantissa.drop { $0 == "0" })
    // value = mantissa x 10^exponent; `point` digits stand before the decimal point.
    let count = mantissa.count
    let point = count + exponent
    let text: String
    switch point {
    case count...21 where point > 0:
      text = mantissa + String(repeating: "0", count: point - count)
    case 1...21: text = mantissa.prefix(point) + "." + mantissa.dropFirst(point)
    case -5...0: text = "0." + String(repeating: "0", count: -point) + mantissa
    default:
      let sign = point > 0 ? "+" : "-"
      text =
        mantissa.prefix(1) + (count > 1 ? "." + mantissa.dropFirst() : "") + "e" + sign
        + String((point - 1).magnitude)
    }
    return value < 0 ? "-" + text : text
  }
}
