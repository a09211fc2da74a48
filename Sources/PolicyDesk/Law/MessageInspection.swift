import Diagnostics
import Expression
package import Policy

/// What the messages of a profile say in either language: the same figures and numbers, each in its own language, and nothing
/// that binds where the sentence binds in principle.
package struct MessageInspection {
  private let policy: Policy

  package init(_ policy: Policy) { self.policy = policy }

  package var findings: [AskedFinding] {
    var findings: [AskedFinding] = []
    for rule in policy.rules {
      for message in rule.messages {
        findings += [placeholders(message, rule), numbers(message, rule)].compactMap(\.self)
        if rule.modality == .inPrinciple { findings += binding(message, rule) }
        findings += swapped(
          Self.plain(message.text), rule.range, at: message.zhRange, name: rule.id)
      }
    }
    return findings + texts + names
  }

  // MARK: Placeholders and numbers

  private func placeholders(_ message: Template, _ rule: Rule) -> AskedFinding? {
    let text = message.text
    let (zh, en) = (Self.expressions(text.zh), Self.expressions(text.en))
    guard zh != en else { return nil }
    let zhOnly = zh.subtracting(en).sorted().map { "`{\($0)}`" }.joined(separator: "、")
    let enOnly = en.subtracting(zh).sorted().map { "`{\($0)}`" }.joined(separator: "、")
    return AskedFinding(
      .placeholdersDiffer, of: rule.range, in: policy, at: message.zhRange,
      zh: "中英文用语的占位符不同："
        + [zhOnly.isEmpty ? nil : "只有中文有 \(zhOnly)", enOnly.isEmpty ? nil : "只有英文有 \(enOnly)"]
        .compactMap(\.self).joined(separator: "，"),
      en: "the two languages of the message have other placeholders: "
        + [
          zhOnly.isEmpty ? nil : "\(zhOnly) in Chinese alone",
          enOnly.isEmpty ? nil : "\(enOnly) in English alone",
        ].compactMap(\.self).joined(separator: ", "))
  }

  /// The expressions between braces, without the literals that each language words for itself.
  private static func expressions(_ text: String) -> Set<String> {
    Set(
      (TemplateText.pieces(text) ?? []).compactMap { piece in
        guard case .expression(let source, _) = piece else { return nil }
        var isQuoted = false
        return String(
          source.filter { character in
            if character == "'" {
              isQuoted.toggle()
              return true
            }
            return !isQuoted && !character.isWhitespace
          })
      })
  }

  private func numbers(_ message: Template, _ rule: Rule) -> AskedFinding? {
    let text = Self.plain(message.text)
    let (zh, en) = (StatedNumbers(text.zh), StatedNumbers(text.en))
    // What is in proportion in one language may be told otherwise in the other; what is in both is the same.
    let areBoth = !zh.ratios.isEmpty && !en.ratios.isEmpty
    func only(_ one: StatedNumbers, beside other: StatedNumbers) -> [String] {
      let ratios = areBoth ? one.ratios.subtracting(other.ratios) : []
      return one.digits.subtracting(other.all).sorted().map(\.description)
        + ratios.map { $0.map(\.description).joined(separator: ":") }.sorted()
    }
    let (zhOnly, enOnly) = (only(zh, beside: en), only(en, beside: zh))
    guard !zhOnly.isEmpty || !enOnly.isEmpty else { return nil }
    return AskedFinding(
      .numbersDiffer, of: rule.range, in: policy,
      at: zhOnly.isEmpty ? message.enRange : message.zhRange,
      zh: "中英文用语中的数字不同："
        + [
          zhOnly.isEmpty ? nil : "只有中文有 \(zhOnly.joined(separator: "、"))",
          enOnly.isEmpty ? nil : "只有英文有 \(enOnly.joined(separator: "、"))",
        ].compactMap(\.self).joined(separator: "，"),
      en: "the two languages of the message have other numbers: "
        + [
          zhOnly.isEmpty ? nil : "\(zhOnly.joined(separator: ", ")) in Chinese alone",
          enOnly.isEmpty ? nil : "\(enOnly.joined(separator: ", ")) in English alone",
        ].compactMap(\.self).joined(separator: ", "))
  }

  // MARK: Words that bind

  private static let binding = ["必须", "不得", "一律", "严禁", "禁止", "务必"]
  private static let bindingEnglish: Set<String> = ["must", "shall"]

  private func binding(_ message: Template, _ rule: Rule) -> [AskedFinding] {
    let text = Self.plain(message.text)
    var findings: [AskedFinding] = []
    func add(_ word: String, _ range: ByteRange) {
      findings.append(
        AskedFinding(
          .bindingWords, of: rule.range, in: policy, at: range,
          zh: "规则 `\(rule.id)` 所依据的条款是“原则上”，用语不应写 `\(word)`",
          en: "the rule `\(rule.id)` holds in principle; expected its message without `\(word)`"))
    }
    if let word = Self.binding.first(where: { text.zh.contains($0) }) { add(word, message.zhRange) }
    let english = text.en.lowercased().split { !$0.isLetter }.map(String.init)
    if let word = english.first(where: Self.bindingEnglish.contains) {
      add(word, message.enRange)
    }
    return findings
  }

  // MARK: Languages

  /// Everything written in both languages beside messages.
  private var texts: [AskedFinding] {
    var findings: [AskedFinding] = []
    for provision in policy.provisions {
      for text in [provision.reading, provision.note].compactMap(\.self)
        + provision.answers.map(\.text)
      {
        findings += swapped(text, provision.range, name: provision.id)
      }
    }
    for parameter in policy.parameters {
      for text in [parameter.reading].compactMap(\.self) + parameter.answers.map(\.text) {
        findings += swapped(text, parameter.range, name: parameter.name)
      }
    }
    for reading in policy.readings {
      findings += swapped(reading.explanation, reading.range, name: reading.name)
    }
    for clause in policy.exemptions + policy.exceptions + policy.priorities {
      findings += swapped(clause.label, clause.range, name: clause.id)
    }
    return findings
  }

  private func swapped(
    _ text: Bilingual, _ item: ByteRange, at range: ByteRange? = nil, name: String
  ) -> [AskedFinding] {
    let (zh, en) = (Self.letters(text.zh), Self.letters(text.en))
    let hasNoChinese = zh.chinese == 0 && zh.latin > 3
    let hasNoEnglish = en.chinese > en.latin
    guard hasNoChinese || hasNoEnglish else { return [] }
    return [
      AskedFinding(
        .languagesSwapped, of: item, in: policy, at: range,
        zh: "`\(name)` 的"
          + (hasNoChinese && hasNoEnglish
            ? "中英文写反了" : hasNoChinese ? "中文（`zh`）中没有汉字" : "英文（`en`）是汉字"),
        en: hasNoChinese && hasNoEnglish
          ? "the Chinese and the English of `\(name)` are swapped"
          : hasNoChinese
            ? "expected Chinese under `zh` of `\(name)`, found none"
            : "expected English under `en` of `\(name)`, found Chinese")
    ]
  }

  private static func letters(_ text: String) -> (chinese: Int, latin: Int) {
    var (chinese, latin) = (0, 0)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3400...0x9FFF: chinese += 1
      case 0x41...0x5A, 0x61...0x7A: latin += 1
      default: break
      }
    }
    return (chinese, latin)
  }

  /// A message without what stands between braces.
  private static func plain(_ text: Bilingual) -> Bilingual {
    func plain(_ text: String) -> String {
      (TemplateText.pieces(text) ?? []).map { piece in
        if case .text(let text) = piece { text } else { " " }
      }.joined()
    }
    return Bilingual(zh: plain(text.zh), en: plain(text.en))
  }

  // MARK: Names

  /// A readable name tells a rule from the others of its profile.
  private var names: [AskedFinding] {
    var seen: [String: String] = [:]
    return policy.rules.compactMap { rule in
      guard let first = seen[rule.name] else {
        seen[rule.name] = rule.id
        return nil
      }
      return AskedFinding(
        .nameRepeated, of: rule.range, in: policy,
        zh: "规则 `\(rule.id)` 的名称 `\(rule.name)` 与 `\(first)` 的相同",
        en: "the rule `\(rule.id)` has the name `\(rule.name)`, which `\(first)` has already")
    }
  }
}
