package import Diagnostics

/// How one kind of value is read from a node: the schema of a field.
///
/// Readers are values and combine: `.list(of: .oneOf(Category.self))`, `.map(keys: .year, of: .count)`. A reader that finds something
/// else adds a fault with what it expected and what stands there, and gives nil.
package struct FieldReader<Value>: Sendable {
  private let body: @Sendable (Node, inout FieldContext) -> Value?

  package init(_ body: @escaping @Sendable (Node, inout FieldContext) -> Value?) {
    self.body = body
  }

  /// Reads a node; nil after a fault.
  package func read(_ node: Node, _ context: inout FieldContext) -> Value? {
    body(node, &context)
  }

  /// Reads on from the value: for checks and conversions, which add their own faults.
  package func then<Other>(
    _ convert: @escaping @Sendable (Located<Value>, inout FieldContext) -> Other?
  ) -> FieldReader<Other> {
    FieldReader<Other> { node, context in
      guard let value = body(node, &context) else { return nil }
      return convert(Located(value, node.range), &context)
    }
  }
}

// MARK: Single values

extension FieldReader where Value == Node {
  /// Anything, as it stands.
  package static var anything: FieldReader<Node> {
    FieldReader { node, context in context.describes(.anything) ? nil : node }
  }
}

extension FieldReader where Value == String {
  /// Text that is not empty: quoted, or unquoted YAML of any look (`no` and `123` are names where a name is expected).
  package static var text: FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.text(pattern: nil)) { return nil }
      guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .quoted else {
        context.expected(Bilingual(zh: "文本", en: "text"), node, hint: node.quotesHint)
        return nil
      }
      guard !scalar.text.isBlank else {
        context.fault(node.range, zh: "应为文本，实际为空", en: "expected text, found it empty")
        return nil
      }
      return scalar.text
    }
  }

  /// A code that names something: text, but no number that a spreadsheet made of one (`3.4060200017E+11`).
  package static var code: FieldReader<String> {
    FieldReader { node, context in
      guard let text = FieldReader.text.read(node, &context) else { return nil }
      if node.scalar?.kind == .plain, CellText.isSpreadsheetNumber(text) {
        context.expected(
          Bilingual(zh: "编号", en: "a code"), node,
          hint: Bilingual(
            zh: "，编号已被电子表格转成数字并丢失位数，请把该列设为文本格式后重新填写",
            en:
              "; the spreadsheet has made a number of it and lost digits, so format the column as text and enter it again"
          ))
        return nil
      }
      return text
    }
  }

  /// Text that may be empty.
  package static var anyText: FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.anyText) { return nil }
      guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .quoted else {
        context.expected(Bilingual(zh: "文本", en: "text"), node, hint: node.quotesHint)
        return nil
      }
      return scalar.text
    }
  }

  /// A decimal number, as it is written: `-7.40`. No exponent, separators, leading zeros or unit.
  package static var decimal: FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.number(minimum: nil, maximum: nil)) { return nil }
      let what = Bilingual(zh: "数字", en: "a number")
      guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .number else {
        context.expected(what, node, hint: node.unquoteHint)
        return nil
      }
      if let problem = NumberText.problem(
        scalar.text, isInteger: false, digits: context.limits.digits)
      {
        context.expected(what, node, hint: problem.hint)
        return nil
      }
      return scalar.text
    }
  }

  /// One of the texts.
  package static func oneOf(_ names: [String]) -> FieldReader<String> {
    FieldReader { node, context in
      if context.describes(.word(names.map { FieldSchema.Word($0) })) { return nil }
      guard let text = FieldReader.text.read(node, &context) else { return nil }
      if names.contains(text) { return text }
      context.unknownName(text, node.range, among: names)
      return nil
    }
  }
}

extension FieldReader where Value == Int {
  /// A whole number within `range`.
  package static func integer(in range: ClosedRange<Int>) -> FieldReader<Int> {
    FieldReader { node, context in
      if context.describes(.integer(range)) { return nil }
      let what = Bilingual(zh: "整数", en: "a whole number")
      guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .number else {
        context.expected(what, node, hint: node.unquoteHint)
        return nil
      }
      // Programs that know no whole numbers write 100.0.
      let text = CellText.withoutZeros(scalar.text) ?? scalar.text
      if let problem = NumberText.problem(text, isInteger: true, digits: context.limits.digits) {
        context.expected(what, node, hint: problem.hint)
        return nil
      }
      guard let number = Int(text), range.contains(number) else {
        let isOpen = range.upperBound == .max
        let zh =
          isOpen ? "不小于 \(range.lowerBound) 的整数" : "\(range.lowerBound) 至 \(range.upperBound) 的整数"
        let en =
          isOpen
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        context.expected(Bilingual(zh: zh, en: en), node)
        return nil
      }
      return number
    }
  }

