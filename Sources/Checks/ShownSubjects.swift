package import Diagnostics

extension Report {
  /// The same with some of its subjects alone; what is decided, counted and given away stays that of all.
  ///
  /// - Parameters:
  ///   - ids: whom to show; none shows all.
  ///   - all: the ids of all subjects, in the order of the results.
  /// - Throws: a fault for each id that no subject has, with the nearest that one has.
  package func showing(
    _ ids: [String], of all: some Sequence<String>
  ) throws(Faults) -> Report {
    if ids.isEmpty { return self }
    var faults = FaultCollector()
    let known = Set(all)
    for id in ids where !known.contains(id) {
      let nearest = NearestName.of(id, among: known.sorted())
      let (zh, en) =
        subjectType == .application
        ? ("这批申请中没有 `\(id)`", "there is no application `\(id)` in this batch")
        : ("没有 `\(id)` 的规划", "there is no plan of `\(id)`")
      faults.add(
        Fault(
          path: "--subject", zh: zh, en: en, meant: nearest.map { Meant($0) }))
    }
    try faults.check()
    let shown = all.enumerated().filter { ids.contains($0.element) }.map(\.offset)
    var report = self
    report.resultCount = shown.count
    report.result = { [result] in result(shown[$0]) }
    report.outcomes = { [outcomes] in outcomes(shown[$0]) }
    if let tables {
      report.tables = {
        tables().map { table in
          var table = table
          for row in table.rows.indices {
            table.rows[row].subject = table.rows[row].subject.flatMap { shown.firstIndex(of: $0) }
          }
          return table
        }
      }
    }
    if let caseFile {
      var some = CaseFile(
        particulars: { caseFile.particulars(shown[$0]) }, missing: caseFile.missing,
        withdrawals: { caseFile.withdrawals(shown[$0]) })
      some.notes = { caseFile.notes(shown[$0]) }
      some.row = { caseFile.row(shown[$0]) }
      report.caseFile = some
    }
    return report
  }
}
