/// A request as the service sees it, whatever brought it.
package struct WebRequest: Sendable {
  /// By which the log knows it, and its answer, which carries it as `X-Request-Id`.
  package var id = String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
  package var method: String
  /// Without the query; its parts are decoded when they are matched.
  package var path: String
  package var query: [(name: String, value: String)]
  /// By lower-case name.
  package var headers: [String: String]
  package var body: [UInt8]
  /// Where it came from.
  package var address: String
  package var isFromLoopback: Bool
  /// What the token of an issuer came to that it shows; nil where it shows none.
  var shown: Result<Identity, TokenFault>?

  package init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [String: String] = [:], body: [UInt8] = [], address: String = "",
    isFromLoopback: Bool = false
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.address = address
    self.isFromLoopback = isFromLoopback
  }

  func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// The token that it shows; nil where it shows none, or something else.
  var bearer: String? {
    guard let header = headers["authorization"], header.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return String(header.dropFirst(7).filter { $0 != " " })
  }

  /// Whether English is asked for rather than Chinese.
  var isEnglish: Bool {
    (value("lang") ?? headers["accept-language"] ?? "").lowercased().hasPrefix("en")
  }

  /// What the body is said to be, without parameters, in lower case.
  var mediaType: String? {
    headers["content-type"].map {
      String($0.prefix { $0 != ";" }).filter { $0 != " " }.lowercased()
    }
  }
}

/// What the service answers.
package struct WebResponse: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    _ status: Int, _ headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  init(_ status: Int, type: String, _ body: [UInt8]) {
    self.init(status, [("Content-Type", type)], body: body)
  }

  init(_ status: Int, type: String = "application/json", _ text: String) {
    self.init(status, type: type, Array(text.utf8))
  }

  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
