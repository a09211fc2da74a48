package import Expression
package import Reading

/// The values of fields that the program does nothing with but read, show and compare, eight bytes each.
///
/// What a number stands for is told by the field's ``FieldStore``.
package struct FieldValues: Sendable {
  /// One field's value as it is kept.
  package enum Cell: Sendable {
    case packed(UInt64)
    /// What does not fit eight bytes: texts, lists and long numbers.
    case boxed(Value)
  }

  private static let absent = UInt64.max
  private static let boxMark: UInt64 = 1 << 63

  private var cells: [UInt64] = []
  private var boxes: [Value] = []

  package init() {}

  /// - Parameter count: how many fields there are in all.
  package mutating func set(_ slot: Int, _ cell: Cell, of count: Int) {
    if cells.isEmpty { cells = [UInt64](repeating: Self.absent, count: count) }
    switch cell {
    case .packed(let bits): cells[slot] = bits
    case .boxed(let value):
      cells[slot] = Self.boxMark | UInt64(boxes.count)
      boxes.append(value)
    }
  }

  /// Nil where the field is absent.
  package subscript(_ slot: Int) -> Cell? {
    guard cells.indices.contains(slot), cells[slot] != Self.absent else { return nil }
    let bits = cells[slot]
    if bits & Self.boxMark != 0 { return .boxed(boxes[Int(bits & ~Self.boxMark)]) }
    return .packed(bits)
  }
}

