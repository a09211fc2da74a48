import Diagnostics
import TestSupport
import Testing

@testable import Reading

@Suite("The container of a workbook is believed in nothing") struct ContainerTests {
  private static let sheet = "<sheetData><row r=\"1\"><c><v>7</v></c></row></sheetData>"

  /// A good container, and where the records of its directory are.
  private struct Container {
    var bytes: [UInt8]
    /// The sheet's part is the last one.
    var entries: [Int] = []
    var end: Int

    init(_ parts: [(name: String, text: String)], isDeflated: Bool = false) throws {
      bytes = StoredWorkbook.zipped(parts, isDeflated: isDeflated)
      end = bytes.count - 22
      let mark: [UInt8] = [0x50, 0x4B, 1, 2]
      entries = bytes.indices.filter { bytes[$0...].starts(with: mark) }
      try #require(entries.count == parts.count)
    }

    func four(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    mutating func put(_ value: Int, _ size: Int, at place: Int) {
      for index in 0..<size {
        bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
      }
    }
  }

  private func read(
    _ bytes: [UInt8], _ limits: ReadingLimits = .standard
  ) throws(Faults) -> String {
    let file = try Workbook.text(SourceFile(path: "w.xlsx", bytes: bytes), limits: limits).file
    return file.text(ByteRange(start: 0, end: file.count))
  }

  private static func parts() -> [(name: String, text: String)] {
    var book = StoredWorkbook()
    book.sheet = sheet
    return book.parts
  }

  enum Lie: CaseIterable {
    case directoryBeyondEnd, directoryTooLarge, moreParts, fewerParts, commentTooLong
    case headerBeyondEnd, headerInside, headerOfAnother, packedTooLarge, packedTooSmall
    case sizeTooLarge, sizeTooSmall, checksum, nameTooLong, extraTooLong
    case entryCommentTooLong, noDeflate, bzip2, lzma, localNameTooLong, localExtraTooLong, wide
  }

  @Test("a directory that lies is a damaged workbook", arguments: Lie.allCases)
  func lies(_ lie: Lie) throws {
    var book = try Container(Self.parts())
    #expect(try read(book.bytes) == "7")
    let (first, last, end) = (book.entries[0], book.entries[5], book.end)
    let header = book.four(last + 42)
    switch lie {
    case .directoryBeyondEnd: book.put(0x7FFF_FFFF, 4, at: end + 16)
    case .directoryTooLarge: book.put(end + 1, 4, at: end + 12)
    case .moreParts: book.put(7, 2, at: end + 10)
    case .fewerParts: book.put(5, 2, at: end + 10)
    case .commentTooLong: book.put(1, 2, at: end + 20)
    case .headerBeyondEnd: book.put(book.bytes.count - 1, 4, at: last + 42)
    case .headerInside: book.put(header + 1, 4, at: last + 42)
    case .headerOfAnother: book.put(book.four(first + 42), 4, at: last + 42)
    case .packedTooLarge: book.put(0x7FFF_FFFF, 4, at: last + 20)
    case .packedTooSmall: book.put(book.four(last + 20) - 1, 4, at: last + 20)
    case .sizeTooLarge: book.put(0x7FFF_FFFF, 4, at: last + 24)
    case .sizeTooSmall: book.put(book.four(last + 24) - 1, 4, at: last + 24)
    case .checksum: book.bytes[last + 16] ^= 1
    case .nameTooLong: book.put(0xFFFF, 2, at: last + 28)
    case .extraTooLong: book.put(0xFFFF, 2, at: first + 30)
    case .entryCommentTooLong: book.put(1, 2, at: first + 32)
    case .noDeflate: book.put(8, 2, at: last + 10)
    case .bzip2: book.put(12, 2, at: last + 10)
    case .lzma: book.put(14, 2, at: last + 10)
    case .localNameTooLong: book.put(0xFFFF, 2, at: header + 26)
    case .localExtraTooLong: book.put(1, 2, at: header + 28)
    // All ones send the reader to the extra field, which is not there.
    case .wide: book.put(0xFFFF_FFFF, 4, at: last + 20)
    }
    let found = faults { () throws(Faults) in _ = try read(book.bytes) }
    #expect(
      found.english == [
        "expected an .xlsx workbook, found it incomplete or damaged; save it again"
      ])
  }

  @Test("a comment at the end is passed over, and so are bytes that were put behind a whole file")
  func comment() throws {
    var book = try Container(Self.parts())
    #expect(try read(book.bytes + [0x0D, 0x0A]) == "7")
    book.put(3, 2, at: book.end + 20)
    #expect(try read(book.bytes + [1, 2, 3]) == "7")
    #expect(try read(book.bytes + [1, 2, 3, 0x0D, 0x0A]) == "7")
  }

