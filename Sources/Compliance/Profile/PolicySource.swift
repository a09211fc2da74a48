import Diagnostics
import Expression
import Reading

/// A profile as it is written, before its expressions are compiled.
struct PolicySource: Sendable {
  struct Provision: Sendable {
    var at: String
    var modality: Modality
    var quotes: [String]
    var reading: Bilingual?
    var note: Bilingual?
  }

  struct Parameter: Sendable {
    var value: Exact
    var unit: String
    var basis: Located<String>
    var alternatives: [Exact]
    var reading: Bilingual?
  }

  struct ReadingSwitch: Sendable {
    var basis: Located<String>
    var value: String
    var alternatives: [String]
    var explanation: Bilingual
  }

  struct Figure: Sendable {
    var sources: [Located<String>]
    var unit: String
    var basis: Located<String>
    var reconstructed: String?
  }

  struct Circle: Sendable {
    var within: Located<String>
    var accuracy: Located<String>?
    var condition: Located<String>
    var basis: Located<String>
  }

  struct Tally: Sendable {
    var sum: Compliance.Tally.Sum
    var over: [Compliance.Tally.Scope]
    var condition: Located<String>
    var basis: Located<String>
  }

  struct Allocation: Sendable {
    var basis: Located<String>
    var total: Located<String>
    var city: Located<String>?
    var weight: Located<String>
    var cap: Located<String>?
    var published: Located<String>?
    var unit: String
    var gives: (category: Category, field: Allocate.Field)?
  }

  struct Clause: Sendable {
    var basis: Located<String>
    var label: Bilingual
    var condition: Located<String>
  }

  struct Merit: Sendable {
    var key: Policy.MeritStep.Key
    var basis: [Located<String>]
  }

  struct Message: Sendable {
    var zh: Located<String>
    var en: Located<String>
  }

  struct Measure: Sendable {
    var measure: Located<String>
    var relation: Require.Relation
    var limit: Located<String>
    var within: Located<String>?
    var unit: String
  }

  enum Demand: Sendable {
    case that(Located<String>)
    case measure(Measure)
  }

  struct LimitPart: Sendable {
    var name: String?
    var applies: Located<String>?
    var take: Limit.Take
    var over: [Limit.Scope]
    var used: Located<String>?
    var atMost: Located<String>?
    var reviewUpTo: Located<String>?
    var reviewWithoutNumber: Bool
    var isAdvisory: Bool
    var message: Message?
  }

  struct Spacing: Sendable {
    var circle: Located<String>
    var countsApplicant: Bool
    var atMost: Located<String>
  }

  struct Note: Sendable {
    var name: String
    var applies: Located<String>?
    var demand: Demand
    var message: Message
  }

  enum Kind: Sendable {
    case require(Demand)
    case limit([LimitPart])
    case spacing(Spacing)
  }

  struct Rule: Sendable {
    var id: Located<String>
    var name: String
    var subject: Compliance.Rule.Subject
    var basis: [Located<String>]
    var categories: WordSet<Category>?
    var applies: Located<String>?
    var kind: Kind
    var exemptions: [Located<String>]
    var exceptions: [Located<String>]
    var notes: [Note]
    var message: Message
    var arithmetic: Message?
    var remedy: Message?
    var pointsAt: Located<String>?
    var range: ByteRange
  }

  typealias Named<Value> = KeyedValue<String, Value>

  var id: String
  var from: CalendarDay
  var to: CalendarDay
  var document: Policy.Document
  var provisions: [Named<Provision>]
  var parameters: [Named<Parameter>]
  var readings: [Named<ReadingSwitch>]
  var figures: [Named<Figure>]
  var conditions: [Named<String>]
  var circles: [Named<Circle>]
  var tallies: [Named<Tally>]
  var allocations: [Named<Allocation>]
  var exemptions: [Named<Clause>]
  var exceptions: [Named<Clause>]
  var priorities: [Named<Clause>]
  var merit: [Merit]
  var rules: [Rule]
}

// MARK: Reading

