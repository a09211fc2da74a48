import Diagnostics

/// One finding on the page: what was found, the place in the input, the law, the drawing, and what else a clerk needs.
///
/// Findings that somebody has to look at are written out; those that hold, are exempt or do not apply take a line each, with a
/// link to their rule, so that a page of ten thousand applications stays one that opens.
struct HTMLFinding {
  /// The neighbours that are listed, nearest first; JSON has more.
  static let neighbourLimit = 20

  let finding: Finding
  /// The page's own language, which stands where only one can.
  let language: Language
  /// What the page calls its rule.
  let rules: HTMLRuleNames
  /// What stands at a path that it needs, in words; nil where nothing says.
  var missing: ((String) -> MissingDatum)?

  /// The whole of it, with what the input says at its place; without a place where the reader has no file before him.
  func article(at place: (name: String, token: Snippet)?, to sink: inout ByteSink) {
    sink.write("<article class=\"\(finding.outcome.rawValue)\">\n<h4><b class=\"outcome\">")
    sink.write(HTMLText.both(finding.outcomeWord))
    sink.write("</b> " + rules.link(finding.rule))
    if let part = rules.part(finding) { sink.write(" <small>\(MarkupText.escaped(part))</small>") }
    if let category = finding.category {
      let words = Bilingual(
        zh: Wording.category(category, .zh), en: Wording.category(category, .en))
      sink.write(" <small>\(HTMLText.both(words))</small>")
    }
    sink.write("</h4>\n")
    sink.write(HTMLText.both(statement, in: "p", class: "message") + "\n")
    if let place {
      let token = place.token
      sink.write("<p class=\"place\"><code>\(MarkupText.escaped(place.name))</code> ")
      sink.write("<code lang=\"zh\">" + MarkupText.escaped(token.before))
      sink.write("<mark>\(MarkupText.escaped(token.token))</mark>")
      sink.write(MarkupText.escaped(token.after) + "</code></p>\n")
    }
    for citation in laws { HTMLFinding.law(citation, to: &sink) }
    figure(to: &sink)
    for language in Language.allCases { facts(language, to: &sink) }
    sink.write("</article>\n")
  }

  /// One line, with the arithmetic and the drawing where there are any.
  func line(to sink: inout ByteSink) {
    sink.write("<li class=\"\(finding.outcome.rawValue)\">\(rules.link(finding.rule)) ")
    sink.write(HTMLText.both(statement))
    for language in Language.allCases {
      let considered =
        finding.exemption == nil
        ? [] : FindingFact.considered(finding, language, withID: false)
      let more = FindingFact.arithmetic(finding, language) + considered
      if more.isEmpty { continue }
      sink.write(" " + HTMLText.opening("small", language))
      sink.write(MarkupText.escaped(more.joined(separator: language == .zh ? "；" : "; ")))
      sink.write("</small>")
    }
    if !finding.neighbours.isEmpty { figure(to: &sink) }
    sink.write("</li>\n")
  }

  /// A sentence of a document with its place and how binding it is.
  static func law(_ citation: Citation, to sink: inout ByteSink) {
    let place =
      citation.place.isEmpty ? citation.document : citation.document + " " + citation.place
    sink.write("<blockquote>")
    if !citation.quote.isEmpty {
      sink.write("<p lang=\"zh\">“\(MarkupText.escaped(citation.quote))”</p>")
    }
    sink.write("<footer><cite lang=\"zh\">\(MarkupText.escaped(place))</cite> <span class=\"tag\">")
    sink.write(HTMLText.both(citation.modality.word) + "</span></footer></blockquote>\n")
  }

  private var statement: Bilingual {
    Bilingual(zh: finding.statement(.zh), en: finding.statement(.en))
  }

  /// What the finding cites, then the exemptions and exceptions that it turns on.
  private var laws: [Citation] {
    var laws = finding.citations
    for consideration in finding.considered + (finding.exemption.map { [$0] } ?? [])
    where consideration.holds != .no && !laws.contains(consideration.citation) {
      laws.append(consideration.citation)
    }
    return laws
  }

