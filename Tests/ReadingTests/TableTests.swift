import Diagnostics
import Testing

@testable import Reading

@Suite("Tables are read as people keep them") struct TableTests {
  private struct Table {
    var rows: [[String]] = []
    var notes: [String] = []
  }

  private static let known = ["id", "name", "beds", "编号", "名称", "床位", "a", "b", "c", "名", "甲", "乙"]

  private func table(_ text: String) throws(Faults) -> Table {
    try table(SourceFile(path: "t.csv", text: text))
  }

  private func table(_ file: SourceFile) throws(Faults) -> Table {
    var table = Table()
    let notes = try TableReader.read(
      file, isKnown: { Self.known.contains($0) },
      header: { (header: TableHeader) throws(Faults) in
        table.rows.append(header.names.map(\.value))
      },
      row: { (row: borrowing CSVRow) throws(Faults) in
        var fields: [String] = []
        for column in 0..<row.count { fields.append(row.text(column)) }
        table.rows.append(fields)
        return true
      })
    table.notes = notes.map { $0.rendered(.en) }
    return table
  }

  @Test(
    "the separator is the one that shows the header",
    arguments: [
      "id,name,beds\n1,甲;乙,3\n", "id\tname\tbeds\n1\t甲;乙\t3\n", "id;name;beds\n1;\"甲;乙\";3\n",
      "\u{FEFF}id\tname\tbeds\r\n1\t甲;乙\t3\r\n",
    ])
  func separators(text: String) throws {
    #expect(try table(text).rows == [["id", "name", "beds"], ["1", "甲;乙", "3"]])
  }

  @Test(
    "what is no row of data is passed over with a note",
    arguments: [
      (
        "2026年定点申请汇总表,,\n填报单位：示例,,\nid,name,beds\n1,甲,3\n",
        "t.csv:1: note: passed over 2 rows above the header"
      ),
      ("id,name,beds\n1,甲,3\n合计,,3\n", "t.csv:3: note: passed over 1 row of totals"),
      ("id,name,beds\n1,甲,3\n小 计：,,3\n,总计,3\n", "t.csv:3: note: passed over 2 rows of totals"),
      ("id,name,beds\n相山区小计,,3\n1,甲,3\n", "t.csv:2: note: passed over 1 row of totals"),
      ("id,name,beds\nTotal,,3\n1,甲,3\n", "t.csv:2: note: passed over 1 row of totals"),
      ("id,name,beds\n,,\n1,甲,3\n,,\n", "t.csv:2: note: passed over 2 rows without content"),
      (
        "id,name,beds\nid,name,beds\n1,甲,3\n",
        "t.csv:2: note: passed over 1 row that repeats the header"
      ),
    ])
  func passedOver(text: String, note: String) throws {
    let table = try table(text)
    #expect(table.rows == [["id", "name", "beds"], ["1", "甲", "3"]])
    #expect(table.notes == [note])
  }

