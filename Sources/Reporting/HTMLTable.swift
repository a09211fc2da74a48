import Diagnostics

/// The table of subjects: its columns, the filter above it, and its rows, which are held as bytes until all are counted.
///
/// A column that no row fills is left out: where a row has nothing in one, it holds a byte that no text has in its place until it
/// is known whether any row has something.
struct HTMLTable {
  /// A column, by the word that the address calls it.
  enum Column: String, CaseIterable {
    case id, name, district, kind, day, score, rank, verdict, rules, profile

    var heading: Bilingual {
      switch self {
      case .id: Bilingual(zh: "编号", en: "id")
      case .name: Bilingual(zh: "名称", en: "name")
      case .district: Bilingual(zh: "区县", en: "district")
      case .kind: Bilingual(zh: "机构类别", en: "kind")
      case .day: Bilingual(zh: "申请日期", en: "submitted")
      case .score: Bilingual(zh: "得分", en: "score")
      case .rank: Bilingual(zh: "名次", en: "rank")
      case .verdict: Bilingual(zh: "结论", en: "verdict")
      case .rules: Bilingual(zh: "须关注的规则", en: "rules in question")
      case .profile: Bilingual(zh: "政策档案", en: "profile")
      }
    }

    /// Whether it is left out where no row fills it.
    var isOptional: Bool { gap != nil }

    /// The byte that stands for nothing in it: a control character, which the text of a page never has.
    var gap: UInt8? {
      switch self {
      case .district: 1
      case .kind: 2
      case .day: 3
      case .score: 4
      case .rank: 5
      case .id, .name, .verdict, .rules, .profile: nil
      }
    }
  }

  let report: Report
  let language: Language
  let rules: HTMLRuleNames
  private var filled: Set<Column> = []
  /// The rows that stand in the page, and those that wait for the script.
  private var standing: [UInt8] = []
  private var waiting: [UInt8] = []

  init(_ report: Report, _ language: Language, _ rules: HTMLRuleNames) {
    self.report = report
    self.language = language
    self.rules = rules
  }

  var hasWaiting: Bool { !waiting.isEmpty }

  private var columns: [Column] {
    Column.allCases.filter {
      $0 == .profile ? report.profiles.count > 1 : !$0.isOptional || filled.contains($0)
    }
  }

  // MARK: - Rows

  /// The rules of which a person has to look at something.
  static func rulesInQuestion(_ shown: [Finding]) -> [String] {
    var rules: [String] = []
    for finding in shown
    where !finding.outcome.isQuiet && finding.outcome != .note && !rules.contains(finding.rule) {
      rules.append(finding.rule)
    }
    return rules
  }

  /// Adds the row of a subject.
  ///
  /// - Parameters:
  ///   - lacking: the numbers of what it lacks.
  ///   - isStanding: whether it stands in the page; the names of the rules of others are written by the script.
  mutating func add(
    _ result: SubjectResult, _ shown: [Finding], _ inQuestion: [String], _ row: CaseRow?,
    _ anchor: String, lacking: [Int], isStanding: Bool
  ) {
    var sink = ByteSink()
    sink.write("<tr data-v=\"\(result.verdict.rawValue)\"")
    if !inQuestion.isEmpty {
      sink.write(" data-r=\"\(MarkupText.escaped(inQuestion.joined(separator: " ")))\"")
    }
    if let row, let district = row.district {
      sink.write(" data-d=\"\(MarkupText.escaped(district))\"")
    }
    if !lacking.isEmpty {
      sink.write(" data-m=\"\(lacking.map(String.init).joined(separator: " "))\"")
    }
    sink.write("><th scope=\"row\"><a href=\"#\(anchor)\">")
    sink.write(MarkupText.escaped(result.id) + "</a></th>")
    sink.write("<td lang=\"zh\">\(MarkupText.escaped(result.name))</td>")
    cell(.district, row?.district.map { "<td lang=\"zh\">" + MarkupText.escaped($0) }, to: &sink)
    cell(.kind, row?.kind.map { "<td>" + HTMLText.both($0) }, to: &sink)
    cell(.day, row?.submitted.map { "<td class=\"day\">" + MarkupText.escaped($0) }, to: &sink)
    cell(.score, row?.score.map { "<td class=\"score\">" + MarkupText.escaped($0) }, to: &sink)
    cell(.rank, Self.rank(shown).map { "<td class=\"rank\">\($0)" }, to: &sink)
    sink.write("<td>")
    Self.verdict(result, to: &sink)
    if isStanding {
      sink.write("</td><td>")
      for rule in inQuestion {
        sink.write("<span class=\"rule-name\">\(rules.label(rule))</span> ")
      }
    } else {
      sink.write("</td><td class=\"ids\">")
      sink.write(MarkupText.escaped(inQuestion.joined(separator: " ")))
    }
    if report.profiles.count > 1 {
      sink.write("</td><td>")
      if report.profiles.indices.contains(result.profile) {
        sink.write(MarkupText.escaped(report.profiles[result.profile].id))
      }
    }
    sink.write("</td></tr>\n")
    if isStanding { standing += sink.bytes } else { waiting += sink.bytes }
  }

