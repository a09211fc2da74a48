import Desk
import Diagnostics
import PlanlintKit

/// `/{city}/rounds/{round}`: a round with its cases and verdicts, its places and order of merit, and what comes next.
struct RoundPage {
  private let call: PageCall
  private let city: String
  private let summary: RoundSummary
  private let version: Int
  private let words: ApplicationWords
  private let after: Int
  private let explained: Desk.Explained?

  init(_ call: PageCall, _ city: String, _ round: String) throws {
    self.call = call
    self.city = city
    let caller = try call.signedIn()
    let answer = try call.desk.round(caller, city, round)
    version = answer.version ?? 0
    after = call.request.value("after").flatMap { Int($0) } ?? 0
    summary = try RoundSummary(call, city, answer.body, after: max(0, after))
    words = try ApplicationWords(call, city)
    explained =
      call.may(.readCases)
      ? try call.desk.explained(caller, city, round, cache: call.service.results) : nil
  }

  func response() throws -> WebResponse {
    var body: Markup = """
      <p><span class="tag \(summary.state)">\(call.t(PageWords.round(summary.state)))</span> <code>\(summary.id)</code></p>

      """
    for profile in explained?.result.profiles ?? [] {
      if let notice = profile.notice { body += "<p class=\"notice\">\(call.t(notice))</p>\n" }
    }
    body += facts() + next()
    if call.may(.readCases) { body += try cases() }
    body += places() + (try rulings()) + files() + acts()
    return call.page(summary.title, body)
  }