  @Test("two directories could be read either way, and what only looks like one is passed over")
  func directories() throws {
    let book = try Container(Self.parts())
    let end = Array(book.bytes[book.end...])
    let nowhere = Array(end.prefix(12)) + [UInt8](repeating: 1, count: 10)
    #expect(try read(book.bytes + nowhere) == "7")
    for other in [end, Array(end.prefix(12)) + [UInt8](repeating: 0, count: 10)] {
      let found = faults { () throws(Faults) in _ = try read(book.bytes + other) }
      #expect(found.english.first?.contains("incomplete or damaged") == true)
    }
  }

  @Test("the list of parts has a limit of its own, since it is taken in as a whole")
  func directorySize() throws {
    for isLarge in [false, true] {
      let bytes = StoredWorkbook.zipped(Self.parts(), isLarge: isLarge)
      var limits = ReadingLimits()
      limits.workbookDirectoryBytes = 1 << 10
      #expect(try read(bytes, limits) == "7")
      limits.workbookDirectoryBytes = 256
      let found = faults { () throws(Faults) in _ = try read(bytes, limits) }
      #expect(found.english.first?.contains("longer than the limit of 256 bytes") == true)
    }
  }

  @Test(
    "sizes that stand after a part and in the directory alone, as streaming writers and macOS leave them, are read",
    arguments: [[14, 18, 22], [14, 22]])
  func sizesAfter(_ unknown: [Int]) throws {
    var book = try Container(Self.parts())
    for entry in book.entries {
      let header = book.four(entry + 42)
      book.put(8, 2, at: entry + 8)
      book.put(8, 2, at: header + 6)
      for offset in unknown { book.put(0, 4, at: header + offset) }
    }
    #expect(try read(book.bytes) == "7")
  }

