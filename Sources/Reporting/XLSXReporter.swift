import Diagnostics
import Workbooks

/// A workbook that gives the input's own table back, with 结论, 依据 and 补正 beside the row of each subject.
///
/// All else of an input that is a workbook is kept as values. Every cell is text, so that nothing that an applicant typed is a
/// formula. A last sheet says by which profile it was decided, how inputs were understood, and what places are left.
struct XLSXReporter {
  private let report: Report
  private let options: ReportOptions
  private let language: Language

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let pieces = Pieces()
    var writer = WorkbookWriter { pieces.take($0) }
    let reporter = XLSXReporter(report: report, options: options, language: options.language)
    var names: [String] = []
    for table in reporter.tables {
      let returned = ReturnedTable(
        table, called: table.name, adding: table.header == nil ? [] : reporter.headers)
      returned.write(to: &writer, names: &names) { row in
        table.rows[row].subject.map { reporter.marks(report.result($0)) } ?? []
      }
      pieces.hand(to: &sink)
      if sink.isClosed { return }
    }
    reporter.about(to: &writer, names: &names)
    _ = writer.finish()
    pieces.hand(to: &sink)
  }

  /// What was written and not yet handed on.
  final class Pieces {
    private var bytes: [UInt8] = []

    func take(_ block: UnsafeRawBufferPointer) -> Bool {
      bytes.append(contentsOf: block)
      return true
    }

    func hand(to sink: inout ByteSink) {
      sink.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// Names of columns that a table may have of itself, in English, are marked as the reader's own.
  private var headers: [ReturnedTable.Column] {
    let names = language == .zh ? ["结论", "依据", "补正"] : ["x-verdict", "x-grounds", "x-to-supply"]
    return zip(names, [18.0, 72, 52]).map { ReturnedTable.Column(name: $0, width: $1) }
  }

  /// The tables of the inputs, else one of the subjects.
  private var tables: [SubjectTable] {
    if let tables = report.tables?(), !tables.isEmpty { return tables }
    let isApplication = report.subjectType == .application
    let rows = (0..<report.resultCount).map { index in
      let result = report.result(index)
      return SubjectTable.Row(
        [VisibleText.of(result.id), VisibleText.of(result.name)], subject: index)
    }
    let names =
      language == .zh ? [isApplication ? "申请编号" : "编号", "名称"] : ["id", "name"]
    return [
      SubjectTable(
        name: language == .zh
          ? (isApplication ? "申请" : "规划") : (isApplication ? "applications" : "plans"),
        rows: [SubjectTable.Row(names)] + rows, header: 0)
    ]
  }

  // MARK: Beside a row

  private func marks(_ result: SubjectResult) -> [ReturnedTable.Mark] {
    let shown = result.findings.filter { options.shows($0, .attention) }
    let colon = language == .zh ? "：" : ": "
    var grounds: [String] = []
    for finding in shown {
      var line = "[\(finding.rule)] \(finding.statement(language))"
      let law = finding.citations.map { FindingFact.law($0, language) }
      if !law.isEmpty { line += "\n" + FindingFact.Kind.basis.label[language] + colon }
      line += law.joined(separator: language == .zh ? "；" : "; ")
      for fact in FindingFact.of(finding, language) {
        switch fact.kind {
        case .arithmetic, .waiver, .ruling, .hangsOn:
          line += "\n" + fact.kind.label[language] + colon + fact.text
        default: continue
        }
      }
      grounds.append(line)
    }
    for reading in result.readings {
      grounds.append(
        (language == .zh ? "读法" : "reading") + colon + FindingFact.reading(reading, language))
    }
    for claim in result.claims {
      grounds.append((language == .zh ? "仅据申报" : "claimed") + colon + claim[language])
    }
    let known = BaselineNote.known(result, language) ?? ""
    func mark(_ text: String, _ style: CellStyle) -> ReturnedTable.Mark {
      ReturnedTable.Mark(text: Self.visible(text), style: style)
    }
    return [
      mark(result.verdictWord[language] + known, style(result.verdict)),
      mark(grounds.joined(separator: "\n"), .wrapped),
      mark(supplies(shown, of: result).joined(separator: "\n"), .wrapped),
    ]
  }

  /// What is missing and from whom, then what else may be done, each once.
  private func supplies(_ findings: [Finding], of result: SubjectResult) -> [String] {
    var lines: [String] = []
    func add(_ line: String) {
      if !lines.contains(line) { lines.append(line) }
    }
    for holder in MissingDatum.Holder.allCases {
      var names: [String] = []
      for path in findings.flatMap(\.needs)
      where MissingDatum.Holder(ofPath: path) == holder {
        let name = report.caseFile?.missing(path, result.id).name[language] ?? path
        if !names.contains(name) { names.append(name) }
      }
      if names.isEmpty { continue }
      let list = names.joined(separator: language == .zh ? "、" : ", ")
      switch (holder, language) {
      case (.applicant, .zh): add("请申请人补正：\(list)")
      case (.authority, .zh): add("请受理单位核实补充：\(list)")
      case (.applicant, .en): add("from the applicant: \(list)")
      case (.authority, .en): add("from the authority: \(list)")
      }
    }
    for finding in findings {
      for fact in FindingFact.of(finding, language)
      where fact.kind == .remedy || fact.kind == .cure {
        add(fact.text)
      }
    }
    return lines
  }

  /// Lines stay lines; nothing else of a name acts on whoever reads it.
  static func visible(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.of(String($0)) }.joined(separator: "\n")
  }

  private func style(_ verdict: Verdict) -> CellStyle {
    switch verdict {
    case .admissible, .compliant: .passes
    case .refused, .noncompliant: .fails
    case .review: .isOpen
    case .incomplete: .lacks
    }
  }

  // MARK: The last sheet

  private func about(to writer: inout WorkbookWriter, names: inout [String]) {
    let isChinese = language == .zh
    let colon = isChinese ? "：" : ": "
    let quotas = report.places.isEmpty ? nil : QuotaTable(report.places, language)
    let name = SheetForm.name(isChinese ? "审核说明" : "about", besides: names)
    names.append(name)
    var widths = [22.0, 40, 8, 12, 12, 12, 16, 12, 48]
    if quotas == nil { widths = [22, 100] }
    var lines: [(CellStyle, [String])] = [
      (.title, [isChinese ? "审核说明" : "about this report"]),
      (.plain, [isChinese ? "统筹地区" : "city", report.tenantName[language]]),
      (.plain, [isChinese ? "决定日期" : "as of", report.asOf]),
    ]
    for profile in report.profiles {
      lines.append(
        (
          .plain,
          [
            isChinese ? "政策档案" : "profile",
            "\(profile.id)（\(Wording.span(profile, language))）\(profile.document)",
          ]
        ))
      if let notice = Wording.notice(profile, language) {
        lines.append((.strong, [isChinese ? "注意" : "notice", notice]))
      }
    }
    if let registry = Wording.registry(report, language) {
      lines.append((.plain, [isChinese ? "定点机构名册" : "registry", registry]))
    }
    lines.append((.plain, [isChinese ? "结论" : "verdicts", Wording.count(report, language)]))
    if let baseline = report.baseline {
      lines.append(
        (.plain, [isChinese ? "基线" : "baseline", BaselineNote.summary(baseline, language)]))
    }
    for note in report.notes {
      lines.append(
        (.plain, [isChinese ? "读取说明" : "note", note.path + colon + note.message[language]]))
    }
    lines.append((.plain, ["planlint", report.version]))
    if let quotas {
      lines.append((.plain, []))
      lines.append((.title, [QuotaTable.title(language)]))
      lines.append((.header, quotas.header))
      for row in quotas.rows { lines.append((.plain, row)) }
    }
    writer.sheet(SheetForm(name: name, widths: widths)) { writer in
      for (style, cells) in lines {
        writer.add(cells.map { SheetCell(VisibleText.of($0), style) })
      }
    }
  }
}
