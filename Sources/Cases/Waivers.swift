package import Diagnostics
package import Reading

/// One recorded waiver, with its places for faults.
package struct RecordedWaiver: Sendable {
  package var application: Located<String>
  package var rule: Located<String>
  package var waiver: Waiver
  package var expires: Located<CalendarDay>
}

/// A waivers file: decisions of an authority that answer in-principle failures, and what persons decided where the text leaves
/// something to them.
package struct Waivers: Sendable {
  package var file: SourceFile
  package var entries: [RecordedWaiver]
  package var rulings: [RecordedRuling]

  package init(reading file: SourceFile) throws(Faults) {
    try self.init(try Document.read(file, format: DocumentFormat(of: file)), file: file)
  }

  package init(_ node: Node, file: SourceFile) throws(Faults) {
    self.file = file
    var context = FieldContext(file)
    (entries, rulings) = Self.reader.read(node, &context) ?? ([], [])
    try context.faults.check()
  }

  package static let reader = FieldReader<(waivers: [RecordedWaiver], rulings: [RecordedRuling])>
    .record(
      RecordDescription(
        "waivers", zh: "批准例外和裁量决定", en: "recorded waivers and rulings",
        fields: [
          ("planlint", "文件格式", "format of the file"), ("waivers", "批准例外列表", "the waivers"),
          ("rulings", "裁量决定列表", "the rulings"),
        ], demands: [RecordDemand(.any([.has("waivers"), .has("rulings")]))])
    ) { record in
      _ = record.optional("planlint", .format("waivers/1"))
      let waivers = record.optional("waivers", .list(of: entry))
      let rulings = record.optional("rulings", .list(of: RecordedRuling.reader))
      if waivers == nil, rulings == nil {
        record.fault(
          record.range, zh: "应有 `waivers`（批准例外）或 `rulings`（裁量决定）",
          en: "expected `waivers` or `rulings`")
      }
      return (waivers?.value.map(\.value) ?? [], rulings?.value.map(\.value) ?? [])
    }

  private static let entry = FieldReader<RecordedWaiver>.record(
    RecordDescription(
      "waiver", zh: "一项批准例外", en: "one waiver",
      fields: [
        ("application", "申请编号", "id of the application"), ("rule", "规则编号", "id of the rule"),
        ("authority", "批准机关", "the authority"), ("document", "批准文号", "its document"),
        ("reason", "批准理由", "the reason"), ("expires", "有效期至", "the last day on which it holds"),
      ],
      beyond: [
        Bilingual(
          zh: "申请须在本批次中，规则须为原则性规定，在决定日期仍有效，同一申请和规则只列一次",
          en:
            "the application is of the batch, the rule is one in principle, it is in force on the day of decision, and no pair occurs twice"
        )
      ])
  ) { record in
    let application = record.required("application", .text)
    let rule = record.required("rule", .text)
    let authority = record.required("authority", .text)
    let document = record.required("document", .text)
    let reason = record.required("reason", .text)
    let expires = record.required("expires", .day)
    guard let application, let rule, let authority, let document, let reason, let expires else {
      return nil
    }
    return RecordedWaiver(
      application: application, rule: rule,
      waiver: Waiver(
        authority: authority.value, document: document.value, reason: reason.value,
        expires: expires.value.description), expires: expires)
  }
}
