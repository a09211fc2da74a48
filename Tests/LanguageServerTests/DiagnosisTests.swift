import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("What is wrong while one types")
struct DiagnosisTests {
  @Test("the profiles, their tests and tenants have nothing wrong", arguments: Profiles.all)
  func clean(_ id: String) throws {
    let client = try EditorClient()
    let paths = [Profiles.path(id), Profiles.testsPath(id), Profiles.tenantPath(id)]
    for path in paths { client.open(path, try Profiles.text(path)) }
    for path in paths {
      #expect(client.notice(path)?["version"] == .int(1))
      #expect(client.diagnostics(path).isEmpty, "\(path)")
    }
  }

  @Test(
    "a misspelt name is shown where it stands, in either encoding, and goes when it is put right")
  func misspelt() throws {
    let path = Profiles.path("huaibei/2026-2028")
    let text = try Profiles.text(path)
    for encoding in [PositionEncoding.utf8, .utf16] {
      let client = try EditorClient(encoding: encoding.rawValue)
      client.open(path, text)
      #expect(client.diagnostics(path).isEmpty)
      // A comment in Chinese with an emoji before it, on the same line.
      let line = "provisions: {} # 医保\u{1F600}"
      let start = try #require(text.byte(of: "modality: in_principle", after: true))
      let place = DocumentText(text).position(of: start, encoding)
      client.change(
        path,
        [
          .object([
            ("range", .object([("start", tree(place)), ("end", tree(place))])),
            ("text", .text("x")),
          ])
        ], version: 2)
      let found = client.diagnostics(path)
      #expect(found.count >= 1)
      let first = try #require(found.first)
      #expect(first["source"] == .text("planlint"))
      #expect(first["code"] == .text("does-not-load"))
      #expect(first["severity"] == .int(1))
      #expect(first["data", "suggestion"] == .text("in_principle"))
      #expect(first["range", "start", "line"] == .int(place.line))
      #expect(first["range", "end", "character"] == .int(place.character + 1))
      #expect(client.notice(path)?["version"] == .int(2))
      client.change(
        path,
        [
          .object([
            (
              "range",
              .object([
                ("start", tree(place)),
                ("end", tree(Position(line: place.line, character: place.character + 1))),
              ])
            ), ("text", .text("")),
          ])
        ], version: 3)
      #expect(client.diagnostics(path).isEmpty)
      _ = line
    }
  }

  private func tree(_ position: Position) -> JSONTree {
    .object([("line", .int(position.line)), ("character", .int(position.character))])
  }

  @Test("what `policy check` finds is shown when there is time, and moves with the text until then")
  func inspected() throws {
    let path = Profiles.path("xian/2025-2027")
    let text = try Profiles.text(path)
    let marked = text.replacing(
      "\nparameters:\n",
      with:
        "\nparameters:\n  nobody_needs_it: {value: 1, unit: institutions, basis: XA-TERM}\n",
      maxReplacements: 1)
    let basis = try #require(marked.firstMatch(of: #/\n  (XA-[A-Z0-9-]+):\n/#))
    let whole = marked.replacing("basis: XA-TERM}", with: "basis: \(basis.1)}")
    let client = try EditorClient()
    client.open(
      Profiles.tenantPath("xian/2025-2027"),
      try Profiles.text(Profiles.tenantPath("xian/2025-2027")))
    client.open(path, whole)
    #expect(client.diagnostics(path).isEmpty)
    let found = client.diagnostics(path, inspecting: true)
    let unused = try #require(found.first { $0["code"] == .text("unused-parameter") })
    #expect(unused["severity"] == .int(2))
    let line = try #require(unused["range", "start", "line"]?.integer)
    client.change(
      path,
      [
        .object([
          (
            "range",
            .object([
              ("start", tree(Position(line: 0, character: 0))),
              ("end", tree(Position(line: 0, character: 0))),
            ])
          ), ("text", .text("# 一行\n")),
        ])
      ], version: 2)
    let moved = client.diagnostics(path).first { $0["code"] == .text("unused-parameter") }
    #expect(moved?["range", "start", "line"] == .int(line + 1))
  }

