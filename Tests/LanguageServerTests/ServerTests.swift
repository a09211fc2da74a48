import Diagnostics
import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("The server as the protocol has it")
struct ServerTests {
  @Test("it counts in UTF-8 where the client offers that, else in UTF-16")
  func encoding() throws {
    #expect(try EditorClient().capabilities["positionEncoding"] == .text("utf-8"))
    #expect(
      try EditorClient(encoding: "utf-32").capabilities["positionEncoding"] == .text("utf-16"))
  }

  @Test func `a client that is told of faults is not asked to ask for them as well`() throws {
    #expect(try EditorClient().capabilities["diagnosticProvider"] == nil)
    #expect(try EditorClient(isTold: false).capabilities["diagnosticProvider"] != nil)
  }

  @Test("it ends with 0 after `shutdown`, else with 1, and answers nothing in between")
  func end() throws {
    let client = try EditorClient()
    #expect(client.request("shutdown", .null) == .null)
    #expect(client.answer("textDocument/hover", .null)["error", "code"] == .int(-32600))
    client.notify("exit", .null)
    #expect(client.exitCode == 0)
    let other = try EditorClient()
    other.notify("exit", .null)
    #expect(other.exitCode == 1)
  }

  @Test("what it does not know, and what is no message, is answered with the protocol's codes")
  func failures() throws {
    let client = try EditorClient()
    #expect(client.answer("textDocument/nothing", .null)["error", "code"] == .int(-32601))
    #expect(client.answer("initialize", .object([]))["error", "code"] == .int(-32600))
    client.notify("$/anything", .null)
    client.raw("{")
    #expect(client.last["error", "code"] == .int(-32700))
    client.raw("[]")
    #expect(client.last["error", "code"] == .int(-32600))
    client.raw("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}")
    #expect(client.last["error", "code"] == .int(-32600))
    client.raw("{\"jsonrpc\":\"2.0\",\"id\":5}")
    #expect(client.last["error", "code"] == .int(-32600))
    #expect(client.last["id"] == .int(5))
    // It goes on.
    #expect(client.request("shutdown", .null) == .null)
  }

  @Test("before `initialize` it answers that it is not initialized")
  func notInitialized() {
    var answers: [String] = []
    let server = Server(workspace: Workspace(), language: .zh, version: "0") {
      answers.append(String(decoding: $0, as: UTF8.self))
    }
    server.answer(Message(id: .int(1), method: "textDocument/hover", parameters: .null))
    #expect(answers.last?.contains("-32002") == true)
  }

  @Test("the language is the client's option, else the command line's, else the client's own")
  func language() {
    func settings(_ option: String?, _ given: Language?, _ locale: String?) -> Language {
      var fields: [(key: String, value: JSONTree)] = []
      if let option {
        fields.append(("initializationOptions", .object([("lang", .text(option))])))
      }
      if let locale { fields.append(("locale", .text(locale))) }
      return ServerSettings(
        .object(fields), given: ServerSettings.Given(language: given), language: .zh
      ).language
    }
    #expect(settings("en", .zh, "zh-cn") == .en)
    #expect(settings(nil, .zh, "en") == .zh)
    #expect(settings(nil, nil, "en-US") == .en)
    #expect(settings(nil, nil, nil) == .zh)
  }

  @Test("paths that options name are as seen from the client's first folder")
  func paths() {
    let parameters = JSONTree.object([
      ("initializationOptions", .object([("sources", .text("texts"))])),
      ("rootUri", .text("file:///a%20b")),
    ])
    let settings = ServerSettings(
      parameters, given: ServerSettings.Given(policies: "/p", sources: "other"), language: .zh)
    #expect(settings.sources == "/a b/texts")
    #expect(settings.policies == "/p")
  }

  @Test("a request that the client takes back is answered as such")
  func cancelled() throws {
    var answers: [String] = []
    let server = Server(workspace: Workspace(), language: .zh, version: "0") {
      answers.append(String(decoding: $0, as: UTF8.self))
    }
    server.cancel(.int(7))
    #expect(answers.last?.contains("-32800") == true)
    #expect(answers.last?.contains("\"id\":7") == true)
  }
}
