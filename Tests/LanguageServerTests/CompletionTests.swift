import Diagnostics
import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("What may stand at the cursor")
struct CompletionTests {
  static let profile = Profiles.path("huaibei/2026-2028")

  /// The labels at a mark that replaces a part of a profile.
  private func labels(
    _ path: String = profile, of old: String, with marked: String,
    options: [(String, JSONTree)] = [("lang", .text("en"))]
  ) throws -> [String] {
    try items(path, of: old, with: marked, options: options).compactMap { $0["label"]?.string }
  }

  private func items(
    _ path: String = profile, of old: String, with marked: String,
    options: [(String, JSONTree)] = [("lang", .text("en"))]
  ) throws -> [JSONTree] {
    let text = try Profiles.text(path)
    let place = try #require(text.firstRange(of: old))
    let mark = MarkedText(marked)
    let offset = try #require(mark.ranges.first).start
    let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
    let changed = String(text[..<place.lowerBound]) + mark.text + String(text[place.upperBound...])
    let client = try EditorClient(options: options)
    // First the text as it is, then as it is half typed.
    client.open(path, text)
    client.replace(path, changed)
    return client.ask("textDocument/completion", path, changed, at: start + offset)["items"]?.items
      ?? []
  }

  @Test("keys at the margin, without those that are there")
  func topKeys() throws {
    let found = try labels(of: "\nparameters:\n", with: "\nfi«»\nparameters:\n")
    #expect(found.contains("allocations"))
    #expect(!found.contains("provisions"))
    #expect(!found.contains("parameters"))
  }

  @Test("keys of a provision, of a rule and of a mapping in braces")
  func keys() throws {
    let found = try labels(
      of: "    modality: in_principle\n", with: "    modality: in_principle\n    «»\n")
    #expect(found.contains("note"))
    #expect(!found.contains("modality"))
    let rule = try labels(of: "    name: bed-cap\n", with: "    name: bed-cap\n    «»\n")
    #expect(rule.contains("points_at"))
    #expect(!rule.contains("name"))
    let flow = try labels(of: "\nparameters:\n", with: "\nparameters:\n  x: {value: 1, «»}\n")
    #expect(flow.contains("unit"))
    #expect(flow.contains("basis"))
    #expect(!flow.contains("value"))
    #expect(flow.first == "unit")
  }

  @Test("words of a vocabulary with what they are called, in English and in Chinese")
  func words() throws {
    let found = try labels(of: "    modality: in_principle\n", with: "    modality: «»\n")
    #expect(found.contains("in_principle"))
    let zh = try items(
      of: "    name: bed-cap\n", with: "    name: bed-cap\n    categories: [«»]\n",
      options: [("lang", .text("zh"))])
    let pharmacy = try #require(zh.first { $0["label"] == .text("retail_pharmacy") })
    #expect(pharmacy["detail"] == .text("定点零售药店"))
    #expect(pharmacy["filterText"]?.string?.contains("定点零售药店") == true)
  }

  @Test("provisions with their sentences, parameters with their values")
  func names() throws {
    let found = try items(
      of: "\nparameters:\n", with: "\nparameters:\n  x: {value: 1, basis: HB-«»}\n")
    let cap = try #require(found.first { $0["label"] == .text("HB-OUT-CAP") })
    #expect(cap["documentation", "value"]?.string?.contains("本规划期内原则上以上一年度解除协议的机构数量确定最高增量") == true)
    #expect(cap["detail"]?.string?.contains("in principle") == true)
  }

