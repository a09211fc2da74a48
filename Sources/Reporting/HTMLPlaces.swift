import Diagnostics

/// The quota table of the page: each limit and scope in words, with a bar, and the order of merit.
struct HTMLPlaces {
  let report: Report
  let rules: HTMLRuleNames
  let anchors: HTMLAnchors
  /// Whether the report is shown a page at a time.
  let isPaged: Bool

  func write(to sink: inout ByteSink) {
    if report.places.isEmpty { return }
    HTMLSummary.open("places", QuotaTable.title(.zh), QuotaTable.title(.en), to: &sink)
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
      sink.write("<tr id=\"p\(number)\"><th scope=\"row\">\(rules.link(place.rule))</th><td>")
      sink.write(pick(place) + HTMLText.both(place.scopeName))
      sink.write(HTMLBar.svg(place) + "</button>")
      if place.scopeName.zh != place.scope {
        sink.write(" <small>\(MarkupText.escaped(place.scope))</small>")
      }
      sink.write("</td>")
      // Rule and scope stand before these columns, the order after them.
      let cells = zip(zh.rows[number].dropFirst(2).dropLast(), en.rows[number].dropFirst(2))
      for (zh, en) in cells { sink.write("<td>\(HTMLText.both(zh, en))</td>") }
      sink.write("<td>")
      order(place.order, to: &sink)
      sink.write("</td></tr>\n")
    }
    sink.write("</tbody>\n</table>\n</div>\n\(HTMLBar.legend)</section>\n")
  }

  /// The button that leaves those that compete in a scope, by their rows.
  private func pick(_ row: PlaceRow) -> String {
    let rows = row.order.compactMap { anchors.place(of: $0)?.row }
    let listed = rows.map(String.init).joined(separator: " ")
    return HTMLSummary.pick(
      "places", HTMLSummary.value(row), more: " data-rows=\"\(listed)\"")
  }

  /// The order of merit: the first with links, the rest as text that opens.
  private func order(_ ids: [String], to sink: inout ByteSink) {
    if ids.isEmpty { return sink.write("-") }
    for (rank, id) in ids.prefix(QuotaTable.orderLimit).enumerated() {
      if rank > 0 { sink.write(" &gt; ") }
      if let place = anchors.place(of: id) {
        sink.write("<a href=\"#\(place.anchor)\">\(MarkupText.escaped(id))</a>")
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
}
