import Expression
package import Reading
import Spatial

/// Reads plain rows of a registry without a tree in between.
///
/// Whatever is not plain, or at fault, is left to ``Institution/reader``, which says what is wrong with it: both read the same
/// from the same row.
package struct InstitutionRow {
  private let id, name, kind, categories, district, street, longitude, latitude, datum, beds,
    status,
    creditCode: Int

  private let words: Vocabularies
  /// The fields without a role, the places of their columns and their slots.
  private let others: [(column: Int, store: FieldStore, slot: Int)]
  private let slotCount: Int

  /// `columns` are the places of the columns by name; one that is not there reads as empty.
  package init(_ columns: [String: Int], _ catalogue: Catalogue) {
    words = catalogue.words
    slotCount = catalogue.institutionSlotCount
    others = catalogue.institutionEntries.compactMap { entry in
      guard let slot = entry.slot, let column = columns[entry.name] else { return nil }
      return (column, entry.store, slot)
    }
    func place(_ role: InstitutionRole) -> Int {
      catalogue.institutionEntries.first { $0.role == role }.flatMap { columns[$0.name] } ?? -1
    }
    id = place(.id)
    name = place(.name)
    kind = place(.kind)
    categories = place(.categories)
    district = place(.district)
    street = place(.street)
    longitude = place(.longitude)
    latitude = place(.latitude)
    datum = place(.datum)
    beds = place(.beds)
    status = place(.status)
    creditCode = place(.uscc)
  }

  package func read(_ row: borrowing CSVRow) -> Institution? {
    guard let id = code(row, id), let id,
      let kind: Kind? = word(row, kind, words.kind), let kind,
      let categories: WordSet<Category>? = words(row, categories, words.category), let categories,
      let status: RegistryStatus? = word(row, status, RegistryStatus.builtIn), let status,
      let name = text(row, name), let district = text(row, district),
      let street = text(row, street), let beds = value(row, beds, PlainText.count),
      let datum = datum(row), let creditCode = code(row, creditCode)
    else { return nil }
    var site: Site?
    let (x, y) = (row.bytes(longitude), row.bytes(latitude))
    if !x.isEmpty || !y.isEmpty {
      site = Site(x, y, datum)
      if site == nil { return nil }
    }
    if let creditCode, CreditCode.problem(creditCode) != nil { return nil }
    if site?.datum == nil, district == nil, status != .terminated { return nil }
    guard let values = otherValues(row) else { return nil }
    return Institution(
      id: id, name: name ?? id, kind: kind, categories: categories, district: district,
      street: street, site: site, beds: beds, status: status, uscc: creditCode, values: values)
  }

  private func otherValues(_ row: borrowing CSVRow) -> FieldValues? {
    var values = FieldValues()
    for field in others {
      let bytes = row.bytes(field.column)
      if bytes.isEmpty { continue }
      let cell: FieldValues.Cell?
      switch field.store {
      // Whatever a cell holds in more than one way.
      case .shaped, .flag: return nil
      case .words(let table):
        guard let set = WordSet<OwnWordNumber>(separatedBySemicolons: bytes, table) else {
          return nil
        }
        cell = .packed(UInt64(bitPattern: Int64(set.code)))
      case .word(let table) where !table.isOpen:
        cell = table.index(meaning: bytes).map { .packed(UInt64($0)) }
      case .text, .word:
        guard let text = text(row, field.column), let text else { return nil }
        cell = field.store.cell(of: .string(text))
      case .number, .share, .whole, .date:
        cell = field.store.plain(bytes, isText: true, isPlain: true)
      }
      guard let cell else { return nil }
      values.set(field.slot, cell, of: slotCount)
    }
    return values
  }

  // Each gives `.some(nil)` for an empty field, and nil where the field is not plain.

  @inline(__always)
  private func value<Value>(
    _ row: borrowing CSVRow, _ column: Int, _ read: (UnsafeRawBufferPointer) -> Value?
  ) -> Value?? {
    let bytes = row.bytes(column)
    if bytes.isEmpty { return .some(nil) }
    return read(bytes).map { .some($0) }
  }

  @inline(__always)
  private func text(_ row: borrowing CSVRow, _ column: Int) -> String?? {
    row.hasDoubledQuotes(column) ? nil : value(row, column, PlainText.cell)
  }

  @inline(__always)
  private func code(_ row: borrowing CSVRow, _ column: Int) -> String?? {
    row.hasDoubledQuotes(column) ? nil : value(row, column, PlainText.cellCode)
  }

  /// A datum by its word, or by another of its names.
  private func datum(_ row: borrowing CSVRow) -> Datum?? {
    if let known = value(row, datum, PlainText.datum) { return known }
    guard let text = text(row, datum), let text else { return nil }
    return DatumName.datum(meaning: text).map { .some($0) }
  }

  @inline(__always)
  private func word<Word: Vocabulary>(
    _ row: borrowing CSVRow, _ column: Int, _ table: VocabularyTable
  ) -> Word?? {
    value(row, column) { table.word(meaning: $0) }
  }

  @inline(__always)
  private func words<Word: Vocabulary>(
    _ row: borrowing CSVRow, _ column: Int, _ table: VocabularyTable
  ) -> WordSet<Word>?? {
    value(row, column) { WordSet(separatedBySemicolons: $0, table) }
  }
}

extension WordSet {
  /// Words separated by `;` without spaces; nil where one of them is not known, or none is there.
  fileprivate init?(separatedBySemicolons bytes: UnsafeRawBufferPointer, _ table: VocabularyTable) {
    self.init()
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: ";") {
      if end > start {
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard let word: Word = table.word(meaning: part) else { return nil }
        insert(word)
      }
      start = end + 1
    }
    if isEmpty { return nil }
  }
}
