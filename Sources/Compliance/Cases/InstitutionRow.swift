import Reading
import Spatial

/// Reads plain rows of a registry without a tree in between.
///
/// Whatever is not plain, or at fault, is left to ``Institution/reader``, which says what is wrong with it: both read the same
/// from the same row.
struct InstitutionRow {
  private let id, name, kind, categories, grade, district, street, longitude, latitude, datum,
    beds, specialty, group, status, uscc, circumstances: Int

  /// `columns` are the places of the columns by name; one that is not there reads as empty.
  init(_ columns: [String: Int]) {
    func place(_ name: String) -> Int { columns[name] ?? -1 }
    id = place("id")
    name = place("name")
    kind = place("kind")
    categories = place("categories")
    grade = place("grade")
    district = place("district")
    street = place("street")
    longitude = place("lon")
    latitude = place("lat")
    datum = place("datum")
    beds = place("beds")
    specialty = place("specialty")
    group = place("group")
    status = place("status")
    uscc = place("uscc")
    circumstances = place("circumstances")
  }

  func read(_ row: borrowing CSVRow) -> Institution? {
    guard let id = code(row, id), let id,
      let kind: Kind? = word(row, kind), let kind,
      let categories: WordSet<Category>? = words(row, categories), let categories,
      let status: RegistryStatus? = word(row, status), let status,
      let name = text(row, name), let grade: Grade? = word(row, grade),
      let district = text(row, district), let street = text(row, street),
      let specialty: WordSet<Specialty>? = words(row, specialty),
      let group = text(row, group), let beds = value(row, beds, PlainText.count),
      let datum = datum(row), let creditCode = code(row, uscc),
      let circumstances: WordSet<Circumstance>? = words(row, circumstances)
    else { return nil }
    var site: Site?
    let (x, y) = (row.bytes(longitude), row.bytes(latitude))
    if !x.isEmpty || !y.isEmpty {
      site = Site(x, y, datum)
      if site == nil { return nil }
    }
    if let creditCode, CreditCode.problem(creditCode) != nil { return nil }
    if site?.datum == nil, district == nil, status != .terminated { return nil }
    return Institution(
      id: id, name: name ?? id, kind: kind, categories: categories, grade: grade,
      district: district, street: street, site: site, beds: beds,
      specialty: specialty ?? WordSet(), group: group, status: status,
      uscc: creditCode, circumstances: circumstances ?? WordSet())
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
  private func word<Word: Vocabulary>(_ row: borrowing CSVRow, _ column: Int) -> Word?? {
    value(row, column) { Word(word: $0) ?? Word(name: $0) }
  }

  @inline(__always)
  private func words<Word: Vocabulary>(_ row: borrowing CSVRow, _ column: Int) -> WordSet<Word>?? {
    value(row, column) { WordSet(separatedBySemicolons: $0) }
  }
}

extension WordSet {
  /// Words separated by `;` without spaces; nil where one of them is not known, or none is there.
  fileprivate init?(separatedBySemicolons bytes: UnsafeRawBufferPointer) {
    self.init()
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: ";") {
      if end > start {
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard let word = Word(word: part) ?? Word(name: part) else { return nil }
        insert(word)
      }
      start = end + 1
    }
    if isEmpty { return nil }
  }
}
