import Diagnostics

/// JSON Lines: a head line, one line a subject, and the summary as the last line.
///
/// The head carries the rules with their law, so that the findings, which name rules by id, carry only what is their own: what
/// is absent, and law that the rule cites already, is left out.
enum JSONLinesReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var json = JSONWriter(taking: &sink, indented: false)
    defer { json.giveBack(to: &sink) }
    var writer = ReportJSON(report, options)
    json.beginObject()
    writer.head(to: &json)
    writer.rules(to: &json)
    writer.places(to: &json)
    json.endObject()
    json.endLine()
    for i in 0..<report.resultCount {
      if json.isClosed { return }
      writer.result(report.result(i), brief: true, to: &json)
      json.endLine()
    }
    json.beginObject()
    writer.summary(to: &json)
    writer.baseline(to: &json)
    json.endObject()
    json.endLine()
  }
}
