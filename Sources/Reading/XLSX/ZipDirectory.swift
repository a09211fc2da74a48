import Diagnostics

/// The parts of a ZIP container as its directory lists them (APPNOTE 6.3.10, with the large numbers of zip64).
///
/// Programs read a container by its directory or from the front, and some take the last of two entries, some the first. What
/// could be read in two ways is therefore refused: two directories, two parts of one name, an entry that says of a part what the
/// part's own header does not, and parts that lie upon each other. Only sizes are those of the directory: the header's are not
/// known to whoever writes into a stream.
struct ZipDirectory {
  /// One part, as the directory describes it.
  struct Entry {
    /// As it is written.
    var name: Range<Int>
    var flags: Int
    var method: Int
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    /// Where its header is.
    var header: Int
    /// Where its packed bytes are.
    var content = 0..<0

    /// Encrypted in one of the ways that there are.
    var isEncrypted: Bool { flags & encryptionFlags != 0 }
  }

  private var entries: [String: Entry] = [:]
  // SAFETY: lent by the file for as long as the archive is.
  private let bytes: UnsafeRawBufferPointer
  private let file: SourceFile

  /// How far from the end of the file a directory's end may be: the longest comment, the record before it and the pointer to a
  /// large one.
  private static let searched = 0xFFFF + endSize + pointerSize
  private static let endSize = 22
  private static let pointerSize = 20
  private static let largeEndSize = 56
  private static let entrySize = 46
  private static let headerSize = 30

  private static let entryMark = 0x0201_4B50
  private static let headerMark = 0x0403_4B50
  private static let endMark = 0x0605_4B50
  private static let largeEndMark = 0x0606_4B50
  private static let pointerMark = 0x0706_4B50
  /// The extra field with the numbers that have no room in an entry.
  private static let largeNumbers = 1
  /// The part itself, with a stronger cipher, and the directory.
  private static let encryptionFlags = 0x0001 | 0x0040 | 0x2000

  /// - Parameter bytes: of the file; they have to stay while the entries are used.
  init(
    _ bytes: UnsafeRawBufferPointer, _ file: SourceFile, _ limits: ReadingLimits
  ) throws(Faults) {
    self.bytes = bytes
    self.file = file
    let end = try end(limits)
    if end.count > limits.workbookParts { throw Faults(ZipArchive.tooManyParts(file, limits)) }
    var headers: [Range<Int>] = []
    headers.reserveCapacity(end.count)
    var place = end.start
    for _ in 0..<end.count {
      var entry = try entry(&place, before: end.start + end.size)
      entry.content = try content(of: entry, before: end.start)
      headers.append(entry.header..<entry.content.upperBound)
      let name = bytes[entry.name]
      // A name ends at a zero for some.
      guard !name.contains(0),
        entries.updateValue(entry, forKey: Self.key(String(decoding: name, as: UTF8.self))) == nil
      else { throw damaged }
    }
    guard place == end.start + end.size else { throw damaged }
    headers.sort { $0.lowerBound < $1.lowerBound }
    for (part, next) in zip(headers, headers.dropFirst()) where part.upperBound > next.lowerBound {
      throw damaged
    }
  }

  /// Names of parts are the same in capital and small letters (ECMA-376, part 2).
  private static func key(_ name: String) -> String { name.lowercased() }

  /// The part of a name, if there is one.
  subscript(_ name: String) -> Entry? { entries[Self.key(name)] }

  private var damaged: Faults { Faults(ZipArchive.damaged(file)) }

  // MARK: The end

  private struct End {
    var count: Int
    var size: Int
    var start: Int
  }

  /// The one directory's end.
  private func end(_ limits: ReadingLimits) throws(Faults) -> End {
    var found: [End] = []
    var place = max(0, bytes.count - Self.searched)
    while place + Self.endSize <= bytes.count {
      if bytes[place] == 0x50, number(place, UInt32.self) == Self.endMark, let end = end(at: place),
        // What merely looks like an end leads to no entry.
        end.size == 0 || number(end.start, UInt32.self) == Self.entryMark
      {
        found.append(end)
        if end.size > limits.workbookDirectoryBytes { throw Faults(Self.tooLong(file, limits)) }
      }
      place += 1
    }
    guard found.count == 1, let end = found.first else { throw damaged }
    return end
  }

