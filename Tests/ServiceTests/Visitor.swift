import Desk
import Service
import Testing

/// Somebody who goes through the pages with a browser: keeps cookies, and sends forms as they stand in the page.
final class Visitor {
  let test: TestService
  private(set) var cookies: [String: String] = [:]

  init(_ test: TestService) { self.test = test }

  /// Signed in as somebody of Huaibei who has an account.
  convenience init(_ test: TestService, as caller: Caller) throws {
    self.init(test)
    cookies["__Host-planlint"] = try test.desk.beginSession(caller, hours: 12).secret
  }

  /// Signed in as the account of a role.
  convenience init(_ test: TestService, _ role: Role) throws {
    try self.init(test, as: Caller(account: role.rawValue, city: "huaibei", roles: [role]))
  }

  func send(
    _ method: String, _ path: String, type: String? = nil, _ body: [UInt8] = []
  ) -> WebResponse {
    let parts = path.split(separator: "?", maxSplits: 1)
    var headers: [String: String] = [:]
    if let type { headers["content-type"] = type }
    if !cookies.isEmpty {
      headers["cookie"] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: "; ")
    }
    let query = (parts.count > 1 ? parts[1].split(separator: "&") : []).map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map(Self.decoded)
      return (name: sides[0], value: sides.count > 1 ? sides[1] : "")
    }
    let told = test.service.respond(
      WebRequest(
        method: method, path: String(parts.first ?? "/"), query: query, headers: headers,
        body: body, address: "192.0.2.9"))
    for header in told.headers where header.name == "Set-Cookie" {
      let pair = header.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
    }
    return told
  }

  func get(_ path: String) -> WebResponse { send("GET", path) }

  /// The hidden fields of a form of a page, by its id.
  func hidden(_ page: WebResponse, _ form: String) throws -> [(name: String, value: String)] {
    let text = page.text
    let start = try #require(text.firstRange(of: "id=\"\(form)\""), "no form \(form)")
    let end = try #require(text[start.upperBound...].firstRange(of: "</form>"))
    return text[start.upperBound..<end.lowerBound].matches(
      of: #/<input type="hidden" name="([^"]*)" value="([^"]*)">/#
    ).map { (String($0.1), String($0.2)) }
  }

  /// Sends a form of a page with what was filled in.
  func submit(
    _ path: String, _ form: String, _ fields: [(String, String)] = [],
    change: [String: String] = [:]
  ) throws -> WebResponse {
    let carried = try hidden(get(path), form).map { ($0.name, change[$0.name] ?? $0.value) }
    return post(path, carried + fields)
  }

  func post(_ path: String, _ fields: [(String, String)]) -> WebResponse {
    let body = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    return send("POST", path, type: "application/x-www-form-urlencoded", Array(body.utf8))
  }

  /// Sends a form of a page with a file.
  func upload(
    _ path: String, _ form: String, file: String, _ content: String,
    _ fields: [(String, String)] = []
  ) throws -> WebResponse {
    var body = ""
    for (name, value) in try hidden(get(path), form).map({ ($0.name, $0.value) }) + fields {
      body += "--frontier\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file)\"\r\nContent-Type: text/csv\r\n\r\n\(content)\r\n--frontier--\r\n"
    return send("POST", path, type: "multipart/form-data; boundary=frontier", Array(body.utf8))
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      if isPlain { return String(Unicode.Scalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      if byte == UInt8(ascii: "%"), let high = rest.next(), let low = rest.next() {
        bytes.append(UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) ?? 0)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
