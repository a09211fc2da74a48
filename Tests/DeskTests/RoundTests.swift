import Desk
import Diagnostics
import PlanlintKit
import Store
import TestSupport
import Testing

@Suite("Rounds and the ledger")
struct RoundTests {
  @Test("the places of one round are used in the next, and never more than there are")
  func twoRounds() throws {
    let test = try TestDesk()
    defer { test.remove() }
    // Five places, one of them given before the desk.
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "1")
    let first = try test.open()
    try test.receive(first, (1...3).map { TestDesk.pharmacy("A\($0)") })
    try test.close(first)
    try test.publish(first)
    try test.confirm(first)
    let place = try test.place("HB-OUT-CAP", "huaibei 2026")
    #expect(place?["used"]?.string == "4")
    #expect(place?["left"]?.string == "1")
    let second = try test.open("第二批")
    try test.receive(second, [TestDesk.pharmacy("B1", score: 90), TestDesk.pharmacy("B2")])
    #expect(
      try test.cases(second).map { $0["preview"]?.string } == ["admissible", "refused"])
    try test.close(second)
    try test.publish(second)
    try test.confirm(second)
    #expect(try test.cases(second).map { $0["state"]?.string } == ["admitted", "refused"])
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["left"]?.string == "0")
    #expect(try test.desk.verify().differences == [])
  }

  @Test("beds that were given count, though the facts speak of those before")
  func beds() throws {
    let test = try TestDesk()
    defer { test.remove() }
    // 14,579.48 beds, 14,000 of them there.
    let first = try test.open()
    try test.receive(first, [TestDesk.hospital("H1", beds: 500)])
    try test.close(first)
    try test.publish(first)
    try test.confirm(first)
    let place = try test.place("HB-BED-CAP", "huaibei")
    #expect(place?["used"]?.string == "14500")
    #expect(place?["left"]?.string == "79.48")
    let second = try test.open("第二批")
    try test.receive(
      second, [TestDesk.hospital("H2", beds: 80), TestDesk.hospital("H3", beds: 79)])
    try test.close(second)
    #expect(try test.cases(second).map { $0["verdict"]?.string } == ["refused", "admissible"])
  }

  @Test("a void of one entry takes back all that the case was given, and no void is voided")
  func void() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1"), TestDesk.pharmacy("A2")])
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    let grant = try #require(try test.ledger().first { $0["kind"] == "grant" })
    let seq = try #require(grant["seq"]?.integer)
    try test.void(seq)
    let ledger = try test.ledger()
    let grants = ledger.filter { $0["kind"] == "grant" && $0["case"] == grant["case"] }
    let voids = ledger.filter { $0["kind"] == "void" }
    #expect(voids.map { $0["of"] } == grants.map { $0["seq"] })
    #expect(voids.map { $0["take"] } == grants.map { $0["take"] })
    #expect(try test.cases(round).map { $0["state"]?.string } == ["voided", "admitted"])
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "2")
    let registry = try test.desk.effective(TestDesk.caller("auditor"), test.city, year: 2026)
    #expect(!registry.registry.contains(grant["case"]?.string ?? "?"))
    for entry in [seq, try #require(voids.first?["seq"]?.integer), 1] {
      #expect(try TestDesk.refusal { try test.void(entry) }?.kind == .conflict)
    }
    #expect(try test.desk.verify().differences == [])
  }

  @Test(
    "a void takes the row of its case out of the registry in force, also where that has not all of it",
    arguments: [nil, "pooled_pharmacy", "retail_pharmacy"])
  func voidWithRow(_ held: String?) throws {
    let test = try TestDesk(registry: Self.registry)
    defer { test.remove() }
    let round = try test.open()
    let id = try #require(try test.receive(round, [TestDesk.pharmacy("A1")]).first)
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    func registry() throws -> String {
      try test.desk.effective(TestDesk.caller("auditor"), test.city, year: 2026).registry
    }
    #expect(try registry().contains(id))
    func upload(_ rows: String) throws {
      _ = try test.desk.putRegistry(
        test.asked(.putRegistry, "policy"),
        Desk.Upload(
          name: "registry.csv", bytes: Array((Self.registry + rows).utf8), format: .csv))
    }
    let row = "\(id),示例药房A1,retail_pharmacy,\(held ?? "retail_pharmacy"),相山区,active\n"
    if held != nil { try upload(row) }
    #expect(try registry().contains(id))
    let seq = try #require(try test.ledger().first { $0["kind"] == "grant" }?["seq"]?.integer)
    try test.void(seq)
    #expect(try !registry().contains(id))
    // Who lists it anew means it.
    try upload(row)
    #expect(try registry().contains(id))
  }

  private static let registry =
    "id,name,kind,categories,district,status\nP1,示例药房,retail_pharmacy,retail_pharmacy,相山区,active\n"

  @Test("a case that takes nothing has an entry all the same")
  func entryOfNothing() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    var clinic = TestDesk.pharmacy("V1")
    clinic["kind"] = "village_clinic"
    clinic["requests"] = ["outpatient"]
    clinic["circumstances"] = ["integrated_village_clinic"]
    try test.receive(round, [clinic])
    try test.close(round)
    try test.publish(round)
    try test.confirm(round)
    let entry = try #require(try test.ledger().last)
    #expect(entry["rule"] == .null)
    #expect(entry["take"] == 0)
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["used"]?.string == "1")
  }

  @Test("a round that another one overtook is not confirmed, and nothing is written")
  func overtaken() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let rounds = try (1...2).map { number in
      let round = try test.open("第\(number)批")
      try test.receive(round, (1...3).map { TestDesk.pharmacy("\(number)-\($0)") })
      try test.close(round)
      try test.publish(round)
      return round
    }
    try test.confirm(rounds[0])
    let before = try test.ledger()
    let refusal = try #require(try TestDesk.refusal { try test.confirm(rounds[1]) })
    #expect(refusal.kind == .conflict)
    #expect(refusal.cases.count == 2)
    #expect(
      refusal.limits == ["HB-OUT-CAP huaibei 2026", "HB-OUT-CAP huaibei 2026 new-pharmacies"])
    #expect(try test.ledger() == before)
    try test.reopen(rounds[1])
    try test.close(rounds[1])
    try test.publish(rounds[1])
    try test.confirm(rounds[1])
    #expect(
      try test.cases(rounds[1]).map { $0["state"]?.string } == ["admitted", "refused", "refused"])
    #expect(try test.desk.verify().differences == [])
  }

  @Test("whoever closed a round at any time neither publishes nor confirms it")
  func fourEyes() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    let both = Caller(account: "both", city: test.city, roles: [.clerk, .reviewer])
    func asked(_ act: Act) throws -> Asked {
      Asked(act, by: both, city: test.city, version: try test.version(round), round: round)
    }
    _ = try test.desk.close(try asked(.closeRound), round, asOf: "2026-04-01")
    try test.reopen(round)
    try test.close(round, by: "clerk2")
    #expect(
      try TestDesk.refusal { try test.desk.publish(try asked(.publish), round) }?.kind
        == .forbidden)
    try test.publish(round)
    #expect(
      try TestDesk.refusal { try test.desk.confirm(try asked(.confirm), round) }?.kind
        == .forbidden)
    try test.confirm(round, by: "reviewer2")
  }

  @Test(
    "a ruling decides anew on the same inputs, stays through a reopening, and is dropped by name where it no longer fits"
  )
  func rulings() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    // Five for four places; the one outside the built-up area, with nobody around, is in a gap of service.
    var remote = TestDesk.pharmacy("R1", score: 10, district: "濉溪县")
    remote["location"] = [
      "lon": .number("116.700633"), "lat": .number("33.819729"), "datum": "wgs84",
    ]
    let ids = try test.receive(round, (1...4).map { TestDesk.pharmacy("A\($0)") } + [remote])
    try test.close(round)
    #expect(try test.cases(round).last?["verdict"] == "review")
    #expect(try TestDesk.refusal { try test.publish(round) }?.cases == [ids[4]])
    let ruling: PlainValue = [
      "application": .text(ids[4]), "rule": "HB-OUT-CAP", "outcome": "pass",
      "authority": "淮北市医疗保障局", "document": "淮医保纪〔2026〕7号",
      "reason": "步行15分钟内无同类型机构", "decided": "2026-03-20",
    ]
    var onPass = ruling
    onPass["application"] = "A1"
    let refusal = try TestDesk.refusal { try test.rule(round, .ruling, onPass) }
    #expect(refusal?.kind == .invalid)
    #expect(refusal?.faults.isEmpty == false)
    try test.rule(round, .ruling, ruling)
    #expect(try test.cases(round).last?["verdict"] == "admissible")
    #expect(try TestDesk.refusal { try test.rule(round, .ruling, ruling) }?.kind == .conflict)
    try test.reopen(round)
    let again = try test.close(round)
    #expect(again.body["dropped"] == nil)
    #expect(try test.cases(round).last?["verdict"] == "admissible")
    // With one rival less there is a place, and nothing is left to a person.
    try test.reopen(round)
    let rival = try test.desk.filed(TestDesk.caller("clerk"), test.city, round, ids[0])
    _ = try test.desk.withdraw(
      test.asked(.withdraw, "clerk", version: rival.version, round: round), round, ids[0],
      reason: "申请人撤回")
    let last = try test.close(round)
    #expect(last.body["dropped"]?.items.map { $0["application"] } == ["R1"])
    try test.publish(round)
    try test.confirm(round)
    #expect(try test.desk.verify().differences == [])
  }

  @Test("what is given over a limit by a ruling is marked")
  func marked() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, (1...5).map { TestDesk.pharmacy("A\($0)", score: 90 - $0) })
    try test.close(round)
    try test.rule(
      round, .waiver,
      [
        "application": "A5", "rule": "HB-OUT-CAP", "authority": "淮北市医疗保障局",
        "document": "示例〔2026〕5号", "reason": "安置点集中入住", "expires": "2026-12-31",
      ])
    try test.publish(round)
    try test.confirm(round)
    let grants = try test.ledger().filter {
      $0["kind"] == "grant" && $0["rule"] == "HB-OUT-CAP" && $0["advisory"] == false
    }
    #expect(grants.map { $0["waived"] } == [false, false, false, false, true])
    #expect(grants.map { $0["used"]?.string } == ["1", "2", "3", "4", "5"])
    #expect(grants.map { $0["limit"]?.string } == Array(repeating: "5", count: 5))
    #expect(try test.place("HB-OUT-CAP", "huaibei 2026")?["left"]?.string == "-1")
    #expect(try test.desk.verify().differences == [])
  }

  @Test("frozen inputs that are taken out give the kept report byte for byte", arguments: ["json"])
  func takenOut(_ format: String) throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(
      round, (1...5).map { TestDesk.pharmacy("A\($0)") } + [TestDesk.hospital("H1", beds: 80)])
    try test.close(round)
    let refused = try #require(
      try test.cases(round).first { $0["verdict"] == "refused" }?["application"]?["id"])
    try test.rule(
      round, .waiver,
      [
        "application": refused, "rule": "HB-OUT-CAP", "authority": "淮北市医疗保障局",
        "document": "示例〔2026〕5号", "reason": "安置点集中入住", "expires": "2026-12-31",
      ])
    let auditor = TestDesk.caller("auditor")
    let inputs = try test.desk.decided(auditor, test.city, round).inputs
    let out = try TemporaryFolder(named: "taken-out")
    defer { out.remove() }
    for (name, bytes) in inputs.files { try out.write(bytes, to: name) }
    let run = try Program.run(
      [
        "check", "--policy", "profile.yaml", "--tenant", "tenant.yaml", "--facts", "facts.yaml",
        "--registry", "registry.csv", "--waivers", "waivers.yaml", "applications.yaml", "--format",
        format,
      ], in: out.path)
    let kept = try test.desk.report(auditor, test.city, round)
    #expect(run.errors == "")
    #expect(run.output == String(decoding: kept, as: UTF8.self))
    #expect(run.code == 0)
  }
}
