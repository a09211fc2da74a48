import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite(
  "A store in PostgreSQL",
  .enabled(if: PostgreSQLServer.isInstalled, "no PostgreSQL server of version 15 is installed"))
struct PostgreSQLStoreTests {
  private let server: PostgreSQLServer

  init() throws { server = try PostgreSQLServer.shared.get() }

  private func address(_ database: String, as role: String = "desk") throws -> PostgreSQLAddress {
    try PostgreSQLAddress(server.address(database, as: role))
  }

  private func migrated(grantTo role: String? = "desk") throws -> String {
    let name = try server.database()
    try PostgreSQLStore.migrate(try address(name, as: "owner"), grantTo: role)
    return name
  }

  /// What stands in the way of opening a store; empty where nothing does.
  private func refusal(_ database: String, as role: String = "desk") throws -> String {
    do {
      _ = try PostgreSQLStore(try address(database, as: role))
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func fill(_ store: any Store) throws {
    for city in ["a", "b"] {
      try store.write(city) { session throws in
        try session.insert(Record(.round, id: "r", number: 1, body: "of \(city)"))
        try session.append(StoreContractTests.grant(1))
        try session.append(AuditRow(seq: 1, prev: LedgerRow.noHash, hash: "h", body: "{}"))
        try session.add(3, to: "/beds", at: 1)
        try session.keep([0, 1, 255], digest: "d")
        try session.outside.insert(
          Record(.account, id: "of \(city)", number: city == "a" ? 1 : 2, body: "{}"))
        try session.keep(
          KeptAnswer(request: "q", outcome: "done", body: "{}", round: nil, at: "1"),
          for: AnswerKey(account: "x", act: "y", key: "z"))
      }
    }
  }

  static let tables = [
    "answers", "audit", "documents", "figure_names", "figures", "ledger", "numbers", "records",
  ]

  @Test("the role that serves sees no city that it has not named, and changes no entry")
  func rowSecurity() throws {
    let name = try migrated()
    let store = try PostgreSQLStore(try address(name))
    try fill(store)
    _ = try store.write("a") { try $0.nextNumber(of: .round) }
    func count(_ table: String, _ setting: String = "") throws -> String {
      try server.psql(
        "\(setting); SELECT count(*), count(*) FILTER (WHERE city <> 'a') FROM planlint.\(table)",
        as: "desk", in: name)
    }
    for table in Self.tables {
      #expect(try count(table) == "0|0\n", "\(table)")
      let seen = try count(table, "SET planlint.city = '{a}'")
      #expect(seen.hasSuffix("|0\n") && !seen.hasPrefix("0"), "\(table): \(seen)")
    }
    // Not even the owner, who is held as well.
    #expect(
      try server.psql("SELECT count(*) FROM planlint.ledger", as: "owner", in: name) == "0\n")
    let own = "SET planlint.city = '{a}'; "
    for (statement, words) in [
      ("UPDATE planlint.ledger SET take = 0", "permission denied"),
      ("DELETE FROM planlint.ledger", "permission denied"),
      ("TRUNCATE planlint.ledger", "permission denied"),
      ("UPDATE planlint.audit SET body = ''", "permission denied"),
      ("DELETE FROM planlint.audit", "permission denied"),
      ("ALTER TABLE planlint.ledger DISABLE ROW LEVEL SECURITY", "must be owner"),
      ("DROP POLICY by_city ON planlint.ledger", "must be owner"),
      ("UPDATE planlint.version SET number = 9", "permission denied"),
      ("CREATE TABLE planlint.more (id integer)", "permission denied"),
      (
        "INSERT INTO planlint.records VALUES ('b', 'round', 'x', '', NULL, 9, 1, '')",
        "row-level security"
      ),
      ("INSERT INTO planlint.documents VALUES ('*', 'x', '')", "row-level security"),
    ] {
      do {
        try server.psql(own + statement, as: "desk", in: name)
        Issue.record("\(statement) was done")
      } catch let failure as PostgreSQLServer.Failure {
        #expect(failure.description.contains(words), "\(failure)")
      }
    }
    // The owner may, but for the ledger and the trail.
    for statement in [
      "UPDATE planlint.ledger SET take = 0", "DELETE FROM planlint.audit",
      "TRUNCATE planlint.audit",
    ] {
      #expect(throws: PostgreSQLServer.Failure.self) {
        try server.psql(own + statement, as: "owner", in: name)
      }
    }
    #expect(try store.read("b") { try $0.record(.round, "r")?.body } == "of b")
  }

