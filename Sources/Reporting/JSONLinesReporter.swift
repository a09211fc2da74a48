import Diagnostics
import Dispatch
import Synchronization

/// JSON Lines: a head line, one line a subject, and the summary as the last line.
///
/// The head carries the rules with their law and every sentence that may be cited, so that the findings, which name rules and
/// provisions by id, carry only what is their own: what is absent, and law that the rule cites already, is left out. Subjects
/// are made and written by several threads at once, and handed on in their order.
enum JSONLinesReporter {
  private static let laneCount = 4
  /// How many subjects are written together.
  private static let stretch = 32
  /// How many stretches are handed on before the next are begun, so that one slow subject does not make the others pile up.
  private static let stretchesAtOnce = 128

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let writer = ReportJSON(report, options)
    line(to: &sink) { json in
      writer.head(to: &json)
      writer.rules(to: &json)
      writer.provisions(to: &json)
      writer.places(to: &json)
    }
    let lanes = (0..<laneCount).map { _ in Lane(writer) }
    let queue = OrderedQueue()
    queue.swap(with: &sink)
    let stretches = (report.resultCount + stretch - 1) / stretch
    for first in stride(from: 0, to: stretches, by: stretchesAtOnce) where !queue.isClosed {
      let end = min(first + stretchesAtOnce, stretches)
      let next = Atomic(first)
      DispatchQueue.concurrentPerform(iterations: laneCount) { lane in
        while true {
          let number = next.add(1, ordering: .relaxed).oldValue
          if number >= end || queue.isClosed { return }
          let subjects =
            (number * stretch)..<min((number + 1) * stretch, report.resultCount)
          queue.hand(on: lanes[lane].lines(of: subjects, in: report), number)
        }
      }
    }
    queue.swap(with: &sink)
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
  // SAFETY: one thread at a time writes in a lane.
  private final class Lane: @unchecked Sendable {
    private var writer: ReportJSON
    private var sink = ByteSink()

    init(_ writer: ReportJSON) { self.writer = writer }

    func lines(of subjects: Range<Int>, in report: Report) -> [UInt8] {
      var json = JSONWriter(taking: &sink, indented: false)
      for subject in subjects {
        writer.result(report.result(subject), brief: true, to: &json)
        json.endLine()
      }
      json.giveBack(to: &sink)
      return sink.takeBytes()
    }
  }

  /// Hands on what comes in any order in the order of its numbers.
  // SAFETY: the semaphore lets one thread at a time in.
  private final class OrderedQueue: @unchecked Sendable {
    private let gate = DispatchSemaphore(value: 1)
    private var sink = ByteSink()
    private var waiting: [Int: [UInt8]] = [:]
    private var next = 0
    private let closed = Atomic(false)

    var isClosed: Bool { closed.load(ordering: .relaxed) }

    func swap(with other: inout ByteSink) { Swift.swap(&sink, &other) }

    func hand(on bytes: [UInt8], _ number: Int) {
      gate.wait()
      defer { gate.signal() }
      waiting[number] = bytes
      while let bytes = waiting.removeValue(forKey: next) {
        sink.write(bytes)
        next += 1
      }
      if sink.isClosed { closed.store(true, ordering: .relaxed) }
    }
  }
}
