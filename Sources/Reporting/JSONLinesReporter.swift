import Diagnostics

/// JSON Lines: a head line, one line a subject, and the summary as the last line.
///
/// The head carries the rules with their law and every sentence that may be cited, so that the findings, which name rules and
/// provisions by id, carry only what is their own: what is absent, and law that the rule cites already, is left out. Subjects
/// are made and written by several threads at once, and handed on in their order.
enum JSONLinesReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let writer = ReportJSON(report, options)
    line(to: &sink) { json in
      writer.head(to: &json)
      writer.rules(to: &json)
      writer.provisions(to: &json)
      writer.places(to: &json)
    }
    SubjectLanes().write(report, to: &sink, lane: Lane(writer: writer))
    line(to: &sink) { json in writer.summary(to: &json) }
  }

  private static func line(to sink: inout ByteSink, _ fields: (inout JSONWriter) -> Void) {
    var json = JSONWriter(taking: &sink, indented: false)
    defer { json.giveBack(to: &sink) }
    json.beginObject()
    fields(&json)
    json.endObject()
    json.endLine()
  }

  private struct Lane: SubjectLanes.Lane {
    var writer: ReportJSON

    mutating func write(
      _ subjects: Range<Int>, of report: Report, to sink: inout ByteSink
    ) -> SubjectLanes.Seams {
      var json = JSONWriter(taking: &sink, indented: false)
      defer { json.giveBack(to: &sink) }
      for subject in subjects {
        writer.result(writer.options.result(subject, of: report), brief: true, to: &json)
        json.endLine()
      }
      return SubjectLanes.Seams()
    }
  }
}
