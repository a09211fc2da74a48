import Diagnostics

/// What a container says of its directory, looked at before libzip reads it.
///
/// libzip takes in a directory of any length, and where a file ends in several it reads them all, to compare them: a file made for
/// it would take gigabytes or minutes. So its directory has a limit, and may be one only: two could be read either way.
enum ZipDirectory {
  /// How far from the end of the file libzip looks: the longest comment, the record before it and the pointer to a large one.
  private static let searched = 0xFFFF + endSize + pointerSize
  private static let endSize = 22
  private static let pointerSize = 20

  private static let entryMark = 0x0201_4B50
  private static let endMark = 0x0605_4B50
  private static let largeEndMark = 0x0606_4B50
  private static let pointerMark = 0x0706_4B50

  static func check(
    _ bytes: UnsafeRawBufferPointer, _ file: SourceFile, _ limits: ReadingLimits
  ) throws(Faults) {
    var directories = 0
    var end = max(0, bytes.count - searched)
    while end + endSize <= bytes.count {
      if bytes[end] == 0x50, number(bytes, end, UInt32.self) == endMark,
        let directory = place(bytes, end),
        // What merely looks like an end leads to no entry; libzip passes over it as well.
        directory.size == 0 || number(bytes, directory.start, UInt32.self) == entryMark
      {
        directories += 1
        if directory.size > limits.workbookDirectoryBytes { throw Faults(tooLong(file, limits)) }
      }
      end += 1
    }
    if directories != 1 { throw Faults(ZipArchive.damaged(file)) }
  }

  /// The size and start of the directory that ends at a place, from the larger record (zip64) where one is pointed to; nil where it
  /// would not end before that place.
  private static func place(
    _ bytes: UnsafeRawBufferPointer, _ end: Int
  ) -> (size: Int, start: Int)? {
    var size = number(bytes, end + 12, UInt32.self)
    var start = number(bytes, end + 16, UInt32.self)
    if number(bytes, end - pointerSize, UInt32.self) == pointerMark {
      guard let record = number(bytes, end - 12, UInt64.self),
        number(bytes, record, UInt32.self) == largeEndMark
      else { return nil }
      size = number(bytes, record + 40, UInt64.self)
      start = number(bytes, record + 48, UInt64.self)
    }
    guard let size, let start, size <= end, start <= end - size else { return nil }
    return (size, start)
  }

  /// A little-endian number; nil outside the file, and where it is beyond any file.
  private static func number<Number: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, _: Number.Type
  ) -> Int? {
    guard place >= 0, place <= bytes.count - MemoryLayout<Number>.size else { return nil }
    let value = Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
    return value < 1 << 48 ? Int(value) : nil
  }

  private static func tooLong(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    let size = ByteCount.words(limits.workbookDirectoryBytes)
    return Fault(
      path: file.path, zh: "工作簿的组成部分目录超过 \(size) 的上限，请重新保存",
      en: "the workbook's list of parts is longer than the limit of \(size); save it again")
  }
}
