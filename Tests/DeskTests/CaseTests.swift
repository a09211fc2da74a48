import Desk
import Diagnostics
import PlanlintKit
import TestSupport
import Testing

@Suite("Cases")
struct CaseTests {
  @Test("a batch is received as a whole or not at all, with each fault and its place")
  func allOrNone() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let text = """
      facts: elsewhere.yaml
      as_of: 2026-03-20
      applications:
        - {id: A1, name: 甲药房, kind: retail_pharmacy, requests: [retail_pharmacy], district: 相山区, submitted: 2026-03-02}
        - {id: A2, name: 乙药房, kind: retail_pharmacy, requests: [retail_pharmacy], district: 南山区, submitted: 2026-03-02}
      """
    let refusal = try TestDesk.refusal {
      try test.receive(round, .memory(name: "batch.yaml", text: text))
    }
    #expect(refusal?.kind == .invalid)
    #expect(refusal?.faults.map(\.path) == ["batch.yaml"])
    #expect(refusal?.faults.first?.location?.line == 5)
    #expect(try test.cases(round).isEmpty)
    let good = text.replacing("南山区", with: "杜集区")
    let answer = try test.desk.receive(
      test.asked(.receive, "clerk", round: round), round, .memory(name: "batch.yaml", text: good))
    #expect(answer.body["items"]?.items.count == 2)
    #expect(answer.body["notes"]?.items.compactMap { $0["line"]?.integer } == [1, 2])
  }

  @Test("an id that the round has, a year that is not the round's and another city are refused")
  func refused() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    var late = TestDesk.pharmacy("A2")
    late["submitted"] = "2027-01-02"
    for record in [TestDesk.pharmacy("A1"), late] {
      #expect(try TestDesk.refusal { try test.receive(round, [record]) }?.kind == .invalid)
    }
    let other = "city: wuhan\napplications:\n  - \(TestDesk.pharmacy("A3").json)\n"
    let refusal = try TestDesk.refusal {
      try test.receive(round, .memory(name: "batch.yaml", text: other))
    }
    #expect(refusal?.kind == .invalid)
    #expect(try test.cases(round).count == 1)
  }

  @Test("a correction names fields, blocks closing, and ends when every one of them is changed")
  func correction() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let id = try test.receive(round, [TestDesk.pharmacy("A1")])[0]
    func version() throws -> Int {
      try test.desk.filed(TestDesk.caller("clerk"), test.city, round, id).version ?? 0
    }
    func change(_ patch: PlainValue) throws -> Answer {
      try test.desk.change(
        test.asked(.change, "clerk", version: try version(), round: round), round, id, patch)
    }
    let odd = try TestDesk.refusal {
      try test.desk.correct(
        test.asked(.correct, "clerk", version: try version(), round: round), round, id,
        fields: ["colour"], reason: "缺坐标")
    }
    #expect(odd?.kind == .invalid)
    let asked = try test.desk.correct(
      test.asked(.correct, "clerk", version: try version(), round: round), round, id,
      fields: ["location", "score"], reason: "缺坐标")
    #expect(asked.body["state"] == "correction")
    #expect(asked.body["asked"]?["by"] == "clerk")
    #expect(try TestDesk.refusal { try test.close(round) }?.cases == [id])
    #expect(try change(["location": ["lon": .number("116.7981")]]).body["state"] == "correction")
    let done = try change(["score": 91])
    #expect(done.body["state"] == "received")
    #expect(done.body["application"]?["location"]?["lat"] == .number("33.953197"))
    #expect(done.body["application"]?["score"] == 91)
    #expect(done.body["history"]?.items.count == 4)
    // What was missing and is not given is still asked for.
    _ = try test.desk.correct(
      test.asked(.correct, "clerk", version: try version(), round: round), round, id,
      fields: ["street"], reason: "缺街道")
    #expect(try change(["street": .null]).body["state"] == "correction")
    #expect(try change(["street": "东街道"]).body["state"] == "received")
    #expect(try TestDesk.refusal { try change(["id": "B1"]) }?.kind == .invalid)
    #expect(try TestDesk.refusal { try change(["score": 101]) }?.kind == .invalid)
    #expect(try TestDesk.refusal { try change(["submitted": "2025-12-31"]) }?.kind == .invalid)
  }

  @Test("a change asks for the version that was looked at")
  func versions() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let id = try test.receive(round, [TestDesk.pharmacy("A1")])[0]
    func change(_ version: Int?) throws -> Answer {
      try test.desk.change(
        test.asked(.change, "clerk", version: version, round: round), round, id, ["score": 91])
    }
    #expect(try TestDesk.refusal { try change(nil) }?.kind == .unversioned)
    #expect(try change(1).version == 2)
    #expect(try TestDesk.refusal { try change(1) }?.kind == .moved)
    // What is handed in moves no round.
    let round1 = try test.version(round)
    try test.receive(round, [TestDesk.pharmacy("A2")])
    #expect(try test.version(round) == round1)
  }

  @Test("a withdrawn case takes no part, and is withdrawn for good")
  func withdrawn() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let id = try test.receive(round, [TestDesk.pharmacy("A1")])[0]
    func withdraw(_ version: Int) throws -> Answer {
      try test.desk.withdraw(
        test.asked(.withdraw, "reviewer", version: version, round: round), round, id,
        reason: "申请人撤回")
    }
    #expect(try withdraw(1).body["state"] == "withdrawn")
    #expect(try TestDesk.refusal { try withdraw(2) }?.kind == .conflict)
    #expect(try TestDesk.refusal { try test.close(round) }?.kind == .conflict)
    #expect(try TestDesk.refusal { try test.receive(round, [TestDesk.pharmacy("A1")]) } != nil)
  }

  @Test("a clerk of one district sees and moves its cases alone")
  func districts() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    let ids = try test.receive(
      round, [TestDesk.pharmacy("A1"), TestDesk.pharmacy("A2", district: "杜集区")])
    let clerk = TestDesk.caller("clerk2", district: "杜集区")
    let seen = try test.desk.cases(clerk, test.city, round, after: 0, limit: 10).items
    #expect(seen.map { $0["id"] } == [.text(ids[1])])
    #expect(
      try TestDesk.refusal { try test.desk.filed(clerk, test.city, round, ids[0]) }?.kind
        == .notFound)
    func receive(_ district: String) throws -> Answer {
      try test.desk.receive(
        test.asked(.receive, "clerk2", round: round, district: "杜集区"), round,
        .memory(
          name: "a.json", text: "[\(TestDesk.pharmacy("B" + district, district: district).json)]",
          format: .json))
    }
    #expect(try TestDesk.refusal { try receive("相山区") }?.kind == .forbidden)
    _ = try receive("杜集区")
    func change(_ patch: PlainValue) throws -> Answer {
      try test.desk.change(
        test.asked(.change, "clerk2", version: 1, round: round, district: "杜集区"), round, ids[1],
        patch)
    }
    #expect(try TestDesk.refusal { try change(["district": "相山区"]) }?.kind == .forbidden)
    _ = try change(["score": 70])
    let closing = try TestDesk.refusal {
      try test.desk.close(
        test.asked(
          .closeRound, "clerk2", version: try test.version(round), round: round, district: "杜集区"),
        round, asOf: "2026-04-01")
    }
    #expect(closing?.kind == .forbidden)
  }

  @Test("closing asks for the day of decision, which the clock never gives")
  func day() throws {
    let test = try TestDesk()
    defer { test.remove() }
    let round = try test.open()
    try test.receive(round, [TestDesk.pharmacy("A1")])
    for day in ["", "2026-4-1", "tomorrow", "2026-02-30", "2026-03-01"] {
      #expect(try TestDesk.refusal { try test.close(round, asOf: day) }?.kind == .invalid, "\(day)")
    }
    try test.close(round)
  }
}
