import Desk
import Diagnostics
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

/// Two processes with folders of their own that serve from one database.
@Suite(
  "Replicas",
  .enabled(if: PostgreSQLServer.isInstalled, "no PostgreSQL server of version 15 is installed"))
struct ReplicaTests {
  /// `CLIENTS ROUNDS APPLICANTS` in PLANLINT_DEEP_REPLICAS makes more of them: so many rounds of each client, so many applicants in
  /// each round, every one of which is an attempt to get a place.
  static let size: (clients: Int, rounds: Int, applicants: Int) = {
    let given = ProcessInfo.processInfo.environment["PLANLINT_DEEP_REPLICAS"] ?? ""
    let parts = given.split(separator: " ").compactMap { Int($0) }
    return parts.count == 3 ? (parts[0], parts[1], parts[2]) : (4, 2, 2)
  }()

  private static let city = "/api/v1/cities/huaibei"

  /// A database with accounts, facts and a registry, and two processes that serve from it.
  private struct Replicas {
    let folder: TemporaryFolder
    let database: String
    let daemons: [TestDaemon]
    let tokens: [String: String]

    init() throws {
      folder = try TemporaryFolder(named: "replicas")
      let server = try PostgreSQLServer.shared.get()
      let name = try server.database()
      database = server.address(name)
      try PostgreSQLStore.migrate(
        try PostgreSQLAddress(server.address(name, as: "owner")), grantTo: "desk")
      // As `planlintd account add` and `token add` do.
      let desk = Desk(
        store: try PostgreSQLStore(try PostgreSQLAddress(database)),
        profiles: TestService.profiles, heads: nil, clock: { "2026-04-01T00:00:00.000Z" })
      var tokens: [String: String] = [:]
      for role in [Role.clerk, .reviewer, .policy, .auditor] {
        try desk.addAccount(
          role.rawValue, city: "huaibei", roles: [role], district: nil,
          password: role == .clerk ? "correct horse" : nil)
        tokens[role.rawValue] = try desk.addToken(role.rawValue, city: "huaibei")
      }
      self.tokens = tokens
      let (path, base) = (folder.path, database)
      daemons = try ["one", "two"].map {
        try TestDaemon(["--data", path + "/" + $0, "--database", base])
      }
      for (path, type, body) in [
        ("/facts/2026", "application/yaml", TestService.facts),
        ("/registry", "text/csv", TestService.registry),
      ] {
        let put = try daemons[0].ask(
          "PUT", ReplicaTests.city + path, token: tokens["policy"], body, type: type)
        #expect(put.status < 300, "\(put.body)")
      }
    }

    func remove() {
      for daemon in daemons { _ = daemon.stop() }
      folder.remove()
    }
  }

  /// A client that asks one replica, and the other one with the same key where that does not answer.
  private struct Client {
    let number: Int
    let daemons: [TestDaemon]
    let tokens: [String: String]
    var preferred: Int
    var keys = 0
    /// The last entry of the ledger that it has read.
    var seen = 0

    mutating func ask(
      _ method: String, _ path: String, as account: String, version: String? = nil,
      _ body: String? = nil
    ) throws -> TestDaemon.Answer {
      keys += 1
      var headers = method == "GET" ? [:] : ["Idempotency-Key": "\(number)-\(keys)"]
      headers["If-Match"] = version
      for _ in 0..<200 {
        if let answer = try? daemons[preferred].ask(
          method, path, token: tokens[account], headers: headers, body), answer.status != 503
        {
          return answer
        }
        preferred = (preferred + 1) % daemons.count
        usleep(50_000)
      }
      throw TestDaemon.NoAnswer()
    }

    mutating func act(
      _ name: String, _ round: String, as account: String, _ body: String? = nil
    ) throws -> TestDaemon.Answer {
      let version = try ask("GET", round, as: "auditor").headers["etag"]
      return try ask("POST", round + "/" + name, as: account, version: version, body)
    }

