import Diagnostics

/// The whole report as one JSON document, in the shape of `report/1`.
///
/// Keys stand in a fixed order and are always there; what is absent is null or an empty list. Results are written as they are
/// made.
enum JSONReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var json = JSONWriter(taking: &sink, indented: true)
    defer { json.giveBack(to: &sink) }
    var writer = ReportJSON(report, options)
    json.beginObject()
    writer.head(to: &json)
    writer.summary(to: &json)
    writer.baseline(to: &json)
    json.key("results")
    json.beginArray()
    for i in 0..<report.resultCount {
      if json.isClosed { return }
      writer.result(report.result(i), brief: false, to: &json)
    }
    json.endArray()
    writer.places(to: &json)
    writer.rules(to: &json)
    json.endObject()
    json.endLine()
  }
}
