import Desk
import Diagnostics
import FoundationEssentials
import PlanlintKit
import Store
import Synchronization
import TestSupport
import Testing

/// What a desk should come to, counted on the fingers: one limit of a year, rounds of pharmacies that compete for it by their score.
struct DeskModel {
  struct Round {
    var state = "open"
    /// By case: applicant's score, and whether it still takes part.
    var cases: [(id: String, score: Int, isLive: Bool)] = []
    var closers: Set<String> = []
    /// Verdicts of the last decision, by case.
    var admitted: Set<String> = []
    var isDecided: Bool { state == "closed" || state == "published" || state == "confirmed" }
  }

  let limit = 5
  var used = 1
  var rounds: [String: Round] = [:]
  /// The cases that hold a place.
  var holders: Set<String> = []

  /// Who gets a place as things stand: the highest scores, then the first in the alphabet.
  func admitted(_ round: Round) -> Set<String> {
    let order = round.cases.filter(\.isLive).sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    return Set(order.prefix(max(0, limit - used)).map(\.id))
  }
}

@Suite("Random histories")
struct HistoryTests {
  struct Crash: Error {}

  /// Says once at which point the next write ends.
  final class Fuse: Sendable {
    private let point = Mutex<StorePoint?>(nil)

    func set(_ next: StorePoint?) { point.withLock { $0 = next } }

    func reach(_ reached: StorePoint) throws {
      let isHere = point.withLock { point in
        if point != reached { return false }
        point = nil
        return true
      }
      if isHere { throw Crash() }
    }
  }

  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let facts = """
    year: 2026
    residents: 1970200
    terminated: {2025: {retail_pharmacy: 5, outpatient: 0}}
    admitted: {2026: {retail_pharmacy: 1}}
    districts: [{name: 相山区}]
    """
  static let registry = """
    id,name,kind,categories,district,lon,lat,datum,status
    P1,甲药房,retail_pharmacy,retail_pharmacy,相山区,116.798100,33.953197,wgs84,active

    """

  /// `COUNT SEED` in PLANLINT_DEEP_DESK makes more of them.
  static let seeds: [UInt64] = {
    let given = ProcessInfo.processInfo.environment["PLANLINT_DEEP_DESK"] ?? "3 1"
    let parts = given.split(separator: " ").compactMap { UInt64($0) }
    return parts.count == 2 ? (0..<parts[0]).map { parts[1] + $0 } : [1]
  }()

  @Test(
    "officers, repeats, cancellations and crashes leave the desk where a plain count has it",
    arguments: seeds, StoreKind.here)
  func history(_ seed: UInt64, _ kind: StoreKind) throws {
    var run = try HistoryRun(seed, kind)
    defer { run.test.remove() }
    for step in 0..<30 { try run.step(step) }
    #expect(try run.test.desk.verify().differences == [])
    let grants = try run.test.ledger().filter { $0["kind"] == "grant" && $0["rule"] != .null }
    for grant in grants where grant["advisory"] == false && grant["waived"] == false {
      let used = Int(grant["used"]?.string ?? "") ?? 99
      #expect(used + (grant["take"]?.integer ?? 0) <= run.model.limit)
    }
  }
}

/// A history as it goes on: what is done is chosen by chance, done at the desk and in the model, and both are held together.
struct HistoryRun {
  let test: TestDesk
  private let fuse: HistoryTests.Fuse
  private var numbers: HistoryTests.Numbers
  private(set) var model = DeskModel()
  private var keys = 0

  init(_ seed: UInt64, _ kind: StoreKind) throws {
    numbers = HistoryTests.Numbers(state: seed)
    let fuse = HistoryTests.Fuse()
    self.fuse = fuse
    test = try TestDesk(kind, facts: HistoryTests.facts, registry: HistoryTests.registry) {
      try fuse.reach($0)
    }
  }