    /// One round from its opening to its end; the places that it got are given back.
    ///
    /// - Returns: the round that was confirmed; nil where others were quicker every time.
    mutating func attempt(_ number: Int, applicants: Int) throws -> String? {
      let city = ReplicaTests.city
      let opened = try ask(
        "POST", city + "/rounds", as: "clerk", #"{"year": 2026, "title": "第\#(number)批"}"#)
      let round = try #require(opened.headers["location"], "\(opened.body)")
      let batch = (1...applicants).map { index in
        """
        {"id": "A\(index)", "name": "药房\(self.number)-\(number)-\(index)", "kind": "retail_pharmacy",
         "requests": ["retail_pharmacy"], "district": "相山区", "score": 80, "submitted": "2026-03-02",
         "location": {"lon": 116.798000, "lat": 33.953197, "datum": "wgs84"}}
        """
      }
      let received = try ask(
        "POST", round + "/applications", as: "clerk", "[\(batch.joined(separator: ","))]")
      try #require(received.status == 201, "\(received.body)")
      for _ in 0..<5 {
        let closed = try act("close", round, as: "clerk", #"{"as_of": "2026-04-01"}"#)
        try #require(closed.status == 200, "\(closed.body)")
        try #require(try act("publish", round, as: "reviewer").status == 200)
        let confirmed = try act("confirm", round, as: "reviewer")
        if confirmed.status == 200 {
          try giveBack(round)
          return round
        }
        try #require(confirmed.status == 409, "\(confirmed.body)")
        try #require(
          try act("reopen", round, as: "reviewer", #"{"reason": "名额已变"}"#).status == 200)
      }
      return nil
    }

    private mutating func giveBack(_ round: String) throws {
      let id = round.split(separator: "/").last.map(String.init)
      var cases: Set<String> = []
      for entry in try ledger(after: seen) {
        seen = entry["seq"]?.integer ?? seen
        guard entry["round"]?.string == id, entry["kind"] == "grant", entry["rule"] != .null,
          let name = entry["case"]?.string, cases.insert(name).inserted
        else { continue }
        let answer = try ask(
          "POST", ReplicaTests.city + "/ledger/\(seen)/void", as: "reviewer",
          #"{"reason": "申请人放弃", "document": "淮医保〔2026〕9号"}"#)
        try #require(answer.status == 201, "\(answer.body)")
      }
    }

    mutating func ledger(after seq: Int = 0) throws -> [PlainValue] {
      var entries: [PlainValue] = []
      while true {
        let after = entries.last?["seq"]?.integer ?? seq
        let page =
          try ask(
            "GET", ReplicaTests.city + "/ledger?after=\(after)&limit=1000", as: "auditor"
          ).json["items"]?.items ?? []
        if page.isEmpty { return entries }
        entries += page
      }
    }
  }

  @Test(
    "clients of two replicas that fight for the last places get none twice, also when one is killed"
  )
  func fight() throws {
    let replicas = try Replicas()
    defer { replicas.remove() }
    let (clients, rounds, applicants) = Self.size
    let confirmed = Mutex<[String]>([])
    let failures = Mutex<[String]>([])
    let done = Mutex(0)
    let group = DispatchGroup()
    for number in 0..<clients {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        var client = Client(
          number: number, daemons: replicas.daemons, tokens: replicas.tokens,
          preferred: number % 2)
        for number in 1...rounds {
          do {
            let round = try client.attempt(number, applicants: applicants)
            if let round { confirmed.withLock { $0.append(round) } }
          } catch {
            failures.withLock { $0.append("\(error)") }
          }
          let count = done.withLock {
            $0 += 1
            return $0
          }
          // In the middle of it all one goes.
          if count == clients * rounds / 2 { replicas.daemons[0].kill() }
        }
      }
    }
    group.wait()
    #expect(failures.withLock { $0 } == [])
    var reader = Client(
      number: clients, daemons: replicas.daemons, tokens: replicas.tokens, preferred: 1)
    let entries = try reader.ledger()
    let told = confirmed.withLock { $0 }
    // What each limit has given, counted from the entries: it is what the next grant says, and never more than there is.
    var used: [String: Int] = [:]
    var most = 0
    var granted: Set<String> = []
    for entry in entries {
      let key = ["rule", "part", "scope"].map { entry[$0]?.string ?? "" }.joined(separator: " ")
      let take = entry["take"]?.integer ?? 0
      if entry["kind"] == "void" {
        used[key]? -= take
      } else if entry["kind"] == "grant", entry["rule"] != .null, entry["advisory"] == false {
        let before = try #require(Int(entry["used"]?.string ?? ""))
        let limit = try #require(Int(entry["limit"]?.string ?? ""))
        #expect(used[key, default: before] == before, "entry \(entry.json)")
        #expect(before + take <= limit, "entry \(entry.json)")
        let isFirst = granted.insert("\(entry["case"]?.string ?? "") \(key)").inserted
        #expect(isFirst, "entry \(entry.json)")
        used[key] = before + take
        if entry["rule"] == "HB-OUT-CAP" { most = max(most, before + take) }
      }
    }
    #expect(most == 5, "the places given at once came to \(most)")
    #expect(told.count == Set(told).count)
    for round in told {
      #expect(try reader.ask("GET", round, as: "auditor").json["state"] == "confirmed")
    }
    let verified = try TestDaemon.run([
      "verify", "--data", replicas.folder.path + "/two", "--database", replicas.database,
    ])
    #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    print(
      "\(clients) clients, \(clients * rounds * applicants) attempts, \(told.count) rounds confirmed, \(entries.count) entries, at most \(most) of 5 places; \(verified.output.split(separator: "\n").last ?? "")"
    )
  }

  @Test("a replica knows keys, versions, sessions and wrong passwords of the other")
  func shared() throws {
    let replicas = try Replicas()
    defer { replicas.remove() }
    let (one, two) = (replicas.daemons[0], replicas.daemons[1])
    let (clerk, auditor) = (replicas.tokens["clerk"], replicas.tokens["auditor"])
    func open(_ daemon: TestDaemon, _ title: String) throws -> TestDaemon.Answer {
      try daemon.ask(
        "POST", Self.city + "/rounds", token: clerk, headers: ["Idempotency-Key": "k"],
        #"{"year": 2026, "title": "\#(title)"}"#)
    }
    let opened = try open(one, "第一批")
    #expect(opened.status == 201)
    let repeated = try open(two, "第一批")
    #expect(repeated.body == opened.body)
    #expect(try open(two, "第二批").status == 422)
    let round = try #require(opened.headers["location"])
    let version = try #require(try two.ask("GET", round, token: auditor).headers["etag"])
    func cancel(_ daemon: TestDaemon) throws -> Int {
      try daemon.ask(
        "POST", round + "/cancel", token: replicas.tokens["reviewer"],
        headers: ["If-Match": version], #"{"reason": "取消"}"#
      ).status
    }
    #expect(try cancel(one) == 200)
    #expect(try cancel(two) == 412)
    func sign(_ daemon: TestDaemon, _ password: String) throws -> TestDaemon.Answer {
      try daemon.ask(
        "POST", "/api/v1/session", #"{"account": "clerk", "password": "\#(password)"}"#)
    }
    let cookie = String(
      try sign(one, "correct horse").headers["set-cookie"]?.prefix { $0 != ";" } ?? "")
    #expect(try two.ask("GET", Self.city, headers: ["Cookie": cookie]).status == 200)
    for index in 1...5 { #expect(try sign(index % 2 == 0 ? one : two, "wrong").status == 401) }
    for daemon in [one, two] { #expect(try sign(daemon, "correct horse").status == 429) }
    // A folder is one process's own all the same.
    let third = try TestDaemon.run([
      "serve", "--data", replicas.folder.path + "/one", "--database", replicas.database,
    ])
    #expect(third.code == 2)
    #expect(third.errors.contains("is served by another process"))
    #expect(one.stop() == 0)
    #expect(try two.ask("GET", round, token: auditor).json["state"] == "cancelled")
  }

  @Test(
    "what stands in the way of serving from PostgreSQL ends with 2 and is named, without the password"
  )
  func refusals() throws {
    let folder = try TemporaryFolder(named: "planlintd")
    defer { folder.remove() }
    let server = try PostgreSQLServer.shared.get()
    let name = try server.database()
    func run(
      _ arguments: [String], as role: String, input: String = ""
    ) throws -> (code: Int32, errors: String) {
      let address = server.address(name, as: role + ":geheim")
      let told = try TestDaemon.run(
        arguments + ["--data", folder.path + "/data", "--database", address], input: input)
      #expect(!told.errors.contains("geheim"))
      return (told.code, told.errors)
    }
    for (role, words) in [
      ("desk", "run `planlintd migrate`"), ("postgres", "is a superuser"),
      ("loose", "has BYPASSRLS"), ("nobody", "does not exist"),
    ] {
      let told = try run(["serve"], as: role)
      #expect(told.code == 2)
      #expect(told.errors.contains(words), "\(told.errors)")
    }
    #expect(try run(["migrate", "--grant-to", "postgres"], as: "owner").code == 2)
    #expect(try run(["migrate", "--grant-to", "desk"], as: "owner").code == 0)
    #expect(try run(["serve"], as: "owner").errors.contains("owns the tables"))
    let account = ["account", "add", "wang", "--city", "huaibei", "--role", "clerk"]
    #expect(try run(account, as: "desk", input: "correct horse\n").code == 0)
    #expect(try run(["token", "add", "wang", "--city", "huaibei"], as: "desk").code == 0)
    #expect(try run(["verify"], as: "desk").code == 0)
    let backup = folder.path + "/backup"
    #expect(try run(["backup", backup], as: "desk").code == 0)
    #expect(try TestDaemon.run(["restore", backup, "--data", folder.path + "/other"]).code == 0)
    #expect(try run(["restore", backup], as: "desk").errors.contains("is not empty"))
  }
}
