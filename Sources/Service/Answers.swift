import Desk
import Diagnostics
import Logging
import PlanlintKit

/// How the service answers, route by route, where that takes more than a line.
extension Service {
  /// What the desk answered, with its version, profile and position of the ledger.
  func told(
    _ answer: Answer, at location: ((String) -> String)? = nil
  ) throws -> WebResponse {
    if let why = answer.headFailure {
      log.error("the head of the ledger could not be written", metadata: ["why": "\(why)"])
    }
    var response = WebResponse(answer.outcome == .created ? 201 : 200, answer.body.json)
    if let version = answer.version { response.headers.append(("ETag", "\"\(version)\"")) }
    if let profile = answer.profile { response.headers.append(("Planlint-Profile", profile)) }
    if let ledger = answer.ledger { response.headers.append(("Planlint-Ledger", String(ledger))) }
    if answer.isRepeated { response.headers.append(("Idempotent-Replayed", "true")) }
    if answer.outcome == .created, let id = answer.body["id"]?.string, let location {
      response.headers.append(("Location", location(id)))
    }
    return response
  }

  func told(_ page: Page) -> WebResponse {
    var response = WebResponse(200, page.plain.json)
    if let profile = page.profile { response.headers.append(("Planlint-Profile", profile)) }
    if let ledger = page.ledger { response.headers.append(("Planlint-Ledger", String(ledger))) }
    return response
  }

  /// What was uploaded, byte for byte.
  func told(_ found: (version: Version, bytes: [UInt8])) -> WebResponse {
    let type = MediaTypes.inputs.first { $0.format.rawValue == found.version.format }?.type
    var response = WebResponse(200, type: type ?? "application/octet-stream", found.bytes)
    response.headers.append(("Planlint-Digest", found.version.digest))
    return response
  }

  /// Whether every city that has accounts or data can be served. A city is named to loopback alone.
  func ready(_ call: Call) throws -> WebResponse {
    let replaced = replacedTenants()
    let unready = try desk.unservedCities(replaced: replaced)
    if unready.isEmpty { return WebResponse(200, type: "text/plain; charset=utf-8", "ok\n") }
    let names =
      call.request.isFromLoopback
      ? unready.joined(separator: "\n") : "\(unready.count)"
    return WebResponse(503, type: "text/plain; charset=utf-8", names + "\n")
  }

  func status(_ call: Call) throws -> WebResponse {
    var value: PlainValue = [
      "version": .text(Planlint.version), "requests": .number(metrics.total),
    ]
    if let caller = call.caller {
      value["city"] = try desk.city(caller, caller.city)
    }
    return WebResponse(200, value.json)
  }

  /// Begins a session; a name that is not there takes as long and waits as long as one that is.
  func signIn(_ call: Call) throws -> WebResponse {
    let body = try call.object()
    let name = try call.text("account", in: body)
    let password = try call.text("password", in: body)
    let attempt: String
    switch try desk.beginAttempt(on: name, most: limits.wrongPasswords) {
    case .begun(let id): attempt = id
    case .wait(let seconds):
      throw Problem(
        429, "too-many", zh: "密码错误过多，请稍后再试", en: "too many wrong passwords; try again later",
        headers: [("Retry-After", String(seconds))])
    }
    guard
      let caller = try desk.caller(
        name: name, password: password, address: call.request.address)
    else {
      throw Problem(
        401, "unauthorized", zh: "账号或密码有误", en: "the account or the password is wrong",
        headers: [("WWW-Authenticate", "Bearer")])
    }
    try desk.takeBack(attempt)
    let session = try desk.beginSession(caller, hours: 12)
    let told: PlainValue = [
      "account": .text(caller.account), "city": .text(caller.city),
      "roles": .list(caller.roles.map(\.rawValue).sorted().map { .text($0) }),
      "district": .text(caller.district), "csrf": .text(session.form),
    ]
    var response = WebResponse(201, told.json)
    response.headers.append(
      (
        "Set-Cookie",
        "\(WebRequest.cookie)=\(session.secret); Path=/; Secure; HttpOnly; SameSite=Lax"
      ))
    return response
  }

  /// Decides a batch as `planlint` does on the same bytes with the facts and the registry in force; under a key the first answer again.
  func check(_ call: Call) throws -> WebResponse {
    let asked = try call.asked(.check)
    if let kept = try desk.keptCheck(asked) { return try WebResponse(kept: kept, isRepeated: true) }
    let response: WebResponse
    do {
      response = try check(call, asked)
    } catch let refusal as Refusal where refusal.isKept {
      response = Problem(refusal).response(isEnglish: call.request.isEnglish)
    }
    if asked.key == nil { return response }
    return try WebResponse(kept: try desk.keepCheck(response.kept, asked), isRepeated: false)
  }

  private func check(_ call: Call, _ asked: Asked) throws -> WebResponse {
    let (format, presentation) = (try call.format(), try call.presentation())
    let upload = try call.upload("applications")
    let checked = try desk.check(
      asked, upload, facts: call.request.value("facts"), registry: call.request.value("registry"))
    var response = WebResponse(
      200, type: MediaTypes.type(ofReport: format.name),
      checked.result.bytes(format, presentation))
    if let profile = checked.result.profiles.first?.id {
      response.headers.append(("Planlint-Profile", profile))
    }
    response.headers.append(("Planlint-Ledger", String(checked.ledger)))
    return response
  }

  /// The report of a round's last decision: in JSON the bytes that were kept, in any other format decided again from its inputs.
  func report(_ call: Call) throws -> WebResponse {
    let (caller, city, round) = (
      try call.signedIn(), call.parameter("city"), call.parameter("round")
    )
    let (format, presentation) = (try call.format(), try call.presentation())
    let decided = try desk.decided(caller, city, round)
    let bytes: [UInt8]
    if format.name == "json", decided.shown == nil {
      bytes = try desk.report(caller, city, round)
    } else {
      let result = try decided.inputs.decide(desk.profiles, showing: decided.shown)
      bytes = result.map { $0.bytes(format, presentation) } ?? []
    }
    return WebResponse(
      200,
      [
        ("Content-Type", MediaTypes.type(ofReport: format.name)),
        ("Planlint-Profile", decided.decision.profile),
        ("Planlint-Ledger", String(decided.decision.ledger)),
      ], body: bytes)
  }

  /// A frozen input of a round's last decision.
  func input(_ call: Call) throws -> WebResponse {
    let name = call.parameter("name")
    let decided = try desk.decided(
      try call.signedIn(), call.parameter("city"), call.parameter("round"))
    var inputs = decided.inputs
    if let shown = decided.shown {
      inputs = try inputs.narrowed(to: shown, city: call.parameter("city"), desk.profiles)
    }
    guard let bytes = inputs.files[name] else {
      throw Refusal(.notFound, zh: "没有这一项", en: "there is no such input")
    }
    return WebResponse(
      200,
      [
        (
          "Content-Type",
          name.hasSuffix(".csv") ? "text/csv; charset=utf-8" : "application/yaml"
        ), ("Planlint-Profile", decided.decision.profile),
        ("Planlint-Ledger", String(decided.decision.ledger)),
      ], body: bytes)
  }
}
