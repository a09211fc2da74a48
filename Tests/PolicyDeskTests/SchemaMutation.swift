import Diagnostics
import Reading

/// A document in which one thing is not as its schema has it.
struct SchemaMutation {
  var what: String
  var tree: JSONTree

  /// A YAML document as JSON, its plain values typed as the schema has them.
  static func tree(_ node: Node, _ schema: FieldSchema) -> JSONTree {
    switch (node.content, schema) {
    case (_, .named(_, let schema)), (_, .nullable(let schema)): return tree(node, schema)
    case (_, .either(let schemas)):
      return tree(node, schemas.first { fits(node, $0) } ?? .anything)
    case (.list(let items), .list(let item, _)): return .list(items.map { tree($0, item) })
    case (.list(let items), _): return .list(items.map { tree($0, .anything) })
    case (.map(let entries), .map(_, let item)):
      return .object(entries.map { ($0.key, tree($0.value, item)) })
    case (.map(let entries), .record(let record)):
      return .object(
        entries.map { entry in
          let field = record.fields.first { $0.name == entry.key }
          return (entry.key, tree(entry.value, field?.schema ?? record.others ?? .anything))
        })
    case (.map(let entries), _):
      return .object(entries.map { ($0.key, tree($0.value, .anything)) })
    case (.scalar(let scalar), .number), (.scalar(let scalar), .integer),
      (.scalar(let scalar), .year):
      return .number(scalar.text)
    case (.scalar(let scalar), .share):
      return scalar.text.hasSuffix("%") ? .text(scalar.text) : .number(scalar.text)
    case (.scalar(let scalar), .bool): return .bool(scalar.text == "true")
    case (.scalar(let scalar), .anything) where scalar.kind == .plain:
      // As YAML is read: a plain value that is no text is a number, for no date and no name begins with a digit alone.
      if Int(scalar.text) != nil { return .number(scalar.text) }
      return .text(scalar.text)
    case (.scalar(let scalar), _): return scalar.kind == .null ? .null : .text(scalar.text)
    }
  }

  private static func fits(_ node: Node, _ schema: FieldSchema) -> Bool {
    switch (node.content, schema) {
    case (.map(let entries), .record(let record)):
      record.fields.allSatisfy { field in
        !field.isRequired || entries.contains { $0.key == field.name }
      }
    case (.list, .list): true
    case (.scalar, .record), (.scalar, .list), (.scalar, .map): false
    case (.scalar, _): true
    default: false
    }
  }

  private static func fits(_ tree: JSONTree, _ schema: FieldSchema) -> Bool {
    switch (tree, schema) {
    case (.object(let fields), .record(let record)):
      record.fields.allSatisfy { field in
        !field.isRequired || fields.contains { $0.key == field.name }
      }
    case (.list, .list): true
    case (.object, _), (.list, _), (_, .record), (_, .list), (_, .map): false
    default: true
    }
  }

