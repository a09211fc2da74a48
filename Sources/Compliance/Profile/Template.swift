import Diagnostics
import Expression

/// A message of a profile in both languages, with `{expression}` placeholders that are compiled when the profile loads.
package struct Template: Sendable {
  enum Piece {
    case text(String)
    case expression(Program)
  }

  private enum Segment {
    case text(String)
    /// The number of a program.
    case expression(Int)
  }

  /// The programs of both languages, those that both have once.
  let programs: [Program]
  private let zh: [Segment]
  private let en: [Segment]
  /// As many bytes as the message takes in either language, most of the time.
  let room: Int

  init(zh: [Piece], en: [Piece]) {
    var programs: [Program] = []
    func segments(_ pieces: [Piece]) -> [Segment] {
      pieces.map { piece in
        switch piece {
        case .text(let text): return .text(text)
        case .expression(let program):
          if let known = programs.firstIndex(where: { $0.source == program.source }) {
            return .expression(known)
          }
          programs.append(program)
          return .expression(programs.count - 1)
        }
      }
    }
    self.zh = segments(zh)
    self.en = segments(en)
    room = max(Self.room(self.zh), Self.room(self.en))
    self.programs = programs
  }
}

extension Template {
  private static func room(_ segments: [Segment]) -> Int {
    segments.reduce(0) { sum, segment in
      if case .text(let text) = segment { sum + text.utf8.count } else { sum + 16 }
    }
  }
}

/// A stretch of a template's text: what stands between braces is an expression, `{{` and `}}` are braces.
enum TemplateText {
  enum Piece: Equatable {
    case text(String)
    /// The offset is of the expression's first byte in the text.
    case expression(String, offset: Int)
  }

  /// The pieces of a text; nil where a brace has no partner.
  static func pieces(_ text: String) -> [Piece]? {
    let bytes = Array(text.utf8)
    let open = UInt8(ascii: "{")
    let close = UInt8(ascii: "}")
    var pieces: [Piece] = []
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if (byte == open || byte == close), next == byte {
        plain.append(byte)
        index += 2
      } else if byte == open {
        guard let end = bytes[index...].firstIndex(of: close) else { return nil }
        if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
        pieces.append(
          .expression(String(decoding: bytes[(index + 1)..<end], as: UTF8.self), offset: index + 1))
        index = end + 1
      } else if byte == close {
        return nil
      } else {
        plain.append(byte)
        index += 1
      }
    }
    if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
    return pieces
  }
}

extension Template {
  /// As it is written, placeholders included.
  var text: Bilingual { Bilingual(zh: written(zh), en: written(en)) }

  private func written(_ segments: [Segment]) -> String {
    segments.map { segment in
      switch segment {
      case .text(let text): text
      case .expression(let number): "{\(programs[number].source)}"
      }
    }.joined()
  }

  /// The message with what it names filled in.
  func rendered(_ context: EvaluationContext) -> Rendered {
    let values = programs.map { (try? context.evaluate($0)) ?? .null }
    var zh = ""
    var en = ""
    zh.reserveCapacity(room)
    en.reserveCapacity(room)
    render(self.zh, .zh, values, to: &zh)
    render(self.en, .en, values, to: &en)
    guard zip(values, programs).contains(where: { Words.isMissing($0, $1.type) }) else {
      return Rendered(text: Bilingual(zh: zh, en: en), isWhole: true, missing: [])
    }
    var missing: [String] = []
    for case .unknown(let set) in values {
      for path in set.elements.filter({ !$0.isCount }).flatMap(\.paths)
      where !missing.contains(path) {
        missing.append(path)
      }
    }
    var text: Bilingual?
    if let zh = SentenceParts.known(zh, in: .zh), let en = SentenceParts.known(en, in: .en) {
      text = Bilingual(zh: zh, en: en)
    }
    return Rendered(text: text, isWhole: false, missing: missing)
  }

  /// A message with its values, as far as they are known.
  struct Rendered {
    /// Without the clauses that name what is missing; nil where what it begins with is among them.
    var text: Bilingual?
    /// Nothing that it names is missing.
    var isWhole: Bool
    /// The paths of what is missing, as far as it has any.
    var missing: [String]
  }

  private func render(
    _ segments: [Segment], _ language: Language, _ values: [Value], to text: inout String
  ) {
    for segment in segments {
      switch segment {
      case .text(let plain): text += plain
      case .expression(let number):
        let shown = Words.show(values[number], programs[number].type, language)
        // What is rounded does not equal what stands before it.
        if shown.utf8.first == Words.rounded.utf8.first, shown.hasPrefix(Words.rounded),
          text.hasSuffix("= ")
        {
          text.removeLast(2)
          text += Words.rounded + " " + shown.dropFirst(Words.rounded.count)
        } else {
          text += shown
        }
      }
    }
  }
}

/// How values read in a sentence.
enum Words {
  /// Before a number that is not exact.
  static let rounded = "≈"

  static func show(_ value: Value, _ type: Type, _ language: Language) -> String {
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
  static func isMissing(_ value: Value, _ type: Type) -> Bool {
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
  static func show(_ number: Exact) -> String {
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
