package import Diagnostics

/// Writes what a reader accepts as JSON Schema (draft 2020-12).
///
/// Null stands for absence, as in ``Record``, so that every optional field may be null. Titles and descriptions are in Chinese and
/// English both.
package struct JSONSchema {
  /// Text may stand unquoted and look like a number or truth value, as YAML has it; without, only JSON's strings are text.
  private let takesPlainText: Bool
  private var definitions: [(key: String, value: JSONTree)] = []

  private init(takesPlainText: Bool) { self.takesPlainText = takesPlainText }

  /// A whole schema; `id` is its `$id`, `example` a document that it accepts.
  package static func document(
    _ schema: FieldSchema, id: String, title: Bilingual, description: Bilingual,
    takesPlainText: Bool, example: JSONTree?
  ) -> JSONTree {
    var writer = JSONSchema(takesPlainText: takesPlainText)
    let root = writer.fields(schema, isNullable: false)
    var document: [(key: String, value: JSONTree)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("$id", .text(id)),
      ("title", .text(title.both)), ("description", .text(description.zh + "\n" + description.en)),
    ]
    document += root.filter { $0.key != "title" && $0.key != "description" }
    document.append(("$defs", .object(writer.definitions)))
    if let example { document.append(("examples", .list([example]))) }
    return .object(document)
  }

  // MARK: Values

  private mutating func fields(
    _ schema: FieldSchema, isNullable: Bool
  ) -> [(key: String, value: JSONTree)] {
    func type(_ name: String) -> (key: String, value: JSONTree) {
      ("type", isNullable ? .texts([name, "null"]) : .text(name))
    }
    switch schema {
    case .anything: return []
    case .anyText: return [textType(isNullable)]
    case .text(let pattern): return [textType(isNullable), ("pattern", .text(pattern ?? #"\S"#))]
    case .exactly(let text): return fields(.word([.init(text)]), isNullable: isNullable)
    case .word(let words):
      let names = words.map { JSONTree.text($0.word) } + (isNullable ? [.null] : [])
      var result: [(key: String, value: JSONTree)] = [("enum", .list(names))]
      let labels = words.compactMap { word in
        word.label.map { "\(word.word): \($0.both)" }
      }
      if !labels.isEmpty {
        result.append(("description", .text(labels.joined(separator: "\n"))))
      }
      return result
    case .number(let minimum, let maximum):
      return [type("number")] + bounds(minimum, maximum)
    case .integer(let range):
      return [type("integer")]
        + bounds(
          range.lowerBound == .min ? nil : String(range.lowerBound),
          range.upperBound == .max ? nil : String(range.upperBound))
    case .year: return [type("integer")] + bounds("1900", "2999")
    case .bool: return [type("boolean")]
    case .day:
      return [
        type("string"), ("format", .text("date")),
        ("pattern", .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
      ]
    case .list(let item, let least):
      return [type("array"), ("items", .object(fields(item, isNullable: false)))]
        + (least > 0 ? [("minItems", .number(String(least)))] : [])
    case .map(let keys, let item):
      return [type("object")] + entries(keys: keys, .object(fields(item, isNullable: false)))
    case .record(let record):
      if record.description.name.isEmpty {
        return (isNullable ? [("type", .texts(["object", "null"]))] : [("type", .text("object"))])
          + self.record(record)
      }
      define(record.description.name) { writer in
        [("type", .text("object"))] + writer.record(record)
      }
      return reference(record.description.name, isNullable)
    case .either(let schemas):
      let choices = schemas.map { JSONTree.object(fields($0, isNullable: false)) }
      return [("anyOf", .list(choices + (isNullable ? [Self.nothing] : [])))]
    case .nullable(let schema): return fields(schema, isNullable: true)
    case .named(let name, let schema):
      define(name) { $0.fields(schema, isNullable: false) }
      return reference(name, isNullable)
    }
  }

  private static let nothing = JSONTree.object([("type", .text("null"))])

  private func textType(_ isNullable: Bool) -> (key: String, value: JSONTree) {
    let types =
      (takesPlainText ? ["string", "number", "boolean"] : ["string"])
      + (isNullable ? ["null"] : [])
    return ("type", types.count == 1 ? .text("string") : .texts(types))
  }

  private func bounds(_ minimum: String?, _ maximum: String?) -> [(key: String, value: JSONTree)] {
    (minimum.map { [("minimum", .number($0))] } ?? [])
      + (maximum.map { [("maximum", .number($0))] } ?? [])
  }

  private mutating func define(
    _ name: String, _ make: (inout JSONSchema) -> [(key: String, value: JSONTree)]
  ) {
    if definitions.contains(where: { $0.key == name }) { return }
    // Its place comes before those of what it refers to.
    let index = definitions.count
    definitions.append((name, .null))
    definitions[index].value = .object(make(&self))
  }

  private func reference(_ name: String, _ isNullable: Bool) -> [(key: String, value: JSONTree)] {
    let target: (key: String, value: JSONTree) = ("$ref", .text("#/$defs/\(name)"))
    return isNullable ? [("anyOf", .list([.object([target]), Self.nothing]))] : [target]
  }

  private func entries(
    keys: FieldSchema, _ item: JSONTree
  ) -> [(key: String, value: JSONTree)] {
    switch keys {
    case .named(_, let keys): return entries(keys: keys, item)
    case .word(let words):
      return [
        (
          "properties",
          .object(
            words.map { word in
              guard let label = word.label, case .object(let fields) = item else {
                return (word.word, item)
              }
              return (word.word, .object([("title", .text(label.both))] + fields))
            })
        ), ("additionalProperties", .bool(false)),
      ]
    case .year:
      return [
        ("patternProperties", .object([("^(19|2[0-9])[0-9][0-9]$", item)])),
        ("additionalProperties", .bool(false)),
      ]
    default:
      var pattern = #"\S"#
      if case .text(let own?) = keys { pattern = own }
      return [
        ("propertyNames", .object([("pattern", .text(pattern))])), ("additionalProperties", item),
      ]
    }
  }

  // MARK: Records

  private mutating func record(_ record: RecordSchema) -> [(key: String, value: JSONTree)] {
    var result: [(key: String, value: JSONTree)] = []
    let description = record.description
    if let meaning = description.meaning { result.append(("title", .text(meaning.both))) }
    if !description.beyond.isEmpty {
      let lines =
        ["模式之外另须满足：" + description.beyond.map(\.zh).joined(separator: "；") + "。"]
        + ["Beyond this schema: " + description.beyond.map(\.en).joined(separator: "; ") + "."]
      result.append(("description", .text(lines.joined(separator: "\n"))))
    }
    result.append(
      (
        "properties",
        .object(
          record.fields.map { field in
            var fields = self.fields(field.schema, isNullable: record.isInput && !field.isRequired)
            if let meaning = field.meaning {
              fields.removeAll { $0.key == "title" }
              fields.insert(("title", .text(meaning.both)), at: 0)
            }
            return (field.name, .object(fields))
          })
      ))
    if record.isInput {
      result.append(("patternProperties", .object([("^x-", .bool(true))])))
    }
    let others = record.others.map { JSONTree.object(fields($0, isNullable: false)) }
    result.append(("additionalProperties", others ?? .bool(false)))
    let required = record.fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { result.append(("required", .texts(required))) }
    if !description.demands.isEmpty {
      result.append(
        (
          "allOf",
          .list(
            description.demands.map { demand in
              guard let when = demand.when else { return Self.condition(demand.then) }
              return .object([
                ("if", Self.condition(when)), ("then", Self.condition(demand.then)),
              ])
            })
        ))
    }
    return result
  }

  private static func condition(_ condition: RecordDemand.Condition) -> JSONTree {
    func field(_ name: String, _ schema: JSONTree) -> JSONTree {
      .object([
        ("properties", .object([(name, schema)])), ("required", .texts([name])),
      ])
    }
    switch condition {
    case .has(let name): return field(name, .object([("not", nothing)]))
    case .equals(let name, let word): return field(name, .object([("const", .text(word))]))
    case .isTrue(let name): return field(name, .object([("const", .bool(true))]))
    case .contains(let name, let word):
      return field(name, .object([("contains", .object([("const", .text(word))]))]))
    case .not(let condition): return .object([("not", Self.condition(condition))])
    case .all(let conditions): return .object([("allOf", .list(conditions.map(Self.condition)))])
    case .any(let conditions): return .object([("anyOf", .list(conditions.map(Self.condition)))])
    case .exactlyOne(let conditions):
      return .object([("oneOf", .list(conditions.map(Self.condition)))])
    }
  }
}

extension Bilingual {
  /// Chinese, then English.
  fileprivate var both: String { zh == en ? zh : "\(zh) · \(en)" }
}
