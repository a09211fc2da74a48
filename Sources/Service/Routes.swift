import Desk
import Diagnostics
import PlanlintKit

extension Route {
  /// Every route; a request is matched with the first that fits.
  static let all: [Route] = open + cities + roundRoutes + caseRoutes + ledgerRoutes + accountRoutes

  private static let city = "/api/v1/cities/{city}"

  private static let open: [Route] = [
    Route(
      method: "GET", path: "/livez", id: "live", summary: "Whether the process answers.",
      access: .open, gives: ["text/plain"]
    ) { _, _ in WebResponse(200, type: "text/plain; charset=utf-8", "ok\n") },
    Route(
      method: "GET", path: "/readyz", id: "ready",
      summary: "Whether every city can be served; 503 where one cannot.", access: .open,
      gives: ["text/plain"]
    ) { service, call in try service.ready(call) },
    Route(
      method: "GET", path: "/status", id: "status", summary: "What runs here.", access: .open
    ) { service, call in try service.status(call) },
    Route(
      method: "GET", path: "/metrics", id: "metrics", summary: "Figures for Prometheus.",
      access: .open, gives: ["text/plain"]
    ) { service, _ in
      WebResponse(200, type: "text/plain; version=0.0.4; charset=utf-8", service.metrics.text)
    },
    Route(
      method: "GET", path: "/openapi.json", id: "openapi", summary: "This interface.",
      access: .open
    ) { _, _ in WebResponse(200, OpenAPI.document.json) },
    Route(
      method: "POST", path: "/api/v1/session", id: "signIn",
      summary: "Begins a session by account and password.", access: .open,
      takes: [MediaTypes.json], status: 201
    ) { service, call in try service.signIn(call) },
    Route(
      method: "DELETE", path: "/api/v1/session", id: "signOut", summary: "Ends the session.",
      status: 204
    ) { service, call in
      if let secret = call.request.session { try service.desk.endSession(secret) }
      return WebResponse(
        204, [("Set-Cookie", "\(WebRequest.cookie)=; Path=/; Secure; HttpOnly; Max-Age=0")])
    },
  ]

  private static let cities: [Route] = [
    Route(
      method: "GET", path: "/api/v1/cities", id: "cities",
      summary: "The cities that the caller may see."
    ) { service, call in
      let cities = try call.signedInEverywhere().flatMap { try service.desk.cities($0) }
      return WebResponse(200, Page(items: cities).plain.json)
    },
    Route(method: "GET", path: city, id: "city", summary: "A city with what is in force.") {
      service, call in
      WebResponse(
        200, try service.desk.city(call.signedIn(), call.parameter("city")).json)
    },
    Route(
      method: "POST", path: city + "/check", id: "check",
      summary: "Decides a batch as things stand; nothing is kept.", takes: MediaTypes.inputTypes,
      query: ["format", "lang", "facts", "registry"], gives: MediaTypes.reportTypes
    ) { service, call in try service.check(call) },
    Route(
      method: "PUT", path: city + "/facts/{year}", id: "putFacts",
      summary: "Puts the figures of a year in force.", takes: MediaTypes.inputTypes,
      query: ["reason", "document"]
    ) { service, call in
      let year = try call.number(call.parameter("year"), "year")
      let correction = call.request.value("reason").map {
        ($0, call.request.value("document") ?? "")
      }
      return try service.told(
        try service.desk.putFacts(
          try call.asked(.putFacts, target: "facts/\(year)"), year: year,
          try call.upload("facts"), correction: correction))
    },
    Route(
      method: "GET", path: city + "/facts/{year}", id: "facts",
      summary: "The figures of a year as they were uploaded.", query: ["digest"],
      gives: MediaTypes.inputTypes
    ) { service, call in
      let found = try service.desk.facts(
        try call.signedIn(), call.parameter("city"),
        year: try call.number(call.parameter("year"), "year"), digest: call.request.value("digest"))
      return service.told(found)
    },
    Route(
      method: "PUT", path: city + "/registry", id: "putRegistry",
      summary: "Puts a registry in force.", takes: MediaTypes.inputTypes
    ) { service, call in
      try service.told(
        try service.desk.putRegistry(
          try call.asked(.putRegistry, target: "registry"), try call.upload("registry")))
    },
    Route(
      method: "GET", path: city + "/registry", id: "registry",
      summary: "The registry as it was uploaded, or as rounds see it (effective=true).",
      query: ["digest", "effective"], gives: MediaTypes.inputTypes
    ) { service, call in
      let (caller, city) = (try call.signedIn(), call.parameter("city"))
      if try call.flag("effective") {
        let files = try service.desk.effective(caller, city, year: nil)
        return WebResponse(200, type: "text/csv; charset=utf-8", files.registry)
      }
      return service.told(
        try service.desk.registry(caller, city, digest: call.request.value("digest")))
    },
  ]

