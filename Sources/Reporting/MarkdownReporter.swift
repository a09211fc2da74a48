import Diagnostics

/// Markdown for merge requests and summaries: a head, the findings under each subject, the quota table, and a count.
struct MarkdownReporter {
  private let report: Report
  private let options: ReportOptions
  private let language: Language
  private var positions = SourcePositions()
  /// Whether the last block was an item of a list, which the next item may follow at once.
  private var isInList = false

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var reporter = MarkdownReporter(report, options)
    reporter.head(to: &sink)
    let profiles: [Int?] = report.profiles.count > 1 ? Array(report.profiles.indices) : [nil]
    for profile in profiles {
      if let profile {
        reporter.block("## " + MarkdownText.escaped(report.profiles[profile].id), to: &sink)
      }
      for i in 0..<report.resultCount {
        if sink.isClosed { return }
        let result = report.result(i)
        if let profile, result.profile != profile { continue }
        reporter.subject(result, to: &sink)
      }
    }
    reporter.tail(to: &sink)
  }

  private init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
    language = options.language
  }

  private mutating func head(to sink: inout ByteSink) {
    let isChinese = language == .zh
    sink.write("# planlint " + MarkdownText.escaped(report.version))
    sink.write(" · " + MarkdownText.escaped(report.tenantName[language]) + "\n")
    for profile in report.profiles {
      let span = Wording.span(profile, language)
      item(
        (isChinese ? "政策档案：" : "profile: ") + "**" + MarkdownText.escaped(profile.id) + "**"
          + (isChinese ? "（\(MarkdownText.escaped(span))）" : " (\(MarkdownText.escaped(span))) ")
          + MarkdownText.escaped(profile.document), to: &sink)
    }
    item((isChinese ? "决定日期：" : "as of: ") + MarkdownText.escaped(report.asOf), to: &sink)
    if let registry = Wording.registry(report, language) {
      item((isChinese ? "定点机构名册：" : "registry: ") + registry, to: &sink)
    }
    for profile in report.profiles {
      if let notice = Wording.notice(profile, language) {
        block("> **\(isChinese ? "注意" : "notice")** " + MarkdownText.escaped(notice), to: &sink)
      }
    }
  }

  private mutating func tail(to sink: inout ByteSink) {
    if !report.places.isEmpty {
      block("## " + QuotaTable.title(language), to: &sink)
      let table = QuotaTable(report.places, language)
      sink.write("\n")
      row(table.header, to: &sink)
      sink.write("|" + String(repeating: " --- |", count: table.header.count) + "\n")
      for cells in table.rows { row(cells, to: &sink) }
      isInList = false
    }
    if let baseline = report.baseline {
      block(MarkdownText.escaped(BaselineNote.summary(baseline, language)), to: &sink)
      for text in BaselineNote.fixed(baseline, language) {
        item(MarkdownText.escaped(text), to: &sink)
      }
    }
    if report.tellsWhatIf { block(MarkdownText.escaped(Cure.caution[language]), to: &sink) }
    block("**" + MarkdownText.escaped(Wording.count(report, language)) + "**", to: &sink)
  }

  private func row(_ cells: [String], to sink: inout ByteSink) {
    sink.write("| " + cells.map(MarkdownText.escaped).joined(separator: " | ") + " |\n")
  }

  private mutating func subject(_ result: SubjectResult, to sink: inout ByteSink) {
    let shown = result.findings.filter { options.shows($0, .attention) }
    let title = MarkdownText.escaped(result.title)
    let verdict = MarkdownText.escaped(result.verdictWord[language])
    let known = BaselineNote.known(result, language).map(MarkdownText.escaped) ?? ""
    let colon = language == .zh ? "：" : ": "
    if shown.isEmpty, result.readings.isEmpty, result.claims.isEmpty {
      if !options.isFiltering { item(title + colon + "**" + verdict + "**" + known, to: &sink) }
      return
    }
    block("### " + title + colon + verdict + known, to: &sink)
    for reading in result.readings {
      let label = language == .zh ? "读法" : "reading"
      item(
        label + colon + MarkdownText.escaped(FindingFact.reading(reading, language)), to: &sink)
    }
    for claim in result.claims {
      let label = language == .zh ? "仅据申报" : "claimed"
      item(label + colon + MarkdownText.escaped(claim[language]), to: &sink)
    }
    for finding in shown { self.finding(finding, to: &sink) }
  }

  private mutating func finding(_ finding: Finding, to sink: inout ByteSink) {
    let region = positions.region(of: finding.location)
    let place = "\(finding.location.file.path):\(region.startLine):\(region.startColumn)"
    item(
      "**\(Severity(finding.outcome).rawValue)\\[\(MarkdownText.escaped(finding.rule))\\]** "
        + (finding.hasOwnName
          ? MarkdownText.escaped(finding.name) + (language == .zh ? "：" : ": ") : "")
        + MarkdownText.escaped(finding.statement(language)) + " — " + MarkdownText.escaped(place),
      to: &sink)
    for fact in FindingFact.of(finding, language) {
      let label = fact.kind.label[language]
      sink.write("  - \(label)\(language == .zh ? "：" : ": ")\(MarkdownText.escaped(fact.text))\n")
    }
  }

  private mutating func block(_ text: String, to sink: inout ByteSink) {
    sink.write("\n" + text + "\n")
    isInList = false
  }

  private mutating func item(_ text: String, to sink: inout ByteSink) {
    if !isInList { sink.write("\n") }
    sink.write("- " + text + "\n")
    isInList = true
  }
}
