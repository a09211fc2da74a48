package import Diagnostics

/// A map of gaps as one page without a network or a script: what was asked, the map, the gaps, the places left, the law.
///
/// It has the style of ``HTMLPage`` and a little of its own; a test holds the digest of that.
package struct GapPage {
  package static let styleDigest = "//1+r7g/6Lg9nkL8Uqa2GxCaSvvjXN0Tup/GvS7W8vw="
  package static let style = """
    .gaps { width: 100%; height: auto; border: 1px solid var(--line); background: var(--ground); }
    .gaps .area { fill: var(--raised); stroke: var(--muted); stroke-width: 1; fill-rule: evenodd; }
    .gaps .free { fill: var(--good); fill-opacity: .35; stroke: var(--good); stroke-width: .8; fill-rule: evenodd; }
    .gaps .site { fill: var(--doubt); fill-opacity: .5; stroke: none; fill-rule: evenodd; }
    .gaps .missing { fill: var(--gap); fill-opacity: .35; stroke: none; fill-rule: evenodd; }
    .gaps a:hover .free, .gaps a:focus .free, .gaps .free:target { fill-opacity: .7; stroke-width: 2.5; }
    .gaps .place { fill: var(--ink); } .gaps .scale { stroke: var(--ink); stroke-width: 1.5; fill: none; } .gaps .north { fill: var(--ink); }
    .gaps text { font: 12px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
    .gaps text.left { text-anchor: start; }
    .key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; } .key b { font-size: 1.1em; }
    .key .free { color: var(--good); } .key .site { color: var(--doubt); } .key .missing { color: var(--gap); }
    tr:target { background: var(--mark); } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    @media print { .gaps { max-height: 22cm; } }

    """

  private let report: GapReport
  private let language: Language

  package static func write(_ report: GapReport, _ language: Language, to sink: inout ByteSink) {
    let page = GapPage(report: report, language: language)
    page.head(to: &sink)
    page.rules(to: &sink)
    for number in report.scenarios.indices { page.map(number, to: &sink) }
    page.places(to: &sink)
    page.elsewhere(to: &sink)
    page.foot(to: &sink)
  }

  // MARK: Head

  private func head(to sink: inout ByteSink) {
    let title = Bilingual(
      zh: report.tenantName.zh + "：" + report.kind.label.zh + "空白分布",
      en: report.tenantName.en + ": where a newcomer would pass (" + report.kind.label.en + ")")
    StaticPage.open(title, language, style: (Self.style, Self.styleDigest), to: &sink)
    let profile = report.profile
    if let zh = Wording.notice(profile, .zh), let en = Wording.notice(profile, .en) {
      notice(Bilingual(zh: zh, en: en), to: &sink)
    }
    if let unplaced = GapWording.unplaced(report) { notice(unplaced, to: &sink) }
    sink.write("<dl class=\"facts\">\n")
    let span = Bilingual(zh: Wording.span(profile, .zh), en: Wording.span(profile, .en))
    definition(
      HTMLText.both("依据文件", "document"),
      "<span lang=\"zh\">\(MarkupText.escaped(profile.document))</span>", to: &sink)
    definition(
      HTMLText.both("政策档案", "profile"),
      "<code>\(MarkupText.escaped(profile.id))</code> " + HTMLText.both(span), to: &sink)
    definition(HTMLText.both("决定日期", "as of"), MarkupText.escaped(report.asOf), to: &sink)
    definition(
      HTMLText.both("拟新增机构", "newcomer"), HTMLText.both(GapWording.newcomer(report)), to: &sink)
    definition(HTMLText.both("范围", "area"), HTMLText.both(GapWording.boundary(report)), to: &sink)
    for assumption in report.assumptions {
      definition(HTMLText.both("设定", "taken"), HTMLText.both(assumption), to: &sink)
    }
    for caveat in GapWording.caveats {
      definition(HTMLText.both("说明", "note"), HTMLText.both(caveat), to: &sink)
    }
    sink.write("</dl>\n</header>\n<main>\n")
  }

  private func notice(_ text: Bilingual, to sink: inout ByteSink) {
    sink.write("<div class=\"notice\" role=\"note\">" + HTMLText.both(text, in: "p") + "</div>\n")
  }

  private func definition(_ term: String, _ text: String, to sink: inout ByteSink) {
    sink.write("<div><dt>\(term)</dt><dd>\(text)</dd></div>\n")
  }

  private func section(_ id: String, _ title: Bilingual, to sink: inout ByteSink) {
    sink.write(
      "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">" + HTMLText.both(title) + "</h2>\n")
  }

  // MARK: Law

  private func rules(to sink: inout ByteSink) {
    section("rules", Bilingual(zh: "决定位置的规则", en: "the rules that decide on the place"), to: &sink)
    if report.rules.isEmpty {
      sink.write(
        HTMLText.both(
          Bilingual(
            zh: "政策档案没有以圆限制此类机构位置的规则：范围内处处可行，只看名额和其他规则",
            en:
              "no rule of the profile limits the place of such an institution by a circle: any site in the area will do, by places and the other rules"
          ), in: "p"))
    }
    for (number, rule) in report.rules.enumerated() {
      let demand = GapWording.demand(rule, limits: report.scenarios.map { $0.limits[number] })
      sink.write("<div class=\"rule\"><p><code>\(MarkupText.escaped(rule.rule))</code> ")
      if let category = rule.category { sink.write(HTMLText.both(category.label) + " ") }
      sink.write(HTMLText.both(demand) + " <small>")
      sink.write(
        HTMLText.both("计入名册机构 \(rule.counted) 家", "\(rule.counted) of the registry count"))
      sink.write("</small></p>\n")
      for citation in rule.citations { law(citation, to: &sink) }
      sink.write("</div>\n")
    }
    for reading in report.readings {
      sink.write("<p class=\"reading\"><code>\(MarkupText.escaped(reading.name))</code> = ")
      sink.write(HTMLText.both(reading.value) + " " + HTMLText.both(reading.explanation) + "</p>\n")
    }
    sink.write("</section>\n")
  }

  private func law(_ citation: Citation, to sink: inout ByteSink) {
    sink.write(
      "<blockquote lang=\"zh\"><p>“\(MarkupText.escaped(citation.quote))”</p><footer><cite>"
        + MarkupText.escaped(citation.inTitleMarks) + "</cite></footer></blockquote>\n")
  }

  // MARK: Maps

  private func map(_ number: Int, to sink: inout ByteSink) {
    let scenario = report.scenarios[number]
    let name = GapWording.scenario(scenario)
    section(
      "map\(number + 1)",
      Bilingual(
        zh: "空白分布图" + (name.map { "：" + $0.zh } ?? ""),
        en: "map" + (name.map { ": " + $0.en } ?? "")),
      to: &sink)
    sink.write(
      HTMLText.both(
        Bilingual(
          zh: GapWording.count(scenario, .zh), en: GapWording.count(scenario, .en)), in: "p"))
    GapDrawing(report, scenario: number)?.write(language, to: &sink)
    sink.write("<ul class=\"key\">")
    for (kind, outcome) in [("free", Outcome.pass), ("site", .review), ("missing", .unknown)]
    where scenario.gaps.contains(where: { $0.outcome == outcome }) {
      sink.write(
        "<li><b class=\"\(kind)\">■</b> " + HTMLText.both(GapWording.outcome(outcome)) + "</li>")
    }
    sink.write(
      "<li><b>•</b> "
        + HTMLText.both(
          "计入的定点机构 \(report.institutions.count) 家",
          "\(report.institutions.count) institutions that count") + "</li></ul>\n")
    if !scenario.needs.isEmpty {
      sink.write("<p>" + HTMLText.both("尚缺资料：", "data missing: "))
      sink.write("<code>\(MarkupText.escaped(scenario.needs.joined(separator: " ")))</code></p>\n")
    }
    gaps(scenario, to: &sink)
    sink.write("</section>\n")
  }

  private func gaps(_ scenario: GapReport.Scenario, to sink: inout ByteSink) {
    let free = scenario.gaps.filter { $0.outcome == .pass }
    if free.isEmpty {
      sink.write(
        HTMLText.both(Bilingual(zh: "范围内没有空白", en: "nothing in the area is free"), in: "p"))
      return
    }
    sink.write("<div class=\"wide\"><table>\n<thead><tr>")
    for (zh, en) in [
      ("空白", "gap"), ("面积", "size"), ("所在", "where"), ("代表点", "a point in it"),
      ("距边线（米）", "m to the edge"), ("最近的机构", "nearest institutions"),
    ] { sink.write("<th scope=\"col\">" + HTMLText.both(zh, en) + "</th>") }
    sink.write("</tr></thead>\n<tbody>\n")
    for gap in free {
      let id = MarkupText.escaped(gap.id)
      let size = Bilingual(
        zh: GapWording.area(gap.areaSquareMetres, .zh),
        en: GapWording.area(gap.areaSquareMetres, .en))
      let district = Bilingual(
        zh: GapWording.district(gap, report, .zh), en: GapWording.district(gap, report, .en))
      let near = Bilingual(
        zh: gap.nearest.map { GapWording.nearest($0, .zh) }.joined(separator: "；"),
        en: gap.nearest.map { GapWording.nearest($0, .en) }.joined(separator: "; "))
      sink.write(
        "<tr id=\"\(id)\"><th scope=\"row\" class=\"number\"><a href=\"#m\(id)\">\(id)</a></th>")
      sink.write("<td class=\"number\">" + HTMLText.both(size) + "</td><td>")
      sink.write(HTMLText.both(district) + "</td><td>\(GapWording.place(gap.pole))</td>")
      sink.write("<td class=\"number\">\(FixedDecimal.metres(gap.clearanceMetres))</td><td>")
      sink.write(HTMLText.both(near) + "</td></tr>\n")
    }
    sink.write("</tbody></table></div>\n")
  }

  // MARK: Places and the rest

  private func places(to sink: inout ByteSink) {
    section(
      "places", Bilingual(zh: "剩余名额（没有其他申请时）", en: "places left, nobody else applying"), to: &sink)
    if report.places.isEmpty {
      sink.write(
        HTMLText.both(
          Bilingual(zh: "没有可以列出的名额", en: "there are no places to list"), in: "p"))
    } else {
      let (zh, en) = (GapPlaceTable(report.places, .zh), GapPlaceTable(report.places, .en))
      sink.write("<div class=\"wide\"><table>\n<thead><tr>")
      for (zh, en) in zip(zh.header, en.header) {
        sink.write("<th scope=\"col\">" + HTMLText.both(zh, en) + "</th>")
      }
      sink.write("</tr></thead>\n<tbody>\n")
      for (zh, en) in zip(zh.rows, en.rows) {
        sink.write("<tr>")
        for (zh, en) in zip(zh, en) { sink.write("<td>" + HTMLText.both(zh, en) + "</td>") }
        sink.write("</tr>\n")
      }
      sink.write("</tbody></table></div>\n")
    }
    sink.write("</section>\n")
  }

  private func elsewhere(to sink: inout ByteSink) {
    let found = GapWording.elsewhere(report)
    if found.isEmpty { return }
    section(
      "others",
      Bilingual(
        zh: "名额和其他规则（没有其他申请时）", en: "places and the other rules, nobody else applying"),
      to: &sink)
    sink.write("<ul>\n")
    for place in found {
      let finding = place.finding
      sink.write("<li><code>\(MarkupText.escaped(finding.rule))</code> ")
      sink.write(HTMLText.both(place.text(.zh), place.text(.en)))
      if let exception = GapWording.inGaps(finding, report) {
        sink.write(" <small>" + HTMLText.both(exception) + "</small>")
      }
      if let zh = place.needs(.zh), let en = place.needs(.en) {
        sink.write(" <small>" + HTMLText.both("尚缺：" + zh, "needs: " + en) + "</small>")
      }
      sink.write("</li>\n")
    }
    sink.write("</ul>\n")
    for citation in report.law { law(citation, to: &sink) }
    sink.write("</section>\n")
  }

  private func foot(to sink: inout ByteSink) {
    section("replay", Bilingual(zh: "复核信息", en: "to replay"), to: &sink)
    sink.write("<dl class=\"digests\">\n")
    definition(
      MarkupText.escaped(report.profile.id), MarkupText.escaped(report.profile.sha256), to: &sink)
    for input in report.inputs {
      definition(
        MarkupText.escaped(input.path + " (" + input.role + ")"), MarkupText.escaped(input.sha256),
        to: &sink)
    }
    sink.write("</dl>\n</section>\n")
    StaticPage.close(version: report.version, to: &sink)
  }
}