  /// What ends at a place, with the numbers of the larger record (zip64) where one is pointed to; nil where it would not end
  /// before that place, or lies on several disks.
  private func end(at place: Int) -> End? {
    guard number(place + 4, UInt32.self) == 0, let count = number(place + 10, UInt16.self),
      count == number(place + 8, UInt16.self), let size = number(place + 12, UInt32.self),
      let start = number(place + 16, UInt32.self), let comment = number(place + 20, UInt16.self),
      comment <= bytes.count - place - Self.endSize
    else { return nil }
    var end = End(count: count, size: size, start: start)
    var limit = place
    if number(place - Self.pointerSize, UInt32.self) == Self.pointerMark {
      guard let record = number(place - 12, UInt64.self),
        record <= place - Self.pointerSize - Self.largeEndSize,
        number(record, UInt32.self) == Self.largeEndMark, number(record + 16, UInt64.self) == 0,
        let largeCount = number(record + 32, UInt64.self),
        largeCount == number(record + 24, UInt64.self),
        let largeSize = number(record + 40, UInt64.self),
        let largeStart = number(record + 48, UInt64.self),
        // A number that has room says the same in both.
        count == 0xFFFF || count == largeCount, size == 0xFFFF_FFFF || size == largeSize,
        start == 0xFFFF_FFFF || start == largeStart
      else { return nil }
      end = End(count: largeCount, size: largeSize, start: largeStart)
      limit = record
    }
    guard end.size <= limit, end.start <= limit - end.size else { return nil }
    return end
  }

  // MARK: Entries

  /// The entry at a place, which then is after it.
  private func entry(_ place: inout Int, before end: Int) throws(Faults) -> Entry {
    let start = place
    guard start <= end - Self.entrySize, number(start, UInt32.self) == Self.entryMark,
      let flags = number(start + 8, UInt16.self), let method = number(start + 10, UInt16.self),
      let checksum = number(start + 16, UInt32.self),
      let packedSize = number(start + 20, UInt32.self), let size = number(start + 24, UInt32.self),
      let nameLength = number(start + 28, UInt16.self),
      let extraLength = number(start + 30, UInt16.self),
      let commentLength = number(start + 32, UInt16.self),
      let disk = number(start + 34, UInt16.self), let header = number(start + 42, UInt32.self)
    else { throw damaged }
    let name = (start + Self.entrySize)..<(start + Self.entrySize + nameLength)
    let extra = name.upperBound..<(name.upperBound + extraLength)
    place = extra.upperBound + commentLength
    if place > end { throw damaged }
    var entry = Entry(
      name: name, flags: flags, method: method, checksum: UInt32(checksum),
      packedSize: packedSize, size: size, header: header)
    try takeLargeNumbers(&entry, disk, extra)
    return entry
  }

  /// Takes from an entry's extra fields the numbers that say by being all ones that they are there, in their order.
  private func takeLargeNumbers(
    _ entry: inout Entry, _ disk: Int, _ extra: Range<Int>
  ) throws(Faults) {
    var disk = disk
    var place = extra.lowerBound
    while place <= extra.upperBound - 4, let id = number(place, UInt16.self),
      let length = number(place + 2, UInt16.self)
    {
      place += 4
      let end = place + length
      if end > extra.upperBound { break }
      if id == Self.largeNumbers {
        func next<Number: FixedWidthInteger>(_ value: inout Int, _ type: Number.Type) -> Bool {
          let width = MemoryLayout<Number>.size
          guard place <= end - width, let number = number(place, type) else { return false }
          (value, place) = (number, place + width)
          return true
        }
        guard entry.size != 0xFFFF_FFFF || next(&entry.size, UInt64.self),
          entry.packedSize != 0xFFFF_FFFF || next(&entry.packedSize, UInt64.self),
          entry.header != 0xFFFF_FFFF || next(&entry.header, UInt64.self),
          disk != 0xFFFF || next(&disk, UInt32.self)
        else { throw damaged }
        break
      }
      place = end
    }
    if disk != 0 { throw damaged }
  }

  /// Where the packed bytes of an entry are: after its header, which has to be one of the same part.
  private func content(of entry: Entry, before directory: Int) throws(Faults) -> Range<Int> {
    let header = entry.header
    guard header <= directory - Self.headerSize, number(header, UInt32.self) == Self.headerMark,
      let flags = number(header + 6, UInt16.self),
      (flags ^ entry.flags) & Self.encryptionFlags == 0,
      number(header + 8, UInt16.self) == entry.method,
      let nameLength = number(header + 26, UInt16.self), nameLength == entry.name.count,
      let extraLength = number(header + 28, UInt16.self)
    else { throw damaged }
    let name = header + Self.headerSize
    let start = name + nameLength + extraLength
    guard start <= directory, entry.packedSize <= directory - start,
      bytes[name..<(name + nameLength)].elementsEqual(bytes[entry.name])
    else { throw damaged }
    return start..<(start + entry.packedSize)
  }

  /// A little-endian number; nil outside the file, and where it is beyond any file.
  private func number<Number: FixedWidthInteger>(_ place: Int, _: Number.Type) -> Int? {
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
