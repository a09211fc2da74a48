/// A JSON document to be written, with its fields in order.
package indirect enum JSONTree: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number as it is to be written.
  case number(String)
  case text(String)
  case list([JSONTree])
  case object([(key: String, value: JSONTree)])

  package static func == (a: JSONTree, b: JSONTree) -> Bool { a.text == b.text }

  /// The field of an object.
  package subscript(_ key: String) -> JSONTree? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.key == key }?.value
  }

  package static func texts(_ texts: some Sequence<String>) -> JSONTree {
    .list(texts.map(JSONTree.text))
  }

  /// The document, indented; a list or object of single values stands on one line where it is short.
  package var text: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  private static let lineWidth = 100

  private func write(to text: inout String, indent: Int) {
    let line = self.line
    if line.count + indent * 2 <= Self.lineWidth || isSingle {
      text += line
      return
    }
    let inner = String(repeating: "  ", count: indent + 1)
    switch self {
    case .list(let items):
      text += "[\n"
      for (index, item) in items.enumerated() {
        text += inner
        item.write(to: &text, indent: indent + 1)
        text += index == items.count - 1 ? "\n" : ",\n"
      }
      text += String(repeating: "  ", count: indent) + "]"
    case .object(let fields):
      text += "{\n"
      for (index, field) in fields.enumerated() {
        text += inner + Self.quoted(field.key) + ": "
        field.value.write(to: &text, indent: indent + 1)
        text += index == fields.count - 1 ? "\n" : ",\n"
      }
      text += String(repeating: "  ", count: indent) + "}"
    default: text += line
    }
  }

  private var isSingle: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  /// All of it on one line.
  private var line: String { onOneLine(comma: ", ", colon: ": ") }

  /// All of it on one line without spaces, for messages between programs.
  package var compact: String { onOneLine(comma: ",", colon: ":") }

  private func onOneLine(comma: String, colon: String) -> String {
    var text = ""
    write(to: &text, comma, colon)
    return text
  }

  private func write(to text: inout String, _ comma: String, _ colon: String) {
    switch self {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let digits): text += digits
    case .text(let value): text += Self.quoted(value)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += comma }
        item.write(to: &text, comma, colon)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += comma }
        text += Self.quoted(field.key) + colon
        field.value.write(to: &text, comma, colon)
      }
      text += "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSONTree {
  /// A document that was read from JSON.
  package init(_ node: Node) {
    switch node.content {
    case .list(let items): self = .list(items.map(JSONTree.init))
    case .map(let entries): self = .object(entries.map { ($0.key, JSONTree($0.value)) })
    case .scalar(let scalar):
      switch scalar.kind {
      case .null: self = .null
      case .bool: self = .bool(scalar.text == "true")
      case .number: self = .number(scalar.text)
      case .plain, .quoted, .formula, .error: self = .text(scalar.text)
      }
    }
  }
}
