import Diagnostics
import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("Texts half typed")
struct RobustnessTests {
  /// Asks everything about a place; nothing may fail.
  private func askAll(_ client: EditorClient, _ path: String, _ text: String, at offset: Int) {
    let place = DocumentText(text).position(of: offset, .utf8)
    for method in [
      "textDocument/completion", "textDocument/hover", "textDocument/definition",
      "textDocument/references", "textDocument/prepareRename", "textDocument/documentHighlight",
    ] {
      let answer = client.answer(method, .object(EditorClient.place(path, place)))
      #expect(answer["error"] == nil, "\(method)")
    }
    let tree = JSONTree.object([("line", .int(place.line)), ("character", .int(place.character))])
    let document = (
      key: "textDocument", value: JSONTree.object([("uri", .text(FilePath.uri(path)))])
    )
    let range = (key: "range", value: JSONTree.object([("start", tree), ("end", tree)]))
    #expect(client.answer("textDocument/codeAction", .object([document, range]))["error"] == nil)
    #expect(client.answer("textDocument/documentSymbol", .object([document]))["error"] == nil)
  }

  @Test(
    "the beginnings of a profile, its tests and its tenant are all answered",
    arguments: Profiles.all)
  func prefixes(_ id: String) throws {
    for path in [Profiles.path(id), Profiles.testsPath(id), Profiles.tenantPath(id)] {
      let text = try Profiles.text(path)
      let scalars = Array(text.unicodeScalars)
      let client = try EditorClient()
      client.open(path, "")
      // So many beginnings are tried, at places that differ from file to file.
      let step = max(1, scalars.count / 4)
      var version = 2
      for end in stride(from: step / 3, to: scalars.count, by: step) {
        var prefix = ""
        prefix.unicodeScalars.append(contentsOf: scalars[..<end])
        client.replace(path, prefix, version: version)
        version += 1
        _ = client.diagnostics(path)
        askAll(client, path, prefix, at: prefix.utf8.count)
      }
    }
  }

  @Test("every beginning of a small profile is answered, and completions are there in each item")
  func small() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    let client = try EditorClient(folders: [folder.path])
    let path = folder.path + "/policies/own/2026.yaml"
    client.open(path, "")
    let scalars = Array(OwnTenant.profile.unicodeScalars)
    for end in stride(from: 0, through: scalars.count, by: 7) {
      var prefix = ""
      prefix.unicodeScalars.append(contentsOf: scalars[..<end])
      client.replace(path, prefix, version: end + 2)
      _ = client.diagnostics(path)
      askAll(client, path, prefix, at: prefix.utf8.count)
    }
  }

  @Test(
    "texts that are no YAML, deep, long or strange are answered",
    arguments: [
      "", "\u{FEFF}a", "\t\t", "{", "}{", "[[[[", "- - - -", "? a\n: b", "a: &x [*x]", "'", "\"\\",
      "|", ">-\n\n\n",
      "a:\r\n  b:\r\n", "rules:\n  - {id: [}\n", "provisions:\n  A: {at: \"\n\nx",
      "---\na: 1\n---\nb: 2\n",
      "\u{1F600}: \u{1F600}", "planlint: policy/1\nrules: &a\n  <<: *a\n",
    ])
  func strange(_ text: String) throws {
    let client = try EditorClient()
    for name in ["tenant.yaml", "2026.tests.yaml", "x.json", "x.yaml", "registry.csv"] {
      let path = "/tmp/strange/\(name)"
      client.open(path, text)
      _ = client.diagnostics(path)
      for offset in 0...text.utf8.count { askAll(client, path, text, at: offset) }
    }
    let deep = String(repeating: "[", count: 5_000) + text
    client.open("/tmp/strange/deep.json", deep)
    _ = client.diagnostics("/tmp/strange/deep.json")
    askAll(client, "/tmp/strange/deep.json", deep, at: deep.utf8.count)
  }

  @Test("what stands outside a document, or in one that is not open, is answered without harm")
  func outside() throws {
    let client = try EditorClient()
    let path = Profiles.path("xian/2025-2027")
    let text = try Profiles.text(path)
    client.open(path, text)
    let far = Position(line: 1_000_000, character: 1_000_000)
    #expect(
      client.answer("textDocument/hover", .object(EditorClient.place(path, far)))["error"] == nil)
    let closed = client.answer(
      "textDocument/hover", .object(EditorClient.place("/tmp/no.yaml", far)))
    #expect(closed["error", "code"] == .int(-32602))
    client.change(path, [.object([("range", .object([])), ("text", .text("x"))])], version: 3)
    client.change("/tmp/no.yaml", [.object([("text", .text("x"))])], version: 3)
    #expect(client.answer("textDocument/hover", .null)["error", "code"] == .int(-32602))
  }
}
