import CZlib
import Diagnostics

/// The parts of a ZIP container, as its central directory lists them, unpacked a block at a time.
///
/// Nothing is written to disk, so that names of parts are no more than keys. Sizes are those that come out, never those that the
/// container promises; each part is held against its checksum.
///
/// The directory is read here, over the system's zlib, because the libraries that could do it do not serve: minizip as Debian 12
/// has it (1.1) cannot read large numbers (zip64) on machines of 64 bits, and streaming writers store even small sizes as such;
/// libzip brings libcrypto and bzip2 into every start (2.5 ms instead of 0.9 for an empty program linked with it).
struct ZipArchive: ~Copyable {
  struct Part {
    var method: UInt16
    var flags: UInt16
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    var headerOffset: Int
  }

  private let file: SourceFile
  // SAFETY: the file's bytes, which outlive the call that lends the archive; an archive cannot be copied out of it.
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private let parts: [String: Part]
  private var unpacked = 0

  /// How many bytes are unpacked at a time.
  private static let block = 1 << 16
  private static let endSize = 22
  private static let longestComment = 0xFFFF
  private static let encrypted: UInt16 = 1
  private static let stored: UInt16 = 0
  private static let deflated: UInt16 = 8

  init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(Faults) {
    self.file = file
    self.bytes = bytes
    self.limits = limits
    parts = try Self.directory(file, bytes, limits)
  }

  /// Names of parts are the same in capital and small letters (ECMA-376, part 2).
  private static func key(_ name: String) -> String { name.lowercased() }

  // MARK: The directory

  private static func directory(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(Faults) -> [String: Part] {
    let input = ByteView(bytes)
    guard let end = endOfDirectory(input), let directory = place(input, end) else {
      throw Faults(damaged(file))
    }
    if directory.count > limits.workbookParts { throw Faults(tooManyParts(file, limits)) }
    guard directory.size <= end, directory.start <= end - directory.size else {
      throw Faults(damaged(file))
    }
    var parts: [String: Part] = [:]
    var place = directory.start
    for _ in 0..<directory.count {
      guard input.four(place) == 0x0201_4B50, let flags = input.two(place + 8),
        let method = input.two(place + 10), let checksum = input.four(place + 16),
        let packedSize = input.four(place + 20), let unpackedSize = input.four(place + 24),
        let nameLength = input.two(place + 28), let extraLength = input.two(place + 30),
        let commentLength = input.two(place + 32), let header = input.four(place + 42),
        let name = input.text(place + 46, nameLength)
      else { throw Faults(damaged(file)) }
      // What does not fit stands among the extra fields, in this order.
      var numbers = [unpackedSize, packedSize, header]
      guard
        widen(
          &numbers, input, from: place + 46 + nameLength,
          to: place + 46 + nameLength + extraLength)
      else { throw Faults(damaged(file)) }
      let part = Part(
        method: UInt16(method), flags: UInt16(flags), checksum: UInt32(checksum),
        packedSize: numbers[1], size: numbers[0], headerOffset: numbers[2])
      // A name twice could be read either way.
      guard parts.updateValue(part, forKey: key(name)) == nil else { throw Faults(damaged(file)) }
      place += 46 + nameLength + extraLength + commentLength
    }
    return parts
  }

  private static let wide = 0xFFFF_FFFF

  /// How many parts the directory lists, its size and its start; from the larger record (zip64) where one is needed.
  private static func place(
    _ input: ByteView, _ end: Int
  ) -> (count: Int, size: Int, start: Int)? {
    guard let count = input.two(end + 10), let size = input.four(end + 12),
      let start = input.four(end + 16)
    else { return nil }
    if count < 0xFFFF, size < wide, start < wide { return (count, size, start) }
    guard input.four(end - 20) == 0x0706_4B50, let record = input.eight(end - 12),
      input.four(record) == 0x0606_4B50, let count = input.eight(record + 32),
      let size = input.eight(record + 40), let start = input.eight(record + 48)
    else { return nil }
    return (count, size, start)
  }

  /// Puts the numbers of the zip64 extra field in place of those that are all ones; false where one is not there.
  private static func widen(
    _ numbers: inout [Int], _ input: ByteView, from start: Int, to end: Int
  ) -> Bool {
    if !numbers.contains(wide) { return true }
    var place = start
    while place + 4 <= end, let kind = input.two(place), let length = input.two(place + 2) {
      if kind == 1 {
        var value = place + 4
        for index in numbers.indices where numbers[index] == wide {
          guard value + 8 <= place + 4 + length, let number = input.eight(value) else {
            return false
          }
          numbers[index] = number
          value += 8
        }
        return true
      }
      place += 4 + length
    }
    return false
  }

  private static func endOfDirectory(_ input: ByteView) -> Int? {
    var place = input.count - endSize
    let last = max(0, place - longestComment)
    while place >= last {
      if input.four(place) == 0x0605_4B50, let comment = input.two(place + 20),
        place + endSize + comment == input.count
      {
        return place
      }
      place -= 1
    }
    return nil
  }

  // MARK: Parts

  /// Unpacks a part; false where there is none of that name.
  mutating func read(
    _ name: String, block body: (UnsafeRawBufferPointer) throws(Faults) -> Void
  ) throws(Faults) -> Bool {
    guard let part = parts[Self.key(name)] else { return false }
    if part.flags & Self.encrypted != 0 { throw Faults(Workbook.encrypted(file)) }
    let input = ByteView(bytes)
    guard input.four(part.headerOffset) == 0x0403_4B50,
      let nameLength = input.two(part.headerOffset + 26),
      let extraLength = input.two(part.headerOffset + 28)
    else { throw Faults(Self.damaged(file)) }
    let start = part.headerOffset + 30 + nameLength + extraLength
    guard start <= bytes.count, part.packedSize <= bytes.count - start else {
      throw Faults(Self.damaged(file))
    }
    let packed = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + part.packedSize)])
    var checksum = crc32(0, nil, 0)
    var size = 0
    func take(_ block: UnsafeRawBufferPointer) throws(Faults) {
      size += block.count
      unpacked += block.count
      if unpacked > limits.workbookBytes { throw Faults(Self.tooLarge(file, limits)) }
      if size > part.size { throw Faults(Self.damaged(file)) }
      checksum = crc32(
        checksum, block.baseAddress?.assumingMemoryBound(to: UInt8.self), uInt(block.count))
      try body(block)
    }
    switch part.method {
    case Self.stored:
      var place = 0
      while place < packed.count {
        let end = min(place + Self.block, packed.count)
        try take(UnsafeRawBufferPointer(rebasing: packed[place..<end]))
        place = end
      }
    case Self.deflated: try Self.inflate(file, packed, take)
    default: throw Faults(Self.damaged(file))
    }
    guard size == part.size, UInt32(truncatingIfNeeded: checksum) == part.checksum else {
      throw Faults(Self.damaged(file))
    }
    return true
  }

  private static func inflate(
    _ file: SourceFile, _ packed: UnsafeRawBufferPointer,
    _ take: (UnsafeRawBufferPointer) throws(Faults) -> Void
  ) throws(Faults) {
    var stream = z_stream()
    // Raw deflate, without a header of its own.
    guard
      inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Faults(damaged(file)) }
    defer { inflateEnd(&stream) }
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { output.deallocate() }
    stream.next_in = UnsafeMutablePointer(
      mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = uInt(clamping: packed.count)
    while true {
      stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = uInt(output.count)
      let result = CZlib.inflate(&stream, Z_NO_FLUSH)
      let made = output.count - Int(stream.avail_out)
      guard result == Z_OK || result == Z_STREAM_END, made > 0 || result == Z_STREAM_END else {
        throw Faults(damaged(file))
      }
      if made > 0 { try take(UnsafeRawBufferPointer(rebasing: output[..<made])) }
      if result == Z_STREAM_END { return }
    }
  }
}

