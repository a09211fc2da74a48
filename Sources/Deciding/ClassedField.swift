package import Cases
import Expression

/// A field of an application whose values are told apart by number, so that applications can be sorted into classes.
package struct ClassedField: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    case kind, requests, district, street, beds, existingBeds, designatedFor, newBeds
    /// One that is kept as the number of its word or as a truth value, or as a set of words.
    case packed(slot: Int)
    /// Any other, numbered in the order of the batch.
    case numbered(slot: Int)
  }

  /// Among the fields that conditions see.
  package let index: Int
  package let source: Source
  /// The bits that a number takes.
  package let width: Int

  /// The field at an index of ``Catalogue/application``; nil where its values are not told apart.
  package init?(index: Int, _ catalogue: Catalogue) {
    guard catalogue.application.fields.indices.contains(index) else { return nil }
    self.index = index
    let name = catalogue.application.fields[index].name
    if name == Application.newBedsName {
      (source, width) = (.newBeds, 24)
      return
    }
    guard let entry = catalogue.applicationEntry(name) else { return nil }
    switch entry.role {
    case .kind: (source, width) = (.kind, 8)
    case .requests: (source, width) = (.requests, Self.width(ofSetOf: catalogue.words.category))
    case .designatedFor:
      (source, width) = (.designatedFor, Self.width(ofSetOf: catalogue.words.category))
    case .district: (source, width) = (.district, 16)
    case .street: (source, width) = (.street, 16)
    case .beds: (source, width) = (.beds, 24)
    case .existingBeds: (source, width) = (.existingBeds, 24)
    case .id, .name, .location, .submitted, .score, .institution, .replaces, .uscc: return nil
    case nil:
      guard let slot = entry.slot else { return nil }
      switch entry.store {
      case .word(let table) where !table.isOpen:
        // One more for a word that is not given where that means something.
        (source, width) = (.packed(slot: slot), Self.bits(for: table.entries.count + 1))
      case .flag: (source, width) = (.packed(slot: slot), 2)
      case .words(let table): (source, width) = (.packed(slot: slot), Self.width(ofSetOf: table))
      case .word, .number, .share, .whole, .date, .text:
        (source, width) = (.numbered(slot: slot), 16)
      case .shaped: return nil
      }
    }
  }

  package static func district(_ catalogue: Catalogue) -> ClassedField? {
    catalogue.application.index(of: "district").flatMap { ClassedField(index: $0, catalogue) }
  }

  private static func width(ofSetOf table: VocabularyTable) -> Int {
    max(8, table.entries.count)
  }

  private static func bits(for count: Int) -> Int { Int.bitWidth - count.leadingZeroBitCount }
}

/// The values of the classed fields of a batch as numbers.
package struct ClassedFields {
  private let batch: Batch
  private let numbers: [ClassedField: [Int32]]

  private enum Key: Hashable {
    case absent
    case packed(UInt64)
    case text(String)
  }

  /// Numbers the values of the `selected` fields.
  package init(_ selected: Set<ClassedField>, of batch: Batch) {
    func numbered(_ key: (Application) -> Key?) -> [Int32] {
      var known: [Key: Int32] = [:]
      return batch.applications.map { application in
        guard let key = key(application) else { return -1 }
        if let number = known[key] { return number }
        let number = Int32(known.count)
        known[key] = number
        return number
      }
    }
    self.batch = batch
    var numbers: [ClassedField: [Int32]] = [:]
    for field in selected {
      switch field.source {
      case .district: numbers[field] = numbered { $0.district.map(Key.text) }
      case .street: numbers[field] = numbered { $0.street.map(Key.text) }
      case .numbered(let slot):
        let isKnown = Self.absenceIsKnown(field, batch.catalogue)
        numbers[field] = numbered { application in
          switch application.values[slot] {
          case nil: isKnown ? .absent : nil
          case .packed(let bits): .packed(bits)
          case .boxed(.string(let text)): .text(text)
          case .boxed(let value): value.exact.map { .text($0.description) }
          }
        }
      default: break
      }
    }
    self.numbers = numbers
  }

  private static func absenceIsKnown(_ field: ClassedField, _ catalogue: Catalogue) -> Bool {
    if case .means = catalogue.application.fields[field.index].absence { true } else { false }
  }

  /// The number of a field's value; nil where it is missing or does not fit the width.
  package func number(_ field: ClassedField, of index: Int) -> Int? {
    guard let number = found(field, index), number >= 0, number < 1 << field.width else {
      return nil
    }
    return number
  }

  private func found(_ field: ClassedField, _ index: Int) -> Int? {
    switch field.source {
    case .kind: return Int(batch.applications[index].kind.rawValue)
    case .requests: return batch.applications[index].requests.code
    case .designatedFor: return batch.applications[index].designatedFor.code
    case .district, .street, .numbered:
      guard let numbers = numbers[field], numbers.indices.contains(index) else { return nil }
      return Int(numbers[index])
    case .packed(let slot):
      switch batch.applications[index].values[slot] {
      case .packed(let bits): return Int(truncatingIfNeeded: bits)
      case .boxed: return nil
      case nil:
        guard Self.absenceIsKnown(field, batch.catalogue) else { return nil }
        // A set without words, or the number that no word has.
        if case .list = batch.catalogue.application.fields[field.index].shape { return 0 }
        return 1 << field.width - 1
      }
    case .beds: return batch.applications[index].beds
    case .existingBeds: return batch.applications[index].existingBeds
    case .newBeds:
      // What it adds may hang on who comes before it.
      guard batch.applications[index].replaces == nil else { return nil }
      return batch.applications[index].askedBeds
    }
  }
}