  @Test("a role, tables or a server that a desk cannot rely on are refused with a sentence")
  func preconditions() throws {
    let empty = try server.database()
    #expect(try refusal(empty).contains("version 0, expected 1; run `planlintd migrate`"))
    let name = try migrated(grantTo: nil)
    #expect(try refusal(name).contains("--grant-to"))
    try PostgreSQLStore.migrate(try address(name, as: "owner"), grantTo: "desk")
    #expect(try refusal(name) == "")
    #expect(try refusal(name, as: "owner").contains("owns the tables"))
    #expect(try refusal(name, as: "postgres").contains("is a superuser"))
    #expect(try refusal(name, as: "loose").contains("BYPASSRLS"))
    #expect(try refusal(name, as: "nobody").contains("\"nobody\" does not exist"))
    func change(_ statement: String, back: String, _ words: String) throws {
      try server.psql(statement, as: "postgres", in: name)
      #expect(try refusal(name).contains(words), "\(statement)")
      try server.psql(back, as: "postgres", in: name)
    }
    try change(
      "ALTER DATABASE \(name) SET synchronous_commit = off",
      back: "ALTER DATABASE \(name) RESET synchronous_commit", "synchronous_commit = off")
    try change(
      "GRANT DELETE ON planlint.audit TO desk", back: "REVOKE DELETE ON planlint.audit FROM desk",
      "may change or remove entries")
    try change(
      "ALTER TABLE planlint.figures NO FORCE ROW LEVEL SECURITY",
      back: "ALTER TABLE planlint.figures FORCE ROW LEVEL SECURITY", "figures has no row security")
    try change(
      "UPDATE planlint.version SET number = 9", back: "UPDATE planlint.version SET number = 0",
      "version 9, later than")
    #expect(try refusal(name).contains("version 0, expected 1"))
    for role in ["owner", "loose", "postgres", "stranger"] {
      #expect(throws: StoreError.self) {
        try PostgreSQLStore.migrate(
          try PostgreSQLAddress(server.address(try server.database(), as: "owner")), grantTo: role)
      }
    }
  }

  @Test("a standby, which may be behind, is refused, whoever comes")
  func standby() throws {
    let name = try migrated()
    let standby = try PostgreSQLAddress(server.standby(name))
    for open in [
      { _ = try PostgreSQLStore(standby) },
      { try PostgreSQLStore.migrate(standby, grantTo: nil) },
    ] {
      do {
        try open()
        Issue.record("a standby was taken")
      } catch StoreError.failed(let why) {
        #expect(why.contains("the server is a standby"))
      }
    }
  }

  @Test(
    "what is told of an address has no password in it",
    arguments: [
      "postgres://desk:geheim@localhost:1/x", "postgres://desk:geheim@[::1/x",
      "postgres://desk:geheim%zz@localhost/x", "mysql://desk:geheim@localhost/x",
      "postgres://desk:geheim@geheim.invalid/geheim",
    ])
  func secrets(_ url: String) throws {
    do {
      _ = try PostgreSQLStore(try PostgreSQLAddress(url))
      Issue.record("a store was opened")
    } catch let error as StoreError {
      #expect(!"\(error)".contains("geheim"), "\(error)")
    }
  }

  @Test("what is read is of one moment, whatever others write meanwhile")
  func snapshot() throws {
    let name = try migrated()
    let stores = try (1...2).map { _ in try PostgreSQLStore(try address(name)) }
    try stores[0].read("a") { session throws in
      #expect(try session.lastAuditRow()?.seq == nil)
      try stores[1].write("a") { other throws in
        try other.append(AuditRow(seq: 1, prev: LedgerRow.noHash, hash: "h1", body: "{}"))
      }
      #expect(try session.lastAuditRow()?.seq == nil)
    }
    #expect(try stores[0].read("a") { try $0.lastAuditRow()?.seq } == 1)
  }

  @Test(
    "writers of one city wait for each other, wherever they come from, and no longer than allowed")
  func locks() throws {
    let name = try migrated()
    let stores = try (1...2).map { _ in try PostgreSQLStore(try address(name)) }
    let given = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      for _ in 1...5 {
        let number = try? stores[index % 2].write("a") { session throws in
          // Read first, written after: without the lock two would come to the same.
          let last = try session.lastAuditRow()
          let row = AuditRow(
            seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? LedgerRow.noHash,
            hash: "h\((last?.seq ?? 0) + 1)", body: "{}")
          try session.append(row)
          return row.seq
        }
        if let number { given.withLock { $0.append(number) } }
      }
    }
    #expect(given.withLock { $0.sorted() } == Array(1...40))
    var limits = PostgreSQLLimits()
    limits.waitSeconds = 1
    limits.connections = 1
    let impatient = try PostgreSQLStore(try address(name), limits: limits)
    try stores[0].write("a") { _ throws in
      do {
        try impatient.write("a") { _ in }
        Issue.record("two wrote one city")
      } catch StoreError.failed(let why) {
        #expect(why.contains("holds the city for too long"))
      }
      // Another city is free.
      try impatient.write("b") { _ in }
    }
    try impatient.read("a") { _ throws in
      do {
        try impatient.read("a") { _ in }
        Issue.record("a connection too many")
      } catch StoreError.failed(let why) {
        #expect(why.contains("all 1 connections are in use for longer than 1 s"))
      }
    }
  }

  @Test("a connection that breaks is opened again, and what it had not committed is not there")
  func broken() throws {
    let name = try migrated()
    let store = try PostgreSQLStore(try address(name))
    func end() throws {
      try server.psql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)' AND usename = 'desk'",
        as: "postgres", in: "postgres")
    }
    try fill(store)
    try end()
    #expect(try store.cities() == ["a", "b"])
    #expect(throws: StoreError.self) {
      try store.write("a") { session throws in
        try session.insert(Record(.round, id: "s", number: 2, body: ""))
        try end()
      }
    }
    #expect(try store.read("a") { try $0.record(.round, "s") } == nil)
  }

  @Test("texts with U+0000 and long ones are kept as they are")
  func oddTexts() throws {
    let store = try PostgreSQLStore(try address(try migrated()))
    let long = String(repeating: "很长的名称", count: 2_000)
    let odd = "a\0b\u{1}0c\u{1}\u{1}1\0\u{301}\u{1}\u{301}"
    try store.write("a") { session throws in
      for (index, name) in [long, odd, long + "1", "a"].enumerated() {
        try session.insert(
          Record(.filed, id: "\(index)", parent: "r", name: name, number: index + 1, body: odd))
        #expect(try session.record(.filed, named: name, in: "r")?.id == "\(index)")
        #expect(throws: StoreError.self) {
          try session.insert(
            Record(.filed, id: "x", parent: "r", name: name, number: 99, body: ""))
        }
        try session.keep(
          KeptAnswer(request: "q", outcome: "done", body: odd, round: nil, at: "1"),
          for: AnswerKey(account: "x", act: name, key: "k"))
      }
      var entry = StoreContractTests.grant(1, scope: long)
      entry.rule = odd
      try session.append(entry)
      #expect(try session.ledgerRow(1) == entry)
      #expect(try session.record(.filed, "1")?.body == odd)
    }
  }

  @Test("a backup is one of a folder, and either kind of store begins from it")
  func backup() throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    let store = try PostgreSQLStore(try address(try migrated()))
    try fill(store)
    let file = folder.path + "/backup"
    try store.backup(to: file)
    #expect(throws: StoreError.self) { try store.restore(file) }
    try SQLiteStore.restore(file, into: folder.path + "/data")
    let sqlite = try SQLiteStore(folder: folder.path + "/data")
    let again = folder.path + "/again"
    try sqlite.backup(to: again)
    let other = try PostgreSQLStore(try address(try migrated()))
    try other.restore(again)
    for store in [sqlite, other] as [any Store] {
      #expect(try store.cities() == ["a", "b"])
      try store.read("b") { session throws in
        #expect(try session.record(.round, "r")?.body == "of b")
        #expect(try session.ledgerRow(1) == StoreContractTests.grant(1))
        #expect(try session.lastAuditRow()?.hash == "h")
        #expect(try session.figures(at: nil) == ["/beds": 3])
        #expect(try session.document("d") == [0, 1, 255])
        #expect(try session.outside.records(.account, in: nil, after: 0, limit: 9).count == 2)
        #expect(try session.answer(AnswerKey(account: "x", act: "y", key: "z")) != nil)
      }
    }
    let empty = try PostgreSQLStore(try address(try migrated()))
    try empty.backup(to: folder.path + "/empty")
    try other.write("a") {
      try $0.append(StoreContractTests.grant(2, after: "hash 1", filed: "c2"))
    }
    #expect(throws: StoreError.self) { try empty.restore(folder.path + "/none") }
    #expect(try empty.cities() == [])
  }
}
