import Diagnostics

/// The whole report as one JSON document, in the shape of `report/1`.
///
/// Keys stand in a fixed order and are always there; what is absent is null or an empty list. Results are written as they are
/// made, in several threads.
enum JSONReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var json = JSONWriter(taking: &sink, indented: true)
    defer { json.giveBack(to: &sink) }
    let writer = ReportJSON(report, options)
    json.beginObject()
    writer.head(to: &json)
    writer.summary(to: &json)
    writer.baseline(to: &json)
    json.key("results")
    json.beginArray()
    json.items { sink, depth in
      SubjectLanes(separator: ",").write(
        report, to: &sink, lane: Lane(writer: writer, depth: depth))
      return report.resultCount > 0
    }
    json.endArray()
    writer.places(to: &json)
    writer.rules(to: &json)
    json.endObject()
    json.endLine()
  }

  private struct Lane: SubjectLanes.Lane {
    var writer: ReportJSON
    let depth: Int

    mutating func write(
      _ subjects: Range<Int>, of report: Report, to sink: inout ByteSink
    ) -> SubjectLanes.Seams {
      var json = JSONWriter(taking: &sink, indented: true, depth: depth)
      defer { json.giveBack(to: &sink) }
      for subject in subjects {
        writer.result(writer.options.result(subject, of: report), brief: false, to: &json)
      }
      return SubjectLanes.Seams()
    }
  }
}
