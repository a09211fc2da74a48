package import Diagnostics
package import Expression

/// How values read in a sentence.
package enum Words {
  /// Before a number that is not exact.
  package static let rounded = "≈"

  package static func show(_ value: Value, _ type: Type, _ language: Language) -> String {
    switch value {
    case .decimal(let number): return show(number)
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .bool(let holds):
      return language == .zh ? (holds ? "是" : "否") : (holds ? "yes" : "no")
    case .string(""): return none(language)
    case .string(let text): return label(text, type, language)
    case .timestamp(let day): return String(day.description.prefix(10))
    case .duration(let length):
      let days = show(length.days)
      return language == .zh ? days + " 天" : days + " days"
    case .list(let items):
      let inner: Type = if case .list(let inner) = type { inner } else { .dyn }
      if items.isEmpty { return none(language) }
      let words = items.map { show($0, inner, language) }
      return words.joined(separator: language == .zh ? "、" : ", ")
    case .record(let record as DataRecord): return show(record, language)
    case .unknown(let set):
      guard let range = range(set) else { return SentenceParts.gap }
      // What it may be is known, if not what it is.
      return language == .zh
        ? "\(range.low)～\(range.high)" : "\(range.low) to \(range.high)"
    case .null: return SentenceParts.gap
    default: return ""
    }
  }

  private static func none(_ language: Language) -> String { language == .zh ? "无" : "none" }

  /// What an item of a list gives: its name, and the rest in brackets (`张三（注册日期 2020-01-01，负责人）`).
  private static func show(_ record: DataRecord, _ language: Language) -> String {
    var name: String?
    var rest: [String] = []
    for (field, value) in zip(record.shape.fields, record.values) {
      if case .unknown = value { continue }
      if field.isAbsence(value) { continue }
      let shown = show(value, field.shape.type, language)
      switch field.shape {
      case .text where name == nil: name = shown
      case .text, .word, .list: rest.append(shown)
      case .flag: rest.append(field.meaning[language] + (language == .zh ? "：" : ": ") + shown)
      default:
        let unit = field.unit.map { " " + (UnitWord.of($0)?.word[language] ?? $0) } ?? ""
        rest.append("\(field.meaning[language]) \(shown)\(unit)")
      }
    }
    guard let name else { return rest.joined(separator: language == .zh ? "，" : ", ") }
    if rest.isEmpty { return name }
    return language == .zh
      ? "\(name)（\(rest.joined(separator: "，"))）" : "\(name) (\(rest.joined(separator: ", ")))"
  }

  /// Whether a sentence has a gap where a value would stand.
  package static func isMissing(_ value: Value, _ type: Type) -> Bool {
    switch value {
    case .null: true
    case .unknown(let set): range(set) == nil
    case .list(let items): items.contains { isMissing($0, type) }
    default: false
    }
  }

  /// The bounds of a figure that is worked out of missing data.
  private static func range(_ set: UnknownSet) -> (low: Int, high: Int)? {
    guard set.elements.count == 1, let leaf = set.elements.first, leaf.isFigure,
      case .integers(let low, let high) = leaf.domain
    else { return nil }
    return (low, high)
  }

  /// A number as it is where it has few decimals, else rounded to four and marked so.
  package static func show(_ number: Exact) -> String {
    let exact = number.description
    if number.isInteger { return exact }
    if !exact.contains("/"),
      exact.utf8.count
        - (exact.utf8.firstIndex(of: UInt8(ascii: ".")).map {
          exact.utf8.distance(from: exact.utf8.startIndex, to: $0)
        } ?? exact.utf8.count) <= 5
    {
      return exact
    }
    let scale = Exact(10_000)
    guard let scaled = try? number.multiplied(by: scale).rounded(.halfUp),
      let rounded = try? scaled.divided(by: scale)
    else { return exact }
    return Self.rounded + rounded.description
  }

  private static func label(_ word: String, _ type: Type, _ language: Language) -> String {
    guard case .symbol(let symbol) = type else { return word }
    return symbol.label(of: word)[language]
  }
}
