import Desk
import Diagnostics
import PlanlintKit
import Store

/// The pages for officers: found by their address, rendered here, and changed by forms that are calls of the interface.
extension Service {
  /// What every page is sent with: nothing is fetched but from the desk itself, nothing acts that the desk did not write.
  static let pageHeaders: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
  ]

  func page(_ request: WebRequest, _ address: PageAddress) -> WebResponse {
    var call = PageCall(self, request, address)
    var response: WebResponse
    do {
      response = try answer(&call)
    } catch let problem as Problem {
      response = call.troubled(problem)
    } catch let refusal as Refusal {
      response = call.troubled(Problem(refusal))
    } catch {
      response = call.troubled(self.problem(of: error, request))
    }
    response.headers += Self.pageHeaders
    return response
  }

  /// What stood in the way of a request before it was read, as a page; nil where its path is no page's.
  func page(of problem: Problem, path: String, query: String) -> WebResponse? {
    guard let address = PageAddress(path: path) else { return nil }
    var request = WebRequest(method: "GET", path: path)
    if query.split(separator: "&").contains("lang=en") { request.query = [("lang", "en")] }
    var response = PageCall(self, request, address).troubled(problem)
    response.headers += Self.pageHeaders
    return response
  }

  private func answer(_ call: inout PageCall) throws -> WebResponse {
    try checkRunning()
    if case .asset(let name) = call.address { return try PageAsset.response(name, call.request) }
    switch call.request.method {
    case "GET", "HEAD", "POST": break
    default:
      throw Problem(
        405, "method", zh: "此处不支持 \(call.request.method)",
        en: "\(call.request.method) is not offered here", headers: [("Allow", "GET, POST")])
    }
    call.caller = try visitor(call.request, about: call.address.city)
    if call.address == .login { return try signInPage(&call) }
    guard let caller = call.caller else { return call.toSignIn() }
    if call.address == .root { return call.redirect(call.href(.city(caller.city))) }
    // Whatever belongs to another city is told as what is not there, by the same bytes.
    guard call.address.city == caller.city, desk.profiles.city(caller.city) != nil else {
      throw Refusal(.notFound, zh: "没有这一项", en: "there is no such thing")
    }
    if let secret = call.request.session, call.request.headers["authorization"] == nil {
      call.token = try desk.form(of: secret) ?? ""
    }
    if call.request.method == "POST" { return try send(&call) }
    return try call.render()
  }

  /// Who asks: of a session, or of a token where a program looks at a page.
  private func visitor(_ request: WebRequest, about city: String?) throws -> Caller? {
    if request.headers["authorization"] != nil { return try bearer(request, about: city) }
    return try request.session.flatMap {
      try desk.caller(.session, secret: $0, address: request.address)
    }
  }

  // MARK: - Forms

  /// Does what a form asks for, and leads to where it can be seen; a form that could not be done comes back with what was wrong.
  private func send(_ call: inout PageCall) throws -> WebResponse {
    let body = try FormBody(call.request)
    guard !call.token.isEmpty, let shown = body["csrf"], shown == call.token else {
      throw Problem(
        403, "csrf", zh: "表单缺少本次登录的令牌，请重新打开页面后再办",
        en: "the form lacks this session's token; open the page anew")
    }
    guard let act = body["act"].flatMap(PageAct.init(rawValue:)) else {
      throw Problem(422, "invalid", zh: "没有这种表单", en: "there is no such form")
    }
    if act == .session { return try signOut(call) }
    let form = body["form"] ?? act.rawValue
    do {
      try act.checkFields(body)
      let asked = try call.interfaceRequest(act, body)
      let told = try self.act(asked, by: try call.signedIn())
      return try call.landing(act, told)
    } catch let problem as Problem {
      call.fault = PageCall.Fault(form: form, problem: problem, values: body)
    } catch let refusal as Refusal {
      call.fault = PageCall.Fault(
        form: form, problem: Problem(refusal), faults: refusal.faults, values: body)
    }
    guard let fault = call.fault else { throw Problem.unauthorized }
    var response = try call.render()
    response.status = fault.problem.status
    response.headers += fault.problem.headers.filter { $0.name != "WWW-Authenticate" }
    return response
  }

  /// One call of the interface by somebody who is signed in.
  private func act(_ request: WebRequest, by caller: Caller) throws -> WebResponse {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: true)
    for route in Route.all where route.method == request.method {
      guard let parameters = route.match(parts) else { continue }
      let call = Call(request: request, route: route, parameters: parameters, caller: caller)
      try admit(call)
      return try route.answer(self, call)
    }
    throw Refusal(.notFound, zh: "没有这一项", en: "there is no such thing")
  }

  private func signOut(_ call: PageCall) throws -> WebResponse {
    if let secret = call.request.session { try desk.endSession(secret) }
    var response = call.redirect(call.href(.login, [("done", PageAct.session.rawValue)]))
    response.headers.append(
      ("Set-Cookie", "\(WebRequest.cookie)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"))
    return response
  }
}

extension PageCall {
  /// The page of the address, as it is now.
  func render() throws -> WebResponse {
    switch address {
    case .city(let city): try CityPage(self, city).response()
    case .round(let city, let round): try RoundPage(self, city, round).response()
    case .filed(let city, let round, let filed): try CasePage(self, city, round, filed).response()
    case .places(let city): try PlacesPage(self, city).response()
    case .map(let city): try MapPage(self, city).response()
    case .rules(let city): try RulesPage(self, city).response()
    case .audit(let city): try AuditPage(self, city).response()
    case .root, .login, .asset:
      throw Refusal(.notFound, zh: "没有这一项", en: "there is no such thing")
    }
  }

  func redirect(_ path: String) -> WebResponse { WebResponse(303, [("Location", path)]) }

  /// To the sign-in, with the way back.
  func toSignIn() -> WebResponse {
    let isRead = request.method != "POST"
    let kept = request.query.filter { $0.name != "lang" && $0.name != "done" }
    let query = kept.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
    let back = address.path + (isRead && !query.isEmpty ? "?" + query.joined(separator: "&") : "")
    return redirect(href(.login, address == .root ? [] : [("to", back)]))
  }

  /// Where what was done can be seen.
  func landing(_ act: PageAct, _ told: WebResponse) throws -> WebResponse {
    switch act {
    case .rounds:
      if let city = address.city,
        let id = told.header("Location")?.split(separator: "/").last?.percentDecoded
      {
        return redirect(href(.round(city, id), [("done", act.rawValue)]))
      }
    case .tokens:
      var call = self
      let value = try JSONReader.read(told.body)
      call.secret = (value["account"]?.string ?? "", value["token"]?.string)
      return try call.render()
    default: break
    }
    let kept = request.query.filter { ["year", "after", "round"].contains($0.name) }
    return redirect(href(address, kept.map { ($0.name, $0.value) } + [("done", act.rawValue)]))
  }
}
