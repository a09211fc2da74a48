package import Diagnostics

/// What a reader of fields accepts, as a value: for schemas, templates and tests.
///
/// It is never written beside a reader: ``FieldReader/schema`` asks the reader itself, so that the two cannot drift apart.
package indirect enum FieldSchema: Sendable, Equatable {
  case anything
  /// Text that is not blank, or that matches an expression.
  case text(pattern: String?)
  /// Text that may be empty.
  case anyText
  /// Exactly this text.
  case exactly(String)
  /// One of some words, with what people call them where that is known.
  case word([Word])
  /// A decimal between two bounds, either of which may be open.
  case number(minimum: String?, maximum: String?)
  /// A number that is a share of a whole, with or without a per cent sign.
  case share(ShareForm)
  case integer(ClosedRange<Int>)
  /// A calendar year of four digits.
  case year
  case bool
  case day
  case list(FieldSchema, atLeast: Int)
  case map(keys: FieldSchema, of: FieldSchema)
  case record(RecordSchema)
  case either([FieldSchema])
  /// The value, or null.
  case nullable(FieldSchema)
  /// Something that schemas define once, under its name.
  case named(String, FieldSchema)

  package struct Word: Sendable, Equatable {
    package var word: String
    package var label: Bilingual?
    /// What else it may be called, as an editor should offer it.
    package var names: [String]
    /// An expression for the names however they are written.
    package var pattern: String?

    package init(
      _ word: String, _ label: Bilingual? = nil, names: [String] = [], pattern: String? = nil
    ) {
      self.word = word
      self.label = label
      self.names = names
      self.pattern = pattern
    }
  }
}

/// The fields that a mapping may have, and what holds among them.
package struct RecordSchema: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package var name: String
    package var schema: FieldSchema
    package var isRequired: Bool
    package var meaning: Bilingual?

    package init(_ name: String, _ schema: FieldSchema, isRequired: Bool, meaning: Bilingual?) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
      self.meaning = meaning
    }
  }

  package var description: RecordDescription
  package var fields: [Field]
  /// Whether planlint reads it: null is absence then, and fields of one's own may stand there, which begin with `x-`.
  package var isInput = true
  /// What stands under any other name, where any may be.
  package var others: FieldSchema?

  package init(
    _ description: RecordDescription, _ fields: [Field], isInput: Bool = true,
    others: FieldSchema? = nil
  ) {
    self.others = others
    self.description = description
    self.fields = fields
    self.isInput = isInput
  }
}

/// What a mapping and its fields are called and mean; ``FieldReader/record(_:_:)`` has it beside the reading.
package struct RecordDescription: Sendable, Equatable {
  /// Under which schemas define it once (`application`); empty: in its place.
  package var name: String
  package var meaning: Bilingual?
  /// By field; the initialiser takes rows of name, Chinese and English.
  package var fields: [String: Bilingual]
  /// What has to hold among the fields; the reader finds the same at fault.
  package var demands: [RecordDemand]
  /// What the reader demands that no schema can say.
  package var beyond: [Bilingual]

  package init(
    _ name: String = "", zh: String = "", en: String = "",
    fields: [(String, String, String)] = [], demands: [RecordDemand] = [], beyond: [Bilingual] = []
  ) {
    self.name = name
    meaning = zh.isEmpty ? nil : Bilingual(zh: zh, en: en)
    self.fields = Dictionary(
      fields.map { ($0.0, Bilingual(zh: $0.1, en: $0.2)) }, uniquingKeysWith: { first, _ in first })
    self.demands = demands
    self.beyond = beyond
  }
}

/// Something that has to hold of a mapping, always or where something else does.
package struct RecordDemand: Sendable, Equatable {
  package indirect enum Condition: Sendable, Equatable {
    /// The field is there and not null.
    case has(String)
    /// The field is this word or truth value.
    case equals(String, String)
    case isTrue(String)
    /// The list has this word in it.
    case contains(String, String)
    case not(Condition)
    case all([Condition])
    case any([Condition])
    case exactlyOne([Condition])
  }

  package var when: Condition?
  package var then: Condition

  package init(when: Condition? = nil, _ then: Condition) {
    self.when = when
    self.then = then
  }
}

extension FieldReader {
  /// What this reader accepts.
  package var schema: FieldSchema {
    var context = FieldContext(SourceFile(path: "", text: ""))
    context.described = [.anything]
    let nothing = Node(
      range: ByteRange(start: 0, end: 0), content: .scalar(Scalar(text: "", kind: .null)))
    _ = read(nothing, &context)
    return context.described?.first ?? .anything
  }

  /// The same reader with more to say of what it accepts.
  package func described(
    _ change: @escaping @Sendable (FieldSchema) -> FieldSchema
  ) -> FieldReader {
    FieldReader { node, context in
      if context.describes(change(self.schema)) { return nil }
      return self.read(node, &context)
    }
  }
}

extension FieldContext {
  var isDescribing: Bool { described != nil }

  /// Whether no value is wanted but what the reader accepts; then it is `schema`.
  ///
  /// The first line of every reader that does not rest on others.
  package mutating func describes(_ schema: @autoclosure () -> FieldSchema) -> Bool {
    if described == nil { return false }
    described = [schema()]
    return true
  }
}

extension FieldReader where Value == String {
  /// The name of a format and its version, which a file may begin with (`planlint: facts/1`).
  package static func format(_ name: String) -> FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.exactly(name)) { return nil }
      guard let text = FieldReader.text.read(node, &context) else { return nil }
      if text == name { return text }
      let found = Quoting.code(text)
      context.fault(
        node.range, zh: "应为 `\(name)`，实际为 \(found)", en: "expected `\(name)`, found \(found)")
      return nil
    }
  }
}
