import Expression
import Reading
import Spatial

/// What plain cells of a row say, for the readers that make no tree.
///
/// Each gives `.some(nil)` for an empty cell, and nil where the cell is not plain.
extension CSVRow {
  @inline(__always)
  func value<Value>(
    _ column: Int, _ read: (UnsafeRawBufferPointer) -> Value?
  ) -> Value?? {
    let bytes = bytes(column)
    if bytes.isEmpty { return .some(nil) }
    return read(bytes).map { .some($0) }
  }

  @inline(__always)
  func plainText(_ column: Int) -> String?? {
    hasDoubledQuotes(column) ? nil : value(column, PlainText.cell)
  }

  @inline(__always)
  func code(_ column: Int) -> String?? {
    hasDoubledQuotes(column) ? nil : value(column, PlainText.cellCode)
  }

  /// A unified social credit code, as it is kept.
  func creditCode(_ column: Int) -> String?? {
    guard let code = code(column) else { return nil }
    guard let code else { return .some(nil) }
    return CreditCode.problem(code) == nil ? code : nil
  }

  @inline(__always)
  func word<Word: Vocabulary>(_ column: Int, _ table: VocabularyTable) -> Word?? {
    value(column) { table.word(meaning: $0) }
  }

  @inline(__always)
  func words<Word: Vocabulary>(_ column: Int, _ table: VocabularyTable) -> WordSet<Word>?? {
    value(column) { WordSet(separatedBySemicolons: $0, table) }
  }

  /// A datum by its word, or by another of its names.
  func datum(_ column: Int) -> Datum?? {
    if let known = value(column, PlainText.datum) { return known }
    guard let text = plainText(column), let text else { return nil }
    return DatumName.datum(meaning: text).map { .some($0) }
  }

  /// A place of which both numbers are given, or none.
  func site(_ longitude: Int, _ latitude: Int, _ datum: Int) -> Site?? {
    guard let datum = self.datum(datum) else { return nil }
    let (x, y) = (bytes(longitude), bytes(latitude))
    if x.isEmpty, y.isEmpty { return .some(nil) }
    return Site(x, y, datum).map { .some($0) }
  }

  /// The value of a field that is kept among the others.
  func cell(_ column: Int, _ store: FieldStore) -> FieldValues.Cell?? {
    let bytes = bytes(column)
    if bytes.isEmpty { return .some(nil) }
    let cell: FieldValues.Cell?
    switch store {
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
      guard let text = plainText(column), let text else { return nil }
      cell = store.cell(of: .string(text))
    case .number, .share, .whole, .date:
      cell = store.plain(bytes, isText: true, isPlain: true)
    }
    return cell.map { .some($0) }
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