  @Test(
    "inputs are told by what they say of themselves, and their faults are shown",
    arguments: [
      (
        "applications.yaml",
        "planlint: applications/1\ncity: huaibei\napplications:\n  - {id: 1, kindd: clinic}\n",
        "kindd"
      ),
      ("facts.yaml", "planlint: facts/1\ncity: wuhan\nyear: 2026\nresidentss: 1\n", "residentss"),
      ("plan.yaml", "planlint: plan/1\ncity: wuhan\nscope: citi\nyear: 2026\n", "citi"),
      ("waivers.yaml", "planlint: waivers/1\nwaivers:\n  - {application: A, rulee: B}\n", "rulee"),
      (
        "registry.yaml",
        "planlint: registry/1\ninstitutions:\n  - {id: a, name: b, kindd: clinic}\n", "kindd"
      ),
    ])
  func inputs(_ name: String, _ text: String, _ wrong: String) throws {
    let client = try EditorClient()
    let path = "\(Golden.root)/\(name)"
    client.open(path, text)
    let found = client.diagnostics(path)
    #expect(
      found.contains { $0["message"]?.string?.contains(wrong) == true }, "\(found.map(\.text))")
    #expect(found.allSatisfy { $0["code"] == .text("unreadable-input") })
  }

  @Test("what is none of planlint's files is left alone")
  func others() throws {
    let client = try EditorClient()
    client.open("/tmp/compose.yaml", "services:\n  web: {image: a}\n")
    #expect(client.diagnostics("/tmp/compose.yaml").isEmpty)
  }

  @Test(
    "a field of the tenant's own is known in its applications, and a word of another tenant is not")
  func own() throws {
    let client = try EditorClient()
    let path = "\(Golden.root)/a.yaml"
    client.open(path, "planlint: applications/1\ncity: nowhere\napplications:\n  - {id: 1}\n")
    #expect(!client.diagnostics(path).isEmpty)
  }

  @Test("a test of a rule that the profile does not have is shown with the rule that was meant")
  func tests() throws {
    let id = "huaibei/2026-2028"
    let path = Profiles.testsPath(id)
    let text = try Profiles.text(path)
    let rule = try #require(text.firstMatch(of: #/rule: (HB-[A-Z0-9-]+)/#)).1
    let client = try EditorClient()
    client.open(
      path, text.replacing("rule: \(rule)\n", with: "rule: \(rule)X\n", maxReplacements: 1))
    let found = client.diagnostics(path)
    #expect(found.first?["data", "suggestion"] == .text(String(rule)))
  }

  @Test("what of a test's inputs cannot be read is shown where it stands, once, when there is time")
  func testInputs() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    let path = folder.path + "/policies/own/2026.tests.yaml"
    let client = try EditorClient(folders: [folder.path])
    client.open(path, OwnTenant.tests)
    #expect(client.diagnostics(path, inspecting: true).isEmpty)
    let wrong = OwnTenant.tests.replacing(
      "form: chain, floor_area: 90", with: "forme: chain, floor_area: -1"
    )
    .replacing("residents: 1000", with: "residentss: 1000")
    client.replace(path, wrong)
    let found = client.diagnostics(path, inspecting: true)
    #expect(found.count == 3, "\(found.map(\.text))")
    #expect(found.contains { $0["data", "suggestion"] == .text("form") })
    #expect(found.contains { $0["data", "suggestion"] == .text("residents") })
  }

  @Test("messages are in the language of the client")
  func language() throws {
    let path = "\(Golden.root)/a.yaml"
    let text = "planlint: waivers/1\nwaiver: []\n"
    let zh = try EditorClient(options: [("lang", .text("zh"))])
    zh.open(path, text)
    #expect(
      zh.diagnostics(path).contains { $0["message"]?.string?.contains("是否应为 `waivers`") == true })
    let en = try EditorClient()
    en.open(path, text)
    #expect(
      en.diagnostics(path).contains {
        $0["message"]?.string?.contains("did you mean `waivers`") == true
      })
  }
}
