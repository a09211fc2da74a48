import Diagnostics
import Dispatch
import Synchronization

/// Writes the subjects of a report by several threads at once, and hands them on in their order.
///
/// Each thread takes the next stretch of subjects that nobody has, makes their results and writes them into a sink of its own;
/// whoever has written the stretch that is due hands it on, with all that wait for it.
struct SubjectLanes: Sendable {
  /// More threads than this have nothing to do while one hands on.
  private static let laneCount = 8
  /// How many stretches are handed on before the next are begun, so that one slow subject does not make the others pile up.
  private static let stretchesAtOnce = 128

  /// How many subjects are written together.
  var stretch = 32
  /// What stands between two stretches that are not empty.
  var separator: StaticString = ""

  /// One of the places where subjects are written; it walks through the input by itself.
  protocol Lane: Sendable {
    /// Writes the subjects of a stretch.
    mutating func write(_ subjects: Range<Int>, of report: Report, to sink: inout ByteSink) -> Seams
  }

  /// How a stretch fits onto those beside it.
  struct Seams: Sendable {
    /// It begins with an empty line, unless the one before ends with one.
    var beginsWithBlank = false
    /// It ends with an empty line; nil where it has no lines.
    var endsWithBlank: Bool?
  }

  /// Writes all subjects; `isAfterBlank` says whether the last line before was empty.
  ///
  /// - Returns: whether the last line is empty.
  @discardableResult
  func write<Writer: Lane>(
    _ report: Report, to sink: inout ByteSink, isAfterBlank: Bool = false, lane: Writer
  ) -> Bool {
    let queue = OrderedQueue(separator, isAfterBlank: isAfterBlank)
    queue.swap(with: &sink)
    let lanes = (0..<Self.laneCount).map { _ in Held(lane) }
    let stretches = (report.resultCount + stretch - 1) / stretch
    for first in stride(from: 0, to: stretches, by: Self.stretchesAtOnce) where !queue.isClosed {
      let end = min(first + Self.stretchesAtOnce, stretches)
      let next = Atomic(first)
      DispatchQueue.concurrentPerform(iterations: min(Self.laneCount, end - first)) { number in
        while true {
          let taken = next.add(1, ordering: .relaxed).oldValue
          if taken >= end || queue.isClosed { return }
          let subjects = (taken * stretch)..<min((taken + 1) * stretch, report.resultCount)
          let (bytes, seams) = lanes[number].write(subjects, of: report)
          queue.hand(on: bytes, seams, taken)
        }
      }
    }
    queue.swap(with: &sink)
    return queue.isAfterBlank
  }

  // SAFETY: one thread at a time writes in a lane.
  private final class Held<Writer: Lane>: @unchecked Sendable {
    private var lane: Writer
    private var sink = ByteSink()

    init(_ lane: Writer) { self.lane = lane }

    func write(_ subjects: Range<Int>, of report: Report) -> ([UInt8], Seams) {
      let seams = lane.write(subjects, of: report, to: &sink)
      return (sink.takeBytes(), seams)
    }
  }

  /// Hands on what comes in any order in the order of its numbers.
  // SAFETY: the semaphore lets one thread at a time in.
  private final class OrderedQueue: @unchecked Sendable {
    private let gate = DispatchSemaphore(value: 1)
    private let separator: StaticString
    private var sink = ByteSink()
    private var waiting: [Int: ([UInt8], Seams)] = [:]
    private var next = 0
    private var isFirst = true
    private(set) var isAfterBlank: Bool
    private let closed = Atomic(false)

    init(_ separator: StaticString, isAfterBlank: Bool) {
      self.separator = separator
      self.isAfterBlank = isAfterBlank
    }

    var isClosed: Bool { closed.load(ordering: .relaxed) }

    func swap(with other: inout ByteSink) { Swift.swap(&sink, &other) }

    func hand(on bytes: [UInt8], _ seams: Seams, _ number: Int) {
      gate.wait()
      defer { gate.signal() }
      waiting[number] = (bytes, seams)
      while let (bytes, seams) = waiting.removeValue(forKey: next) {
        if !bytes.isEmpty {
          if !isFirst { sink.write(separator) }
          if seams.beginsWithBlank, !isAfterBlank { sink.write("\n" as StaticString) }
          sink.write(bytes)
          isFirst = false
        }
        isAfterBlank = seams.endsWithBlank ?? isAfterBlank
        next += 1
      }
      if sink.isClosed { closed.store(true, ordering: .relaxed) }
    }
  }
}
