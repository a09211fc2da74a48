import HummingbirdCore
import Desk
import Dispatch
import Diagnostics
import HTTPTypes
internal import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import Synchronization
import UnixSignals

/// The limits of the server, each with an error of its own.
package struct ServerLimits: Sendable {
  package var bodyBytes = 64 << 20
  package var headerBytes = 32 << 10
  /// Without a byte of the client's.
  package var idleSeconds = 10
  package var requestSeconds = 60
  package var connections = 1_000
  /// A minute and account.
  package var wrongPasswords = Desk.wrongPasswords
  /// Requests that are worked on or wait for it; more are told to come again.
  package var waiting = 512

  package init() {}
}

/// Serves HTTP/1.1 with Hummingbird: reads a request whole, has the service answer it on a thread that may block, and writes the answer.
package struct Server: Sendable {
  private let service: Service
  private let host: String
  private let port: Int
  private let limits: ServerLimits
  private let tls: ServerCertificate?
  private let threads = DispatchQueue(label: "planlintd", attributes: .concurrent)
  private let busy = Busy()

  package init(
    _ service: Service, host: String, port: Int, limits: ServerLimits = ServerLimits(),
    tls: ServerCertificate? = nil
  ) {
    self.tls = tls
    self.service = service
    self.host = host
    self.port = port
    self.limits = limits
  }

  /// Serves until SIGTERM or SIGINT, after which it finishes what it has begun.
  ///
  /// - Parameter running: told the port once it listens.
  package func run(running: @escaping @Sendable (Int) -> Void) async throws {
    var logger = Logger(label: "planlintd") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let wait = TimeAmount.seconds(Int64(limits.idleSeconds))
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [
          SlowRequestHandler(wait: wait) { head in
            problem(
              408, "slow", "超过 \(limits.idleSeconds) 秒未收到内容",
              "nothing came for \(limits.idleSeconds) s", of: head)
          }
        ],
        // A moment later, so that who has to be told is told.
        idleTimeout: wait + .milliseconds(250),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.headerBytes * 8,
          maxHeaderListSize: limits.headerBytes * 8)))
    let application = Application(
      responder: CallbackResponder { (request: Request, context: ServedContext) in
        await respond(request, context)
      },
      server: try tls.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { channel in running(channel.localAddress?.port ?? port) },
      logger: logger)
    let timer = DispatchSource.makeTimerSource(queue: threads)
    timer.schedule(deadline: .now() + 1, repeating: 1)
    timer.setEventHandler { [busy] in busy.tellLate() }
    timer.resume()
    defer { timer.cancel() }
    try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
  }

  /// What is told of a request that is not read to its end, as a page where its path is a page's.
  private func problem(
    _ status: Int, _ kind: String, _ zh: String, _ en: String, of head: HTTPRequest
  ) -> WebResponse {
    let problem = Problem(status, kind, zh: zh, en: en)
    let uri = URI(head.path ?? "/")
    return service.page(of: problem, path: uri.path, query: uri.query ?? "")
      ?? problem.response(isEnglish: head.isEnglish)
  }

  private func respond(_ request: Request, _ context: ServedContext) async -> Response {
    let isEnglish = request.head.isEnglish
    func problem(_ status: Int, _ kind: String, _ zh: String, _ en: String) -> Response {
      Response(self.problem(status, kind, zh, en, of: request.head))
    }
    // What is larger by far is not read at all, and answered with 400 by the decoder.
    let header = request.headers.reduce(request.uri.path.utf8.count) {
      $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4
    }
    if header > limits.headerBytes {
      return problem(
        431, "header-too-large", "请求头超过 \(limits.headerBytes) 字节",
        "expected a header of at most \(limits.headerBytes) bytes")
    }
    func tooLarge() -> Response {
      problem(
        413, "too-large", "内容超过 \(limits.bodyBytes) 字节",
        "expected at most \(limits.bodyBytes) bytes")
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes
    {
      return tooLarge()
    }
    var body: [UInt8] = []
    do {
      for try await part in request.body {
        body += part.readableBytesView
        if body.count > limits.bodyBytes { return tooLarge() }
      }
    } catch {
      return problem(400, "body", "内容未能读完", "the body could not be read to its end")
    }
    let asked = await service.identified(WebRequest(request, body, address: context.address))
    var response = await withCheckedContinuation { continuation in
      // The act goes on whatever becomes of the client.
      let once = Once(continuation)
      let end = DispatchTime.now() + .seconds(limits.requestSeconds)
      guard let number = busy.enter(once, until: end, most: limits.waiting) else {
        once.give(
          Problem(503, "busy", zh: "请求过多，请稍后再试", en: "too many requests; come again later")
            .response(isEnglish: isEnglish))
        return
      }
      threads.async {
        let response = service.respond(asked)
        busy.leave(number)
        once.give(response)
      }
    }
    if response.header("X-Request-Id") == nil {
      // It was told to come again before the service had answered it.
      response.headers.append(("X-Request-Id", asked.id))
      service.log.warning(
        "not answered in time",
        metadata: [
          "request": "\(asked.id)", "method": "\(asked.method)",
          "status": .stringConvertible(response.status),
        ])
    }
    return Response(response, isHead: request.method == .head)
  }
}

