/// A set of cell numbers that says how many of its members come before any cell, in constant time.
///
/// A bit for each cell, and a count for each 64 of them: a quarter of a byte a cell.
package struct OccupiedCells: Sendable {
  private struct Block {
    var bits: UInt64 = 0
    var before: UInt32 = 0
  }

  private var blocks: [Block]
  /// How many cells are occupied.
  package let count: Int

  /// The members are `cells`, in any order and repeated at will, each below `cellCount`.
  package init(_ cells: [UInt32], below cellCount: Int) {
    blocks = [Block](repeating: Block(), count: cellCount / 64 + 1)
    for cell in cells { blocks[Int(cell / 64)].bits |= 1 << UInt64(cell % 64) }
    var before: UInt32 = 0
    for i in blocks.indices {
      blocks[i].before = before
      before += UInt32(blocks[i].bits.nonzeroBitCount)
    }
    count = Int(before)
  }

  /// The number of occupied cells before `cell`, which may be the cell count itself.
  package func count(before cell: Int) -> Int {
    let block = blocks[cell >> 6]
    let earlier: UInt64 = (1 << UInt64(cell & 63)) &- 1
    return Int(block.before) + (block.bits & earlier).nonzeroBitCount
  }
}
