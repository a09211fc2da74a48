import Diagnostics

/// The fields of a mapping while it is read; finds a key that occurs twice.
///
/// A mapping is small as a rule: one word of bits, a bit a key, answers most questions without comparing. A large one gets an
/// index, so that reading stays linear.
struct UniqueEntries {
  private(set) var entries: [Entry] = []
  private var bits: UInt64 = 0
  private var index: [String: Int]?
  private static let linearLimit = 32

  init(capacity: Int) {
    if capacity > 0 { entries.reserveCapacity(capacity) }
  }

  /// The place of an earlier field with this key.
  mutating func earlier(_ key: String) -> ByteRange? {
    let bit = Self.bit(key)
    defer { bits |= bit }
    if bits & bit == 0 { return nil }
    if entries.count > Self.linearLimit {
      if index == nil {
        index = Dictionary(minimumCapacity: entries.count * 2)
        for (i, entry) in entries.enumerated() { index?[entry.key] = i }
      }
      return index?[key].map { entries[$0].keyRange }
    }
    return entries.first { $0.key == key }?.keyRange
  }

  mutating func append(_ entry: Entry) {
    index?[entry.key] = entries.count
    entries.append(entry)
  }

  private static func bit(_ key: String) -> UInt64 {
    var key = key
    let hash = key.withUTF8 { bytes in
      var hash = UInt64(truncatingIfNeeded: bytes.count)
      for byte in bytes.prefix(16) { hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
      return hash
    }
    return 1 << (hash >> 58)
  }
}
