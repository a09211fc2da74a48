package import Diagnostics

/// The fields of one mapping, asked for one by one.
///
/// Every key that is asked for is a known one; when the body of ``FieldReader/record(_:)`` returns, each other field is reported with
/// the nearest known name, unless it begins with `x-`. A field whose value is null counts as absent; one that is left blank in YAML
/// is a fault, since nobody can tell whether there is nothing to say or it was forgotten. Faults are gathered and the
/// reading goes on, so ask for all fields before giving up on one:
///
/// ```swift
/// static let reader = FieldReader<District>.record { record in
///   let name = record.required("name", .text)
///   let beds = record.optional("beds", .count)
///   guard let name else { return nil }
///   return District(name: name, beds: beds)
/// }
/// ```
package struct Record {
  /// The bytes of the whole mapping.
  package let range: ByteRange
  package var context: FieldContext
  private let entries: [Entry]
  private let outerField: String
  /// What its fields are called in documents, for messages.
  private let meanings: [String: Bilingual]
  private var asked: [String] = []
  /// The fields asked for: a bit each, and beyond 64 the numbers.
  private var usedBits: UInt64 = 0
  private var usedRest: Set<Int> = []
  /// Where to look first: fields mostly come in the order they are asked for.
  private var next = 0
  /// The fields asked for and what they accept, where that is wanted and no values; see ``FieldReader/schema``.
  private(set) var described: [RecordSchema.Field]?

  init(
    range: ByteRange, entries: [Entry], meanings: [String: Bilingual],
    lending context: inout FieldContext
  ) {
    self.range = range
    self.meanings = meanings
    self.entries = entries
    self.context = context
    context.faults = FaultCollector()
    outerField = context.field
    asked.reserveCapacity(24)
  }

  /// A record without fields, which keeps what it is asked for.
  init(describing context: FieldContext) {
    self.init(range: ByteRange(start: 0, end: 0), entries: [], context: context)
    described = []
  }

  private init(range: ByteRange, entries: [Entry], context: FieldContext) {
    self.range = range
    meanings = [:]
    self.entries = entries
    self.context = context
    outerField = context.field
  }

  /// The value of a field that has to be there; nil after a fault. `isAlways` is false where something else in the record makes it
  /// required, which a demand of its description says then.
  package mutating func required<Value>(
    _ key: String, _ reader: FieldReader<Value>, isAlways: Bool = true
  ) -> Located<Value>? {
    guard let i = find(key) else {
      if !describe(key, reader, isRequired: isAlways) { missing(key, range) }
      return nil
    }
    let node = entries[i].value
    if node.isBlank {
      context.blank(key, entries[i].keyRange, meanings[key], isRequired: isAlways)
      return nil
    }
    if node.isNull {
      missing(key, node.range)
      return nil
    }
    return read(key, node, reader)
  }

  /// The value of a field that may be absent; nil where it is, or after a fault.
  package mutating func optional<Value>(
    _ key: String, _ reader: FieldReader<Value>
  ) -> Located<Value>? {
    guard let i = find(key) else {
      _ = describe(key, reader, isRequired: false)
      return nil
    }
    let node = entries[i].value
    if node.isBlank {
      context.blank(key, entries[i].keyRange, meanings[key], isRequired: false)
      return nil
    }
    return node.isNull ? nil : read(key, node, reader)
  }

  /// The value of a field that may be absent, or what its absence means, placed at the record.
  package mutating func optional<Value>(
    _ key: String, _ reader: FieldReader<Value>, default absent: Value
  ) -> Located<Value> {
    optional(key, reader) ?? Located(absent, range)
  }

  /// Whether the field is there and not null; makes it a known one.
  package mutating func has(_ key: String) -> Bool {
    find(key).map { !entries[$0].value.isNull } ?? false
  }

  /// The bytes of a field's key; makes it a known one.
  package mutating func keyRange(_ key: String) -> ByteRange? {
    find(key).map { entries[$0].keyRange }
  }

  /// Adds a fault of the caller's own.
  package mutating func fault(
    _ range: ByteRange, zh: String, en: String, meant: Meant? = nil
  ) {
    context.fault(range, zh: zh, en: en, meant: meant)
  }

  private mutating func read<Value>(
    _ key: String, _ node: Node, _ reader: FieldReader<Value>
  ) -> Located<Value>? {
    context.field = key
    let value = reader.read(node, &context)
    context.field = outerField
    guard let value else { return nil }
    return Located(value, node.range)
  }

  /// Keeps what a field accepts, where that is wanted.
  private mutating func describe<Value>(
    _ key: String, _ reader: FieldReader<Value>, isRequired: Bool
  ) -> Bool {
    if described == nil { return false }
    if described?.contains(where: { $0.name == key }) == false {
      described?.append(.init(key, reader.schema, isRequired: isRequired, meaning: nil))
    }
    return true
  }

  private mutating func find(_ key: String) -> Int? {
    asked.append(key)
    for step in entries.indices {
      var i = next + step
      if i >= entries.count { i -= entries.count }
      if entries[i].key == key {
        if i < 64 { usedBits |= 1 << UInt64(i) } else { usedRest.insert(i) }
        next = i + 1 == entries.count ? 0 : i + 1
        return i
      }
    }
    return nil
  }

  private func isUsed(_ i: Int) -> Bool {
    i < 64 ? usedBits & (1 << UInt64(i)) != 0 : usedRest.contains(i)
  }

  /// Reports the fields nobody asked for and gives the context back.
  mutating func finish(returning outer: inout FieldContext) {
    for i in entries.indices where !isUsed(i) && !entries[i].key.hasPrefix("x-") {
      unknownField(entries[i])
    }
    outer.faults = context.faults
  }
}

extension Record {
  private mutating func missing(_ key: String, _ range: ByteRange) {
    let code = Quoting.code(context.columnNames[key] ?? key)
    context.fault(range, zh: "缺少必填字段 \(code)", en: "expected the field \(code), found none")
  }

  private mutating func unknownField(_ entry: Entry) {
    // What is not shown need not be searched for.
    if context.faults.isFull { return }
    let code = Quoting.code(entry.key)
    let meant = NearestName.of(entry.key, among: asked).map { Meant($0, shown: Quoting.code($0)) }
    if entry.value.isBlank, let hint = FullWidthHint.of(entry.key) {
      context.fault(
        entry.keyRange, zh: "没有 \(code) 这个字段\(hint.zh)", en: "there is no field \(code)\(hint.en)")
      return
    }
    context.fault(
      entry.keyRange,
      zh: "没有 \(code) 这个字段" + (meant == nil ? "，自用字段请以 `x-` 开头" : ""),
      en: "there is no field \(code)"
        + (meant == nil ? "; begin a field of your own with `x-`" : ""), meant: meant)
  }
}
