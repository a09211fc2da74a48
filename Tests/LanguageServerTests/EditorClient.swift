import LanguageServer
import Diagnostics
import Reading
import TestSupport

/// A client for tests: speaks to a server in the same program, message by message.
final class EditorClient {
  private(set) var received: [JSONTree] = []
  private let inbox: Inbox
  private let server: Server
  private var number = 0

  private final class Inbox {
    var messages: [JSONTree] = []
  }

  init(
    encoding: String = "utf-8", options: [(String, JSONTree)] = [("lang", .text("en"))],
    folders: [String] = [Golden.root], showsRelated: Bool = true, isTold: Bool = true
  ) throws {
    let inbox = Inbox()
    self.inbox = inbox
    server = Server(workspace: Workspace(), language: .zh, version: "0") { bytes in
      var frames = FrameReader()
      frames.append(bytes)
      guard case .message(let body)? = (try? frames.next()) ?? nil,
        let node = try? Document.read(SourceFile(path: "answer", bytes: body), format: .json)
      else { return }
      inbox.messages.append(JSONTree(node))
    }
    let answer = request(
      "initialize",
      .object([
        ("processId", .null),
        (
          "capabilities",
          .object([
            ("general", .object([("positionEncodings", .texts([encoding]))])),
            (
              "workspace",
              .object([("workspaceEdit", .object([("documentChanges", .bool(true))]))])
            ),
            (
              "textDocument",
              .object([
                (
                  "completion",
                  .object([("completionItem", .object([("snippetSupport", .bool(false))]))])
                ),
                (
                  isTold ? "publishDiagnostics" : "diagnostic",
                  .object([("relatedInformation", .bool(showsRelated))])
                ),
              ])
            ),
          ])
        ),
        ("initializationOptions", .object(options.map { (key: $0.0, value: $0.1) })),
        (
          "workspaceFolders",
          .list(folders.map { .object([("uri", .text(FilePath.uri($0))), ("name", .text("x"))]) })
        ),
      ]))
    capabilities = answer?["capabilities"] ?? .null
    notify("initialized", .object([]))
  }

  private(set) var capabilities: JSONTree = .null

  var exitCode: Int32? { server.exitCode }

  /// The result of a request; nil of a failure.
  @discardableResult
  func request(_ method: String, _ parameters: JSONTree) -> JSONTree? {
    answer(method, parameters)["result"]
  }

  /// The whole answer to a request.
  func answer(_ method: String, _ parameters: JSONTree) -> JSONTree {
    number += 1
    let id = JSONTree.int(number)
    send(
      .object([
        ("jsonrpc", .text("2.0")), ("id", id), ("method", .text(method)), ("params", parameters),
      ]))
    return inbox.messages.last { $0["id"] == id } ?? .null
  }

  func notify(_ method: String, _ parameters: JSONTree) {
    send(
      .object([
        ("jsonrpc", .text("2.0")), ("method", .text(method)), ("params", parameters),
      ]))
  }

  private func send(_ tree: JSONTree) {
    raw(tree.compact)
  }

  /// Sends any text as a message.
  func raw(_ text: String) { server.answer(FrameReader.Frame.message(Array(text.utf8))) }

  /// The last message of the server.
  var last: JSONTree { inbox.messages.last ?? .null }

  func open(_ path: String, _ text: String) {
    notify(
      "textDocument/didOpen",
      .object([
        (
          "textDocument",
          .object([
            ("uri", .text(FilePath.uri(path))), ("languageId", .text("yaml")),
            ("version", .int(1)), ("text", .text(text)),
          ])
        )
      ]))
  }

  /// Replaces the whole text.
  func replace(_ path: String, _ text: String, version: Int = 2) {
    change(path, [.object([("text", .text(text))])], version: version)
  }

  func change(_ path: String, _ changes: [JSONTree], version: Int) {
    notify(
      "textDocument/didChange",
      .object([
        (
          "textDocument",
          .object([("uri", .text(FilePath.uri(path))), ("version", .int(version))])
        ), ("contentChanges", .list(changes)),
      ]))
  }

  /// What is wrong with a document, as last told; with `inspecting` also what takes its time to find, with `testing` which tests fail.
  func diagnostics(
    _ path: String, inspecting: Bool = false, testing: Bool = false
  ) -> [JSONTree] {
    server.settle()
    while inspecting, server.hasUninspected { server.inspect { true } }
    while testing, let outcome = server.untested?.outcome(while: { true }) { server.take(outcome) }
    let uri = FilePath.uri(path)
    let told = inbox.messages.last {
      $0["method"]?.string == "textDocument/publishDiagnostics"
        && $0["params", "uri"]?.string == uri
    }
    return told?["params", "diagnostics"]?.items ?? []
  }

  /// The tests that have not been run on the texts as they stand.
  var untested: TestRun? { server.untested }

  /// Hands over what tests came to.
  func take(_ outcome: TestRun.Outcome) { server.take(outcome) }

  /// The last notice of what is wrong with a document, as a whole.
  func notice(_ path: String) -> JSONTree? {
    server.settle()
    let uri = FilePath.uri(path)
    return inbox.messages.last {
      $0["method"]?.string == "textDocument/publishDiagnostics"
        && $0["params", "uri"]?.string == uri
    }?["params"]
  }

  /// The parameters of a request about a place.
  static func place(_ path: String, _ position: Position) -> [(key: String, value: JSONTree)] {
    [
      ("textDocument", .object([("uri", .text(FilePath.uri(path)))])),
      (
        "position",
        .object([("line", .int(position.line)), ("character", .int(position.character))])
      ),
    ]
  }

  /// Asks about the place of a byte.
  func ask(
    _ method: String, _ path: String, _ text: String, at offset: Int,
    encoding: PositionEncoding = .utf8, more: [(key: String, value: JSONTree)] = []
  ) -> JSONTree {
    let position = DocumentText(text).position(of: offset, encoding)
    return answer(method, .object(Self.place(path, position) + more))["result"] ?? .null
  }
}

extension String {
  /// The byte at which a text first stands, or after it.
  func byte(of text: String, after: Bool = false) -> Int? {
    guard let range = firstRange(of: text) else { return nil }
    return utf8.distance(from: startIndex, to: after ? range.upperBound : range.lowerBound)
  }
}