  mutating func step(_ number: Int) throws {
    let ids = model.rounds.keys.sorted()
    let choice = Int.random(in: 0..<12, using: &numbers)
    guard choice > 1, let id = ids.randomElement(using: &numbers) else {
      if ids.count < 4 { try open(number) }
      return
    }
    switch choice {
    case 2, 3: try receive(id, number)
    case 4: try withdraw(id)
    case 5, 6: try close(id)
    case 7: try reopen(id)
    case 8: try publish(id)
    case 9, 10: try confirm(id)
    default:
      if Bool.random(using: &numbers) { try void() } else { try cancel(id) }
    }
    let place = try test.place("HB-OUT-CAP", "huaibei 2026")
    #expect(place?["used"]?.string == String(model.used))
    for (id, round) in model.rounds {
      let told = try test.desk.round(TestDesk.caller("auditor"), test.city, id).body
      #expect(told["state"]?.string == round.state)
    }
  }

  /// Does something under a new key; now and then it crashes on the way and is asked for again, now and then it is asked for twice.
  private mutating func act(
    _ act: Act, _ account: String, round: String?, version: Int?,
    _ body: (Asked) throws -> Answer
  ) throws -> Result<Answer, Refusal> {
    keys += 1
    let asked = test.asked(
      act, account, version: version, round: round, key: "k\(keys)", request: "\(keys)")
    func once() throws -> Result<Answer, Refusal> {
      do {
        return .success(try body(asked))
      } catch let refusal as Refusal {
        return .failure(refusal)
      }
    }
    let chance = Int.random(in: 0..<4, using: &numbers)
    if chance == 0 {
      fuse.set(StorePoint.allCases.randomElement(using: &numbers))
      let crashed = try? once()
      fuse.set(nil)
      #expect(crashed == nil)
    }
    let first = try once()
    if chance == 1 {
      let again = try once()
      switch (first, again) {
      case (.success(let one), .success(let other)):
        #expect(one.body == other.body)
        #expect(other.isRepeated)
      case (.failure(let one), .failure(let other)): #expect(one.kind == other.kind)
      default: Issue.record("a repeat had another answer")
      }
    }
    return first
  }

  private func expect(
    _ result: Result<Answer, Refusal>, _ kind: Refusal.Kind?, _ what: String
  ) {
    switch result {
    case .success: #expect(kind == nil, "\(what) was done")
    case .failure(let refusal): #expect(refusal.kind == kind, "\(what): \(refusal.detail.en)")
    }
  }

  private mutating func open(_ number: Int) throws {
    let test = test
    let result = try act(.openRound, "clerk", round: nil, version: nil) {
      try test.desk.openRound($0, year: 2026, title: "第\(number)批")
    }
    expect(result, nil, "opening")
    model.rounds[try result.get().body["id"]?.string ?? ""] = DeskModel.Round()
  }

  private mutating func receive(_ id: String, _ number: Int) throws {
    let test = test
    let records = (0..<Int.random(in: 1...3, using: &numbers)).map { index in
      TestDesk.pharmacy("N\(number)-\(index)", score: Int.random(in: 50...90, using: &numbers))
    }
    let text = PlainValue.list(records).json
    let result = try act(.receive, "clerk", round: id, version: nil) {
      try test.desk.receive($0, id, .memory(name: "batch.json", text: text, format: .json))
    }
    let isOpen = model.rounds[id]?.state == "open"
    expect(result, isOpen ? nil : .conflict, "receiving")
    guard isOpen else { return }
    let told = try result.get().body["items"]?.items ?? []
    for (record, told) in zip(records, told) {
      model.rounds[id]?.cases.append(
        (told["id"]?.string ?? "", record["score"]?.integer ?? 0, true))
    }
  }

  private mutating func withdraw(_ id: String) throws {
    let test = test
    guard let round = model.rounds[id], !round.cases.isEmpty else { return }
    let index = Int.random(in: 0..<round.cases.count, using: &numbers)
    let filed = round.cases[index]
    let version = try test.desk.filed(TestDesk.caller("clerk"), test.city, id, filed.id).version
    let result = try act(.withdraw, "clerk", round: id, version: version) {
      try test.desk.withdraw($0, id, filed.id, reason: "申请人撤回")
    }
    let isDone = round.state == "open" && filed.isLive
    expect(result, isDone ? nil : .conflict, "withdrawing")
    if isDone { model.rounds[id]?.cases[index].isLive = false }
  }

