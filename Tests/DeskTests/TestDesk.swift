import Desk
import Diagnostics
import FoundationEssentials
import PlanlintKit
import Store
import Synchronization
import TestSupport

/// A desk of Huaibei in a folder of its own, with the fixture's figures and registry in force, and one account of each role.
struct TestDesk {
  let folder: TemporaryFolder
  let desk: Desk
  let city = "huaibei"

  static let profiles: Profiles = {
    // The fixtures are there, or no test of the desk means anything.
    guard let profiles = try? Profiles(folder: Golden.root + "/policies") else {
      fatalError("the policies cannot be read")
    }
    return profiles
  }()

  /// A clock that goes on by a second with each look.
  static func clock(from start: Int = 0) -> @Sendable () -> String {
    let seconds = Counter(start)
    return {
      let now = seconds.next()
      func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
      return "2026-04-\(two(1 + now / 86_400))T\(two(now / 3_600 % 24)):\(two(now / 60 % 60)):"
        + "\(two(now % 60)).000Z"
    }
  }

  init(
    _ kind: StoreKind = .sqlite, facts: String? = nil, registry: String? = nil,
    reach: @escaping @Sendable (StorePoint) throws -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder(named: "desk")
    desk = Desk(
      store: try StoreLocation(kind, folder: folder.path).open(reach: reach),
      profiles: Self.profiles,
      heads: Heads(folder: folder.path + "/heads"), clock: Self.clock())
    try put(
      facts: facts
        ?? String(
          decoding: try Data(
            contentsOf: URL(filePath: Golden.root + "/fixtures/huaibei/facts.yaml")),
          as: UTF8.self))
    _ = try desk.putRegistry(
      asked(.putRegistry, "policy"),
      Desk.Upload(
        name: "registry.csv",
        bytes: try registry.map { Array($0.utf8) }
          ?? Array(
            Data(contentsOf: URL(filePath: Golden.root + "/fixtures/huaibei/registry.csv"))),
        format: .csv))
  }

  func remove() { folder.remove() }

  @discardableResult
  func put(
    facts: String, correction: (reason: String, document: String)? = nil
  ) throws -> Answer {
    try desk.putFacts(
      asked(.putFacts, "policy"), year: 2026,
      Desk.Upload(name: "facts.yaml", bytes: Array(facts.utf8), format: .yaml),
      correction: correction)
  }

  static func caller(_ name: String, district: String? = nil) -> Caller {
    let role = Role(rawValue: String(name.prefix { $0.isLetter })) ?? .clerk
    return Caller(
      account: name, city: "huaibei", roles: [role], district: district, address: "192.0.2.1")
  }

  func asked(
    _ act: Act, _ account: String, version: Int? = nil, round: String? = nil, key: String? = nil,
    request: String = "", path: String? = nil, district: String? = nil
  ) -> Asked {
    Asked(
      act, by: Self.caller(account, district: district), city: city,
      path: path ?? "\(act.rawValue) \(round ?? "")", key: key, request: request,
      version: version, round: round, target: round ?? "")
  }

  // MARK: Rounds in a line each

  func open(_ title: String = "第一批") throws -> String {
    let answer = try desk.openRound(asked(.openRound, "clerk"), year: 2026, title: title)
    return answer.body["id"]?.string ?? ""
  }

  func version(_ round: String) throws -> Int {
    try desk.round(Self.caller("auditor"), city, round).version ?? 0
  }

  /// Hands applications in; gives the ids of the cases.
  @discardableResult
  func receive(_ round: String, _ applications: [PlainValue], by account: String = "clerk") throws
    -> [String]
  {
    try receive(
      round, .memory(name: "batch.json", text: PlainValue.list(applications).json, format: .json),
      by: account)
  }

  @discardableResult
  func receive(_ round: String, _ input: Input, by account: String = "clerk") throws -> [String] {
    let answer = try desk.receive(asked(.receive, account, round: round), round, input)
    return (answer.body["items"]?.items ?? []).compactMap { $0["id"]?.string }
  }

  @discardableResult
  func close(_ round: String, by account: String = "clerk", asOf: String = "2026-04-01") throws
    -> Answer
  {
    try desk.close(
      asked(.closeRound, account, version: try version(round), round: round), round, asOf: asOf)
  }

  @discardableResult
  func reopen(_ round: String) throws -> Answer {
    try desk.reopen(
      asked(.reopen, "reviewer", version: try version(round), round: round), round,
      reason: "补充材料")
  }

  @discardableResult
  func publish(_ round: String, by account: String = "reviewer") throws -> Answer {
    try desk.publish(
      asked(.publish, account, version: try version(round), round: round), round)
  }

  @discardableResult
  func confirm(_ round: String, by account: String = "reviewer") throws -> Answer {
    try desk.confirm(
      asked(.confirm, account, version: try version(round), round: round), round)
  }

  @discardableResult
  func void(_ seq: Int) throws -> Answer {
    try desk.void(asked(.void, "reviewer"), seq, reason: "申请人放弃", document: "淮医保〔2026〕9号")
  }

  @discardableResult
  func rule(_ round: String, _ kind: FiledRuling.Kind, _ body: PlainValue) throws -> Answer {
    try desk.rule(
      asked(
        kind == .ruling ? .rule : .waive, "reviewer", version: try version(round), round: round),
      round, kind, body)
  }

  func cases(_ round: String) throws -> [PlainValue] {
    try desk.cases(Self.caller("auditor"), city, round, after: 0, limit: 1_000).items
  }

  func ledger() throws -> [PlainValue] {
    try desk.ledger(Self.caller("auditor"), city, after: 0, limit: 10_000).items
  }

  /// What the quota table says of a limit.
  func place(_ rule: String, _ scope: String) throws -> PlainValue? {
    try desk.places(Self.caller("auditor"), city, year: 2026).body["items"]?.items.first {
      $0["rule"]?.string == rule && $0["scope"]?.string == scope
    }
  }

  /// The refusal that something ends with; nil where it is done.
  static func refusal(_ body: () throws -> some Any) throws -> Refusal? {
    do {
      _ = try body()
      return nil
    } catch let refusal as Refusal {
      return refusal
    }
  }

  // MARK: Applications

  /// A pharmacy in the middle of 相山区, where others are all around, so that no exception speaks for it.
  static func pharmacy(_ id: String, score: Int = 80, district: String = "相山区") -> PlainValue {
    [
      "id": .text(id), "name": .text("示例药房\(id)"), "kind": "retail_pharmacy",
      "requests": ["retail_pharmacy"], "district": .text(district),
      "location": ["lon": .number("116.798000"), "lat": .number("33.953197"), "datum": "wgs84"],
      "submitted": "2026-03-02", "score": .number(score),
    ]
  }

  /// A hospital in 杜集区, where beds may be added.
  static func hospital(_ id: String, beds: Int, score: Int = 80) -> PlainValue {
    [
      "id": .text(id), "name": .text("示例医院\(id)"), "kind": "hospital", "requests": ["inpatient"],
      "district": "杜集区",
      "location": ["lon": .number("116.866157"), "lat": .number("33.994649"), "datum": "wgs84"],
      "beds": .number(beds), "submitted": "2026-03-02", "score": .number(score),
    ]
  }
}

final class Counter: Sendable {
  private let value: Mutex<Int>

  init(_ start: Int) { value = Mutex(start) }

  func next() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}