  /// Every document with one thing wrong.
  static func all(_ tree: JSONTree, _ schema: FieldSchema, at path: String = "") -> [Self] {
    func wrong(_ what: String, _ tree: JSONTree) -> Self {
      Self(what: "\(path): \(what)", tree: tree)
    }
    let stranger = JSONTree.object([("wrong", .object([]))])
    switch (tree, schema) {
    case (_, .anything): return []
    case (_, .named(_, let schema)), (_, .nullable(let schema)): return all(tree, schema, at: path)
    case (_, .either(let schemas)):
      guard let own = schemas.first(where: { fits(tree, $0) }) else { return [] }
      // What is wrong for one may be right for another.
      return all(tree, own, at: path).filter { mutation in
        !mutation.what.hasPrefix("\(path): ") || mutation.what.hasSuffix("a mapping")
          || mutation.what.contains("without") || mutation.what.hasSuffix("an unknown field")
      }
    case (.list(let items), .list(let item, let least)):
      var found = [wrong("a mapping", stranger), wrong("text", .text("wrong"))]
      if least > 0 { found.append(wrong("an empty list", .list([]))) }
      for (index, value) in items.enumerated() {
        found += all(value, item, at: "\(path)[\(index)]").map { inner in
          var items = items
          items[index] = inner.tree
          return Self(what: inner.what, tree: .list(items))
        }
      }
      return found
    case (.object(let fields), .map(let keys, let item)):
      var found = [wrong("a list", .list([])), wrong("text", .text("wrong"))]
      if let value = fields.first?.value, takesNoKey("?", keys) {
        found.append(wrong("an unknown key", .object(fields + [("?", value)])))
      }
      return found + inside(fields, path) { _ in item }
    case (.object(let fields), .record(let record)):
      var found = [wrong("text", .text("wrong"))]
      if record.others == nil {
        found.append(wrong("an unknown field", .object(fields + [("wrong", .number("1"))])))
      }
      for field in record.fields where field.isRequired {
        found.append(
          wrong("without \(field.name)", .object(fields.filter { $0.key != field.name })))
      }
      return found
        + inside(fields, path) { key in
          record.fields.first { $0.name == key }?.schema ?? record.others
        }
    case (_, .text), (_, .anyText):
      return [wrong("a mapping", stranger), wrong("blank", .text(" "))].filter {
        schema != .anyText || $0.tree == stranger
      }
    case (_, .exactly), (_, .word):
      return [wrong("a mapping", stranger), wrong("another word", .text("wrong/9"))]
    case (_, .day):
      return [
        wrong("a mapping", stranger), wrong("no day", .text("2026-02-30")),
        wrong("another form", .text("2026/03/02")),
      ]
    case (_, .bool): return [wrong("a mapping", stranger), wrong("text", .text("true"))]
    case (_, .year):
      return [
        wrong("a mapping", stranger), wrong("too early", .number("1899")),
        wrong("text", .text("2026")),
      ]
    case (_, .number(let minimum, let maximum)):
      var found = [wrong("a mapping", stranger), wrong("text", .text("1"))]
      if let minimum, let bound = Int(minimum) {
        found.append(wrong("below", .number("\(bound - 1).5")))
      }
      if let maximum, let bound = Int(maximum) {
        found.append(wrong("above", .number("\(bound).5")))
      }
      return found
    case (_, .share(let form)):
      var found = [
        wrong("a mapping", stranger), wrong("text", .text("1")), wrong("another sign", .text("5‰")),
      ]
      switch form {
      case .percent:
        found += [wrong("a part of 1", .number("0.78")), wrong("below", .number("-1.5"))]
      case .fraction: found += [wrong("per cent", .number("78")), wrong("below", .number("-0.5"))]
      case .growth: break
      }
      return found
    case (_, .integer(let range)):
      var found = [
        wrong("a mapping", stranger), wrong("text", .text("1")), wrong("a part", .number("1.5")),
        wrong("below", .number("\(range.lowerBound - 1)")),
      ]
      if range.upperBound < .max {
        found.append(wrong("above", .number("\(range.upperBound + 1)")))
      }
      return found
    default: return []
    }
  }

  private static func takesNoKey(_ key: String, _ keys: FieldSchema) -> Bool {
    switch keys {
    case .text(let pattern): pattern != nil
    case .anyText, .anything: false
    default: true
    }
  }

  private static func inside(
    _ fields: [(key: String, value: JSONTree)], _ path: String,
    _ schema: (String) -> FieldSchema?
  ) -> [Self] {
    var found: [Self] = []
    for (index, field) in fields.enumerated() {
      guard let schema = schema(field.key) else { continue }
      found += all(field.value, schema, at: "\(path).\(field.key)").map { inner in
        var fields = fields
        fields[index].value = inner.tree
        return Self(what: inner.what, tree: .object(fields))
      }
    }
    return found
  }
}