  /// A count: a whole number from 0.
  package static var count: FieldReader<Int> { integer(in: 0...Int.max) }

  /// The years that a file may name.
  package static var years: ClosedRange<Int> { 1900...2999 }

  /// A calendar year of four digits.
  package static var year: FieldReader<Int> {
    integer(in: years).described { _ in .year }
  }
}

extension FieldReader where Value == Bool {
  /// `true` or `false`; `yes`, `no` and 是 are not truth values.
  package static var bool: FieldReader<Bool> {
    FieldReader { node, context in
      if context.describes(.bool) { return nil }
      if let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .bool {
        if scalar.text == "true" { return true }
        if scalar.text == "false" { return false }
      }
      context.expected(
        Bilingual(zh: " `true` 或 `false`", en: "`true` or `false`"), node, hint: node.unquoteHint)
      return nil
    }
  }
}

extension FieldReader where Value == CalendarDay {
  /// A day that the calendar has, as `2026-03-02`.
  package static var day: FieldReader<CalendarDay> {
    FieldReader { node, context in
      if context.describes(.day) { return nil }
      let what = Bilingual(
        zh: "形如 `2026-03-02` 的日期", en: "a day written like `2026-03-02`")
      guard let scalar = node.scalar, scalar.kind == .plain || scalar.kind == .quoted else {
        context.expected(what, node)
        return nil
      }
      if let day = CalendarDay(scalar.text) ?? CalendarDay(midnight: scalar.text) {
        if FieldReader<Int>.years.contains(day.year) { return day }
        let (first, last) = (FieldReader<Int>.years.lowerBound, FieldReader<Int>.years.upperBound)
        context.fault(
          node.range, zh: "应为 \(first) 至 \(last) 年间的日期，实际为 `\(day)`",
          en: "expected a day of the years \(first) to \(last), found `\(day)`")
        return nil
      }
      if CalendarDay.hasForm(scalar.text) {
        let code = Quoting.code(scalar.text)
        context.fault(
          node.range, zh: "日历上没有 \(code) 这一天", en: "expected a day of the calendar, found \(code)")
      } else {
        context.expected(what, node)
      }
      return nil
    }
  }
}

extension FieldReader
where Value: RawRepresentable<String> & CaseIterable & Sendable, Value.AllCases: SendableMetatype {
  /// One of the cases, by raw value.
  package static func oneOf(_ type: Value.Type) -> FieldReader<Value> {
    FieldReader { node, context in
      if context.describes(.word(Value.allCases.map { FieldSchema.Word($0.rawValue) })) {
        return nil
      }
      guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
      if let value = Value(rawValue: text) { return value }
      context.unknownName(text, node.range, among: Value.allCases.map { $0.rawValue })
      return nil
    }
  }
}

extension FieldReader where Value: Sendable {
  /// What a name stands for; several names may stand for one value (`零售药店`, `retail_pharmacy`). The first names are offered in
  /// messages.
  package static func oneOf(_ names: [(name: String, value: Value)]) -> FieldReader<Value> {
    FieldReader { node, context in
      if context.describes(.word(names.map { FieldSchema.Word($0.name) })) { return nil }
      guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
      if let known = names.first(where: { $0.name == text }) { return known.value }
      context.unknownName(text, node.range, among: names.map { $0.name })
      return nil
    }
  }
}

// MARK: Lists, mappings and records

extension FieldReader {
  /// A list; items at fault are left out.
  package static func list<Item>(
    of item: FieldReader<Item>, atLeast least: Int = 0
  ) -> FieldReader<[Located<Item>]> where Value == [Located<Item>] {
    FieldReader { node, context in
      if context.describes(.list(item.schema, atLeast: least)) { return nil }
      guard let nodes = node.items else {
        context.expected(
          Bilingual(zh: "列表", en: "a list"), node,
          hint: node.scalar == nil
            ? nil : Bilingual(zh: "，只有一项时也请写作 `[…]`", en: "; write `[…]` for a single item too"))
        return nil
      }
      if nodes.count < least {
        context.fault(
          node.range, zh: "应至少有 \(least) 项，实际为 \(nodes.count) 项",
          en: "expected at least \(least) \(least == 1 ? "item" : "items"), found \(nodes.count)")
        return nil
      }
      var values: [Located<Item>] = []
      values.reserveCapacity(nodes.count)
      for node in nodes {
        if let value = item.read(node, &context) { values.append(Located(value, node.range)) }
      }
      return values
    }
  }