  @Test("in a condition: names, functions and roots; after a point the fields; in quotes the words")
  func expressions() throws {
    let start = try labels(of: "\nconditions:\n", with: "\nconditions:\n  x: «»\n")
    #expect(start.contains("application"))
    #expect(start.contains("min"))
    #expect(!start.contains("neighbour"))
    let fields = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: application.«» && y\n")
    #expect(fields.contains("kind"))
    #expect(fields.contains("designated_for"))
    let words = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: application.kind == '«»'\n")
    #expect(words.contains("retail_pharmacy"))
    let inside = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: \"'«»' in application.circumstances\"\n")
    #expect(inside.contains("key_project"))
    let list = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: application.kind in ['clinic', '«»']\n")
    #expect(list.contains("hospital"))
    let table = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: facts.stock['«»'] > 1\n")
    #expect(table.contains("inpatient"))
    let bound = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: plan.districts.exists(d, d.«»)\n")
    #expect(bound.contains("new_beds"))
    let folded = try labels(
      of: "\nconditions:\n", with: "\nconditions:\n  x: >-\n    1 > 0 &&\n    district.«»\n")
    #expect(folded.contains("residents"))
  }

  @Test("in a message: nothing in its text, everything within braces, and what was measured")
  func messages() throws {
    let text = try Profiles.text(Self.profile)
    let old = try #require(text.firstMatch(of: #/    message:\n      zh: /#)).0
    #expect(try labels(of: String(old), with: "    message:\n      zh: 共«»").isEmpty)
    let found = try labels(of: String(old), with: "    message:\n      zh: 共{«»")
    #expect(found.contains("measured"))
    #expect(found.contains("application"))
  }

  @Test("in tests: keys of applications and facts, rules in expectations, outcomes")
  func tests() throws {
    let path = Profiles.testsPath("huaibei/2026-2028")
    let found = try labels(
      path, of: "\ntests:\n",
      with: "\ntests:\n  - name: x\n    applications:\n      - {id: A, «»}\n")
    #expect(found.contains("requests"))
    let expect = try labels(
      path, of: "\ntests:\n", with: "\ntests:\n  - name: x\n    expect: {A: {«»}}\n")
    #expect(expect.contains("HB-OUT-CAP"))
    #expect(expect.contains("verdict"))
    let outcome = try labels(
      path, of: "\ntests:\n", with: "\ntests:\n  - name: x\n    expect: {A: {HB-OUT-CAP: «»}}\n")
    #expect(outcome.contains("not_applicable"))
    let rule = try labels(path, of: "\ntests:\n", with: "\ntests:\n  - name: x\n    rule: «»\n")
    #expect(rule.contains("HB-OUT-CAP"))
  }

  @Test("fields and words of the tenant's own are offered in its profiles and applications")
  func own() throws {
    let folder = try TemporaryFolder(); defer { folder.remove() }
    try OwnTenant.write(to: folder)
    let client = try EditorClient(folders: [folder.path])
    let path = folder.path + "/a.yaml"
    let text = "planlint: applications/1\ncity: own\napplications:\n  - id: 1\n    \n"
    client.open(path, text)
    let offset = try #require(text.byte(of: "id: 1\n    ", after: true))
    let items = client.ask("textDocument/completion", path, text, at: offset)["items"]?.items ?? []
    #expect(items.contains { $0["label"] == .text("floor_area") })
    let profile = folder.path + "/policies/own/2026.yaml"
    let condition = OwnTenant.profile.replacing(
      "application.form == 'chain'", with: "application.form == ''")
    client.open(profile, condition)
    let place = try #require(condition.byte(of: "application.form == '", after: true))
    let words =
      client.ask("textDocument/completion", profile, condition, at: place)["items"]?.items ?? []
    #expect(words.compactMap { $0["label"]?.string } == ["chain", "single"])
  }

  @Test("in a city's inputs and in a tenant's file, keys and words")
  func inputs() throws {
    let client = try EditorClient()
    let path = Golden.root + "/plan.yaml"
    let text = "planlint: plan/1\ncity: wuhan\nprocedure:\n  documents: [\n"
    client.open(path, text)
    let items =
      client.ask(
        "textDocument/completion", path, text, at: text.utf8.count - 1)["items"]?.items ?? []
    #expect(items.contains { $0["label"] == .text("implementing_rules") })
    let tenant = "planlint: tenant/1\nfields:\n  application:\n    a: {type: }\n"
    client.open("/tmp/tenant.yaml", tenant)
    let place = try #require(tenant.byte(of: "type: ", after: true))
    let types =
      client.ask("textDocument/completion", "/tmp/tenant.yaml", tenant, at: place)["items"]?.items
      ?? []
    #expect(types.contains { $0["label"] == .text("flag") })
  }

  @Test("in quotes only the name is put, and in JSON names and words have theirs")
  func quotes() throws {
    let client = try EditorClient()
    let path = Golden.root + "/a.json"
    let text =
      "{\"planlint\": \"applications/1\", \"applications\": [\n  {\"id\": \"a\", \"kind\": , \"re\n"
    client.open(path, text)
    func insertions(_ offset: Int) -> [String] {
      (client.ask("textDocument/completion", path, text, at: offset)["items"]?.items ?? [])
        .compactMap {
          $0["textEdit", "newText"]?.string
        }
    }
    #expect(
      insertions(try #require(text.byte(of: "\"kind\": ", after: true))).contains("\"clinic\""))
    #expect(insertions(text.utf8.count - 1).contains("requests"))
    #expect(insertions(try #require(text.byte(of: "\"a\", ", after: true))).contains("\"name\": "))
  }
}
