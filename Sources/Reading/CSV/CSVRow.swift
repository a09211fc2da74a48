package import Diagnostics

/// One row of a CSV file, lent while it is read: places of fields, and their bytes on demand.
///
/// Columns count from 0. A column that the row does not have reads as empty, so that an absent column needs no case of its own.
package struct CSVRow: ~Copyable {
  struct Field {
    /// With the quotes.
    var start: Int
    var end: Int
    var isQuoted: Bool
    var hasDoubledQuotes: Bool
  }

  /// The row's place in the file from 1, blank rows not counted.
  package internal(set) var number = 0
  // SAFETY: points into the file's bytes, which outlive the call that lends the row; a row can be neither copied nor kept.
  private let bytes: UnsafeRawBufferPointer
  var fields: [Field] = []

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The number of fields.
  package var count: Int { fields.count }

  /// The bytes of the whole row, without its line end.
  package var range: ByteRange {
    ByteRange(start: fields.first?.start ?? 0, end: fields.last?.end ?? 0)
  }

  /// The bytes of a field, its quotes included; the end of the row for a column it does not have.
  package func range(_ column: Int) -> ByteRange {
    guard column >= 0, column < fields.count else {
      let end = fields.last?.end ?? 0
      return ByteRange(start: end, end: end)
    }
    return ByteRange(start: fields[column].start, end: fields[column].end)
  }

  /// Whether no field holds anything.
  package var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

  package func isEmpty(_ column: Int) -> Bool {
    let content = content(column)
    return content.count == 0
  }

  /// Lends the bytes of a field without its quotes; nothing is allocated. Doubled quotes are still doubled.
  package func withBytes<Result, Failure: Error>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let content = content(column)
    return try body(UnsafeRawBufferPointer(rebasing: bytes[content.start..<content.end]))
  }

  /// The same bytes as ``withBytes(_:_:)`` lends, for readers of whole rows; not to be kept beyond the row.
  package func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let content = content(column)
    return UnsafeRawBufferPointer(rebasing: bytes[content.start..<content.end])
  }

  /// Whether ``withBytes(_:_:)`` would show quotes doubled.
  package func hasDoubledQuotes(_ column: Int) -> Bool {
    column >= 0 && column < fields.count && fields[column].hasDoubledQuotes
  }

  /// The text of a field.
  package func text(_ column: Int) -> String {
    let content = content(column)
    guard hasDoubledQuotes(column) else {
      return String(decoding: bytes[content.start..<content.end], as: UTF8.self)
    }
    var text: [UInt8] = []
    text.reserveCapacity(content.count)
    var position = content.start
    while position < content.end {
      text.append(bytes[position])
      position += bytes[position] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func content(_ column: Int) -> ByteRange {
    guard column >= 0, column < fields.count else { return ByteRange(start: 0, end: 0) }
    let field = fields[column]
    return field.isQuoted
      ? ByteRange(start: field.start + 1, end: field.end - 1)
      : ByteRange(start: field.start, end: field.end)
  }
}
