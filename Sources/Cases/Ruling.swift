package import Diagnostics
package import Reading

/// One recorded ruling, with its places for faults.
package struct RecordedRuling: Sendable {
  package var application: Located<String>
  package var rule: Located<String>
  /// The category that it speaks of; nil where the rule is decided once for the application.
  package var category: Located<String>?
  package var decided: Located<CalendarDay>
  package var ruling: Ruling

  package static let reader = FieldReader<RecordedRuling>.record(
    RecordDescription(
      "ruling", zh: "一项裁量决定", en: "one ruling",
      fields: [
        ("application", "申请编号", "id of the application"), ("rule", "规则编号", "id of the rule"),
        (
          "category", "所裁量的申请类别，申请有几个类别时填写",
          "the category that it speaks of, where the application has several"
        ), ("outcome", "裁量结果", "what was decided"),
        ("authority", "裁量机关", "the authority"), ("document", "文号", "its document"),
        ("reason", "理由", "the ground"), ("decided", "决定日期", "the day on which it was decided"),
      ],
      beyond: [
        Bilingual(
          zh: "申请须在本批次中，规则的结果须为需人工裁量且不只取决于尚未定论的其他申请，不早于申请日期，同一事项只列一次",
          en:
            "the application is of the batch, the rule comes to `review` and not for undecided rivals alone, the day is not before that of submission, and nothing is ruled on twice"
        )
      ])
  ) { record in
    let application = record.required("application", .text)
    let rule = record.required("rule", .text)
    let category = record.optional("category", .text)
    let outcome = record.required("outcome", outcome)
    let authority = record.required("authority", .text)
    let document = record.required("document", .text)
    let reason = record.required("reason", .text)
    let decided = record.required("decided", .day)
    guard let application, let rule, let outcome, let authority, let document, let reason,
      let decided
    else { return nil }
    return RecordedRuling(
      application: application, rule: rule, category: category, decided: decided,
      ruling: Ruling(
        outcome: outcome.value, authority: authority.value, document: document.value,
        reason: reason.value, decided: decided.value.description))
  }

  private static let outcome = FieldReader<Outcome> { node, context in
    let words = [Outcome.pass, .fail]
    if context.describes(.word(words.map { .init($0.rawValue, $0.word) })) { return nil }
    guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
    guard let outcome = words.first(where: { $0.rawValue == text }) else {
      context.fault(
        node.range,
        zh: "裁量决定的结果应为 `pass`（符合）或 `fail`（不符合），实际为 \(Quoting.code(text))",
        en: "expected a ruling to be `pass` or `fail`, found \(Quoting.code(text))")
      return nil
    }
    return outcome
  }
}

/// The rulings of a batch, found by what they answer.
package struct RulingIndex: Sendable {
  private struct Key: Hashable {
    var application: String
    var rule: String
  }

  private let entries: [Key: [(category: Category?, ruling: Ruling)]]

  /// A category that the vocabulary does not have answers nothing, which is a fault of its own.
  package init(_ entries: [RecordedRuling], _ categories: VocabularyTable) {
    var known: [Key: [(category: Category?, ruling: Ruling)]] = [:]
    for entry in entries {
      var category: Category?
      if let name = entry.category?.value {
        guard let index = categories.index(meaning: name) else { continue }
        category = Category(rawValue: UInt8(index))
      }
      let key = Key(application: entry.application.value, rule: entry.rule.value)
      known[key, default: []].append((category, entry.ruling))
    }
    self.entries = known
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The ruling on a rule for an application; `category` is nil where the rule is decided once for it.
  package func ruling(application: String, rule: String, category: Category?) -> Ruling? {
    entries[Key(application: application, rule: rule)]?.first { entry in
      entry.category == nil || category == nil || entry.category == category
    }?.ruling
  }
}
