import Diagnostics
import Foundation
import LanguageServer
import Policy
import Reading
import TestSupport
import Testing

@Suite("Finding and renaming names")
struct NavigationTests {
  private func open(_ id: String) throws -> EditorClient {
    let client = try EditorClient()
    for path in [Profiles.path(id), Profiles.testsPath(id)] {
      client.open(path, try Profiles.text(path))
    }
    return client
  }

  private func text(_ range: JSONTree?, of text: String) -> String {
    guard let start = range?["start"], let end = range?["end"],
      let from = start["line"]?.integer, let column = start["character"]?.integer,
      let last = end["line"]?.integer, let lastColumn = end["character"]?.integer
    else { return "" }
    let document = DocumentText(text)
    return document.text(
      document.offset(
        of: Position(line: from, character: column), .utf8)..<document.offset(
          of: Position(line: last, character: lastColumn), .utf8))
  }

  @Test(
    "a name in an expression leads to its definition, a basis to its provision, a test's rule to the rule"
  )
  func definitions() throws {
    let id = "huaibei/2026-2028"
    let client = try open(id)
    let path = Profiles.path(id)
    let profile = try Profiles.text(path)
    let use = try #require(profile.byte(of: "at_most: bed_cap", after: true))
    let found = client.ask("textDocument/definition", path, profile, at: use - 2).items ?? []
    #expect(found.count == 1)
    #expect(text(found.first?["range"], of: profile) == "bed_cap")
    let line = try #require(found.first?["range", "start", "line"]?.integer)
    #expect(DocumentText(profile).text(DocumentText(profile).line(line)).hasPrefix("  bed_cap:"))
    let basis = try #require(profile.byte(of: "basis: [HB-EXEMPT]", after: true))
    let provision = client.ask("textDocument/definition", path, profile, at: basis - 3).items ?? []
    let at = try #require(provision.first?["range", "start", "line"]?.integer)
    #expect(DocumentText(profile).text(DocumentText(profile).line(at)) == "  HB-EXEMPT:")
    let tests = try Profiles.text(Profiles.testsPath(id))
    let rule = try #require(tests.byte(of: "rule: HB-BED-CAP", after: true))
    let toRule =
      client.ask("textDocument/definition", Profiles.testsPath(id), tests, at: rule).items ?? []
    #expect(toRule.first?["uri"] == .text(FilePath.uri(path)))
    let ruleLine = try #require(toRule.first?["range", "start", "line"]?.integer)
    #expect(
      DocumentText(profile).text(DocumentText(profile).line(ruleLine)).contains("- id: HB-BED-CAP"))
    let placeholder = try #require(profile.byte(of: "{bed_standard} 张）", after: false))
    let inMessage =
      client.ask("textDocument/definition", path, profile, at: placeholder + 2).items ?? []
    #expect(text(inMessage.first?["range"], of: profile) == "bed_standard")
  }

  @Test(
    "every place of a name says that name, in the profile and its tests", arguments: Profiles.all)
  func places(_ id: String) throws {
    var workspace = Workspace()
    let path = Profiles.path(id)
    let profile = try Profiles.text(path)
    let found = workspace.index(path)
    let index = try #require(found)
    #expect(index.occurrences.count > 250)
    let bytes = Array(profile.utf8)
    for occurrence in index.occurrences {
      let written = String(
        decoding: bytes[occurrence.range.start..<occurrence.range.end], as: UTF8.self)
      #expect(written == occurrence.symbol.name)
    }
    let tests = Array(try Profiles.text(Profiles.testsPath(id)).utf8)
    let foundInTests = workspace.index(Profiles.testsPath(id))
    let ofTests = try #require(foundInTests)
    for occurrence in ofTests.occurrences {
      let written = String(
        decoding: tests[occurrence.range.start..<occurrence.range.end], as: UTF8.self)
      #expect(written == occurrence.symbol.name)
    }
    // Everything that is defined is used, as `policy check` holds too.
    let defined = index.occurrences.filter { $0.role == .definition && $0.symbol.kind == .name }
    for definition in defined where definition.section != "allocations" {
      #expect(index.occurrences(of: definition.symbol).count > 1, "\(definition.symbol.name)")
    }
    // Nothing is used that is not defined.
    let names = Set(defined.map(\.symbol.name)).union(PolicyNames.extras.map(\.name))
    for use in index.occurrences where use.symbol.kind == .name {
      #expect(names.contains(use.symbol.name), "\(use.symbol.name)")
    }
  }

  /// Applies an edit of a workspace to texts by path.
  private func apply(_ edit: JSONTree, to texts: inout [String: String]) throws {
    for document in edit["documentChanges"]?.items ?? [] {
      let uri = try #require(document["textDocument", "uri"]?.string)
      let path = try #require(FilePath.of(uri: uri))
      var text = DocumentText(try #require(texts[path]))
      let edits = (document["edits"]?.items ?? []).map { edit -> (Range<Int>, String) in
        let position = { (key: String) in
          Position(
            line: edit["range", key, "line"]?.integer ?? 0,
            character: edit["range", key, "character"]?.integer ?? 0)
        }
        return (
          text.offset(of: position("start"), .utf8)..<text.offset(of: position("end"), .utf8),
          edit["newText"]?.string ?? ""
        )
      }
      for (range, new) in edits.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
        text.replace(range, with: Array(new.utf8))
      }
      texts[path] = String(decoding: text.bytes, as: UTF8.self)
    }
  }

  @Test(
    "a name renamed there and back leaves every byte as it was, and nothing wrong in between",
    arguments: [
      ("huaibei/2026-2028", "  bed_cap:", "the_cap"),
      ("huaibei/2026-2028", "  bed_standard:", "standard_of_beds"),
      ("huaibei/2026-2028", "  HB-BED-CAP:", "HB-BEDS"),
      ("huaibei/2026-2028", "  outside_the_plan:", "beyond"),
      ("huaibei/2026-2028", "  beds_and_growth:", "both_or_one"),
    ])
  func roundTrip(_ id: String, _ definition: String, _ name: String) throws {
    let path = Profiles.path(id)
    var texts = [
      path: try Profiles.text(path),
      Profiles.testsPath(id): try Profiles.text(Profiles.testsPath(id)),
    ]
    let before = texts
    let client = try open(id)
    let old = definition.filter { $0 != " " && $0 != ":" }
    for (from, to) in [(old, name), (name, old)] {
      let text = try #require(texts[path])
      let place = try #require(text.byte(of: "\n  \(from):", after: true)) - 2
      let prepared = client.ask("textDocument/prepareRename", path, text, at: place)
      #expect(prepared["placeholder"] == .text(from))
      let edit = client.ask(
        "textDocument/rename", path, text, at: place, more: [("newName", .text(to))])
      try apply(edit, to: &texts)
      for (path, text) in texts { client.replace(path, text) }
      #expect(client.diagnostics(path).isEmpty, "\(client.diagnostics(path).map(\.text))")
      #expect(client.diagnostics(Profiles.testsPath(id)).isEmpty)
      if to == name { #expect(texts != before) }
    }
    #expect(texts == before)
  }

  @Test(
    "a field and a word of the tenant's own are renamed in its file, its profiles, tests and open inputs"
  )
  func own() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    let client = try EditorClient(folders: [folder.path])
    let input = folder.path + "/a.yaml"
    let inputText =
      "planlint: applications/1\ncity: own\napplications:\n  - {id: 1, form: chain, floor_area: 3}\n"
    client.open(input, inputText)
    let profile = folder.path + "/policies/own/2026.yaml"
    client.open(profile, OwnTenant.profile)
    let place = try #require(
      OwnTenant.profile.byte(of: "measure: application.floor_ar", after: true))
    let edit = client.ask(
      "textDocument/rename", profile, OwnTenant.profile, at: place,
      more: [("newName", .text("area_m2"))])
    let changed = (edit["documentChanges"]?.items ?? []).compactMap {
      $0["textDocument", "uri"]?.string.flatMap(FilePath.of(uri:)).map(FilePath.name(of:))
    }
    #expect(Set(changed) == ["tenant.yaml", "2026.yaml", "2027.yaml", "2026.tests.yaml", "a.yaml"])
    // Documents that are open have their version.
    let versions = (edit["documentChanges"]?.items ?? []).map { $0["textDocument", "version"] }
    #expect(versions.contains(.int(1)))
    #expect(versions.contains(.null))
    let word = try #require(OwnTenant.profile.byte(of: "form == 'cha", after: true))
    let ofWord = client.ask(
      "textDocument/references", profile, OwnTenant.profile, at: word,
      more: [("context", .object([("includeDeclaration", .bool(true))]))])
    #expect(ofWord.items?.count == 5)
    let night = try #require(OwnTenant.profile.byte(of: "'night_ser", after: true))
    let ofNight = client.ask("textDocument/references", profile, OwnTenant.profile, at: night)
    #expect(ofNight.items?.count == 4)
  }

  @Test(
    "what the program itself knows is not renamed, and names that are taken or none are refused")
  func refused() throws {
    let id = "huaibei/2026-2028"
    let path = Profiles.path(id)
    let text = try Profiles.text(path)
    let client = try open(id)
    let builtIn = try #require(text.byte(of: "application.spec", after: true))
    #expect(client.ask("textDocument/prepareRename", path, text, at: builtIn) == .null)
    let place = try #require(text.byte(of: "at_most: bed_cap", after: true))
    for name in ["tcm_cap", "application", "Bed Cap", "", "1a"] {
      let answer = client.answer(
        "textDocument/rename",
        .object(
          EditorClient.place(path, DocumentText(text).position(of: place, .utf8))
            + [("newName", .text(name))]))
      #expect(answer["error", "code"] == .int(-32803), "\(name)")
    }
  }

  @Test(
    "a profile's outline has its sections with their items, and symbols are found by a part of their name"
  )
  func outline() throws {
    let id = "wuhan/2026-2030"
    let client = try open(id)
    let parameters = JSONTree.object([
      ("textDocument", .object([("uri", .text(FilePath.uri(Profiles.path(id))))]))
    ])
    let outline = client.request("textDocument/documentSymbol", parameters)?.items ?? []
    let rules = try #require(outline.first { $0["name"] == .text("rules") })
    #expect(rules["children"]?.items?.count == 52)
    let found =
      client.request("workspace/symbol", .object([("query", .text("radius"))]))?.items ?? []
    #expect(!found.isEmpty)
  }
}