extension HTTPRequest {
  fileprivate var isEnglish: Bool { headerFields[.acceptLanguage]?.hasPrefix("en") ?? false }
}

/// Where a request came from.
private struct ServedContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  var address: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }
}

/// The requests that are worked on, and until when their clients wait.
private final class Busy: Sendable {
  private struct Requests {
    var last = 0
    var waiting: [Int: (end: DispatchTime, once: Once)] = [:]
  }

  private let requests = Mutex(Requests())

  /// - Returns: nil where there are too many.
  func enter(_ once: Once, until end: DispatchTime, most: Int) -> Int? {
    requests.withLock { requests in
      if requests.waiting.count >= most { return nil }
      requests.last += 1
      requests.waiting[requests.last] = (end, once)
      return requests.last
    }
  }

  func leave(_ number: Int) { requests.withLock { $0.waiting[number] = nil } }

  /// Tells those who have waited too long; what they asked for goes on.
  func tellLate() {
    let now = DispatchTime.now()
    let late = requests.withLock { requests in
      requests.waiting.values.filter { $0.end < now }.map(\.once)
    }
    for once in late {
      once.give(
        Problem(
          503, "timeout", zh: "处理超时，结果可用同一 Idempotency-Key 再取",
          en: "it takes too long; ask again with the same Idempotency-Key for the answer"
        ).response(isEnglish: false))
    }
  }
}

/// An answer that is given once, by whoever comes first.
private final class Once: Sendable {
  private let waiting: Mutex<CheckedContinuation<WebResponse, Never>?>

  init(_ continuation: CheckedContinuation<WebResponse, Never>) {
    waiting = Mutex(continuation)
  }

  func give(_ response: WebResponse) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: response)
  }
}

extension WebRequest {
  fileprivate init(_ request: Request, _ body: [UInt8], address: String) {
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
    }
    var query: [(name: String, value: String)] = []
    for pair in (request.uri.query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ text: Substring) -> String {
        Substring(text.map { $0 == "+" ? " " : $0 }).percentDecoded ?? String(text)
      }
      query.append((decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : ""))
    }
    self.init(
      method: request.method.rawValue, path: request.uri.path, query: query, headers: headers,
      body: body, address: address,
      isFromLoopback: address.hasPrefix("127.") || address == "::1")
  }
}

extension Response {
  fileprivate init(_ response: WebResponse, isHead: Bool = false) {
    var head = response.httpResponse
    // Of an answer without a body, the server says so itself.
    if !isHead, response.body.isEmpty { head.headerFields[.contentLength] = nil }
    self.init(
      status: head.status, headers: head.headerFields,
      body: isHead || response.body.isEmpty
        ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
  }
}
