package import Diagnostics

/// A map of gaps for a terminal: what was asked, the law, the largest gaps first, the places left, and a count.
package struct GapTextReporter {
  /// So many gaps of each map are named.
  static let limit = 20

  private let report: GapReport
  private let language: Language
  private let style: TerminalStyle
  private var lines: [String] = []

  package static func text(_ report: GapReport, _ language: Language, isColored: Bool) -> String {
    var reporter = GapTextReporter(report, language, isColored)
    reporter.head()
    reporter.rules()
    for scenario in report.scenarios { reporter.gaps(of: scenario) }
    reporter.places()
    reporter.elsewhere()
    for scenario in report.scenarios {
      let title = GapWording.scenario(scenario).map {
        $0[language] + (language == .zh ? "：" : ": ")
      }
      reporter.line(
        reporter.style.strong(
          VisibleText.of((title ?? "") + GapWording.count(scenario, language))))
    }
    return reporter.lines.joined(separator: "\n") + "\n"
  }

  private init(_ report: GapReport, _ language: Language, _ isColored: Bool) {
    self.report = report
    self.language = language
    style = TerminalStyle(isColored: isColored)
  }

  private var isChinese: Bool { language == .zh }

  private mutating func line(_ text: String) { lines.append(text) }

  private mutating func entry(_ zh: String, _ en: String, _ text: String) {
    line((isChinese ? zh : en) + ": " + VisibleText.of(text))
  }

  private mutating func head() {
    let profile = report.profile
    line(
      style.strong("planlint " + VisibleText.of(report.version)) + "  "
        + VisibleText.of(report.tenantName[language]))
    let span = Wording.span(profile, language)
    entry(
      "政策档案", "profile",
      isChinese
        ? "\(profile.id)（\(span)）\(profile.document)"
        : "\(profile.id) (\(span)) \(profile.document)")
    if let notice = Wording.notice(profile, language) {
      line(
        style.severity(isChinese ? "注意" : "notice", .review) + ": " + VisibleText.of(notice))
    }
    entry("决定日期", "as of", report.asOf)
    entry("拟新增机构", "newcomer", GapWording.newcomer(report)[language])
    entry("范围", "area", GapWording.boundary(report)[language])
    for assumption in report.assumptions { entry("设定", "taken", assumption[language]) }
    if let unplaced = GapWording.unplaced(report) {
      line(
        style.severity(isChinese ? "未计入" : "not counted", .review) + ": "
          + VisibleText.of(unplaced[language]))
    }
    for caveat in GapWording.caveats { entry("说明", "note", caveat[language]) }
    line("")
  }

  private mutating func rules() {
    if report.rules.isEmpty {
      line(
        isChinese
          ? "政策档案没有以圆限制此类机构位置的规则：范围内处处可行，只看名额和其他规则"
          : "no rule of the profile limits the place of such an institution by a circle: any site in the area will do, by places and the other rules"
      )
      line("")
    }
    for (number, rule) in report.rules.enumerated() {
      let demand = GapWording.demand(rule, limits: report.scenarios.map { $0.limits[number] })
      let category =
        rule.category.map { isChinese ? "（\($0.label.zh)）" : " (\($0.label.en))" } ?? ""
      line(
        style.strong(VisibleText.of(rule.rule)) + " " + VisibleText.of(rule.name + category) + ": "
          + VisibleText.of(demand[language]))
      line(
        "  = " + (isChinese ? "计入名册机构 \(rule.counted) 家" : "\(rule.counted) of the registry count"))
      for citation in rule.citations {
        line("  = " + (isChinese ? "依据: " : "law: ") + VisibleText.of(law(citation)))
      }
    }
    for reading in report.readings {
      line(
        "  = " + (isChinese ? "读法: " : "reading: ")
          + VisibleText.of(
            "\(reading.name) = \(reading.value[language])" + (isChinese ? "：" : ": ")
              + reading.explanation[language]))
    }
    if !report.rules.isEmpty { line("") }
  }

  private func law(_ citation: Citation) -> String {
    isChinese
      ? "\(citation.document)\(citation.place) “\(citation.quote)”"
      : "\(citation.document) \(citation.place) “\(citation.quote)”"
  }

  private mutating func gaps(of scenario: GapReport.Scenario) {
    if let title = GapWording.scenario(scenario) {
      line(style.strong("== " + VisibleText.of(title[language])))
    }
    let free = scenario.gaps.filter { $0.outcome == .pass }
    if free.isEmpty { line(isChinese ? "范围内没有空白" : "nothing in the area is free") }
    for gap in free.prefix(Self.limit) {
      line(
        style.severity(gap.id, .pass) + "  " + GapWording.area(gap.areaSquareMetres, language)
          + "  "
          + VisibleText.of(GapWording.district(gap, report, language)))
      let (place, clearance) = (
        GapWording.place(gap.pole), FixedDecimal.metres(gap.clearanceMetres)
      )
      line(
        isChinese
          ? "    代表点 \(place)（距最近的边线 \(clearance) 米）"
          : "    at \(place) (\(clearance) m from the nearest edge)")
      if !gap.nearest.isEmpty {
        line(
          (isChinese ? "    最近的机构: " : "    nearest: ")
            + VisibleText.of(
              gap.nearest.map { GapWording.nearest($0, language) }
                .joined(separator: isChinese ? "；" : "; ")))
      }
    }
    if free.count > Self.limit {
      let rest = free.count - Self.limit
      line(
        isChinese
          ? "其余 \(rest) 处较小，见 --format geojson 或 html"
          : "\(rest) smaller ones are in --format geojson or html")
    }
    if !scenario.needs.isEmpty {
      entry("尚缺资料", "data missing", scenario.needs.joined(separator: isChinese ? "、" : ", "))
    }
    line("")
  }

  private mutating func places() {
    if report.places.isEmpty { return }
    line(style.strong(isChinese ? "剩余名额（没有其他申请时）" : "places left, nobody else applying"))
    for row in GapPlaceTable(report.places, language).lines() { line(row) }
    line("")
  }

  private mutating func elsewhere() {
    let found = GapWording.elsewhere(report)
    if found.isEmpty { return }
    line(
      style.strong(
        isChinese ? "名额和其他规则（没有其他申请时）" : "places and the other rules, nobody else applying"))
    for place in found {
      let finding = place.finding
      line(
        style.severity(
          Severity(finding.outcome).rawValue + "[" + VisibleText.of(finding.rule) + "]",
          finding.outcome) + ": " + VisibleText.of(finding.name + ": " + place.text(language)))
      if let exception = GapWording.inGaps(finding, report) {
        line("  = " + VisibleText.of(exception[language]))
      }
      if let needs = place.needs(language) {
        line("  = " + (isChinese ? "尚缺: " : "needs: ") + VisibleText.of(needs))
      }
    }
    for citation in report.law {
      line("  = " + (isChinese ? "依据: " : "law: ") + VisibleText.of(law(citation)))
    }
    line("")
  }
}

/// The places left, without what only a batch has.
struct GapPlaceTable {
  var header: [String]
  var rows: [[String]]

  init(_ places: [PlaceRow], _ language: Language) {
    let isChinese = language == .zh
    header =
      isChinese
      ? ["规则", "范围", "单位", "限额", "已用", "剩余"]
      : ["rule", "scope", "unit", "limit", "used", "left"]
    let absent = isChinese ? "不明" : "unknown"
    rows = places.map { row in
      [
        row.rule, row.scope, Wording.unit(row.unit, language),
        row.limit.map { Wording.range($0, language) } ?? absent,
        row.usedBefore.map { Wording.range($0, language) } ?? absent,
        row.left.map { Wording.range($0, language) } ?? absent,
      ]
    }
  }

  func lines() -> [String] {
    let shown = ([header] + rows).map { $0.map(VisibleText.of) }
    let widths = header.indices.map { column in
      shown.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    return shown.map { row in
      row.indices.map { column in
        column == row.count - 1
          ? row[column]
          : row[column]
            + String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]) + 2)
      }.joined()
    }
  }
}
