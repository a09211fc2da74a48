import Diagnostics
import Reading
import Reporting

/// A report as a string.
func written(
  _ report: Report, as format: ReportFormat, options: ReportOptions = ReportOptions()
) -> String {
  var sink = ByteSink()
  write(report, as: format, options: options, to: &sink)
  return String(decoding: readable(sink.bytes, format), as: UTF8.self)
}

/// A report as text; of a workbook the cells, a row a line, since how they are packed is zlib's affair.
func readable(_ bytes: [UInt8], _ format: ReportFormat) -> [UInt8] {
  guard format == .xlsx else { return bytes }
  guard let sheets = try? Workbook.sheets(SourceFile(path: "report.xlsx", bytes: bytes)) else {
    return []
  }
  var text = ""
  for sheet in sheets {
    text += "# \(sheet.name)\n"
    for row in sheet.rows {
      text += "\(row.number)"
      for cell in row.cells { text += " | \(cell.column): \(cell.text)" }
      text += "\n"
    }
  }
  return Array(text.utf8)
}
