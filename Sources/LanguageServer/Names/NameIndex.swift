package import Cases
package import Diagnostics
import Expression
import Policy
package import PolicyDesk
package import Reading

/// The names of one document, each with its place: of its definitions, and of what uses them, expressions included.
package struct NameIndex: Sendable {
  /// In the order of the text.
  package private(set) var occurrences: [Occurrence] = []
  /// The functions that expressions call, and the names that every expression knows.
  package private(set) var known: [(name: String, range: ByteRange)] = []
  private let file: SourceFile
  private let kind: FileSchema
  private let catalogue: Catalogue
  /// The readings of the profile, which tests switch by name as they do parameters.
  private let readings: Set<String>

  /// - Parameters:
  ///   - readings: those of the profile that tests are for.
  package init(
    _ node: Node?, _ file: SourceFile, _ kind: FileSchema, _ catalogue: Catalogue,
    schema: FieldSchema, readings: Set<String>
  ) {
    self.file = file
    self.kind = kind
    self.catalogue = catalogue
    self.readings = readings
    guard let node else { return }
    walk(node, [], schema)
    if kind == .tenant { tenant(node) }
    var seen: Set<Occurrence> = []
    occurrences = occurrences.filter { seen.insert($0).inserted }
      .sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
  }

  /// What stands at a byte, or right before it; the narrowest.
  package func occurrence(at offset: Int) -> Occurrence? {
    occurrences.filter { $0.range.start <= offset && offset <= $0.range.end }
      .min { $0.range.count < $1.range.count }
  }

  /// The function or name of every expression that stands at a byte.
  package func known(at offset: Int) -> (name: String, range: ByteRange)? {
    known.first { $0.range.start <= offset && offset <= $0.range.end }
  }

  package func occurrences(of symbol: Symbol) -> [Occurrence] {
    occurrences.filter { $0.symbol == symbol }
  }

  // MARK: Gathering

  private mutating func add(
    _ symbol: Symbol, _ range: ByteRange, _ role: Occurrence.Role = .use, whole: ByteRange? = nil,
    section: String
  ) {
    let inner = unquoted(range)
    occurrences.append(
      Occurrence(
        symbol: symbol, range: inner, role: role, whole: whole ?? inner, section: section))
  }

  /// The range without the quotes that a scalar stands in.
  private func unquoted(_ range: ByteRange) -> ByteRange {
    guard range.count >= 2 else { return range }
    let text = file.text(range)
    guard let first = text.first, first == "\"" || first == "'", text.last == first else {
      return range
    }
    return ByteRange(start: range.start + 1, end: range.end - 1)
  }

  /// - Parameter keys: those on the way, lists passed over.
  private mutating func walk(_ node: Node, _ keys: [String], _ schema: FieldSchema?) {
    switch node.content {
    case .map(let entries):
      let owner = RecordOwner.of(keys, in: kind, isTop: keys.isEmpty)
      for entry in entries {
        define(entry, keys)
        if let owner, schema?.field(entry.key) != nil {
          add(Symbol(.field, entry.key, owner: owner), entry.keyRange, section: owner)
        }
        if let keySchema = schema?.keySchema, let vocabulary = keySchema.vocabulary(of: entry.key) {
          add(Symbol(.word, entry.key, owner: vocabulary), entry.keyRange, section: vocabulary)
        }
        walk(entry.value, keys + [entry.key], schema?.step(key: entry.key))
      }
    case .list(let items):
      for item in items { walk(item, keys, schema?.item) }
    case .scalar(let scalar):
      read(scalar, node, keys)
      if let vocabulary = schema?.vocabulary(of: scalar.text) {
        add(Symbol(.word, scalar.text, owner: vocabulary), node.range, section: vocabulary)
      }
    }
  }

  /// The sections of a profile whose keys are names of its own.
  static let sections: [String: Symbol.Kind] = [
    "provisions": .law, "parameters": .name, "readings": .reading, "figures": .name,
    "conditions": .name, "circles": .name, "tallies": .name, "allocations": .name,
    "exemptions": .exemption, "exceptions": .exception, "priorities": .priority,
  ]

  private mutating func define(_ entry: Entry, _ keys: [String]) {
    let whole = ByteRange(
      start: entry.keyRange.start, end: max(entry.value.range.end, entry.keyRange.end))
    if kind == .policy, keys.count == 1, let section = Self.sections[keys[0]] {
      add(Symbol(section, entry.key), entry.keyRange, .definition, whole: whole, section: keys[0])
    }
    guard kind == .policyTests else { return }
    if keys.count == 2, keys == ["tests", "readings"] {
      let symbol = Symbol(readings.contains(entry.key) ? .reading : .name, entry.key)
      add(symbol, entry.keyRange, section: "readings")
    }
    if keys.count == 3, keys[0] == "tests", keys[1] == "expect", entry.key != "verdict" {
      // `RULE[category]` and `RULE/part`.
      let id = String(entry.key.prefix { $0 != "[" && $0 != "/" })
      let range = unquoted(entry.keyRange)
      add(
        Symbol(.law, id), ByteRange(start: range.start, end: range.start + id.utf8.count),
        section: "expect")
    }
  }

  private mutating func read(_ scalar: Scalar, _ node: Node, _ keys: [String]) {
    guard let role = TextRole.of(keys, in: kind) else { return }
    let section = keys.first ?? ""
    let text = scalar.text
    switch role {
    case .provision, .rule: add(Symbol(.law, text), node.range, section: section)
    case .ruleID: add(Symbol(.law, text), node.range, .rule, section: section)
    case .parameter, .circle: add(Symbol(.name, text), node.range, section: section)
    case .exemption: add(Symbol(.exemption, text), node.range, section: section)
    case .exception: add(Symbol(.exception, text), node.range, section: section)
    case .applicationField:
      add(Symbol(.field, text, owner: "application"), node.range, section: section)
    case .expression: expression(text, node.range, from: nil, ScalarText(file, node.range), section)
    case .message:
      let places = ScalarText(file, node.range)
      for case .expression(let inner, let offset) in TemplateText.pieces(text) ?? [] {
        expression(inner, node.range, from: offset, places, section)
      }
    }
  }

  private mutating func expression(
    _ text: String, _ range: ByteRange, from: Int?, _ places: ScalarText?, _ section: String
  ) {
    for name in ExpressionName.all(in: text, Environment()) {
      guard let place = places?.place(of: name.range, in: text, from: from) else { continue }
      if let symbol = symbol(name.kind) {
        add(symbol, place, section: section)
      } else if case .function(let function) = name.kind {
        known.append((function, place))
      } else if case .path(let path) = name.kind, path.count == 1 {
        known.append((path[0], place))
      }
    }
  }

  private func symbol(_ kind: ExpressionName.Kind) -> Symbol? {
    switch kind {
    case .function: return nil
    case .path(let path):
      guard let last = path.last else { return nil }
      if path.count == 1 {
        return PolicyNames.reserved.contains(last) ? nil : Symbol(.name, last)
      }
      if path.count == 2, path[0] == "reading" { return Symbol(.reading, last) }
      return RecordOwner.of(path: path.dropLast()).map { Symbol(.field, last, owner: $0) }
    case .word(let word, let path):
      guard case .symbol(let type)? = ExpressionType.of(path, catalogue) else { return nil }
      return Symbol(.word, word, owner: type.name)
    }
  }

  /// What a tenant's file defines for all its profiles.
  private mutating func tenant(_ node: Node) {
    for vocabulary in node["words"]?.entries ?? [] {
      for word in vocabulary.value.entries ?? [] {
        add(
          Symbol(.word, word.key, owner: vocabulary.key), word.keyRange, .definition,
          whole: ByteRange(start: word.keyRange.start, end: word.value.range.end), section: "words")
      }
    }
    for owner in node["fields"]?.entries ?? [] {
      for field in owner.value.entries ?? [] {
        add(
          Symbol(.field, field.key, owner: owner.key), field.keyRange, .definition,
          whole: ByteRange(start: field.keyRange.start, end: field.value.range.end),
          section: "fields")
        let table = (owner.key == "institution" ? "application" : owner.key) + "." + field.key
        for word in field.value["words"]?.entries ?? [] {
          add(
            Symbol(.word, word.key, owner: table), word.keyRange, .definition,
            whole: ByteRange(start: word.keyRange.start, end: word.value.range.end),
            section: "words")
        }
      }
    }
  }
}
