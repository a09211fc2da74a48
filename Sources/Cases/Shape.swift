package import Diagnostics
package import Expression
package import Reading

/// What a value of an input may look like: the one description from which a file is decoded, the expression language gets its
/// types, missing data become unknowns, and a schema can be printed.
package indirect enum Shape: Sendable {
  case text
  /// The name of a format and its version: this text and no other.
  case format(String)
  /// An exact decimal between two bounds, either of which may be open.
  case number(minimum: Exact?, maximum: Exact?)
  /// A share of a whole, as an exact decimal in the unit of its field.
  case share(ShareForm)
  /// A whole number, zero or more.
  case count
  /// A whole number within a range.
  case whole(ClosedRange<Int>)
  case year
  case flag
  case date
  case word(VocabularyTable)
  case record(RecordShape)
  /// A list; `naming` is the field by which an item is called in paths (`districts[相山区]`).
  case list(Shape, naming: String?)
  /// A value for each category of designation, as the words of ``Category`` name them.
  case byCategory(Shape, of: VocabularyTable)
  /// A value for each year.
  case byYear(Shape)

  /// Zero or more.
  package static var amount: Shape { .number(minimum: Exact(0), maximum: nil) }

  /// Per cent of a whole that may be more than the whole: extra beds are occupied too.
  package static var percent: Shape { .share(.percent(maximum: nil)) }

  /// The type that conditions see.
  package var type: Type {
    switch self {
    case .text, .format: .string
    case .number, .share, .count, .whole, .year: .decimal
    case .flag: .bool
    case .date: .timestamp
    case .word(let table) where table.isOpen && table.entries.isEmpty: .string
    case .word(let table): .symbol(table.type)
    case .record(let shape): .record(shape.type)
    case .list(let item, _): .list(item.type)
    case .byCategory(let item, let table): .map(.symbol(table.type), item.type)
    case .byYear(let item): .map(.decimal, item.type)
    }
  }

  /// The values that a missing one could have.
  package var domain: Unknown.Domain {
    switch self {
    case .number(let minimum, let maximum): .number(minimum: minimum, maximum: maximum)
    case .share(.percent(let maximum)):
      .number(minimum: Exact(0), maximum: maximum.map { Exact($0) })
    case .share(.fraction): .number(minimum: Exact(0), maximum: nil)
    case .share(.growth): .number(minimum: nil, maximum: nil)
    case .count: .number(minimum: Exact(0), maximum: nil)
    case .whole(let range):
      .number(
        minimum: Exact(range.lowerBound),
        maximum: range.upperBound == Self.largestCount ? nil : Exact(range.upperBound))
    case .flag: .bool
    case .word(let table) where !table.isOpen: .oneOf(table.entries.map(\.word))
    case .year:
      .integers(low: FieldReader<Int>.years.lowerBound, high: FieldReader<Int>.years.upperBound)
    case .date: .days(CalendarDay.all)
    case .text, .format, .word, .record, .list, .byCategory, .byYear: .opaque
    }
  }

  /// What stands for a value that is not there: unknown, all the way down, unless its absence means something.
  package func absent(_ path: @autoclosure () -> String, _ absence: Absence) -> Value {
    if case .means(let value) = absence { return value }
    let path = path()
    switch absence {
    case .meansNone: return absentTable(path, .none)
    case .meansZero: return absentTable(path, .zero)
    case .unknown, .required, .means: break
    }
    switch self {
    case .record(let shape):
      return .record(
        DataRecord(
          shape, shape.fields.map { $0.shape.absent("\(path).\($0.name)", $0.absence) },
          absentPath: path))
    case .byCategory, .byYear: return absentTable(path, .unknown)
    default: return .unknown(UnknownSet(Unknown(path: path, domain: domain)))
    }
  }

  private func absentTable(_ path: String, _ missing: Table.Missing) -> Value {
    var table = Table(path: path, shape: self, entries: [:], missing: missing)
    table.isStated = false
    return .table(table)
  }
}

/// What it means that a field is not there.
package enum Absence: Sendable {
  /// It is not known.
  case unknown
  /// It must be there.
  case required
  /// It stands for this value.
  case means(Value)
  /// The table has no entries: `x in table` is false.
  case meansNone
  /// Every entry of the table is zero.
  case meansZero
}

/// The fields of a record, in their order.
package final class RecordShape: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let shape: Shape
    package let absence: Absence
    /// What it is, for schemas and templates.
    package let meaning: Bilingual
    /// The unit of a number, as profiles write it.
    package var unit: String?
    /// What else a column of a table may be called.
    package var headers: [String] = []
    /// How a field of this record, or a year of this table, is named where it stands alone, with `{}` for its own name; nil
    /// where its own name says enough.
    package var frame: Bilingual?
    /// Where people find it, for the comments of the files that `init` writes.
    package var source: Bilingual?
    /// Whether the tenant declares it.
    package var isOwn = false

    /// What it is, with the unit of a number.
    package var label: Bilingual {
      guard let unit else { return meaning }
      let word = UnitWord.of(unit)?.word ?? Bilingual(zh: unit, en: unit)
      return Bilingual(zh: "\(meaning.zh)（\(word.zh)）", en: "\(meaning.en), \(word.en)")
    }
  }

  package let name: String
  package let fields: [Field]
  package let type: RecordType
  /// What holds among the fields; for the reading and for schemas.
  package let about: RecordDescription

  package init(_ name: String, _ fields: [Field], about: RecordDescription = RecordDescription()) {
    self.name = name
    self.fields = fields
    self.about = about
    type = RecordType(name, fields: fields.map { RecordType.Field($0.name, $0.shape.type) })
  }

  package func index(of name: String) -> Int? {
    fields.indices.first { fields[$0].name == name }
  }
}

extension RecordShape.Field {
  package init(
    _ name: String, _ shape: Shape, _ absence: Absence = .unknown, zh: String, en: String,
    headers: [String] = [], frame: (zh: String, en: String)? = nil,
    from source: (zh: String, en: String)? = nil
  ) {
    self.init(
      name: name, shape: shape, absence: absence, meaning: Bilingual(zh: zh, en: en),
      headers: headers, frame: frame.map { Bilingual(zh: $0.zh, en: $0.en) },
      source: source.map { Bilingual(zh: $0.zh, en: $0.en) })
  }

  /// Whether a value says no more than that the field is not there.
  func isAbsence(_ value: Value) -> Bool {
    guard case .means(let absent) = absence else { return false }
    switch (absent, value) {
    case (.string(let a), .string(let b)): return a == b
    case (.decimal(let a), .decimal(let b)): return a == b
    case (.bool(let a), .bool(let b)): return a == b
    case (.list(let a), .list(let b)): return a.isEmpty && b.isEmpty
    case (.null, .null): return true
    default: return false
    }
  }
}