  private func facts() -> Markup {
    let round = summary.round
    var rows: [(String, String)] = [
      (call.t("年度", "year"), String(round["year"]?.integer ?? 0)),
      (
        call.t("开启", "opened"),
        "\(round["opened"]?["by"]?.string ?? "") \(call.moment(round["opened"]?["at"]?.string ?? ""))"
      ),
    ]
    if let day = round["as_of"]?.string { rows.append((call.t("决定日期", "decided as of"), day)) }
    if !summary.closers.isEmpty {
      rows.append(
        (call.t("关闭人", "closed by"), summary.closers.joined(separator: call.t("、", ", "))))
    }
    if let reason = round["reason"]?.string {
      rows.append((call.t("重开或取消的理由", "why reopened or cancelled"), reason))
    }
    if let profile = explained?.result.profiles.first {
      rows.append((call.t("政策档案", "profile"), profile.id))
    }
    let items = rows.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as Markup }
    return "<dl class=\"facts\">\n\(items)</dl>\n"
  }

  // MARK: - What comes next

  private func next() -> Markup {
    guard let next = summary.next else { return "" }
    let obstacles = summary.obstacles(call)
    let told = obstacles.map { "<li>\($0)</li>\n" as Markup }
    let why: Markup = told.isEmpty ? "" : "<ul>\n\(told)</ul>\n"
    let blocking = summary.blocking.prefix(30).map { filed -> Markup in
      let id = filed["id"]?.string ?? ""
      return
        "<a href=\"\(call.href(.filed(city, summary.id, id)))\">\(filed["application"]?["name"]?.string ?? id)</a>"
    }
    let links: Markup =
      blocking.isEmpty
      ? "" : "<p>\(Array(blocking).joined(call.language == .zh ? "、" : ", "))</p>\n"
    let canAct =
      call.may(next.act)
      && (next.act == .closeRound || !summary.closers.contains(call.caller?.account ?? ""))
    return """
      <section class="next" aria-labelledby="next-heading"><h2 id="next-heading">\(call.t("下一步：", "next: "))\(call.t(next.words))</h2>
      <p>\(call.t("办理角色：", "who: "))\(call.t(PageWords.roles(of: next.act)))</p>
      \(why)\(links)\(canAct ? form(next.act) : "")</section>

      """
  }

  private func form(_ act: Act) -> Markup {
    switch act {
    case .closeRound:
      call.form(.close, version: version, submit: call.t("关闭批次", "close the round")) { form in
        form.line(
          "as_of", call.t("决定日期", "day of decision"), type: "date", isRequired: true,
          hint: call.t(
            "结论按这一天作出；关闭后所据的档案、数据、名册、台账和申请件即冻结",
            "what is decided is decided as of this day; all that decides is frozen"))
      }
    case .publish:
      call.form(.publish, version: version, submit: call.t("公示", "publish"))
    default:
      call.form(
        .confirm, version: version, submit: call.t("确认并登记名额", "confirm and give the places"))
    }
  }

  /// The acts that are not the next step.
  private func acts() -> Markup {
    var forms: [Markup] = []
    func reason(_ act: PageAct, _ title: String) {
      let form = call.form(act, version: version, submit: title, isGrave: true) {
        $0.area("reason", call.t("理由", "reason"))
      }
      forms.append(call.folded(title, act.rawValue, form))
    }
    if summary.state == "open", call.may(.receive) {
      let form = call.form(.applications, isUpload: true, submit: call.t("收件", "receive")) { form in
        form.line(
          "file", call.t("申请表", "applications"), type: "file", isRequired: true,
          hint: call.t(
            "xlsx、csv、yaml 或 json；有误时一件也不收，并附批注后的表",
            "xlsx, csv, yaml or json; where anything is at fault nothing is received, and the table comes back with notes"
          ))
      }
      forms.append(call.folded(call.t("收件：上传申请表", "receive applications"), "applications", form))
    }
    if ["closed", "published"].contains(summary.state), call.may(.reopen) {
      reason(.reopen, call.t("重新打开批次", "reopen the round"))
    }
    if ["open", "closed"].contains(summary.state), call.may(.cancel) {
      reason(.cancel, call.t("取消批次", "cancel the round"))
    }
    if forms.isEmpty { return "" }
    return """
      <section aria-labelledby="acts-heading"><h2 id="acts-heading">\(call.t("其他办理", "other acts"))</h2>
      \(forms)</section>

      """
  }

  // MARK: - Cases

  private func cases() throws -> Markup {
    var counts: [(Verdict, Int)] = []
    for verdict in [Verdict.admissible, .refused, .review, .incomplete] {
      let count = summary.cases.count {
        $0["state"]?.string != "withdrawn" && RoundSummary.verdict($0) == verdict.rawValue
      }
      if count > 0 { counts.append((verdict, count)) }
    }
    let tally = counts.map {
      "<li class=\"\($0.0.rawValue)\">\(call.t($0.0.word)) <b>\($0.1)</b></li>\n" as Markup
    }
    let isPreview = summary.state == "open"
    let note: Markup =
      isPreview
      ? "<p>\(call.t("批次尚未关闭：以下为按现有数据的预测，不作为结论。", "the round is open: what stands here is as things are now and binds nobody."))</p>\n"
      : ""
    var subjects: [String: SubjectResult] = [:]
    // Of very many the list tells the verdicts alone; each case's own page says why.
    if let result = explained?.result, result.subjects.count <= 300 {
      for subject in result.subjects { subjects[subject.id] = subject }
    }
    let rows = summary.cases.map { row($0, subjects) }
    let heads = [
      call.t("机构名称", "name"), call.t("申请编号", "id"), call.t("机构类别", "kind"),
      call.t("所在区", "district"), call.t("申请类别", "asks for"), call.t("得分", "score"),
      call.t("状态", "state"), isPreview ? call.t("预测", "preview") : call.t("结论", "verdict"),
      call.t("主要依据", "why"),
    ]
    var pager: Markup = ""
    if summary.isCut, let last = summary.cases.last?["id"]?.string?.split(separator: "-").last,
      let number = Int(last)
    {
      let link = call.href(.round(city, summary.id), [("after", String(number))])
      pager =
        "<p class=\"pager\"><a href=\"\(link)\">\(call.t("后面的申请件", "further cases"))</a></p>\n"
    }
    return """
      <section aria-labelledby="cases-heading"><h2 id="cases-heading">\(call.t("申请件", "cases"))</h2>
      \(note)<ul class="counts">
      \(tally)</ul>
      \(summary.cases.isEmpty ? "<p>\(call.t("尚无申请件。", "no case yet."))</p>" : call.table(call.t("本批次的申请件", "the cases of the round"), heads, rows))\(pager)</section>

      """
  }

  private func row(_ filed: PlainValue, _ subjects: [String: SubjectResult]) -> Markup {
    let (id, application) = (filed["id"]?.string ?? "", filed["application"] ?? .null)
    let state = filed["state"]?.string ?? ""
    let verdict = RoundSummary.verdict(filed)
    let applicant = application["id"]?.string ?? ""
    let subject = subjects[applicant]
    let word =
      subject.map { call.t($0.verdictWord) } ?? verdict.map { call.t(PageWords.verdict($0)) }
    var why: [String] = []
    let names = explained?.result.ruleNames ?? [:]
    for finding in subject?.findings ?? [] {
      guard [.fail, .review, .unknown, .waived].contains(finding.outcome) else { continue }
      let name = names[finding.rule].map { call.t($0) } ?? finding.rule
      if !why.contains(name) { why.append(name) }
    }
    let shown = why.prefix(3).joined(separator: call.t("；", "; ")) + (why.count > 3 ? "…" : "")
    let link = call.href(.filed(city, summary.id, id))
    let isOut = state == "withdrawn"
    return """
      <tr><th scope="row"><a href="\(link)">\(application["name"]?.string ?? id)</a></th><td class="nowrap"><code>\(applicant)</code></td><td>\(words.text("kind", application["kind"]))</td><td class="nowrap">\(words.text("district", application["district"]))</td><td>\(words.text("requests", application["requests"]))</td><td class="number">\(words.text("score", application["score"]))</td><td><span class="tag \(state)">\(call.t(PageWords.filed(state)))</span></td><td class="nowrap \(isOut ? "" : verdict ?? "")">\(isOut ? "" : word ?? "")</td><td class="long">\(shown)</td></tr>

      """
  }

  // MARK: - Places

  private func places() -> Markup {
    guard let result = explained?.result, !result.places.isEmpty else { return "" }
    var ids: [String: String] = [:]
    for filed in summary.cases {
      if let applicant = filed["application"]?["id"]?.string {
        ids[applicant] = filed["id"]?.string
      }
    }
    let isNarrowed = call.caller?.district != nil
    let names = result.ruleNames
    let rows = result.places.map { place -> Markup in
      // A clerk of one district sees no applicant of another.
      let order = place.order.filter { ids[$0] != nil || !isNarrowed }
      let shown = order.prefix(12).map { applicant -> Markup in
        guard let id = ids[applicant] else { return "\(applicant)" }
        return "<a href=\"\(call.href(.filed(city, summary.id, id)))\">\(applicant)</a>"
      }
      let rest: Markup = order.count > 12 ? " …（\(order.count)）" : ""
      let unknown = call.t("不明", "unknown")
      return """
        <tr><th scope="row"><a href="\(call.href(.rules(city), fragment: place.rule))">\(names[place.rule].map { call.t($0) } ?? place.rule)</a> <small>\(place.rule)</small></th><td>\(call.t(place.scopeName))</td><td>\(call.t(Planlint.unitWord(place.unit)))</td><td class="number">\(place.limit ?? unknown)</td><td class="number">\(place.usedBefore ?? unknown)</td><td class="number">\(place.taken)</td><td class="number">\(place.takenIfAll)</td><td class="number">\(place.left ?? unknown)</td><td class="long">\(Array(shown).joined(" &gt; "))\(rest)</td></tr>

        """
    }
    let heads = [
      call.t("限额", "limit of"), call.t("范围", "scope"), call.t("单位", "unit"),
      call.t("上限", "limit"), call.t("此前已用", "used before"), call.t("本批取用", "taken"),
      call.t("未定者全部纳入时", "taken if all"), call.t("余", "left"), call.t("择优次序", "order of merit"),
    ]
    return """
      <section aria-labelledby="places-heading"><h2 id="places-heading">\(call.t("名额与择优次序", "places and order of merit"))</h2>
      \(call.table(call.t("各限额在各范围内的使用情况", "what each limit leaves in each scope"), heads, rows))</section>

      """
  }

  // MARK: - Rulings and files

  private func rulings() throws -> Markup {
    guard call.may(.readCases) else { return "" }
    let told = try call.desk.rulings(try call.signedIn(), city, summary.id)
    if told.isEmpty { return "" }
    let rows = told.map { ruling -> Markup in
      let outcome = ruling["outcome"]?.string.flatMap(Outcome.init(rawValue:)).map {
        call.t($0.word)
      }
      let dropped: Markup =
        ruling["dropped"]?.string.map {
          "<br><strong>\(call.t("已不适用：", "no longer fits: "))\($0)</strong>"
        } ?? ""
      return """
        <tr><th scope="row">\(call.t(PageWords.ruling(ruling["kind"]?.string ?? "")))</th><td><code>\(ruling["application"]?.string ?? "")</code></td><td><code>\(ruling["rule"]?.string ?? "")</code> \(ruling["category"]?.string ?? "")</td><td>\(outcome ?? "")</td><td>\(ruling["authority"]?.string ?? "") \(ruling["document"]?.string ?? "")</td><td class="long">\(ruling["reason"]?.string ?? "")\(dropped)</td><td>\(ruling["by"]?.string ?? "") \(call.moment(ruling["at"]?.string ?? ""))</td></tr>

        """
    }
    let heads = [
      call.t("种类", "kind"), call.t("申请编号", "application"), call.t("规则", "rule"),
      call.t("结果", "outcome"), call.t("机关与文号", "authority and document"),
      call.t("理由", "reason"), call.t("登记", "recorded"),
    ]
    return """
      <section aria-labelledby="rulings-heading"><h2 id="rulings-heading">\(call.t("裁量决定与批准例外", "rulings and waivers"))</h2>
      \(call.table(call.t("本批次登记的裁量决定与批准例外", "those recorded in the round"), heads, rows))</section>

      """
  }

  private func files() -> Markup {
    guard call.may(.readCases), explained?.isPreview == false else { return "" }
    let base = "/api/v1/cities/\(city.percentEncoded)/rounds/\(summary.id.percentEncoded)"
    let reports = [("html", "HTML"), ("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON")].map {
      "<li><a href=\"\(base)/report?format=\($0.0)\(call.language == .en ? "&lang=en" : "")\">\(call.t("结论报告", "report")) \($0.1)</a></li>\n"
        as Markup
    }
    let inputs = FrozenInputs.names.map {
      "<li><a href=\"\(base)/inputs/\($0)\" download=\"\($0)\"><code>\($0)</code></a></li>\n"
        as Markup
    }
    return """
      <section aria-labelledby="files-heading"><h2 id="files-heading">\(call.t("报告与冻结的输入", "reports and frozen inputs"))</h2>
      <ul>
      \(reports)</ul>
      <p>\(call.t("用以下文件运行 planlint，得出同样的结论：", "planlint on these files gives the same verdicts:"))</p>
      <ul>
      \(inputs)</ul>
      </section>

      """
  }
}
