import Diagnostics

/// A row a finding, UTF-8 with a byte-order mark so that spreadsheets show Chinese, lines ending in CR LF.
///
/// Codes stand beside words: `outcome` is the contract's, the column after it an official's. Nothing in a cell is a formula.
enum CSVReporter {
  private static let columns: [Bilingual] = [
    Bilingual(zh: "政策档案", en: "profile"), Bilingual(zh: "档案状态", en: "profile_status"),
    Bilingual(zh: "决定日期", en: "as_of"), Bilingual(zh: "编号", en: "subject"),
    Bilingual(zh: "名称", en: "subject_name"), Bilingual(zh: "结论代码", en: "verdict"),
    Bilingual(zh: "结论", en: "verdict_text"), Bilingual(zh: "规则", en: "rule"),
    Bilingual(zh: "规则名", en: "rule_name"), Bilingual(zh: "类别", en: "category"),
    Bilingual(zh: "结果代码", en: "outcome"), Bilingual(zh: "结果", en: "outcome_text"),
    Bilingual(zh: "约束力", en: "modality"), Bilingual(zh: "说明", en: "message"),
    Bilingual(zh: "实际", en: "measured"), Bilingual(zh: "限值", en: "limit"),
    Bilingual(zh: "排序", en: "rank"), Bilingual(zh: "邻近", en: "neighbours"),
    Bilingual(zh: "取决于", en: "hangs_on"), Bilingual(zh: "缺少资料", en: "needs"),
    Bilingual(zh: "豁免", en: "exemptions"), Bilingual(zh: "批准例外", en: "waiver"),
    Bilingual(zh: "可采取的办法", en: "remedy"), Bilingual(zh: "依据", en: "basis"),
    Bilingual(zh: "文件", en: "path"), Bilingual(zh: "行", en: "line"),
    Bilingual(zh: "列", en: "column"), Bilingual(zh: "裁量决定", en: "ruling"),
  ]

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let language = options.language
    var positions = SourcePositions()
    sink.write([0xEF, 0xBB, 0xBF])
    row(columns.map { $0[language] }, to: &sink)
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = report.result(i)
      let profile =
        report.profiles.indices.contains(result.profile) ? report.profiles[result.profile] : nil
      for finding in result.findings where options.shows(finding, .record) {
        let region = positions.region(of: finding.location)
        let facts = FindingFact.of(finding, language)
        func text(_ kind: FindingFact.Kind) -> String {
          facts.filter { $0.kind == kind }.map(\.text).joined(separator: " / ")
        }
        row(
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
          ], to: &sink)
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
