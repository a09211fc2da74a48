package import Diagnostics

/// Where the values of an application stand in its file, four bytes a field.
package struct FieldPlaces: Sendable {
  private let start: Int
  /// Five bits of field, 15 of the offset from the item's beginning, and 12 of the length.
  private var places: [UInt32] = []
  /// Those that are too long, of a field too far down the catalogue, or do not lie within the item: what an alias stands for
  /// keeps its place.
  private var elsewhere: [(field: ApplicationField, range: ByteRange)] = []
  private static let fieldBits: UInt32 = 5
  private static let offsetBits: UInt32 = 15
  private static let countBits: UInt32 = 12

  /// None yet, of an item with the range.
  package init(of item: ByteRange) { start = item.start }

  package mutating func add(_ field: ApplicationField, _ range: ByteRange) {
    let offset = range.start - start
    guard offset >= 0, offset < 1 << Self.offsetBits, range.count < 1 << Self.countBits,
      field.index < 1 << Self.fieldBits
    else {
      elsewhere.append((field, range))
      return
    }
    if places.isEmpty { places.reserveCapacity(16) }
    places.append(
      UInt32(field.index) << (Self.offsetBits + Self.countBits)
        | UInt32(offset) << Self.countBits | UInt32(range.count))
  }

  /// The bytes of a field's value; nil where the field is absent.
  package subscript(_ field: ApplicationField) -> ByteRange? {
    for place in places
    where place >> (Self.offsetBits + Self.countBits) == UInt32(field.index) {
      let from = start + Int(place >> Self.countBits & (1 << Self.offsetBits - 1))
      return ByteRange(start: from, end: from + Int(place & (1 << Self.countBits - 1)))
    }
    return elsewhere.first { $0.field == field }?.range
  }
}