  private static let round = city + "/rounds/{round}"

  private static let roundRoutes: [Route] = [
    Route(
      method: "POST", path: city + "/rounds", id: "openRound", summary: "Opens a round.",
      takes: [MediaTypes.json], status: 201
    ) { service, call in
      let body = try call.object()
      guard let year = body["year"]?.integer else {
        throw Problem(422, "invalid", zh: "应有年度 `year`", en: "expected `year`, a year")
      }
      return try service.told(
        try service.desk.openRound(
          try call.asked(.openRound), year: year, title: try call.text("title", in: body)),
        at: { "\(call.request.path)/\($0)" })
    },
    Route(
      method: "GET", path: city + "/rounds", id: "rounds", summary: "The rounds of a city.",
      query: ["cursor", "limit"]
    ) { service, call in
      let page = try call.page("cursor")
      return service.told(
        try service.desk.rounds(
          try call.signedIn(), call.parameter("city"), after: page.after, limit: page.limit))
    },
    Route(method: "GET", path: round, id: "round", summary: "A round.") { service, call in
      try service.told(
        try service.desk.round(
          try call.signedIn(), call.parameter("city"), call.parameter("round")))
    },
    act("close", "closeRound", "Freezes everything that decides, and decides.", .closeRound) {
      service, call, asked in
      try service.desk.close(
        asked, call.parameter("round"), asOf: try call.object()["as_of"]?.string ?? "")
    },
    act("reopen", "reopenRound", "Opens a closed or published round again.", .reopen) {
      service, call, asked in
      try service.desk.reopen(
        asked, call.parameter("round"), reason: try call.text("reason", in: try call.object()))
    },
    act("publish", "publishRound", "Makes the list for publication stand.", .publish) {
      service, call, asked in try service.desk.publish(asked, call.parameter("round"))
    },
    act("confirm", "confirmRound", "Gives every admitted case its places.", .confirm) {
      service, call, asked in try service.desk.confirm(asked, call.parameter("round"))
    },
    act("cancel", "cancelRound", "Ends a round in which nothing was given.", .cancel) {
      service, call, asked in
      try service.desk.cancel(
        asked, call.parameter("round"), reason: try call.text("reason", in: try call.object()))
    },
    act("rulings", "rule", "Records a ruling and decides anew.", .rule, status: 201) {
      service, call, asked in
      try service.desk.rule(asked, call.parameter("round"), .ruling, try call.object())
    },
    act("waivers", "waive", "Records a waiver and decides anew.", .waive, status: 201) {
      service, call, asked in
      try service.desk.rule(asked, call.parameter("round"), .waiver, try call.object())
    },
    Route(
      method: "GET", path: round + "/report", id: "report",
      summary: "The report of the last decision.", query: ["format", "lang"],
      gives: MediaTypes.reportTypes
    ) { service, call in try service.report(call) },
    Route(
      method: "GET", path: round + "/inputs/{name}", id: "input",
      summary: "A frozen input of the last decision.", gives: ["application/yaml", MediaTypes.csv]
    ) { service, call in try service.input(call) },
  ]