  private mutating func cell(_ column: Column, _ text: String?, to sink: inout ByteSink) {
    guard let text else {
      if let gap = column.gap { sink.write(gap) }
      return
    }
    filled.insert(column)
    sink.write(text + "</td>")
  }

  /// The place in the order of merit: of what is in question where it is, else of what holds.
  private static func rank(_ shown: [Finding]) -> Int? {
    let ranks = shown.filter { $0.rank != nil }
    return (ranks.first { !$0.outcome.isQuiet && $0.outcome != .note } ?? ranks.first)?.rank
  }

  static func verdict(_ result: SubjectResult, to sink: inout ByteSink) {
    sink.write("<b class=\"\(result.verdict.rawValue)\">\(HTMLText.both(result.verdictWord))</b>")
    if let zh = BaselineNote.known(result, .zh), let en = BaselineNote.known(result, .en) {
      sink.write("<small>\(HTMLText.both(zh, en))</small>")
    }
  }

  // MARK: - The table

  func write(_ districts: [HTMLTally.District], to sink: inout ByteSink) {
    HTMLSummary.open("list", "一览表", "table", to: &sink)
    filter(districts, to: &sink)
    sink.write("<table class=\"list\">\n<caption>")
    sink.write(
      report.subjectType == .application
        ? HTMLText.both(
          "各件申请的结论；点编号看检查结果和依据", "verdict of each application; its id leads to findings and law")
        : HTMLText.both(
          "各检查对象的结论；点编号看检查结果和依据", "verdict of each subject; its id leads to findings and law"))
    sink.write("</caption>\n<thead><tr>")
    for column in columns {
      sink.write("<th scope=\"col\" class=\"c-\(column.rawValue)\">")
      sink.write("<button type=\"button\" class=\"sort\" disabled")
      sink.write(" data-sort=\"\(column.rawValue)\">")
      sink.write(HTMLText.both(column.heading) + "</button></th>")
    }
    sink.write("</tr></thead>\n<tbody>\n")
    write(standing, to: &sink)
    sink.write("</tbody>\n</table>\n")
    if hasWaiting {
      sink.write("<template id=\"rest\">\n")
      write(waiting, to: &sink)
      sink.write("</template>\n")
      withoutScripts(to: &sink)
    }
    Self.pager(isPaged: hasWaiting, to: &sink)
    sink.write("<div id=\"steps\" class=\"steps\" hidden>")
    sink.write("<button type=\"button\" data-go=\"-1\">")
    sink.write(HTMLText.both("上一件", "previous") + "</button>")
    sink.write("<button type=\"button\" data-go=\"1\">\(HTMLText.both("下一件", "next"))</button>")
    sink.write("<span class=\"at\"></span></div>\n</section>\n")
  }

  /// Writes rows with the columns that are filled.
  private func write(_ rows: [UInt8], to sink: inout ByteSink) {
    let gaps = Column.allCases.compactMap { $0.gap }.count
    var isFilled = [Bool](repeating: false, count: gaps + 1)
    for column in filled { if let gap = column.gap { isFilled[Int(gap)] = true } }
    rows.withUnsafeBufferPointer { rows in
      var start = 0
      for index in rows.indices where rows[index] <= UInt8(gaps) && rows[index] > 0 {
        sink.write(UnsafeBufferPointer(rebasing: rows[start..<index]))
        if isFilled[Int(rows[index])] { sink.write("<td></td>" as StaticString) }
        start = index + 1
      }
      sink.write(UnsafeBufferPointer(rebasing: rows[start...]))
    }
  }

