/// A buffered writer of bytes: the one place where a report goes.
///
/// What is written is handed to the destination a block at a time, so that a report of a million results needs no more memory
/// than one block. A sink without a destination keeps everything, for tests and callers that want the bytes.
package struct ByteSink: ~Copyable {
  /// The number of bytes after which a block is handed on.
  package static let blockSize = 1 << 16

  /// Takes a block; false says that nothing more is wanted (a closed pipe, a full disk).
  package typealias Destination = (UnsafeRawBufferPointer) -> Bool

  /// Owned memory, of which the first `count` bytes are written.
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private let destination: Destination?
  /// True once the destination wants nothing more; reporters then stop early.
  package private(set) var isClosed = false

  /// A sink that keeps what is written in ``bytes``.
  package init() {
    destination = nil
    capacity = 1 << 10
    memory = .allocate(capacity: capacity)
  }

  /// A sink that hands on blocks; call ``flush()`` at the end.
  package init(destination: @escaping Destination) {
    self.destination = destination
    capacity = Self.blockSize + 4096
    memory = .allocate(capacity: capacity)
  }

  deinit { memory.deallocate() }

  /// What was written and not yet handed on; everything where there is no destination.
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  package mutating func write(_ text: String) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { write($0) }
    if done == nil { write(Array(text.utf8)) }
  }

  package mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { write($0) }
  }

  package mutating func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { write($0) }
  }

  package mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    if let destination, bytes.count > Self.blockSize {
      flush()
      if !isClosed { isClosed = !destination(UnsafeRawBufferPointer(bytes)) }
      return
    }
    if capacity - count < bytes.count { makeRoom(bytes.count) }
    (memory + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  package mutating func write(_ byte: UInt8) {
    if capacity == count { makeRoom(1) }
    memory[count] = byte
    count += 1
  }

  /// Writes a number in decimal digits.
  package mutating func write(_ number: Int) {
    var rest = number.magnitude
    var length = number < 0 ? 2 : 1
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    if capacity - count < length { makeRoom(length) }
    rest = number.magnitude
    var place = count + length
    repeat {
      place -= 1
      memory[place] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
      rest /= 10
    } while rest > 0
    if number < 0 { memory[count] = UInt8(ascii: "-") }
    count += length
  }

  /// Writes a number with a fixed number of decimals, halves away from zero; false, and nothing, where it is none or too large to
  /// have them.
  package mutating func write(_ value: Double, places: Int) -> Bool {
    guard let digits = FixedDecimal.digits(value, places: places) else { return false }
    if value < 0, digits > 0 { write(UInt8(ascii: "-")) }
    var length = 1
    var rest = digits.magnitude
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    length = max(length, places + 1)
    if places > 0 { length += 1 }
    if capacity - count < length { makeRoom(length) }
    // From the last digit on, with the point where the decimals end.
    rest = digits.magnitude
    for place in 1...length {
      let byte: UInt8
      if places > 0, place == places + 1 {
        byte = UInt8(ascii: ".")
      } else {
        byte = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
        rest /= 10
      }
      memory[count + length - place] = byte
    }
    count += length
    return true
  }

  /// Takes what was written and not yet handed on; the sink keeps its memory.
  package mutating func takeBytes() -> [UInt8] {
    defer { count = 0 }
    return bytes
  }

  /// Hands on what is left.
  package mutating func flush() {
    guard let destination, count > 0 else { return }
    if !isClosed {
      isClosed = !destination(UnsafeRawBufferPointer(start: memory, count: count))
    }
    count = 0
  }

  /// Hands on what there is, and grows the memory where that is not enough.
  @inline(never)
  private mutating func makeRoom(_ needed: Int) {
    flush()
    if capacity - count >= needed { return }
    let larger = max(capacity * 2, count + needed)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = moved
    capacity = larger
  }
}
