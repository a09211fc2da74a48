import Diagnostics

/// A row a finding, UTF-8 with a byte-order mark so that spreadsheets show Chinese, lines ending in CR LF.
///
/// Codes stand beside words: `outcome` is the contract's, the column after it an official's. Nothing in a cell is a formula.
enum CSVReporter {
  private struct Column {
    var name: Bilingual
    /// The least detail that has it.
    var detail: ReportOptions.Detail

    init(_ zh: String, _ en: String, _ detail: ReportOptions.Detail = .full) {
      name = Bilingual(zh: zh, en: en)
      self.detail = detail
    }

    func isShown(_ options: ReportOptions) -> Bool {
      switch options.detail {
      case .verdict: detail == .verdict
      case .finding: detail != .full
      case .full: true
      }
    }
  }

  private static let columns = [
    Column("政策档案", "profile"), Column("档案状态", "profile_status"), Column("决定日期", "as_of"),
    Column("编号", "subject", .verdict), Column("名称", "subject_name", .finding),
    Column("结论代码", "verdict", .verdict), Column("结论", "verdict_text"),
    Column("规则", "rule", .verdict), Column("规则名", "rule_name"),
    Column("类别", "category", .verdict), Column("结果代码", "outcome", .verdict),
    Column("结果", "outcome_text"), Column("约束力", "modality"), Column("说明", "message"),
    Column("实际", "measured", .finding), Column("限值", "limit", .finding),
    Column("排序", "rank", .finding), Column("邻近", "neighbours"), Column("取决于", "hangs_on"),
    Column("缺少资料", "needs", .finding), Column("豁免", "exemptions"), Column("批准例外", "waiver"),
    Column("可采取的办法", "remedy"), Column("依据", "basis"), Column("文件", "path", .finding),
    Column("行", "line", .finding), Column("列", "column", .finding), Column("裁量决定", "ruling"),
  ]

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let language = options.language
    var positions = SourcePositions()
    sink.write([0xEF, 0xBB, 0xBF])
    let shown = columns.indices.filter { columns[$0].isShown(options) }
    row(shown.map { columns[$0].name[language] }, to: &sink)
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = options.result(i, of: report)
      let profile =
        report.profiles.indices.contains(result.profile) ? report.profiles[result.profile] : nil
      for finding in result.findings where options.shows(finding, .record) {
        let region = positions.region(of: finding.location)
        let facts = FindingFact.of(finding, language)
        func text(_ kind: FindingFact.Kind) -> String {
          facts.filter { $0.kind == kind }.map(\.text).joined(separator: " / ")
        }
        let cells =
          [
            profile?.id ?? "", profile.map { status($0.status, language) } ?? "", report.asOf,
            result.id, result.name, result.verdict.rawValue, result.verdictWord[language],
            finding.rule, finding.name, text(.category), finding.outcome.rawValue,
            finding.outcomeWord[language], finding.modality.word[language],
            finding.message[language],
            finding.measured.map { Wording.quantity($0, language) } ?? "",
            finding.limit.map { Wording.quantity($0, language) } ?? "",
            finding.rank.map(String.init) ?? "", text(.neighbours), text(.hangsOn), text(.needs),
            text(.exemptions), text(.waiver), text(.remedy), text(.basis),
            finding.location.file.path, String(region.startLine), String(region.startColumn),
            text(.ruling),
          ]
        row(shown.map { cells[$0] }, to: &sink)
      }
    }
  }

  private static func status(_ status: ProfileIdentity.Status, _ language: Language) -> String {
    guard language == .zh else { return status.rawValue }
    return switch status {
    case .draft: "征求意见稿"
    case .inForce: "施行中"
    case .expired: "已届满"
    }
  }

  private static func row(_ cells: [String], to sink: inout ByteSink) {
    for (column, text) in cells.enumerated() {
      if column > 0 { sink.write(",") }
      cell(text, to: &sink)
    }
    sink.write("\r\n")
  }

  /// A cell, quoted where it has to be; an apostrophe keeps spreadsheets from reading it as a formula.
  private static func cell(_ text: String, to sink: inout ByteSink) {
    var shown = VisibleText.of(text)
    let isFormula: Bool =
      switch shown.unicodeScalars.first {
      case "=", "+", "-", "@", "＝", "＋", "－", "＠": true
      default: false
      }
    if isFormula { shown = "'" + shown }
    let isQuoted =
      isFormula
      || shown.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == " " || $0 == ";" }
    if !isQuoted {
      sink.write(shown)
      return
    }
    sink.write("\"")
    for (i, part) in shown.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if i > 0 { sink.write("\"\"") }
      sink.write(String(part))
    }
    sink.write("\"")
  }
}
