package import Diagnostics
import Policy
import PolicyDesk
package import Reading

/// The language server: takes the messages of a client, in their order, and answers them.
///
/// It does nothing by itself and knows no threads: ``ServerLoop`` gives it what comes in and time where nothing does. What is wrong
/// with documents is told when nothing more is waiting, so that fast typing is looked at once.
package final class Server {
  private enum State { case created, initialized, shutDown, ended(Int32) }

  package internal(set) var workspace: Workspace
  private var state = State.created
  private let language: Language
  private let given: ServerSettings.Given
  private let version: String
  /// Takes the bytes of messages to the client.
  private let send: ([UInt8]) -> Void
  /// What was last told of each document.
  var published: [String: String] = [:]
  /// By document: what was last found when there was time.
  var inspections: [String: Inspection] = [:]
  /// By the path of tests: what they came to when they were last run.
  var testOutcomes: [String: TestRun.Outcome] = [:]
  /// Whether documents have changed since everything was last told.
  package private(set) var isUnsettled = false
  private var asked = 0

  package init(
    workspace: Workspace, given: ServerSettings.Given = ServerSettings.Given(),
    language: Language, version: String, send: @escaping ([UInt8]) -> Void
  ) {
    self.given = given
    self.workspace = workspace
    self.language = language
    self.version = version
    self.send = send
  }

  /// The exit code, once the client has asked for the end: 0 after `shutdown`, else 1.
  package var exitCode: Int32? { if case .ended(let code) = state { code } else { nil } }

  // MARK: Messages

  package func answer(_ frame: FrameReader.Frame) {
    switch frame {
    case .tooLarge(let size):
      fail(
        Message.Failure(
          code: Message.Failure.invalidRequest,
          message: "the message has \(size) bytes, more than \(FrameReader.mostBytes)"))
    case .message(let bytes):
      do throws(Message.Failure) {
        if let message = try Message.read(bytes) { answer(message) }
      } catch {
        fail(error)
      }
    }
  }

  package func answer(_ message: Message) {
    guard let id = message.id else {
      notice(message)
      return
    }
    do throws(Message.Failure) {
      let result = try result(of: message)
      send(Message.framed(.object([("jsonrpc", .text("2.0")), ("id", id), ("result", result)])))
    } catch {
      var failure = error
      failure.id = id
      fail(failure)
    }
  }

  /// Answers a request that the client no longer wants.
  package func cancel(_ id: JSONTree) {
    fail(
      Message.Failure(
        code: Message.Failure.requestCancelled, message: "the request was cancelled", id: id))
  }

  package func fail(_ failure: Message.Failure) {
    send(
      Message.framed(
        .object([
          ("jsonrpc", .text("2.0")), ("id", failure.id),
          (
            "error",
            .object([("code", .int(failure.code)), ("message", .text(failure.message))])
          ),
        ])))
  }

  func tell(_ method: String, _ parameters: JSONTree) {
    send(
      Message.framed(
        .object([
          ("jsonrpc", .text("2.0")), ("method", .text(method)), ("params", parameters),
        ])))
  }

  private func result(of message: Message) throws(Message.Failure) -> JSONTree {
    if message.method == "initialize" {
      guard case .created = state else {
        throw Message.Failure(
          code: Message.Failure.invalidRequest, message: "the server is initialized already")
      }
      workspace.settings = ServerSettings(message.parameters, given: given, language: language)
      state = .initialized
      return Capabilities.tree(workspace.settings, version: version)
    }
    switch state {
    case .created:
      throw Message.Failure(
        code: Message.Failure.notInitialized, message: "expected `initialize` first")
    case .shutDown, .ended:
      throw Message.Failure(
        code: Message.Failure.invalidRequest, message: "the server was shut down")
    case .initialized: break
    }
    if message.method == "shutdown" {
      state = .shutDown
      return .null
    }
    guard let feature = Feature(rawValue: message.method) else {
      throw Message.Failure(
        code: Message.Failure.methodNotFound, message: "there is no method `\(message.method)`")
    }
    return try result(of: feature, message.parameters)
  }

  private func notice(_ message: Message) {
    let parameters = message.parameters
    if message.method == "exit" {
      if case .shutDown = state { state = .ended(0) } else { state = .ended(1) }
      return
    }
    guard case .initialized = state else { return }
    switch message.method {
    case "initialized": registerWatchers(parameters)
    case "textDocument/didOpen":
      let document = parameters["textDocument"]
      guard let uri = document?["uri"]?.string, let path = FilePath.of(uri: uri),
        let text = document?["text"]?.string
      else { return }
      workspace.files.open(
        OpenDocument(uri: uri, path: path, version: document?["version"]?.integer, text: text))
      isUnsettled = true
    case "textDocument/didChange": change(parameters)
    case "textDocument/didClose":
      guard let path = path(parameters) else { return }
      inspections[path] = nil
      if let uri = workspace.files.documents[path]?.uri, published[path] != nil {
        tell(
          "textDocument/publishDiagnostics",
          .object([("uri", .text(uri)), ("diagnostics", .list([]))]))
      }
      published[path] = nil
      workspace.files.close(path)
      isUnsettled = true
    case "textDocument/didSave", "workspace/didChangeWatchedFiles": isUnsettled = true
    case "workspace/didChangeWorkspaceFolders":
      let event = parameters["event"]
      let paths = { (key: String) in
        (event?[key]?.items ?? []).compactMap { $0["uri"]?.string }.compactMap(FilePath.of(uri:))
      }
      let removed = paths("removed")
      workspace.settings.folders =
        workspace.settings.folders.filter { !removed.contains($0) } + paths("added")
      isUnsettled = true
    default: break
    }
  }

  /// Asks the client to tell when files change that are not open in it.
  private func registerWatchers(_ parameters: JSONTree) {
    guard workspace.settings.registersWatchers else { return }
    asked += 1
    let pattern = JSONTree.object([("globPattern", .text("**/*.{yaml,yml,json,csv}"))])
    send(
      Message.framed(
        .object([
          ("jsonrpc", .text("2.0")), ("id", .int(asked)),
          ("method", .text("client/registerCapability")),
          (
            "params",
            .object([
              (
                "registrations",
                .list([
                  .object([
                    ("id", .text("watched-files")),
                    ("method", .text("workspace/didChangeWatchedFiles")),
                    ("registerOptions", .object([("watchers", .list([pattern]))])),
                  ])
                ])
              )
            ])
          ),
        ])))
  }

  private func change(_ parameters: JSONTree) {
    guard let path = path(parameters) else { return }
    let encoding = workspace.settings.encoding
    var edits: [(range: ByteRange, length: Int)] = []
    workspace.files.change(path) { document in
      document.version = parameters["textDocument", "version"]?.integer ?? document.version
      for change in parameters["contentChanges"]?.items ?? [] {
        guard let text = change["text"]?.string else { continue }
        if let start = Position(change["range", "start"]),
          let end = Position(change["range", "end"])
        {
          let first = document.text.offset(of: start, encoding)
          let last = max(document.text.offset(of: end, encoding), first)
          edits.append((ByteRange(start: first, end: last), text.utf8.count))
          document.change(first..<last, text)
        } else {
          edits.append((ByteRange(start: 0, end: document.text.bytes.count), text.utf8.count))
          document.change(nil, text)
        }
      }
    }
    for edit in edits {
      for profile in inspections.keys {
        inspections[profile]?.move(path, edit: edit.range, to: edit.length)
      }
      testOutcomes[path]?.move(path, edit: edit.range, to: edit.length)
    }
    isUnsettled = true
  }

  /// The path of the document that parameters name.
  func path(_ parameters: JSONTree) -> String? {
    parameters["textDocument", "uri"]?.string.flatMap(FilePath.of(uri:))
  }

  // MARK: What is wrong

  /// Tells what is wrong with the documents as they stand now, where that is something else than was told before.
  package func settle() {
    guard case .initialized = state, isUnsettled else { return }
    isUnsettled = false
    publish()
  }

  /// Whether a document is open that has not been inspected as it stands.
  package var hasUninspected: Bool { uninspected != nil }

  private var uninspected: String? {
    workspace.files.openPaths.first { path in
      guard let analysis = workspace.analysis(path), Inspection.isFor(analysis) else {
        return false
      }
      return !(inspections[path]?.isOf(analysis) ?? false)
    }
  }

  /// Inspects one document, as long as nothing else is to be done.
  package func inspect(while isWanted: () -> Bool) {
    guard let path = uninspected, let analysis = workspace.analysis(path) else { return }
    let tests =
      analysis.tests == nil
      ? workspace.testsPath(of: path).flatMap { workspace.analysis($0)?.tests } : nil
    guard let found = Inspection(analysis, tests: tests, while: isWanted) else { return }
    inspections[path] = found
    publish()
  }
}