  private func withoutScripts(to sink: inout ByteSink) {
    sink.write("<noscript><div class=\"notice\" role=\"note\">")
    let (length, count) = (HTMLReporter.pageLength, report.resultCount)
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

  // MARK: - The filter

  private func filter(_ districts: [HTMLTally.District], to sink: inout ByteSink) {
    sink.write("<div class=\"filter\" role=\"search\" hidden>\n")
    sink.write("<div class=\"field\"><label for=\"find\">")
    sink.write(
      HTMLText.both("查找（可输入多个词，任意栏目）", "find (several words, in any column)")
        + "</label><input id=\"find\" type=\"search\" autocomplete=\"off\"></div>\n")
    var verdicts: [(String, Bilingual)] = []
    for (verdict, _) in HTMLSummary.verdicts(report) {
      verdicts.append((verdict.rawValue, verdict.word))
    }
    select("verdict", Bilingual(zh: "结论", en: "verdict"), verdicts, to: &sink)
    if districts.count > 1 {
      select(
        "district", Bilingual(zh: "区县", en: "district"),
        districts.map { ($0.name, Bilingual(zh: $0.name, en: $0.name)) }, to: &sink)
    }
    var options: [(String, Bilingual)] = []
    for rule in report.rules {
      let name = rules.name(rule.id)
      let hasName = name.zh != rule.id
      options.append(
        (
          rule.id,
          hasName
            ? Bilingual(zh: name.zh + " · " + rule.id, en: name.en + " · " + rule.id)
            : Bilingual(zh: rule.id, en: rule.id)
        ))
    }
    select("rule", Bilingual(zh: "须关注的规则", en: "rule in question"), options, to: &sink)
    for (id, zh, en) in [
      ("reset", "清除筛选", "clear the filter"), ("open", "全部展开", "open all"),
      ("close", "全部收起", "close all"),
    ] {
      sink.write("<button type=\"button\" id=\"\(id)\">\(HTMLText.both(zh, en))</button>\n")
    }
    sink.write("</div>\n")
    let count =
      hasWaiting
      ? Bilingual(zh: "第 ^–$ 件；所筛选的共 # 件，报告共 * 件", en: "^ to $ of # found; * in the report")
      : Bilingual(zh: "显示 # / * 件", en: "# of * shown")
    sink.write(
      "<p id=\"count\" role=\"status\" aria-live=\"polite\" data-zh=\"\(count.zh)\" data-en=\"\(count.en)\"></p>\n"
    )
    let paper =
      "<button type=\"button\" id=\"paper\">"
      + HTMLText.both("打印所筛选的全部", "print all that are found")
      + " (<span class=\"found\"></span>)</button>\n<span id=\"making\" hidden>"
      + "<span role=\"status\"><label for=\"made\">"
      + HTMLText.both("正在准备打印", "preparing for paper")
      + "</label></span><progress id=\"made\"></progress><button type=\"button\" id=\"stop\">"
      + HTMLText.both("停止", "stop") + "</button></span>\n"
    Self.pager(paper, isPaged: hasWaiting, to: &sink)
  }

  private func select(
    _ id: String, _ label: Bilingual, _ options: [(value: String, word: Bilingual)],
    to sink: inout ByteSink
  ) {
    sink.write("<div class=\"field\"><label for=\"\(id)\">\(HTMLText.both(label))</label>")
    sink.write("<select id=\"\(id)\" autocomplete=\"off\">")
    sink.write(
      HTMLText.swapped("option value=\"\"", Bilingual(zh: "全部", en: "all"), language))
    for option in options {
      let value = MarkupText.escaped(option.value)
      sink.write(HTMLText.swapped("option value=\"\(value)\"", option.word, language))
    }
    sink.write("</select></div>\n")
  }

  /// Steps through the pages of a long report.
  private static func pager(_ more: String = "", isPaged: Bool, to sink: inout ByteSink) {
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
}
