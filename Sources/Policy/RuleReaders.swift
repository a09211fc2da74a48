package import Cases
import Diagnostics
package import Reading

/// Reads rules: whom they speak of, and what they demand, limit or space.
extension PolicySource {
  package static func rule(_ words: Vocabularies) -> FieldReader<Rule> {
    .record(
      RecordDescription(
        "rule", zh: "规则", en: "one rule",
        fields: [
          ("id", "编号", "its id"),
          ("name", "名称", "its readable name"),
          ("subject", "对象", "what it speaks of"),
          (
            "basis", "依据的条款，起决定作用的在前；缺省为同名条款",
            "the provisions that it stands on, the deciding one first; absent: the one of its id"
          ),
          ("categories", "所涉定点类别", "the categories that it speaks of"),
          ("for", "适用条件", "when it applies"),
          ("require", "要求", "what it requires"),
          ("limit", "名额", "a limit of places"),
          ("limits", "名额，分项", "a limit in parts"),
          ("spacing", "间距", "places in a circle"),
          ("exempt", "豁免", "exemptions"),
          ("except", "例外", "exceptions"),
          ("notes", "提示", "notes beside the rule"),
          ("message", "结果用语", "its message"),
          ("arithmetic", "计算过程", "its arithmetic"),
          ("remedy", "可采取的办法", "what would cure it"),
          ("points_at", "结果所指字段", "the field that a finding points at"),
          answersField,
        ],
        demands: [
          RecordDemand(.exactlyOne(["require", "limit", "limits", "spacing"].map { .has($0) }))
        ],
        beyond: [Bilingual(zh: "计划规则只能是 `require`", en: "a rule about plans is a `require`")])
    ) { record in
      let id = record.required("id", .text)
      let name = record.required("name", .text)
      let subject = record.required("subject", .oneOf(RuleSubject.self))
      let basis = record.optional("basis", .oneOrMore(.text))
      let categories: Located<WordSet<Category>>? = record.optional(
        "categories", .words(of: words.category, atLeast: 1))
      let applies = record.optional("for", .text)
      let require = record.optional("require", demand)
      let limit = record.optional("limit", limitPart)
      let limits = record.optional("limits", .list(of: limitPart, atLeast: 1))
      let spacing = record.optional("spacing", spacing)
      let exemptions = record.optional("exempt", .list(of: .text))
      let exceptions = record.optional("except", .list(of: .text))
      let notes = record.optional("notes", .list(of: note))
      let message = record.required("message", message)
      let arithmetic = record.optional("arithmetic", Self.message)
      let remedy = record.optional("remedy", Self.message)
      let pointsAt = record.optional("points_at", .text)
      let answers = Self.answers(of: &record)
      var kinds: [Kind] = []
      if let require { kinds.append(.require(require.value)) }
      if let limit { kinds.append(.limit([limit.value])) }
      if let limits { kinds.append(.limit(limits.value.map(\.value))) }
      if let spacing { kinds.append(.spacing(spacing.value)) }
      guard let id, let name, let subject, let message else { return nil }
      guard let kind = kinds.first, kinds.count == 1 else {
        let isFaulty =
          record.has("require") || record.has("limit") || record.has("limits")
          || record.has("spacing")
        if kinds.count > 1 || !isFaulty {
          record.fault(
            id.range, zh: "规则 `\(id.value)` 应有 `require`、`limit`、`limits`、`spacing` 之一",
            en: "rule `\(id.value)`: expected one of `require`, `limit`, `limits` and `spacing`")
        }
        return nil
      }
      return Rule(
        id: id, name: name.value, subject: subject.value, basis: basis?.value ?? [id],
        categories: categories?.value, applies: applies, kind: kind,
        exemptions: exemptions?.value ?? [], exceptions: exceptions?.value ?? [],
        notes: notes?.value.map(\.value) ?? [], message: message.value,
        arithmetic: arithmetic?.value,
        remedy: remedy?.value,
        pointsAt: pointsAt, answers: answers, range: record.range)
    }
  }

  package static let note = FieldReader<Note>.record(
    RecordDescription(
      "note", zh: "提示", en: "a note of a rule",
      fields: [
        ("name", "名称", "its name"), ("for", "适用条件", "when it applies"),
        ("message", "提示用语", "its message"),
      ] + demandFields, demands: demandRules)
  ) { record in
    let name = record.required("name", .text)
    let applies = record.optional("for", .text)
    let demand = demand(of: &record)
    let message = record.required("message", message)
    guard let name, let demand, let message else { return nil }
    return Note(name: name.value, applies: applies, demand: demand, message: message.value)
  }

  package static let demand = FieldReader<Demand>.record(
    RecordDescription(
      "demand", zh: "要求：条件，或数值与界限", en: "a requirement: a condition, or a measure and its bound",
      fields: demandFields, demands: demandRules)
  ) { record in demand(of: &record) }

