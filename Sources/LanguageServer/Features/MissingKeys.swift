import Diagnostics
import Reading

/// Adds the fields that a mapping has to have and has not.
enum MissingKeys {
  static func action(
    at offset: Int, _ node: Node, _ schema: FieldSchema, _ file: SourceFile
  ) -> CodeAction? {
    guard let (mapping, record) = innermost(at: offset, node, schema) else { return nil }
    let entries = mapping.entries ?? []
    let present = Set(entries.map(\.key))
    let missing = record.fields.filter { $0.isRequired && !present.contains($0.name) }
    guard !missing.isEmpty, let last = entries.last, let first = entries.first else { return nil }
    let names = missing.map { "`\($0.name)`" }
    let isFlow =
      file.text(ByteRange(start: mapping.range.start, end: mapping.range.start + 1)) == "{"
    let fields = missing.map { "\($0.name): \(blank($0.schema))" }
    let change: TextChange
    if isFlow {
      let end = max(last.value.range.end, last.keyRange.end)
      change = TextChange(
        path: file.path, range: ByteRange(start: end, end: end),
        text: fields.map { ", " + $0 }.joined())
    } else {
      let text = DocumentText(file)
      let key = first.keyRange.start
      let column = key - text.line(text.lineNumber(of: key)).lowerBound
      // After the line that the last value ends on.
      let end = lineEnd(of: max(last.value.range.end, last.keyRange.end), text, last)
      let indent = String(repeating: " ", count: column)
      change = TextChange(
        path: file.path, range: ByteRange(start: end, end: end),
        text: fields.map { "\n" + indent + trimmed($0) }.joined())
    }
    return CodeAction(
      title: Bilingual(
        zh: "补上必填字段 " + names.joined(separator: "、"),
        en: "add the missing " + (names.count == 1 ? "field " : "fields ")
          + names.joined(separator: ", ")),
      kind: .quickFix, changes: [change])
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The end of the line that a value ends on; a block of text may end on the line after its last.
  private static func lineEnd(of offset: Int, _ text: DocumentText, _ entry: Entry) -> Int {
    var number = text.lineNumber(of: min(offset, text.bytes.count))
    let first = text.lineNumber(of: entry.keyRange.start)
    while number > first, text.line(number).lowerBound >= offset || isBlank(text, number) {
      number -= 1
    }
    return text.line(number).upperBound
  }

  private static func isBlank(_ text: DocumentText, _ number: Int) -> Bool {
    text.bytes[text.line(number)].allSatisfy { $0 == 0x20 }
  }

  /// What stands for a value that has to be filled in.
  private static func blank(_ schema: FieldSchema) -> String {
    switch schema {
    case .exactly(let text): text
    case .word(let words) where words.count == 1: words[0].word
    case .named(_, let inner), .nullable(let inner): blank(inner)
    case .record(let record) where record.fields.allSatisfy { $0.name == "zh" || $0.name == "en" }:
      "{zh: , en: }"
    case .list: "[]"
    default: ""
    }
  }

  private static func innermost(
    at offset: Int, _ node: Node, _ schema: FieldSchema
  ) -> (Node, RecordSchema)? {
    guard node.range.start <= offset, offset <= node.range.end else { return nil }
    for entry in node.entries ?? [] {
      if let inner = schema.step(key: entry.key),
        let found = innermost(at: offset, entry.value, inner)
      {
        return found
      }
    }
    for item in node.items ?? [] {
      if let inner = schema.item, let found = innermost(at: offset, item, inner) { return found }
    }
    guard node.entries != nil, let record = schema.records.first else { return nil }
    return (node, record)
  }
}
