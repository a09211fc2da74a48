import Desk
import Diagnostics
import Glibc
import PlanlintKit
import Store
import Synchronization

// Goes on with the rounds of a folder and kills itself at the COUNTth time that it reaches POINT; before that it writes a line for each
// act that was answered. What a crash may lose is found by whoever started it: FOLDER POLICIES RUN POINT
// COUNT [DATABASE].

let arguments = CommandLine.arguments
guard (6...7).contains(arguments.count), let run = Int(arguments[3]), let count = Int(arguments[5])
else {
  exit(2)
}
let (folder, point) = (arguments[1], StorePoint(rawValue: arguments[4]))
let reached = Mutex(0)
let reach: @Sendable (StorePoint) throws -> Void = { here in
  guard here == point else { return }
  let times = reached.withLock {
    $0 += 1
    return $0
  }
  if times == count { kill(getpid(), SIGKILL) }
}
let store: any Store =
  arguments.count == 7
  ? try PostgreSQLStore(try PostgreSQLAddress(arguments[6]), reach: reach)
  : try SQLiteStore(folder: folder, reach: reach)
let ticks = Mutex(run * 1_000)
let desk = Desk(
  store: store, profiles: try Profiles(folder: arguments[2]),
  heads: Heads(folder: folder + "/heads"),
  clock: {
    let now = ticks.withLock {
      $0 += 1
      return $0
    }
    return "2026-04-01T00:00:00.\(now)Z"
  })
let roles: [Role] = [.clerk, .reviewer, .auditor]

func acknowledge(_ asked: Asked, _ answer: Answer) {
  let line: PlainValue = [
    "account": .text(asked.caller.account), "act": .text(asked.act.rawValue),
    "path": .text(asked.path), "key": .text(asked.key), "request": .text(asked.request),
    "body": .text(answer.body.json),
  ]
  let bytes = Array((line.json + "\n").utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}

var number = 0
@MainActor func act(
  _ act: Act, _ account: String, round: String? = nil, isVersioned: Bool = false,
  _ body: (Asked) throws -> Answer
) throws -> Answer {
  number += 1
  let role = Role(rawValue: account) ?? .clerk
  let caller = Caller(account: account, city: "huaibei", roles: [role])
  let auditor = Caller(account: "auditor", city: "huaibei", roles: [.auditor])
  let version =
    isVersioned ? try round.flatMap { try desk.round(auditor, "huaibei", $0).version } : nil
  let asked = Asked(
    act, by: caller, city: "huaibei", path: act.rawValue, key: "\(run)-\(number)",
    request: "\(number)", version: version, round: round)
  let answer = try body(asked)
  acknowledge(asked, answer)
  return answer
}

while true {
  let opened = try act(.openRound, "clerk") {
    try desk.openRound($0, year: 2026, title: "第\(run)-\(number)批")
  }
  let round = opened.body["id"]?.string ?? ""
  let batch = (1...2).map { index in
    """
    {"id": "\(run)-\(number)-\(index)", "name": "药房\(run)-\(number)-\(index)", "kind": "retail_pharmacy",
     "requests": ["retail_pharmacy"], "district": "相山区", "score": 80, "submitted": "2026-03-02",
     "location": {"lon": 116.798000, "lat": 33.953197, "datum": "wgs84"}}
    """
  }
  _ = try act(.receive, "clerk", round: round) {
    try desk.receive(
      $0, round,
      .memory(name: "a.json", text: "[\(batch.joined(separator: ","))]", format: .json))
  }
  _ = try act(.closeRound, "clerk", round: round, isVersioned: true) {
    try desk.close($0, round, asOf: "2026-04-01")
  }
  _ = try act(.publish, "reviewer", round: round, isVersioned: true) {
    try desk.publish($0, round)
  }
  _ = try act(.confirm, "reviewer", round: round, isVersioned: true) {
    try desk.confirm($0, round)
  }
  // What stands is given back, so that there is something to fight for again.
  let auditor = Caller(account: "auditor", city: "huaibei", roles: [.auditor])
  let ledger = try desk.ledger(auditor, "huaibei", after: 0, limit: 100_000).items
  let voided = Set(ledger.compactMap { $0["of"]?.integer })
  if let standing = ledger.first(where: {
    $0["kind"] == "grant" && !voided.contains($0["seq"]?.integer ?? 0)
  })?["seq"]?.integer {
    _ = try act(.void, "reviewer") {
      try desk.void($0, standing, reason: "申请人放弃", document: "淮医保〔2026〕9号")
    }
  }
}
