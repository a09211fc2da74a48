import Diagnostics
import TestSupport
import Testing

@testable import Reading

@Suite("Workbooks are read as tab-separated text") struct WorkbookTests {
  private func fixture(_ name: String, sheet: String? = nil) throws -> SourceFile {
    let bytes = try #require(Golden.bytes("workbooks/\(name)"))
    return SourceFile(path: name + (sheet.map { "#\($0)" } ?? ""), bytes: bytes)
  }

  private func text(_ file: SourceFile) -> String {
    file.text(ByteRange(start: 0, end: file.count))
  }

  @Test("a sheet made by a spreadsheet comes out as people see it, row by row")
  func sheet() throws {
    let read = try Workbook.text(try fixture("applications.xlsx"))
    #expect(
      text(read.file) == """
        2026年定点申请汇总表
        序号\t编号\t机构名称\t机构类别\t申请类别\t区 （县）\t经度\t纬度\t坐标系\t申请床位（张）\t床位使用率\t受理日期\t得分
        1\tA-1\t示例一医院\t医院\t住院；门诊\t相山区\t116.7942\t33.9581\t火星坐标（GCJ-02）\t20\t71.5%\t2026-03-02\t88.5
        2\tA-2\t示例“二”医院\t医院\t住院\t相山区\t116.7952\t33.9591\tGCJ-02\t30\t80%\t2026-03-03\t71.5
        3\tA-3\t"示例""三""药房"\t药店\t零售药店\t相山区\t116.8\t33.96\t百度坐标\t\t\t2026.3.5\t80
        合计\t\t\t\t\t\t\t\t\t=SUM(J3:J5)
        """)
    #expect(
      read.notes.map { $0.rendered(.en) } == [
        "applications.xlsx: note: read the sheet `申请汇总` and not `名册`; name one as `file#sheet`",
        "applications.xlsx:5: note: 1 hidden row is read as well",
        "applications.xlsx:3: note: the value of merged cells `F3:F4` is taken for each of their rows",
      ])
    #expect(read.file.sheet == "申请汇总")
  }

  @Test("a header of two rows with merged cells reaches the reader of tables with its groups")
  func mergedHeader() throws {
    var book = StoredWorkbook()
    func cell(_ place: String, _ text: String) -> String {
      "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
    book.sheet =
      "<sheetData><row r=\"1\">" + cell("A1", "编号") + cell("B1", "坐标") + cell("D1", "名称")
      + "</row><row r=\"2\">" + cell("B2", "经度") + cell("C2", "纬度") + "</row><row r=\"3\">"
      + cell("A3", "P1") + cell("B3", "116") + cell("C3", "33") + cell("D3", "甲")
      + "</row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/>"
      + "<mergeCell ref=\"D1:D2\"/></mergeCells>"
    let file = try Workbook.text(book.file).file
    #expect(text(file) == "编号\t坐标\t\t名称\n编号\t经度\t纬度\t名称\nP1\t116\t33\t甲")
    var groups: [String?] = []
    try TableReader.read(
      file, isKnown: { ["编号", "名称", "经度", "纬度"].contains($0) },
      header: { (header: TableHeader) throws(Faults) in groups = header.groups.map { $0?.value } },
      row: { (_: borrowing CSVRow) throws(Faults) in true })
    #expect(groups == [nil, "坐标", "坐标", nil])
  }

  @Test("a workbook whose container is written as large ones are (zip64) is read")
  func zip64() throws {
    var book = StoredWorkbook()
    book.sheet = "<sheetData><row r=\"1\"><c><v>7</v></c></row></sheetData>"
    let bytes = StoredWorkbook.zipped(book.parts, isLarge: true)
    #expect(text(try Workbook.text(SourceFile(path: "w.xlsx", bytes: bytes)).file) == "7")
    // Any one byte of the large records may be damaged: it ends in a fault or is not needed.
    for place in bytes.indices.suffix(700) {
      var damaged = bytes
      damaged[place] ^= 0xFF
      _ = faults { () throws(Faults) in
        _ = try Workbook.text(SourceFile(path: "w.xlsx", bytes: damaged))
      }
    }
  }

  @Test("another sheet is named after the file, and an unknown one has a nearest name")
  func namedSheet() throws {
    let read = try Workbook.text(try fixture("applications.xlsx", sheet: "名册"))
    #expect(text(read.file).hasPrefix("机构编号\t机构名称"))
    #expect(read.notes.isEmpty)
    let file = try fixture("applications.xlsx", sheet: "名冊")
    let found = faults { () throws(Faults) in _ = try Workbook.text(file) }
    #expect(found.english.first?.hasSuffix("there are `申请汇总`, `名册`; did you mean `名册`") == true)
  }

  @Test("places are those of cells, in messages too")
  func places() throws {
    let file = try Workbook.text(try fixture("applications.xlsx")).file
    let offset = try #require(text(file).utf8Offset(of: "示例“二”医院"))
    let fault = Fault(file, ByteRange(start: offset, end: offset + 3), zh: "不对", en: "wrong")
    #expect(fault.rendered(.en) == "applications.xlsx:4:3: error: 申请汇总!C4: wrong")
    #expect(LineIndex.Position(line: 1, column: 16_384).cell(of: "S") == "S!XFD1")
    #expect(LineIndex.Position(line: 9, column: 27).cell(of: "S") == "S!AA9")
  }

  @Test("days count from 1904 where the workbook says so, and truth values are words")
  func epoch() throws {
    let read = try Workbook.text(try fixture("epoch1904.xlsx"))
    #expect(
      text(read.file).split(separator: "\n").last
        == "C-1\t甲\tclinic\toutpatient\t2026-03-02\tTRUE")
  }

  @Test(
    "numbers are taken from their text, with 15 digits",
    arguments: [
      ("71.499999999999996", "71.5"), ("71.5", "71.5"), ("116.79419999999999", "116.7942"),
      ("0.1", "0.1"), ("1E-3", "0.001"), ("1.5E+2", "150"), ("-0.0", "0"), ("007", "7"),
      ("340602000170", "340602000170"), ("3.4060200017E+11", "340602000170"),
      ("123456789012345", "123456789012345"), ("1234567890123456", "1.23456789012346E+15"),
      ("123456789012345678", "1.23456789012346E+17"), ("999999999999999.9", "1000000000000000"),
      ("0.9999999999999999", "1"), ("abc", "abc"), ("1e999", "1e999"), ("1E-30", "1E-30"),
      ("+5", "5"), (".5", "0.5"), ("-12.50", "-12.5"),
    ])
  func numbers(raw: String, expected: String) {
    #expect(CellNumber.text(raw) == expected)
  }

  @Test(
    "percentages are shown as such", arguments: [("0.715", "71.5%"), ("1", "100%"), ("0", "0%")])
  func percentages(raw: String, expected: String) {
    #expect(CellNumber.text(raw, isPercent: true) == expected)
  }

  @Test(
    "a number has the decimals that its format shows, and more where it has them",
    arguments: [
      ("33.95", 6, "33.950000"), ("116", 6, "116.000000"), ("33.9581234", 4, "33.9581234"),
      ("-0.5", 2, "-0.50"), ("1E+20", 2, "1E+20"), ("5", 99, "5.000000000000000"),
      ("x", 2, "x"), ("0", 2, "0.00"),
    ])
  func shownDecimals(raw: String, decimals: Int, expected: String) {
    #expect(CellNumber.text(raw, decimals: decimals) == expected)
  }

  @Test(
    "days have serial numbers",
    arguments: [
      ("1", false, "1900-01-01"), ("59", false, "1900-02-28"), ("60", false, nil),
      ("61", false, "1900-03-01"), ("46083", false, "2026-03-02"), ("46083.5", false, "2026-03-02"),
      ("0", false, nil), ("44621", true, "2026-03-02"), ("0", true, "1904-01-01"),
      ("-1", false, nil), ("2958466", false, nil), ("x", false, nil),
    ] as [(String, Bool, String?)])
  func serials(raw: String, from1904: Bool, expected: String?) {
    #expect(CellNumber.day(raw, from1904: from1904) == expected)
  }

  @Test(
    "formats show days and percentages",
    arguments: [
      ("General", NumberFormat.general), ("0.00%", .percent), ("yyyy-mm-dd", .date),
      ("yyyy\"年\"m\"月\"d\"日\";@", .date), ("[$-804]m\"月\"d\"日\"", .date), ("h:mm", .general),
      ("0.00E+00", .general), ("\"day\" 0", .general), ("[Red]0", .general), ("mm:ss", .general),
      ("0\\d", .general), ("[$-804]aaaa", .date), ("#,##0.00\"万元\"", .fixed(decimals: 2)),
      ("[DBNum1][$-804]yyyy\"年\"m\"月\"", .date), ("yyyy/m/d h:mm", .date), ("@", .general),
      ("0_ ;[Red]\\-0\\ ", .general), ("[$¥-804]#,##0.00", .fixed(decimals: 2)),
      ("[h]:mm", .general),
      ("[mm]:ss", .general), ("[m]", .general), ("0.000000_ ", .fixed(decimals: 6)),
      ("0.0##;-0.0##", .fixed(decimals: 1)), ("0.", .general),
    ])
  func formats(code: String, expected: NumberFormat) {
    #expect(NumberFormat(code: code) == expected)
  }

  @Test(
    "cells say what they hold",
    arguments: [
      ("<c t=\"inlineStr\"><is><t>甲</t></is></c>", "甲"),
      ("<c t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>", "甲乙"),
      ("<c t=\"s\"><v></v></c>", ""), ("<c t=\"b\"><v>true</v></c>", "TRUE"),
      (
        "<c><f>VLOOKUP(A1,名册名册名册名册名册名册名册名册名册!A:B)</f></c>", "=VLOOKUP(A1,名册名册名册名册名册名册名册名册名…"
      ),
      ("<c t=\"s\"><v>0</v></c>", "丙"), ("<c t=\"s\"><v>1</v></c>", "a b"),
      ("<c t=\"b\"><v>0</v></c>", "FALSE"), ("<c t=\"e\"><v>#N/A</v></c>", "#N/A"),
      ("<c><f>A1+1</f><v>3</v></c>", "3"), ("<c><f>A1+1</f></c>", "=A1+1"),
      ("<c t=\"str\"><f>A1</f><v>x</v></c>", "x"), ("<c t=\"str\"><f>A1</f><v></v></c>", ""),
      ("<c t=\"d\"><v>2026-03-02T00:00:00</v></c>", "2026-03-02"),
      ("<c t=\"inlineStr\"><is><t>a_x000D_\tb\nc</t></is></c>", "a b c"),
      ("<c t=\"inlineStr\"><is><t>&lt;&#38;&quot;</t></is></c>", "\"<&\"\"\""),
      ("<c r=\"C1\"><v>5</v></c>", "\t\t5"), ("<c s=\"1\"><v>0.5</v></c>", "50%"),
      ("<c t=\"str\"><v>a_x0020_b_x005F_x0041_</v></c>", "a b_x0041_"),
      ("<c t=\"str\"><v>_x00ZZ__x4e2d__xD800__x41_</v></c>", "_x00ZZ_中_xD800__x41_"),
      ("<c t=\"d\"><v>2026-03-02</v></c>", "2026-03-02"), ("<c t=\"d\"><v>T10:00:00</v></c>", ""),
    ])
  func cells(cell: String, expected: String) throws {
    var book = StoredWorkbook()
    book.sharedTexts =
      "<si><t>丙</t><rPh sb=\"0\" eb=\"1\"><t>bing</t></rPh></si><si><r><t>a</t></r><r><t xml:space=\"preserve\"> b</t></r></si>"
    book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs>"
    book.sheet = "<sheetData><row r=\"1\">\(cell)</row></sheetData>"
    #expect(text(try Workbook.text(book.file).file) == expected)
  }

  @Test("a strict workbook, with other namespaces and absolute names of parts, is read alike")
  func strict() throws {
    var book = StoredWorkbook()
    book.sheetTarget = "/xl/worksheets/sheet1.xml"
    book.sheet =
      "<x:sheetData><x:row><x:c/><x:c t=\"d\"><x:v>2026-03-02</x:v></x:c></x:row></x:sheetData>"
    let parts = book.parts.map { part in
      let text = part.text
        .replacing(
          "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
          with: "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        .replacing(
          "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
          with: "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        .replacing("<worksheet xmlns=", with: "<x:worksheet xmlns:x=")
        .replacing("</worksheet>", with: "</x:worksheet>")
      return (name: part.name, text: text)
    }
    let file = SourceFile(path: "w.xlsx", bytes: StoredWorkbook.zipped(parts))
    #expect(text(try Workbook.text(file).file) == "\t2026-03-02")
  }

  @Test("hidden columns are worth a note where they hold something")
  func hiddenColumns() throws {
    var book = StoredWorkbook()
    let cells = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>"
    book.sheet = "<cols><col min=\"3\" max=\"16384\" hidden=\"1\"/></cols>" + cells
    #expect(try Workbook.text(book.file).notes.isEmpty)
    book.sheet = "<cols><col min=\"2\" max=\"16384\" hidden=\"true\"/></cols>" + cells
    #expect(
      try Workbook.text(book.file).notes.map { $0.rendered(.en) } == [
        "w.xlsx:1: note: 1 hidden column is read as well"
      ])
  }

  @Test("a sheet's cells are separated by tabs, whatever they hold")
  func separator() throws {
    var book = StoredWorkbook()
    func row(_ cells: String...) -> String {
      "<row>" + cells.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined() + "</row>"
    }
    book.sheet = "<sheetData>" + row("甲,乙,丙", "丁") + row("1,2", "3") + "</sheetData>"
    var rows: [Int] = []
    try TableReader.read(
      try Workbook.text(book.file).file, isKnown: { _ in false },
      header: { (header: TableHeader) throws(Faults) in rows.append(header.names.count) },
      row: { (row: borrowing CSVRow) throws(Faults) in
        rows.append(row.count)
        return true
      })
    #expect(rows == [2, 2])
  }

  @Test("a row stands in the line of its number")
  func rowNumbers() throws {
    var book = StoredWorkbook()
    book.sheet =
      "<sheetData><row r=\"3\"><c><v>1</v></c></row><row r=\"5\"><c><v>2</v></c></row></sheetData>"
    #expect(text(try Workbook.text(book.file).file) == "\n\n1\n\n2")
  }

  enum Hostile: String, CaseIterable {
    case empty, text, binary, encryptedBinary, encryptedPart, noSheets, noWorkbook, declaration
    case laughs, deep, cells, size, parts, twice, rowBackwards, columnBackwards, farRow, farColumn
    case sharedTextMissing, unclosed, merges, outside

    var file: SourceFile {
      var book = StoredWorkbook()
      func row(_ cells: String) -> String { "<sheetData><row r=\"1\">\(cells)</row></sheetData>" }
      var bytes: [UInt8]?
      let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
      switch self {
      case .empty: bytes = []
      case .text: bytes = Array("id,name\n".utf8)
      case .binary: bytes = compound + [UInt8](repeating: 0, count: 600)
      case .encryptedBinary:
        bytes =
          compound + [UInt8](repeating: 0, count: 56)
          + "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
      case .encryptedPart: bytes = StoredWorkbook.zipped(book.parts, flags: 1)
      case .noSheets: book.workbook = "<sheets/>"
      case .noWorkbook: bytes = StoredWorkbook.zipped([("a.txt", "a")])
      case .declaration: book.prolog = "<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">"
      case .laughs:
        book.prolog = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        book.sheet = row("<c><v>&b;</v></c>")
      case .deep:
        book.sheet =
          String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200)
      case .cells: book.sheet = row(String(repeating: "<c><v>1</v></c>", count: 51))
      case .size: book.sheet = row("<c><v>" + String(repeating: "1", count: 200_000) + "</v></c>")
      case .parts:
        bytes = StoredWorkbook.zipped((0..<40).map { ("\($0)", "") })
      case .twice: bytes = StoredWorkbook.zipped(book.parts + [book.parts[0]])
      case .rowBackwards: book.sheet = "<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>"
      case .columnBackwards: book.sheet = row("<c r=\"B1\"/><c r=\"A1\"/>")
      case .farRow: book.sheet = "<sheetData><row r=\"1048577\"/></sheetData>"
      case .farColumn: book.sheet = row("<c r=\"XFE1\"/>")
      case .sharedTextMissing: book.sheet = row("<c t=\"s\"><v>7</v></c>")
      case .unclosed: book.sheet = "<sheetData>"
      case .merges:
        book.sheet =
          "<sheetData><row r=\"1\"><c><v>1</v></c></row>"
          + (2...20).map { "<row r=\"\($0)\"><c r=\"B\($0)\"><v>1</v></c></row>" }.joined()
          + "</sheetData><mergeCells>"
          + String(repeating: "<mergeCell ref=\"A1:A20\"/>", count: 30) + "</mergeCells>"
      case .outside: book.sheetTarget = "../../../../etc/passwd"
      }
      return bytes.map { SourceFile(path: "w.xlsx", bytes: $0) } ?? book.file
    }

    var words: String {
      switch self {
      case .empty, .text, .noSheets, .noWorkbook: "expected an .xlsx workbook, found something else"
      case .binary: "the old binary format; save it as .xlsx"
      case .encryptedBinary, .encryptedPart: "encrypted; save it without a password"
      case .declaration, .laughs: "document type declaration"
      case .deep: "limit of 20"
      case .cells, .merges: "limit of 50 cells"
      case .size: "limit of 64 KiB unpacked"
      case .parts: "limit of 30 parts"
      case .twice, .rowBackwards, .columnBackwards, .farRow, .farColumn, .sharedTextMissing,
        .unclosed, .outside:
        "incomplete or damaged"
      }
    }
  }

  @Test("what is no good workbook ends in a fault that says so", arguments: Hostile.allCases)
  func hostile(_ hostile: Hostile) {
    var limits = ReadingLimits()
    limits.workbookBytes = 64 << 10
    limits.workbookParts = 30
    limits.elementDepth = 20
    limits.cells = 50
    let found = faults { () throws(Faults) in
      _ = try Workbook.text(hostile.file, limits: limits)
    }
    #expect(found.english.first?.contains(hostile.words) == true, "\(found.english)")
    #expect(DocumentFormat(of: hostile.file) == .xlsx)
  }

  @Test("no truncation and no flipped byte of a workbook traps")
  func mutations() throws {
    let whole = try #require(Golden.bytes("workbooks/applications.xlsx"))
    var random = SeededGenerator(state: 11)
    for _ in 0..<300 {
      var bytes = whole
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      }
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        guard let place = bytes.indices.randomElement(using: &random) else { break }
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      check(bytes)
    }
    // Stored parts let flipped bytes reach the XML, whose checksum is mended by building it anew.
    for _ in 0..<300 {
      var parts = StoredWorkbook().parts
      parts[5].text =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><f>A1</f><v>1E5</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells></worksheet>"
      parts[3].text = "<sst><si><t>甲</t></si></sst>"
      let part = Int.random(in: 0..<parts.count, using: &random)
      var bytes = Array(parts[part].text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let place = bytes.indices.randomElement(using: &random) else { break }
        bytes[place] = UInt8.random(in: 0...127, using: &random)
      }
      parts[part].text = String(decoding: bytes, as: UTF8.self)
      check(StoredWorkbook.zipped(parts, isLarge: part % 2 == 0))
    }
  }

  private func check(_ bytes: [UInt8]) {
    do {
      let file = try Workbook.text(SourceFile(path: "w.xlsx", bytes: bytes)).file
      try CSVReader.read(file, separator: 9) { (_: borrowing CSVRow) throws(Faults) in true }
    } catch {
      for fault in error.faults { #expect(!fault.rendered(.zh).contains("\n")) }
    }
  }

  @Test(
    "a path may name a sheet",
    arguments: [
      ("a.xlsx#2026", "a.xlsx", "2026"), ("a.XLSX#1#2", "a.XLSX", "1#2"), ("a.xlsx", "a.xlsx", nil),
      ("a#1.csv", "a#1.csv", nil), ("b#1/a.xlsm#名册", "b#1/a.xlsm", "名册"),
      ("a.xlsx#", "a.xlsx", nil),
    ])
  func paths(path: String, file: String, sheet: String?) {
    #expect(SheetPath(path).file == file)
    #expect(SheetPath(path).sheet == sheet)
  }
}

extension String {
  fileprivate func utf8Offset(of text: String) -> Int? {
    let (all, part) = (Array(utf8), Array(text.utf8))
    return (0...(all.count - part.count)).first { all[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
