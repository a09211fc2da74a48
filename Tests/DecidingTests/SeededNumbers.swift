/// A small generator with a seed, so that a failing batch can be made again.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func chance(_ of: Int) -> Bool { below(of) == 0 }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
  mutating func shuffle<Item>(_ items: inout [Item]) {
    for index in items.indices.reversed() { items.swapAt(index, below(index + 1)) }
  }
}
