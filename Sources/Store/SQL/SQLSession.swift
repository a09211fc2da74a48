/// One transaction of one city, in statements that SQLite and PostgreSQL both understand.
final class SQLSession: StoreSession {
  private let transaction: any SQLTransaction
  private let city: String

  init(_ transaction: any SQLTransaction, _ city: String) {
    self.transaction = transaction
    self.city = city
  }

  /// Every statement has the city for its `$1`.
  private func rows(_ statement: String, _ values: [SQLValue] = []) throws -> [SQLRow] {
    try transaction.enter(city)
    return try transaction.rows(statement, [.text(city)] + values)
  }

  @discardableResult
  private func run(_ statement: String, _ values: [SQLValue] = []) throws -> Int {
    try transaction.enter(city)
    return try transaction.run(statement, [.text(city)] + values)
  }

  func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    try transaction.attempt(body)
  }

  var outside: any StoreSession { SQLSession(transaction, nowhere) }

  // MARK: Documents

  func keep(_ bytes: [UInt8], digest: String) throws {
    try run(
      "INSERT INTO documents (city, digest, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      [.text(digest), .bytes(bytes)])
  }

  func document(_ digest: String) throws -> [UInt8]? {
    try rows("SELECT bytes FROM documents WHERE city = $1 AND digest = $2", [.text(digest)])
      .first?.bytes(0)
  }

  // MARK: Records

  func nextNumber(of kind: Record.Kind) throws -> Int {
    try rows(
      """
      INSERT INTO numbers (city, kind, last) VALUES ($1, $2, 1)
      ON CONFLICT (city, kind) DO UPDATE SET last = numbers.last + 1 RETURNING last
      """, [.text(kind.rawValue)]
    ).first?.integer(0) ?? 1
  }

  func insert(_ record: Record) throws {
    let count = try run(
      """
      INSERT INTO records (city, kind, id, parent, name, number, version, body)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
      """,
      [
        .text(record.kind.rawValue), .text(record.id), .text(record.parent), SQLValue(record.name),
        .integer(record.number), .integer(record.version), .text(record.body),
      ])
    if count != 1 {
      throw StoreError.taken("\(record.kind.rawValue) `\(record.name ?? record.id)`")
    }
  }

  func update(_ record: Record) throws -> Record {
    var next = record
    next.version += 1
    let count = try run(
      """
      UPDATE records SET parent = $2, name = $3, version = $4, body = $5
      WHERE city = $1 AND kind = $6 AND id = $7 AND version = $8
      """,
      [
        .text(record.parent), SQLValue(record.name), .integer(next.version), .text(record.body),
        .text(record.kind.rawValue), .text(record.id), .integer(record.version),
      ])
    if count != 1 { throw StoreError.moved("\(record.kind.rawValue) `\(record.id)`") }
    return next
  }

  private static let records =
    "SELECT kind, id, parent, name, number, version, body FROM records WHERE city = $1 AND kind = $2"

  func record(_ kind: Record.Kind, _ id: String) throws -> Record? {
    try rows(Self.records + " AND id = $3", [.text(kind.rawValue), .text(id)])
      .first.map(Record.init)
  }

  func record(_ kind: Record.Kind, named name: String, in parent: String) throws -> Record? {
    try rows(
      Self.records + " AND parent = $3 AND name = $4",
      [.text(kind.rawValue), .text(parent), .text(name)]
    ).first.map(Record.init)
  }

  func records(
    _ kind: Record.Kind, in parent: String?, after number: Int, limit: Int
  ) throws -> [Record] {
    try rows(
      Self.records + " AND number > $3" + (parent == nil ? "" : " AND parent = $5")
        + " ORDER BY number LIMIT $4",
      [.text(kind.rawValue), .integer(number), .integer(limit)]
        + (parent.map { [.text($0)] } ?? [])
    ).map(Record.init)
  }

  func lastRecord(_ kind: Record.Kind, in parent: String?) throws -> Record? {
    try rows(
      Self.records + (parent == nil ? "" : " AND parent = $3") + " ORDER BY number DESC LIMIT 1",
      [.text(kind.rawValue)] + (parent.map { [.text($0)] } ?? [])
    ).first.map(Record.init)
  }

  func remove(_ kind: Record.Kind, _ id: String) throws {
    try run(
      "DELETE FROM records WHERE city = $1 AND kind = $2 AND id = $3",
      [.text(kind.rawValue), .text(id)])
  }

  // MARK: The ledger

  func append(_ row: LedgerRow) throws {
    try attempt {
      _ = try run(
        """
        INSERT INTO ledger (city, seq, kind, rule, part, scope, take, used, most, binds, round,
          filed, of, prev, hash, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """,
        [
          .integer(row.seq), .text(row.kind.rawValue), SQLValue(row.rule), SQLValue(row.part),
          SQLValue(row.scope), .integer(row.take), SQLValue(row.used), SQLValue(row.most),
          .integer(row.binds ? 1 : 0), SQLValue(row.round), SQLValue(row.filed), SQLValue(row.of),
          .text(row.prev), .text(row.hash), .text(row.body),
        ])
    }
  }

  private static let ledger = """
    SELECT seq, kind, rule, part, scope, take, used, most, binds, round, filed, of, prev, hash, body
    FROM ledger WHERE city = $1
    """

  func ledger(after seq: Int, limit: Int) throws -> [LedgerRow] {
    try rows(
      Self.ledger + " AND seq > $2 ORDER BY seq LIMIT $3", [.integer(seq), .integer(limit)]
    ).map(LedgerRow.init)
  }

  func ledgerRow(_ seq: Int) throws -> LedgerRow? {
    try rows(Self.ledger + " AND seq = $2", [.integer(seq)]).first.map(LedgerRow.init)
  }

  func ledgerRows(ofCase id: String) throws -> [LedgerRow] {
    try rows(Self.ledger + " AND filed = $2 ORDER BY seq", [.text(id)]).map(LedgerRow.init)
  }

  func lastLedgerRow() throws -> LedgerRow? {
    try rows(Self.ledger + " ORDER BY seq DESC LIMIT 1").first.map(LedgerRow.init)
  }

  func void(of seq: Int) throws -> LedgerRow? {
    try rows(Self.ledger + " AND of = $2", [.integer(seq)]).first.map(LedgerRow.init)
  }

  func add(_ amount: Int, to path: String, at seq: Int) throws {
    try run(
      "INSERT INTO figure_names (city, path) VALUES ($1, $2) ON CONFLICT DO NOTHING", [.text(path)])
    try run(
      """
      INSERT INTO figures (city, path, seq, total)
      VALUES ($1, $2, $3, $4 + coalesce(
        (SELECT total FROM figures WHERE city = $1 AND path = $2 ORDER BY seq DESC LIMIT 1), 0))
      ON CONFLICT (city, path, seq) DO UPDATE SET total = excluded.total
      """, [.text(path), .integer(seq), .integer(amount)])
  }

  func figures(at seq: Int?) throws -> [String: Int] {
    var found: [String: Int] = [:]
    for row in try rows(
      """
      SELECT path, (SELECT total FROM figures AS f
        WHERE f.city = $1 AND f.path = n.path AND f.seq <= $2 ORDER BY f.seq DESC LIMIT 1)
      FROM figure_names AS n WHERE city = $1
      """, [.integer(seq ?? Int.max)])
    {
      if let total = try row.optionalInteger(1) { found[try row.text(0)] = total }
    }
    return found
  }

  // MARK: The audit trail

  func append(_ row: AuditRow) throws {
    let count = try run(
      """
      INSERT INTO audit (city, seq, prev, hash, body)
      SELECT $1, CAST($2 AS BIGINT), $3, $4, $5
      WHERE CAST($2 AS BIGINT) = (SELECT coalesce(max(seq), 0) + 1 FROM audit WHERE city = $1)
      """, [.integer(row.seq), .text(row.prev), .text(row.hash), .text(row.body)])
    if count != 1 {
      throw StoreError.refused("an entry of the audit trail follows the last without a gap")
    }
  }

  private static let audit = "SELECT seq, prev, hash, body FROM audit WHERE city = $1"

  func audit(after seq: Int, limit: Int) throws -> [AuditRow] {
    try rows(
      Self.audit + " AND seq > $2 ORDER BY seq LIMIT $3", [.integer(seq), .integer(limit)]
    ).map(AuditRow.init)
  }

  func lastAuditRow() throws -> AuditRow? {
    try rows(Self.audit + " ORDER BY seq DESC LIMIT 1").first.map(AuditRow.init)
  }

  // MARK: Answers given

  func answer(_ key: AnswerKey) throws -> KeptAnswer? {
    try rows(
      """
      SELECT request, outcome, body, round, at FROM answers
      WHERE city = $1 AND account = $2 AND act = $3 AND key = $4
      """, [.text(key.account), .text(key.act), .text(key.key)]
    ).first.map { row in
      KeptAnswer(
        request: try row.text(0), outcome: try row.text(1), body: try row.text(2),
        round: try row.optionalText(3), at: try row.text(4))
    }
  }

  func keep(_ answer: KeptAnswer, for key: AnswerKey) throws {
    let count = try run(
      """
      INSERT INTO answers (city, account, act, key, request, outcome, body, round, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
      """,
      [
        .text(key.account), .text(key.act), .text(key.key), .text(answer.request),
        .text(answer.outcome), .text(answer.body), SQLValue(answer.round), .text(answer.at),
      ])
    if count != 1 { throw StoreError.taken("answer to the key `\(key.key)`") }
  }

  func forgetAnswers(before moment: String) throws {
    try run("DELETE FROM answers WHERE city = $1 AND round IS NULL AND at < $2", [.text(moment)])
  }
}

extension Record {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      Kind(rawValue: try row.text(0)) ?? .round, id: try row.text(1), parent: try row.text(2),
      name: try row.optionalText(3), number: try row.integer(4), version: try row.integer(5),
      body: try row.text(6))
  }
}

extension LedgerRow {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      seq: try row.integer(0), kind: Kind(rawValue: try row.text(1)) ?? .opening,
      rule: try row.optionalText(2), part: try row.optionalText(3), scope: try row.optionalText(4),
      take: try row.integer(5), used: try row.optionalInteger(6), most: try row.optionalInteger(7),
      binds: try row.integer(8) != 0, round: try row.optionalText(9),
      filed: try row.optionalText(10), of: try row.optionalInteger(11), prev: try row.text(12),
      hash: try row.text(13), body: try row.text(14))
  }
}

extension AuditRow {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      seq: try row.integer(0), prev: try row.text(1), hash: try row.text(2), body: try row.text(3))
  }
}
