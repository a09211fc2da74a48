import CLibZip
import Diagnostics

/// The parts of a ZIP container, unpacked a block at a time by libzip.
///
/// Nothing is written to disk, so that names of parts are no more than keys. Bytes are counted as they come out, never as the
/// container promises them; libzip holds each part against its checksum. It is not asked for more (`ZIP_CHECKCONS`): Debian's 1.7
/// would then refuse what macOS packs, since the sizes before each part and those of the directory differ there by custom.
struct ZipArchive: ~Copyable {
  private let file: SourceFile
  // SAFETY: libzip's, given back by `deinit` alone. It reads the file's bytes, which outlive the call that lends the archive; an
  // archive cannot be copied out of it.
  private let archive: OpaquePointer
  private let limits: ReadingLimits
  private let indices: [String: UInt64]
  private var unpacked: Int
  /// Elements found so far in the parts that were read.
  var elements: Int

  /// How many bytes are unpacked at a time.
  private static let block = 1 << 16
  /// libzip may know others, as it was built: a workbook reads alike on every machine.
  private static let methods = [UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE)]

  init(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer, _ limits: ReadingLimits
  ) throws(Faults) {
    try ZipDirectory.check(bytes, file, limits)
    let archive = try Self.open(file, bytes)
    let indices: [String: UInt64]
    do {
      indices = try Self.indices(of: archive, file, limits)
    } catch {
      zip_discard(archive)
      throw error
    }
    self.file = file
    self.archive = archive
    self.limits = limits
    self.indices = indices
    unpacked = 0
    elements = 0
  }

  deinit { zip_discard(archive) }

  private static func open(
    _ file: SourceFile, _ bytes: UnsafeRawBufferPointer
  ) throws(Faults) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    // SAFETY: the 0 leaves the bytes to the file; the archive, once open, frees the source with itself.
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error)
    else { throw Faults(damaged(file)) }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Faults(damaged(file))
    }
    return archive
  }

  /// Where each part is in the directory.
  private static func indices(
    of archive: OpaquePointer, _ file: SourceFile, _ limits: ReadingLimits
  ) throws(Faults) -> [String: UInt64] {
    let count = zip_get_num_entries(archive, 0)
    if count > limits.workbookParts { throw Faults(tooManyParts(file, limits)) }
    guard count >= 0 else { throw Faults(damaged(file)) }
    var indices: [String: UInt64] = [:]
    for index in 0..<UInt64(count) {
      // SAFETY: the name is libzip's and copied at once. A name twice could be read either way.
      guard let name = zip_get_name(archive, index, ZIP_FL_ENC_RAW),
        indices.updateValue(index, forKey: key(String(cString: name))) == nil
      else { throw Faults(damaged(file)) }
    }
    return indices
  }

  /// Names of parts are the same in capital and small letters (ECMA-376, part 2).
  private static func key(_ name: String) -> String { name.lowercased() }

  /// Unpacks a part; false where there is none of that name.
  mutating func read(
    _ name: String, block body: (UnsafeRawBufferPointer) throws(Faults) -> Void
  ) throws(Faults) -> Bool {
    guard let index = indices[Self.key(name)] else { return false }
    var part = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &part) == 0 else { throw Faults(Self.damaged(file)) }
    if part.encryption_method != ZIP_EM_NONE { throw Faults(Workbook.encrypted(file)) }
    guard Self.methods.contains(part.comp_method),
      let content = zip_fopen_index(archive, index, 0)
    else { throw Faults(Self.damaged(file)) }
    // SAFETY: both end with this call; `body` is lent what was read of the block.
    defer { zip_fclose(content) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
    defer { block.deallocate() }
    var size: UInt64 = 0
    while true {
      // The read that gives nothing more holds the checksum.
      let count = Int(zip_fread(content, block.baseAddress, UInt64(block.count)))
      guard count >= 0, count <= block.count else { throw Faults(Self.damaged(file)) }
      if count == 0 { break }
      size += UInt64(count)
      unpacked += count
      if unpacked > limits.workbookBytes { throw Faults(Self.tooLarge(file, limits)) }
      if size > part.size { throw Faults(Self.damaged(file)) }
      try body(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
    guard size == part.size else { throw Faults(Self.damaged(file)) }
    return true
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
