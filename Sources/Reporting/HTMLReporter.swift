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
  private var positions = SourcePositions()
  /// Where each rule stands in the report's list. Looked up, never iterated.
  private var ruleNumbers: [String: Int] = [:]
  /// Where each subject stands in the report, by id. Looked up, never iterated.
  private var subjectNumbers: [String: Int] = [:]
  /// The subjects that stand in the page as they are.
  private var standing: [Int] = []
  private var pieces = HTMLPieces()

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var reporter = HTMLReporter(report, options)
    reporter.head(to: &sink)
    reporter.table(to: &sink)
    reporter.places(to: &sink)
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
    for (number, rule) in report.rules.enumerated() where ruleNumbers[rule.id] == nil {
      ruleNumbers[rule.id] = number
    }
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
    sink.write("</dl>\n</header>\n<nav>\(HTMLText.both("目录：", "on this page: "))")
    var sections = [("summary", "汇总", "summary"), ("list", "一览表", "table")]
    if !report.places.isEmpty { sections.append(("places", "名额使用情况", "places")) }
    sections += [("subjects", "逐件结果", "results"), ("rules", "规则与依据", "rules and law")]
    if !report.notes.isEmpty { sections.append(("notes", "读取说明", "how the inputs were read")) }
    sections.append(("replay", "复核信息", "to replay"))
    for (id, zh, en) in sections {
      sink.write(" <a href=\"#\(id)\">\(HTMLText.both(zh, en))</a>")
    }
    sink.write("</nav>\n<main>\n")
    summary(to: &sink)
  }

  private var verdicts: [(verdict: Verdict, count: Int)] {
    let summary = report.summary
    return [
      (isApplication ? .admissible : .compliant, summary.admissible),
      (isApplication ? .refused : .noncompliant, summary.refused),
      (.review, summary.review), (.incomplete, summary.incomplete),
    ]
  }

  private func summary(to sink: inout ByteSink) {
    section("summary", "汇总", "summary", to: &sink)
    let count = Bilingual(zh: Wording.count(report, .zh), en: Wording.count(report, .en))
    sink.write(HTMLText.both(count, in: "p") + "\n<ul class=\"counts\">\n")
    for (verdict, count) in verdicts {
      sink.write("<li class=\"\(verdict.rawValue)\"><b>\(count)</b> ")
      sink.write(HTMLText.both(verdict.word) + "</li>\n")
    }
    sink.write("</ul>\n</section>\n")
  }

  private func foot(to sink: inout ByteSink) {
    if !report.notes.isEmpty {
      section("notes", "读取说明", "how the inputs were read", to: &sink)
      HTMLNotes.write(report.notes, to: &sink)
      sink.write("</section>\n")
    }
    section("replay", "复核信息", "to replay", to: &sink)
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

  /// Opens a section that is named by its heading.
  private func section(_ id: String, _ zh: String, _ en: String, to sink: inout ByteSink) {
    sink.write("<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">")
    sink.write(HTMLText.both(zh, en) + "</h2>\n")
  }

  /// A term and its text, both escaped.
  private func definition(_ term: String, _ text: String, to sink: inout ByteSink) {
    sink.write("<div><dt>\(term)</dt><dd>\(text)</dd></div>\n")
  }

  // MARK: - Table of subjects

  /// The findings shown of a subject; nil where a filter leaves nothing of it.
  private func shown(_ result: SubjectResult) -> [Finding]? {
    let shown = result.findings.filter { options.shows($0, .record) }
    return shown.isEmpty && options.isFiltering ? nil : shown
  }

  private mutating func table(to sink: inout ByteSink) {
    section("list", "一览表", "table", to: &sink)
    filter(to: &sink)
    sink.write("<table class=\"list\">\n<caption>")
    sink.write(
      isApplication
        ? HTMLText.both(
          "各件申请的结论；点编号看检查结果和依据", "verdict of each application; its id leads to findings and law")
        : HTMLText.both(
          "各检查对象的结论；点编号看检查结果和依据", "verdict of each subject; its id leads to findings and law"))
    sink.write("</caption>\n<thead><tr>")
    var columns = [
      ("编号", "id"), ("名称", "name"), ("结论", "verdict"), ("须关注的规则", "rules in question"),
    ]
    if report.profiles.count > 1 { columns.append(("政策档案", "profile")) }
    for (zh, en) in columns { sink.write("<th scope=\"col\">\(HTMLText.both(zh, en))</th>") }
    sink.write("</tr></thead>\n<tbody>\n")
    var isOver = false
    for number in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = report.result(number)
      if subjectNumbers[result.id] == nil { subjectNumbers[result.id] = number }
      guard let shown = shown(result) else { continue }
      if isPaged, standing.count == Self.pageLength {
        if !isOver { sink.write("</tbody>\n</table>\n<template id=\"rest\">\n") }
        isOver = true
        row(result, shown, number, to: &sink)
        var html = ByteSink()
        subject(result, shown, number, to: &html)
        sink.write("<script type=\"text/plain\">")
        pieces.write(html.bytes, to: &sink)
        sink.write("</script>\n")
      } else {
        standing.append(number)
        row(result, shown, number, to: &sink)
      }
    }
    sink.write(isOver ? "</template>\n" : "</tbody>\n</table>\n")
    if isOver { withoutScripts(to: &sink) }
    sink.write("</section>\n")
  }

  private func row(
    _ result: SubjectResult, _ shown: [Finding], _ number: Int, to sink: inout ByteSink
  ) {
    sink.write("<tr data-v=\"\(result.verdict.rawValue)\" data-r=\"")
    sink.write(MarkupText.escaped(Self.rules(of: shown) { _ in true }.joined(separator: " ")))
    sink.write(
      "\"><th scope=\"row\"><a href=\"#s\(number)\">\(MarkupText.escaped(result.id))</a></th>")
    sink.write("<td lang=\"zh\">\(MarkupText.escaped(result.name))</td><td>")
    verdict(result, to: &sink)
    let rules = Self.rules(of: shown) { !$0.isQuiet && $0 != .note }
    sink.write("</td><td>\(MarkupText.escaped(rules.joined(separator: " ")))")
    if report.profiles.count > 1, report.profiles.indices.contains(result.profile) {
      sink.write("</td><td>\(MarkupText.escaped(report.profiles[result.profile].id))")
    }
    sink.write("</td></tr>\n")
  }

  private func withoutScripts(to sink: inout ByteSink) {
    sink.write("<noscript><div class=\"notice\" role=\"note\">")
    let (length, count) = (Self.pageLength, report.resultCount)
    sink.write(
      HTMLText.both(
        Bilingual(
          zh:
            "浏览器未启用脚本，此处只列出前 \(length) 件；要查看全部 \(count) 件，请启用脚本，或以 `--format csv`、`--format markdown` 输出。",
          en:
            "Scripts are off in this browser: the first \(length) are listed here. To see all \(count), turn scripts on or write `--format csv` or `--format markdown`."
        ), in: "p"))
    sink.write("</div></noscript>\n")
  }

  /// Steps through the pages of a long report.
  private func pager(_ more: String = "", to sink: inout ByteSink) {
    guard isPaged else { return }
    sink.write("<div class=\"pager\" hidden>\n<button type=\"button\" data-step=\"-1\">")
    sink.write(HTMLText.both("上一页", "previous page") + "</button>\n<label>")
    sink.write(HTMLText.both("页码", "page"))
    sink.write(
      " <input type=\"number\" min=\"1\" value=\"1\" autocomplete=\"off\"></label><span class=\"of\"></span>\n"
    )
    sink.write(
      "<button type=\"button\" data-step=\"1\">\(HTMLText.both("下一页", "next page"))</button>\n")
    sink.write(more + "</div>\n")
  }

  private static func rules(of findings: [Finding], where isWanted: (Outcome) -> Bool) -> [String] {
    var rules: [String] = []
    for finding in findings where isWanted(finding.outcome) && !rules.contains(finding.rule) {
      rules.append(finding.rule)
    }
    return rules
  }

  private func verdict(_ result: SubjectResult, to sink: inout ByteSink) {
    sink.write("<b class=\"\(result.verdict.rawValue)\">\(HTMLText.both(result.verdictWord))</b>")
    if let zh = BaselineNote.known(result, .zh), let en = BaselineNote.known(result, .en) {
      sink.write("<small>\(HTMLText.both(zh, en))</small>")
    }
  }

  private func filter(to sink: inout ByteSink) {
    let all = Bilingual(zh: "全部", en: "all")
    sink.write("<div class=\"filter\" role=\"search\" hidden>\n<label for=\"find\">")
    sink.write(HTMLText.both("查找编号、名称或规则", "find id, name or rule"))
    sink.write(
      "</label><input id=\"find\" type=\"search\" autocomplete=\"off\">\n<label for=\"verdict\">")
    sink.write(
      HTMLText.both("结论", "verdict") + "</label><select id=\"verdict\" autocomplete=\"off\">")
    sink.write(HTMLText.swapped("option value=\"\"", all, language))
    for (verdict, _) in verdicts {
      sink.write(
        HTMLText.swapped("option value=\"\(verdict.rawValue)\"", verdict.word, language))
    }
    sink.write("</select>\n<label for=\"rule\">\(HTMLText.both("规则", "rule"))</label>")
    sink.write(
      "<select id=\"rule\" autocomplete=\"off\">\(HTMLText.swapped("option value=\"\"", all, language))"
    )
    for rule in report.rules {
      let id = MarkupText.escaped(rule.id)
      let name = rule.name == rule.id ? "" : " " + MarkupText.escaped(rule.name)
      sink.write("<option value=\"\(id)\">\(id)\(name)</option>")
    }
    sink.write("</select>\n<button type=\"button\" id=\"open\">")
    sink.write(
      HTMLText.both("全部展开", "open all") + "</button>\n<button type=\"button\" id=\"close\">")
    sink.write(HTMLText.both("全部收起", "close all") + "</button>\n</div>\n")
    let count =
      isPaged
      ? Bilingual(zh: "第 ^–$ 件；所筛选的共 # 件，报告共 * 件", en: "^ to $ of # found; * in the report")
      : Bilingual(zh: "显示 # / * 件", en: "# of * shown")
    sink.write(
      "<p id=\"count\" role=\"status\" aria-live=\"polite\" data-zh=\"\(count.zh)\" data-en=\"\(count.en)\"></p>\n"
    )
    pager(
      "<button type=\"button\" id=\"paper\">"
        + HTMLText.both("打印所筛选的全部", "print all that are found")
        + " (<span class=\"found\"></span>)</button>\n<span id=\"making\" hidden>"
        + "<span role=\"status\"><label for=\"made\">"
        + HTMLText.both("正在准备打印", "preparing for paper")
        + "</label></span><progress id=\"made\"></progress><button type=\"button\" id=\"stop\">"
        + HTMLText.both("停止", "stop") + "</button></span>\n", to: &sink)
  }

  // MARK: - Places

  private func places(to sink: inout ByteSink) {
    if report.places.isEmpty { return }
    section("places", QuotaTable.title(.zh), QuotaTable.title(.en), to: &sink)
    sink.write("<div class=\"wide\" role=\"region\" aria-labelledby=\"places\" tabindex=\"0\">\n")
    sink.write("<table class=\"places\">\n<caption>")
    sink.write(
      HTMLText.both(
        "各限额在各范围内的使用情况；择优顺序从左到右",
        "what each limit leaves in each scope; order of merit from left to right"))
    sink.write("</caption>\n<thead><tr>")
    let (zh, en) = (QuotaTable(report.places, .zh), QuotaTable(report.places, .en))
    for (zh, en) in zip(zh.header, en.header) {
      sink.write("<th scope=\"col\">\(HTMLText.both(zh, en))</th>")
    }
    sink.write("</tr></thead>\n<tbody>\n")
    for (number, place) in report.places.enumerated() {
      sink.write("<tr><th scope=\"row\">")
      if let rule = ruleNumbers[place.rule] {
        sink.write("<a href=\"#r\(rule)\">\(MarkupText.escaped(place.rule))</a>")
      } else {
        sink.write(MarkupText.escaped(place.rule))
      }
      sink.write("</th>")
      // The rule stands before these columns, the order after them.
      for (zh, en) in zip(zh.rows[number].dropFirst().dropLast(), en.rows[number].dropFirst()) {
        sink.write("<td>\(HTMLText.both(zh, en))</td>")
      }
      sink.write("<td>")
      order(place.order, to: &sink)
      sink.write("</td></tr>\n")
    }
    sink.write("</tbody>\n</table>\n</div>\n</section>\n")
  }

  /// The order of merit: the first with links, the rest as text that opens.
  private func order(_ ids: [String], to sink: inout ByteSink) {
    if ids.isEmpty { return sink.write("-") }
    for (rank, id) in ids.prefix(QuotaTable.orderLimit).enumerated() {
      if rank > 0 { sink.write(" &gt; ") }
      if let number = subjectNumbers[id] {
        sink.write("<a href=\"#s\(number)\">\(MarkupText.escaped(id))</a>")
      } else {
        sink.write(MarkupText.escaped(id))
      }
    }
    let rest = ids.dropFirst(QuotaTable.orderLimit)
    if rest.isEmpty { return }
    // Thousands of ids would be hundreds of sheets: of a long report they go to paper only where they have been opened.
    sink.write(isPaged ? "<details class=\"order\">" : "<details>")
    sink.write("<summary>\(HTMLText.both("其后 \(rest.count) 家", "\(rest.count) more"))</summary>")
    for id in rest { sink.write(" &gt; " + MarkupText.escaped(id)) }
    sink.write("</details>")
  }

  // MARK: - Subjects

  private mutating func subjects(to sink: inout ByteSink) {
    section("subjects", "逐件结果", "results", to: &sink)
    sink.write("<div id=\"results\">\n")
    for number in standing {
      if sink.isClosed { return }
      let result = report.result(number)
      if let shown = shown(result) { subject(result, shown, number, to: &sink) }
    }
    sink.write("</div>\n")
    pager(to: &sink)
    sink.write("</section>\n")
  }

  private mutating func subject(
    _ result: SubjectResult, _ shown: [Finding], _ number: Int, to sink: inout ByteSink
  ) {
    sink.write(
      "<details class=\"subject\" id=\"s\(number)\">\n<summary><h3>\(MarkupText.escaped(result.id))"
    )
    if result.name != result.id {
      sink.write(" <span lang=\"zh\">\(MarkupText.escaped(result.name))</span>")
    }
    sink.write(" ")
    verdict(result, to: &sink)
    sink.write("</h3></summary>\n<div class=\"body\">\n")
    for reading in result.readings {
      let text = Bilingual(
        zh: "读法：" + FindingFact.reading(reading, .zh),
        en: "reading: " + FindingFact.reading(reading, .en))
      sink.write(HTMLText.both(text, in: "p", class: "reading") + "\n")
    }
    for claim in result.claims {
      let text = Bilingual(zh: "仅据申报：" + claim.zh, en: "claimed: " + claim.en)
      sink.write(HTMLText.both(text, in: "p", class: "reading") + "\n")
    }
    var quiet: [Finding] = []
    for finding in shown {
      if finding.outcome.isQuiet, finding.ruling == nil {
        quiet.append(finding)
        continue
      }
      let region = positions.region(of: finding.location)
      let place = "\(finding.location.file.path):\(region.startLine):\(region.startColumn)"
      page(finding).article(
        place: place, Snippet(finding.location, width: options.width), to: &sink)
    }
    if !quiet.isEmpty {
      sink.write("<details class=\"quiet\"><summary>")
      sink.write(
        HTMLText.both(
          "符合、豁免及不适用 \(quiet.count) 项", "\(quiet.count) that hold, are exempt or do not apply"))
      sink.write("</summary>\n<ul>\n")
      for finding in quiet { page(finding).line(to: &sink) }
      sink.write("</ul></details>\n")
    }
    if shown.isEmpty { sink.write("<p>\(HTMLText.both("无检查结果。", "no finding."))</p>\n") }
    sink.write(
      "<p class=\"back\"><a href=\"#list\">\(HTMLText.both("返回一览表", "back to the table"))</a></p>\n"
    )
    sink.write("</div></details>\n")
  }

  private func page(_ finding: Finding) -> HTMLFinding {
    HTMLFinding(finding: finding, language: language, rule: ruleNumbers[finding.rule])
  }

  // MARK: - Rules

  private func rules(to sink: inout ByteSink) {
    section("rules", "规则与依据", "rules and law", to: &sink)
    for (number, rule) in report.rules.enumerated() {
      sink.write(
        "<section class=\"rule\" id=\"r\(number)\"><h3><code>\(MarkupText.escaped(rule.id))</code>")
      if rule.name != rule.id { sink.write(" <code>\(MarkupText.escaped(rule.name))</code>") }
      sink.write("</h3>\n" + HTMLText.both(rule.summary, in: "p") + "\n")
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
