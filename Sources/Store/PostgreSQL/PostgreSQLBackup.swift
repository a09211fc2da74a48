internal import GRDB
import Glibc

/// A backup is what a folder has: one SQLite file with the same tables, from which either kind of store can begin.
extension PostgreSQLStore {
  package func backup(to path: String) throws {
    do {
      let target = try DatabaseQueue(path: path)
      try target.writeWithoutTransaction { db in
        try db.inTransaction(.exclusive) {
          for step in SQLiteSchema.steps { try db.execute(sql: step) }
          try db.execute(sql: "PRAGMA user_version = \(SQLiteSchema.version)")
          try copy(to: SQLiteTransaction(db))
          return .commit
        }
      }
      try target.close()
    } catch {
      unlink(path)
      unlink(path + "-journal")
      throw (error as? DatabaseError).map(SQLiteStore.error) ?? error
    }
    try SQLiteStore.synchronize(path)
  }

  /// Copies all rows as of one moment.
  private func copy(to target: SQLiteTransaction) throws {
    try transact(isWriting: false) { transaction, connection in
      let cities = try transaction.rows("SELECT city FROM cities", []).map { try $0.text(0) }
      if cities.isEmpty { return }
      try transaction.show(cities)
      for table in StoreTable.all {
        try connection.execute("DECLARE copied NO SCROLL CURSOR FOR \(table.selection)")
        while true {
          let rows = try connection.rows("FETCH \(table.rowsAtOnce) FROM copied")
          if rows.isEmpty { break }
          for row in rows { try target.run(table.insertion(), row.values) }
        }
        try connection.execute("CLOSE copied")
      }
    }
  }

  /// Fills a store in which nothing is kept from a backup of either kind of store.
  package func restore(_ path: String) throws {
    let source = try SQLiteStore.backup(at: path)
    do {
      try source.read { db in
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found == SQLiteSchema.version else {
          throw StoreError.failed(
            "\(path) is of version \(found), expected \(SQLiteSchema.version); restore it into a folder, run `planlintd migrate` there and back that up"
          )
        }
        try transact(isWriting: true) { transaction, _ in try fill(transaction, from: db, path) }
      }
    } catch let error as DatabaseError {
      throw SQLiteStore.error(error)
    }
  }

  private func fill(
    _ transaction: PostgreSQLTransaction, from db: Database, _ path: String
  ) throws {
    // Whoever wants to write a first row waits until this is done.
    try transaction.run("LOCK TABLE cities IN SHARE ROW EXCLUSIVE MODE", [])
    guard try transaction.rows("SELECT city FROM cities LIMIT 1", []).isEmpty else {
      throw StoreError.failed("the database is not empty; a backup is restored into an empty one")
    }
    let cities = try String.fetchAll(
      db, sql: StoreTable.all.map { "SELECT city FROM \($0.name)" }.joined(separator: " UNION "))
    if cities.isEmpty { return }
    try transaction.show(cities)
    for city in cities {
      try transaction.run("INSERT INTO cities (city) VALUES ($1)", [.text(city)])
    }
    for table in StoreTable.all {
      let rows = try Row.fetchCursor(db, sql: table.selection)
      var values: [SQLValue] = []
      func add() throws {
        if values.isEmpty { return }
        try transaction.run(table.insertion(rows: values.count / table.columns.count), values)
        values = []
      }
      while let row = try rows.next() {
        values += SQLRow(row).values
        if values.count == table.rowsAtOnce * table.columns.count { try add() }
      }
      try add()
    }
  }
}
