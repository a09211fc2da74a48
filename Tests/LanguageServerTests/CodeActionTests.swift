import Diagnostics
import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("What can be done to put a document right")
struct CodeActionTests {
  private func actions(
    _ client: EditorClient, _ path: String, _ text: String, at offset: Int
  ) -> [JSONTree] {
    let place = DocumentText(text).position(of: offset, .utf8)
    let tree = JSONTree.object([("line", .int(place.line)), ("character", .int(place.character))])
    return client.request(
      "textDocument/codeAction",
      .object([
        ("textDocument", .object([("uri", .text(FilePath.uri(path)))])),
        ("range", .object([("start", tree), ("end", tree)])),
        ("context", .object([("diagnostics", .list([]))])),
      ]))?.items ?? []
  }

  /// The text after the edits of an action to one document.
  private func applied(_ action: JSONTree?, _ path: String, to text: String) -> String {
    var document = DocumentText(text)
    for change in action?["edit", "documentChanges"]?.items ?? []
    where change["textDocument", "uri"] == .text(FilePath.uri(path)) {
      for edit in (change["edits"]?.items ?? []).reversed() {
        let position = { (key: String) in
          Position(
            line: edit["range", key, "line"]?.integer ?? 0,
            character: edit["range", key, "character"]?.integer ?? 0)
        }
        let range =
          document.offset(
            of: position("start"), .utf8)..<document.offset(of: position("end"), .utf8)
        document.replace(range, with: Array((edit["newText"]?.string ?? "").utf8))
      }
    }
    return String(decoding: document.bytes, as: UTF8.self)
  }

  private let path = Profiles.path("huaibei/2026-2028")

  @Test(
    "the name that was meant is put in the place of the one that is there",
    arguments: [
      ("at_most: bed_cap}", "at_most: bed_capp}", "bed_capp"),
      ("modality: in_principle", "modality: in_principl", "in_principl"),
      ("    require: {measure: own", "    requires: {measure: own", "requires"),
      (
        "application.specialty\"\n        take", "application.speciality\"\n        take",
        "speciality"
      ),
      ("'tcm' in", "'tcn' in", "tcn"),
      ("exempt: [outside_the_plan]", "exempt: [outside_the_plann]", "outside_the_plann"),
    ])
  func meant(_ right: String, _ wrong: String, _ name: String) throws {
    let text = try Profiles.text(path)
    let place = try #require(text.firstRange(of: right))
    let broken = String(text[..<place.lowerBound]) + wrong + String(text[place.upperBound...])
    let client = try EditorClient()
    client.open(path, broken)
    _ = client.diagnostics(path)
    let offset = try #require(broken.byte(of: name)) + 1
    let found = actions(client, path, broken, at: offset)
    let fix = try #require(found.first { $0["title"]?.string?.hasPrefix("change to") == true })
    #expect(fix["isPreferred"] == .bool(true))
    #expect(fix["diagnostics"]?.items?.count == 1)
    #expect(applied(fix, path, to: broken) == text)
  }

  @Test("fields that have to be there are added, in blocks and in braces")
  func missing() throws {
    let client = try EditorClient()
    let file = "/tmp/x/facts.yaml"
    let text =
      "planlint: waivers/1\nwaivers:\n  - application: A\n    reason: >-\n      x\n      y\n\n  - {application: B}\n"
    client.open(file, text)
    let block = actions(client, file, text, at: try #require(text.byte(of: "application: A")))
    let added = applied(
      block.first { $0["title"]?.string?.hasPrefix("add the missing") == true }, file, to: text)
    #expect(added.contains("      y\n    rule:\n    authority:\n    document:\n    expires:\n"))
    let flow = actions(client, file, text, at: try #require(text.byte(of: "application: B")))
    let inBraces = applied(
      flow.first { $0["title"]?.string?.hasPrefix("add the missing") == true }, file, to: text)
    #expect(
      inBraces.contains("{application: B, rule: , authority: , document: , reason: , expires: }"))
  }

  @Test("a sentence of the document is taken over as the quote of a provision")
  func quote() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    try folder.write(
      "自有市规划\n一、总体\n（一）原则\n1.面积。营业面积应不少于80平方米。\n2.夜间。夜间售药的可酌情。\n", to: "sources/own.txt")
    let profile = folder.path + "/policies/own/2026.yaml"
    let wrong = OwnTenant.profile.replacing("quote: 营业面积应不少于80平方米", with: "quote: 营业面积不少于80平方米")
    let client = try EditorClient(
      options: [("lang", .text("zh")), ("sources", .text("sources"))], folders: [folder.path])
    client.open(profile, wrong)
    let found = actions(client, profile, wrong, at: try #require(wrong.byte(of: "quote: 营业")))
    let take = try #require(
      found.first { $0["title"]?.string?.contains("营业面积应不少于") == true }, "\(found.map(\.text))")
    #expect(applied(take, profile, to: wrong) == OwnTenant.profile)
    let without = OwnTenant.profile.replacing("    quote: 营业面积应不少于80平方米\n", with: "")
    client.replace(profile, without)
    let other = actions(client, profile, without, at: try #require(without.byte(of: "at: 一(一)1")))
    let taken = try #require(other.first { $0["title"]?.string?.contains("营业面积应不少于") == true })
    #expect(applied(taken, profile, to: without) == OwnTenant.profile)
    // A quote that stands in the document needs no other.
    client.replace(profile, OwnTenant.profile)
    let right = actions(
      client, profile, OwnTenant.profile, at: try #require(OwnTenant.profile.byte(of: "quote: 营业")))
    #expect(!right.contains { $0["title"]?.string?.hasPrefix("引用原文") == true })
  }

  @Test("three tests of a rule are written, and ask for what is still to be filled in")
  func skeleton() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    let profile = folder.path + "/policies/own/2026.yaml"
    let tests = folder.path + "/policies/own/2026.tests.yaml"
    let client = try EditorClient(folders: [folder.path])
    client.open(profile, OwnTenant.profile)
    client.open(tests, OwnTenant.tests)
    let found = actions(
      client, profile, OwnTenant.profile,
      at: try #require(OwnTenant.profile.byte(of: "name: floor-area")))
    let write = try #require(found.first { $0["title"]?.string?.hasPrefix("write tests") == true })
    let text = applied(write, tests, to: OwnTenant.tests)
    #expect(text.hasPrefix(OwnTenant.tests))
    for side in ["inside", "at", "outside"] { #expect(text.contains("    side: \(side)\n")) }
    #expect(text.contains("# limit: at_least least_area; least_area = 80 "))
    #expect(text.contains("        floor_area:\n"))
    #expect(text.contains("        form:\n"))
    client.replace(tests, text)
    // The form can be read; what is blank is told when there is time.
    #expect(client.diagnostics(tests).isEmpty, "\(client.diagnostics(tests).map(\.text))")
    let blank = client.diagnostics(tests, inspecting: true)
    #expect(blank.count == 6)
    #expect(blank.allSatisfy { $0["message"]?.string?.contains("is blank") == true })
  }
}
