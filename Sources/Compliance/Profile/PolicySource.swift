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
  static let reader = FieldReader<PolicySource>.record { record in
    if let format = record.required("planlint", .text), format.value != "policy/1" {
      record.fault(
        format.range, zh: "应为 `policy/1`，实际为 `\(format.value)`",
        en: "expected `policy/1`, found `\(format.value)`")
    }
    let id = record.required("id", .text)
    let span = record.required("in_force", span)
    let document = record.required("document", document)
    func named<Value>(_ key: String, _ reader: FieldReader<Value>) -> [Named<Value>] {
      record.optional(key, .map(keys: .text, of: reader))?.value ?? []
    }
    let provisions = named("provisions", provision)
    let parameters = named("parameters", parameter)
    let readings = named("readings", readingSwitch)
    let figures = named("figures", figure)
    let conditions = named("conditions", FieldReader<String>.text)
    let circles = named("circles", circle)
    let tallies = named("tallies", tally)
    let allocations = named("allocations", allocation)
    let exemptions = named("exemptions", clause)
    let exceptions = named("exceptions", clause)
    let priorities = named("priorities", clause)
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

  private static let span = FieldReader<(CalendarDay, CalendarDay)>.record { record in
    let from = record.required("from", .day)
    let to = record.required("to", .day)
    guard let from, let to else { return nil }
    if to.value < from.value {
      record.fault(
        to.range, zh: "终止日期早于起始日期 \(from.value)", en: "expected a day from \(from.value) on")
    }
    return (from.value, to.value)
  }

  private static let document = FieldReader<Policy.Document>.record { record in
    let title = record.required("title", .text)
    let status = record.required("status", .oneOf(["draft", "in_force"]))
    let digest = record.required("sha256", .text)
    if let digest, digest.value.utf8.count != 64 {
      record.fault(
        digest.range, zh: "应为 64 位十六进制摘要", en: "expected a digest of 64 hexadecimal digits")
    }
    guard let title, let status, let digest else { return nil }
    return Policy.Document(
      title: title.value, isDraft: status.value == "draft", sha256: digest.value)
  }

  static let bilingual = FieldReader<Bilingual>.record { record in
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    guard let zh, let en else { return nil }
    return Bilingual(zh: zh.value, en: en.value)
  }

  private static let message = FieldReader<Message>.record { record in
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    guard let zh, let en else { return nil }
    return Message(zh: zh, en: en)
  }

  private static let provision = FieldReader<Provision>.record { record in
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

  private static let parameter = FieldReader<Parameter>.record { record in
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

  private static let readingSwitch = FieldReader<ReadingSwitch>.record { record in
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

  private static let figure = FieldReader<Figure>.record { record in
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

  private static let circle = FieldReader<Circle>.record { record in
    let within = record.required("within", .text)
    let accuracy = record.optional("accuracy", .text)
    let condition = record.required("where", .text)
    let basis = record.required("basis", .text)
    guard let within, let condition, let basis else { return nil }
    return Circle(within: within, accuracy: accuracy, condition: condition, basis: basis)
  }

  private static let tally = FieldReader<Tally>.record { record in
    let sum = record.required("sum", .oneOf(Compliance.Tally.Sum.self))
    let over = record.required(
      "over", .list(of: .oneOf(Compliance.Tally.Scope.self), atLeast: 1))
    let condition = record.required("where", .text)
    let basis = record.required("basis", .text)
    guard let sum, let over, let condition, let basis else { return nil }
    return Tally(
      sum: sum.value, over: over.value.map(\.value), condition: condition, basis: basis)
  }

  private static let allocation = FieldReader<Allocation>.record { record in
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

  private static let gives = FieldReader<(category: Category, field: Allocate.Field)>.record {
    record in
    let category: Located<Category>? = record.required("category", .word())
    let field = record.required("field", .oneOf(Allocate.Field.self))
    guard let category, let field else { return nil }
    return (category.value, field.value)
  }

  private static let clause = FieldReader<Clause>.record { record in
    let basis = record.required("basis", .text)
    let label = record.required("name", bilingual)
    let condition = record.required("when", .text)
    guard let basis, let label, let condition else { return nil }
    return Clause(basis: basis, label: label.value, condition: condition)
  }

  private static let merit = FieldReader<Merit>.record { record in
    let key = record.required("by", .oneOf(Policy.MeritStep.Key.self))
    let basis = record.optional("basis", .oneOrMore(.text))
    guard let key else { return nil }
    return Merit(key: key.value, basis: basis?.value ?? [])
  }

  private static let rule = FieldReader<Rule>.record { record in
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

  private static let note = FieldReader<Note>.record { record in
    let name = record.required("name", .text)
    let applies = record.optional("for", .text)
    let demand = demand(of: &record)
    let message = record.required("message", message)
    guard let name, let demand, let message else { return nil }
    return Note(name: name.value, applies: applies, demand: demand, message: message.value)
  }

  private static let demand = FieldReader<Demand>.record { record in demand(of: &record) }

  private static func demand(of record: inout Record) -> Demand? {
    if let that = record.optional("that", .text) { return .that(that) }
    let measure = record.required("measure", .text)
    var bounds: [(Require.Relation, Located<String>)] = []
    for relation in Require.Relation.allCases {
      if let bound = record.optional(relation.rawValue, .text) { bounds.append((relation, bound)) }
    }
    let within = record.optional("within", .text)
    let unit = record.required("unit", .text)
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

  private static let limitPart = FieldReader<LimitPart>.record { record in
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

  private static let spacing = FieldReader<Spacing>.record { record in
    let circle = record.required("circle", .text)
    let counts = record.optional("counts_applicant", .bool, default: false)
    let atMost = record.required("at_most", .text)
    guard let circle, let atMost else { return nil }
    return Spacing(circle: circle, countsApplicant: counts.value, atMost: atMost)
  }
}

extension FieldReader {
  /// One value, or a list of them.
  static func oneOrMore<Item>(_ item: FieldReader<Item>) -> FieldReader<[Located<Item>]>
  where Value == [Located<Item>] {
    FieldReader { node, context in
      if node.items != nil {
        return FieldReader.list(of: item, atLeast: 1).read(node, &context)
      }
      return item.read(node, &context).map { [Located($0, node.range)] }
    }
  }
}
