import Desk
import Diagnostics
import PlanlintKit

/// What can be done with a case, as forms for those who may.
struct CaseForms {
  let call: PageCall
  let round: RoundSummary
  let roundVersion: Int
  let filed: PlainValue
  let version: Int
  let words: ApplicationWords
  let subject: SubjectResult?

  private var state: String { filed["state"]?.string ?? "" }
  private var application: PlainValue { filed["application"] ?? .null }

  func markup() -> Markup {
    var forms: [Markup] = []
    let isOpen = round.state == "open" && state != "withdrawn"
    if isOpen, call.may(.change) { forms.append(change()) }
    if isOpen, call.may(.correct) { forms.append(correction()) }
    if isOpen, call.may(.withdraw) { forms.append(withdraw()) }
    if round.state == "closed", state != "withdrawn" {
      if call.may(.rule) { forms.append(ruling()) }
      if call.may(.waive) { forms.append(waiver()) }
    }
    forms.removeAll { $0.isEmpty }
    if forms.isEmpty { return "" }
    return """
      <section aria-labelledby="acts-heading"><h2 id="acts-heading">\(call.t("办理", "acts"))</h2>
      \(forms)</section>

      """
  }

  // MARK: - While the round is open

  private func change() -> Markup {
    let shown = words.fields.filter { $0.name != "id" }
    let form = call.form(
      .change, version: version, hidden: shown.map { ("shown", $0.name) },
      submit: call.t("保存更改", "save")
    ) { form in
      let lines = shown.filter { !$0.isOfWords }.map { line($0, form) }
      let boxes = shown.filter(\.isOfWords).map { line($0, form) }
      return "<div class=\"fields\">\n\(lines)</div>\n\(boxes)"
    }
    return call.folded(call.t("更改申请内容", "change the application"), "change", form)
  }

  private func line(_ field: FormField, _ form: PageForm) -> Markup {
    let value = application[field.name]
    let (label, name) = (field.label[call.language], "f." + field.name)
    func options(_ words: [(word: String, label: Bilingual)]) -> [(value: String, label: String)] {
      words.map { ($0.word, $0.label[call.language]) }
    }
    switch field.kind {
    case .text: return form.line(name, label, value: value.plainText)
    case .number: return form.line(name, label, value: value.plainText)
    case .day: return form.line(name, label, value: value.plainText, type: "date")
    case .flag:
      return form.choice(
        name, label, value: value.plainText,
        [
          ("", call.t("未填", "not given")), ("true", call.t("是", "yes")),
          ("false", call.t("否", "no")),
        ])
    case .word(let words):
      return form.choice(
        name, label, value: value.plainText, [("", call.t("未填", "not given"))] + options(words))
    case .words(let words):
      return form.boxes(
        name, label, chosen: Set((value?.items ?? []).compactMap(\.string)), options(words))
    case .texts:
      return form.line(
        name, label, value: value.plainText,
        hint: call.t("多项以分号隔开", "several with semicolons between"))
    case .place(let datums):
      return form.line(
        name + ".lon", call.t("经度", "longitude"), value: (value?["lon"]).plainText)
        + form.line(name + ".lat", call.t("纬度", "latitude"), value: (value?["lat"]).plainText)
        + form.choice(
          name + ".datum", call.t("坐标系", "datum"), value: (value?["datum"]).plainText,
          [("", call.t("未填", "not given"))] + datums.map { ($0, $0.uppercased()) })
    }
  }

  private func correction() -> Markup {
    let asked = Set((filed["asked"]?["fields"]?.items ?? []).compactMap(\.string))
    let form = call.form(.correction, version: version, submit: call.t("要求补正", "ask")) { form in
      form.boxes(
        "fields", call.t("须补正的项目", "fields to correct"), chosen: asked,
        words.fields.filter { $0.name != "id" }.map { ($0.name, $0.label[call.language]) })
        + form.area("reason", call.t("理由", "reason"))
    }
    return call.folded(call.t("要求补正", "ask for a correction"), "correction", form)
  }

  private func withdraw() -> Markup {
    let title = call.t("撤回申请件（不可恢复）", "withdraw the case for good")
    let form = call.form(.withdraw, version: version, submit: title, isGrave: true) {
      $0.area("reason", call.t("理由", "reason"))
    }
    return call.folded(title, "withdraw", form)
  }

  // MARK: - Once it is closed

  /// The rules that findings of some outcome are of, each with its category where it is decided for one.
  private func rules(_ holds: (Finding) -> Bool) -> [(value: String, label: String)] {
    var found: [(value: String, label: String)] = []
    for finding in subject?.findings ?? [] where holds(finding) {
      let value = finding.rule + (finding.category.map { " " + $0 } ?? "")
      if found.contains(where: { $0.value == value }) { continue }
      let category = finding.category.map { "（\(words.text("requests", .text($0)))）" } ?? ""
      found.append((value, "\(finding.rule) \(call.t(finding.outcomeWord))\(category)"))
    }
    return found
  }