  /// An act on a round at the version that the caller looked at.
  private static func act(
    _ name: String, _ id: String, _ summary: String, _ act: Act, status: Int = 200,
    _ body: @escaping @Sendable (Service, Call, Asked) throws -> Answer
  ) -> Route {
    let hasBody = act != .publish && act != .confirm
    return Route(
      method: "POST", path: round + "/" + name, id: id, summary: summary, isVersioned: true,
      takes: hasBody ? [MediaTypes.json] : [], status: status
    ) { service, call in
      let round = call.parameter("round")
      return try service.told(
        try body(service, call, try call.asked(act, round: round, target: round)))
    }
  }

  private static let filed = round + "/cases/{case}"

  private static let caseRoutes: [Route] = [
    Route(
      method: "POST", path: round + "/applications", id: "receive",
      summary: "Receives a batch of applications, all or none.", takes: MediaTypes.inputTypes,
      status: 201
    ) { service, call in
      let (round, upload) = (call.parameter("round"), try call.upload("applications"))
      return try service.told(
        try service.desk.receive(
          try call.asked(.receive, round: round, target: round), round,
          .memory(name: upload.name, bytes: upload.bytes, format: upload.format)))
    },
    Route(
      method: "GET", path: round + "/cases", id: "cases", summary: "The cases of a round.",
      query: ["cursor", "limit"]
    ) { service, call in
      let page = try call.page("cursor")
      return service.told(
        try service.desk.cases(
          try call.signedIn(), call.parameter("city"), call.parameter("round"),
          after: page.after, limit: page.limit))
    },
    Route(method: "GET", path: filed, id: "case", summary: "A case with its history.") {
      service, call in
      try service.told(
        try service.desk.filed(
          try call.signedIn(), call.parameter("city"), call.parameter("round"),
          call.parameter("case")))
    },
    Route(
      method: "PATCH", path: filed, id: "changeCase",
      summary: "Changes fields of the application by a JSON merge patch.", isVersioned: true,
      takes: [MediaTypes.mergePatch]
    ) { service, call in
      let (round, id) = (call.parameter("round"), call.parameter("case"))
      return try service.told(
        try service.desk.change(
          try call.asked(.change, round: round, target: id), round, id, try call.object()))
    },
    Route(
      method: "POST", path: filed + "/correction", id: "correctCase",
      summary: "Asks the applicant to correct named fields.", isVersioned: true,
      takes: [MediaTypes.json]
    ) { service, call in
      let (round, id) = (call.parameter("round"), call.parameter("case"))
      let body = try call.object()
      return try service.told(
        try service.desk.correct(
          try call.asked(.correct, round: round, target: id), round, id,
          fields: (body["fields"]?.items ?? []).compactMap(\.string),
          reason: try call.text("reason", in: body)))
    },
    Route(
      method: "POST", path: filed + "/withdraw", id: "withdrawCase",
      summary: "Takes a case out of its round for good.", isVersioned: true,
      takes: [MediaTypes.json]
    ) { service, call in
      let (round, id) = (call.parameter("round"), call.parameter("case"))
      return try service.told(
        try service.desk.withdraw(
          try call.asked(.withdraw, round: round, target: id), round, id,
          reason: try call.text("reason", in: try call.object())))
    },
  ]

