/// A value as JSON and YAML have them, whatever it was read from: what inputs are taken apart into when they have to be kept,
/// changed field by field and written again.
///
/// Numbers are their digits, so that none is rounded; the entries of a record keep their order.
package indirect enum PlainValue: Sendable, Hashable {
  /// One field of a record.
  package struct Entry: Sendable, Hashable {
    package var key: String
    package var value: PlainValue

    package init(_ key: String, _ value: PlainValue) {
      self.key = key
      self.value = value
    }
  }

  case null
  case flag(Bool)
  /// Decimal digits as they were written, with a sign, a point or an exponent where there is one.
  case number(String)
  case text(String)
  case list([PlainValue])
  case record([Entry])

  package static func number(_ value: Int) -> PlainValue { .number(String(value)) }

  package static func text(_ value: String?) -> PlainValue { value.map { .text($0) } ?? .null }

  /// The value of a field of a record; setting null keeps it as null, removing is ``removing(_:)``.
  package subscript(_ key: String) -> PlainValue? {
    get {
      guard case .record(let entries) = self else { return nil }
      return entries.first { $0.key == key }?.value
    }
    set {
      guard case .record(var entries) = self else { return }
      if let index = entries.firstIndex(where: { $0.key == key }) {
        if let newValue {
          entries[index].value = newValue
        } else {
          entries.remove(at: index)
        }
      } else if let newValue {
        entries.append(Entry(key, newValue))
      }
      self = .record(entries)
    }
  }

  package var entries: [Entry] {
    if case .record(let entries) = self { entries } else { [] }
  }

  package var items: [PlainValue] {
    if case .list(let items) = self { items } else { [] }
  }

  /// What a text says; nil of anything else.
  package var string: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// A whole number that fits; nil of anything else.
  package var integer: Int? {
    if case .number(let digits) = self { Int(digits) } else { nil }
  }
}

extension PlainValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(integerLiteral value: Int) { self = .number(String(value)) }
  package init(arrayLiteral elements: PlainValue...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, PlainValue)...) {
    self = .record(elements.map { Entry($0.0, $0.1) })
  }
}
