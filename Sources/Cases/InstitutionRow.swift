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
    guard let id = row.code(id), let id,
      let kind: Kind? = row.word(kind, words.kind), let kind,
      let categories: WordSet<Category>? = row.words(categories, words.category), let categories,
      let status: RegistryStatus? = row.word(status, RegistryStatus.builtIn), let status,
      let name = row.plainText(name), let district = row.plainText(district),
      let street = row.plainText(street), let beds = row.value(beds, PlainText.count),
      let site = row.site(longitude, latitude, datum), let creditCode = row.creditCode(creditCode)
    else { return nil }
    if site?.datum == nil, district == nil, status != .terminated { return nil }
    var values = FieldValues()
    for index in others.indices where !row.isEmpty(others[index].column) {
      guard let cell = row.cell(others[index].column, others[index].store) else { return nil }
      if let cell { values.set(others[index].slot, cell, of: slotCount) }
    }
    return Institution(
      id: id, name: name ?? id, kind: kind, categories: categories, district: district,
      street: street, site: site, beds: beds, status: status, uscc: creditCode, values: values)
  }
}
