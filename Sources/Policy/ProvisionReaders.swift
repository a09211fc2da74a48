import Cases
import Diagnostics
package import Reading

/// Reads what the document says: provisions, the numbers that stand on them, and how unclear texts are read.
extension PolicySource {
  package static let provision = FieldReader<Provision>.record(
    RecordDescription(
      "provision", zh: "条款", en: "one sentence of the document",
      fields: [
        ("at", "位置", "its place"),
        ("modality", "约束力", "its force"),
        ("quote", "原文", "verbatim quote"),
        ("reading", "读法", "how it is read"),
        ("note", "为何不能由机器判断", "why no machine decides it"),
        answersField,
      ])
  ) { record in
    let at = record.required("at", .text)
    let modality = record.required("modality", .oneOf(Modality.self))
    let quotes = record.required("quote", .oneOrMore(.text))
    let reading = record.optional("reading", bilingual)
    let note = record.optional("note", bilingual)
    let answers = answers(of: &record)
    guard let at, let modality, let quotes else { return nil }
    return Provision(
      at: at, modality: modality, quotes: quotes.value, reading: reading?.value, note: note?.value,
      answers: answers)
  }

  package static let parameter = FieldReader<Parameter>.record(
    RecordDescription(
      "parameter", zh: "参数", en: "a number that decides something",
      fields: [
        ("value", "数值", "its value"),
        ("unit", "单位", "its unit"),
        ("basis", "依据的条款", "the provision that it stands on"),
        ("alternatives", "其他取值", "alternatives"),
        ("reading", "读法", "how it is read"),
        answersField,
      ])
  ) { record in
    let value = record.required("value", .exact())
    let unit = record.required("unit", .text)
    let basis = record.required("basis", .text)
    let alternatives = record.optional("alternatives", .list(of: .exact()))
    let reading = record.optional("reading", bilingual)
    let answers = answers(of: &record)
    guard let value, let unit, let basis else { return nil }
    return Parameter(
      value: value, unit: unit.value, basis: basis, alternatives: alternatives?.value ?? [],
      reading: reading?.value, answers: answers)
  }

  static let readingSwitch = FieldReader<ReadingSwitch>.record(
    RecordDescription(
      "reading", zh: "读法开关", en: "a reading of an unclear text",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("value", "所取读法", "the reading taken"),
        ("alternatives", "其他读法", "the other readings"),
        ("zh", "中文说明", "what it means, in Chinese"),
        ("en", "英文说明", "what it means, in English"),
        ("words", "各读法的说法，按取值", "what its values are called, by value"),
      ],
      beyond: [
        Bilingual(zh: "`words` 中的名称均为所取或其他读法", en: "every name in `words` is one of the values")
      ])
  ) { record in
    reading(&record)
  }

  /// What holds of a category of which no rule that could refuse speaks.
  package static let silence = FieldReader<Silence>.record(
    RecordDescription(
      "silent", zh: "条文未涉及的类别", en: "categories of which no rule that could refuse speaks",
      fields: [
        ("outcome", "如何处理：review 人工裁量，admissible 可以纳入", "review or admissible"),
        ("basis", "依据的条款", "the provision that it stands on"),
        ("reading", "理由", "why"),
      ])
  ) { record in
    let outcome = record.required("outcome", .oneOf(SilentOutcome.self))
    let basis = record.required("basis", .text)
    let reading = record.required("reading", bilingual)
    guard let outcome, let basis, let reading else { return nil }
    return Silence(isReview: outcome.value == .review, basis: basis, reading: reading.value)
  }

  private enum SilentOutcome: String, CaseIterable { case review, admissible }

  /// Whether a newcomer may take the place of an institution that leaves: a reading of one of two values.
  package static let replacements = FieldReader<ReadingSwitch>.record(
    RecordDescription(
      "replacements", zh: "是否认可接替退出机构", en: "whether a replacement is recognised",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("value", "所取读法：recognised 认可，not_recognised 不认可", "recognised or not_recognised"),
        ("alternatives", "其他读法", "the other reading"),
        ("zh", "中文说明", "what it means, in Chinese"),
        ("en", "英文说明", "what it means, in English"),
        ("words", "各读法的说法，按取值", "what its values are called, by value"),
      ],
      beyond: [
        Bilingual(
          zh: "所取和其他读法均为 `recognised` 或 `not_recognised`",
          en: "its values are `recognised` and `not_recognised`")
      ])
  ) { record in
    let node = record.range
    guard let found = reading(&record) else { return nil }
    let known = [Policy.recognized, Policy.notRecognized]
    for value in [found.value] + found.alternatives where !known.contains(value) {
      record.fault(
        node, zh: "应为 `recognised` 或 `not_recognised`，实际为 `\(value)`",
        en: "expected `recognised` or `not_recognised`, found `\(value)`")
    }
    return found
  }

  private static func reading(_ record: inout Record) -> ReadingSwitch? {
    let basis = record.required("basis", .text)
    let value = record.required("value", .text)
    let alternatives = record.required("alternatives", .list(of: .text, atLeast: 1))
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    let words = record.optional("words", .map(keys: .text, of: bilingual))
    guard let basis, let value, let alternatives, let zh, let en else { return nil }
    let values = [value.value] + alternatives.value.map(\.value)
    for word in words?.value ?? [] where !values.contains(word.key.value) {
      let nearest = NearestName.of(word.key.value, among: values)
      record.fault(
        word.key.range,
        zh: "应为所取或其他读法之一（\(values.joined(separator: "、"))），实际为 `\(word.key.value)`",
        en:
          "expected one of the values (\(values.joined(separator: ", "))), found `\(word.key.value)`",
        meant: nearest.map { Meant($0) })
    }
    return ReadingSwitch(
      basis: basis, value: value.value, alternatives: alternatives.value.map(\.value),
      explanation: Bilingual(zh: zh.value, en: en.value),
      words: words?.value.map { ($0.key.value, $0.value.value) } ?? [])
  }
}
