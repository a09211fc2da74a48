import Desk
import Diagnostics
import PlanlintKit

/// `/{city}/rounds/{round}/cases/{case}`: an application with what was found and why, what it waits for, and its history.
struct CasePage {
  private let call: PageCall
  private let city: String
  private let round: RoundSummary
  private let roundVersion: Int
  private let filed: PlainValue
  private let version: Int
  private let words: ApplicationWords
  private let explained: Desk.Explained?
  private let index: Int?

  init(_ call: PageCall, _ city: String, _ round: String, _ id: String) throws {
    self.call = call
    self.city = city
    let caller = try call.signedIn()
    let answer = try call.desk.filed(caller, city, round, id)
    filed = answer.body
    version = answer.version ?? 0
    let ofRound = try call.desk.round(caller, city, round)
    roundVersion = ofRound.version ?? 0
    self.round = RoundSummary(ofRound.body)
    words = try ApplicationWords(call, city)
    explained = try call.desk.explained(caller, city, round, cache: call.service.results)
    let applicant = answer.body["application"]?["id"]?.string
    index = explained?.result.subjects.firstIndex { $0.id == applicant }
  }

  private var application: PlainValue { filed["application"] ?? .null }
  private var id: String { filed["id"]?.string ?? "" }
  private var state: String { filed["state"]?.string ?? "" }
  private var subject: SubjectResult? {
    explained.flatMap { explained in index.map { explained.result.subjects[$0] } }
  }

  func response() throws -> WebResponse {
    let verdict: Markup =
      subject.map { subject -> Markup in
        let kind = explained?.isPreview == true ? call.t("预测：", "preview: ") : ""
        return
          " <span class=\"tag \(subject.verdict.rawValue)\">\(kind)\(call.t(subject.verdictWord))</span>"
      } ?? ""
    var body: Markup = """
      <p class="trail"><a href="\(call.href(.round(city, round.id)))">\(round.title)</a></p>
      <p><span class="tag \(state)">\(call.t(PageWords.filed(state)))</span>\(verdict) <code>\(id)</code></p>

      """
    for profile in explained?.result.profiles ?? [] {
      if let notice = profile.notice { body += "<p class=\"notice\">\(call.t(notice))</p>\n" }
    }
    body +=
      waits() + findings() + fields() + history()
      + CaseForms(
        call: call, round: round, roundVersion: roundVersion, filed: filed, version: version,
        words: words, subject: subject
      ).markup()
    return call.page(application["name"]?.string ?? id, body)
  }

  // MARK: - What it waits for

  private func waits() -> Markup {
    var items: [Markup] = []
    if state == "correction", let asked = filed["asked"] {
      let fields = (asked["fields"]?.items ?? []).compactMap(\.string).map(words.label)
      items.append(
        """
        <li>\(call.t("待补正：", "to be corrected: "))\(fields.joined(separator: call.t("、", ", ")))。\(call.t("理由：", "Reason: "))\(asked["reason"]?.string ?? "") <small>\(asked["by"]?.string ?? "") \(call.moment(asked["at"]?.string ?? ""))</small></li>

        """)
    }
    if let subject, state != "withdrawn" {
      var seen: Set<String> = []
      for finding in subject.findings where finding.outcome == .unknown {
        for need in finding.missing where seen.insert(need.path).inserted {
          let datum = explained?.result.description(of: need, of: subject)
          let holder =
            need.holder == .applicant
            ? call.t("由申请机构提供", "the applicant has it") : call.t("由医保部门提供", "the authority has it")
          items.append(
            """
            <li>\(call.t("缺资料：", "missing: "))\(datum.map { call.t($0.name) } ?? need.path)（\(holder)）</li>

            """)
        }
      }
      let names = explained?.result.ruleNames ?? [:]
      for finding in subject.findings where finding.outcome == .review {
        let name = names[finding.rule].map { call.t($0) } ?? finding.rule
        items.append(
          """
          <li>\(call.t(finding.outcomeWord))：\(name) <small>\(finding.rule)</small>\(others(finding))</li>

          """)
      }
    }
    if items.isEmpty { return "" }
    return """
      <section class="next" aria-labelledby="waits-heading"><h2 id="waits-heading">\(call.t("等待事项", "what it waits for"))</h2>
      <ul>
      \(items)</ul>
      </section>

      """
  }

  private func others(_ finding: Finding) -> Markup {
    guard !finding.hangsOn.isEmpty, call.caller?.district == nil else { return "" }
    let ids = finding.hangsOn.prefix(8).joined(separator: call.t("、", ", "))
    return "<br>\(call.t("取决于：", "hangs on "))\(ids)"
  }

  private func findings() -> Markup {
    guard let explained, let index else { return "" }
    let markup = explained.result.findingsMarkup(of: index, in: call.language) { rule in
      call.href(.rules(city), fragment: rule)
    }
    let note: Markup =
      explained.isPreview
      ? "<p>\(call.t("批次尚未关闭：以下为按现有数据的预测，不作为结论。", "the round is open: what stands here is as things are now and binds nobody."))</p>\n"
      : ""
    return """
      <section aria-labelledby="findings-heading"><h2 id="findings-heading">\(call.t("审核意见", "findings"))</h2>
      <h3>\(call.t("逐条规则", "rule by rule"))</h3>
      \(note)\(Markup(trusted: markup))</section>

      """
  }

  private func fields() -> Markup {
    let rows = words.fields.compactMap { field -> Markup? in
      let text = words.text(field.name, application[field.name])
      if text.isEmpty { return nil }
      return "<div><dt>\(words.label(field.name))</dt><dd>\(text)</dd></div>\n"
    }
    return """
      <section aria-labelledby="application-heading"><h2 id="application-heading">\(call.t("申请内容", "application"))</h2>
      <dl class="facts">
      \(rows)</dl>
      </section>

      """
  }

  private func history() -> Markup {
    let rows = (filed["history"]?.items ?? []).map { event -> Markup in
      var told: [String] = []
      let fields = (event["fields"]?.items ?? []).compactMap(\.string).map(words.label)
      if !fields.isEmpty { told.append(fields.joined(separator: call.t("、", ", "))) }
      if let verdict = event["verdict"]?.string { told.append(call.t(PageWords.verdict(verdict))) }
      if let reason = event["reason"]?.string { told.append(reason) }
      return """
        <li><time>\(call.moment(event["at"]?.string ?? ""))</time> \(event["by"]?.string ?? "") \(call.t(PageWords.act(event["act"]?.string ?? "")))\(told.isEmpty ? "" : call.t("：", ": ") + told.joined(separator: call.t("；", "; ")))</li>

        """
    }
    return """
      <section aria-labelledby="history-heading"><h2 id="history-heading">\(call.t("经过", "history"))</h2>
      <ol class="history">
      \(rows)</ol>
      </section>

      """
  }
}

extension RoundSummary {
  /// A round without its cases.
  init(_ round: PlainValue) {
    self.round = round
    cases = []
    isCut = false
  }
}