  private func ruling() -> Markup {
    let rules = rules { $0.outcome == .review && !$0.isWaiting }
    if rules.isEmpty { return "" }
    let form = call.form(
      .rulings, version: roundVersion, submit: call.t("登记裁量决定", "record the ruling")
    ) {
      form in
      """
      <div class="fields">
      \(form.choice("rule", call.t("规则", "rule"), isRequired: true, rules))\(form.choice("outcome", call.t("裁量结果", "outcome"), isRequired: true, [("pass", call.t("符合", "holds")), ("fail", call.t("不符合", "does not hold"))]))\(form.line("authority", call.t("决定机关", "authority"), isRequired: true))\(form.line("document", call.t("文号", "document"), isRequired: true))\(form.line("decided", call.t("决定日期", "day"), type: "date", isRequired: true))\(form.area("reason", call.t("理由", "reason")))</div>

      """
    }
    return call.folded(call.t("裁量决定", "ruling"), "rulings", form)
  }

  private func waiver() -> Markup {
    let rules = rules { $0.outcome == .fail && $0.modality == .inPrinciple }
    if rules.isEmpty { return "" }
    let form = call.form(
      .waivers, version: roundVersion, submit: call.t("登记批准例外", "record the waiver")
    ) {
      form in
      """
      <div class="fields">
      \(form.choice("rule", call.t("规则", "rule"), isRequired: true, rules))\(form.line("authority", call.t("批准机关", "authority"), isRequired: true))\(form.line("document", call.t("文号", "document"), isRequired: true))\(form.line("expires", call.t("有效期至", "last day"), type: "date", isRequired: true))\(form.area("reason", call.t("理由", "reason")))</div>

      """
    }
    return call.folded(call.t("批准例外", "waiver"), "waivers", form)
  }
}

extension FormField {
  fileprivate var isOfWords: Bool { if case .words = kind { true } else { false } }
}

extension PlainValue? {
  /// As a field of a form holds it.
  fileprivate var plainText: String {
    switch self {
    case .text(let text)?: text
    case .number(let digits)?: digits
    case .flag(let flag)?: flag ? "true" : "false"
    case .list(let items)?: items.map { Optional($0).plainText }.joined(separator: "; ")
    case .null?, .record?, nil: ""
    }
  }
}

extension PageCall {
  /// What was changed of an application in its form, as a JSON merge patch; what was left as it is is not in it.
  func patch(_ body: FormBody) throws -> PlainValue {
    guard case .filed(let city, let round, let id) = address else { throw Refusal.absent }
    let filed = try desk.filed(try signedIn(), city, round, id)
    let application = filed.body["application"] ?? .null
    let words = try ApplicationWords(self, city)
    let shown = Set(body.all("shown"))
    var patch = PlainValue.record([])
    for field in words.fields where shown.contains(field.name) {
      let name = "f." + field.name
      // Of boxes none may be ticked; anything else that was not sent stays as it is.
      if case .words = field.kind {
      } else if !body.fields.contains(where: { $0.name == name || $0.name.hasPrefix(name + ".") }) {
        continue
      }
      let given = value(field.kind, name, body)
      if given == .null, application[field.name] == nil { continue }
      if case .words = field.kind, Set(given.items) == Set(application[field.name]?.items ?? []) {
        continue
      }
      if given == application[field.name] { continue }
      patch[field.name] = given
    }
    return patch
  }

  private func value(_ kind: FormField.Kind, _ name: String, _ body: FormBody) -> PlainValue {
    let text = (body[name] ?? "").trimmed
    switch kind {
    case .text, .day, .word: return .text(text.nilIfEmpty)
    case .number: return Self.number(text)
    case .flag: return text.isEmpty ? .null : .flag(text == "true")
    case .words:
      let words = body.all(name)
      return words.isEmpty ? .null : .list(words.map { .text($0) })
    case .texts:
      let items = text.split { ";；、\n".contains($0) }.compactMap { String($0).trimmedOrNil }
      return items.isEmpty ? .null : .list(items.map { .text($0) })
    case .place:
      let (longitude, latitude) = (body[name + ".lon"] ?? "", body[name + ".lat"] ?? "")
      if longitude.trimmed.isEmpty, latitude.trimmed.isEmpty { return .null }
      var place = PlainValue.record([])
      place["lon"] = Self.number(longitude.trimmed)
      place["lat"] = Self.number(latitude.trimmed)
      if let datum = body[name + ".datum"]?.trimmedOrNil { place["datum"] = .text(datum) }
      return place
    }
  }

  /// A number as it was typed; what is none is left as a text, so that the checker says so.
  private static func number(_ text: String) -> PlainValue {
    if text.isEmpty { return .null }
    if case .number(let digits)? = try? JSONReader.read(text) { return .number(digits) }
    return .text(text)
  }
}

extension Refusal {
  static var absent: Refusal {
    Refusal(.notFound, zh: "没有这一项", en: "there is no such thing")
  }
}
