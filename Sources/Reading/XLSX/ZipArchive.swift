import CZlib
import Diagnostics

/// The parts of a ZIP container, unpacked a block at a time by zlib.
///
/// Nothing is written to disk, so that names of parts are no more than keys. Bytes are counted as they come out, never as the
/// container promises them, and each part is held against its size and its checksum.
struct ZipArchive: ~Copyable {
  private let file: SourceFile
  // SAFETY: lent by the file for the call that lends the archive; an archive cannot be copied out of it.
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  private let directory: ZipDirectory
  private var unpacked = 0
  /// Elements found so far in the parts that were read.
  var elements = 0

  /// How many bytes are unpacked at a time.
  private static let block = 1 << 16
  /// How many packed bytes zlib is given at a time: it counts in 32 bits.
  private static let share = 1 << 30
  private static let stored = 0
  private static let deflated = 8
  /// Bits of the window of a stream without header and checksum of its own.
  private static let rawWindow: Int32 = -15

  /// - Parameter bytes: of the file; they have to stay while the archive is used.
  init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(Faults) {
    directory = try ZipDirectory(bytes, file, limits)
    self.file = file
    self.bytes = bytes
    self.limits = limits
  }

  /// Unpacks a part; false where there is none of that name.
  mutating func read(
    _ name: String, block body: (UnsafeRawBufferPointer) throws(Faults) -> Void
  ) throws(Faults) -> Bool {
    guard let part = directory[name] else { return false }
    if part.isEncrypted { throw Faults(Workbook.encrypted(file)) }
    let packed = UnsafeRawBufferPointer(rebasing: bytes[part.content])
    var sum = crc32(0, nil, 0)
    var size = 0
    func take(_ block: UnsafeRawBufferPointer) throws(Faults) {
      size += block.count
      unpacked += block.count
      if unpacked > limits.workbookBytes { throw Faults(Self.tooLarge(file, limits)) }
      if size > part.size { throw Faults(Self.damaged(file)) }
      sum = crc32(sum, block.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(block.count))
      try body(block)
    }
    switch part.method {
    case Self.stored:
      for start in stride(from: 0, to: packed.count, by: Self.block) {
        try take(.init(rebasing: packed[start..<min(start + Self.block, packed.count)]))
      }
    case Self.deflated: try Self.inflate(packed, file, take)
    default: throw Faults(Self.otherMethod(part.method, name, file))
    }
    guard size == part.size, sum == part.checksum else { throw Faults(Self.damaged(file)) }
    return true
  }

  /// Unpacks a stream, which has to end where its bytes do.
  private static func inflate(
    _ packed: UnsafeRawBufferPointer, _ file: SourceFile,
    _ body: (UnsafeRawBufferPointer) throws(Faults) -> Void
  ) throws(Faults) {
    var stream = z_stream()
    guard
      inflateInit2_(
        &stream, rawWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Faults(damaged(file)) }
    // SAFETY: all end with this call; `body` is lent what was written of the block.
    defer { inflateEnd(&stream) }
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.block)
    defer { block.deallocate() }
    var taken = 0
    while true {
      if stream.avail_in == 0, taken < packed.count {
        // Only read, though its type does not say so.
        let next = UnsafeRawBufferPointer(
          rebasing: packed[taken..<min(taken + share, packed.count)])
        stream.next_in = UnsafeMutablePointer(
          mutating: next.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(next.count)
        taken += next.count
      }
      stream.next_out = block.baseAddress
      stream.avail_out = UInt32(block.count)
      let result = CZlib.inflate(&stream, Z_NO_FLUSH)
      let count = block.count - Int(stream.avail_out)
      // A stream that goes on after its bytes makes no progress, which is no success either.
      guard result == Z_OK || result == Z_STREAM_END else { throw Faults(damaged(file)) }
      if count > 0 { try body(UnsafeRawBufferPointer(start: block.baseAddress, count: count)) }
      if result == Z_STREAM_END { break }
    }
    guard stream.avail_in == 0, taken == packed.count else { throw Faults(damaged(file)) }
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

  private static func otherMethod(_ method: Int, _ part: String, _ file: SourceFile) -> Fault {
    let names = [9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"]
    let name = names[method].map { "\($0) (\(method))" } ?? "\(method)"
    let code = Quoting.code(part)
    return Fault(
      path: file.path,
      zh: "工作簿的组成部分 \(code) 应以 deflate 压缩或不压缩，实际压缩方法为 \(name)，请用电子表格软件重新保存",
      en:
        "expected the workbook's part \(code) packed with deflate or not at all, found method \(name); save it again with a spreadsheet"
    )
  }
}
