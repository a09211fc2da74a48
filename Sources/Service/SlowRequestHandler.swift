import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells a client that falls silent within the body of its request, and lets it go: 408.
///
/// Who has not yet sent a whole head has asked for nothing, and is let go by the server without a word, as is a connection that nobody
/// uses. Where an answer has already begun (413), the connection is closed as well, since one request has one answer.
final class SlowRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let wait: TimeAmount
  private let answer: @Sendable (HTTPRequest) -> WebResponse
  /// The request whose body is being read.
  private var head: HTTPRequest?
  private var heard = NIODeadline.now()
  private var timer: Scheduled<Void>?
  /// Requests read so far, and answers begun.
  private var (requests, answers) = (0, 0)

  init(wait: TimeAmount, answer: @escaping @Sendable (HTTPRequest) -> WebResponse) {
    self.wait = wait
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    heard = .now()
    switch unwrapInboundIn(data) {
    case .head(let head):
      requests += 1
      self.head = head
      schedule(context)
    case .body: break
    case .end: stop()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head = unwrapOutboundIn(data) { answers += 1 }
    context.write(data, promise: promise)
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func stop() {
    head = nil
    timer?.cancel()
    timer = nil
  }

  private func schedule(_ context: ChannelHandlerContext) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: heard + wait) {
      self.look(context)
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    guard let head else { return }
    // Earlier requests of the connection have their answers first.
    if NIODeadline.now() < heard + wait || answers < requests - 1 {
      if answers < requests - 1 { heard = .now() }
      schedule(context)
      return
    }
    stop()
    if answers == requests {
      context.close(promise: nil)
      return
    }
    answers += 1
    var told = answer(head)
    told.headers.append(("Connection", "close"))
    let response = told.httpResponse
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(bytes: told.body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}

extension WebResponse {
  /// Its head, with the length of its body.
  var httpResponse: HTTPResponse {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    fields[.contentLength] = String(body.count)
    return HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: fields)
  }
}
