import Diagnostics
import Reading
import TestSupport
import Testing
import Workbooks

@Suite("Workbooks are written so that they are read back")
struct WorkbookWriterTests {
  private func written(_ body: (inout WorkbookWriter) -> Void) -> [UInt8] {
    let kept = Kept()
    var writer = WorkbookWriter {
      kept.bytes.append(contentsOf: $0)
      return true
    }
    body(&writer)
    let isWhole = writer.finish()
    #expect(isWhole)
    return kept.bytes
  }

  private final class Kept { var bytes: [UInt8] = [] }

  private func sheets(_ bytes: [UInt8]) throws -> [Workbook.Sheet] {
    try Workbook.sheets(SourceFile(path: "w.xlsx", bytes: bytes))
  }

  @Test(
    "the text of a cell is what was given, whatever is in it",
    arguments: [
      "=SUM(A1)", "+1", "@x", "00123", "3.4E+11", "<b>&\"'", "两行\n文字", " 空格 ", "_x000D_", "_x0",
      "铃\u{7}",
      "\u{1F600}", "\u{202E}",
    ])
  func text(_ text: String) throws {
    let bytes = written { writer in
      writer.sheet(SheetForm(name: "甲", widths: [10])) { $0.add([SheetCell(text)]) }
    }
    let found = try sheets(bytes)
    #expect(found.first?.rows.first?.cells.first?.text == text)
  }

  @Test("rows and columns keep their places, and an empty row is left out")
  func places() throws {
    let bytes = written { writer in
      writer.sheet(SheetForm(name: "A", widths: [])) { writer in
        writer.add([SheetCell(""), SheetCell("b1")])
        writer.add([])
        writer.add([SheetCell("a3", .header)])
        let count = writer.rowCount
        #expect(count == 3)
      }
      var hidden = SheetForm(name: "<B>", widths: [5])
      hidden.isHidden = true
      writer.sheet(hidden) { $0.add([SheetCell("x")]) }
    }
    let found = try sheets(bytes)
    #expect(found.map(\.name) == ["A", "<B>"] && found.map(\.isHidden) == [false, true])
    #expect(found[0].rows.map(\.number) == [1, 3])
    #expect(found[0].rows[0].cells.map(\.column) == [2])
  }

  @Test("the same sheets give the same bytes, and a text too long for a cell is cut")
  func same() throws {
    let long = String(repeating: "长", count: 40_000)
    let once = written { writer in
      writer.sheet(SheetForm(name: "A", widths: [])) { $0.add([SheetCell(long)]) }
    }
    let again = written { writer in
      writer.sheet(SheetForm(name: "A", widths: [])) { $0.add([SheetCell(long)]) }
    }
    #expect(once == again)
    let text = try sheets(once)[0].rows[0].cells[0].text
    #expect(text.utf16.count <= 32_767 && text.hasSuffix("…"))
  }

  @Test("sheets have names that workbooks take, each its own")
  func names() {
    #expect(SheetForm.name("a/b:[c]", besides: []) == "a_b__c_")
    #expect(SheetForm.name("申请", besides: ["申请"]) == "申请 (2)")
    #expect(SheetForm.name("", besides: []) == "Sheet")
    let long = SheetForm.name(
      String(repeating: "x", count: 50), besides: [String(repeating: "x", count: 31)])
    #expect(long.count == 31 && long.hasSuffix(" (2)"))
  }

  @Test("a destination that takes no more is told of")
  func closed() {
    var writer = WorkbookWriter { _ in false }
    writer.sheet(SheetForm(name: "A", widths: [])) { $0.add([SheetCell("x")]) }
    let isWhole = writer.finish()
    #expect(!isWhole)
  }

  @Test("remarks, choices and protection stand in the parts that spreadsheets look for them in")
  func extras() throws {
    var form = SheetForm(name: "甲", widths: [10, 20])
    form.isProtected = true
    form.frozenRows = 1
    form.remarks = [.init(row: 0, column: 1, text: "说明")]
    form.choices = [
      .init(column: 0, rows: 1...9, source: "乙!$A$1:$A$2", isStrict: true, prompt: "选一项")
    ]
    let bytes = written { writer in
      writer.sheet(form) { $0.add([SheetCell("a", .header), SheetCell("b", .header)]) }
      writer.sheet(SheetForm(name: "乙", widths: [])) { $0.add([SheetCell("x")]) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    for part in [
      "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(try sheets(bytes).count == 2)
  }
}
