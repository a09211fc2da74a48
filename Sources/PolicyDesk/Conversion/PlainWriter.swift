import Reading

/// Writes values as YAML or JSON, a field a line, short lists and mappings in one.
struct PlainWriter {
  /// The longest line that a list or mapping is written in.
  private static let lineLength = 100

  // MARK: YAML

  static func yaml(_ item: PlainItem) -> String {
    var text = ""
    if case .map(let entries) = item, !entries.isEmpty {
      yaml(entries, indent: 0, to: &text)
    } else {
      text = flow(item, isYAML: true) + "\n"
    }
    return text
  }

  private static func yaml(
    _ entries: [PlainField], indent: Int, to text: inout String
  ) {
    for (index, entry) in entries.enumerated() {
      // The first follows the dash of a list, or begins its own line.
      if index > 0 || text.isEmpty || text.last == "\n" {
        text += String(repeating: " ", count: indent)
      }
      text += key(entry.key, isYAML: true) + ":"
      yaml(entry.value, indent: indent, to: &text)
    }
  }

  /// A value after its key.
  private static func yaml(_ item: PlainItem, indent: Int, to text: inout String) {
    if item.isFlat {
      let line = flow(item, isYAML: true)
      if item.isScalar || line.count + indent <= lineLength {
        text += " " + line + "\n"
        return
      }
    }
    switch item {
    case .map(let entries) where !entries.isEmpty:
      text += "\n"
      yaml(entries, indent: indent + 2, to: &text)
    case .list(let items) where !items.isEmpty:
      text += "\n"
      for item in items {
        text += String(repeating: " ", count: indent + 2) + "-"
        switch item {
        case .map(let entries) where !entries.isEmpty:
          text += " "
          yaml(entries, indent: indent + 4, to: &text)
        default: yaml(item, indent: indent + 2, to: &text)
        }
      }
    default: text += " " + flow(item, isYAML: true) + "\n"
    }
  }

  // MARK: JSON

  static func json(_ item: PlainItem) -> String {
    var text = ""
    json(item, indent: 0, to: &text)
    return text + "\n"
  }

  private static func json(_ item: PlainItem, indent: Int, to text: inout String) {
    let line = item.isFlat ? flow(item, isYAML: false) : nil
    if let line, item.isScalar || line.count + indent <= lineLength {
      text += line
      return
    }
    let space = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch item {
    case .map(let entries):
      text += "{"
      for (index, entry) in entries.enumerated() {
        text += (index > 0 ? ",\n" : "\n") + space + key(entry.key, isYAML: false) + ": "
        json(entry.value, indent: indent + 2, to: &text)
      }
      text += end + "}"
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index > 0 ? ",\n" : "\n") + space
        json(item, indent: indent + 2, to: &text)
      }
      text += end + "]"
    default: text += flow(item, isYAML: false)
    }
  }

  // MARK: In one line

  static func flow(_ item: PlainItem, isYAML: Bool) -> String {
    switch item {
    case .literal(let text): text
    case .bare(let text): isYAML && isPlain(text) ? text : quoted(text)
    case .text(let text): isYAML && isPlain(text) && !couldBeElse(text) ? text : quoted(text)
    case .list(let items):
      "[" + items.map { flow($0, isYAML: isYAML) }.joined(separator: ", ") + "]"
    case .map(let entries):
      "{"
        + entries.map { "\(key($0.key, isYAML: isYAML)): \(flow($0.value, isYAML: isYAML))" }
        .joined(separator: ", ") + "}"
    }
  }

  private static func key(_ key: String, isYAML: Bool) -> String {
    isYAML && isPlain(key)
      && (!couldBeElse(key) || key.utf8.allSatisfy { (0x30...0x39).contains($0) })
      ? key : quoted(key)
  }

  /// Whether YAML takes a text as it is, anywhere.
  private static func isPlain(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, first != " ", last != " ",
      !"-?=<.~%/".unicodeScalars.contains(first) || scalars.count == 0
    else { return false }
    return scalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "_", ".", "/", "+", "%", "(", ")", "~": true
      default:
        scalar.value >= 0xA1 && scalar.value != 0x2028 && scalar.value != 0x2029
          && scalar.value != 0xFEFF && !scalar.properties.isWhitespace
          && !(0xD800...0xDFFF).contains(scalar.value)
          && scalar.properties.generalCategory != .control
          && scalar.properties.generalCategory != .format
          && scalar.properties.generalCategory != .privateUse
          && scalar.properties.generalCategory != .unassigned
      }
    }
  }

  /// Whether a reader could take a text for a number, a day, a truth value or nothing.
  private static func couldBeElse(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    if (0x30...0x39).contains(first) || first == UInt8(ascii: "+") {
      return !text.utf8.contains { $0 >= 0x80 }
    }
    return ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"].contains(
      text.lowercased())
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value)
          || [0x2028, 0x2029, 0xFEFF].contains(scalar.value)
        {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