  private static let ledgerRoutes: [Route] = [
    Route(
      method: "GET", path: city + "/places", id: "places",
      summary: "The quota table with the ledger in it.", query: ["year"]
    ) { service, call in
      try service.told(
        try service.desk.places(
          try call.signedIn(), call.parameter("city"),
          year: try call.request.value("year").map { try call.number($0, "year") }))
    },
    Route(
      method: "GET", path: city + "/ledger", id: "ledger",
      summary: "The ledger of places in commit order.", query: ["after", "limit"]
    ) { service, call in
      let page = try call.page("after")
      return service.told(
        try service.desk.ledger(
          try call.signedIn(), call.parameter("city"), after: page.after, limit: page.limit))
    },
    Route(
      method: "POST", path: city + "/ledger/{seq}/void", id: "void",
      summary: "Takes back everything that the case of an entry was given.",
      takes: [MediaTypes.json], status: 201
    ) { service, call in
      let body = try call.object()
      let seq = try call.number(call.parameter("seq"), "seq")
      return try service.told(
        try service.desk.void(
          try call.asked(.void, target: "ledger/\(seq)"), seq,
          reason: try call.text("reason", in: body),
          document: try call.text("document", in: body)))
    },
    Route(
      method: "GET", path: city + "/audit", id: "audit",
      summary: "Every change and every refusal in commit order.", query: ["after", "limit"]
    ) { service, call in
      let page = try call.page("after")
      return service.told(
        try service.desk.audit(
          try call.signedIn(), call.parameter("city"), after: page.after, limit: page.limit))
    },
  ]

  private static let accountRoutes: [Route] = [
    Route(
      method: "GET", path: city + "/accounts", id: "accounts", summary: "The accounts of a city."
    ) { service, call in
      service.told(
        Page(items: try service.desk.accounts(try call.signedIn(), call.parameter("city"))))
    },
    Route(
      method: "POST", path: city + "/accounts", id: "addAccount", summary: "Makes an account.",
      takes: [MediaTypes.json], status: 201
    ) { service, call in
      let body = try call.object()
      let name = try call.text("name", in: body)
      return try service.told(
        try service.desk.addAccount(
          try call.asked(.manageAccounts, target: "account/\(name)"), name: name,
          roles: try call.roles(body) ?? [], district: body["district"]?.string,
          password: body["password"]?.string))
    },
    Route(
      method: "PATCH", path: city + "/accounts/{name}", id: "changeAccount",
      summary: "Changes roles, district or password.", takes: [MediaTypes.mergePatch]
    ) { service, call in
      let (body, name) = (try call.object(), call.parameter("name"))
      return try service.told(
        try service.desk.changeAccount(
          try call.asked(.manageAccounts, target: "account/\(name)"), name: name,
          roles: try call.roles(body), district: body["district"].map(\.string),
          password: body["password"]?.string))
    },
    Route(
      method: "DELETE", path: city + "/accounts/{name}", id: "closeAccount",
      summary: "Closes an account."
    ) { service, call in
      let name = call.parameter("name")
      return try service.told(
        try service.desk.closeAccount(
          try call.asked(.manageAccounts, target: "account/\(name)"), name: name))
    },
    Route(
      method: "POST", path: city + "/accounts/{name}/tokens", id: "addToken",
      summary: "Makes a token, told this once.", status: 201
    ) { service, call in
      let name = call.parameter("name")
      return try service.told(
        try service.desk.addToken(
          try call.asked(.manageAccounts, target: "account/\(name)"), name: name))
    },
    Route(
      method: "DELETE", path: city + "/accounts/{name}/tokens", id: "removeTokens",
      summary: "Takes back all tokens of an account."
    ) { service, call in
      let name = call.parameter("name")
      return try service.told(
        try service.desk.removeTokens(
          try call.asked(.manageAccounts, target: "account/\(name)"), name: name))
    },
  ]
}

extension Call {
  /// The roles that a body names; nil where it names none.
  fileprivate func roles(_ body: PlainValue) throws -> Set<Role>? {
    guard let items = body["roles"]?.items else { return nil }
    var roles: Set<Role> = []
    for item in items {
      guard let role = item.string.flatMap(Role.init(rawValue:)) else {
        let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(
          422, "invalid", zh: "角色应为 \(names) 之一", en: "expected roles to be of \(names)")
      }
      roles.insert(role)
    }
    return roles
  }
}
