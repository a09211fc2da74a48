import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("The second places that a fault speaks of")
struct RelatedTests {
  /// The places of the one diagnostic that has a text, as `line: message`; lines count from 0.
  private func related(_ found: [JSONTree], _ message: String) throws -> [String] {
    let one = try #require(
      found.first { $0["message"]?.string?.contains(message) == true }, "\(found.map(\.compact))")
    return (one["relatedInformation"]?.items ?? []).map { place in
      let line = place["location", "range", "start", "line"]?.integer ?? -1
      return "\(line): \(place["message"]?.string ?? "")"
    }
  }

  private func own(_ body: (EditorClient, String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    try body(EditorClient(folders: [folder.path]), folder.path + "/policies/own/")
  }

  private func line(of text: String, in whole: String) throws -> Int {
    let start = try #require(whole.firstRange(of: text)?.lowerBound)
    return whole[..<start].count { $0 == "\n" }
  }

  @Test func `a key given twice leads to the first one`() throws {
    try own { client, folder in
      let path = folder + "2026.yaml"
      let text = OwnTenant.profile.replacing(
        "        at: 一(一)1\n", with: "        at: 一(一)1\n        at: 一(一)3\n"
      ).replacing("    at: 一(一)1\n", with: "    at: 一(一)1\n    at: 一(一)3\n")
      client.open(path, text)
      let first = try line(of: "at: 一(一)1", in: text)
      #expect(
        try related(client.diagnostics(path), "`at` is given twice") == [
          "\(first): given here first"
        ])
    }
  }

  @Test func `a name that is taken and a rule that occurs twice lead to the first ones`() throws {
    try own { client, folder in
      let path = folder + "2026.yaml"
      let rule = try #require(OwnTenant.profile.firstRange(of: "  - id: OW-AREA"))
      let text =
        OwnTenant.profile.replacing(
          "  at_night:", with: "  least_area: application.beds > 0\n  at_night:"
        ) + OwnTenant.profile[rule.lowerBound...].trimmingPrefix("\n")
      client.open(path, text)
      let found = client.diagnostics(path)
      let name = try line(of: "least_area: {value", in: text)
      #expect(
        try related(found, "the name `least_area` is taken").first
          == "\(name): `least_area` stands here already")
      let first = try line(of: "- id: OW-AREA", in: text)
      #expect(
        try related(found, "the rule `OW-AREA` occurs twice").first
          == "\(first): `OW-AREA` stands here already")
    }
  }

  @Test func `a circle of definitions leads along its way`() throws {
    try own { client, folder in
      let path = folder + "2026.yaml"
      let text = OwnTenant.profile.replacing(
        "  is_chain: application.form == 'chain'",
        with: "  is_chain: one || application.form == 'chain'\n  one: two\n  two: is_chain")
      client.open(path, text)
      let places = try related(client.diagnostics(path), "is defined by itself")
      let one = try line(of: "  one: two", in: text)
      #expect(
        places.prefix(2) == [
          "\(one): `one` rests on `two`", "\(one + 1): `two` rests on `is_chain`",
        ])
    }
  }

  @Test func `what is meant of a rule leads to the provision that it rests on, with its sentence`()
    throws
  {
    try own { client, folder in
      let path = folder + "2026.yaml"
      let text = OwnTenant.profile.replacing("  - id: OW-AREA", with: "  - id: OW-AREAS")
      client.open(path, text)
      let provision = try line(of: "  OW-AREA:", in: text)
      let places = try related(client.diagnostics(path), "OW-AREAS")
      #expect(
        places.contains("\(provision): the provision `OW-AREA`: “营业面积应不少于80平方米”"), "\(places)")
    }
  }

  @Test func `an id that two items of a list have leads to the first of them`() throws {
    let client = try EditorClient()
    let path = "\(Golden.root)/registry.yaml"
    let text = """
      planlint: registry/1
      institutions:
        - {id: P1, name: 甲, kind: clinic, categories: [outpatient], district: 甲区, status: active}
        - {id: P1, name: 乙, kind: clinic, categories: [outpatient], district: 甲区, status: active}

      """
    client.open(path, text)
    #expect(try related(client.diagnostics(path), "occurs twice") == ["2: stands here already"])
  }

  @Test func `a client that does not show them is not sent them`() throws {
    let client = try EditorClient(showsRelated: false)
    let path = "\(Golden.root)/waivers.yaml"
    client.open(path, "planlint: waivers/1\nwaivers: []\nwaivers: []\n")
    let found = client.diagnostics(path)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0["relatedInformation"] == nil })
  }

  @Test func `they are in diagnostics that are asked for as well`() throws {
    let client = try EditorClient()
    let path = "\(Golden.root)/waivers.yaml"
    client.open(path, "planlint: waivers/1\nwaivers: []\nwaivers: []\n")
    let answer = client.request(
      "textDocument/diagnostic",
      .object([("textDocument", .object([("uri", .text(FilePath.uri(path)))]))]))
    #expect(
      try related(answer?["items"]?.items ?? [], "is given twice") == ["1: given here first"])
  }
}
