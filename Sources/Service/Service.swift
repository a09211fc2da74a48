package import Desk
import Diagnostics
package import Logging
import PlanlintKit
import Store
import Synchronization

/// The HTTP interface of a desk: finds the route of a request, who asks, and has the desk answer.
///
/// It knows nothing of sockets, so that a test can ask it as a client would.
package final class Service: Sendable {
  let desk: Desk
  let limits: ServerLimits
  let metrics = Metrics()
  /// What pages explain verdicts from, by the digest of what was decided.
  let results = RecentValues<String, RunResult>(most: 8)
  /// Seconds that only go on; for limits and figures, never for decisions.
  let seconds: @Sendable () -> Double
  let log: Logger
  private let verifier: TokenVerifier?
  private let readiness = Mutex<(at: Double, replaced: Set<String>)?>(nil)
  private let stopping = Mutex(false)

  /// - Parameter issuer: whose tokens are taken beside the desk's own.
  package init(
    _ desk: Desk, limits: ServerLimits = ServerLimits(), issuer: TokenIssuer? = nil, log: Logger,
    seconds: @escaping @Sendable () -> Double
  ) {
    self.desk = desk
    self.seconds = seconds
    self.limits = limits
    self.log = log
    verifier = issuer.map {
      TokenVerifier(
        $0, served: Set(desk.profiles.cities.map(\.id)), log: log, moment: desk.clock,
        seconds: seconds)
    }
  }

  /// Gets ready before the first request: loads the issuer's keys.
  ///
  /// - Throws: what is wrong with a file of keys.
  package func prepare() async throws(KeyTrouble) { try await verifier?.prepare() }

  /// A request with what the token of an issuer came to, where it shows one; the desk's own have no point in them.
  package func identified(_ request: WebRequest) async -> WebRequest {
    guard let verifier, let token = request.bearer, token.contains(".") else { return request }
    var request = request
    do throws(TokenFault) {
      request.shown = .success(try await verifier.identity(of: token))
    } catch {
      request.shown = .failure(error)
      log.info(
        "token refused", metadata: ["request": "\(request.id)", "why": "\(error)"])
    }
    return request
  }

  /// The end has begun: what comes now is told to come again later.
  package func stop() { stopping.withLock { $0 = true } }

  package func respond(_ request: WebRequest) -> WebResponse {
    let start = seconds()
    var route: String?
    var response: WebResponse
    if let address = PageAddress(path: request.path) {
      route = address.pattern
      response = page(request, address)
    } else {
      response = answer(request, &route)
    }
    response.keepUnlessSaid()
    response.headers.append(("X-Request-Id", request.id))
    let name = route ?? "unmatched"
    metrics.count(name, response.status, seconds() - start)
    log.info(
      "answered",
      metadata: [
        "request": "\(request.id)", "method": "\(request.method)", "route": "\(name)",
        "status": .stringConvertible(response.status),
        "milliseconds": .stringConvertible(Int((seconds() - start) * 1_000)),
      ])
    return response
  }

  /// - Parameter path: the path of its route, once it is known.
  private func answer(_ request: WebRequest, _ path: inout String?) -> WebResponse {
    var route: Route?
    defer { path = route?.path }
    do {
      try checkRunning()
      let call = try call(request, &route)
      return try call.route.answer(self, call)
    } catch let problem as Problem {
      return problem.response(isEnglish: request.isEnglish)
    } catch let refusal as Refusal {
      return Problem(refusal).response(isEnglish: request.isEnglish)
    } catch {
      return problem(of: error, request).response(isEnglish: request.isEnglish)
    }
  }

  /// Whether the end has begun.
  func checkRunning() throws {
    if stopping.withLock({ $0 }) {
      throw Problem(503, "stopping", zh: "正在停止服务", en: "the service is stopping")
    }
  }

  /// What the store says where it cannot keep anything; the log is told what stands in the way.
  func problem(of error: any Error, _ request: WebRequest) -> Problem {
    // Others may have anything in them.
    let why =
      (error as? StoreError).map { "\($0)" } ?? "an error of type \(type(of: error))"
    log.error(
      "not answered",
      metadata: [
        "request": "\(request.id)", "method": "\(request.method)", "why": "\(why)",
      ])
    let text = "\(error)"
    if text.contains("SQLITE_FULL") || text.lowercased().contains("no space")
      || text.contains("disk is full")
    {
      return Problem(507, "full", zh: "磁盘已满，未作任何更改", en: "the disk is full; nothing was changed")
    }
    return Problem(
      503, "store", zh: "存储暂不可用，未作任何更改", en: "the store cannot be used now; nothing was changed")
  }

  private func call(_ request: WebRequest, _ found: inout Route?) throws -> Call {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: true)
    var others: [String] = []
    let method = request.method == "HEAD" ? "GET" : request.method
    for route in Route.all {
      guard let parameters = route.match(parts) else { continue }
      guard route.method == method else {
        others.append(route.method)
        continue
      }
      found = route
      var call = Call(request: request, route: route, parameters: parameters)
      call.caller = try caller(request, about: parameters["city"])
      if route.access == .signedIn, call.caller == nil { throw Problem.unauthorized }
      try admit(call)
      return call
    }
    if !Self.methods.contains(request.method) {
      throw Problem(
        501, "unknown-method", zh: "没有 \(request.method) 方法",
        en: "there is no method \(request.method)")
    }
    if !others.isEmpty {
      throw Problem(
        405, "method", zh: "此处不支持 \(request.method)", en: "\(request.method) is not offered here",
        headers: [("Allow", Set(others).sorted().joined(separator: ", "))])
    }
    throw Problem(Refusal(.notFound, zh: "没有这一项", en: "there is no such thing"))
  }

  /// What HTTP knows; others are answered with 501, these with 405 where a path does not offer them.
  private static let methods: Set = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY",
  ]

  /// What a call has to be before it is looked at.
  func admit(_ call: Call) throws {
    if !call.route.takes.isEmpty {
      guard let type = call.request.mediaType, call.route.takes.contains(type) else {
        throw Problem(
          415, "media-type", zh: "Content-Type 应为 \(call.route.takes.joined(separator: "、"))",
          en: "expected Content-Type to be one of \(call.route.takes.joined(separator: ", "))",
          headers: [("Accept", call.route.takes.joined(separator: ", "))])
      }
    }
    let city = call.parameter("city")
    if !city.isEmpty, call.caller?.city == city, call.route.path.contains("/cities/{city}/"),
      let tenant = desk.profiles.city(city)?.tenant, replacedTenants().contains(tenant)
    {
      throw Problem(
        503, "profile-replaced", zh: "政策档案在运行中被更换，须重新启动",
        en: "a profile was replaced while running; restart")
    }
  }

  /// Who shows a token, of the desk or of an issuer; nil where nobody does.
  ///
  /// - Parameter city: what is asked about, where it is a city.
  /// - Throws: ``Problem`` where an issuer's token is not taken.
  func bearer(_ request: WebRequest, about city: String?) throws -> Caller? {
    guard let token = request.bearer else { return nil }
    switch request.shown {
    case .success(let identity)?:
      return identity.caller(about: city ?? "", at: request.address)
    case .failure(let fault)?: throw fault.problem
    case nil: return try desk.caller(.token, secret: token, address: request.address)
    }
  }

  /// Who asks, by a token or a session.
  private func caller(_ request: WebRequest, about city: String?) throws -> Caller? {
    if request.headers["authorization"] != nil {
      guard let caller = try bearer(request, about: city) else { throw Problem.unauthorized }
      return caller
    }
    guard let secret = request.session else { return nil }
    guard let caller = try desk.caller(.session, secret: secret, address: request.address) else {
      return nil
    }
    // A page of somebody else's may send a form with the cookie, never this.
    if request.method != "GET", request.method != "HEAD" {
      let form = try desk.form(of: secret)
      guard let shown = request.headers["x-csrf-token"], shown == form else {
        throw Problem(403, "csrf", zh: "缺少页面令牌", en: "expected the session's X-CSRF-Token")
      }
    }
    return caller
  }

  /// The tenants of which a profile is another than at the start; looked for every two seconds at most.
  func replacedTenants() -> Set<String> {
    let now = seconds()
    if let known = readiness.withLock({ $0 }), now - known.at < 2 { return known.replaced }
    let replaced = desk.profiles.replacedTenants()
    readiness.withLock { $0 = (now, replaced) }
    return replaced
  }
}

extension WebResponse {
  /// No answer is kept by anybody unless it says so, and none is taken for anything but what it says it is.
  fileprivate mutating func keepUnlessSaid() {
    if header("Cache-Control") == nil { headers.append(("Cache-Control", "no-store")) }
    headers.append(("X-Content-Type-Options", "nosniff"))
  }
}

extension WebRequest {
  /// The name of the cookie of a session, which browsers take by TLS or from loopback alone.
  static let cookie = "__Host-planlint"

  var session: String? { cookie(Self.cookie) }
}
