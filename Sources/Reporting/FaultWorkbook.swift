package import Diagnostics
import Workbooks

/// A workbook that gives inputs back that could not be read: a list of what is wrong, and the inputs' own tables with it beside
/// each row.
package enum FaultWorkbook {
  package static func write(
    _ faults: [Fault], _ tables: [SubjectTable], language: Language, to sink: inout ByteSink
  ) {
    let pieces = XLSXReporter.Pieces()
    var writer = WorkbookWriter { pieces.take($0) }
    let isChinese = language == .zh
    var names: [String] = []
    let list = SheetForm.name(isChinese ? "错误一览" : "errors", besides: tables.map(\.name))
    for table in tables {
      let hasFaults = table.rows.contains { !$0.faults.isEmpty }
      let returned = ReturnedTable(
        table, called: table.name,
        adding: hasFaults && table.header != nil
          ? [ReturnedTable.Column(name: isChinese ? "错误" : "x-errors", width: 72)] : [])
      returned.write(to: &writer, names: &names) { row in
        let lines = table.rows[row].faults.map { fault in
          XLSXReporter.visible(VisibleText.line(fault.message[language]))
        }
        return lines.isEmpty
          ? [] : [ReturnedTable.Mark(text: lines.joined(separator: "\n"), style: .fault)]
      }
    }
    writer.sheet(SheetForm(name: list, widths: [36, 110])) { writer in
      writer.add([
        SheetCell(isChinese ? "位置" : "place of the error", .header),
        SheetCell(isChinese ? "错误" : "error", .header),
      ])
      for fault in faults {
        writer.add([
          SheetCell(VisibleText.of(place(of: fault)), .wrapped),
          SheetCell(VisibleText.line(fault.message[language]), .wrapped),
        ])
      }
      if faults.count >= FaultCollector.limit {
        writer.add([
          SheetCell(""),
          SheetCell(
            isChinese
              ? "错误较多，只列出最先发现的各项；改正后请重新检查"
              : "there may be more: these are the first that were found; mend them and check again",
            .strong),
        ])
      }
    }
    _ = writer.finish()
    pieces.hand(to: &sink)
    sink.flush()
  }

  private static func place(of fault: Fault) -> String {
    guard let location = fault.location else { return fault.path }
    let position = LineIndex(location.file).position(of: location.range.start)
    guard let sheet = location.file.sheet else {
      return "\(fault.path):\(position.line):\(position.column)"
    }
    return "\(SheetPath(fault.path).file) \(position.cell(of: sheet))"
  }
}
