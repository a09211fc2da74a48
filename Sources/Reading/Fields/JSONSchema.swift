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
      let names =
        (words.map(\.word) + words.flatMap(\.names)).map(JSONTree.text)
        + (isNullable ? [.null] : [])
      var result: [(key: String, value: JSONTree)] = [("enum", .list(names))]
      if let pattern = Self.pattern(words) {
        let written = JSONTree.object([("type", .text("string")), ("pattern", .text(pattern))])
        result = [("anyOf", .list([.object(result), written]))]
      }
      let labels = words.compactMap { word in
        word.label.map { "\(word.word): \($0.both)" }
      }
      if !labels.isEmpty {
        result.append(("description", .text(labels.joined(separator: "\n"))))
      }
      return result
    case .number(let minimum, let maximum):
      return [type("number")] + bounds(minimum, maximum)
    case .share(let form):
      let signed = JSONTree.object([("type", .text("string")), ("pattern", .text(form.pattern))])
      let bare = Self.bare(form).map { JSONTree.object([("type", .text("number"))] + $0) }
      return [("anyOf", .list(bare + [signed] + (isNullable ? [Self.nothing] : [])))]
    case .integer(let range):
      return [type("integer")]
        + bounds(
          range.lowerBound == .min ? nil : String(range.lowerBound),
          range.upperBound == .max ? nil : String(range.upperBound))
    case .year: return [type("integer")] + bounds("1900", "2999")
    case .bool: return [type("boolean")]
    case .day:
      // A `format` of days would not let the midnight through that programs add.
      let written = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
      let choices: [[(key: String, value: JSONTree)]] = [
        [
          ("type", .text("string")), ("format", .text("date")), ("pattern", .text(written + "$")),
        ],
        [
          ("type", .text("string")),
          ("pattern", .text(written + "(?:" + CalendarDay.midnightPattern + ")$")),
        ],
      ]
      return [
        (
          "anyOf",
          .list(choices.map(JSONTree.object) + (isNullable ? [Self.nothing] : []))
        )
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

  /// The numbers that a share may be without a sign, as alternatives.
  private static func bare(_ form: ShareForm) -> [[(key: String, value: JSONTree)]] {
    switch form {
    case .percent(let maximum):
      let most = maximum.map { [(key: "maximum", value: JSONTree.number(String($0)))] } ?? []
      return [[("const", .number("0"))], [("exclusiveMinimum", .number("1"))] + most]
    case .fraction: return [[("minimum", .number("0")), ("maximum", .number("1"))]]
    case .growth: return [[]]
    }
  }

  /// What the names of words look like; nil where they have none.
  private static func pattern(_ words: [FieldSchema.Word]) -> String? {
    let patterns = words.compactMap(\.pattern)
    return patterns.isEmpty ? nil : "^(?:\(patterns.joined(separator: "|")))$"
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
      func titled(_ key: String, _ word: FieldSchema.Word) -> (key: String, value: JSONTree) {
        guard let label = word.label, case .object(let fields) = item else { return (key, item) }
        return (key, .object([("title", .text(label.both))] + fields))
      }
      let properties =
        words.map { titled($0.word, $0) }
        + words.flatMap { word in word.names.map { titled($0, word) } }
      return [("properties", .object(properties))]
        + (Self.pattern(words).map { [("patternProperties", .object([($0, item)]))] } ?? [])
        + [("additionalProperties", .bool(false))]
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
              guard let when = demand.when else { return condition(demand.then, record.fields) }
              return .object([
                ("if", condition(when, record.fields)),
                ("then", condition(demand.then, record.fields)),
              ])
            })
        ))
    }
    return result
  }

  private mutating func condition(
    _ condition: RecordDemand.Condition, _ fields: [RecordSchema.Field]
  ) -> JSONTree {
    func field(_ name: String, _ schema: JSONTree) -> JSONTree {
      .object([
        ("properties", .object([(name, schema)])), ("required", .texts([name])),
      ])
    }
    /// A word of a field by any of its names.
    func word(_ word: String, of name: String) -> JSONTree {
      let known = fields.first { $0.name == name }?.schema.words.first { $0.word == word }
      guard let known, !known.names.isEmpty else { return .object([("const", .text(word))]) }
      let plain = FieldSchema.Word(word, names: known.names, pattern: known.pattern)
      return .object(self.fields(.word([plain]), isNullable: false))
    }
    switch condition {
    case .has(let name): return field(name, .object([("not", Self.nothing)]))
    case .equals(let name, let value): return field(name, word(value, of: name))
    case .isTrue(let name): return field(name, .object([("const", .bool(true))]))
    case .contains(let name, let value):
      return field(name, .object([("contains", word(value, of: name))]))
    case .not(let condition): return .object([("not", self.condition(condition, fields))])
    case .all(let conditions):
      return .object([("allOf", .list(conditions.map { self.condition($0, fields) }))])
    case .any(let conditions):
      return .object([("anyOf", .list(conditions.map { self.condition($0, fields) }))])
    case .exactlyOne(let conditions):
      return .object([("oneOf", .list(conditions.map { self.condition($0, fields) }))])
    }
  }
}

extension FieldSchema {
  /// The words of a field, or of the items of a list.
  fileprivate var words: [Word] {
    switch self {
    case .word(let words): words
    case .named(_, let schema), .nullable(let schema), .list(let schema, _): schema.words
    default: []
    }
  }
}

extension Bilingual {
  /// Chinese, then English.
  fileprivate var both: String { zh == en ? zh : "\(zh) · \(en)" }
}
