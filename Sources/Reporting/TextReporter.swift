import Diagnostics

/// The report for people, in the manner of compilers: severity, rule and message; a place that can be clicked; the source line
/// with carets; then the facts, the law and the way out.
///
/// A head names the profile and the day of decision; the quota table and a count end it. With several profiles the subjects are
/// reported profile by profile, in one pass each.
struct TextReporter {
  private let report: Report
  private let options: ReportOptions
  private let style: TerminalStyle
  private let language: Language
  private var positions = SourcePositions()
  /// Whether the last line written was empty, so that blocks are one blank line apart.
  private var isAfterBlank = true
  /// Of the lines written since it was last set anew.
  private var seams = SubjectLanes.Seams()
  private let stretch: Int

  /// - Parameter stretch: how many subjects are written by one thread at a time.
  static func write(
    _ report: Report, options: ReportOptions, to sink: inout ByteSink, stretch: Int = 32
  ) {
    var reporter = TextReporter(report, options, stretch)
    reporter.head(to: &sink)
    if report.profiles.count > 1 {
      for profile in report.profiles.indices {
        reporter.blank(to: &sink)
        let identity = report.profiles[profile]
        let title = identity.id + (options.language == .zh ? "（" : " (")
        let end = options.language == .zh ? "）" : ")"
        reporter.line(
          reporter.style.strong(
            "== " + VisibleText.of(title + Wording.span(identity, options.language) + end)),
          to: &sink)
        reporter.results(ofProfile: profile, to: &sink)
      }
    } else {
      reporter.results(ofProfile: nil, to: &sink)
    }
    reporter.tail(to: &sink)
  }

  private init(_ report: Report, _ options: ReportOptions, _ stretch: Int) {
    self.report = report
    self.stretch = stretch
    self.options = options
    language = options.language
    style = TerminalStyle(isColored: options.color)
  }

  // MARK: - Head and tail

  private mutating func head(to sink: inout ByteSink) {
    let isChinese = language == .zh
    line(
      style.strong("planlint " + VisibleText.of(report.version)) + "  "
        + VisibleText.of(report.tenantName[language]), to: &sink)
    for profile in report.profiles {
      line(
        (isChinese ? "政策档案: " : "profile: ")
          + VisibleText.of(
            isChinese
              ? "\(profile.id)（\(Wording.span(profile, language))）\(profile.document)"
              : "\(profile.id) (\(Wording.span(profile, language))) \(profile.document)"),
        to: &sink)
      if let notice = Wording.notice(profile, language) {
        line(
          style.severity(isChinese ? "注意" : "notice", .review) + ": " + VisibleText.of(notice),
          to: &sink)
      }
    }
    line((isChinese ? "决定日期: " : "as of: ") + VisibleText.of(report.asOf), to: &sink)
    if let registry = Wording.registry(report, language) {
      line((isChinese ? "定点机构名册: " : "registry: ") + registry, to: &sink)
    }
    blank(to: &sink)
  }

  private mutating func tail(to sink: inout ByteSink) {
    blank(to: &sink)
    if !report.places.isEmpty {
      line(style.strong(QuotaTable.title(language)), to: &sink)
      for row in QuotaTable(report.places, language).lines() { line(row, to: &sink) }
      blank(to: &sink)
    }
    if let baseline = report.baseline {
      line(VisibleText.of(BaselineNote.summary(baseline, language)), to: &sink)
      for text in BaselineNote.fixed(baseline, language) {
        line("  " + VisibleText.of(text), to: &sink)
      }
      blank(to: &sink)
    }
    if report.tellsWhatIf {
      line(VisibleText.of(Cure.caution[language]), to: &sink)
      blank(to: &sink)
    }
    line(style.strong(Wording.count(report, language)), to: &sink)
  }

  // MARK: - Subjects

  private mutating func results(ofProfile profile: Int?, to sink: inout ByteSink) {
    isAfterBlank = SubjectLanes(stretch: stretch).write(
      report, to: &sink, isAfterBlank: isAfterBlank, lane: Lane(reporter: self, profile: profile))
  }

  private struct Lane: SubjectLanes.Lane {
    var reporter: TextReporter
    let profile: Int?

    mutating func write(
      _ subjects: Range<Int>, of report: Report, to sink: inout ByteSink
    ) -> SubjectLanes.Seams {
      reporter.seams = SubjectLanes.Seams()
      reporter.isAfterBlank = true
      for subject in subjects {
        let result = report.result(subject)
        if let profile, result.profile != profile { continue }
        reporter.subject(result, to: &sink)
      }
      return reporter.seams
    }
  }

  private mutating func subject(_ result: SubjectResult, to sink: inout ByteSink) {
    let shown = result.findings.filter { options.shows($0, .attention) }
    if shown.isEmpty, options.isFiltering { return }
    let isLong = !shown.isEmpty || !result.readings.isEmpty || !result.claims.isEmpty
    if isLong { blank(to: &sink) }
    line(
      style.strong(VisibleText.of(result.title)) + ": "
        + style.verdict(result.verdictWord[language], result.verdict)
        + (BaselineNote.known(result, language) ?? ""), to: &sink)
    for reading in result.readings {
      let label = language == .zh ? "读法" : "reading"
      line(
        "  = \(label): " + VisibleText.of(FindingFact.reading(reading, language)), to: &sink)
    }
    for claim in result.claims {
      let label = language == .zh ? "仅据申报" : "claimed"
      line("  = \(label): " + VisibleText.of(claim[language]), to: &sink)
    }
    for finding in shown {
      blank(to: &sink)
      self.finding(finding, to: &sink)
    }
    if isLong { blank(to: &sink) }
  }

  private mutating func finding(_ finding: Finding, to sink: inout ByteSink) {
    let severity = Severity(finding.outcome).rawValue + "[" + VisibleText.of(finding.rule) + "]"
    line(
      style.severity(severity, finding.outcome) + ": "
        + (finding.hasOwnName ? VisibleText.of(finding.name) + ": " : "")
        + style.strong(VisibleText.of(finding.statement(language))), to: &sink)
    let region = positions.region(of: finding.location)
    let number = String(region.startLine)
    let pad = String(repeating: " ", count: number.utf8.count)
    let place = "\(finding.location.file.path):\(region.startLine):\(region.startColumn)"
    line(pad + style.gutter("--> ") + VisibleText.of(place), to: &sink)
    let snippet = Snippet(finding.location, width: options.width - pad.utf8.count - 3)
    line(pad + style.gutter(" |"), to: &sink)
    line(
      style.gutter(number + " |") + (snippet.line.isEmpty ? "" : " " + snippet.line), to: &sink)
    line(
      pad + style.gutter(" |") + String(repeating: " ", count: snippet.indent + 1)
        + style.severity(String(repeating: "^", count: snippet.carets), finding.outcome),
      to: &sink)
    for fact in FindingFact.of(finding, language) {
      line(
        pad + style.gutter(" = ") + style.strong(fact.kind.label[language] + ":") + " "
          + VisibleText.of(fact.text), to: &sink)
    }
  }

  // MARK: - Lines

  private mutating func line(_ text: String, to sink: inout ByteSink) {
    sink.write(text)
    sink.write("\n")
    isAfterBlank = false
    seams.endsWithBlank = false
  }

  private mutating func blank(to sink: inout ByteSink) {
    if isAfterBlank {
      if seams.endsWithBlank == nil { seams.beginsWithBlank = true }
      return
    }
    sink.write("\n")
    isAfterBlank = true
    seams.endsWithBlank = true
  }
}
