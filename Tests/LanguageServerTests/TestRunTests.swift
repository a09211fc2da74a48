import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("The tests of a profile are run while one writes")
struct TestRunTests {
  private func own(_ body: (EditorClient, String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    try body(EditorClient(folders: [folder.path]), folder.path + "/policies/own/")
  }

  private let failing = OwnTenant.tests.replacing("OW-AREA: pass", with: "OW-AREA: fail")

  @Test
  func `a test that comes out otherwise is shown where it expects, with what came and the rule`()
    throws
  {
    try own { client, folder in
      let path = folder + "2026.tests.yaml"
      client.open(path, failing)
      #expect(client.diagnostics(path).isEmpty)
      let found = client.diagnostics(path, testing: true)
      let one = try #require(found.first)
      #expect(found.count == 1)
      #expect(one["code"] == .text("test-fails"))
      #expect(one["severity"] == .int(1))
      #expect(one["message"] == .text("expected `OW-AREA` of `A` to be `fail`, found `pass`"))
      let start = try #require(failing.byte(of: "OW-AREA: fail", after: true)) - 4
      let place = DocumentText(failing).position(of: start, .utf8)
      #expect(one["range", "start", "line"] == .int(place.line))
      #expect(one["range", "start", "character"] == .int(place.character))
      let related = one["relatedInformation"]?.items ?? []
      #expect(related.contains { $0["message"] == .text("the rule `OW-AREA`") })
      #expect(
        related.allSatisfy {
          $0["location", "uri"] == .text(FilePath.uri(folder + "2026.yaml"))
        })
      client.replace(path, OwnTenant.tests)
      #expect(client.diagnostics(path, testing: true).isEmpty)
    }
  }

  @Test
  func
    `a profile that is changed tells of its tests though they are not open, until it is right again`()
    throws
  {
    try own { client, folder in
      let path = folder + "2026.yaml"
      let tests = folder + "2026.tests.yaml"
      client.open(path, OwnTenant.profile)
      #expect(client.diagnostics(tests, testing: true).isEmpty)
      client.replace(
        path,
        OwnTenant.profile.replacing("at_least: least_area", with: "at_most: least_area").replacing(
          "application.form == 'chain'", with: "application.form == 'single'"))
      let found = client.diagnostics(tests, testing: true)
      #expect(found.first?["code"] == .text("test-fails"), "\(found.map(\.compact))")
      #expect(client.notice(tests)?["version"] == nil)
      client.replace(path, OwnTenant.profile, version: 3)
      #expect(client.diagnostics(tests, testing: true).isEmpty)
      #expect(client.notice(tests) != nil)
    }
  }

  @Test func `what failed moves with the text until the tests are run again`() throws {
    try own { client, folder in
      let path = folder + "2026.tests.yaml"
      client.open(path, failing)
      let line = try #require(
        client.diagnostics(path, testing: true).first?["range", "start", "line"]?.integer)
      let top = JSONTree.object([("line", .int(0)), ("character", .int(0))])
      client.change(
        path,
        [
          .object([
            ("range", .object([("start", top), ("end", top)])), ("text", .text("# 一行\n")),
          ])
        ], version: 2)
      let moved = client.diagnostics(path)
      #expect(moved.first?["range", "start", "line"] == .int(line + 1))
      #expect(client.diagnostics(path, testing: true).count == 1)
    }
  }

  @Test
  func `a run that is not wanted any more gives nothing, and one of another text is not taken`()
    throws
  {
    try own { client, folder in
      let path = folder + "2026.tests.yaml"
      client.open(path, failing)
      _ = client.diagnostics(path)
      let run = try #require(client.untested)
      #expect(run.outcome(while: { false }) == nil)
      let outcome = try #require(run.outcome(while: { true }))
      client.replace(path, failing + "# more\n")
      client.take(outcome)
      #expect(client.diagnostics(path).isEmpty)
      #expect(client.untested != nil)
    }
  }

  @Test func `a case that cannot be run is told once, and the others are run`() throws {
    try own { client, folder in
      let path = folder + "2026.tests.yaml"
      let text = failing.replacing(
        "tests:\n",
        with: """
          tests:
            - name: elsewhere
              applications:
                - {id: B, name: B, form: chain, floor_area: 90, district: Z}
              expect: {B: {OW-AREA: pass}}

          """)
      client.open(path, text)
      let found = client.diagnostics(path, inspecting: true, testing: true)
      #expect(
        Set(found.compactMap { $0["code"]?.string }) == ["test-cannot-run", "test-fails"],
        "\(found.map(\.compact))")
      #expect(found.contains { $0["message"]?.string?.contains("no district `Z`") == true })
    }
  }

  @Test func `the tests of a whole profile come out as they expect`() throws {
    let client = try EditorClient()
    let path = Profiles.testsPath("huaibei/2026-2028")
    client.open(path, try Profiles.text(path))
    #expect(client.diagnostics(path, testing: true).isEmpty)
  }
}
