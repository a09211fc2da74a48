import Diagnostics

/// What decides, before the table: verdicts and districts, the tightest places, the most frequent grounds, what is missing and
/// from whom, and the map.
///
/// What filters the table by a click is a button that the script turns on; without scripts it is text.
struct HTMLSummary {
  private static let tightLimit = 8
  private static let groundLimit = 8
  private static let missingLimit = 12

  let report: Report
  let language: Language
  let rules: HTMLRuleNames
  let tally: HTMLTally

  /// The verdicts of a report in the order in which they are told.
  static func verdicts(_ report: Report) -> [(verdict: Verdict, count: Int)] {
    let summary = report.summary
    let isApplication = report.subjectType == .application
    return [
      (isApplication ? .admissible : .compliant, summary.admissible),
      (isApplication ? .refused : .noncompliant, summary.refused),
      (.review, summary.review), (.incomplete, summary.incomplete),
    ]
  }

  /// Opens a section that is named by its heading.
  static func open(_ id: String, _ zh: String, _ en: String, to sink: inout ByteSink) {
    sink.write("<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">")
    sink.write(HTMLText.both(zh, en) + "</h2>\n")
  }

  /// A button that filters by a value; a second click takes it back.
  static func pick(_ field: String, _ value: String, more: String = "") -> String {
    "<button type=\"button\" class=\"pick\" disabled aria-pressed=\"false\" data-pick=\"\(field)\""
      + " data-value=\"\(MarkupText.escaped(value))\"\(more)>"
  }

  func write(to sink: inout ByteSink) {
    Self.open("summary", "汇总", "summary", to: &sink)
    let count = Bilingual(zh: Wording.count(report, .zh), en: Wording.count(report, .en))
    sink.write(HTMLText.both(count, in: "p") + "\n<ul class=\"counts\">\n")
    for (verdict, count) in Self.verdicts(report) {
      sink.write("<li class=\"\(verdict.rawValue)\">" + Self.pick("verdict", verdict.rawValue))
      sink.write("<b>\(count)</b> " + HTMLText.both(verdict.word) + "</button></li>\n")
    }
    sink.write("</ul>\n")
    districts(to: &sink)
    sink.write("</section>\n")
    tightest(to: &sink)
    grounds(to: &sink)
    missing(to: &sink)
    if !tally.map.isEmpty {
      Self.open("map", "申请机构分布", "where the applicants are", to: &sink)
      tally.map.write(Self.verdicts(report).map(\.verdict), language, to: &sink)
      sink.write("</section>\n")
    }
  }

  /// The headings of the sections that it writes, for the list of contents.
  var sections: [(id: String, zh: String, en: String)] {
    var sections = [("summary", "汇总", "summary")]
    if !tight.isEmpty { sections.append(("tight", "名额余量", "places left")) }
    if !tally.grounds.isEmpty {
      sections.append(("grounds", "主要涉及的规则", "most frequent grounds"))
    }
    if !tally.missing.isEmpty { sections.append(("missing", "所缺资料", "what is missing")) }
    if !tally.map.isEmpty { sections.append(("map", "分布图", "map")) }
    return sections
  }

  // MARK: - Districts

  private func districts(to sink: inout ByteSink) {
    if tally.districts.count < 2 { return }
    let most = tally.districts.map(\.total).max() ?? 1
    sink.write("<ul class=\"bars districts\">\n")
    for district in tally.districts.sorted(by: { $0.total > $1.total }) {
      sink.write("<li>" + Self.pick("district", district.name))
      sink.write("<span lang=\"zh\">\(MarkupText.escaped(district.name))</span> ")
      sink.write("<b>\(district.total)</b>")
      var parts: [(String, Double)] = []
      for (verdict, _) in Self.verdicts(report) {
        parts.append((verdict.rawValue, Double(district.counts[verdict] ?? 0)))
      }
      sink.write(HTMLBar.svg(parts, of: Double(most)) + "</button></li>\n")
    }
    sink.write("</ul>\n")
  }

  // MARK: - Places

  /// The limits that somebody asks for and that are known, the tightest first.
  private var tight: [(number: Int, row: PlaceRow, share: Double)] {
    var rows: [(number: Int, row: PlaceRow, share: Double)] = []
    for (number, row) in report.places.enumerated() where !row.order.isEmpty {
      guard let limit = HTMLBar.number(row.limit), let left = HTMLBar.number(row.left) else {
        continue
      }
      rows.append((number, row, limit > 0 ? left / limit : 0))
    }
    return rows.sorted { $0.share != $1.share ? $0.share < $1.share : $0.number < $1.number }
  }

  private func tightest(to sink: inout ByteSink) {
    let tight = tight
    if tight.isEmpty { return }
    Self.open("tight", "名额余量（最紧的在前）", "places left, the tightest first", to: &sink)
    sink.write("<ul class=\"bars\">\n")
    for (number, row, _) in tight.prefix(Self.tightLimit) {
      let unit = Bilingual(zh: Wording.unit(row.unit, .zh), en: Wording.unit(row.unit, .en))
      let (left, limit) = (row.left ?? "", row.limit ?? "")
      let told = Bilingual(
        zh: "剩余 \(left) / \(limit) \(unit.zh)，\(row.order.count) 件竞争",
        en: "\(left) of \(limit) \(unit.en) left, \(row.order.count) compete")
      sink.write("<li>" + Self.pick("places", Self.value(row)))
      sink.write(HTMLText.both(row.scopeName) + " <b>\(HTMLText.both(told))</b>")
      sink.write(HTMLBar.svg(row))
      sink.write("</button> " + rules.link(row.rule))
      sink.write(" <a href=\"#p\(number)\">\(HTMLText.both("详见", "more"))</a></li>\n")
    }
    sink.write("</ul>\n" + HTMLBar.legend)
    let rest = report.places.count - min(tight.count, Self.tightLimit)
    if rest > 0 {
      let more = Bilingual(
        zh: "其余 \(rest) 项限额（含数量不明的）见名额使用情况",
        en: "the other \(rest) limits, unknown ones among them, are in the table of places")
      sink.write("<p><a href=\"#places\">\(HTMLText.both(more))</a></p>\n")
    }
    sink.write("</section>\n")
  }

  /// What the address calls a scope.
  static func value(_ row: PlaceRow) -> String { row.rule + " " + row.scope }

  // MARK: - Grounds

  private func grounds(to sink: inout ByteSink) {
    let counted = tally.grounds.sorted {
      $0.value != $1.value
        ? $0.value > $1.value
        : (rules.number($0.key), $0.key) < (rules.number($1.key), $1.key)
    }
    guard let most = counted.first?.value else { return }
    Self.open("grounds", "主要涉及的规则", "most frequent grounds", to: &sink)
    sink.write("<ul class=\"bars\">\n")
    for (rule, count) in counted.prefix(Self.groundLimit) {
      let told = Bilingual(
        zh: "\(count) \(report.subjectType == .application ? "件" : "个对象")", en: "\(count)")
      sink.write("<li>" + Self.pick("rule", rule) + rules.label(rule))
      sink.write(" <b>\(HTMLText.both(told))</b>")
      sink.write(HTMLBar.svg([("taken", Double(count))], of: Double(most)) + "</button></li>\n")
    }
    sink.write("</ul>\n")
    rest(counted.count - Self.groundLimit, to: &sink)
    sink.write("</section>\n")
  }

  private func rest(_ count: Int, to sink: inout ByteSink) {
    if count <= 0 { return }
    sink.write("<p>\(HTMLText.both("另有 \(count) 项", "\(count) more"))</p>\n")
  }

  // MARK: - What is missing

  private func missing(to sink: inout ByteSink) {
    if tally.missing.isEmpty { return }
    Self.open("missing", "所缺资料及提供者", "what is missing, and from whom", to: &sink)
    for holder in MissingDatum.Holder.allCases {
      let all = tally.missing.enumerated().filter { $0.element.datum.holder == holder }
      if all.isEmpty { continue }
      let heading = HTMLMissing.heading(holder)
      sink.write("<h3>\(HTMLText.both(heading))</h3>\n<ul class=\"bars\">\n")
      let sorted = all.sorted {
        $0.element.count != $1.element.count
          ? $0.element.count > $1.element.count : $0.offset < $1.offset
      }
      for (number, missing) in sorted.prefix(Self.missingLimit) {
        let told = Bilingual(zh: "\(missing.count) 件", en: "\(missing.count)")
        sink.write(
          "<li>" + Self.pick("missing", missing.key, more: " data-number=\"\(number)\""))
        sink.write(HTMLText.both(missing.datum.name))
        sink.write(" <small>\(MarkupText.escaped(missing.key))</small>")
        sink.write(" <b>\(HTMLText.both(told))</b></button></li>\n")
      }
      sink.write("</ul>\n")
      rest(all.count - Self.missingLimit, to: &sink)
    }
    sink.write("</section>\n")
  }
}

/// From whom something is missing, in words.
enum HTMLMissing {
  static func holder(_ datum: MissingDatum) -> Bilingual {
    switch datum.holder {
    case .applicant: Bilingual(zh: "由申请人补正", en: "from the applicant")
    case .authority: Bilingual(zh: "由受理单位核实", en: "from the authority")
    }
  }

  static func heading(_ holder: MissingDatum.Holder) -> Bilingual {
    switch holder {
    case .applicant: Bilingual(zh: "须由申请人补正", en: "from the applicants")
    case .authority: Bilingual(zh: "须由受理单位核实", en: "from the authority")
    }
  }
}

extension PlaceRow {
  /// The scope in words.
  var scopeName: Bilingual { scopeWord ?? Bilingual(zh: scope, en: scope) }
}
