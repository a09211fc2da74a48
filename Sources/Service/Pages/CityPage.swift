import Desk
import Diagnostics
import PlanlintKit

/// `/{city}`: what waits for whom, the rounds, what is in force, and, for an administrator, the accounts.
struct CityPage {
  private let call: PageCall
  private let city: String
  private let told: PlainValue

  /// So many rounds are listed, the last first.
  private static let most = 200

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    self.city = city
    told = try call.desk.city(try call.signedIn(), city)
  }

  func response() throws -> WebResponse {
    var body = Markup()
    if told["servable"] != true {
      let text = call.t(
        "尚无生效的基础数据或定点机构名册，暂不能审核；由政策角色在下方上传。",
        "no facts or no registry are in force, so nothing can be decided; the policy officer uploads them below."
      )
      body += "<p class=\"notice\">\(text)</p>\n"
    }
    if call.may(.readRounds) { body += try rounds() }
    body += inForce()
    if call.may(.putFacts) { body += uploads() }
    if call.may(.manageAccounts) { body += try AccountSection(call, city).markup() }
    return call.page(told["name"]?.string ?? city, body)
  }

  // MARK: - Rounds

  private func rounds() throws -> Markup {
    let caller = try call.signedIn()
    var all: [PlainValue] = []
    var after = 0
    while true {
      let page = try call.desk.rounds(caller, city, after: after, limit: 1_000)
      all += page.items
      guard let next = page.next else { break }
      after = next
    }
    let listed = all.reversed().prefix(Self.most)
    let live = try listed.filter {
      ["open", "closed", "published"].contains($0["state"]?.string ?? "")
    }.prefix(20).map { try RoundSummary(call, city, $0) }
    var body: Markup =
      "<section aria-labelledby=\"queue-heading\"><h2 id=\"queue-heading\">\(call.t("待办", "queue"))</h2>\n"
    if live.isEmpty {
      body += "<p>\(call.t("没有进行中的批次。", "no round is under way."))</p>\n"
    }
    for summary in live { body += waiting(summary) }
    body += "</section>\n"
    body += """
      <section aria-labelledby="rounds-heading"><h2 id="rounds-heading">\(call.t("批次", "rounds"))</h2>

      """
    if call.may(.openRound) { body += open() }
    if !all.isEmpty { body += table(Array(listed)) }
    return body + "</section>\n"
  }

  private func waiting(_ summary: RoundSummary) -> Markup {
    guard let next = summary.next else { return "" }
    var items: [Markup] = []
    let obstacles = summary.obstacles(call)
    let ready: Markup =
      obstacles.isEmpty
      ? "<strong>\(call.t("可由本账号办理", "this account can do it"))</strong>"
      : "\(obstacles.joined(separator: call.t("；", "; ")))"
    items.append("<li>\(call.t("下一步：", "next: "))\(call.t(next.words))<br>\(ready)</li>\n")
    for filed in summary.cases(in: "correction").prefix(20) {
      items.append("<li>\(link(filed, summary)) \(call.t("待补正", "in correction"))</li>\n")
    }
    for filed in summary.undecided.prefix(20) where filed["state"]?.string != "correction" {
      let word = PageWords.verdict(RoundSummary.verdict(filed) ?? "")
      items.append("<li>\(link(filed, summary)) \(call.t(word))</li>\n")
    }
    return """
      <h3><a href="\(call.href(.round(city, summary.id)))">\(summary.title)</a> <span class="tag \(summary.state)">\(call.t(PageWords.round(summary.state)))</span></h3>
      <ul>
      \(items)</ul>

      """
  }

  private func link(_ filed: PlainValue, _ summary: RoundSummary) -> Markup {
    let id = filed["id"]?.string ?? ""
    return
      "<a href=\"\(call.href(.filed(city, summary.id, id)))\">\(filed["application"]?["name"]?.string ?? id)</a>"
  }

  private func open() -> Markup {
    let year = told["year"]?.integer.map(String.init) ?? ""
    let form = call.form(.rounds, submit: call.t("开启", "open")) { form in
      """
      <div class="fields">
      \(form.line("year", call.t("年度", "year"), value: year, type: "number", isRequired: true))\(form.line("title", call.t("批次名称", "title"), isRequired: true))</div>

      """
    }
    return call.folded(call.t("开启新批次", "open a new round"), "rounds", form)
  }

  private func table(_ rounds: [PlainValue]) -> Markup {
    let rows = rounds.map { round -> Markup in
      let (id, state) = (round["id"]?.string ?? "", round["state"]?.string ?? "")
      return """
        <tr><th scope="row"><a href="\(call.href(.round(city, id)))">\(round["title"]?.string ?? id)</a></th><td><code>\(id)</code></td><td class="number">\(round["year"]?.integer ?? 0)</td><td><span class="tag \(state)">\(call.t(PageWords.round(state)))</span></td><td class="nowrap">\(round["as_of"]?.string ?? "")</td><td>\(round["opened"]?["by"]?.string ?? "")</td><td class="nowrap">\(call.moment(round["opened"]?["at"]?.string ?? ""))</td></tr>

        """
    }
    let heads = [
      call.t("名称", "title"), call.t("编号", "id"), call.t("年度", "year"), call.t("状态", "state"),
      call.t("决定日期", "decided as of"), call.t("开启人", "opened by"), call.t("开启时间", "opened"),
    ]
    return call.table(call.t("各批次，新的在前", "the rounds, the last first"), heads, rows)
  }

  // MARK: - What is in force

  private func inForce() -> Markup {
    func digest(_ name: String) -> Markup {
      told[name]?.string.map { "<code>\(String($0.prefix(16)))…</code>" }
        ?? "\(call.t("无", "none"))"
    }
    let api = "/api/v1/cities/\(city.percentEncoded)"
    var facts = digest("facts")
    var registry = digest("registry")
    if call.may(.readFacts) {
      if let year = told["year"]?.integer {
        facts +=
          " <a href=\"\(api)/facts/\(year)\" download>\(call.t("下载 \(year) 年基础数据", "download the facts of \(year)"))</a>"
      }
      if told["registry"]?.string != nil {
        registry +=
          " <a href=\"\(api)/registry?effective=true\" download=\"registry.csv\">\(call.t("下载现行名册（含新纳入者）", "download the registry with newcomers"))</a>"
      }
    }
    return """
      <section aria-labelledby="force-heading"><h2 id="force-heading">\(call.t("现行依据", "in force"))</h2>
      <dl>
      <div><dt>\(call.t("政策档案", "profile"))</dt><dd><code>\(told["profile"]?.string ?? call.t("无", "none"))</code></dd></div>
      <div><dt>\(call.t("年度", "year"))</dt><dd>\(told["year"]?.integer.map(String.init) ?? call.t("无", "none"))</dd></div>
      <div><dt>\(call.t("基础数据", "facts"))</dt><dd>\(facts)</dd></div>
      <div><dt>\(call.t("定点机构名册", "registry"))</dt><dd>\(registry)</dd></div>
      <div><dt>\(call.t("台账位置", "ledger"))</dt><dd>\(call.t("第 \(told["ledger"]?.integer ?? 0) 条", "entry \(told["ledger"]?.integer ?? 0)"))</dd></div>
      </dl>
      </section>

      """
  }

  private func uploads() -> Markup {
    let year = told["year"]?.integer.map(String.init) ?? ""
    let facts = call.form(.facts, isUpload: true, submit: call.t("启用", "put in force")) { form in
      """
      <div class="fields">
      \(form.line("year", call.t("年度", "year"), value: year, type: "number", isRequired: true))\(file(form))\(form.line("reason", call.t("更正期初的理由", "reason of a correction"), hint: call.t("仅在更正期初余额时填写", "only where the opening balance is corrected")))\(form.line("document", call.t("更正的文号", "document of a correction")))</div>

      """
    }
    let registry = call.form(.registry, isUpload: true, submit: call.t("启用", "put in force")) {
      file($0)
    }
    return """
      <section aria-labelledby="uploads-heading"><h2 id="uploads-heading">\(call.t("上传", "upload"))</h2>
      \(call.folded(call.t("基础数据", "facts of a year"), "facts", facts))\(call.folded(call.t("定点机构名册", "registry"), "registry", registry))</section>

      """
  }

  private func file(_ form: PageForm) -> Markup {
    form.line(
      "file", call.t("文件", "file"), type: "file", isRequired: true,
      hint: call.t("xlsx、csv、yaml 或 json", "xlsx, csv, yaml or json"))
  }
}

