import Reading
import Spatial

/// Reads plain rows of a registry without a tree in between.
///
/// Whatever is not plain, or at fault, is left to ``Institution/reader``, which says what is wrong with it: both read the same
/// from the same row.
enum InstitutionRow {
  static func read(_ row: borrowing CSVRow, _ columns: [String: Int]) -> Institution? {
    guard let id = text(row, columns["id"]), let id,
      let kind: Kind? = word(row, columns["kind"]), let kind,
      let categories: WordSet<Category>? = words(row, columns["categories"]), let categories,
      let status: RegistryStatus? = word(row, columns["status"]), let status,
      let name = text(row, columns["name"]), let grade: Grade? = word(row, columns["grade"]),
      let district = text(row, columns["district"]), let street = text(row, columns["street"]),
      let specialty: WordSet<Specialty>? = words(row, columns["specialty"]),
      let group = text(row, columns["group"]), let beds = count(row, columns["beds"]),
      let longitude = decimal(row, columns["lon"]), let latitude = decimal(row, columns["lat"]),
      let datumName = text(row, columns["datum"])
    else { return nil }
    var datum: Datum?
    if let datumName {
      guard let known = Datum(rawValue: datumName) else { return nil }
      datum = known
    }
    var site: Site?
    switch (longitude, latitude) {
    case (let longitude?, let latitude?):
      site = Site(longitude, latitude, datum)
      if site == nil || site?.problem != nil { return nil }
    case (nil, nil): break
    default: return nil
    }
    if site?.datum == nil, district == nil, status != .terminated { return nil }
    return Institution(
      id: id, name: name ?? id, kind: kind, categories: categories, grade: grade,
      district: district, street: street, site: site, beds: beds,
      specialty: specialty ?? WordSet(), group: group, status: status)
  }

  // Each gives `.some(nil)` for an empty field, and nil where the field is not plain.

  private static func text(_ row: borrowing CSVRow, _ column: Int?) -> String?? {
    guard let column, !row.isEmpty(column) else { return .some(nil) }
    // A space at the beginning, ideographic ones included, is for the other reader to look at.
    let isPlain = row.withBytes(column) { (bytes: UnsafeRawBufferPointer) in
      bytes[0] > 0x20 && bytes[0] != 0xE3 && bytes[0] != 0xC2 && bytes[0] != 0xE2
    }
    return isPlain ? .some(row.text(column)) : nil
  }

  private static func word<Word: Vocabulary>(
    _ row: borrowing CSVRow, _ column: Int?
  ) -> Word?? {
    guard let text = text(row, column) else { return nil }
    guard let text else { return .some(nil) }
    return Word(word: text).map { .some($0) }
  }

  private static func words<Word: Vocabulary>(
    _ row: borrowing CSVRow, _ column: Int?
  ) -> WordSet<Word>?? {
    guard let text = text(row, column) else { return nil }
    guard let text else { return .some(nil) }
    var set = WordSet<Word>()
    for part in text.split(separator: ";") {
      guard let word = Word(word: String(part)) else { return nil }
      set.insert(word)
    }
    return set.isEmpty ? nil : .some(set)
  }

  private static func count(_ row: borrowing CSVRow, _ column: Int?) -> Int?? {
    guard let column, !row.isEmpty(column) else { return .some(nil) }
    let number = row.withBytes(column) { (bytes: UnsafeRawBufferPointer) -> Int? in
      guard bytes.count <= 6, bytes.count == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
      var value = 0
      for byte in bytes {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    return number.map { .some($0) }
  }

  /// Degrees as they are written: up to three digits, a point and at least one digit more.
  private static func decimal(_ row: borrowing CSVRow, _ column: Int?) -> String?? {
    guard let column, !row.isEmpty(column) else { return .some(nil) }
    let isPlain = row.withBytes(column) { (bytes: UnsafeRawBufferPointer) -> Bool in
      guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), (1...3).contains(point),
        bytes.count > point + 1, bytes.count <= 24, bytes[0] != UInt8(ascii: "0")
      else { return false }
      for (index, byte) in bytes.enumerated() where index != point {
        if !(0x30...0x39).contains(byte) { return false }
      }
      return true
    }
    return isPlain ? .some(row.text(column)) : nil
  }
}
