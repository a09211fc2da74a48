/// A desk's store in PostgreSQL 15 or later, which several processes may serve from.
///
/// The tables belong to an owner, who makes them by ``migrate(_:grantTo:)``; the store is opened by a role that row security holds. A
/// write has the row of its city locked from its first statement on, whichever process it comes from.
package final class PostgreSQLStore: Store {
  private let pool: PostgreSQLPool
  private let lock: FolderLock?
  private let reach: @Sendable (StorePoint) throws -> Void

  /// Opens a store whose tables are there.
  ///
  /// - Parameters:
  ///   - folder: of a process that serves: where it keeps the heads, for itself alone.
  ///   - reach: told of each point of a write, and may end it there; for tests.
  /// - Throws: ``StoreError`` where the server, the role or the tables are not what a desk can rely on.
  package init(
    _ address: PostgreSQLAddress, servingFrom folder: String? = nil,
    limits: PostgreSQLLimits = PostgreSQLLimits(),
    reach: @escaping @Sendable (StorePoint) throws -> Void = { _ in }
  ) throws {
    self.reach = reach
    lock = try folder.map(FolderLock.init)
    pool = PostgreSQLPool(limits) {
      let connection = try PostgreSQLConnection(address, limits)
      // Another server may answer by now: each is asked.
      try PostgreSQLPreconditions.hold(connection)
      return connection
    }
    _ = try cities()
  }

  private static let writing = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE"
  private static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"

  /// Does something in a transaction, which is taken back where it throws.
  func transact<Result>(
    isWriting: Bool, _ body: (PostgreSQLTransaction, PostgreSQLConnection) throws -> Result
  ) throws -> Result {
    let connection = try pool.begin(isWriting ? Self.writing : Self.reading)
    defer { pool.giveBack(connection) }
    do {
      let result = try body(
        PostgreSQLTransaction(connection, isWriting: isWriting), connection)
      let done = try connection.execute("COMMIT")
      guard done == "COMMIT" else {
        throw StoreError.failed("PostgreSQL took the transaction back")
      }
      return result
    } catch {
      if !connection.isIdle { _ = try? connection.execute("ROLLBACK") }
      throw error
    }
  }

  package func write<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result {
    let result = try transact(isWriting: true) { transaction, _ in
      try transaction.enter(city)
      try reach(.begun)
      let result = try body(SQLSession(transaction, city))
      try reach(.written)
      return result
    }
    try reach(.committed)
    return result
  }

  package func read<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result {
    try transact(isWriting: false) { transaction, _ in
      try body(SQLSession(transaction, city))
    }
  }

  package func cities() throws -> [String] {
    try transact(isWriting: false) { transaction, _ in
      try transaction.rows("SELECT city FROM cities ORDER BY city", [])
        .map { try $0.text(0) }.filter { $0 != nowhere }
    }
  }
}
