import Glibc
import Synchronization

/// One input as it was read: where it came from and its bytes.
///
/// Copies share the bytes. `path` is the path as the user wrote it (`<stdin>` for standard input).
package struct SourceFile: Sendable {
  package let path: String
  /// The name of the sheet that the text was made from, where the file is a workbook: a line is a row, a tab ends a cell, and
  /// places are those of cells. Nil for text.
  package let sheet: String?
  /// Whether the workbook counts days from 1904 on; others count from 1900.
  package let countsDaysFrom1904: Bool
  /// What it is written in (`csv`), where whoever gave it says so; else its path and its bytes tell.
  package let statedFormat: String?
  private let storage: Storage
  /// The bytes of the workbook that the text was made from.
  private let workbookStorage: Storage?

  /// - Parameter workbook: what the text was made from, where it is that of a sheet.
  package init(
    path: String, bytes: [UInt8], sheet: String? = nil, countsDaysFrom1904: Bool = false,
    statedFormat: String? = nil, of workbook: SourceFile? = nil
  ) {
    self.path = path
    workbookStorage = workbook?.storage
    self.statedFormat = statedFormat
    self.sheet = sheet
    self.countsDaysFrom1904 = countsDaysFrom1904
    self.storage = Storage(bytes)
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// Takes over memory that `release` frees when the last copy is gone; used for files that were read.
  package init(
    path: String, memory: UnsafeRawBufferPointer,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.path = path
    self.sheet = nil
    workbookStorage = nil
    statedFormat = nil
    countsDaysFrom1904 = false
    self.storage = Storage(memory, release: release)
  }

  private init(path: String, sharing file: SourceFile) {
    self.path = path
    sheet = file.sheet
    countsDaysFrom1904 = file.countsDaysFrom1904
    statedFormat = file.statedFormat
    storage = file.storage
    workbookStorage = file.workbookStorage
  }

  private init(path: String, _ storage: Storage) {
    self.path = path
    (sheet, statedFormat, workbookStorage) = (nil, nil, nil)
    countsDaysFrom1904 = false
    self.storage = storage
  }

  /// The workbook that the text was made from, as it was read; nil of what is text itself.
  package var workbook: SourceFile? { workbookStorage.map { SourceFile(path: path, $0) } }

  /// The same bytes under another path.
  package func named(_ path: String) -> SourceFile { SourceFile(path: path, sharing: self) }

  /// Whether another file has the same bytes.
  package func hasSameBytes(as other: SourceFile) -> Bool {
    if storage === other.storage { return true }
    if count != other.count { return false }
    return withBytes { a in
      other.withBytes { b in
        guard let one = a.baseAddress, let two = b.baseAddress else { return true }
        return memcmp(one, two, a.count) == 0
      }
    }
  }

  /// The number of bytes.
  package var count: Int { storage.memory.count }

  /// Lends the bytes; the pointer is valid during `body` only.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(storage.memory)
  }

  /// The number of line feeds before each block of so many bytes, counted once for all copies.
  func feedsBeforeBlock(of size: Int) -> [Int] {
    storage.feedsBeforeBlock.withLock { kept in
      if let kept { return kept }
      let counts = withBytes { bytes in
        var counts: [Int] = []
        var feeds = 0
        var block = 0
        while block < bytes.count {
          counts.append(feeds)
          let end = min(block + size, bytes.count)
          feeds += bytes.feeds(in: block..<end)
          block = end
        }
        return counts
      }
      kept = counts
      return counts
    }
  }

  /// The text of `range`, clamped to the file; invalid UTF-8 is repaired.
  package func text(_ range: ByteRange) -> String {
    let start = min(max(range.start, 0), count)
    let end = min(max(range.end, start), count)
    return withBytes { String(decoding: $0[start..<end], as: UTF8.self) }
  }

  // SAFETY: `memory` is written once, before the object is shared, and only read afterwards; it is released when nothing refers to it.
  private final class Storage: @unchecked Sendable {
    let memory: UnsafeRawBufferPointer
    /// Once somebody has asked for it: the number of line feeds before each block.
    let feedsBeforeBlock = Mutex<[Int]?>(nil)
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    init(_ bytes: [UInt8]) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      copy.copyBytes(from: bytes)
      memory = UnsafeRawBufferPointer(copy)
      release = { $0.deallocate() }
    }

    init(
      _ memory: UnsafeRawBufferPointer,
      release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
      self.memory = memory
      self.release = release
    }

    deinit { release(memory) }
  }
}
