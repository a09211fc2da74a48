/// A buffered writer of bytes: the one place where a report goes.
///
/// What is written is handed to the destination a block at a time, so that a report of a million results needs no more memory
/// than one block. A sink without a destination keeps everything, for tests and callers that want the bytes.
package struct ByteSink {
  /// The number of bytes after which a block is handed on.
  package static let blockSize = 1 << 16

  /// Takes a block; false says that nothing more is wanted (a closed pipe, a full disk).
  package typealias Destination = (UnsafeRawBufferPointer) -> Bool

  private var buffer: [UInt8] = []
  private let destination: Destination?
  /// True once the destination wants nothing more; reporters then stop early.
  package private(set) var isClosed = false

  /// A sink that keeps what is written in ``bytes``.
  package init() {
    destination = nil
  }

  /// A sink that hands on blocks; call ``flush()`` at the end.
  package init(destination: @escaping Destination) {
    self.destination = destination
    buffer.reserveCapacity(Self.blockSize + 4096)
  }

  /// What was written and not yet handed on; everything where there is no destination.
  package var bytes: [UInt8] { buffer }

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
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.blockSize { handOn() }
  }

  package mutating func write(_ byte: UInt8) {
    buffer.append(byte)
  }

  /// Writes a number in decimal digits.
  package mutating func write(_ number: Int) {
    if number >= 0, number < 10 {
      buffer.append(UInt8(truncatingIfNeeded: number) + UInt8(ascii: "0"))
      return
    }
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = buffer.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      buffer.append(UInt8(truncatingIfNeeded: digit) + UInt8(ascii: "0"))
      rest = quotient
    } while rest > 0
    buffer[start...].reverse()
  }

  /// Hands on what is left.
  package mutating func flush() {
    handOn()
  }

  private mutating func handOn() {
    guard let destination, !buffer.isEmpty else { return }
    if !isClosed {
      isClosed = !buffer.withUnsafeBytes { destination($0) }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
