import Desk
import Diagnostics

extension WebRequest {
  /// The cookie that the sign-in form is held against, before there is a session.
  static let formCookie = "__Host-planlint-form"

  func cookie(_ name: String) -> String? {
    for part in (headers["cookie"] ?? "").split(separator: ";") {
      let pair = part.drop { $0 == " " }
      if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
    }
    return nil
  }
}

extension Service {
  /// The sign-in: its form, and what it comes to.
  func signInPage(_ call: inout PageCall) throws -> WebResponse {
    let known = call.request.cookie(WebRequest.formCookie)
    // A visitor who has one already keeps it, so that two windows can both be used.
    let isFresh = (known ?? "").utf8.count < 16
    call.token = isFresh ? PageCall.key() : known ?? ""
    let cookie: [(name: String, value: String)] =
      isFresh
      ? [
        (
          "Set-Cookie",
          "\(WebRequest.formCookie)=\(call.token); Path=/; Secure; HttpOnly; SameSite=Lax"
        )
      ] : []
    if call.request.method != "POST" {
      if let caller = call.caller, call.request.value("done") == nil {
        return call.redirect(call.wayBack ?? call.href(.city(caller.city)))
      }
      call.caller = nil
      var response = LoginPage(call).response()
      response.headers += cookie
      return response
    }
    call.caller = nil
    let body = try FormBody(call.request)
    guard !isFresh, body["csrf"] == known else {
      throw Problem(
        403, "csrf", zh: "登录表单已失效，请重新打开登录页（须允许 Cookie）",
        en: "the form has expired; open the sign-in anew (cookies have to be allowed)")
    }
    do {
      try PageAct.session.checkFields(body)
      let asked: PlainValue = [
        "account": .text(body["account"]?.trimmed ?? ""), "password": .text(body["password"] ?? ""),
      ]
      var request = call.request
      request.body = Array(asked.json.utf8)
      request.headers["content-type"] = MediaTypes.json
      guard let route = Route.all.first(where: { $0.id == "signIn" }) else {
        throw Problem.unauthorized
      }
      let told = try signIn(Call(request: request, route: route, parameters: [:]))
      let value = try JSONReader.read(told.body)
      var response = call.redirect(
        call.wayBack ?? call.href(.city(value["city"]?.string ?? "")))
      response.headers += told.headers.filter { $0.name == "Set-Cookie" }
      return response
    } catch let problem as Problem {
      call.fault = PageCall.Fault(form: PageAct.session.rawValue, problem: problem, values: body)
      var response = LoginPage(call).response()
      response.status = problem.status
      response.headers += cookie + problem.headers.filter { $0.name != "WWW-Authenticate" }
      return response
    }
  }
}

extension PageCall {
  /// Where a visitor wanted to go before he had to sign in: a page of the desk and nowhere else.
  var wayBack: String? {
    guard let path = request.value("to"), path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
      PageAddress(path: String(path.prefix { $0 != "?" }))?.city != nil
    else { return nil }
    if language == .zh { return path }
    return path + (path.contains("?") ? "&" : "?") + "lang=en"
  }
}

/// `/login`.
struct LoginPage {
  let call: PageCall

  init(_ call: PageCall) { self.call = call }

  func response() -> WebResponse {
    let body = call.form(.session, submit: call.t("登录", "sign in")) { form in
      form.line(
        "account", call.t("账号", "account"), isRequired: true, autocomplete: "username")
        + form.line(
          "password", call.t("密码", "password"), type: "password", isRequired: true,
          autocomplete: "current-password")
    }
    return call.page(call.t("登录", "sign in"), "<div class=\"narrow\">\(body)</div>")
  }
}
