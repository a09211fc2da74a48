import Cases
import Checks
public import Diagnostics
import Reporting

extension InputErrors {
  /// Whether at least one of them lies at a place in an input, so that there is something to give back.
  public var lieInInputs: Bool { faults.contains { $0.location != nil } }

  /// Writes a workbook with the tables in which they lie, each beside its row, and a list of all of them.
  ///
  /// - Returns: false where the destination wanted no more before the end.
  @discardableResult
  public func writeWorkbook(
    in language: Language, to destination: @escaping (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var sink = ByteSink(destination: destination)
    FaultWorkbook.write(
      faults, SubjectTables.of(faults, .builtIn), language: language, to: &sink)
    return !sink.isClosed
  }
}
