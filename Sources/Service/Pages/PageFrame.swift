import Desk
import Diagnostics

extension PageCall {
  /// A page around what it is about: where one is, where one can go, who is signed in, and what was just done.
  func page(
    _ title: String, status: Int = 200, usesScript: Bool = false, _ body: Markup
  ) -> WebResponse {
    let city = caller.flatMap { desk.profiles.city($0.city) }
    let script: Markup =
      usesScript
      ? "<script src=\"\(PageAsset.script.address)\" defer></script>\n" : ""
    let site = t("定点管理工作台", "designation desk")
    let named = city.map { "\(title) · \($0.name) · \(site)" } ?? "\(title) · \(site)"
    let faulty = fault.map { _ in t("未能办理：", "not done: ") } ?? ""
    let done = request.value("done").flatMap(PageAct.init(rawValue:))
    let told: Markup =
      done.map { "<p class=\"done\" role=\"status\">\(t($0.done))</p>\n" as Markup } ?? ""
    let markup: Markup = """
      <!DOCTYPE html>
      <html lang="\(language == .zh ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(faulty)\(named)</title>
      <link rel="stylesheet" href="\(PageAsset.style.address)">
      \(script)</head>
      <body>
      <a class="skip" href="#main">\(t("跳到正文", "skip to the content"))</a>
      \(header(city?.name, site))
      <main id="main" tabindex="-1">
      <h1>\(title)</h1>
      \(told)\(body)</main>
      <footer><p>\(t("各项结论由 planlint 依据政策档案作出，可据冻结的输入重新核对。时间为北京时间。", "Every verdict is planlint's, by the policy profile, and can be checked again from its frozen inputs. Times are Beijing's."))</p></footer>
      </body>
      </html>

      """
    return WebResponse(status, type: "text/html; charset=utf-8", markup.html)
  }

  private func header(_ name: String?, _ site: String) -> Markup {
    let other: Markup =
      language == .zh
      ? "<a class=\"language\" href=\"\(otherLanguage)\" lang=\"en\" hreflang=\"en\">English</a>"
      : "<a class=\"language\" href=\"\(otherLanguage)\" lang=\"zh-CN\" hreflang=\"zh-CN\">中文</a>"
    guard let caller, let name else {
      return "<header>\n<p class=\"site\">\(site)</p>\n<p class=\"who\">\(other)</p>\n</header>"
    }
    var links: [(address: PageAddress, text: String)] = [
      (.city(caller.city), t("批次与待办", "rounds and queue"))
    ]
    if may(.readLedger) {
      links += [
        (.places(caller.city), t("名额台账", "places")), (.map(caller.city), t("地图", "map")),
        (.rules(caller.city), t("政策与规则", "rules")), (.audit(caller.city), t("审计", "audit")),
      ]
    }
    let items = links.map { link -> Markup in
      let isHere = address == link.address
      let current: Markup = isHere ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(href(link.address))\"\(current)>\(link.text)</a></li>\n"
    }
    let roles = Role.allCases.filter(caller.roles.contains).map { t(PageWords.role($0)) }
    let district = caller.district.map { t("，限", ", ") + $0 } ?? ""
    let leave: Markup =
      token.isEmpty
      ? ""
      : """
      <form method="post" action="\(href(.city(caller.city)))" data-act="session" class="leave"><input type="hidden" name="csrf" value="\(token)"><input type="hidden" name="act" value="session"><button type="submit">\(t("退出", "sign out"))</button></form>
      """
    return """
      <header>
      <p class="site"><a href="\(href(.city(caller.city)))">\(name) · \(site)</a></p>
      <p class="who"><span>\(caller.account)\(t("（", " ("))\(roles.joined(separator: t("、", ", ")))\(district)\(t("）", ")"))</span> \(other)</p>
      \(leave)<nav aria-label="\(t("主菜单", "main"))"><ul>
      \(items)</ul></nav>
      </header>
      """
  }

  /// What stands in the way of a page, as a page.
  func troubled(_ problem: Problem) -> WebResponse {
    // A page of another city tells no more of itself than one that is not there.
    let home: PageAddress = caller.map { .city($0.city) } ?? .login
    let body: Markup = """
      <div class="fault" role="alert"><p><strong>\(t(problem.detail))</strong></p>
      <p class="other" lang="\(language == .zh ? "en" : "zh-CN")">\(language == .zh ? problem.detail.en : problem.detail.zh)</p></div>
      <p><a href="\(href(home))">\(caller == nil ? t("前往登录", "sign in") : t("返回批次与待办", "back to the rounds"))</a></p>

      """
    var response = page(
      t(problem.title) + t("（\(problem.status)）", " (\(problem.status))"), status: problem.status,
      body)
    response.headers += problem.headers.filter { $0.name != "WWW-Authenticate" }
    return response
  }
}

extension Problem {
  var title: Bilingual {
    let title = Self.titles[status] ?? ("出错", "error")
    return Bilingual(zh: title.zh, en: title.en)
  }
}