  @Test("a part packed as spreadsheets never do is refused by its name and the method's")
  func otherMethod() throws {
    let bytes = try #require(Golden.bytes("workbooks/bzip2.xlsx"))
    let found = faults { () throws(Faults) in _ = try read(bytes) }
    #expect(
      found.english == [
        "expected the workbook's part `_rels/.rels` packed with deflate or not at all, found method bzip2 (12); save it again with a spreadsheet"
      ])
    var book = try Container(Self.parts())
    for entry in book.entries {
      book.put(77, 2, at: entry + 10)
      book.put(77, 2, at: book.four(entry + 42) + 8)
    }
    let other = faults { () throws(Faults) in _ = try read(book.bytes) }
    #expect(other.english.first?.contains("found method 77;") == true)
  }

  @Test(
    "parts of several blocks, packed or not, come out as they went in", arguments: [false, true])
  func blocks(isDeflated: Bool) throws {
    var parts = Self.parts()
    let text = String(repeating: "长", count: 50_000)
    parts[5].text = parts[5].text.replacing(
      "<c><v>7</v></c>", with: "<c t=\"str\"><v>\(text)</v></c>")
    #expect(try read(StoredWorkbook.zipped(parts, isDeflated: isDeflated)) == text)
    #expect(try read(StoredWorkbook.zipped(parts, isLarge: true, isDeflated: isDeflated)) == text)
  }

  enum PackedLie: CaseIterable {
    case cutOff, endsEarly, unknownBlock, wrongLength, sizeTooLarge, sizeTooSmall, checksum, stored
    case emptyStream
  }

  @Test(
    "a packed part that is not what its entry says is a damaged workbook",
    arguments: PackedLie.allCases)
  func packedLies(_ lie: PackedLie) throws {
    var book = try Container(Self.parts(), isDeflated: true)
    #expect(try read(book.bytes) == "7")
    let entry = book.entries[5]
    let header = book.four(entry + 42)
    let data = header + 30 + "xl/worksheets/sheet1.xml".utf8.count
    let (packed, size) = (book.four(entry + 20), book.four(entry + 24))
    switch lie {
    case .cutOff: book.put(packed - 1, 4, at: entry + 20)
    case .endsEarly:
      // The stream ends one byte before its packed bytes do.
      book.put(size - 1, 2, at: data + 1)
      book.put(~(size - 1), 2, at: data + 3)
      book.put(size - 1, 4, at: entry + 24)
    case .unknownBlock: book.bytes[data] = 7
    case .wrongLength: book.bytes[data + 3] ^= 1
    case .sizeTooLarge: book.put(size + 1, 4, at: entry + 24)
    case .sizeTooSmall: book.put(size - 1, 4, at: entry + 24)
    case .checksum: book.put(0, 4, at: entry + 16)
    case .stored:
      book.put(0, 2, at: entry + 10)
      book.put(0, 2, at: header + 8)
      book.put(packed, 4, at: entry + 24)
    case .emptyStream:
      for place in [20, 24] { book.put(0, 4, at: entry + place) }
    }
    let found = faults { () throws(Faults) in _ = try read(book.bytes) }
    #expect(found.english.first?.contains("incomplete or damaged") == true, "\(found.english)")
  }

  enum Ambiguity: CaseIterable { case upon, name, method, encryption, zero, disk, gap }

  @Test("what could be read in two ways is a damaged workbook", arguments: Ambiguity.allCases)
  func ambiguities(_ ambiguity: Ambiguity) throws {
    var book = try Container(Self.parts())
    let (texts, styles) = (book.entries[3], book.entries[4])
    let header = book.four(styles + 42)
    switch ambiguity {
    case .upon:
      // The shared texts reach into the styles.
      for place in [20, 24] { book.put(book.four(texts + place) + 1, 4, at: texts + place) }
    case .name: book.bytes[header + 30] ^= 1
    case .method: book.put(8, 2, at: header + 8)
    case .encryption: book.put(1, 2, at: header + 6)
    case .zero:
      book.bytes[header + 32] = 0
      book.bytes[styles + 48] = 0
    case .disk: book.put(1, 2, at: styles + 34)
    case .gap:
      // One entry fewer than the directory has room for.
      for place in [8, 10] { book.put(5, 2, at: book.end + place) }
    }
    let found = faults { () throws(Faults) in _ = try read(book.bytes) }
    #expect(found.english.first?.contains("incomplete or damaged") == true, "\(found.english)")
  }

  @Test("large numbers that say another thing than the small ones are a damaged workbook")
  func largeNumbers() throws {
    let good = StoredWorkbook.zipped(Self.parts(), isLarge: true)
    #expect(try read(good) == "7")
    let end = good.count - 22
    let (count, record) = (end + 8, end - 20 - 56)
    for (place, value) in [(count, 7), (count + 2, 7), (record + 24, 7), (record + 32, 7)] {
      var bytes = good
      (bytes[place], bytes[place + 1]) = (UInt8(value), 0)
      let found = faults { () throws(Faults) in _ = try read(bytes) }
      #expect(found.english.first?.contains("incomplete or damaged") == true)
    }
    // Small enough to stand in both.
    var bytes = good
    for place in [count, count + 2] { (bytes[place], bytes[place + 1]) = (6, 0) }
    #expect(try read(bytes) == "7")
  }

  @Test("all parts are unpacked within one limit")
  func unpackedLimit() throws {
    let book = try Container(Self.parts(), isDeflated: true)
    var limits = ReadingLimits()
    limits.workbookBytes = Self.parts().reduce(0) { $0 + $1.text.utf8.count }
    #expect(try read(book.bytes, limits) == "7")
    limits.workbookBytes -= 1
    let found = faults { () throws(Faults) in _ = try read(book.bytes, limits) }
    #expect(found.english.first?.contains("unpacked") == true)
  }

  @Test("names of parts mean the same in capital letters, and twice the same part is a fault")
  func names() throws {
    var parts = Self.parts()
    for index in parts.indices { parts[index].name = parts[index].name.uppercased() }
    #expect(try read(StoredWorkbook.zipped(parts)) == "7")
    let twice = StoredWorkbook.zipped(parts + [("xl/WorkBook.xml", "")])
    #expect(faults { () throws(Faults) in _ = try read(twice) }.count == 1)
  }

  @Test("every variant of a workbook gives rows or a fault, within the limits")
  func variants() throws {
    let whole = try #require(Golden.bytes("workbooks/applications.xlsx"))
    var limits = ReadingLimits()
    limits.workbookBytes = 1 << 20
    limits.workbookParts = 100
    var random = SeededGenerator(state: 5)
    var (read, refused) = (0, 0)
    for variant in 0..<400 {
      var bytes = whole
      // The directory and what is around it, or any place.
      let places =
        variant % 2 == 0 ? bytes.indices.suffix(1_200) : bytes.indices[...]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        guard let place = places.randomElement(using: &random) else { break }
        bytes[place] =
          [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      if variant % 8 == 0 {
        bytes.removeSubrange(
          Int.random(in: 0..<bytes.count, using: &random)..<bytes.count)
      }
      do {
        let file = try Workbook.text(
          SourceFile(path: "w.xlsx", bytes: bytes), limits: limits
        ).file
        #expect(file.count <= limits.workbookBytes)
        read += 1
      } catch {
        #expect(!error.faults.isEmpty)
        refused += 1
      }
    }
    #expect(read > 20 && refused > 100, "\(read) read, \(refused) refused")
  }

  enum Blowup: CaseIterable {
    case tag, comment, text, sharedText, manyTexts, merged, mergedFar, merges, farColumn, wideRows
    case relations, sheets, elements, elementsOfAll, numberFormats, cellFormats

    var words: String {
      switch self {
      case .tag, .comment: "a tag longer than the limit of 64 KiB"
      case .text, .sharedText: "a cell longer than the limit of 64 KiB"
      case .manyTexts, .merged: "the limit of 1 MiB unpacked"
      case .merges: "the limit of 60 merged ranges"
      case .wideRows, .mergedFar: "the limit of 2000 fields"
      case .farColumn: "row 3 holds a value in column 41, beyond the limit of 40 columns"
      case .elements, .elementsOfAll: "the limit of 400 elements"
      case .numberFormats, .cellFormats: "the limit of 50 formats"
      case .relations, .sheets: "the limit of 30 parts"
      }
    }
  }

  @Test("a small file that would become large ends at a limit", arguments: Blowup.allCases)
  func blowups(_ blowup: Blowup) {
    var limits = ReadingLimits()
    limits.scalarBytes = 64 << 10
    limits.workbookBytes = 1 << 20
    limits.workbookParts = 30
    limits.columns = 40
    limits.merges = 60
    limits.elements = 400
    limits.formats = 50
    limits.sheetFields = 2_000
    var book = StoredWorkbook()
    var parts: [(name: String, text: String)]?
    let long = String(repeating: "x", count: 200_000)
    let cell = String(repeating: "x", count: 60_000)
    func rows(_ count: Int, _ cell: String) -> String {
      "<sheetData>" + String(repeating: "<row>\(cell)</row>", count: count) + "</sheetData>"
    }
    switch blowup {
    case .tag: book.sheet = "<a b=\"\(long)\"/>"
    case .comment: book.sheet = "<!--\(long)-->"
    case .text: book.sheet = rows(1, "<c t=\"str\"><v>\(long)</v></c>")
    case .sharedText: book.sharedTexts = "<si><t>\(long)</t></si>"
    case .manyTexts:
      book.sharedTexts = "<si><t>\(cell)</t></si>"
      book.sheet = rows(20, "<c t=\"s\"><v>0</v></c>")
    case .merged:
      book.sheet =
        "<sheetData><row><c t=\"str\"><v>\(cell)</v></c></row>"
        + (2...30).map { "<row r=\"\($0)\"><c r=\"B\($0)\"><v>1</v></c></row>" }.joined()
        + "</sheetData><mergeCells><mergeCell ref=\"A1:A30\"/></mergeCells>"
    case .mergedFar:
      book.sheet =
        "<sheetData><row r=\"1\"><c r=\"AN1\"><v>1</v></c></row>"
        + (2...60).map { "<row r=\"\($0)\"><c><v>1</v></c></row>" }.joined()
        + "</sheetData><mergeCells><mergeCell ref=\"AN1:AN60\"/></mergeCells>"
    case .merges:
      book.sheet =
        rows(1, "<c><v>1</v></c>") + "<mergeCells>"
        + String(repeating: "<mergeCell ref=\"A1:B1\"/>", count: 61) + "</mergeCells>"
    case .wideRows:
      book.sheet =
        "<sheetData>"
        + (1...51).map { "<row r=\"\($0)\"><c r=\"AN\($0)\"><v>1</v></c></row>" }.joined()
        + "</sheetData>"
    case .elements: book.sheet = String(repeating: "<a/>", count: 390)
    case .elementsOfAll:
      book.sharedTexts = String(repeating: "<a/>", count: 200)
      book.sheet = String(repeating: "<a/>", count: 190)
    case .numberFormats:
      book.styles = String(repeating: "<numFmt numFmtId=\"9\" formatCode=\"0\"/>", count: 51)
    case .cellFormats:
      book.styles = "<cellXfs>" + String(repeating: "<xf/>", count: 51) + "</cellXfs>"
    case .farColumn:
      book.sheet = "<sheetData><row r=\"3\"><c r=\"AO3\"><v>1</v></c></row></sheetData>"
    case .relations:
      parts = book.parts
      parts?[2].text =
        "<Relationships>"
        + (0...30).map { "<Relationship Id=\"r\($0)\" Type=\"t\" Target=\"a\"/>" }.joined()
        + "</Relationships>"
    case .sheets:
      book.workbook =
        "<sheets>" + (0...30).map { "<sheet name=\"S\($0)\" r:id=\"r1\"/>" }.joined() + "</sheets>"
    }
    let bytes = StoredWorkbook.zipped(parts ?? book.parts)
    let found = faults { () throws(Faults) in _ = try read(bytes, limits) }
    #expect(found.english.first?.contains(blowup.words) == true, "\(found.english)")
  }
}
