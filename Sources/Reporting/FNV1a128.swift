/// The 128-bit FNV-1a hash as 32 hex digits: for fingerprints, which need to be stable and well spread, not secret.
///
/// Source: draft-eastlake-fnv.
enum FNV1a128 {
  private static let offsetBasis: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

  static func hex(_ text: String) -> String {
    var hash = offsetBasis
    for byte in text.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}
