import Diagnostics
import Expression
package import Reading

/// Reads `fields:` and `words:` of a tenant.
extension OwnCatalogue {
  /// A field, the words of which are those of ``OwnField/Kind``.
  private static let types = [
    "text", "number", "count", "year", "date", "flag", "word", "words", "list",
  ]

  package static let fields = FieldReader<[KeyedValue<Owner, [OwnField]>]>.map(
    keys: .oneOf(Owner.self), of: fieldsByName)

  package static let words = FieldReader<[KeyedValue<String, [OwnWord]>]> { node, context in
    let reader = FieldReader<[KeyedValue<String, [OwnWord]>]>.map(
      keys: vocabulary, of: wordsByName)
    return reader.read(node, &context)?.map { named in
      KeyedValue(
        key: named.key,
        value: Located(
          named.value.value.map { word in
            var word = word
            word.vocabulary = named.key.value
            return word
          }, named.value.range))
    }
  }

  /// The name of a vocabulary that a tenant may add to.
  private static let vocabulary = FieldReader<String> { node, context in
    let reader = FieldReader<String>.oneOf(Vocabularies.builtIn.map(\.field))
    if context.describes(reader.schema) { return nil }
    if let closed = Vocabularies.closed.first(where: { $0.field == node.scalar?.text }) {
      let (zh, en) = (closed.entries.map(\.label.zh), closed.entries.map(\.label.en))
      context.fault(
        node.range,
        zh: "词表 `\(closed.field)` 不能增加词：程序对其中每个词（\(zh.joined(separator: "、"))）各有处理",
        en:
          "nothing can be added to `\(closed.field)`: the program has its own way with each of its words (\(en.joined(separator: ", ")))"
      )
      return nil
    }
    return reader.read(node, &context)
  }

  private static let fieldsByName = FieldReader<[OwnField]> { node, context in
    let reader = FieldReader<[KeyedValue<String, OwnField>]>.map(keys: .identifier, of: field)
    return reader.read(node, &context)?.map { named in
      var field = named.value.value
      field.name = named.key
      return field
    }
  }

  private static let wordsByName = FieldReader<[OwnWord]> { node, context in
    let reader = FieldReader<[KeyedValue<String, OwnWord>]>.map(keys: .identifier, of: word)
    return reader.read(node, &context)?.map { named in
      var word = named.value.value
      word.word = named.key.value
      word.range = named.key.range
      return word
    }
  }

  private static let word = FieldReader<OwnWord>.record(
    RecordDescription(
      "own_word", zh: "一个词", en: "a word",
      fields: [
        ("zh", "中文", "Chinese"), ("en", "英文", "English"),
        ("names", "其他中文叫法", "what else people call it in Chinese"),
        ("type", "指标的类型：number 或 count，缺省为 number", "the type of an indicator: number, else count"),
        ("unit", "指标的单位", "the unit of an indicator"),
        ("minimum", "指标的最小值", "the least that an indicator can be"),
        ("maximum", "指标的最大值", "the most that an indicator can be"),
      ],
      beyond: [
        Bilingual(zh: "只有指标有类型、单位、最小值和最大值", en: "indicators alone have a type, a unit and bounds")
      ])
  ) { record in
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    let names = record.optional("names", .list(of: .text))
    let type = record.optional("type", .oneOf(["number", "count"]))
    let unit = record.optional("unit", .text)
    let minimum = record.optional("minimum", .exact())
    let maximum = record.optional("maximum", .exact())
    guard let zh, let en else { return nil }
    var figure: Shape?
    if type != nil || unit != nil || minimum != nil || maximum != nil {
      let type = type ?? Located("number", zh.range)
      guard
        let kind = kind(
          type, unit: unit?.value, minimum: minimum, maximum: maximum, words: nil, inner: nil,
          &record)
      else { return nil }
      figure = kind.number
    }
    return OwnWord(
      vocabulary: "", word: "", label: Bilingual(zh: zh.value, en: en.value),
      names: names?.value.map(\.value) ?? [], figure: figure, range: zh.range)
  }

