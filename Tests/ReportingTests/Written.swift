import Diagnostics
import Reporting

/// A report as a string.
func written(
  _ report: Report, as format: ReportFormat, options: ReportOptions = ReportOptions()
) -> String {
  var sink = ByteSink()
  write(report, as: format, options: options, to: &sink)
  return String(decoding: sink.bytes, as: UTF8.self)
}