  private mutating func close(_ id: String) throws {
    let test = test
    guard var round = model.rounds[id] else { return }
    let account = Bool.random(using: &numbers) ? "clerk" : "clerk2"
    let result = try act(.closeRound, account, round: id, version: try test.version(id)) {
      try test.desk.close($0, id, asOf: "2026-04-01")
    }
    let isDone = round.state == "open" && round.cases.contains(where: \.isLive)
    expect(result, isDone ? nil : .conflict, "closing")
    guard isDone else { return }
    round.state = "closed"
    round.closers.insert(account)
    round.admitted = model.admitted(round)
    model.rounds[id] = round
    for filed in try test.cases(id) where filed["state"] == "received" {
      let isAdmitted = round.admitted.contains(filed["id"]?.string ?? "")
      #expect(filed["verdict"]?.string == (isAdmitted ? "admissible" : "refused"))
    }
  }

  private mutating func reopen(_ id: String) throws {
    let test = test
    guard let round = model.rounds[id] else { return }
    let result = try act(.reopen, "reviewer", round: id, version: try test.version(id)) {
      try test.desk.reopen($0, id, reason: "补充材料")
    }
    let isDone = round.state == "closed" || round.state == "published"
    expect(result, isDone ? nil : .conflict, "reopening")
    if isDone { model.rounds[id]?.state = "open" }
  }

  private mutating func cancel(_ id: String) throws {
    let test = test
    guard let round = model.rounds[id] else { return }
    let result = try act(.cancel, "reviewer", round: id, version: try test.version(id)) {
      try test.desk.cancel($0, id, reason: "批次取消")
    }
    let isDone = round.state == "open" || round.state == "closed"
    expect(result, isDone ? nil : .conflict, "cancelling")
    if isDone { model.rounds[id]?.state = "cancelled" }
  }

  private mutating func publish(_ id: String) throws {
    let test = test
    guard let round = model.rounds[id] else { return }
    let result = try act(.publish, "reviewer", round: id, version: try test.version(id)) {
      try test.desk.publish($0, id)
    }
    expect(result, round.state == "closed" ? nil : .conflict, "publishing")
    if round.state == "closed" { model.rounds[id]?.state = "published" }
  }

  private mutating func confirm(_ id: String) throws {
    let test = test
    guard let round = model.rounds[id] else { return }
    let before = try test.ledger().count
    let result = try act(.confirm, "reviewer", round: id, version: try test.version(id)) {
      try test.desk.confirm($0, id)
    }
    let isDone = round.state == "published" && model.admitted(round) == round.admitted
    expect(result, isDone ? nil : .conflict, "confirming")
    guard isDone else {
      #expect(try test.ledger().count == before)
      return
    }
    model.rounds[id]?.state = "confirmed"
    model.used += round.admitted.count
    model.holders.formUnion(round.admitted)
    let granted = Set(
      try test.ledger().dropFirst(before).compactMap { $0["case"]?.string })
    #expect(granted == round.admitted)
  }

  private mutating func void() throws {
    let test = test
    let ledger = try test.ledger()
    guard let entry = ledger.randomElement(using: &numbers), let seq = entry["seq"]?.integer else {
      return
    }
    let result = try act(.void, "reviewer", round: nil, version: nil) {
      try test.desk.void($0, seq, reason: "申请人放弃", document: "淮医保〔2026〕9号")
    }
    let id = entry["case"]?.string ?? ""
    let isDone = entry["kind"] == "grant" && model.holders.contains(id)
    expect(result, isDone ? nil : .conflict, "voiding")
    guard isDone else { return }
    model.holders.remove(id)
    model.used -= 1
  }
}
