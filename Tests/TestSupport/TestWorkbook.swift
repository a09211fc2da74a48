/// A workbook of several sheets, written cell by cell.
package struct TestWorkbook {
  package enum Cell: ExpressibleByStringLiteral, Sendable {
    case text(String)
    /// As a workbook stores it (`33.95`), under a number format (`0.000000`).
    case number(String, format: String = "General")
    case formula(String, result: String)

    package init(stringLiteral value: String) { self = .text(value) }
  }

  package struct Sheet: Sendable {
    package var name: String
    package var rows: [[Cell]]
    package var isHidden = false

    package init(_ name: String, _ rows: [[Cell]], isHidden: Bool = false) {
      self.name = name
      self.rows = rows
      self.isHidden = isHidden
    }
  }

  private let sheets: [Sheet]

  package init(_ sheets: [Sheet]) { self.sheets = sheets }

  package var bytes: [UInt8] {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    var formats = ["General"]
    var parts: [(name: String, text: String)] = []
    var list = ""
    var relations = ""
    for (index, sheet) in sheets.enumerated() {
      let number = index + 1
      let state = sheet.isHidden ? " state=\"hidden\"" : ""
      list +=
        "<sheet name=\"\(Self.escaped(sheet.name))\" sheetId=\"\(number)\"\(state) r:id=\"r\(number)\"/>"
      relations +=
        "<Relationship Id=\"r\(number)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\(number).xml\"/>"
      let rows = sheet.rows.enumerated().map { row, cells in
        "<row r=\"\(row + 1)\">"
          + cells.enumerated().map { Self.xml($1, Self.letter($0) + "\(row + 1)", &formats) }
          .joined() + "</row>"
      }
      parts.append(
        (
          "xl/worksheets/sheet\(number).xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData></worksheet>"
        ))
    }
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\(Self.escaped($1))\"/>"
    }
    let styles = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }
    parts += [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(list)</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships>\(relations)<Relationship Id=\"styles\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes.joined())</numFmts><cellXfs>\(styles.joined())</cellXfs></styleSheet>"
      ),
    ]
    return StoredWorkbook.zipped(parts)
  }

  private static func xml(_ cell: Cell, _ place: String, _ formats: inout [String]) -> String {
    switch cell {
    case .text(""): return ""
    case .text(let text):
      return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
    case .formula(let formula, let result):
      return "<c r=\"\(place)\"><f>\(escaped(formula))</f><v>\(result)</v></c>"
    case .number(let value, let format):
      let style = formats.firstIndex(of: format) ?? formats.count
      if style == formats.count { formats.append(format) }
      return "<c r=\"\(place)\" s=\"\(style)\"><v>\(value)</v></c>"
    }
  }

  /// Of the first 26 columns, and the 26 after them.
  private static func letter(_ column: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (column >= 26 ? "A" : "") + String(letters[column % 26])
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
