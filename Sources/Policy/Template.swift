import Cases
package import Diagnostics
package import Expression

/// A message of a profile in both languages, with `{expression}` placeholders that are compiled when the profile loads.
package struct Template: Sendable {
  package enum Piece {
    case text(String)
    case expression(Program)
  }

  private enum Segment {
    case text(String)
    /// The number of a program.
    case expression(Int)
  }

  /// The programs of both languages, those that both have once.
  package let programs: [Program]
  private let zh: [Segment]
  private let en: [Segment]
  /// Where it is written in either language.
  package let zhRange: ByteRange
  package let enRange: ByteRange
  /// As many bytes as the message takes in either language, most of the time.
  package let room: Int

  package init(
    zh: [Piece], en: [Piece], zhRange: ByteRange = ByteRange(start: 0, end: 0),
    enRange: ByteRange = ByteRange(start: 0, end: 0)
  ) {
    self.zhRange = zhRange
    self.enRange = enRange
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
  /// What is counted, by the words that stand before its first figure (新增零售药店 of 新增零售药店将达 {measured} 家).
  package var lead: Bilingual {
    Bilingual(
      zh: Self.lead(zh, before: ["将达", "已达", "达", "共", "为"]),
      en: Self.lead(en, before: [" would come to", " come to", " are", " is"]))
  }

  private static func lead(_ segments: [Segment], before verbs: [String]) -> String {
    guard case .text(let text) = segments.first else { return "" }
    var lead = text[...]
    while lead.last == " " { lead.removeLast() }
    if let verb = verbs.first(where: lead.hasSuffix) { lead.removeLast(verb.count) }
    return String(lead)
  }

  private static func room(_ segments: [Segment]) -> Int {
    segments.reduce(0) { sum, segment in
      if case .text(let text) = segment { sum + text.utf8.count } else { sum + 16 }
    }
  }
}

/// A stretch of a template's text: what stands between braces is an expression, `{{` and `}}` are braces.
package enum TemplateText {
  package enum Piece: Equatable {
    case text(String)
    /// The offset is of the expression's first byte in the text.
    case expression(String, offset: Int)
  }

  /// The pieces of a text; nil where a brace has no partner.
  package static func pieces(_ text: String) -> [Piece]? {
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
  package var text: Bilingual { Bilingual(zh: written(zh), en: written(en)) }

  private func written(_ segments: [Segment]) -> String {
    segments.map { segment in
      switch segment {
      case .text(let text): text
      case .expression(let number): "{\(programs[number].source)}"
      }
    }.joined()
  }

  /// The message with what it names filled in: the values of its programs.
  package func rendered(_ value: (Program) -> Value) -> Rendered {
    let values = programs.map(value)
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
  package struct Rendered {
    /// Without the clauses that name what is missing; nil where what it begins with is among them.
    package var text: Bilingual?
    /// Nothing that it names is missing.
    package var isWhole: Bool
    /// The paths of what is missing, as far as it has any.
    package var missing: [String]
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