/// Little-endian numbers of a buffer; nil beyond its end.
private struct ByteView {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  func two(_ place: Int) -> Int? {
    guard place >= 0, place + 2 <= bytes.count else { return nil }
    return Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)))
  }

  func four(_ place: Int) -> Int? {
    guard place >= 0, place + 4 <= bytes.count else { return nil }
    return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
  }

  /// Nil as well where the number is beyond any file.
  func eight(_ place: Int) -> Int? {
    guard place >= 0, place + 8 <= bytes.count else { return nil }
    let number = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    return number < 1 << 48 ? Int(number) : nil
  }

  func text(_ place: Int, _ length: Int) -> String? {
    guard place >= 0, place + length <= bytes.count else { return nil }
    return String(decoding: bytes[place..<(place + length)], as: UTF8.self)
  }
}

extension ZipArchive {
  static func damaged(_ file: SourceFile) -> Fault {
    Fault(
      path: file.path, zh: "应为 .xlsx 工作簿，实际文件不完整或已损坏，请重新保存",
      en: "expected an .xlsx workbook, found it incomplete or damaged; save it again")
  }

  static func tooManyParts(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    Fault(
      path: file.path, zh: "工作簿的组成部分超过 \(limits.workbookParts) 个的上限",
      en: "the workbook has more than the limit of \(limits.workbookParts) parts")
  }

  static func tooLarge(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    let size = ByteCount.words(limits.workbookBytes)
    return Fault(
      path: file.path, zh: "工作簿解压后超过 \(size) 的上限，请删去无关的工作表或另存为 CSV",
      en:
        "the workbook is larger than the limit of \(size) unpacked; remove other sheets or save it as CSV"
    )
  }
}
