import CZlib

/// Writes a ZIP container, part after part, each packed by zlib as it comes, so that none is ever held unpacked.
///
/// Days and times are those of the first day that a container can name: the same parts give the same bytes.
struct ZipWriter: ~Copyable {
  /// Takes a block; false says that nothing more is wanted.
  typealias Destination = (UnsafeRawBufferPointer) -> Bool

  private struct Entry {
    var name: [UInt8]
    var checksum: UInt32
    var packed: UInt32
    var size: UInt32
    var start: UInt32
  }

  private let destination: Destination
  private var entries: [Entry] = []
  private var written = 0
  private(set) var isClosed = false
  /// Whether something came out larger than a container without extensions can say.
  private(set) var isTooLarge = false
  private let stream: UnsafeMutablePointer<z_stream>
  private var isPacking = false
  private var packed: [UInt8] = []
  private var pending: [UInt8] = []
  private var size = 0
  private var sum: UInt = 0

  private static let block = 1 << 16
  /// Bits of the window of a stream without header and checksum of its own.
  private static let rawWindow: Int32 = -15
  private static let firstDay: UInt16 = 0x21
  /// The names of parts are UTF-8.
  private static let flags: UInt16 = 1 << 11

  init(destination: @escaping Destination) {
    self.destination = destination
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    if isPacking { deflateEnd(stream) }
    stream.deallocate()
  }

  /// Writes a whole part.
  mutating func part(_ name: String, _ text: String) {
    begin()
    write(text)
    end(name)
  }

  mutating func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= Self.block { pack(Z_NO_FLUSH) }
  }

  /// Begins a part; ``end(_:)`` names and writes it.
  mutating func begin() {
    packed.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    (size, sum) = (0, crc32(0, nil, 0))
    stream.pointee = z_stream()
    isPacking =
      deflateInit2_(
        stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, Self.rawWindow, 8, Z_DEFAULT_STRATEGY,
        ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    if !isPacking { isClosed = true }
  }

  /// Packs what is pending.
  private mutating func pack(_ flush: Int32) {
    if !isPacking { return }
    size += pending.count
    pending.withUnsafeMutableBufferPointer { bytes in
      sum = crc32(sum, bytes.baseAddress, UInt32(bytes.count))
      stream.pointee.next_in = bytes.baseAddress
      stream.pointee.avail_in = UInt32(bytes.count)
      // SAFETY: zlib reads what is pending and writes into the block during this call alone.
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.block) { block in
        var isDone = false
        while !isDone {
          stream.pointee.next_out = block.baseAddress
          stream.pointee.avail_out = UInt32(block.count)
          let result = deflate(stream, flush)
          packed.append(contentsOf: block[..<(block.count - Int(stream.pointee.avail_out))])
          isDone = flush == Z_FINISH ? result != Z_OK : stream.pointee.avail_out > 0
        }
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  mutating func end(_ name: String) {
    pack(Z_FINISH)
    if isPacking { deflateEnd(stream) }
    isPacking = false
    let most = Int(UInt32.max)
    guard size <= most, packed.count <= most, written <= most, !isTooLarge else {
      isTooLarge = true
      return
    }
    let entry = Entry(
      name: Array(name.utf8), checksum: UInt32(truncatingIfNeeded: sum),
      packed: UInt32(packed.count), size: UInt32(size), start: UInt32(written))
    entries.append(entry)
    give(Self.four(0x0403_4B50) + Self.common(entry) + entry.name)
    give(packed)
  }

  /// Writes the directory; false where not all of it was taken or could be said.
  mutating func finish() -> Bool {
    let start = written
    for entry in entries {
      let head = Self.four(0x0201_4B50) + Self.two(20) + Self.common(entry)
      let rest = Self.two(0) + Self.two(0) + Self.two(0) + Self.four(0) + Self.four(entry.start)
      give(head + rest + entry.name)
    }
    if isTooLarge || written > Int(UInt32.max) { return false }
    let count = Self.two(UInt16(entries.count))
    let end = Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + count + count
    give(end + Self.four(UInt32(written - start)) + Self.four(UInt32(start)) + Self.two(0))
    return !isClosed
  }

  private mutating func give(_ bytes: [UInt8]) {
    written += bytes.count
    if !isClosed { isClosed = !bytes.withUnsafeBytes { destination($0) } }
  }

  /// What the head of a part and its entry in the directory have in common.
  private static func common(_ entry: Entry) -> [UInt8] {
    let form = two(20) + two(flags) + two(8) + two(0) + two(firstDay)
    let sizes = four(entry.checksum) + four(entry.packed) + four(entry.size)
    return form + sizes + two(UInt16(entry.name.count)) + two(0)
  }

  private static func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private static func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(value & 0xFFFF)) + two(UInt16(value >> 16))
  }
}
