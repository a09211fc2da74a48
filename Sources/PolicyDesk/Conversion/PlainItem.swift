import Reading

/// A value as planlint writes it, whatever it is written in.
enum PlainItem {
  case text(String)
  /// Text that YAML writes without quotes: words, days, shares with their sign.
  case bare(String)
  /// A number or truth value, as it was written.
  case literal(String)
  case list([PlainItem])
  case map([PlainField])

  /// Something of the user's own, as it stands; nil of nothing.
  init?(own node: Node) {
    switch node.content {
    case .scalar(let scalar):
      switch scalar.kind {
      case .null: return nil
      case .number, .bool: self = .literal(scalar.text)
      case .plain where Self.isLiteral(scalar.text): self = .literal(scalar.text)
      case .plain, .quoted, .formula, .error: self = .text(scalar.text)
      }
    case .list(let items): self = .list(items.compactMap { PlainItem(own: $0) })
    case .map(let entries):
      self = .map(
        entries.compactMap { entry in PlainItem(own: entry.value).map { PlainField(entry.key, $0) }
        })
    }
  }

  /// Whether JSON would write it as a number or a truth value.
  static func isLiteral(_ text: String) -> Bool {
    text == "true" || text == "false" || CellText.number(text, isWhole: false) == text
  }

  /// Whether it holds nothing that would be a line of its own.
  var isFlat: Bool {
    switch self {
    case .text, .bare, .literal: true
    case .list(let items): items.allSatisfy(\.isScalar) || items.isEmpty
    case .map(let entries): entries.count <= 8 && entries.allSatisfy { $0.value.isScalar }
    }
  }

  var isScalar: Bool {
    switch self {
    case .text, .bare, .literal: true
    case .list, .map: false
    }
  }

  /// What a scalar says.
  var scalar: String? {
    switch self {
    case .text(let text), .bare(let text), .literal(let text): text
    case .list, .map: nil
    }
  }

  subscript(_ key: String) -> PlainItem? {
    if case .map(let entries) = self { entries.first { $0.key == key }?.value } else { nil }
  }

  /// Where another says something else, or nothing: paths below `path`, each once.
  func differences(from other: PlainItem?, at path: String) -> [String] {
    switch (self, other) {
    case (.map(let mine), .map(let theirs)?):
      let keys =
        mine.map(\.key) + theirs.map(\.key).filter { key in !mine.contains { $0.key == key } }
      if mine.isEmpty, !theirs.isEmpty { return [path] }
      return keys.flatMap { key -> [String] in
        let inner = path.isEmpty ? key : "\(path).\(key)"
        guard let value = self[key] else { return [inner] }
        return value.differences(from: other?[key], at: inner)
      }
    case (.list(let mine), .list(let theirs)?):
      if mine.count != theirs.count { return [path] }
      return mine.indices.flatMap { index -> [String] in
        let name = mine[index]["id"]?.scalar ?? mine[index]["name"]?.scalar ?? "\(index + 1)"
        return mine[index].differences(from: theirs[index], at: "\(path)[\(name)]")
      }
    default:
      if let mine = scalar, let theirs = other?.scalar, mine == theirs { return [] }
      return [path]
    }
  }
}

/// A field of a mapping as planlint writes it.
struct PlainField {
  let key: String
  let value: PlainItem

  init(_ key: String, _ value: PlainItem) {
    self.key = key
    self.value = value
  }
}