  static let demandFields = [
    ("that", "条件", "the condition"), ("measure", "数值", "what is measured"),
    ("at_least", "不低于", "at least"), ("at_most", "不高于", "at most"), ("above", "高于", "above"),
    ("below", "低于", "below"), ("equals", "等于", "equals"), ("within", "允许误差", "within"),
    ("unit", "单位", "unit"),
  ]

  /// Either a condition alone, or a measure with its unit and one bound.
  static let demandRules: [RecordDemand] = {
    let bounds = Require.Relation.allCases.map { RecordDemand.Condition.has($0.rawValue) }
    return [
      RecordDemand(.exactlyOne([.has("that"), .has("measure")])),
      RecordDemand(when: .has("measure"), .all([.has("unit"), .exactlyOne(bounds)])),
      RecordDemand(when: .has("that"), .not(.any(bounds + [.has("within"), .has("unit")]))),
    ]
  }()

  package static func demand(of record: inout Record) -> Demand? {
    if let that = record.optional("that", .text) { return .that(that) }
    let measure = record.required("measure", .text, isAlways: false)
    var bounds: [(Require.Relation, Located<String>)] = []
    for relation in Require.Relation.allCases {
      if let bound = record.optional(relation.rawValue, .text) { bounds.append((relation, bound)) }
    }
    let within = record.optional("within", .text)
    let unit = record.required("unit", .text, isAlways: false)
    guard let bound = bounds.first, bounds.count == 1 else {
      record.fault(
        record.range, zh: "应有 `at_least`、`at_most`、`above`、`below`、`equals` 之一",
        en: "expected one of `at_least`, `at_most`, `above`, `below` and `equals`")
      return nil
    }
    guard let measure, let unit else { return nil }
    return .measure(
      Measure(
        measure: measure, relation: bound.0, limit: bound.1, within: within, unit: unit.value))
  }

  static let limitPart = FieldReader<LimitPart>.record(
    RecordDescription(
      "limit", zh: "名额", en: "a limit of places",
      fields: [
        ("name", "名称", "its name"),
        ("for", "适用条件", "when it applies"),
        ("binds", "约束哪些申请，其余只占名额", "whom it holds to, the others taking places alone"),
        ("take", "占用什么", "what an application takes"),
        ("over", "按什么范围", "over what"),
        ("used", "此前已用", "what is used already"),
        ("at_most", "上限", "the most"),
        ("review_up_to", "需人工裁量的上限", "up to where a person decides"),
        ("otherwise", "文件未给出数量的", "where the text gives no number"),
        ("advisory", "提示性", "advisory"),
        ("message", "结果用语", "its message"),
      ],
      demands: [
        RecordDemand(.any([.has("at_most"), .has("otherwise")])),
        RecordDemand(when: .isTrue("advisory"), .all([.has("name"), .has("message")])),
      ])
  ) { record in
    let name = record.optional("name", .text)
    let applies = record.optional("for", .text)
    let binds = record.optional("binds", .text)
    let take = record.required("take", .oneOf(Limit.Take.self))
    let over = record.required("over", .list(of: .oneOf(Limit.Scope.self), atLeast: 1))
    let used = record.optional("used", .text)
    let atMost = record.optional("at_most", .text)
    let reviewUpTo = record.optional("review_up_to", .text)
    let otherwise = record.optional("otherwise", .oneOf(["review"]))
    let isAdvisory = record.optional("advisory", .bool, default: false)
    let message = record.optional("message", Self.message)
    if atMost == nil, otherwise == nil, !record.has("at_most") {
      record.fault(
        record.range, zh: "应有 `at_most`；文件未给出数量的，写 `otherwise: review`",
        en: "expected `at_most`, or `otherwise: review` where the text gives no number")
    }
    if isAdvisory.value, message == nil || name == nil {
      record.fault(
        record.range, zh: "提示性分项须有 `name` 和 `message`",
        en: "expected `name` and `message`, which an advisory part needs")
    }
    guard let take, let over else { return nil }
    return LimitPart(
      name: name?.value, applies: applies, binds: binds, take: take.value,
      over: over.value.map(\.value),
      used: used, atMost: atMost, reviewUpTo: reviewUpTo, reviewWithoutNumber: otherwise != nil,
      isAdvisory: isAdvisory.value, message: message?.value)
  }

  package static let spacing = FieldReader<Spacing>.record(
    RecordDescription(
      "spacing", zh: "间距", en: "places in a circle",
      fields: [
        ("circle", "圆", "the circle"),
        ("counts_applicant", "是否计入申请机构", "whether the applicant counts"),
        ("at_most", "上限", "the most"),
      ])
  ) { record in
    let circle = record.required("circle", .text)
    let counts = record.optional("counts_applicant", .bool, default: false)
    let atMost = record.required("at_most", .text)
    guard let circle, let atMost else { return nil }
    return Spacing(circle: circle, countsApplicant: counts.value, atMost: atMost)
  }
}