  /// A mapping whose keys are data, in the order of the document; fields at fault are left out.
  package static func map<Key, Item>(
    keys: FieldReader<Key>, of item: FieldReader<Item>
  ) -> FieldReader<[KeyedValue<Key, Item>]> where Value == [KeyedValue<Key, Item>] {
    FieldReader { node, context in
      if context.describes(.map(keys: keys.schema, of: item.schema)) { return nil }
      guard let entries = node.entries else {
        context.expected(Bilingual(zh: "字段组", en: "a mapping"), node)
        return nil
      }
      let outer = context.field
      defer { context.field = outer }
      var values: [KeyedValue<Key, Item>] = []
      values.reserveCapacity(entries.count)
      for entry in entries {
        context.field = outer
        // A key is read by what it says; JSON has no other keys than quoted ones.
        let keyNode = Node(
          range: entry.keyRange, content: .scalar(Scalar(text: entry.key, kind: .plain)))
        let key = keys.read(keyNode, &context)
        context.field = entry.key
        let value = item.read(entry.value, &context)
        if let key, let value {
          values.append(
            KeyedValue(
              key: Located(key, entry.keyRange), value: Located(value, entry.value.range)))
        }
      }
      return values
    }
  }

  /// A mapping with known fields, read by `body`; see ``Record``.
  package static func record(
    _ description: RecordDescription = RecordDescription(),
    _ body: @escaping @Sendable (inout Record) -> Value?
  ) -> FieldReader<Value> {
    FieldReader { node, context in
      if context.isDescribing {
        var record = Record(describing: context)
        _ = body(&record)
        let fields = record.described ?? []
        _ = context.describes(
          .record(
            RecordSchema(
              description,
              fields.map { field in
                var field = field
                field.meaning = description.fields[field.name]
                return field
              })))
        return nil
      }
      guard let entries = node.entries else {
        context.expected(
          Bilingual(zh: "字段组", en: "a mapping"), node,
          hint: node.scalar.flatMap { FullWidthHint.of($0.text) })
        return nil
      }
      var record = Record(
        range: node.range, entries: entries, meanings: description.fields, lending: &context)
      let value = body(&record)
      record.finish(returning: &context)
      return value
    }
  }
}

extension FieldContext {
  /// Adds a fault for a name that is none of the known ones, with the nearest of them, or of `candidates` where there are more ways
  /// to write them than are worth listing.
  package mutating func unknownName(
    _ name: String, _ range: ByteRange, among known: [String],
    nearest candidates: [String]? = nil
  ) {
    // What is not shown need not be searched for.
    if faults.isFull { return }
    let shown = 12
    let found = Quoting.code(name)
    let codes = known.prefix(shown).map { Quoting.code($0) }
    let more = known.count > shown
    let zh = codes.joined(separator: "、") + (more ? " 等" : "")
    let en = codes.joined(separator: ", ") + (more ? " …" : "")
    let nearest = NearestName.of(name, among: candidates ?? known)
    fault(
      range, zh: "应为 \(zh) 之一，实际为 \(found)", en: "expected one of \(en), found \(found)",
      meant: nearest.map { Meant($0, shown: Quoting.code($0)) })
  }
}

extension Node {
  /// What to do where text was expected and a JSON number or truth value stands.
  fileprivate var quotesHint: Bilingual? {
    switch scalar?.kind {
    case .number, .bool: Bilingual(zh: "，请加引号", en: "; put it in quotes")
    default: nil
    }
  }

  /// What to do where a number or truth value was expected and quoted text stands.
  fileprivate var unquoteHint: Bilingual? {
    scalar?.kind == .quoted ? Bilingual(zh: "，请去掉引号", en: "; leave the quotes out") : nil
  }
}

extension String {
  /// Whether there is nothing but white space, as Unicode has it.
  fileprivate var isBlank: Bool {
    unicodeScalars.allSatisfy {
      switch $0.value {
      case 0x21...0x7E, 0x4E00...0x9FFF: false
      default: $0.properties.isWhitespace
      }
    }
  }
}
