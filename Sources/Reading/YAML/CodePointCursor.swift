/// Turns libyaml's marks, which count code points, into byte offsets.
///
/// Marks come nearly in order, so that each step walks from the last place and the whole file is walked once. Eight bytes are
/// taken at a time. The bytes must be valid UTF-8 as far as marks reach, which libyaml has checked.
struct CodePointCursor {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private var codePoint = 0
  private var byte: Int

  /// Code point 0 is at byte `start`.
  init(_ bytes: UnsafeRawBufferPointer, start: Int) {
    self.bytes = bytes
    self.start = start
    self.byte = start
  }

  mutating func byteOffset(of target: Int) -> Int {
    if target < codePoint { walkBack(to: target) } else { walkForward(to: target) }
    return byte
  }

  private mutating func walkForward(to target: Int) {
    var left = target - codePoint
    let end = bytes.count
    while left >= 8, byte + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self)
      let following = (word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101
      left -= 8 - following.nonzeroBitCount
      byte += 8
    }
    while left > 0, byte < end {
      if bytes[byte] & 0xC0 != 0x80 { left -= 1 }
      byte += 1
    }
    while byte < end, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
    codePoint = target - left
  }

  private mutating func walkBack(to target: Int) {
    while codePoint > target, byte > start {
      byte -= 1
      if bytes[byte] & 0xC0 != 0x80 { codePoint -= 1 }
    }
  }
}
