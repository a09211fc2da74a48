import Diagnostics

/// Writes the subjects of a report by several threads at once, and hands them on in their order.
///
/// Each thread takes the next stretch of subjects that nobody has, makes their results and writes them into a sink of its own.
struct SubjectLanes: Sendable {
  /// How many stretches are handed on before the next are begun, so that one slow subject does not make the others pile up.
  private static let stretchesAtOnce = 64

  /// How many subjects are written together.
  var stretch = 16
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
    let stretches = (report.resultCount + stretch - 1) / stretch
    var isAfterBlank = isAfterBlank
    var isFirst = true
    Parallel.inOrder(stretches, ahead: Self.stretchesAtOnce, state: lane) { lane, number in
      var sink = ByteSink()
      let subjects = (number * stretch)..<min((number + 1) * stretch, report.resultCount)
      let seams = lane.write(subjects, of: report, to: &sink)
      return (bytes: sink.takeBytes(), seams: seams)
    } handOn: { bytes, seams in
      if !bytes.isEmpty {
        if !isFirst { sink.write(separator) }
        if seams.beginsWithBlank, !isAfterBlank { sink.write("\n" as StaticString) }
        sink.write(bytes)
        isFirst = false
      }
      isAfterBlank = seams.endsWithBlank ?? isAfterBlank
      return !sink.isClosed
    }
    return isAfterBlank
  }
}
