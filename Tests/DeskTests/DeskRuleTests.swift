import Foundation
import Desk
import Diagnostics
import PlanlintKit
import Store
import TestSupport
import Testing

@Suite("What holds at the desk always")
struct DeskRuleTests {
  @Test("each act is for its roles, and every refusal is in the trail", arguments: Act.allCases)
  func roles(_ act: Act) throws {
    for role in Role.allCases {
      let allowed = act.roles.contains(role)
      switch (act, role) {
      case (.readCity, _): #expect(allowed)
      case (_, .admin): #expect(allowed == (act == .manageAccounts))
      case (_, .auditor):
        #expect(
          allowed == [.readCases, .readRounds, .readLedger, .readAudit, .readFacts].contains(act))
      case (.withdraw, _), (.check, _): #expect(allowed == (role == .clerk || role == .reviewer))
      default: break
      }
    }
  }

  @Test("what a role may not do is refused, kept in the trail and changes nothing")
  func forbidden() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let before = try trail(test).count
    let refusal = try TestDesk.refusal {
      try test.desk.openRound(test.asked(.openRound, "auditor"), year: 2026, title: "批次")
    }
    #expect(refusal?.kind == .forbidden)
    let entries = try trail(test)
    #expect(entries.count == before + 1)
    #expect(entries.last?["account"] == "auditor")
    #expect(entries.last?["outcome"] == "refused")
    #expect(entries.last?["address"] == "192.0.2.1")
    #expect(
      try test.desk.rounds(TestDesk.caller("auditor"), test.city, after: 0, limit: 9).items.isEmpty)
  }

  @Test("what is done is kept in the trail: who did what to what, what it was before, and after")
  func done() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let before = try trail(test).count
    let opened = try test.desk.openRound(
      test.asked(.openRound, "clerk"), year: 2026, title: "批次")
    let round = try #require(opened.body["id"]?.string)
    try test.receive(round, [TestDesk.pharmacy("A1")])
    let entries = try trail(test).dropFirst(before)
    #expect(entries.map { $0["outcome"]?.string } == ["done", "done"])
    #expect(entries.map { $0["account"]?.string } == ["clerk", "clerk"])
    #expect(
      entries.map { $0["act"]?.string } == [Act.openRound.rawValue, Act.receive.rawValue])
    #expect(entries.first?["target"]?.string == round)
    #expect(entries.first?["address"]?.string == "192.0.2.1")
    #expect(entries.first?["before"] == nil)
    let closed = try test.close(round)
    let close = try trail(test).last
    #expect(close?["act"]?.string == Act.closeRound.rawValue)
    #expect(close?["after"]?.string == closed.after)
    let digests = try (entries + [#require(close)]).flatMap { [$0["before"], $0["after"]] }
      .compactMap { $0?.string }
    #expect(digests.count == 5)
    #expect(digests.allSatisfy { $0.count == 64 })
  }

  @Test("nothing is confirmed that would leave the registry unreadable, and nothing of it is kept")
  func unreadableRegistry() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    var nowhere = TestDesk.pharmacy("A1")
    nowhere["district"] = nil
    nowhere["location"] = nil
    try test.receive(round, [nowhere])
    try test.close(round)
    try test.publish(round)
    let auditor = TestDesk.caller("auditor")
    let before = try test.desk.ledger(auditor, test.city, after: 0, limit: 100).items.count
    let refusal = try TestDesk.refusal { try test.confirm(round) }
    #expect(refusal?.kind == .conflict)
    #expect(
      refusal?.detail.en.contains("with those admitted the registry could not be read") == true,
      "\(String(describing: refusal))")
    #expect(try test.desk.ledger(auditor, test.city, after: 0, limit: 100).items.count == before)
    #expect(try test.desk.round(auditor, test.city, round).body["state"] == "published")
    _ = try test.desk.effective(auditor, test.city, year: 2026)
  }

  @Test("what YAML takes in escapes alone is written so, and the round can be decided")
  func unprintable() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    var odd = TestDesk.pharmacy("A1")
    odd["name"] = .text("药\u{7F}房\u{9F}\u{FFFE}")
    try test.receive(round, [odd])
    try test.receive(round, [TestDesk.pharmacy("A2")])
    let closed = try test.close(round)
    #expect(closed.body["state"] == "closed")
  }

  @Test("a repeat under a key is no way around a role that was taken away")
  func repeatedWithoutRole() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    var asked = test.asked(.receive, "clerk", round: round, key: "k", request: "r")
    let input = Input.memory(
      name: "batch.json", text: PlainValue.list([TestDesk.pharmacy("A1")]).json, format: .json)
    _ = try test.desk.receive(asked, round, input)
    #expect(try test.desk.receive(asked, round, input).isRepeated)
    asked.caller.roles = [.admin]
    #expect(try TestDesk.refusal { try test.desk.receive(asked, round, input) }?.kind == .forbidden)
  }

  private func trail(_ test: TestDesk) throws -> [PlainValue] {
    try test.desk.audit(TestDesk.caller("auditor"), test.city, after: 0, limit: 1_000).items
  }

  @Test("what belongs to another city is not there")
  func otherCity() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let stranger = Caller(account: "x", city: "wuhan", roles: Set(Role.allCases))
    #expect(
      try TestDesk.refusal { try test.desk.round(stranger, test.city, round) }?.kind == .notFound)
    #expect(
      try TestDesk.refusal {
        try test.desk.openRound(
          Asked(.openRound, by: stranger, city: test.city), year: 2026, title: "批次")
      }?.kind == .notFound)
    #expect(
      try TestDesk.refusal { try test.desk.round(stranger, "wuhan", round) }?.kind == .notFound)
    #expect(try test.desk.cities(stranger).map { $0["id"] } == ["wuhan"])
  }

  @Test(
    "a repeat of a key gets the first answer, refusals as well; another body under it is a mistake")
  func keys() throws {
    let test = try TestDesk()
    defer { test.remove() }
    func open(_ key: String, _ request: String, year: Int = 2026) throws -> Answer {
      try test.desk.openRound(
        test.asked(.openRound, "clerk", key: key, request: request), year: year, title: request)
    }
    let first = try open("k1", "一")
    let again = try open("k1", "一")
    #expect(again.isRepeated)
    #expect(again.body == first.body)
    #expect(again.outcome == .created)
    #expect(try TestDesk.refusal { try open("k1", "二") }?.kind == .invalid)
    #expect(try TestDesk.refusal { try open("k2", "三", year: 1) }?.kind == .invalid)
    let repeated = try TestDesk.refusal { try open("k2", "三", year: 1) }
    #expect(repeated?.detail.en == "expected a year from 2000 to 2100")
    let rounds = try test.desk.rounds(TestDesk.caller("clerk"), test.city, after: 0, limit: 9)
    #expect(rounds.items.count == 1)
    // Another account's key is another key.
    _ = try test.desk.openRound(
      test.asked(.openRound, "clerk2", key: "k1", request: "二"), year: 2026, title: "二")
  }

  @Test("a repeat under a key is not held against the version that has moved since")
  func repeatedClose() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    let version = try test.version(round)
    func close() throws -> Answer {
      try test.desk.close(
        test.asked(.closeRound, "clerk", version: version, round: round, key: "k"), round,
        asOf: "2026-04-01")
    }
    let first = try close()
    let again = try close()
    #expect(again.body == first.body)
    #expect(again.version == first.version)
    #expect(again.profile == "huaibei/2026-2028")
  }

  @Test(
    "the first facts of a year open the ledger; later ones agree with it or correct it by a document"
  )
  func opening() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let opening = try #require(try test.ledger().first)
    #expect(opening["kind"] == "opening")
    #expect(opening["take"] == 1)
    #expect(opening["scope"] == "huaibei 2026 retail_pharmacy")
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    func facts(_ admitted: Int, terminated: Int = 5) -> String {
      """
      city: huaibei
      year: 2026
      residents: 1970200
      beds: {designated: 14000}
      terminated: {2025: {retail_pharmacy: \(terminated), outpatient: 0}}
      admitted: {2026: {retail_pharmacy: \(admitted)}}
      districts: [{name: 相山区}, {name: 杜集区}]
      """
    }
    try test.put(facts: facts(1))
    try test.put(facts: facts(2))
    let refusal = try #require(try TestDesk.refusal { try test.put(facts: facts(3)) })
    #expect(refusal.kind == .conflict)
    #expect(refusal.detail.en.contains("retail_pharmacy = 1"))
    #expect(refusal.detail.en.contains("retail_pharmacy = 2"))
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "2")
    try test.put(facts: facts(3), correction: ("漏记一家", "淮医保〔2026〕8号"))
    let entry = try #require(try test.ledger().last)
    #expect(entry["kind"] == "opening")
    #expect(entry["take"] == 1)
    #expect(entry["document"] == "淮医保〔2026〕8号")
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "3")
    // A limit may fall below what stands.
    try test.put(facts: facts(3, terminated: 2))
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["left"]?.string == "-1")
    #expect(try test.desk.verify().differences == [])
  }

  @Test("facts count the ledger up to the entry that they name, and no further")
  func countedTo() throws {
    let test = try TestDesk()
    defer { test.remove() }
    func facts(_ beds: Int, _ more: String = "") -> String {
      """
      year: 2026
      residents: 1970200
      beds: {designated: \(beds)}
      cost_growth: 6.1
      \(more)
      districts: [{name: 杜集区, residents: 280200, beds: {designated: 1600}, cost_growth: 5.2, occupancy: 78}]
      """
    }
    let before = try test.ledger().count
    let round = try test.open()
    try test.receive(round, [TestDesk.hospital("H1", beds: 100)])
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    func used() throws -> String? { try test.place("HB-BED-CAP", "huaibei")?["used"]?.string }
    #expect(try used() == "14100")
    // Counted before the grant, counted after it, and counted after it without a word.
    try test.put(facts: facts(14_000, "counted_to: \(before)"))
    #expect(try used() == "14100")
    try test.put(facts: facts(14_100, "counted_to: \(try test.ledger().count)"))
    #expect(try used() == "14100")
    try test.put(facts: facts(14_100))
    #expect(try used() == "14100")
    #expect(
      try TestDesk.refusal { try test.put(facts: facts(1, "counted_to: 99")) }?.kind == .invalid)
    let grant = try #require(try test.ledger().last { $0["kind"] == "grant" }?["seq"]?.integer)
    try test.void(grant)
    #expect(try used() == "14000")
  }

  @Test("those admitted stand in the registry until an uploaded one has them")
  func newcomers() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    var pharmacy = TestDesk.pharmacy("A1")
    pharmacy["uscc"] = "91340600MA2RG3C45G"
    let id = try test.receive(round, [pharmacy])[0]
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    func rows() throws -> [Substring] {
      try test.desk.effective(TestDesk.caller("auditor"), test.city, year: 2026).registry
        .split(separator: "\n").filter { $0.contains("示例药房A1") }
    }
    #expect(try rows().map { $0.prefix(while: { $0 != "," }) } == [Substring(id)])
    let header = "id,name,kind,categories,district,lon,lat,datum,status,uscc\n"
    func put(_ row: String) throws {
      _ = try test.desk.putRegistry(
        test.asked(.putRegistry, "policy"),
        Desk.Upload(name: "registry.csv", bytes: Array((header + row).utf8), format: .csv))
    }
    try put("P1,另一药房,retail_pharmacy,retail_pharmacy,相山区,116.7,33.9,wgs84,active,\n")
    #expect(try rows().count == 1)
    try put(
      "P2,示例药房A1,retail_pharmacy,retail_pharmacy,相山区,116.798,33.953197,wgs84,active,91340600MA2RG3C45G\n"
    )
    #expect(try rows().map { $0.prefix(while: { $0 != "," }) } == ["P2"])
  }

  @Test("a place that a leaving institution frees is taken over once")
  func replacedOnce() throws {
    let test = try TestDesk()
    defer { test.remove() }
    func round(_ id: String) throws -> String {
      let round = try test.open(id)
      var pharmacy = TestDesk.pharmacy(id)
      pharmacy["replaces"] = "P34060300010"
      try test.receive(round, [pharmacy])
      try test.close(round)
      return round
    }
    let first = try round("A1")
    try test.publish(first)
    try test.confirm(first)
    #expect(try test.ledger().last?["take"] == 0)
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "1")
    let second = try round("A2")
    try test.publish(second)
    try test.confirm(second)
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "2")
  }

  @Test("what is confirmed stands also where its head cannot be written")
  func headless() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    try test.close(round)
    try test.publish(round)
    // A file where the folder has to be.
    try FileManager.default.removeItem(atPath: test.folder.path + "/heads")
    try test.folder.write("", to: "heads")
    let answer = try test.confirm(round)
    #expect(answer.body["state"]?.string == "confirmed")
    #expect(answer.headFailure?.contains("heads") == true)
    #expect(try test.desk.store.read(test.city) { try $0.lastLedgerRow() }?.kind == .grant)
  }

  @Test("a change of the database is found by verifying", arguments: ["ledger", "head", "report"])
  func tampered(_ what: String) throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    #expect(try test.desk.verify().differences == [])
    switch what {
    case "head":
      let path = "heads/huaibei.jsonl"
      try test.folder.write(
        try test.folder.read(path).replacing("\"seq\":1,", with: "\"seq\":2,"), to: path)
    case "report":
      try test.desk.store.write(test.city) { session in
        let record = try #require(try session.lastRecord(.decision, in: nil))
        var changed = record
        changed.body = record.body.replacing("\"report\":\"", with: "\"report\":\"0")
        try session.update(changed)
      }
    default:
      try test.desk.store.write(test.city) { session in
        let last = try #require(try session.lastLedgerRow())
        try session.append(
          LedgerRow(
            seq: last.seq + 1, kind: .opening, rule: nil, part: nil, scope: nil, take: -1,
            used: nil, most: nil, binds: false, round: nil, filed: nil, of: nil, prev: last.hash,
            hash: "0", body: "{}"))
      }
    }
    #expect(try !test.desk.verify().differences.isEmpty)
  }
}
