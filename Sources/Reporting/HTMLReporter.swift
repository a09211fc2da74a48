import Diagnostics

/// One self-contained page: summary, quota table, and a table of subjects to filter, each with its findings, the law, and a
/// drawing to scale where distances were measured.
///
/// Nothing is fetched, and a content security policy forbids it. Without scripts, and in print, everything is shown.
struct HTMLReporter {
  private let report: Report
  private let options: ReportOptions
  private let language: Language
  private var positions = SourcePositions()

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var reporter = HTMLReporter(report, options)
    reporter.head(to: &sink)
    reporter.places(to: &sink)
    reporter.filter(to: &sink)
    sink.write("<table class=\"subjects\">\n<thead><tr>")
    for label in reporter.columns { sink.write("<th>\(MarkupText.escaped(label))</th>") }
    sink.write("</tr></thead>\n")
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      reporter.subject(report.result(i), to: &sink)
    }
    sink.write("</table>\n")
    reporter.foot(to: &sink)
  }

  private init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
    language = options.language
  }

  private func word(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private var columns: [String] {
    [word("编号", "id"), word("名称", "name"), word("结论", "verdict"), word("政策档案", "profile")]
  }

  // MARK: - Head and foot

  private func head(to sink: inout ByteSink) {
    let title = word(
      "\(report.tenantName.zh)定点医药机构规划检查报告", "planlint report: \(report.tenantName.en)")
    sink.write("<!DOCTYPE html>\n<html lang=\"\(word("zh-CN", "en"))\">\n<head>\n")
    sink.write("<meta charset=\"utf-8\">\n")
    sink.write(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
    sink.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    sink.write("<title>\(MarkupText.escaped(title))</title>\n<style>\n")
    sink.write(HTMLPage.style)
    sink.write("</style>\n</head>\n<body>\n<h1>\(MarkupText.escaped(title))</h1>\n")
    for profile in report.profiles {
      if let notice = Wording.notice(profile, language) {
        sink.write("<p class=\"notice\">\(MarkupText.escaped(notice))</p>\n")
      }
    }
    sink.write("<dl>\n")
    for profile in report.profiles {
      definition(
        word("政策档案", "profile"),
        word(
          "\(profile.id)（\(Wording.span(profile, language))）\(profile.document)",
          "\(profile.id) (\(Wording.span(profile, language))) \(profile.document)"), to: &sink)
    }
    definition(word("决定日期", "as of"), report.asOf, to: &sink)
    definition(word("汇总", "summary"), Wording.count(report, language), to: &sink)
    if let baseline = report.baseline {
      definition(word("基线", "baseline"), BaselineNote.summary(baseline, language), to: &sink)
      for text in BaselineNote.fixed(baseline, language) {
        definition(word("已消除", "fixed"), text, to: &sink)
      }
    }
    sink.write("</dl>\n")
  }

  private func foot(to sink: inout ByteSink) {
    sink.write("<h2>\(word("复核信息", "to replay"))</h2>\n<dl class=\"digests\">\n")
    for profile in report.profiles { definition(profile.id, profile.sha256, to: &sink) }
    for input in report.inputs {
      definition(input.path + " (" + input.role + ")", input.sha256, to: &sink)
    }
    sink.write("</dl>\n<p>\(MarkupText.escaped("planlint " + report.version))</p>\n<script>\n")
    sink.write(HTMLPage.script)
    sink.write("</script>\n</body>\n</html>\n")
  }

  private func definition(_ term: String, _ text: String, to sink: inout ByteSink) {
    sink.write("<dt>\(MarkupText.escaped(term))</dt><dd>\(MarkupText.escaped(text))</dd>\n")
  }

  private func places(to sink: inout ByteSink) {
    if report.places.isEmpty { return }
    let table = QuotaTable(report.places, language)
    sink.write("<h2>\(QuotaTable.title(language))</h2>\n<table class=\"places\">\n<thead><tr>")
    for label in table.header { sink.write("<th>\(MarkupText.escaped(label))</th>") }
    sink.write("</tr></thead>\n<tbody>\n")
    for row in table.rows {
      sink.write("<tr>")
      for cell in row { sink.write("<td>\(MarkupText.escaped(cell))</td>") }
      sink.write("</tr>\n")
    }
    sink.write("</tbody>\n</table>\n")
  }

  private func filter(to sink: inout ByteSink) {
    sink.write("<h2>\(word("检查结果", "results"))</h2>\n<form class=\"filter\" hidden>\n")
    sink.write("<label>\(word("查找", "find")) <input id=\"find\" type=\"search\"></label>\n")
    let isApplication = report.subjectType == .application
    let verdicts: [Verdict] =
      isApplication
      ? [.admissible, .refused, .review, .incomplete]
      : [.compliant, .noncompliant, .review, .incomplete]
    let all = word("全部", "all")
    sink.write("<label>\(word("结论", "verdict")) <select id=\"verdict\">")
    sink.write("<option value=\"\">\(all)</option>")
    for verdict in verdicts {
      sink.write("<option value=\"\(verdict.rawValue)\">\(verdict.word[language])</option>")
    }
    sink.write("</select></label>\n<label>\(word("规则", "rule")) <select id=\"rule\">")
    sink.write("<option value=\"\">\(all)</option>")
    for rule in report.rules {
      let id = MarkupText.escaped(rule.id)
      let name = rule.name == rule.id ? "" : " " + MarkupText.escaped(rule.name)
      sink.write("<option value=\"\(id)\">\(id)\(name)</option>")
    }
    sink.write("</select></label>\n</form>\n")
  }

  // MARK: - Subjects

  private mutating func subject(_ result: SubjectResult, to sink: inout ByteSink) {
    let shown = result.findings.filter { options.shows($0, .record) }
    if shown.isEmpty, options.isFiltering { return }
    var rules: [String] = []
    for finding in shown where !rules.contains(finding.rule) { rules.append(finding.rule) }
    let profile =
      report.profiles.indices.contains(result.profile) ? report.profiles[result.profile].id : ""
    sink.write("<tbody class=\"subject\" data-verdict=\"\(result.verdict.rawValue)\"")
    sink.write(" data-rules=\"\(MarkupText.escaped(rules.joined(separator: " ")))\">\n<tr>")
    sink.write("<th scope=\"row\">\(MarkupText.escaped(result.id))</th>")
    sink.write("<td>\(MarkupText.escaped(result.name))</td>")
    sink.write("<td><b class=\"\(result.verdict.rawValue)\">")
    sink.write(result.verdictWord[language] + "</b>")
    sink.write(MarkupText.escaped(BaselineNote.known(result, language) ?? "") + "</td>")
    sink.write("<td>\(MarkupText.escaped(profile))</td></tr>\n")
    if !shown.isEmpty || !result.readings.isEmpty {
      sink.write("<tr class=\"details\"><td colspan=\"\(columns.count)\">\n")
      for reading in result.readings {
        sink.write("<p class=\"reading\">\(word("读法：", "reading: "))")
        sink.write(MarkupText.escaped(FindingFact.reading(reading, language)) + "</p>\n")
      }
      let quiet = shown.filter { $0.outcome.isQuiet }
      for finding in shown where !finding.outcome.isQuiet { self.finding(finding, to: &sink) }
      if !quiet.isEmpty {
        let label = word(
          "符合、豁免及不适用 \(quiet.count) 项", "\(quiet.count) that hold, exempt, or do not apply")
        sink.write("<details><summary>\(label)</summary>\n")
        for finding in quiet { self.finding(finding, to: &sink) }
        sink.write("</details>\n")
      }
      sink.write("</td></tr>\n")
    }
    sink.write("</tbody>\n")
  }

  private mutating func finding(_ finding: Finding, to sink: inout ByteSink) {
    let region = positions.region(of: finding.location)
    let other: Language = language == .zh ? .en : .zh
    let place = "\(finding.location.file.path):\(region.startLine):\(region.startColumn)"
    let token = Snippet(finding.location, width: options.width)
    sink.write("<article class=\"\(finding.outcome.rawValue)\">\n<h3>")
    sink.write("<span class=\"outcome\">\(finding.outcomeWord[language])</span> ")
    sink.write("<code>\(MarkupText.escaped(finding.ruleTitle))</code></h3>\n")
    sink.write("<p class=\"message\">\(MarkupText.escaped(finding.statement(language)))</p>\n")
    sink.write("<p class=\"other\" lang=\"\(other == .zh ? "zh-CN" : "en")\">")
    sink.write(MarkupText.escaped(finding.statement(other)) + "</p>\n")
    sink.write("<p class=\"place\"><code>\(MarkupText.escaped(place))</code></p>\n")
    sink.write("<pre>\(MarkupText.escaped(token.line))\n")
    sink.write(String(repeating: " ", count: token.indent))
    sink.write(String(repeating: "^", count: token.carets) + "</pre>\n")
    if let drawing = CircleDrawing(finding) { sink.write(drawing.svg(language) + "\n") }
    sink.write("<dl>\n")
    for fact in FindingFact.of(finding, language) {
      definition(fact.kind.label[language], fact.text, to: &sink)
    }
    sink.write("</dl>\n</article>\n")
  }
}

extension Outcome {
  /// What nobody has to look at.
  fileprivate var isQuiet: Bool { self == .pass || self == .exempt || self == .notApplicable }
}
