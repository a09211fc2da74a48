/// What the parts of a workbook have in common.
enum XMLPart {
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let relations = "http://schemas.openxmlformats.org/package/2006/relationships"

  /// `D7`, of a column and a row that count from 0.
  static func reference(column: Int, row: Int) -> String { letters(column) + String(row + 1) }

  private static func letters(_ column: Int) -> String {
    var letters: [Unicode.Scalar] = []
    var rest = column + 1
    while rest > 0 {
      letters.insert(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26)), at: 0)
      rest = (rest - 1) / 26
    }
    return String(String.UnicodeScalarView(letters))
  }
}

/// What stands before and after the rows of a sheet, in the order that its schema asks for.
enum SheetXML {
  private static let widestPage = 240.0

  static func head(_ form: SheetForm, isSelected: Bool) -> String {
    let selected = isSelected ? " tabSelected=\"1\"" : ""
    var text = "<worksheet xmlns=\"\(XMLPart.main)\" xmlns:r=\"\(XMLPart.office)\">"
    // What is not much wider than a page is printed on one.
    if form.widths.reduce(0, +) <= widestPage {
      text += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
    }
    text +=
      "<sheetViews><sheetView\(selected) workbookViewId=\"0\">\(pane(form))</sheetView></sheetViews>"
    text += "<sheetFormatPr defaultRowHeight=\"15\"/>"
    if form.widths.isEmpty { return text }
    text += "<cols>"
    for (index, width) in form.widths.enumerated() {
      let style = form.columnStyles.indices.contains(index) ? form.columnStyles[index] : .plain
      text +=
        "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" style=\"\(style.rawValue)\" customWidth=\"1\"/>"
    }
    return text + "</cols>"
  }

  private static func pane(_ form: SheetForm) -> String {
    if form.frozenRows == 0, form.frozenColumns == 0 { return "" }
    var text = "<pane"
    if form.frozenColumns > 0 { text += " xSplit=\"\(form.frozenColumns)\"" }
    if form.frozenRows > 0 { text += " ySplit=\"\(form.frozenRows)\"" }
    let corner = XMLPart.reference(column: form.frozenColumns, row: form.frozenRows)
    let pane =
      form.frozenColumns == 0 ? "bottomLeft" : form.frozenRows == 0 ? "topRight" : "bottomRight"
    return text + " topLeftCell=\"\(corner)\" activePane=\"\(pane)\" state=\"frozen\"/>"
      + "<selection pane=\"\(pane)\" activeCell=\"\(corner)\" sqref=\"\(corner)\"/>"
  }

  static func tail(_ form: SheetForm) -> String {
    var text = ""
    if form.isProtected {
      // Columns may be made wider, rows added, taken away and sorted: the names of columns alone are closed.
      text +=
        "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatCells=\"0\" formatColumns=\"0\" formatRows=\"0\""
        + " insertRows=\"0\" deleteRows=\"0\" sort=\"0\" autoFilter=\"0\"/>"
    }
    if !form.choices.isEmpty {
      text += "<dataValidations count=\"\(form.choices.count)\">"
      for choice in form.choices {
        let first = XMLPart.reference(column: choice.column, row: choice.rows.lowerBound)
        let last = XMLPart.reference(column: choice.column, row: choice.rows.upperBound)
        text +=
          "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"\(choice.isStrict ? 1 : 0)\""
          + " prompt=\"\(XMLText.of(cut(choice.prompt, 255)))\" sqref=\"\(first):\(last)\">"
          + "<formula1>\(XMLText.of(choice.source))</formula1></dataValidation>"
      }
      text += "</dataValidations>"
    }
    text +=
      "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
    text += "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"
    if !form.remarks.isEmpty { text += "<legacyDrawing r:id=\"rId1\"/>" }
    return text
  }

  private static func cut(_ text: String, _ most: Int) -> String {
    if text.utf16.count <= most { return text }
    var cut = text
    while cut.utf16.count >= most { cut.removeLast() }
    return cut + "…"
  }
}

/// Remarks on cells: their texts, and the boxes that spreadsheets draw for them.
enum RemarksXML {
  static func relations(_ number: Int) -> String {
    XMLPart.head + "<Relationships xmlns=\"\(XMLPart.relations)\">"
      + "<Relationship Id=\"rId1\" Type=\"\(XMLPart.office)/vmlDrawing\" Target=\"../drawings/vmlDrawing\(number).vml\"/>"
      + "<Relationship Id=\"rId2\" Type=\"\(XMLPart.office)/comments\" Target=\"../comments\(number).xml\"/></Relationships>"
  }

  static func remarks(_ remarks: [SheetForm.Remark]) -> String {
    let list = remarks.map { remark in
      "<comment ref=\"\(XMLPart.reference(column: remark.column, row: remark.row))\" authorId=\"0\">"
        + "<text><r><t xml:space=\"preserve\">\(XMLText.cell(remark.text))</t></r></text></comment>"
    }
    return XMLPart.head
      + "<comments xmlns=\"\(XMLPart.main)\"><authors><author>planlint</author></authors>"
      + "<commentList>\(list.joined())</commentList></comments>"
  }

  static func drawing(_ remarks: [SheetForm.Remark], sheet: Int) -> String {
    let shapes = remarks.enumerated().map { index, remark -> String in
      // A line holds some fourteen Chinese characters.
      let lines = remark.text.split(separator: "\n", omittingEmptySubsequences: false).reduce(1) {
        $0 + max(1, ($1.count + 13) / 14)
      }
      let anchor =
        "\(remark.column + 1), 12, \(remark.row), 4, \(remark.column + 4), 0, \(remark.row + lines + 1), 4"
      return
        "<v:shape id=\"_x0000_s\(sheet * 1024 + index + 1)\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
        + "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
        + "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
        + "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>\(anchor)</x:Anchor>"
        + "<x:AutoFill>False</x:AutoFill><x:Row>\(remark.row)</x:Row><x:Column>\(remark.column)</x:Column></x:ClientData></v:shape>"
    }
    return
      "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
      + "<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"\(sheet)\"/></o:shapelayout>"
      + "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
      + "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
      + shapes.joined() + "</xml>"
  }
}
