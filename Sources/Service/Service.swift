package import Desk
import Diagnostics
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
  /// What pages explain verdicts from.
  let results = DecidedCache<RunResult>(most: 8)
  /// Seconds that only go on; for limits and figures, never for decisions.
  let seconds: @Sendable () -> Double
  private let readiness = Mutex<(at: Double, replaced: Set<String>)?>(nil)
  private let stopping = Mutex(false)

  package init(
    _ desk: Desk, limits: ServerLimits = ServerLimits(), seconds: @escaping @Sendable () -> Double
  ) {
    self.desk = desk
    self.seconds = seconds
    self.limits = limits
  }

  /// The end has begun: what comes now is told to come again later.
  package func stop() { stopping.withLock { $0 = true } }

  package func respond(_ request: WebRequest) -> WebResponse {
    let start = seconds()
    if let address = PageAddress(path: request.path) {
      var response = page(request, address)
      response.keepUnlessSaid()
      metrics.count(address.pattern, response.status, seconds() - start)
      return response
    }
    var route: Route?
    var response: WebResponse
    do {
      try checkRunning()
      let call = try call(request, &route)
      response = try call.route.answer(self, call)
    } catch let problem as Problem {
      response = problem.response(isEnglish: request.isEnglish)
    } catch let refusal as Refusal {
      response = Problem(refusal).response(isEnglish: request.isEnglish)
    } catch {
      response = Self.problem(of: error).response(isEnglish: request.isEnglish)
    }
    response.keepUnlessSaid()
    metrics.count(route?.path ?? "unmatched", response.status, seconds() - start)
    return response
  }

  /// Whether the end has begun.
  func checkRunning() throws {
    if stopping.withLock({ $0 }) {
      throw Problem(503, "stopping", zh: "正在停止服务", en: "the service is stopping")
    }
  }

  /// What the store says where it cannot keep anything.
  static func problem(of error: any Error) -> Problem {
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
      call.caller = try caller(request)
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

  /// Who asks, by a token or a session.
  private func caller(_ request: WebRequest) throws -> Caller? {
    if let header = request.headers["authorization"] {
      guard header.lowercased().hasPrefix("bearer ") else { throw Problem.unauthorized }
      let token = header.dropFirst(7).filter { $0 != " " }
      guard
        let caller = try desk.caller(.token, secret: String(token), address: request.address)
      else { throw Problem.unauthorized }
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
