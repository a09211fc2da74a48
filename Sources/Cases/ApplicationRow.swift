import Diagnostics
import Expression
import Reading
import Spatial

/// Reads plain rows of a table of applications without a tree in between, as ``InstitutionRow`` does those of a registry.
///
/// Whatever is not plain, or at fault, is left to ``Application/reader(file:_:)``: both read the same from the same row.
struct ApplicationRow {
  private let catalogue: Catalogue
  /// The index of its file in the batch.
  private let file: Int
  /// The entries that have a column, in the order of the columns, with the place of it.
  private let columns: [(entry: Int, column: Int)]
  private let longitude, latitude, datum, place: Int

  private static let hundred = Exact(100)

  /// `columns` are the places of the columns by the fields that they mean.
  init(_ columns: [String: Int], file: Int, _ catalogue: Catalogue) {
    self.catalogue = catalogue
    self.file = file
    self.columns = catalogue.applicationEntries.indices.compactMap { index in
      let entry = catalogue.applicationEntries[index]
      return entry.role == .location ? nil : columns[entry.name].map { (index, $0) }
    }.sorted { $0.1 < $1.1 }
    longitude = columns["lon"] ?? -1
    latitude = columns["lat"] ?? -1
    datum = columns["datum"] ?? -1
    place = columns["location"] ?? -1
  }

  func read(_ row: borrowing CSVRow) -> Application? {
    guard row.isEmpty(place), let site = row.site(longitude, latitude, datum) else { return nil }
    var fields = FieldPlaces(of: row.range)
    var values = FieldValues()
    var (id, name, district, street, institution, replaces, creditCode):
      (String?, String?, String?, String?, String?, String?, String?)
    var kind: Kind?
    var requests: WordSet<Category>?
    var designatedFor = WordSet<Category>()
    var submitted: CalendarDay?
    var (beds, existingBeds, score): (Int?, Int?, Exact?)
    for (index, column) in columns where !row.isEmpty(column) {
      fields.add(ApplicationField(index), row.range(column))
      let isRead: Bool
      func take<Value>(_ read: Value??, _ field: inout Value?) -> Bool {
        guard let read else { return false }
        field = read
        return true
      }
      switch catalogue.applicationEntries[index].role {
      case nil:
        guard let slot = catalogue.applicationEntries[index].slot,
          let cell = row.cell(column, catalogue.applicationEntries[index].store), let cell
        else { return nil }
        values.set(slot, cell, of: catalogue.slotCount)
        isRead = true
      case .id: isRead = take(row.code(column), &id)
      case .name: isRead = take(row.plainText(column), &name)
      case .kind: isRead = take(row.word(column, catalogue.words.kind), &kind)
      case .requests: isRead = take(row.words(column, catalogue.words.category), &requests)
      case .district: isRead = take(row.plainText(column), &district)
      case .street: isRead = take(row.plainText(column), &street)
      case .location: isRead = false
      case .beds: isRead = take(row.value(column, PlainText.count), &beds)
      case .existingBeds: isRead = take(row.value(column, PlainText.count), &existingBeds)
      case .submitted: isRead = take(row.value(column, PlainText.day), &submitted)
      case .score:
        isRead =
          take(row.value(column, PlainText.exact), &score)
          && (score.map { $0 <= Self.hundred } ?? true)
      case .designatedFor:
        var held: WordSet<Category>?
        isRead = take(row.words(column, catalogue.words.category), &held)
        designatedFor = held ?? designatedFor
      case .institution: isRead = take(row.code(column), &institution)
      case .replaces: isRead = take(row.code(column), &replaces)
      case .uscc: isRead = take(row.creditCode(column), &creditCode)
      }
      if !isRead { return nil }
    }
    guard let id, let name, let kind, let requests, let submitted,
      !requests.contains(.inpatient) || beds != nil,
      institution == nil || institution != replaces
    else { return nil }
    if site != nil { fields.add(.location, row.range) }
    return Application(
      id: id, name: name, kind: kind, requests: requests, district: district, street: street,
      site: site, beds: beds, existingBeds: existingBeds ?? 0, submitted: submitted, score: score,
      designatedFor: designatedFor, institution: institution, replaces: replaces,
      uscc: creditCode, values: values,
      source: ApplicationSource(file: file, item: row.range, fields: fields))
  }
}
