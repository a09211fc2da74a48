internal import GRDB
import FoundationEssentials

/// One transaction of one city in SQLite.
final class SQLiteSession: StoreSession {
  private let db: Database
  private let city: String

  init(_ db: Database, _ city: String) {
    self.db = db
    self.city = city
  }

  func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    var result: Result?
    try db.inSavepoint {
      result = try body()
      return .commit
    }
    guard let result else { throw StoreError.failed("nothing came of the attempt") }
    return result
  }

  var outside: any StoreSession { SQLiteSession(db, nowhere) }

  // MARK: Documents

  func keep(_ bytes: [UInt8], digest: String) throws {
    try db.execute(
      sql: "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [city, digest, Data(bytes)])
  }

  func document(_ digest: String) throws -> [UInt8]? {
    try Row.fetchOne(
      db, sql: "SELECT bytes FROM documents WHERE city = ? AND digest = ?",
      arguments: [city, digest]
    )?.withUnsafeData(atIndex: 0) { $0.map { Array($0) } ?? [] }
  }

  // MARK: Records

  func nextNumber(of kind: Record.Kind) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        INSERT INTO numbers VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET last = last + 1
        RETURNING last
        """, arguments: [city, kind.rawValue]) ?? 1
  }

  func insert(_ record: Record) throws {
    do {
      try db.execute(
        sql: "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          city, record.kind.rawValue, record.id, record.parent, record.name, record.number,
          record.version, record.body,
        ])
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw StoreError.taken("\(record.kind.rawValue) `\(record.name ?? record.id)`")
    }
  }

  func update(_ record: Record) throws -> Record {
    var next = record
    next.version += 1
    try db.execute(
      sql: """
        UPDATE records SET parent = ?, name = ?, version = ?, body = ?
        WHERE city = ? AND kind = ? AND id = ? AND version = ?
        """,
      arguments: [
        record.parent, record.name, next.version, record.body, city, record.kind.rawValue,
        record.id, record.version,
      ])
    if db.changesCount != 1 { throw StoreError.moved("\(record.kind.rawValue) `\(record.id)`") }
    return next
  }

  private static let columns = "kind, id, parent, name, number, version, body"

  func record(_ kind: Record.Kind, _ id: String) throws -> Record? {
    try Row.fetchOne(
      db, sql: "SELECT \(Self.columns) FROM records WHERE city = ? AND kind = ? AND id = ?",
      arguments: [city, kind.rawValue, id]
    ).map(Record.init)
  }

  func record(_ kind: Record.Kind, named name: String, in parent: String) throws -> Record? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT \(Self.columns) FROM records WHERE city = ? AND kind = ? AND parent = ? AND name = ?
        """, arguments: [city, kind.rawValue, parent, name]
    ).map(Record.init)
  }

  func records(
    _ kind: Record.Kind, in parent: String?, after number: Int, limit: Int
  ) throws -> [Record] {
    let isOfParent = parent == nil ? "" : "AND parent = ?"
    var arguments: StatementArguments = [city, kind.rawValue]
    if let parent { arguments += [parent] }
    arguments += [number, limit]
    return try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.columns) FROM records
        WHERE city = ? AND kind = ? \(isOfParent) AND number > ? ORDER BY number LIMIT ?
        """, arguments: arguments
    ).map(Record.init)
  }

  func lastRecord(_ kind: Record.Kind, in parent: String?) throws -> Record? {
    let isOfParent = parent == nil ? "" : "AND parent = ?"
    var arguments: StatementArguments = [city, kind.rawValue]
    if let parent { arguments += [parent] }
    return try Row.fetchOne(
      db,
      sql: """
        SELECT \(Self.columns) FROM records
        WHERE city = ? AND kind = ? \(isOfParent) ORDER BY number DESC LIMIT 1
        """, arguments: arguments
    ).map(Record.init)
  }

  func remove(_ kind: Record.Kind, _ id: String) throws {
    try db.execute(
      sql: "DELETE FROM records WHERE city = ? AND kind = ? AND id = ?",
      arguments: [city, kind.rawValue, id])
  }

  // MARK: The ledger

  func append(_ row: LedgerRow) throws {
    do {
      try db.execute(
        sql: "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          city, row.seq, row.kind.rawValue, row.rule, row.part, row.scope, row.take, row.used,
          row.most, row.binds, row.round, row.filed, row.of, row.prev, row.hash, row.body,
        ])
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw SQLiteStore.error(error)
    }
  }

  private static let ledgerColumns =
    "seq, kind, rule, part, scope, take, used, most, binds, round, filed, of, prev, hash, body"

  func ledger(after seq: Int, limit: Int) throws -> [LedgerRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.ledgerColumns) FROM ledger WHERE city = ? AND seq > ? ORDER BY seq LIMIT ?
        """, arguments: [city, seq, limit]
    ).map(LedgerRow.init)
  }

  func ledgerRow(_ seq: Int) throws -> LedgerRow? {
    try Row.fetchOne(
      db, sql: "SELECT \(Self.ledgerColumns) FROM ledger WHERE city = ? AND seq = ?",
      arguments: [city, seq]
    ).map(LedgerRow.init)
  }

  func ledgerRows(ofCase id: String) throws -> [LedgerRow] {
    try Row.fetchAll(
      db,
      sql: "SELECT \(Self.ledgerColumns) FROM ledger WHERE city = ? AND filed = ? ORDER BY seq",
      arguments: [city, id]
    ).map(LedgerRow.init)
  }

  func lastLedgerRow() throws -> LedgerRow? {
    try Row.fetchOne(
      db,
      sql: "SELECT \(Self.ledgerColumns) FROM ledger WHERE city = ? ORDER BY seq DESC LIMIT 1",
      arguments: [city]
    ).map(LedgerRow.init)
  }

  func void(of seq: Int) throws -> LedgerRow? {
    try Row.fetchOne(
      db, sql: "SELECT \(Self.ledgerColumns) FROM ledger WHERE city = ? AND of = ?",
      arguments: [city, seq]
    ).map(LedgerRow.init)
  }

  func add(_ amount: Int, to path: String, at seq: Int) throws {
    try db.execute(
      sql: "INSERT INTO figure_names VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [city, path])
    try db.execute(
      sql: """
        INSERT INTO figures SELECT ?1, ?2, ?3, ?4 + ifnull(
          (SELECT total FROM figures WHERE city = ?1 AND path = ?2 ORDER BY seq DESC LIMIT 1), 0)
        WHERE true ON CONFLICT DO UPDATE SET total = excluded.total
        """, arguments: [city, path, seq, amount])
  }

  func figures(at seq: Int?) throws -> [String: Int] {
    var found: [String: Int] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT path, (SELECT total FROM figures AS f
          WHERE f.city = n.city AND f.path = n.path AND f.seq <= ? ORDER BY f.seq DESC LIMIT 1)
        FROM figure_names AS n WHERE city = ?
        """, arguments: [seq ?? Int.max, city])
    {
      if let total = row[1] as Int? { found[row[0]] = total }
    }
    return found
  }

  // MARK: The audit trail

  func append(_ row: AuditRow) throws {
    try db.execute(
      sql: """
        INSERT INTO audit SELECT ?1, ?2, ?3, ?4, ?5
        WHERE ?2 = (SELECT ifnull(max(seq), 0) + 1 FROM audit WHERE city = ?1)
        """, arguments: [city, row.seq, row.prev, row.hash, row.body])
    if db.changesCount != 1 {
      throw StoreError.refused("an entry of the audit trail follows the last without a gap")
    }
  }

  func audit(after seq: Int, limit: Int) throws -> [AuditRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT seq, prev, hash, body FROM audit WHERE city = ? AND seq > ? ORDER BY seq LIMIT ?
        """, arguments: [city, seq, limit]
    ).map(AuditRow.init)
  }

  func lastAuditRow() throws -> AuditRow? {
    try Row.fetchOne(
      db,
      sql: "SELECT seq, prev, hash, body FROM audit WHERE city = ? ORDER BY seq DESC LIMIT 1",
      arguments: [city]
    ).map(AuditRow.init)
  }

  // MARK: Answers given

  func answer(_ key: AnswerKey) throws -> KeptAnswer? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT request, outcome, body, round, at FROM answers
        WHERE city = ? AND account = ? AND act = ? AND key = ?
        """, arguments: [city, key.account, key.act, key.key]
    ).map { row in
      KeptAnswer(request: row[0], outcome: row[1], body: row[2], round: row[3], at: row[4])
    }
  }

  func keep(_ answer: KeptAnswer, for key: AnswerKey) throws {
    do {
      try db.execute(
        sql: "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          city, key.account, key.act, key.key, answer.request, answer.outcome, answer.body,
          answer.round, answer.at,
        ])
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw StoreError.taken("answer to the key `\(key.key)`")
    }
  }

  func forgetAnswers(before moment: String) throws {
    try db.execute(
      sql: "DELETE FROM answers WHERE city = ? AND round IS NULL AND at < ?",
      arguments: [city, moment])
  }
}

extension Record {
  fileprivate init(_ row: Row) {
    self.init(
      Kind(rawValue: row[0]) ?? .round, id: row[1], parent: row[2], name: row[3], number: row[4],
      version: row[5], body: row[6])
  }
}

extension LedgerRow {
  fileprivate init(_ row: Row) {
    self.init(
      seq: row[0], kind: Kind(rawValue: row[1]) ?? .opening, rule: row[2], part: row[3],
      scope: row[4], take: row[5], used: row[6], most: row[7], binds: row[8], round: row[9],
      filed: row[10], of: row[11], prev: row[12], hash: row[13], body: row[14])
  }
}

extension AuditRow {
  fileprivate init(_ row: Row) {
    self.init(seq: row[0], prev: row[1], hash: row[2], body: row[3])
  }
}
