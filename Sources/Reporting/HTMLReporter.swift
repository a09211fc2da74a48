import Diagnostics

/// One self-contained page: summary, a table to filter, the quota table, each subject with its findings, and the rules with
/// their law.
///
/// Nothing is fetched, and a content security policy forbids it; the script and the style are named there by their digests, so
/// that nothing of an input can act as either. Both languages are in the page. Without scripts everything can be read, opened
/// and printed; the script adds the filter and opens what a link leads to.
///
/// A long report is shown a page at a time, so that ten thousand applications open without a stall: its first page stands as
/// it is; the other rows wait in a `template`, each with its results beside it as ``HTMLPieces``, which the script makes into
/// the same elements. There is one writer of a subject, whichever way it goes.
struct HTMLReporter {
  /// Up to here all subjects stand in the page; a longer report is shown a page at a time.
  static let wholeLimit = 300
  /// How many subjects a page of a long report shows.
  static let pageLength = 100

  private let report: Report
  private let options: ReportOptions
  private let language: Language
  private let isApplication: Bool
  private let names: HTMLRuleNames
  private var positions = SourcePositions()
  private var anchors = HTMLAnchors()
  private var tally = HTMLTally()
  private var table: HTMLTable
  /// The results of the subjects that stand in the page.
  private var standing: [UInt8] = []
  private var pieces = HTMLPieces()

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var reporter = HTMLReporter(report, options)
    reporter.head(to: &sink)
    reporter.results(to: &sink)
    if sink.isClosed { return }
    let summary = HTMLSummary(
      report: report, language: reporter.language, rules: reporter.names, tally: reporter.tally)
    reporter.contents(summary.sections, to: &sink)
    summary.write(to: &sink)
    reporter.table.write(reporter.tally.districts, to: &sink)
    HTMLPlaces(
      report: report, rules: reporter.names, anchors: reporter.anchors, isPaged: reporter.isPaged
    ).write(to: &sink)
    reporter.subjects(to: &sink)
    reporter.rules(to: &sink)
    reporter.foot(to: &sink)
  }

  private var isPaged: Bool { report.resultCount > Self.wholeLimit }

  private init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
    language = options.language
    isApplication = report.subjectType == .application
    names = HTMLRuleNames(report.rules)
    table = HTMLTable(report, options.language, names)
  }

  // MARK: - Head and foot

  private var title: Bilingual {
    isApplication
      ? Bilingual(
        zh: "\(report.tenantName.zh)医保定点申请检查报告",
        en: "\(report.tenantName.en): applications for designation")
      : Bilingual(
        zh: "\(report.tenantName.zh)资源配置规划检查报告", en: "\(report.tenantName.en): check of the plan")
  }

  private func head(to sink: inout ByteSink) {
    sink.write("<!DOCTYPE html>\n<html lang=\"\(language == .zh ? "zh-CN" : "en")\">\n<head>\n")
    sink.write("<meta charset=\"utf-8\">\n")
    sink.write(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'sha256-\(HTMLPage.styleDigest)'; "
        + "script-src 'sha256-\(HTMLPage.scriptDigest)'; base-uri 'none'; form-action 'none'\">\n")
    sink.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    sink.write("<meta name=\"color-scheme\" content=\"light dark\">\n")
    sink.write(HTMLText.swapped("title", title, language) + "\n<style>")
    sink.write(HTMLPage.style)
    sink.write("</style>\n</head>\n<body>\n")
    for choice in Language.allCases {
      let isChosen = choice == language ? " checked" : ""
      let (id, name) = choice == .zh ? ("zh", "中文") : ("en", "English")
      sink.write("<input type=\"radio\" name=\"language\" id=\"\(id)\"\(isChosen)>")
      sink.write(
        "<label for=\"\(id)\" lang=\"\(choice == .zh ? "zh-CN" : "en")\">\(name)</label>\n")
    }
    sink.write("<div class=\"page\">\n<a class=\"skip\" href=\"#list\">")
    sink.write(HTMLText.both("跳到一览表", "skip to the table") + "</a>\n<header>\n<h1>")
    sink.write(HTMLText.both(title) + "</h1>\n")
    for profile in report.profiles {
      guard let zh = Wording.notice(profile, .zh), let en = Wording.notice(profile, .en) else {
        continue
      }
      sink.write("<div class=\"notice\" role=\"note\">")
      sink.write(HTMLText.both(Bilingual(zh: zh, en: en), in: "p") + "</div>\n")
    }
    sink.write("<dl class=\"facts\">\n")
    for profile in report.profiles {
      let span = Bilingual(zh: Wording.span(profile, .zh), en: Wording.span(profile, .en))
      definition(
        HTMLText.both("依据文件", "document"),
        "<span lang=\"zh\">\(MarkupText.escaped(profile.document))</span>", to: &sink)
      definition(
        HTMLText.both("政策档案", "profile"),
        "<code>\(MarkupText.escaped(profile.id))</code> " + HTMLText.both(span), to: &sink)
    }
    definition(HTMLText.both("决定日期", "as of"), MarkupText.escaped(report.asOf), to: &sink)
    if let zh = Wording.registry(report, .zh), let en = Wording.registry(report, .en) {
      definition(HTMLText.both("定点机构名册", "registry"), HTMLText.both(zh, en), to: &sink)
    }
    if let baseline = report.baseline {
      let summary = Bilingual(
        zh: BaselineNote.summary(baseline, .zh), en: BaselineNote.summary(baseline, .en))
      definition(HTMLText.both("基线", "baseline"), HTMLText.both(summary), to: &sink)
      for (zh, en) in zip(BaselineNote.fixed(baseline, .zh), BaselineNote.fixed(baseline, .en)) {
        definition(HTMLText.both("已消除", "fixed"), HTMLText.both(zh, en), to: &sink)
      }
    }
    sink.write("</dl>\n</header>\n")
  }

  private func contents(
    _ first: [(id: String, zh: String, en: String)], to sink: inout ByteSink
  ) {
    sink.write("<nav>\(HTMLText.both("目录：", "on this page: "))")
    var sections = first + [("list", "一览表", "table")]
    if !report.places.isEmpty { sections.append(("places", "名额使用情况", "places")) }
    sections += [("subjects", "逐件结果", "results"), ("rules", "规则与依据", "rules and law")]
    if !report.notes.isEmpty { sections.append(("notes", "读取说明", "how the inputs were read")) }
    sections.append(("replay", "复核信息", "to replay"))
    for (id, zh, en) in sections {
      let less = id == "subjects" ? " class=\"below\"" : ""
      sink.write(" <a href=\"#\(id)\"\(less)>\(HTMLText.both(zh, en))</a>")
    }
    sink.write("</nav>\n<main>\n")
  }

  private func foot(to sink: inout ByteSink) {
    if !report.notes.isEmpty {
      HTMLSummary.open("notes", "读取说明", "how the inputs were read", to: &sink)
      HTMLNotes.write(report.notes, to: &sink)
      sink.write("</section>\n")
    }
    HTMLSummary.open("replay", "复核信息", "to replay", to: &sink)
    let why = Bilingual(
      zh: "同一版本的程序、政策档案和输入文件，在同一决定日期下得出同样的结果。以下为各文件的 SHA-256。",
      en:
        "The same version, profile, inputs and day of decision give the same result. SHA-256 of each file:"
    )
    sink.write(HTMLText.both(why, in: "p") + "\n<dl class=\"digests\">\n")
    for profile in report.profiles {
      definition(MarkupText.escaped(profile.id), MarkupText.escaped(profile.sha256), to: &sink)
    }
    for input in report.inputs {
      definition(
        MarkupText.escaped(input.path + " (" + input.role + ")"),
        MarkupText.escaped(input.sha256), to: &sink)
    }
    sink.write("</dl>\n</section>\n</main>\n<footer><p>")
    sink.write(MarkupText.escaped("planlint " + report.version))
    sink.write("</p></footer>\n</div>\n")
    if isPaged {
      sink.write("<script type=\"text/plain\" id=\"pieces\">")
      pieces.writeAll(to: &sink)
      sink.write("</script>\n")
    }
    sink.write("<script>")
    sink.write(HTMLPage.script)
    sink.write("</script>\n</body>\n</html>\n")
  }

  /// A term and its text, both escaped.
  private func definition(_ term: String, _ text: String, to sink: inout ByteSink) {
    sink.write("<div><dt>\(term)</dt><dd>\(text)</dd></div>\n")
  }

  // MARK: - Subjects

  /// The findings shown of a subject; nil where a filter leaves nothing of it.
  private func shown(_ result: SubjectResult) -> [Finding]? {
    let shown = result.findings.filter { options.shows($0, .record) }
    return shown.isEmpty && options.isFiltering ? nil : shown
  }

  /// Makes all results, each once: what is counted and the rows of the table are kept, and so are the results that stand in the
  /// page; what waits for the script is written at once.
  private mutating func results(to sink: inout ByteSink) {
    var isOver = false
    for number in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = report.result(number)
      guard let shown = shown(result) else { continue }
      let row = report.caseFile.map { $0.row(number) }
      let inQuestion = HTMLTable.rulesInQuestion(shown)
      let isStanding = !isPaged || anchors.count < Self.pageLength
      let anchor = anchors.add(result.id, number: number)
      let lacking = tally.count(result, inQuestion, shown, row, anchor, report.caseFile)
      table.add(
        result, shown, inQuestion, row, anchor, lacking: lacking, isStanding: isStanding)
      var html = ByteSink()
      subject(result, shown, anchor, to: &html)
      if isStanding {
        standing += html.bytes
        continue
      }
      if !isOver { sink.write("<template id=\"packed\">\n") }
      isOver = true
      sink.write("<script type=\"text/plain\">")
      pieces.write(html.bytes, to: &sink)
      sink.write("</script>\n")
    }
    if isOver { sink.write("</template>\n") }
  }

  private func subjects(to sink: inout ByteSink) {
    sink.write("<div class=\"below\">\n")
    HTMLSummary.open("subjects", "逐件结果", "results", to: &sink)
    sink.write("<div id=\"results\">\n")
    sink.write(standing)
    sink.write("</div>\n</section>\n</div>\n")
  }

  private mutating func subject(
    _ result: SubjectResult, _ shown: [Finding], _ anchor: String, to sink: inout ByteSink
  ) {
    sink.write(
      "<details class=\"subject\" id=\"\(anchor)\">\n<summary><h3>\(MarkupText.escaped(result.id))"
    )
    if result.name != result.id {
      sink.write(" <span lang=\"zh\">\(MarkupText.escaped(result.name))</span>")
    }
    sink.write(" ")
    HTMLTable.verdict(result, to: &sink)
    sink.write("</h3></summary>\n<div class=\"body\">\n")
    HTMLText.readings(of: result, to: &sink)
    var quiet: [Finding] = []
    for finding in shown {
      if finding.outcome.isQuiet, finding.ruling == nil {
        quiet.append(finding)
        continue
      }
      let region = positions.region(of: finding.location)
      let place = "\(finding.location.file.path):\(region.startLine):\(region.startColumn)"
      page(finding, of: result.id).article(
        at: (place, Snippet(finding.location, width: options.width)), to: &sink)
    }
    if !quiet.isEmpty {
      sink.write("<details class=\"quiet\"><summary>")
      sink.write(
        HTMLText.both(
          "符合、豁免及不适用 \(quiet.count) 项", "\(quiet.count) that hold, are exempt or do not apply"))
      sink.write("</summary>\n<ul>\n")
      for finding in quiet { page(finding, of: result.id).line(to: &sink) }
      sink.write("</ul></details>\n")
    }
    if shown.isEmpty { sink.write("<p>\(HTMLText.both("无检查结果。", "no finding."))</p>\n") }
    sink.write(
      "<p class=\"back\"><a href=\"#list\">\(HTMLText.both("返回一览表", "back to the table"))</a></p>\n"
    )
    sink.write("</div></details>\n")
  }

  private func page(_ finding: Finding, of subject: String) -> HTMLFinding {
    var page = HTMLFinding(finding: finding, language: language, rules: names)
    if let missing = report.caseFile?.missing { page.missing = { missing($0, subject) } }
    return page
  }

  // MARK: - Rules

  private func rules(to sink: inout ByteSink) {
    HTMLSummary.open("rules", "规则与依据", "rules and law", to: &sink)
    for (number, rule) in report.rules.enumerated() {
      sink.write("<section class=\"rule\" id=\"r\(number)\"><h3>")
      sink.write(HTMLText.both(names.name(rule.id)))
      sink.write(" <small><code>\(MarkupText.escaped(rule.id))</code>")
      if rule.name != rule.id { sink.write(" <code>\(MarkupText.escaped(rule.name))</code>") }
      sink.write("</small></h3>\n" + HTMLText.both(rule.summary, in: "p") + "\n")
      if let reading = rule.reading {
        let text = Bilingual(zh: "读法：" + reading.zh, en: "reading: " + reading.en)
        sink.write(HTMLText.both(text, in: "p", class: "reading") + "\n")
      }
      for citation in rule.citations { HTMLFinding.law(citation, to: &sink) }
      if let page = options.page(of: rule.id) {
        let text = HTMLText.both("规则说明：判定、读法与示例", "more of this rule: decision, readings, examples")
        sink.write("<p><a href=\"\(MarkupText.escaped(page))\">\(text)</a></p>\n")
      }
      sink.write("</section>\n")
    }
    sink.write("</section>\n")
  }
}

extension Outcome {
  /// What nobody has to look at.
  var isQuiet: Bool { self == .pass || self == .exempt || self == .notApplicable }
}
