import Desk
import Diagnostics
import PlanlintKit

/// `/{city}/places`: each limit of a year with how many there may be, are used and are left, and the ledger behind it.
struct PlacesPage {
  private let call: PageCall
  private let city: String
  private let years: [Int]
  private let words: ApplicationWords
  private let year: Int?

  /// So many entries stand on one page.
  private static let entries = 100

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    self.city = city
    words = try ApplicationWords(call, city)
    years = try call.desk.years(try call.signedIn(), city)
    if let asked = call.request.value("year") {
      guard let number = Int(asked), years.contains(number) else { throw Refusal.absent }
      year = number
    } else {
      year = years.first
    }
  }

  func response() throws -> WebResponse {
    var body = Markup()
    if years.count > 1 {
      let links = years.map { other -> Markup in
        let current: Markup = other == year ? " aria-current=\"page\"" : ""
        return
          "<a href=\"\(call.href(.places(city), [("year", String(other))]))\"\(current)>\(other)</a>"
      }
      body += "<p>\(call.t("年度：", "year: "))\(links.joined(" "))</p>\n"
    }
    if let year {
      body += try limits(year)
    } else {
      body += "<p class=\"notice\">\(call.t("尚无生效的基础数据。", "no facts are in force."))</p>\n"
    }
    return call.page(call.t("名额台账", "places and ledger"), body + (try ledger()))
  }

  // MARK: - Limits

  private func limits(_ year: Int) throws -> Markup {
    let answer: Answer
    do {
      answer = try call.desk.places(try call.signedIn(), city, year: year)
    } catch let refusal as Refusal where refusal.kind == .unready {
      return "<p class=\"notice\">\(call.t(refusal.detail))</p>\n"
    }
    let names = try ruleNames()
    let rows = (answer.body["items"]?.items ?? []).map { row -> Markup in
      let rule = row["rule"]?.string ?? ""
      let advisory: Markup =
        row["advisory"] == true
        ? " <span class=\"tag\">\(call.t("仅作提示", "advisory"))</span>" : ""
      let unknown = call.t("不明", "unknown")
      return """
        <tr><th scope="row"><a href="\(call.href(.rules(city), fragment: rule))">\(names[rule].map { call.t($0) } ?? rule)</a> <small>\(rule)</small>\(advisory)</th><td>\(row["name"]?[call.language.rawValue]?.string ?? scope(row["scope"]?.string ?? ""))</td><td>\(call.t(Planlint.unitWord(row["unit"]?.string ?? "")))</td><td class="number">\(row["limit"]?.string ?? unknown)</td><td class="number">\(row["used"]?.string ?? unknown)</td><td class="number">\(row["left"]?.string ?? unknown)</td><td>\(meter(row))</td></tr>

        """
    }
    let heads = [
      call.t("限额", "limit of"), call.t("范围", "scope"), call.t("单位", "unit"),
      call.t("上限", "limit"), call.t("已用", "used"), call.t("余", "left"), call.t("使用", "use"),
    ]
    return """
      <section aria-labelledby="limits-heading"><h2 id="limits-heading">\(call.t("\(year) 年各项限额", "limits of \(year)"))</h2>
      \(call.table(call.t("按规则和区县：上限、已用与余额", "by rule and district: how many there may be, are used and are left"), heads, rows))</section>

      """
  }

  private func ruleNames() throws -> [String: Bilingual] {
    try RulesPage.names(call, city)
  }

  /// `huaibei 2026` as people say it: 全市 2026 年.
  private func scope(_ text: String) -> String {
    let parts = text.split(separator: " ").map { part -> String in
      if part == city { return call.t("全市", "the city") }
      if part.count == 4, Int(part) != nil { return call.t("\(part) 年", String(part)) }
      return words.text("requests", .text(String(part)))
    }
    return parts.joined(separator: " ")
  }

  private func meter(_ row: PlainValue) -> Markup {
    guard let limit = row["limit"]?.string.flatMap(Double.init), limit > 0,
      let used = row["used"]?.string.flatMap(Double.init)
    else { return "" }
    let share = min(100, max(0, Int((used / limit * 100).rounded())))
    let kind = used > limit ? "over" : "used"
    return """
      <svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="\(call.t("已用 \(share)%", "\(share)% used"))"><rect class="all" width="100" height="10"/><rect class="\(kind)" width="\(share)" height="10"/></svg>
      """
  }

  // MARK: - Ledger

  private func ledger() throws -> Markup {
    let caller = try call.signedIn()
    let after = call.request.value("after").flatMap { Int($0) } ?? 0
    let page = try call.desk.ledger(caller, city, after: max(0, after), limit: Self.entries)
    let voided = try call.desk.voided(
      caller, city, among: page.items.compactMap { $0["seq"]?.integer })
    let canVoid = call.may(.void)
    let heads =
      [
        call.t("序号", "entry"), call.t("时间", "when"), call.t("种类", "kind"),
        call.t("限额", "limit of"), call.t("范围", "scope"), call.t("数量", "take"),
        call.t("申请件", "case"), call.t("说明", "notes"),
      ] + (canVoid ? [call.t("撤销", "void")] : [])
    let rows = page.items.map { row($0, voided, canVoid) }
    let kept = call.request.query.filter { $0.name == "year" }.map { ($0.name, $0.value) }
    let last = try call.desk.city(caller, city)["ledger"]?.integer ?? 0
    let pager = call.pager(
      .places(city), kept, after: after, next: page.next, last: last, entries: Self.entries)
    let table: Markup =
      rows.isEmpty
      ? "<p>\(call.t("台账尚无条目。", "the ledger has no entry yet."))</p>\n"
      : call.table(
        call.t("按登记次序；条目只增不改", "in commit order; entries are only ever added"), heads, rows)
    return """
      <section aria-labelledby="ledger-heading"><h2 id="ledger-heading">\(call.t("台账", "ledger"))</h2>
      \(table)\(pager)      </section>

      """
  }

  private func row(_ entry: PlainValue, _ voided: Set<Int>, _ canVoid: Bool) -> Markup {
    let seq = entry["seq"]?.integer ?? 0
    let kind = entry["kind"]?.string ?? ""
    var filed: Markup = ""
    if let id = entry["case"]?.string, let round = entry["round"]?.string {
      filed =
        call.may(.readCases)
        ? "<a href=\"\(call.href(.filed(city, round, id)))\">\(id)</a>" : "\(id)"
    }
    var notes: [String] = []
    if entry["waived"] == true { notes.append(call.t("经裁量或批准例外", "by a ruling or waiver")) }
    if entry["advisory"] == true { notes.append(call.t("仅作提示", "advisory")) }
    if let of = entry["of"]?.integer {
      notes.append(call.t("撤销第 \(of) 条", "takes back entry \(of)"))
    }
    if let reason = entry["reason"]?.string { notes.append(reason) }
    if let document = entry["document"]?.string { notes.append(document) }
    let isVoided = voided.contains(seq)
    if isVoided { notes.append(call.t("已撤销", "taken back")) }
    let act: Markup =
      canVoid ? "<td>\(kind == "grant" && !isVoided ? form(seq) : "")</td>" : ""
    return """
      <tr><th scope="row" class="number">\(seq)</th><td class="nowrap">\(call.moment(entry["at"]?.string ?? ""))</td><td>\(call.t(PageWords.entry(kind)))</td><td class="nowrap">\(entry["rule"]?.string ?? "")</td><td>\(scope(entry["scope"]?.string ?? ""))</td><td class="number">\(entry["take"]?.integer ?? 0)</td><td class="nowrap">\(filed)</td><td class="long">\(notes.joined(separator: call.t("；", "; ")))</td>\(act)</tr>

      """
  }

  private func form(_ seq: Int) -> Markup {
    let title = call.t("撤销", "void")
    let form = call.form(
      .void, id: "void-\(seq)", hidden: [("seq", String(seq))],
      submit: call.t("撤销该申请件的全部名额", "take back all that the case was given"), isGrave: true
    ) { form in
      form.area("reason", call.t("理由", "reason"))
        + form.line("document", call.t("文号", "document"), isRequired: true)
    }
    return call.folded(title + " \(seq)", "void-\(seq)", form)
  }
}
