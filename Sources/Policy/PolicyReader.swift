package import Cases
package import Diagnostics
package import Reading

/// Reads a profile as it is written: its head and what its parts have in common.
extension PolicySource {
  package static func reader(_ words: Vocabularies) -> FieldReader<PolicySource> {
    .record(
      RecordDescription(
        "policy", zh: "政策档案", en: "a plan document made checkable",
        fields: [
          ("planlint", "文件格式", "format of the file"),
          ("id", "编号", "its id"),
          ("in_force", "起止日期", "its span"),
          ("document", "规划文件", "the document"),
          ("provisions", "条款，按编号", "provisions by id"),
          ("parameters", "参数，按名称", "parameters by name"),
          ("readings", "读法开关，按名称", "readings by name"),
          ("figures", "计算数，按名称", "figures by name"),
          ("conditions", "条件，按名称", "conditions by name"),
          ("circles", "圆，按名称", "circles by name"),
          ("tallies", "计数，按名称", "tallies by name"),
          ("allocations", "分配，按名称", "allocations by name"),
          ("exemptions", "豁免，按名称", "exemptions by name"),
          ("exceptions", "例外，按名称", "exceptions by name"),
          ("priorities", "优先情形，按次序", "priorities in their order"),
          ("implies", "申请即含的类别", "categories that are asked for with others"),
          ("replacements", "是否认可接替退出机构", "whether the place of a leaving institution can be taken"),
          ("silent", "条文未涉及的类别", "categories that no rule speaks of"),
          ("merit", "择优次序", "the order of merit"),
          ("rules", "规则", "the rules"),
        ],
        beyond: [
          Bilingual(
            zh: "表达式能够编译，所用名称均有定义，名称不重复，定义不循环",
            en:
              "expressions compile, every name they use is defined, no name is taken twice, no definition rests on itself"
          )
        ])
    ) { record in
      _ = record.required("planlint", .format("policy/1"))
      let id = record.required("id", .text)
      let span = record.required("in_force", span)
      let document = record.required("document", document)
      func named<Value>(
        _ key: String, _ reader: FieldReader<Value>, keys: FieldReader<String> = .identifier
      ) -> [Named<Value>] {
        record.optional(key, .map(keys: keys, of: reader))?.value ?? []
      }
      let provisions = named("provisions", provision, keys: .text)
      let parameters = named("parameters", parameter)
      let readings = named("readings", readingSwitch, keys: .text)
      let figures = named("figures", figure)
      let conditions = named("conditions", FieldReader<String>.text)
      let circles = named("circles", circle)
      let tallies = named("tallies", tally)
      let allocations = named("allocations", allocation(words))
      let exemptions = named("exemptions", clause, keys: .text)
      let exceptions = named("exceptions", clause, keys: .text)
      let priorities = named("priorities", clause, keys: .text)
      let implications = record.optional("implies", .list(of: implication(words)))
      let replacements = record.optional("replacements", replacements)
      let silent = record.optional("silent", silence)
      let merit = record.required("merit", .list(of: merit, atLeast: 1))
      let rules = record.required("rules", .list(of: rule(words), atLeast: 1))
      // Where one of them is at fault the rest is looked at all the same; nothing of it is used.
      let someDay = CalendarDay(year: 1970, month: 1, day: 1)
      guard let from = span?.value.0 ?? someDay, let to = span?.value.1 ?? someDay else {
        return nil
      }
      return PolicySource(
        id: id?.value ?? "", from: from, to: to,
        document: document?.value ?? Policy.Document(title: "", isDraft: true, sha256: ""),
        provisions: provisions, parameters: parameters, readings: readings, figures: figures,
        conditions: conditions, circles: circles, tallies: tallies, allocations: allocations,
        exemptions: exemptions, exceptions: exceptions,
        priorities: priorities, implications: implications?.value.map(\.value) ?? [],
        replacements: replacements, silence: silent?.value,
        merit: merit?.value.map(\.value) ?? [], rules: rules?.value.map(\.value) ?? [])
    }
  }

  package static let span = FieldReader<(CalendarDay, CalendarDay)>.record(
    RecordDescription(
      "span", zh: "起止日期", en: "a span of days",
      fields: [
        ("from", "起始日期", "first day"),
        ("to", "终止日期", "last day"),
      ],
      beyond: [Bilingual(zh: "终止日期不早于起始日期", en: "the last day is not before the first")])
  ) { record in
    let from = record.required("from", .day)
    let to = record.required("to", .day)
    guard let from, let to else { return nil }
    if to.value < from.value {
      record.fault(
        to.range, zh: "终止日期早于起始日期 \(from.value)", en: "expected a day from \(from.value) on")
    }
    return (from.value, to.value)
  }

