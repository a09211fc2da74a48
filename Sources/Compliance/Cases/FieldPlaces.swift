package import Diagnostics

/// Where the values of an application stand in its file, eight bytes a field.
package struct FieldPlaces: Sendable {
  private let start: Int
  /// Ten bits of field, 27 of the offset from the item's beginning, and 27 of the length.
  private var places: [UInt64] = []
  /// Those that do not lie within the item: what an alias stands for keeps its place.
  private var elsewhere: [(field: ApplicationField, range: ByteRange)] = []
  private static let bits: UInt64 = 27

  /// None yet, of an item with the range.
  init(of item: ByteRange) { start = item.start }

  mutating func add(_ field: ApplicationField, _ range: ByteRange) {
    let offset = range.start - start
    guard offset >= 0, offset < 1 << Self.bits, range.count < 1 << Self.bits else {
      elsewhere.append((field, range))
      return
    }
    if places.isEmpty { places.reserveCapacity(16) }
    places.append(
      UInt64(field.index) << (2 * Self.bits)
        | UInt64(offset) << Self.bits | UInt64(range.count))
  }

  /// The bytes of a field's value; nil where the field is absent.
  package subscript(_ field: ApplicationField) -> ByteRange? {
    let mask: UInt64 = 1 << Self.bits - 1
    for place in places where place >> (2 * Self.bits) == UInt64(field.index) {
      let from = start + Int(place >> Self.bits & mask)
      return ByteRange(start: from, end: from + Int(place & mask))
    }
    return elsewhere.first { $0.field == field }?.range
  }
}