  /// What differs by language; law, category and neighbours stand elsewhere.
  private func facts(_ language: Language, to sink: inout ByteSink) {
    let facts = FindingFact.of(finding, language).filter {
      switch $0.kind {
      case .neighbours: finding.lacksRegistry
      case .category, .basis, .exemptions: false
      // The message names them.
      case .hangsOn: false
      case .arithmetic, .rank, .needs, .waiver, .ruling, .reconstructed, .remedy, .cure: true
      }
    }
    let considered = considered(language)
    if facts.isEmpty, considered.isEmpty { return }
    sink.write(HTMLText.opening("dl", language))
    var isListed = considered.isEmpty
    for fact in facts {
      // The remedy is the last word.
      if fact.kind == .remedy, !isListed { self.considered(considered, language, to: &sink) }
      isListed = isListed || fact.kind == .remedy
      sink.write(fact.kind == .remedy ? "<div class=\"remedy\">" : "<div>")
      sink.write("<dt>\(fact.kind.label[language])</dt>")
      if fact.kind == .needs, let missing {
        for path in finding.needs { need(path, missing(path), language, to: &sink) }
        sink.write("</div>")
      } else {
        sink.write("<dd>\(MarkupText.escaped(fact.text))</dd></div>")
      }
    }
    if !isListed { self.considered(considered, language, to: &sink) }
    sink.write("</dl>\n")
  }

  /// What is missing in words and from whom, its path small beside it.
  private func need(
    _ path: String, _ datum: MissingDatum, _ language: Language, to sink: inout ByteSink
  ) {
    let holder = HTMLMissing.holder(datum)[language]
    let words = datum.name[language] + (language == .zh ? "（\(holder)）" : " (\(holder))")
    sink.write("<dd>\(MarkupText.escaped(words)) <small>\(MarkupText.escaped(path))</small></dd>")
  }

  /// The exemptions and exceptions looked at: what was found, and the id small beside it.
  private func considered(_ language: Language) -> [String] {
    let lines = FindingFact.considered(finding, language, withID: false)
    return zip(FindingFact.allConsidered(finding), lines).map { consideration, line in
      MarkupText.escaped(line) + " <small>\(MarkupText.escaped(consideration.id))</small>"
    }
  }

  /// - Parameter lines: as markup.
  private func considered(_ lines: [String], _ language: Language, to sink: inout ByteSink) {
    sink.write("<div><dt>\(FindingFact.Kind.exemptions.label[language])</dt>")
    for line in lines { sink.write("<dd>\(line)</dd>") }
    sink.write("</div>")
  }

  private func figure(to sink: inout ByteSink) {
    let drawing = CircleDrawing(finding)
    if drawing == nil, finding.neighbours.isEmpty { return }
    sink.write("<figure>")
    if let drawing {
      sink.write(drawing.svg(language))
      sink.write("<figcaption>\(HTMLText.both(drawing.caption))<br>\(legend)</figcaption>")
    }
    if !finding.neighbours.isEmpty {
      let listed = (drawing?.neighbours ?? finding.neighbours).prefix(Self.neighbourLimit)
      sink.write("<ol>")
      for neighbour in listed {
        sink.write("<li>" + Self.neighbour(neighbour) + "</li>")
      }
      sink.write("</ol>")
      let rest = finding.neighbours.count + finding.moreNeighbours - listed.count
      if rest > 0 { sink.write("<p>\(HTMLText.both("另有 \(rest) 家未列出", "\(rest) more"))</p>") }
    }
    sink.write("</figure>\n")
  }

  private var legend: String {
    if finding.lacksRegistry {
      return HTMLText.both(
        "▲ 申请机构　◆ 圆内本批申请　○ 圆外机构", "▲ applicant  ◆ applicant of this batch  ○ outside")
    }
    return HTMLText.both(
      "▲ 申请机构　● 圆内已定点机构　◆ 圆内本批申请　○ 圆外机构",
      "▲ applicant  ● designated  ◆ applicant of this batch  ○ outside")
  }

  private static func neighbour(_ neighbour: Neighbour) -> String {
    var text = "<code>\(MarkupText.escaped(neighbour.id))</code>"
    if !neighbour.name.isEmpty, neighbour.name != neighbour.id {
      text += " <span lang=\"zh\">\(MarkupText.escaped(neighbour.name))</span>"
    }
    text += " <b>\(FixedDecimal.metres(neighbour.distanceMetres)) m</b>"
    if neighbour.uncertaintyMetres > 0 {
      text += " ± \(FixedDecimal.metres(neighbour.uncertaintyMetres)) m"
    }
    if neighbour.isApplicant { text += " <small>\(HTMLText.both("本批申请", "this batch"))</small>" }
    return text
  }
}