  @Test(
    "a header of two rows is read as one, however its cells are merged",
    arguments: [
      // Merged cells hold their value in the first one alone, as CSV has it.
      "编号,名称,坐标,,床位\n,,a,b,\n1,甲,2,3,4\n",
      // The upper row has most of the names, the lower one a part in every column.
      "编号,名称,坐标,,床位\n编号,名称,a,b,床位\n1,甲,2,3,4\n",
      "标题\n编号,名称,坐标,,床位\n编号,名称,a,b,床位\n1,甲,2,3,4\n",
      // The group is known by itself too.
      "编号,名称,c,,床位\n,,a,b,\n1,甲,2,3,4\n",
    ])
  func twoRows(text: String) throws {
    let table = try table(text)
    #expect(table.rows == [["编号", "名称", "a", "b", "床位"], ["1", "甲", "2", "3", "4"]])
    let group = text.contains("坐标") ? "坐标" : "c"
    #expect(
      table.notes.first?.contains(
        "note: the header is two rows, read together: `\(group) a`, `\(group) b`") == true,
      "\(table.notes)")
  }

  @Test("rows of data are no parts of a header, and titles no groups")
  func noParts() throws {
    #expect(try table("id,name,beds\n,甲,\n").rows.count == 2)
    let titled = try table("单位：甲,,日期：乙\nid,name,beds\n1,甲,3\n")
    #expect(titled.rows == [["id", "name", "beds"], ["1", "甲", "3"]])
    #expect(titled.notes == ["t.csv:1: note: passed over 1 row above the header"])
  }

  @Test("a row above the header that is as full as the header is no title")
  func fullRowAbove() {
    let input = MarkedInput("▶1,甲,3\nid,name,beds\n2,乙,3\n")
    let found = faults { () throws(Faults) in _ = try table(input.file) }
    #expect(found.places == input.places)
    #expect(
      found.english == [
        "expected titles alone above the header, found a row of 3 values; move data below the header, and keep one header"
      ])
  }

  @Test("a plain table has no notes")
  func plain() throws {
    #expect(try table("id,name\n1,甲\n\nT,总计部\n").notes.isEmpty)
    #expect(try table("id,name\n1,甲\n\nT,总计部\n").rows.count == 3)
  }

  @Test("columns without name and content are passed over")
  func emptyColumns() throws {
    let table = try table("id,,name,\n1,,甲,\n")
    #expect(table.rows == [["id", "", "name", ""], ["1", "", "甲", ""]])
    #expect(table.notes == ["t.csv:1: note: passed over 2 empty columns"])
  }

  @Test(
    "what is wrong is reported where it stands",
    arguments: [
      ("▶", "expected a first line of column names, found the file empty"),
      (
        "a,b\n▶1\n▶1,2,3\n1,2\n",
        "expected 2 fields, found 1; put a value that holds a separator in quotes"
      ),
      ("名,b,▶名\n", "the column `名` is given twice; remove one of them"),
      (
        "a,,c\n1,▶2,3\n",
        "expected a name for column 2, which has none but holds values; name or delete it"
      ),
      ("▶甲，乙\n", "expected columns separated by commas, tabs or semicolons, found `，`"),
      ("a,b\n1,2\n3,▶\"4\n", "the quoted value that begins here has no closing quote"),
    ])
  func faultPlaces(marked: String, message: String) {
    let input = MarkedInput(marked)
    let found = faults { () throws(Faults) in _ = try table(input.file) }
    #expect(found.places == input.places)
    #expect(found.english.first == message)
  }

  // MARK: Encodings

  /// 编号,名称 and 1,惠民大药房 in GB18030.
  private static let chinese: [UInt8] =
    [0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A, 0x31, 0x2C]
    + [0xBB, 0xDD, 0xC3, 0xF1, 0xB4, 0xF3, 0xD2, 0xA9, 0xB7, 0xBF, 0x0A]

  @Test("GB18030 is read, with a note")
  func gb18030() throws {
    let read = try TextConversion.utf8(SourceFile(path: "t.csv", bytes: Self.chinese))
    #expect(try table(read.file).rows == [["编号", "名称"], ["1", "惠民大药房"]])
    #expect(
      read.notes.map { $0.rendered(.en) } == [
        "t.csv:1: note: the file is not UTF-8 and was read as GB18030"
      ])
  }

  @Test("characters that only GB18030 has are read too")
  func fourBytes() throws {
    // 𠮷 (U+20BB7) takes four bytes.
    let file = SourceFile(
      path: "t.csv", bytes: Self.chinese + [0x32, 0x2C, 0x95, 0x34, 0xB2, 0x35, 0x0A])
    #expect(try table(try TextConversion.utf8(file).file).rows.last == ["2", "\u{20BB7}"])
  }

  @Test("UTF-16 with its mark is read, with a note", arguments: [false, true])
  func utf16(isBigEndian: Bool) throws {
    let units = Array("\u{FEFF}编号\t名称\r\n1\t惠民😀\r\n".utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
    let read = try TextConversion.utf8(SourceFile(path: "t.csv", bytes: bytes))
    #expect(try table(read.file).rows == [["编号", "名称"], ["1", "惠民😀"]])
    #expect(read.notes.count == 1)
  }

  @Test(
    "broken UTF-16 is a fault where it breaks", arguments: [false, true],
    [
      ("编号,名称\n1,惠民", [0x31], "2:5", "a single byte at the end"),
      ("", [0x31], "1:1", "a single byte at the end"),
      ("a\r\n😀,", [0xD8, 0x00, 0x00, 0x31], "2:3", "an unpaired surrogate"),
      ("a\r\n", [0xDC, 0x00], "2:1", "an unpaired surrogate"),
      ("a\n12", [0xD8, 0x00], "2:3", "an unpaired surrogate"),
    ] as [(String, [UInt8], String, String)])
  func brokenUTF16(
    isBigEndian: Bool, broken: (text: String, tail: [UInt8], place: String, words: String)
  ) {
    func pairs(_ units: some Sequence<UInt16>) -> [UInt8] {
      units.flatMap { unit -> [UInt8] in
        let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return isBigEndian ? pair : pair.reversed()
      }
    }
    var bytes = pairs("\u{FEFF}\(broken.text)".utf16)
    let tail = broken.tail
    if tail.count % 2 == 0 {
      bytes += pairs(
        stride(from: 0, to: tail.count, by: 2).map { UInt16(tail[$0]) << 8 | UInt16(tail[$0 + 1]) })
    } else {
      bytes += tail
    }
    let found = faults { () throws(Faults) in
      _ = try TextConversion.utf8(SourceFile(path: "t.csv", bytes: bytes))
    }
    #expect(found.places == [broken.place])
    #expect(found.english.first?.contains(broken.words) == true)
  }

  @Test("UTF-8 stays what it is, and damaged UTF-8 is not taken for GB18030")
  func utf8() throws {
    let text = "编号,名称\n1,惠民大药房\n2,康源大药房\n"
    #expect(try TextConversion.utf8(SourceFile(path: "t.csv", text: text)).notes.isEmpty)
    let damaged = SourceFile(path: "t.csv", bytes: Array(text.utf8) + [0xB4, 0xF3, 0x0A])
    #expect(try TextConversion.utf8(damaged).notes.isEmpty)
    let found = faults { () throws(Faults) in _ = try table(try TextConversion.utf8(damaged).file) }
    #expect(found.places == ["4:1"])
  }

  @Test("text to convert has a limit")
  func conversionLimit() {
    var limits = ReadingLimits()
    limits.convertedBytes = 8
    let found = faults { () throws(Faults) in
      _ = try TextConversion.utf8(
        SourceFile(path: "t.csv", bytes: Self.chinese), limits: limits)
    }
    #expect(found.english.first?.contains("limit of 8 bytes") == true)
  }

  @Test("no damage to a table in GB18030 traps")
  func mutations() {
    var random = SeededGenerator(state: 7)
    for _ in 0..<600 {
      var bytes = Self.chinese
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 0...min(3, bytes.count), using: &random))
        case 1:
          if let place = bytes.indices.randomElement(using: &random) {
            bytes[place] = UInt8.random(in: 0...255, using: &random)
          }
        default:
          bytes.insert(
            UInt8.random(in: 0...255, using: &random),
            at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      let file = SourceFile(path: "t.csv", bytes: bytes)
      let found = faults { () throws(Faults) in _ = try table(try TextConversion.utf8(file).file) }
      for fault in found { #expect(!fault.rendered(.zh).contains("\n")) }
    }
  }

  // MARK: Cells

  @Test(
    "whole numbers are read as spreadsheets write them, where that is sure",
    arguments: [
      ("120", "120"), ("１２０", "120"), ("1,200", "1200"), ("1，200", "1200"), ("120.00", "120"),
      ("-3", "-3"), ("1,234,567", "1234567"), ("12,34", nil), ("1,20", nil), ("1 200", nil),
      ("120张", nil), ("1e3", nil), ("", nil), ("1,0000", nil), ("120.5", nil), ("012", nil),
    ])
  func wholeNumbers(text: String, expected: String?) {
    #expect(CellText.number(text, isWhole: true) == expected)
  }

  @Test(
    "other numbers too",
    arguments: [
      ("１２３．５", "123.5"), ("71.5%", "71.5%"), ("71.5 ％", "71.5%"), ("116,794", nil),
      ("1,234.5", "1234.5"), ("1.234,5", nil), ("−3.5", "-3.5"), ("7.4E+1", nil), ("..", nil),
      ("5.", nil), (",5.5", nil),
    ])
  func numbers(text: String, expected: String?) {
    #expect(CellText.percent(text) == expected)
  }

  @Test(
    "days are read as people write them, year first",
    arguments: [
      ("2026.6.1", "2026-06-01"), ("2026/6/1", "2026-06-01"), ("2026年6月1日", "2026-06-01"),
      ("2026-6-1", "2026-06-01"), ("２０２６年１２月３１日", "2026-12-31"), ("20260601", "2026-06-01"),
      ("2026/6/1 0:00", "2026-06-01"), ("2026-06-01 00:00:00", "2026-06-01"),
      ("2026 年 6 月 1 日", "2026-06-01"), ("2026-2-30", "2026-02-30"), ("6/1/2026", nil),
      ("26.6.1", nil), ("2026.6", nil), ("46174", nil), ("2026.6/1", nil), ("2026-6-1 9:30", nil),
      ("2026年6月", nil), ("2026.6.1 2", nil), ("2026-06-01 00:00:00.0", "2026-06-01"),
      ("2026-06-01T00:00:00.000", "2026-06-01"), ("2026-06-01 00:00:01", nil),
      ("2026-06-01 :", nil), ("2026-06-01 00", nil),
    ])
  func days(text: String, expected: String?) {
    #expect(CellText.day(text) == expected)
  }

  @Test(
    "lists are split where they can be",
    arguments: [
      ("a;b", ["a", "b"]), ("甲；乙、丙", ["甲", "乙", "丙"]), ("a, b，c;", ["a", "b", "c"]), (" ; ", []),
      ("住院+门诊", ["住院", "门诊"]),
      ("a＋b", ["a", "b"]),
    ])
  func lists(text: String, expected: [String]) {
    let items = CellText.items(text)
    #expect(items.map(\.text) == expected)
    let bytes = Array(text.utf8)
    for item in items {
      #expect(String(decoding: bytes[item.range], as: UTF8.self) == item.text)
    }
  }

  @Test(
    "serial numbers of days are those of this century alone",
    arguments: [
      ("46083", "2026-03-02"), ("46083.0", "2026-03-02"), ("46083.39", "2026-03-02"),
      ("36526", "2000-01-01"),
      ("36525", nil), ("73051", nil), ("20260302", nil), ("4608", nil), ("46,083", nil),
      ("4e4", nil),
    ])
  func serials(text: String, expected: String?) {
    #expect(CellText.serialDay(text, from1904: false) == expected)
  }

  @Test(
    "a midnight after a day is nobody's, and another time is not read",
    arguments: [
      ("2026-03-02T00:00:00.000", true), ("2026-03-02T00:00:00", true), ("2026-03-02 00:00", true),
      ("2026-03-02T00:00:00Z", true), ("2026-03-02T00:00:00.000+08:00", true),
      ("2026-03-01T16:00:00.000Z", false), ("2026-03-02T00:00:00-05:00", false),
      ("2026-03-02T", false),
      ("2026-03-02T00:00:00.", false), ("2026-02-30T00:00:00", false), ("2026-3-2T00:00:00", false),
    ])
  func midnights(text: String, isDay: Bool) {
    #expect((CalendarDay(midnight: text) != nil) == isDay)
  }

  @Test(
    "rows below the data are told by their first cell",
    arguments: [
      ("合计", "total"), ("相山区小计", "total"), ("总计：2家", "total"), ("共3家机构", "total"),
      ("Total: 2", "total"),
      ("制表人：张三", "remark"), ("备注：…", "remark"), ("（注2）：甲", "remark"), ("区医保局经办人：李", "remark"),
      ("共和路药店", "none"), ("总计部", "none"), ("注射室", "none"), ("A-1", "none"), ("备注栏药房", "none"),
      ("京：东药房", "none"), ("Total care", "none"),
    ])
  func footers(cell: String, kind: String) {
    #expect(TableFooter.kind(cell).map { "\($0)" } ?? "none" == kind)
  }

  @Test(
    "numbers that spreadsheets made of codes are known",
    arguments: [
      ("1.2E+17", true), ("3.4060200017E+11", true), ("1E+3", true), ("1E3", false), ("E+3", false),
      ("P1E+3", false), ("340602", false), ("1.2.3E+4", false), ("1E+", false),
    ])
  func codes(text: String, expected: Bool) {
    #expect(CellText.isSpreadsheetNumber(text) == expected)
  }
}
