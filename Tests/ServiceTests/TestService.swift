import Desk
import Diagnostics
import FoundationEssentials
import Logging
import Service
import Store
import Synchronization
import TestSupport

/// A service of Huaibei and Wuhan in a folder of its own, with a token of each role of Huaibei and a reader's of Wuhan.
struct TestService {
  let folder: TemporaryFolder
  let service: Service
  let desk: Desk
  /// Seconds that a test lets go by.
  let time = TestTime()
  /// What is logged, at the level of each request.
  let log = TestLog()
  private(set) var tokens: [String: String] = [:]

  static let base = "/api/v1/cities/huaibei"
  static let facts = """
    year: 2026
    residents: 1970200
    terminated: {2025: {retail_pharmacy: 5, outpatient: 0}}
    admitted: {2026: {retail_pharmacy: 1}}
    districts: [{name: 相山区}, {name: 杜集区}]
    """
  static let registry = """
    id,name,kind,categories,district,lon,lat,datum,status
    P1,甲药房,retail_pharmacy,retail_pharmacy,相山区,116.798100,33.953197,wgs84,active

    """

  static let profiles: Profiles = {
    guard let profiles = try? Profiles(folder: Golden.root + "/policies") else {
      fatalError("the policies cannot be read")
    }
    return profiles
  }()

  init(
    isReady: Bool = true, issuer: TokenIssuer? = nil, store: (any Store)? = nil,
    reach: @escaping @Sendable (StorePoint) throws -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder(named: "service")
    let ticks = Mutex(0)
    let time = time
    desk = Desk(
      store: try store ?? SQLiteStore(folder: folder.path, reach: reach), profiles: Self.profiles,
      heads: Heads(folder: folder.path + "/heads"),
      clock: {
        let tick = ticks.withLock {
          $0 += 1
          return $0
        }
        let now = Int((time.now - TestTime.start) * 1_000) + tick
        func padded(_ number: Int, _ digits: Int) -> String {
          String(String(number + 10_000).suffix(digits))
        }
        return "2026-04-01T08:\(padded(now / 60_000 % 60, 2)):\(padded(now / 1_000 % 60, 2))."
          + "\(padded(now % 1_000, 3))Z"
      })
    let lines = log
    service = Service(
      desk, issuer: issuer,
      log: Logger(label: "test") { _ in
        JSONLogHandler(.info, moment: { "2026-04-01T08:00:00.000Z" }, write: lines.add)
      }
    ) { time.now }
    for role in Role.allCases {
      try desk.addAccount(
        role.rawValue, city: "huaibei", roles: [role], district: nil,
        password: role == .clerk ? "correct horse" : nil)
      tokens[role.rawValue] = try desk.addToken(role.rawValue, city: "huaibei")
    }
    try desk.addAccount(
      "stranger", city: "wuhan", roles: Set(Role.allCases), district: nil, password: nil)
    tokens["stranger"] = try desk.addToken("stranger", city: "wuhan")
    guard isReady else { return }
    _ = ask("PUT", Self.base + "/facts/2026", as: "policy", type: "application/yaml", Self.facts)
    _ = ask("PUT", Self.base + "/registry", as: "policy", type: "text/csv", Self.registry)
  }

  func remove() { folder.remove() }

  func ask(
    _ method: String, _ path: String, as account: String? = nil, type: String? = nil,
    _ body: String = "", headers: [String: String] = [:], isFromLoopback: Bool = false
  ) -> WebResponse {
    service.respond(
      request(
        method, path, as: account, type: type, body, headers: headers,
        isFromLoopback: isFromLoopback))
  }

  /// Asks with the token of an issuer.
  func ask(
    _ method: String, _ path: String, showing token: String, type: String? = nil,
    _ body: String = "", headers: [String: String] = [:]
  ) async -> WebResponse {
    var all = headers
    all["authorization"] = "Bearer \(token)"
    return service.respond(
      await service.identified(request(method, path, type: type, body, headers: all)))
  }

  private func request(
    _ method: String, _ path: String, as account: String? = nil, type: String? = nil,
    _ body: String = "", headers: [String: String] = [:], isFromLoopback: Bool = false
  ) -> WebRequest {
    var all = headers
    if let account { all["authorization"] = "Bearer \(tokens[account] ?? "?")" }
    if let type { all["content-type"] = type }
    let parts = path.split(separator: "?", maxSplits: 1)
    let query = (parts.count > 1 ? parts[1].split(separator: "&") : []).map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1)
      return (name: String(sides[0]), value: sides.count > 1 ? String(sides[1]) : "")
    }
    return WebRequest(
      method: method, path: String(parts[0]), query: query, headers: all,
      body: Array(body.utf8), address: "192.0.2.7", isFromLoopback: isFromLoopback)
  }

  /// Opens a round and hands pharmacies in; gives the path of the round.
  func round(_ count: Int) throws -> String {
    let opened = ask(
      "POST", Self.base + "/rounds", as: "clerk", type: "application/json",
      #"{"year": 2026, "title": "第一批"}"#)
    let path = opened.header("Location") ?? ""
    let records = (1...count).map { index in
      """
      {"id": "A\(index)", "name": "药房\(index)", "kind": "retail_pharmacy", "requests": ["retail_pharmacy"],
       "district": "相山区", "score": \(90 - index), "submitted": "2026-03-02",
       "location": {"lon": 116.798000, "lat": 33.953197, "datum": "wgs84"}}
      """
    }
    _ = ask(
      "POST", path + "/applications", as: "clerk", type: "application/json",
      "[\(records.joined(separator: ","))]")
    return path
  }

  /// An act on a round at the version that it has.
  func act(_ name: String, _ round: String, as account: String, _ body: String? = nil)
    -> WebResponse
  {
    let version = ask("GET", round, as: "auditor").header("ETag") ?? ""
    return ask(
      "POST", round + "/" + name, as: account, type: body == nil ? nil : "application/json",
      body ?? "", headers: ["if-match": version])
  }
}

final class TestTime: Sendable {
  static let start = 1_000.0
  private let seconds = Mutex(start)

  var now: Double { seconds.withLock { $0 } }

  func pass(_ time: Double) { seconds.withLock { $0 += time } }
}

final class TestLog: Sendable {
  private let all = Mutex<[String]>([])

  var lines: [String] { all.withLock { $0 } }
  var entries: [PlainValue] { lines.map { (try? JSONReader.read($0)) ?? .null } }

  func add(_ line: String) { all.withLock { $0.append(line) } }
}

extension WebResponse {
  var json: PlainValue { (try? JSONReader.read(body)) ?? .null }
  var text: String { String(decoding: body, as: UTF8.self) }
}