extension PolicySource {
  static let reader = FieldReader<PolicySource>.record(
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
    let allocations = named("allocations", allocation)
    let exemptions = named("exemptions", clause, keys: .text)
    let exceptions = named("exceptions", clause, keys: .text)
    let priorities = named("priorities", clause, keys: .text)
    let merit = record.required("merit", .list(of: merit, atLeast: 1))
    let rules = record.required("rules", .list(of: rule))
    guard let id, let span, let document, let merit, let rules else { return nil }
    return PolicySource(
      id: id.value, from: span.value.0, to: span.value.1, document: document.value,
      provisions: provisions, parameters: parameters, readings: readings, figures: figures,
      conditions: conditions, circles: circles, tallies: tallies, allocations: allocations,
      exemptions: exemptions, exceptions: exceptions,
      priorities: priorities, merit: merit.value.map(\.value), rules: rules.value.map(\.value))
  }

  private static let span = FieldReader<(CalendarDay, CalendarDay)>.record(
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

  private static let document = FieldReader<Policy.Document>.record(
    RecordDescription(
      "document", zh: "规划文件", en: "the plan document",
      fields: [
        ("title", "文件名称", "its title"),
        ("status", "状态", "whether it is a draft"),
        ("sha256", "文本摘要", "digest of its text"),
      ])
  ) { record in
    let title = record.required("title", .text)
    let status = record.required("status", .oneOf(["draft", "in_force"]))
    let digest = record.required("sha256", digest)
    guard let title, let status, let digest else { return nil }
    return Policy.Document(
      title: title.value, isDraft: status.value == "draft", sha256: digest.value)
  }

  private static let digest = FieldReader<String> { node, context in
    if context.describes(.text(pattern: "^.{64}$")) { return nil }
    guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
    if text.utf8.count == 64 { return text }
    context.fault(
      node.range, zh: "应为 64 位十六进制摘要", en: "expected a digest of 64 hexadecimal digits")
    return nil
  }

  static let bilingual = FieldReader<Bilingual>.record(
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

  private static let message = FieldReader<Message>.record(
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

  private static let provision = FieldReader<Provision>.record(
    RecordDescription(
      "provision", zh: "条款", en: "one sentence of the document",
      fields: [
        ("at", "位置", "its place"),
        ("modality", "约束力", "its force"),
        ("quote", "原文", "verbatim quote"),
        ("reading", "读法", "how it is read"),
        ("note", "为何不能由机器判断", "why no machine decides it"),
      ])
  ) { record in
    let at = record.required("at", .text)
    let modality = record.required("modality", .oneOf(Modality.self))
    let quotes = record.required("quote", .oneOrMore(.text))
    let reading = record.optional("reading", bilingual)
    let note = record.optional("note", bilingual)
    guard let at, let modality, let quotes else { return nil }
    return Provision(
      at: at.value, modality: modality.value, quotes: quotes.value.map(\.value),
      reading: reading?.value, note: note?.value)
  }

  private static let parameter = FieldReader<Parameter>.record(
    RecordDescription(
      "parameter", zh: "参数", en: "a number that decides something",
      fields: [
        ("value", "数值", "its value"),
        ("unit", "单位", "its unit"),
        ("basis", "依据的条款", "the provision that it stands on"),
        ("alternatives", "其他取值", "alternatives"),
        ("reading", "读法", "how it is read"),
      ])
  ) { record in
    let value = record.required("value", .exact())
    let unit = record.required("unit", .text)
    let basis = record.required("basis", .text)
    let alternatives = record.optional("alternatives", .list(of: .exact()))
    let reading = record.optional("reading", bilingual)
    guard let value, let unit, let basis else { return nil }
    return Parameter(
      value: value.value, unit: unit.value, basis: basis,
      alternatives: alternatives?.value.map(\.value) ?? [], reading: reading?.value)
  }

  private static let readingSwitch = FieldReader<ReadingSwitch>.record(
    RecordDescription(
      "reading", zh: "读法开关", en: "a reading of an unclear text",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("value", "所取读法", "the reading taken"),
        ("alternatives", "其他读法", "the other readings"),
        ("zh", "中文说明", "what it means, in Chinese"),
        ("en", "英文说明", "what it means, in English"),
      ])
  ) { record in
    let basis = record.required("basis", .text)
    let value = record.required("value", .text)
    let alternatives = record.required("alternatives", .list(of: .text, atLeast: 1))
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    guard let basis, let value, let alternatives, let zh, let en else { return nil }
    return ReadingSwitch(
      basis: basis, value: value.value, alternatives: alternatives.value.map(\.value),
      explanation: Bilingual(zh: zh.value, en: en.value))
  }

  private static let figure = FieldReader<Figure>.record(
    RecordDescription(
      "figure", zh: "计算数", en: "a number that is worked out",
      fields: [
        ("value", "公式", "its formula"),
        ("first", "依次取第一个已知的", "formulas, the first known of which counts"),
        ("unit", "单位", "its unit"),
        ("basis", "依据的条款", "the provision that it stands on"),
        ("reconstructed", "公式图像缺失，按文字重建的把握", "how sure a formula with a lost image is"),
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

  private static let circle = FieldReader<Circle>.record(
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

  private static let tally = FieldReader<Tally>.record(
    RecordDescription(
      "tally", zh: "计数", en: "a count of what is designated",
      fields: [
        ("sum", "累计什么", "what is added up"),
        ("over", "按什么范围", "over what"),
        ("where", "计入的机构", "what counts, a condition on `neighbour`"),
        ("basis", "依据的条款", "the provision that it stands on"),
      ])
  ) { record in
    let sum = record.required("sum", .oneOf(Compliance.Tally.Sum.self))
    let over = record.required(
      "over", .list(of: .oneOf(Compliance.Tally.Scope.self), atLeast: 1))
    let condition = record.required("where", .text)
    let basis = record.required("basis", .text)
    guard let sum, let over, let condition, let basis else { return nil }
    return Tally(
      sum: sum.value, over: over.value.map(\.value), condition: condition, basis: basis)
  }

  private static let allocation = FieldReader<Allocation>.record(
    RecordDescription(
      "allocation", zh: "分配", en: "a total apportioned to the districts",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("total", "总量", "the total"),
        ("city", "全市数", "the number of the city"),
        ("weight", "权重", "the weight of a district"),
        ("cap", "上限", "the most that a district gets"),
        ("published", "已公布数", "the published number"),
        ("unit", "单位", "its unit"),
        ("gives", "给出的计划数", "what of a plan it gives"),
      ])
  ) { record in
    let basis = record.required("basis", .text)
    let total = record.required("total", .text)
    let city = record.optional("city", .text)
    let weight = record.required("weight", .text)
    let cap = record.optional("cap", .text)
    let published = record.optional("published", .text)
    let unit = record.required("unit", .text)
    let gives = record.optional("gives", gives)
    guard let basis, let total, let weight, let unit else { return nil }
    return Allocation(
      basis: basis, total: total, city: city, weight: weight, cap: cap, published: published,
      unit: unit.value, gives: gives?.value)
  }

  private static let gives = FieldReader<(category: Category, field: Allocate.Field)>.record(
    RecordDescription(
      "gives", zh: "给出的计划数", en: "what of a plan an allocation gives",
      fields: [
        ("category", "定点类别", "category of designation"),
        ("field", "字段", "field"),
      ])
  ) { record in
    let category: Located<Category>? = record.required("category", .word())
    let field = record.required("field", .oneOf(Allocate.Field.self))
    guard let category, let field else { return nil }
    return (category.value, field.value)
  }

  private static let clause = FieldReader<Clause>.record(
    RecordDescription(
      "clause", zh: "豁免、例外或优先情形", en: "an exemption, exception or priority",
      fields: [
        ("basis", "依据的条款", "the provision that it stands on"),
        ("name", "名称", "its name"),
        ("when", "条件", "when it holds"),
      ])
  ) { record in
    let basis = record.required("basis", .text)
    let label = record.required("name", bilingual)
    let condition = record.required("when", .text)
    guard let basis, let label, let condition else { return nil }
    return Clause(basis: basis, label: label.value, condition: condition)
  }

  private static let merit = FieldReader<Merit>.record(
    RecordDescription(
      "merit", zh: "择优次序的一步", en: "one step of the order of merit",
      fields: [
        ("by", "按什么", "by what"),
        ("basis", "依据的条款", "the provisions that it stands on"),
      ])
  ) { record in
    let key = record.required("by", .oneOf(Policy.MeritStep.Key.self))
    let basis = record.optional("basis", .oneOrMore(.text))
    guard let key else { return nil }
    return Merit(key: key.value, basis: basis?.value ?? [])
  }

  private static let rule = FieldReader<Rule>.record(
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
        ("remedy", "补救", "what would cure it"),
        ("points_at", "结果所指字段", "the field that a finding points at"),
      ],
      demands: [
        RecordDemand(.exactlyOne(["require", "limit", "limits", "spacing"].map { .has($0) }))
      ],
      beyond: [Bilingual(zh: "计划规则只能是 `require`", en: "a rule about plans is a `require`")])
  ) { record in
    let id = record.required("id", .text)
    let name = record.required("name", .text)
    let subject = record.required("subject", .oneOf(Compliance.Rule.Subject.self))
    let basis = record.optional("basis", .oneOrMore(.text))
    let categories: Located<WordSet<Category>>? = record.optional("categories", .words(atLeast: 1))
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
      notes: notes?.value.map(\.value) ?? [], message: message.value, arithmetic: arithmetic?.value,
      remedy: remedy?.value,
      pointsAt: pointsAt, range: record.range)
  }

  private static let note = FieldReader<Note>.record(
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

  private static let demand = FieldReader<Demand>.record(
    RecordDescription(
      "demand", zh: "要求：条件，或数值与界限", en: "a requirement: a condition, or a measure and its bound",
      fields: demandFields, demands: demandRules)
  ) { record in demand(of: &record) }

  private static let demandFields = [
    ("that", "条件", "the condition"), ("measure", "数值", "what is measured"),
    ("at_least", "不低于", "at least"), ("at_most", "不高于", "at most"), ("above", "高于", "above"),
    ("below", "低于", "below"), ("equals", "等于", "equals"), ("within", "允许误差", "within"),
    ("unit", "单位", "unit"),
  ]

  /// Either a condition alone, or a measure with its unit and one bound.
  private static let demandRules: [RecordDemand] = {
    let bounds = Require.Relation.allCases.map { RecordDemand.Condition.has($0.rawValue) }
    return [
      RecordDemand(.exactlyOne([.has("that"), .has("measure")])),
      RecordDemand(when: .has("measure"), .all([.has("unit"), .exactlyOne(bounds)])),
      RecordDemand(when: .has("that"), .not(.any(bounds + [.has("within"), .has("unit")]))),
    ]
  }()

  private static func demand(of record: inout Record) -> Demand? {
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

  private static let limitPart = FieldReader<LimitPart>.record(
    RecordDescription(
      "limit", zh: "名额", en: "a limit of places",
      fields: [
        ("name", "名称", "its name"),
        ("for", "适用条件", "when it applies"),
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
      name: name?.value, applies: applies, take: take.value, over: over.value.map(\.value),
      used: used, atMost: atMost, reviewUpTo: reviewUpTo, reviewWithoutNumber: otherwise != nil,
      isAdvisory: isAdvisory.value, message: message?.value)
  }

  private static let spacing = FieldReader<Spacing>.record(
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

extension FieldReader where Value == String {
  /// A name that expressions use: lower-case letters, digits and `_`, no digit first.
  static var identifier: FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.text(pattern: "^[a-z_][a-z0-9_]*$")) { return nil }
      guard let text = FieldReader.text.read(node, &context) else { return nil }
      let isIdentifier =
        text.utf8.allSatisfy {
          $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        } && !(0x30...0x39).contains(text.utf8.first ?? 0x30)
      if isIdentifier { return text }
      context.fault(
        node.range, zh: "名称 `\(text)` 应由小写字母、数字和下划线组成",
        en: "expected a name of lower-case letters, digits and `_`, found `\(text)`")
      return nil
    }
  }
}

extension FieldReader {
  /// One value, or a list of them.
  static func oneOrMore<Item>(_ item: FieldReader<Item>) -> FieldReader<[Located<Item>]>
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
