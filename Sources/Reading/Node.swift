package import Diagnostics

/// One value of a document, with the bytes it was read from.
///
/// YAML and JSON come to the same tree. A value that a YAML alias stands for has the alias's range; what is inside it keeps the
/// places where it was written.
package struct Node: Sendable, Equatable {
  package var range: ByteRange
  package var content: Content

  package enum Content: Sendable, Equatable {
    case scalar(Scalar)
    case list([Node])
    /// In the order of the document; no key occurs twice.
    case map([Entry])
  }

  package init(range: ByteRange, content: Content) {
    self.range = range
    self.content = content
  }

  /// The value of a key, where this is a mapping that has it.
  package subscript(_ key: String) -> Node? {
    entries?.first { $0.key == key }?.value
  }

  package var entries: [Entry]? {
    if case .map(let entries) = content { entries } else { nil }
  }

  package var items: [Node]? {
    if case .list(let items) = content { items } else { nil }
  }

  package var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  package var isNull: Bool { scalar?.kind == .null }

  /// Whether nothing stands after the key, as in a form that is to be filled in; a null that is written (`null`, `~`) says that there
  /// is nothing.
  package var isBlank: Bool { isNull && range.count == 0 }
}

/// One field of a mapping.
package struct Entry: Sendable, Equatable {
  package var key: String
  package var keyRange: ByteRange
  package var value: Node

  package init(key: String, keyRange: ByteRange, value: Node) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}

/// A single value as it was written; what it means is for the schema of its field to say.
package struct Scalar: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Unquoted YAML, or a field of CSV: text, number, day or truth value, as the field expects.
    case plain
    /// Text for certain: quoted or block YAML, a JSON string.
    case quoted
    /// A JSON number; `text` is the number as written.
    case number
    /// A JSON `true` or `false`.
    case bool
    /// A JSON `null`, or in YAML `null`, `~` or nothing.
    case null
    /// A cell of a table that holds a formula and not what it gives.
    case formula
    /// A cell of a table that holds an error of the spreadsheet's (`#N/A`).
    case error
  }

  /// Without quotes, escapes resolved.
  package var text: String
  package var kind: Kind

  package init(text: String, kind: Kind) {
    self.text = text
    self.kind = kind
  }
}

extension Node {
  /// What this is, for "found …" in messages.
  package var kindWord: Bilingual {
    switch content {
    case .list: Bilingual(zh: "列表", en: "a list")
    case .map: Bilingual(zh: "字段组", en: "a mapping")
    case .scalar(let scalar):
      switch scalar.kind {
      case .plain: Bilingual(zh: "单个值", en: "a single value")
      case .quoted: Bilingual(zh: "文本", en: "text")
      case .number: Bilingual(zh: "数字", en: "a number")
      case .bool: Bilingual(zh: "真假值", en: "a truth value")
      case .null: Bilingual(zh: "空值", en: "nothing")
      case .formula: Bilingual(zh: "没有结果的公式", en: "a formula without its result")
      case .error: Bilingual(zh: "电子表格的错误值", en: "the spreadsheet error")
      }
    }
  }

  /// What this is and, for a single value, how it reads: ``a number `7.4` ``.
  package var found: Bilingual {
    guard let scalar, scalar.kind != .null else { return kindWord }
    let value = Quoting.code(scalar.text)
    switch scalar.kind {
    case .plain: return Bilingual(zh: value, en: value)
    default: return Bilingual(zh: kindWord.zh + " " + value, en: kindWord.en + " " + value)
    }
  }
}
