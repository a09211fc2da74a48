import Desk
import Diagnostics

/// A route of the interface: what is asked how, and who answers. The table of them all is what requests are matched with and what
/// `/openapi.json` tells.
struct Route: Sendable {
  enum Access: Sendable {
    /// Anybody; who shows a token may be told more.
    case open
    case signedIn
  }

  var method: String
  /// `/api/v1/cities/{city}/rounds`.
  var path: String
  /// Unique; what a client's generated code calls it.
  var id: String
  var summary: String
  var access = Access.signedIn
  /// Whether it changes something that has a version, so that `If-Match` is asked for.
  var isVersioned = false
  /// What the body may be; none where there is none.
  var takes: [String] = []
  /// The names that a query may have.
  var query: [String] = []
  /// The types that its answer may have.
  var gives = [MediaTypes.json]
  var status = 200
  var answer: @Sendable (Service, Call) throws -> WebResponse

  /// Its parts, a name in braces standing for any.
  var segments: [Substring] { path.split(separator: "/") }

  var parameters: [String] {
    segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  /// What the braces stand for in a path; nil where it is another route's.
  func match(_ parts: [Substring]) -> [String: String]? {
    let segments = segments
    guard parts.count == segments.count else { return nil }
    var found: [String: String] = [:]
    for (segment, part) in zip(segments, parts) {
      if segment.hasPrefix("{") {
        guard let text = part.percentDecoded, !text.isEmpty else { return nil }
        found[String(segment.dropFirst().dropLast())] = text
      } else if segment != part {
        return nil
      }
    }
    return found
  }
}

/// A request that was matched with its route.
struct Call: Sendable {
  var request: WebRequest
  var route: Route
  var parameters: [String: String]
  var caller: Caller?

  func parameter(_ name: String) -> String { parameters[name] ?? "" }

  /// Who asks; a route that is not open has one.
  func signedIn() throws -> Caller {
    guard let caller else { throw Problem.unauthorized }
    return caller
  }

  /// Who asks, once for each city that he may see: of an issuer's tokens there may be several.
  func signedInEverywhere() throws -> [Caller] {
    let caller = try signedIn()
    guard case .success(let identity)? = request.shown else { return [caller] }
    return identity.cities.map { identity.caller(about: $0, at: caller.address) }
  }

  /// What is asked of the desk.
  func asked(_ act: Act, round: String? = nil, target: String = "") throws -> Asked {
    let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return Asked(
      act, by: try signedIn(), city: parameter("city"),
      path: "\(request.method) \(request.path)", key: try key,
      request: Digest.sha256(
        Array("\(query)\n\(request.mediaType ?? "")\n".utf8) + request.body),
      version: version, round: round, target: target)
  }

  private var key: String? {
    get throws {
      guard let key = request.headers["idempotency-key"] else { return nil }
      guard !key.isEmpty, key.utf8.count <= 255 else {
        throw Problem(
          400, "bad-key", zh: "Idempotency-Key 应为 1 至 255 字节",
          en: "expected an Idempotency-Key of 1 to 255 bytes")
      }
      return key
    }
  }

  /// The version that `If-Match` names; one that no answer ever had where it is written otherwise.
  private var version: Int? {
    guard let text = request.headers["if-match"] else { return nil }
    if text == "*" { return Asked.anyVersion }
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 2 else { return 0 }
    return Int(text.dropFirst().dropLast()) ?? 0
  }

  /// The body as one JSON object.
  func object() throws -> PlainValue {
    do {
      let value = try JSONReader.read(request.body)
      guard case .record = value else {
        throw Problem(400, "bad-json", zh: "应为一个 JSON 对象", en: "expected one JSON object")
      }
      return value
    } catch let fault as JSONReader.Fault {
      throw Problem(
        400, "bad-json", zh: "不是 JSON（第 \(fault.offset) 字节）：\(fault.message)",
        en: "not JSON at byte \(fault.offset): \(fault.message)")
    }
  }

  /// A text of an object, which has to be there.
  func text(_ name: String, in object: PlainValue) throws -> String {
    guard let text = object[name]?.string else {
      throw Problem(422, "invalid", zh: "应有文字 `\(name)`", en: "expected `\(name)`, a text")
    }
    return text
  }

  /// A whole number of the path or query.
  func number(_ text: String, _ name: String) throws -> Int {
    guard let number = Int(text), number >= 0 else {
      throw Problem(
        422, "invalid", zh: "`\(name)` 应为非负整数", en: "expected `\(name)` to be a whole number")
    }
    return number
  }

  /// Whether a flag of the query is set; not where it is not there.
  func flag(_ name: String) throws -> Bool {
    switch request.value(name) {
    case "true"?: return true
    case "false"?, nil: return false
    case let other?:
      throw Problem(
        422, "invalid", zh: "`\(name)` 应为 true 或 false，实际为 `\(other)`",
        en: "expected `\(name)` true or false, found `\(other)`")
    }
  }

  /// Where a part of a list begins, and how long it is at most.
  func page(_ cursor: String) throws -> (after: Int, limit: Int) {
    let after = try request.value(cursor).map { try number($0, cursor) } ?? 0
    let limit = try request.value("limit").map { try number($0, "limit") } ?? 100
    guard (1...1_000).contains(limit) else {
      throw Problem(
        422, "invalid", zh: "`limit` 应为 1 至 1000", en: "expected `limit` from 1 to 1,000")
    }
    return (after, limit)
  }
}

extension Problem {
  static let unauthorized = Problem(
    401, "unauthorized", zh: "须先登录，或出示令牌", en: "expected a token or a session",
    headers: [("WWW-Authenticate", "Bearer")])
}

extension Substring {
  /// The text that percent signs stand for; nil where they stand for none.
  var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next(), let low = rest.next(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
