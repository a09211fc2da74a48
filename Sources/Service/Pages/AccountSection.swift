import Desk
import Diagnostics

/// The accounts of a city, for its administrator.
struct AccountSection {
  private let call: PageCall
  private let accounts: [PlainValue]

  init(_ call: PageCall, _ city: String) throws {
    self.call = call
    accounts = try call.desk.accounts(try call.signedIn(), city)
  }

  func markup() -> Markup {
    var body: Markup = """
      <section aria-labelledby="accounts-heading"><h2 id="accounts-heading">\(call.t("账号", "accounts"))</h2>

      """
    if let secret = call.secret {
      let told: Markup =
        secret.token.map { "<code>\($0)</code>" }
        ?? "\(call.t("此令牌已生成并显示过一次，不能再次显示。", "this token was made and shown once; it cannot be shown again."))"
      body += """
        <p class="done secret" role="status">\(call.t("账号 \(secret.account) 的令牌（只显示这一次）：", "the token of \(secret.account), shown this once: "))\(told)</p>

        """
    }
    let add = call.form(.accounts, submit: call.t("建立账号", "make the account")) { form in
      """
      <div class="fields">
      \(form.line("name", call.t("账号名", "name"), isRequired: true))\(form.line("password", call.t("密码（8 字以上）", "password of 8 characters or more"), type: "password", autocomplete: "new-password"))\(form.line("district", call.t("限于区县（经办）", "district that a clerk is narrowed to")))</div>
      \(roles(form, []))
      """
    }
    body += call.folded(call.t("新账号", "new account"), "accounts", add)
    for (index, account) in accounts.enumerated() { body += one(account, index) }
    return body + "</section>\n"
  }

  private func roles(_ form: PageForm, _ chosen: Set<String>) -> Markup {
    form.boxes(
      "roles", call.t("角色", "roles"), chosen: chosen,
      Role.allCases.map { ($0.rawValue, call.t(PageWords.role($0))) })
  }

  private func one(_ account: PlainValue, _ index: Int) -> Markup {
    let name = account["name"]?.string ?? ""
    let chosen = (account["roles"]?.items ?? []).compactMap(\.string)
    let words = chosen.compactMap(Role.init(rawValue:)).map { call.t(PageWords.role($0)) }
    let district = account["district"]?.string ?? ""
    let hidden = [("name", name)]
    let change = call.form(
      .changeAccount, id: "change-\(index)", hidden: hidden, submit: call.t("保存", "save")
    ) { form in
      """
      <div class="fields">
      \(form.line("district", call.t("限于区县（经办）", "district that a clerk is narrowed to"), value: district))\(form.line("password", call.t("新密码（不改则留空）", "new password, or nothing"), type: "password", autocomplete: "new-password"))</div>
      \(roles(form, Set(chosen)))
      """
    }
    let token = call.form(
      .tokens, id: "token-\(index)", hidden: hidden, submit: call.t("生成令牌", "make a token"))
    let remove = call.form(
      .removeTokens, id: "remove-\(index)", hidden: hidden,
      submit: call.t("收回全部令牌", "take back all tokens"))
    let close = call.form(
      .closeAccount, id: "close-\(index)", hidden: hidden,
      submit: call.t("停用账号", "close the account"),
      isGrave: true)
    let title =
      name + call.t("（", " (") + words.joined(separator: call.t("、", ", "))
      + (district.isEmpty ? "" : call.t("，", ", ") + district) + call.t("）", ")")
    let open = ["change-\(index)", "token-\(index)", "remove-\(index)", "close-\(index)"]
      .contains(call.fault?.form ?? "")
    let opened: Markup = open ? " open" : ""
    return """
      <details class="act"\(opened)><summary>\(title)</summary>
      \(change)<div class="row">\(token)\(remove)\(close)</div></details>

      """
  }
}
