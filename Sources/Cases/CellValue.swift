import Diagnostics
package import Expression
import Reading

/// Values as a cell of a table holds them so that they are read back: Chinese words, lists with semicolons, days as `2026-03-02`.
package enum CellValue {
  package static func text(_ value: Value, _ field: RecordShape.Field) -> String {
    text(value, field.shape)
  }

  private static func text(_ value: Value, _ shape: Shape) -> String {
    switch value {
    case .decimal(let number):
      // A share of at most 1 without its sign could mean two things.
      if case .share(.percent) = shape, number > .zero, number <= Exact(1) {
        return "\(number)%"
      }
      return number.description
    case .bool(let holds): return holds ? "是" : "否"
    case .timestamp(let day): return String(day.description.prefix(10))
    case .string(let word): return Self.word(word, shape)
    case .list(let items):
      guard case .list(let item, _) = shape else { return "" }
      if case .record = item {
        return "[" + items.map { flow($0, item) }.joined(separator: ", ") + "]"
      }
      return items.map { text($0, item) }.joined(separator: "；")
    default: return ""
    }
  }

  /// A word by its Chinese name, where that can stand in a list.
  private static func word(_ word: String, _ shape: Shape) -> String {
    guard case .word(let table) = shape,
      let entry = table.entries.first(where: { $0.word == word }),
      !entry.label.zh.contains(where: { ";；、,，+＋".contains($0) })
    else { return word }
    return entry.label.zh
  }

  /// A record as JSON writes it in one line.
  private static func flow(_ value: Value, _ shape: Shape) -> String {
    guard case .record(let record as DataRecord) = value else {
      switch value {
      case .decimal, .bool(true), .bool(false):
        if case .bool(let holds) = value { return holds ? "true" : "false" }
        return text(value, shape)
      default: return quoted(text(value, shape))
      }
    }
    var parts: [String] = []
    for (field, value) in zip(record.shape.fields, record.values) {
      if case .unknown = value { continue }
      if field.isAbsence(value) { continue }
      parts.append("\(quoted(field.name)): \(flow(value, field.shape))")
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
