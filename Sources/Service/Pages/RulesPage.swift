import Desk
import Diagnostics
import PlanlintKit

/// `/{city}/rules`: the profile that decides, its document, and every rule in words with the sentence that it stands on.
struct RulesPage {
  private let call: PageCall
  private let city: String

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    self.city = city
    guard call.may(.readFacts) else {
      throw Refusal(.forbidden, zh: "所任角色不得为此", en: "the account's roles do not allow this")
    }
  }

  /// The clauses that rules are known by, by the rules' ids.
  static func names(_ call: PageCall, _ city: String) throws -> [String: Bilingual] {
    try listings(call, city).reduce(into: [:]) { names, listing in
      for rule in listing.rules where names[rule.id] == nil { names[rule.id] = rule.clause }
    }
  }

  private static func listings(_ call: PageCall, _ city: String) throws -> [RuleListing] {
    do {
      return try Planlint.rules(cities: [city], call.desk.profiles.request(city))
    } catch {
      throw Refusal(.unready, zh: "政策档案不可用", en: "the policy profile cannot be used")
    }
  }

  func response() throws -> WebResponse {
    let request = call.desk.profiles.request(city)
    let told = try call.desk.city(try call.signedIn(), city)
    let current = told["profile"]?.string
    var body = Markup()
    for listing in try Self.listings(call, city) {
      let isCurrent: Markup =
        listing.profile == current
        ? " <span class=\"tag confirmed\">\(call.t("现行", "in force here"))</span>" : ""
      // One provision may decide applications and plans alike: its rule has one anchor.
      var anchors: Set<String> = []
      let rules = listing.rules.map { rule -> Markup in
        let documents = (try? Planlint.explain(rule: rule.id, cities: [city], request)) ?? []
        let document = documents.first { $0.profile == listing.profile } ?? documents.first
        return self.rule(
          rule, document, hasAnchor: listing.profile == current && anchors.insert(rule.id).inserted)
      }
      body += """
        <section><h2>\(listing.title)\(isCurrent)</h2>
        <p><code>\(listing.profile)</code> \(listing.profile == current ? told["profile_digest"]?.string ?? "" : "")</p>
        \(rules)</section>

        """
    }
    return call.page(call.t("政策与规则", "policy and rules"), body + builtIn())
  }

  /// What is found of every application, whatever the profile says.
  private func builtIn() -> Markup {
    let rules = Planlint.builtInRules.map { rule -> Markup in
      let lines = rule.sections.flatMap(\.lines).map { "<p>\(call.t($0))</p>\n" as Markup }
      return """
        <div class="rule" id="\(rule.id)"><h3>\(call.t(rule.heading))</h3>
        \(lines)</div>

        """
    }
    return """
      <section aria-labelledby="built-in"><h2 id="built-in">\(call.t("各地通用的检查", "findings that every city has"))</h2>
      \(rules)</section>

      """
  }

  private func rule(_ rule: RuleListing.Rule, _ document: RuleDocument?, hasAnchor: Bool) -> Markup
  {
    let sections = (document?.sections ?? []).map { section -> Markup in
      let heading: Markup =
        section.heading.map { "<h4>\(call.t($0))</h4>\n" as Markup } ?? ""
      let lines = section.lines.map { "<p>\(call.t($0))</p>\n" as Markup }
      return "\(heading)\(lines)"
    }
    let named: Markup = hasAnchor ? " id=\"\(rule.id)\"" : ""
    return """
      <div class="rule"\(named)><h3>\(call.t(rule.clause)) <small><code>\(rule.id)</code> <code>\(rule.name)</code></small></h3>
      <p><span class="tag">\(call.t(rule.modality.word))</span> \(call.t(rule.subject))</p>
      <blockquote><p lang="zh-CN">“\(rule.quote)”</p><footer><cite lang="zh-CN">\(rule.at)</cite></footer></blockquote>
      <details><summary>\(call.t("判定、读法与示例", "decision, readings, examples"))</summary>
      \(sections)</details></div>

      """
  }
}