extension PageCall {
  /// A table that can be moved sideways where it is wider than the page.
  func table(_ caption: String, _ heads: [String], _ rows: [Markup], id: String? = nil) -> Markup {
    let cells = heads.map { "<th scope=\"col\">\($0)</th>" as Markup }
    let named: Markup = id.map { " id=\"\($0)\"" as Markup } ?? ""
    return """
      <div class="wide" role="region" aria-label="\(caption)" tabindex="0"><table\(named)>
      <caption>\(caption)</caption>
      <thead><tr>\(cells)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  /// The ways through a long list that is shown in parts, by the numbers of its entries.
  func pager(
    _ address: PageAddress, _ kept: [(String, String)], after: Int, next: Int?, last: Int,
    entries: Int
  ) -> Markup {
    var links: [Markup] = []
    func link(_ after: Int?, _ text: String) {
      let query = kept + (after.map { [("after", String($0))] } ?? [])
      links.append("<a href=\"\(href(address, query))\">\(text)</a>")
    }
    if after > 0 { link(nil, t("回到开头", "to the beginning")) }
    if let next { link(next, t("后面的条目", "further entries")) }
    if next != nil { link(max(0, last - entries), t("最近的条目", "the last entries")) }
    return links.isEmpty ? "" : "<p class=\"pager\">\(links.joined("　"))</p>\n"
  }
}
