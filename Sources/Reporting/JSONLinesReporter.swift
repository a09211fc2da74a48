import Diagnostics
import Dispatch

/// JSON Lines: a head line, one line a subject, and the summary as the last line.
///
/// The head carries the rules with their law, so that the findings, which name rules by id, carry only what is their own: what
/// is absent, and law that the rule cites already, is left out. Subjects are made and written in several lanes at once, and
/// handed on in their order.
enum JSONLinesReporter {
  private static let laneCount = 4
  /// How many subjects a lane writes before all are handed on.
  private static let laneLength = 64

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let writer = ReportJSON(report, options)
    line(to: &sink) { json in
      writer.head(to: &json)
      writer.rules(to: &json)
      writer.places(to: &json)
    }
    let lanes = (0..<laneCount).map { _ in Lane(writer) }
    var next = 0
    while next < report.resultCount {
      if sink.isClosed { return }
      let starts = Array(
        stride(from: next, to: report.resultCount, by: laneLength).prefix(laneCount))
      next = min(next + laneCount * laneLength, report.resultCount)
      DispatchQueue.concurrentPerform(iterations: starts.count) { lane in
        lanes[lane].write(
          starts[lane]..<min(starts[lane] + laneLength, report.resultCount), of: report)
      }
      for lane in lanes { lane.empty(into: &sink) }
    }
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

  /// One of the places where subjects are written; it walks through the input by itself.
  // SAFETY: one thread at a time writes in a lane, and it is emptied when all have ended.
  private final class Lane: @unchecked Sendable {
    private var writer: ReportJSON
    private var sink = ByteSink()

    init(_ writer: ReportJSON) { self.writer = writer }

    func write(_ subjects: Range<Int>, of report: Report) {
      var json = JSONWriter(taking: &sink, indented: false)
      defer { json.giveBack(to: &sink) }
      for subject in subjects {
        writer.result(report.result(subject), brief: true, to: &json)
        json.endLine()
      }
    }

    func empty(into other: inout ByteSink) { sink.empty(into: &other) }
  }
}