  private static let field = record(isInner: false)

  private static func record(isInner: Bool) -> FieldReader<OwnField> {
    FieldReader<OwnField>.record(
      RecordDescription(
        isInner ? "own_list_field" : "own_field", zh: "自有字段", en: "a field of the tenant's own",
        fields: [
          ("type", "类型", "its type"), ("unit", "单位", "its unit"),
          ("minimum", "最小值", "the least it can be"), ("maximum", "最大值", "the most it can be"),
          ("zh", "中文名称", "its name in Chinese"), ("en", "英文名称", "its name in English"),
          ("headers", "表格中的其他列名", "what else a column of a table may be called"),
          (
            "absent", "未填写的含义：none、zero、false 或一个词；缺省为不知道",
            "what it means that it is not there: none, zero, false or a word; else it is not known"
          ),
          ("words", "可填的词，或某一词表的名称", "its words, or the name of a vocabulary"),
        ] + (isInner ? [] : [("of", "列表每一项的字段", "the fields of an item of a list")]),
        beyond: [
          Bilingual(
            zh: "名称和列名均不与已有字段相同", en: "no name or header is that of a field that stands already")
        ])
    ) { record in read(&record, isInner: isInner) }
  }

  private static func read(_ record: inout Record, isInner: Bool) -> OwnField? {
    let names = isInner ? types.dropLast() : types[...]
    let type = record.required("type", .oneOf(Array(names)))
    let unit = record.optional("unit", .text)
    let minimum = record.optional("minimum", .exact())
    let maximum = record.optional("maximum", .exact())
    let zh = record.required("zh", .text)
    let en = record.required("en", .text)
    let headers = record.optional("headers", .list(of: .text))
    let absent = record.optional("absent", .text)
    let words = record.optional("words", choice)
    // The fields of an item have no lists inside.
    let inner = isInner ? nil : record.optional("of", innerFields)
    guard let type, let zh, let en else { return nil }
    func misplaced(_ key: String, _ range: ByteRange?) {
      guard let range else { return }
      record.fault(
        range, zh: "类型 `\(type.value)` 的字段没有 `\(key)`",
        en: "a field of type `\(type.value)` has no `\(key)`")
    }
    if type.value != "number", type.value != "count" {
      misplaced("minimum", minimum?.range)
      misplaced("maximum", maximum?.range)
      misplaced("unit", unit?.range)
    }
    let hasWords = type.value == "word" || type.value == "words"
    if !hasWords { misplaced("words", words?.range) }
    if type.value != "list" { misplaced("of", inner?.range) }
    if let minimum, let maximum, maximum.value < minimum.value {
      record.fault(
        maximum.range, zh: "最大值应不小于最小值 \(minimum.value)",
        en: "expected a maximum of at least the minimum \(minimum.value)")
    }
    guard
      let kind = kind(
        type, unit: unit?.value, minimum: minimum, maximum: maximum, words: words?.value,
        inner: inner?.value, &record)
    else { return nil }
    var field = OwnField(
      name: Located("", zh.range), kind: kind, unit: unit?.value,
      meaning: Bilingual(zh: zh.value, en: en.value), headers: headers?.value ?? [], absent: nil)
    if let absent { field.absent = self.absent(absent, field, &record) }
    return field
  }