/// How the values of a field are read and kept.
package enum FieldStore: Sendable {
  case word(VocabularyTable)
  case words(VocabularyTable)
  case number(minimum: Exact?, maximum: Exact?)
  case share(ShareForm)
  case whole(ClosedRange<Int>)
  case date
  case flag
  case text
  /// Anything else, read by its shape.
  case shaped(Shape, path: String)

  package init(_ shape: Shape, path: String) {
    switch shape {
    case .word(let table): self = .word(table)
    case .list(.word(let table), _) where table.entries.count < VocabularyTable.capacity:
      self = .words(table)
    case .number(let minimum, let maximum): self = .number(minimum: minimum, maximum: maximum)
    case .share(let form): self = .share(form)
    case .count: self = .whole(0...Shape.largestCount)
    case .whole(let range): self = .whole(range)
    case .year: self = .whole(FieldReader<Int>.years)
    case .date: self = .date
    case .flag: self = .flag
    case .text: self = .text
    case .format, .record, .list, .byCategory, .byYear: self = .shaped(shape, path: path)
    }
  }

  /// What the reader of trees takes for it.
  package func reader(_ shape: Shape) -> FieldReader<FieldValues.Cell> {
    switch self {
    case .word(let table) where table.isOpen:
      FieldReader<String>.word(of: table).then { text, _ in Self.cell(text.value, table) }
    case .word(let table):
      FieldReader { node, context in
        if context.describes(table.schema) { return nil }
        return table.index(in: node, &context).map { .packed(UInt64($0)) }
      }
    case .words(let table):
      FieldReader<WordSet<OwnWordNumber>>.words(of: table).then { set, _ in
        .packed(UInt64(bitPattern: Int64(set.value.code)))
      }
    case .number(let minimum, let maximum):
      FieldReader<Exact>.exact(minimum, maximum).then { number, _ in Self.cell(number.value) }
    case .share(let form):
      FieldReader<Exact>.share(form).then { number, _ in Self.cell(number.value) }
    case .whole(let range):
      FieldReader<Int>.integer(in: range).described { described in
        if case .year = shape { .year } else { described }
      }.then { number, _ in .packed(UInt64(number.value)) }
    case .date: FieldReader<CalendarDay>.day.then { day, _ in Self.cell(day.value) }
    case .flag: FieldReader<Bool>.bool.then { flag, _ in .packed(flag.value ? 1 : 0) }
    case .text: FieldReader<String>.text.then { text, _ in .boxed(.string(text.value)) }
    case .shaped(let shape, let path):
      shape.reader(path).then { read, _ in .boxed(read.value.value) }
    }
  }

  /// What the bytes of a single plain value are; nil where they are not plain or cannot be meant.
  @inline(__always)
  package func plain(_ bytes: UnsafeRawBufferPointer, isText: Bool, isPlain: Bool) -> FieldValues
    .Cell?
  {
    switch self {
    case .word(let table):
      guard isText else { return nil }
      if let index = table.index(of: bytes) { return .packed(UInt64(index)) }
      return table.isOpen ? PlainText.text(bytes).map { Self.cell($0, table) } : nil
    case .number(let minimum, let maximum):
      guard isPlain, let number = PlainText.exact(bytes), minimum.map({ $0 <= number }) ?? true,
        maximum.map({ number <= $0 }) ?? true
      else { return nil }
      return Self.cell(number)
    case .share(let form):
      guard isPlain, let number = PlainText.exact(bytes), form.isPlain(number) else { return nil }
      return Self.cell(number)
    case .whole(let range):
      guard isPlain, let number = PlainText.count(bytes), range.contains(number) else { return nil }
      return .packed(UInt64(number))
    case .date: return isText ? PlainText.day(bytes).map { Self.cell($0) } : nil
    case .flag:
      guard isPlain else { return nil }
      if bytes.elementsEqual("true".utf8) { return .packed(1) }
      return bytes.elementsEqual("false".utf8) ? .packed(0) : nil
    case .text: return isText ? PlainText.text(bytes).map { .boxed(.string($0)) } : nil
    case .words, .shaped: return nil
    }
  }

  /// What conditions see of a value that is kept.
  package func value(_ cell: FieldValues.Cell) -> Value {
    guard case .packed(let bits) = cell else {
      if case .boxed(let value) = cell { return value }
      return .null
    }
    switch self {
    case .word(let table): return table.values[Int(bits)]
    case .words(let table):
      var words: [Value] = []
      var rest = bits
      while rest != 0 {
        words.append(table.values[rest.trailingZeroBitCount])
        rest &= rest - 1
      }
      return .list(words)
    case .number, .share: return Self.number(packed: bits).map(Value.decimal) ?? .null
    case .whole: return .decimal(Exact(Int(bits)))
    case .date:
      return Timestamp(seconds: (Int64(bits) - Self.dayOffset) * 86_400).map(Value.timestamp)
        ?? .null
    case .flag: return .bool(bits == 1)
    case .text, .shaped: return .null
    }
  }

  /// How a value that conditions see is kept; nil where it is not of this field.
  package func cell(of value: Value) -> FieldValues.Cell? {
    switch (self, value) {
    case (.word(let table), .string(let word)):
      if let index = table.index(meaning: word) { return .packed(UInt64(index)) }
      return table.isOpen ? .boxed(value) : nil
    case (.words(let table), .list(let words)):
      var bits: UInt64 = 0
      for case .string(let word) in words {
        if let index = table.index(meaning: word) { bits |= 1 << UInt64(index) }
      }
      return .packed(bits)
    case (.number, .decimal(let number)), (.share, .decimal(let number)): return Self.cell(number)
    case (.whole(let range), .decimal(let number)):
      return number.asInt.flatMap { range.contains($0) ? .packed(UInt64($0)) : nil }
    case (.date, .timestamp(let day)):
      return .packed(UInt64(day.seconds / 86_400 + Self.dayOffset))
    case (.flag, .bool(let flag)): return .packed(flag ? 1 : 0)
    case (.text, .string), (.shaped, .list): return .boxed(value)
    default: return nil
    }
  }

  private static let denominatorBits: UInt64 = 22
  private static let denominatorMask: UInt64 = 1 << denominatorBits - 1
  /// More days than lie between the first that a file can name and the beginning of the epoch.
  private static let dayOffset: Int64 = 1 << 32

  private static func cell(_ number: Exact) -> FieldValues.Cell {
    packed(number).map { .packed($0) } ?? .boxed(.decimal(number))
  }

  /// What is kept where there is no number.
  static let absent: UInt64 = 0

  /// A number in eight bytes; nil where it does not fit.
  static func packed(_ number: Exact) -> UInt64? {
    guard number.numerator >= 0, number.numerator < 1 << 40,
      number.denominator <= Int128(denominatorMask)
    else { return nil }
    return UInt64(number.numerator) << denominatorBits | UInt64(number.denominator)
  }

  /// The number that ``packed(_:)`` made eight bytes of; nil of ``absent``.
  static func number(packed bits: UInt64) -> Exact? {
    if bits == absent { return nil }
    return try? Exact(
      numerator: Int128(bits >> denominatorBits), denominator: Int128(bits & denominatorMask))
  }

  private static func cell(_ day: CalendarDay) -> FieldValues.Cell {
    .packed(UInt64(Int64(day.daysSinceEpoch) + dayOffset))
  }

  private static func cell(_ text: String, _ table: VocabularyTable) -> FieldValues.Cell {
    table.index(meaning: text).map { .packed(UInt64($0)) } ?? .boxed(.string(text))
  }
}

/// A word of any vocabulary, for sets of them.
package struct OwnWordNumber: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable("", zh: "", en: "", [])
}

extension Value {
  /// The value with the paths of what is missing in it under another beginning.
  package func moved(from old: String, to new: String) -> Value {
    switch self {
    case .unknown(let set):
      var result: UnknownSet?
      for unknown in set.elements {
        var origin = unknown.origin
        if case .data(let path) = origin, path.hasPrefix(old) {
          origin = .data(new + path.dropFirst(old.count))
        }
        let one = UnknownSet(Unknown(origin, domain: unknown.domain))
        result = result?.union(one) ?? one
      }
      return result.map(Value.unknown) ?? self
    case .list(let items): return .list(items.map { $0.moved(from: old, to: new) })
    case .record(let record as DataRecord):
      return .record(
        DataRecord(
          record.shape, record.values.map { $0.moved(from: old, to: new) },
          absentPath: record.absentPath))
    default: return self
    }
  }
}
