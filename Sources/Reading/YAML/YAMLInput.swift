import CLibYAML
import Glibc

/// Hands bytes to libyaml piece by piece and notices when it takes too many of them for one event.
///
/// libyaml holds a scalar or looks past a comment as a whole, whatever its size: the allowance is what bounds its time and memory.
struct YAMLInput {
  let bytes: UnsafeRawBufferPointer
  var position: Int
  /// Where libyaml must have given an event.
  var allowance: Int
  var isExhausted = false

  /// libyaml's read handler; `context` points to a `YAMLInput`.
  static func hand(
    _ context: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ size: Int,
    _ sizeRead: UnsafeMutablePointer<Int>?
  ) -> Int32 {
    guard let context, let buffer, let sizeRead else { return 0 }
    return context.assumingMemoryBound(to: YAMLInput.self).pointee.hand(buffer, size, sizeRead)
  }

  private mutating func hand(
    _ buffer: UnsafeMutablePointer<UInt8>, _ size: Int, _ sizeRead: UnsafeMutablePointer<Int>
  ) -> Int32 {
    let count = min(bytes.count - position, size)
    if position + count > allowance {
      isExhausted = true
      return 0
    }
    if count > 0, let base = bytes.baseAddress { memcpy(buffer, base + position, count) }
    position += count
    sizeRead.pointee = count
    return 1
  }
}