  private static func kind(
    _ type: Located<String>, unit: String?, minimum: Located<Exact>?, maximum: Located<Exact>?,
    words: OwnField.Words?, inner: [OwnField]?, _ record: inout Record
  ) -> OwnField.Kind? {
    func needs(_ key: String) {
      if record.has(key) { return }
      record.fault(
        type.range, zh: "类型 `\(type.value)` 的字段须写明 `\(key)`",
        en: "expected `\(key)`, which a field of type `\(type.value)` needs")
    }
    switch type.value {
    case "text": return .text
    case "number":
      // A share has a sign, or is clear without one.
      if let unit, UnitWord.isPercent(unit), minimum?.value == Exact(0) {
        if let maximum {
          if let most = maximum.value.asInt { return .share(.percent(maximum: most)) }
        } else {
          return .share(.percent(maximum: nil))
        }
      }
      return .number(minimum: minimum?.value, maximum: maximum?.value)
    case "count":
      func whole(_ bound: Located<Exact>?, _ open: Int) -> Int? {
        guard let bound else { return open }
        if let whole = bound.value.asInt, (0...Shape.largestCount).contains(whole) { return whole }
        record.fault(
          bound.range, zh: "应为不小于 0 的整数，实际为 \(bound.value)",
          en: "expected a whole number from 0, found \(bound.value)")
        return nil
      }
      guard let least = whole(minimum, 0), let most = whole(maximum, Shape.largestCount),
        least <= most
      else { return nil }
      return .count(least...most)
    case "year": return .year
    case "date": return .date
    case "flag": return .flag
    case "word", "words":
      guard let words else {
        needs("words")
        return nil
      }
      return type.value == "word" ? .word(words) : .words(words)
    default:
      guard let inner else {
        needs("of")
        return nil
      }
      return .list(inner)
    }
  }

  private static func absent(
    _ absent: Located<String>, _ field: OwnField, _ record: inout Record
  ) -> OwnField.Absent? {
    var choices = ["none"]
    switch field.kind {
    case .number, .count: choices.append("zero")
    case .flag: choices.append("false")
    case .word(.own(let words)): choices += words.map(\.word)
    case .word(.of(let name)):
      choices += Vocabularies.builtIn.first { $0.field == name }?.entries.map(\.word) ?? []
    default: break
    }
    guard choices.contains(absent.value) else {
      record.context.unknownName(absent.value, absent.range, among: choices)
      return nil
    }
    switch absent.value {
    case "none": return .nothing
    case "zero" where choices[1] == "zero": return .zero
    case "false" where choices[1] == "false": return .no
    default: return .word(absent.value)
    }
  }

  /// Words of its own, or the name of a vocabulary.
  private static let choice = FieldReader<OwnField.Words> { node, context in
    let name = FieldReader<String>.oneOf(Vocabularies.builtIn.map(\.field))
    if context.describes(.either([name.schema, wordsByName.schema])) { return nil }
    if node.scalar != nil { return name.read(node, &context).map { .of($0) } }
    guard let words = wordsByName.read(node, &context) else { return nil }
    if words.isEmpty || words.count > VocabularyTable.capacity {
      context.fault(
        node.range, zh: "应有 1 至 \(VocabularyTable.capacity) 个词，实际为 \(words.count) 个",
        en: "expected 1 to \(VocabularyTable.capacity) words, found \(words.count)")
      return nil
    }
    var known = VocabularyTable("", zh: "", en: "", [])
    for word in words {
      let taken = ([word.label.zh] + word.names).first { name in
        known.index(meaning: name) != nil
          || words.contains { $0.word == name && $0.word != word.word }
      }
      if let taken {
        context.fault(
          word.range, zh: "`\(taken)` 已是另一个词的名称，请另取名称",
          en: "`\(taken)` is a name of another word already; choose another")
        return nil
      }
      known = known.adding([
        (VocabularyTable.Entry(word: word.word, label: word.label), word.names)
      ])
    }
    return .own(words)
  }

  private static let innerFields = FieldReader<[OwnField]> { node, context in
    let reader = FieldReader<[KeyedValue<String, OwnField>]>.map(
      keys: .identifier, of: record(isInner: true))
    return reader.read(node, &context)?.map { named in
      var field = named.value.value
      field.name = named.key
      return field
    }
  }
}
