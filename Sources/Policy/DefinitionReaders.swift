package import Cases
import Diagnostics
package import Reading

/// Reads what rules use by name: figures, circles, tallies, apportionments, and clauses that exempt, except or go first.
extension PolicySource {
  package static let figure = FieldReader<Figure>.record(
    RecordDescription(
      "figure", zh: "计算数", en: "a number that is worked out",
      fields: [
        ("value", "公式", "its formula"),
        ("first", "依次取第一个已知的", "formulas, the first known of which counts"),
        ("unit", "单位", "its unit"),
        ("basis", "依据的条款", "the provision that it stands on"),
        ("reconstructed", "原文公式为图片，按文意推定的把握", "how sure a formula with a lost image is"),
      ],
      demands: [RecordDemand(.exactlyOne([.has("value"), .has("first")]))])
  ) { record in
    let value = record.optional("value", .text)
    let first = record.optional("first", .list(of: .text, atLeast: 1))
    let unit = record.required("unit", .text)
    let basis = record.required("basis", .text)
    let reconstructed = record.optional("reconstructed", .text)
    let sources = value.map { [$0] } ?? first?.value
    guard let sources, value == nil || first == nil else {
      record.fault(
        record.range, zh: "应填写 `value` 或 `first` 之一", en: "expected either `value` or `first`")
      return nil
    }
    guard let unit, let basis else { return nil }
    return Figure(
      sources: sources, unit: unit.value, basis: basis, reconstructed: reconstructed?.value)
  }

  package static let circle = FieldReader<Circle>.record(
    RecordDescription(
      "circle", zh: "圆", en: "a count of institutions around an applicant",
      fields: [
        ("within", "半径：以米计的参数", "radius: a parameter in metres"),
        ("accuracy", "坐标精度：以米计的参数", "accuracy of places: a parameter in metres"),
        ("where", "计入的机构", "what counts, a condition on `neighbour`"),
        ("basis", "依据的条款", "the provision that it stands on"),
      ])
  ) { record in
    let within = record.required("within", .text)
    let accuracy = record.optional("accuracy", .text)
    let condition = record.required("where", .text)
    let basis = record.required("basis", .text)
    guard let within, let condition, let basis else { return nil }
    return Circle(within: within, accuracy: accuracy, condition: condition, basis: basis)
  }

  package static let tally = FieldReader<Tally>.record(
    RecordDescription(
      "tally", zh: "计数", en: "a count of what is designated",
      fields: [
        ("sum", "累计什么", "what is added up"),
        ("over", "按什么范围", "over what"),
        ("where", "计入的机构", "what counts, a condition on `neighbour`"),
        ("basis", "依据的条款", "the provision that it stands on"),
      ])
  ) { record in
    let sum = record.required("sum", .oneOf(TallySum.self))
    let over = record.required(
      "over", .list(of: .oneOf(TallyScope.self), atLeast: 1))
    let condition = record.required("where", .text)
    let basis = record.required("basis", .text)
    guard let sum, let over, let condition, let basis else { return nil }
    return Tally(
      sum: sum.value, over: over.value.map(\.value), condition: condition, basis: basis)
  }

  package static func allocation(_ words: Vocabularies) -> FieldReader<Allocation> {
    .record(
      RecordDescription(
        "allocation", zh: "分配", en: "a total apportioned to the districts",
        fields: [
          ("basis", "依据的条款", "the provision that it stands on"),
          ("total", "总量", "the total"),
          ("city", "全市数", "the number of the city"),
          ("weight", "权重", "the weight of a district"),
          ("of", "权重的全市数", "what the weights of the whole city come to"),
          ("shares", "分别按几种权重分配", "the ways in which the total is shared out"),
          ("least", "每区先得的数量", "what each district has first"),
          ("cap", "上限", "the most that a district gets"),
          ("published", "已公布数", "the published number"),
          ("unit", "单位", "its unit"),
          ("gives", "给出的计划数", "what of a plan it gives"),
        ],
        demands: [
          RecordDemand(.exactlyOne([.has("weight"), .has("shares")])),
          RecordDemand(when: .has("of"), .has("weight")),
        ])
    ) { record in
      let basis = record.required("basis", .text)
      let total = record.required("total", .text)
      let city = record.optional("city", .text)
      let weight = record.optional("weight", .text)
      let whole = record.optional("of", .text)
      let several = record.optional("shares", .list(of: share, atLeast: 1))
      let least = record.optional("least", .text)
      let cap = record.optional("cap", .text)
      let published = record.optional("published", .text)
      let unit = record.required("unit", .text)
      let gives = record.optional("gives", Self.gives(words))
      var shares = several?.value.map(\.value) ?? []
      if let weight { shares.append(Share(weight: weight, of: whole)) }
      if record.has("weight") == record.has("shares") || record.has("of") && !record.has("weight") {
        record.fault(
          record.range, zh: "应填写 `weight`（可附 `of`）或 `shares` 之一",
          en: "expected either `weight`, with or without `of`, or `shares`")
        return nil
      }
      guard let basis, let total, !shares.isEmpty, let unit else { return nil }
      return Allocation(
        basis: basis, total: total, city: city, shares: shares, least: least, cap: cap,
        published: published, unit: unit.value, gives: gives?.value)
    }
  }

  package static let share = FieldReader<Share>.record(
    RecordDescription(
      "share", zh: "一种分配权重", en: "one way in which a total is shared out",
      fields: [
        ("part", "占总量的比例", "how much of the total goes this way"),
        ("weight", "权重", "the weight of a district"),
        ("of", "权重的全市数", "what the weights of the whole city come to"),
        ("reconstructed", "公式系推定的，可信度", "the confidence in a formula that is lost"),
        ("name", "名称", "what the document calls it"),
      ])
  ) { record in
    let part = record.optional("part", .text)
    let weight = record.required("weight", .text)
    let whole = record.optional("of", .text)
    let reconstructed = record.optional("reconstructed", .text)
    let label = record.optional("name", bilingual)
    guard let weight else { return nil }
    return Share(
      part: part, weight: weight, of: whole, reconstructed: reconstructed?.value,
      label: label?.value)
  }

  package static func gives(
    _ words: Vocabularies
  ) -> FieldReader<(category: Category, field: Allocate.Field)> {
    .record(
      RecordDescription(
        "gives", zh: "给出的计划数", en: "what of a plan an allocation gives",
        fields: [
          ("category", "定点类别", "category of designation"),
          ("field", "字段", "field"),
        ])
    ) { record in
      let category: Located<Category>? = record.required("category", .word(of: words.category))
      let field = record.required("field", .oneOf(Allocate.Field.self))
      guard let category, let field else { return nil }
      return (category.value, field.value)
    }
  }

  package static let clause = FieldReader<Clause>.record(
    RecordDescription(
      "clause", zh: "豁免、例外或优先情形", en: "an exemption, exception or priority",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("name", "名称", "its name"),
        ("when", "条件", "when it holds"),
        answersField,
      ])
  ) { record in
    let basis = record.required("basis", .text)
    let label = record.required("name", bilingual)
    let condition = record.required("when", .text)
    let answers = answers(of: &record)
    guard let basis, let label, let condition else { return nil }
    return Clause(basis: basis, label: label.value, condition: condition, answers: answers)
  }
}
