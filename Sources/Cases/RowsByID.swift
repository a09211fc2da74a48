/// Finds the row of an id: one number a row beside the rows themselves, where a dictionary would keep every id again.
///
/// Slots are probed one after the other from the one that the hash names; at most half of them are taken.
package struct RowsByID: Sendable {
  /// Row numbers from 1; 0 is free.
  private var slots: [UInt32]
  package private(set) var count = 0

  /// - Parameter expected: how many ids there may be; more find room too.
  package init(expecting expected: Int = 8) {
    var size = 16
    while size < expected * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  /// The row with the id; `idOf` gives the id of a row.
  package func row(of id: String, _ idOf: (Int) -> String) -> Int? {
    var slot = firstSlot(id)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if idOf(row) == id { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Notes the id of a row, unless an earlier row has it; false then.
  package mutating func insert(_ id: String, row: Int, _ idOf: (Int) -> String) -> Bool {
    if (count + 1) * 2 > slots.count { grow(idOf) }
    var slot = firstSlot(id)
    while slots[slot] != 0 {
      if idOf(Int(slots[slot]) - 1) == id { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(row + 1)
    count += 1
    return true
  }

  private mutating func grow(_ idOf: (Int) -> String) {
    let taken = slots
    slots = [UInt32](repeating: 0, count: taken.count * 4)
    for number in taken where number != 0 {
      var slot = firstSlot(idOf(Int(number) - 1))
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = number
    }
  }

  private func firstSlot(_ id: String) -> Int {
    var hasher = Hasher()
    hasher.combineQuickly(id)
    return hasher.finalize() & (slots.count - 1)
  }
}
