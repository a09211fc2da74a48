/// Writes an Office Open XML workbook (ECMA-376, `.xlsx`), sheet after sheet and row after row.
///
/// Every cell holds text. The same sheets give the same bytes; nothing of the clock, the machine or its user is in them.
package struct WorkbookWriter: ~Copyable {
  /// The rows that a sheet can have.
  package static let mostRows = 1_048_576
  /// The columns that a sheet can have.
  package static let mostColumns = 16_384

  /// In points.
  private static let lineHeight = 15.0
  private static let highest = 409.0

  private var zip: ZipWriter
  /// Of the columns of the sheet.
  private var widths: [Double] = []
  private var sheets: [(name: String, isHidden: Bool, hasRemarks: Bool)] = []

  /// How many rows the sheet has so far.
  package private(set) var rowCount = 0

  /// - Parameter destination: takes a block of bytes; false says that nothing more is wanted.
  package init(destination: @escaping (UnsafeRawBufferPointer) -> Bool) {
    zip = ZipWriter(destination: destination)
  }

  /// Whether nothing more is wanted.
  package var isClosed: Bool { zip.isClosed }

  /// Writes the next row of the sheet; an empty one leaves a row out.
  package mutating func add(_ cells: [SheetCell], height: Double? = nil) {
    rowCount += 1
    if cells.isEmpty { return }
    let height = height ?? fittingHeight(cells)
    var text = "<row r=\"\(rowCount)\""
    if let height { text += " ht=\"\(height)\" customHeight=\"1\"" }
    text += ">"
    for (column, cell) in cells.prefix(Self.mostColumns).enumerated() {
      if cell.text.isEmpty, cell.style == .plain { continue }
      let place = XMLPart.reference(column: column, row: rowCount - 1)
      text += "<c r=\"\(place)\" s=\"\(cell.style.rawValue)\""
      text +=
        cell.text.isEmpty
        ? "/>"
        : " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(XMLText.cell(cell.text))</t></is></c>"
    }
    zip.write(text + "</row>")
  }

  /// As high as the lines of its wrapped cells; nil where one is enough. Not every spreadsheet works it out when it opens a workbook.
  private func fittingHeight(_ cells: [SheetCell]) -> Double? {
    var most = 1
    for (column, cell) in cells.enumerated() where cell.style.isWrapped && !cell.text.isEmpty {
      let width = max(4, widths.indices.contains(column) ? Int(widths[column]) - 1 : 10)
      let lines = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
      most = max(
        most,
        lines.reduce(0) { count, line in
          let length = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? 1 : 2) }
          return count + max(1, (length + width - 1) / width)
        })
    }
    return most > 1 ? min(Self.highest, Self.lineHeight * Double(most)) : nil
  }

  /// Writes a sheet whose rows `body` adds.
  package mutating func sheet(_ form: SheetForm, _ body: (inout WorkbookWriter) -> Void) {
    let number = sheets.count + 1
    sheets.append((form.name, form.isHidden, !form.remarks.isEmpty))
    rowCount = 0
    widths = form.widths
    zip.begin()
    zip.write(XMLPart.head + SheetXML.head(form, isSelected: number == 1) + "<sheetData>")
    body(&self)
    zip.write("</sheetData>" + SheetXML.tail(form) + "</worksheet>")
    zip.end("xl/worksheets/sheet\(number).xml")
    if form.remarks.isEmpty { return }
    zip.part("xl/worksheets/_rels/sheet\(number).xml.rels", RemarksXML.relations(number))
    zip.part("xl/comments\(number).xml", RemarksXML.remarks(form.remarks))
    zip.part("xl/drawings/vmlDrawing\(number).vml", RemarksXML.drawing(form.remarks, sheet: number))
  }

  /// Writes what holds the sheets together; false where not all was taken, or it is too large for a workbook.
  package mutating func finish() -> Bool {
    zip.part("xl/styles.xml", CellStyle.part)
    zip.part("xl/workbook.xml", book)
    zip.part("xl/_rels/workbook.xml.rels", relations)
    zip.part(
      "_rels/.rels",
      XMLPart.head + "<Relationships xmlns=\"\(XMLPart.relations)\">"
        + "<Relationship Id=\"rId1\" Type=\"\(XMLPart.office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
    zip.part("[Content_Types].xml", contentTypes)
    return zip.finish()
  }

  private var book: String {
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(XMLText.of(sheet.name))\" sheetId=\"\(index + 1)\"\(sheet.isHidden ? " state=\"hidden\"" : "") r:id=\"rId\(index + 1)\"/>"
    }
    let first = sheets.firstIndex { !$0.isHidden } ?? 0
    return XMLPart.head
      + "<workbook xmlns=\"\(XMLPart.main)\" xmlns:r=\"\(XMLPart.office)\">"
      + "<bookViews><workbookView activeTab=\"\(first)\"/></bookViews>"
      + "<sheets>\(list.joined())</sheets></workbook>"
  }

  private var relations: String {
    let list = sheets.indices.map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(XMLPart.office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    return XMLPart.head + "<Relationships xmlns=\"\(XMLPart.relations)\">\(list.joined())"
      + "<Relationship Id=\"rId\(sheets.count + 1)\" Type=\"\(XMLPart.office)/styles\" Target=\"styles.xml\"/></Relationships>"
  }

  private var contentTypes: String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    var list = ""
    for (index, sheet) in sheets.enumerated() {
      list +=
        "<Override PartName=\"/xl/worksheets/sheet\(index + 1).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
      if sheet.hasRemarks {
        list +=
          "<Override PartName=\"/xl/comments\(index + 1).xml\" ContentType=\"\(kind).comments+xml\"/>"
      }
    }
    return XMLPart.head
      + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
      + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
      + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>\(list)</Types>"
  }
}