  package static let document = FieldReader<Policy.Document>.record(
    RecordDescription(
      "document", zh: "规划文件", en: "the plan document",
      fields: [
        ("title", "文件名称", "its title"),
        ("status", "状态", "whether it is a draft"),
        ("sha256", "文本摘要", "digest of its text"),
        (
          "parts", "各部分的名称，按条款位置前的字母",
          "what its parts are called, by the letters before places in them"
        ),
      ])
  ) { record in
    let title = record.required("title", .text)
    let status = record.required("status", .oneOf(["draft", "in_force"]))
    let digest = record.required("sha256", digest)
    let parts = record.optional("parts", .map(keys: .text, of: .text))
    guard let title, let status, let digest else { return nil }
    return Policy.Document(
      title: title.value, isDraft: status.value == "draft", sha256: digest.value,
      parts: parts?.value.map { (letters: $0.key.value, name: $0.value.value) } ?? [])
  }

  package static let digest = FieldReader<String> { node, context in
    if context.describes(.text(pattern: "^.{64}$")) { return nil }
    guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
    if text.utf8.count == 64 { return text }
    context.fault(
      node.range, zh: "应为 64 位十六进制摘要", en: "expected a digest of 64 hexadecimal digits")
    return nil
  }

  package static let bilingual = FieldReader<Bilingual>.record(
    RecordDescription(
      "bilingual", zh: "中英文说明", en: "a text in both languages",
      fields: [
        ("zh", "中文", "Chinese"),
        ("en", "英文", "English"),
      ])
  ) { record in
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    guard let zh, let en else { return nil }
    return Bilingual(zh: zh.value, en: en.value)
  }

  package static let message = FieldReader<Message>.record(
    RecordDescription(
      "message", zh: "中英文用语，可含 {表达式}", en: "a message in both languages, with {expressions}",
      fields: [
        ("zh", "中文", "Chinese"),
        ("en", "英文", "English"),
      ])
  ) { record in
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    guard let zh, let en else { return nil }
    return Message(zh: zh, en: en)
  }

  package static func implication(_ words: Vocabularies) -> FieldReader<Implication> {
    .record(
      RecordDescription(
        "implication", zh: "申请即含的类别", en: "a category that is asked for with others",
        fields: [
          ("category", "所含类别", "the category"),
          ("by", "申请何种类别即含", "the categories that it is asked for with"),
          ("basis", "依据的条款", "the provision that it stands on"),
        ])
    ) { record in
      let category: Located<Category>? = record.required("category", .word(of: words.category))
      let by: Located<WordSet<Category>>? = record.required(
        "by", .words(of: words.category, atLeast: 1))
      let basis = record.required("basis", .text)
      guard let category, let by, let basis else { return nil }
      return Implication(category: category.value, by: by.value, basis: basis)
    }
  }

  private enum MissingScore: String, CaseIterable { case last }

  package static let merit = FieldReader<Merit>.record(
    RecordDescription(
      "merit", zh: "择优次序的一步", en: "one step of the order of merit",
      fields: [
        ("by", "按什么", "by what"),
        ("basis", "依据的条款", "the provisions that it stands on"),
        ("missing", "无得分者如何排列", "where those without a score stand"),
      ],
      beyond: [
        Bilingual(
          zh: "`missing: last` 只用于 `by: score`，并注明依据的条款",
          en: "`missing: last` stands with `by: score` alone, and with its provision")
      ])
  ) { record in
    let key = record.required("by", .oneOf(Policy.MeritStep.Key.self))
    let basis = record.optional("basis", .oneOrMore(.text))
    let missing = record.optional("missing", .oneOf(MissingScore.self))
    guard let key else { return nil }
    if let missing, key.value != .score {
      record.fault(
        missing.range, zh: "`missing` 只用于 `by: score`，其他步骤没有缺项可言",
        en: "`missing` stands with `by: score` alone; no other step can be without a value")
    } else if let missing, basis == nil {
      record.fault(
        missing.range, zh: "`missing: last` 须以 `basis` 注明依据的条款；条文未规定的，无得分者的名次待定",
        en:
          "`missing: last` needs the provision that says so in `basis`; where the document does not, the rank of who has no score is open"
      )
    }
    return Merit(key: key.value, basis: basis?.value ?? [], missingIsLast: missing != nil)
  }
}

extension FieldReader {
  /// One value, or a list of them.
  package static func oneOrMore<Item>(_ item: FieldReader<Item>) -> FieldReader<[Located<Item>]>
  where Value == [Located<Item>] {
    FieldReader { node, context in
      if context.describes(.either([item.schema, .list(item.schema, atLeast: 1)])) { return nil }
      if node.items != nil {
        return FieldReader.list(of: item, atLeast: 1).read(node, &context)
      }
      return item.read(node, &context).map { [Located($0, node.range)] }
    }
  }
}
