import Diagnostics

extension PlainValue {
  /// The value as YAML in blocks, so that a person can read frozen inputs and git can compare them. The same value gives the same bytes.
  var yaml: String {
    var text = ""
    writeBlock(to: &text, indent: 0)
    return text
  }

  private func writeBlock(to text: inout String, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .record(let entries) where !entries.isEmpty:
      for entry in entries {
        text += margin + Self.scalar(entry.key) + ":"
        entry.value.writeAfterMark(to: &text, indent: indent + 2)
      }
    case .list(let items) where !items.isEmpty:
      for item in items {
        text += margin + "-"
        if case .record(let entries) = item, let first = entries.first {
          text += " " + Self.scalar(first.key) + ":"
          first.value.writeAfterMark(to: &text, indent: indent + 4)
          PlainValue.record(Array(entries.dropFirst())).writeRest(to: &text, indent: indent + 2)
        } else {
          item.writeAfterMark(to: &text, indent: indent + 2)
        }
      }
    default: text += margin + flow + "\n"
    }
  }

  private func writeRest(to text: inout String, indent: Int) {
    if case .record(let entries) = self, entries.isEmpty { return }
    writeBlock(to: &text, indent: indent)
  }

  /// After `key:` or `-`: a scalar or a short list on the same line, anything else in a block below.
  private func writeAfterMark(to text: inout String, indent: Int) {
    switch self {
    case .record(let entries) where !entries.isEmpty:
      text += "\n"
      writeBlock(to: &text, indent: indent)
    case .list(let items) where items.contains(where: \.isBranch):
      text += "\n"
      writeBlock(to: &text, indent: indent)
    default: text += " " + flow + "\n"
    }
  }

  private var isBranch: Bool {
    switch self {
    case .record, .list: true
    default: false
    }
  }

  private var flow: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let digits): digits
    case .text(let text): Self.scalar(text)
    case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
    case .record(let entries):
      "{" + entries.map { Self.scalar($0.key) + ": " + $0.value.flow }.joined(separator: ", ") + "}"
    }
  }

  /// Plain where nobody can take it for anything but a text, else in double quotation marks.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0 == "_" || $0 == "-" || $0 == "/" || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
          || ("0"..."9").contains($0) || (0x4E00...0x9FFF).contains($0.value)
      }
      && text.unicodeScalars.first.map {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0.value >= 0x4E00
      } ?? false
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    var quoted = ""
    quote(text, into: &quoted)
    return quoted.unicodeScalars.contains(where: isUnprintable) ? escaped(quoted) : quoted
  }

  /// What YAML takes in escapes alone (1.2.2, 5.1), beyond what JSON does.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x84, 0x86...0x9F, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func escaped(_ quoted: String) -> String {
    var text = ""
    for scalar in quoted.unicodeScalars {
      if isUnprintable(scalar) {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
