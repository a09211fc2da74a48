internal import GRDB
import Glibc

/// A desk's store in one SQLite file of a folder, served by one process at a time.
///
/// One connection, which holds the file to itself: SQLite 3.40 has the WAL-reset fault, so there is no WAL. A commit is on the disk
/// before it returns (`synchronous` FULL, which is read back after opening).
package final class SQLiteStore: Store {
  private let queue: DatabaseQueue
  private let lock: FolderLock
  private let reach: @Sendable (StorePoint) throws -> Void

  /// The name of the file in the folder.
  package static let fileName = "desk.sqlite"

  /// Opens the store of a folder, and makes its tables where there are none or they are of an earlier version.
  ///
  /// - Parameters:
  ///   - folder: made where it is not there.
  ///   - reach: told of each point of a write, and may end it there; for tests.
  /// - Throws: ``StoreError/served(_:)`` where another process has it, ``StoreError/newer(found:known:)``.
  package init(
    folder: String, reach: @escaping @Sendable (StorePoint) throws -> Void = { _ in }
  ) throws {
    self.reach = reach
    lock = try FolderLock(folder)
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    configuration.foreignKeysEnabled = false
    configuration.acceptsDoubleQuotedStringLiterals = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql:
          "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA trusted_schema = OFF"
      )
    }
    do {
      queue = try DatabaseQueue(
        path: "\(folder)/\(Self.fileName)", configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON")
        for (pragma, expected) in [
          ("synchronous", "2"), ("journal_mode", "delete"), ("locking_mode", "exclusive"),
        ] {
          let found = try String.fetchOne(db, sql: "PRAGMA \(pragma)") ?? ""
          guard found == expected else {
            throw StoreError.failed("SQLite has \(pragma) = \(found), expected \(expected)")
          }
        }
      }
      try migrate()
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
  }

  private func migrate() throws {
    try queue.writeWithoutTransaction { db in
      let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      let known = SQLiteSchema.version
      if found > known { throw StoreError.newer(found: found, known: known) }
      for step in found..<known {
        try db.inTransaction(.exclusive) {
          try db.execute(sql: SQLiteSchema.steps[step])
          try db.execute(sql: "PRAGMA user_version = \(step + 1)")
          return .commit
        }
      }
    }
  }

  package func write<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result {
    do {
      let result = try queue.writeWithoutTransaction { db in
        var result: Result?
        try db.inTransaction(.immediate) {
          try reach(.begun)
          result = try body(SQLSession(SQLiteTransaction(db), city))
          try reach(.written)
          return .commit
        }
        return result
      }
      try reach(.committed)
      guard let result else { throw StoreError.failed("nothing came of the transaction") }
      return result
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
  }

  package func read<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result {
    do {
      // One connection does one thing after the other, so that nothing is written meanwhile. `read` would prepare four statements
      // around it each time.
      return try queue.unsafeRead { db in try body(SQLSession(SQLiteTransaction(db), city)) }
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
  }

  package func cities() throws -> [String] {
    try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT city FROM records UNION SELECT city FROM ledger UNION SELECT city FROM audit
          ORDER BY city
          """
      ).filter { $0 != nowhere }
    }
  }

  package func backup(to path: String) throws {
    do {
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
    try Self.synchronize(path)
  }

  /// Makes the store of a folder that has none from a backup.
  package static func restore(_ path: String, into folder: String) throws {
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    let file = "\(folder)/\(fileName)"
    if access(file, F_OK) == 0 {
      throw StoreError.failed("\(file) is there; a backup is restored into an empty folder")
    }
    do {
      let source = try backup(at: path)
      try source.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [file])
      }
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
    try synchronize(file)
  }

  /// Opens a backup to be read, where it is whole and of a version that this program knows.
  static func backup(at path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let source = try DatabaseQueue(path: path, configuration: configuration)
      let found = try source.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
      if found == 0 { throw StoreError.failed("\(path) is no backup of a desk") }
      if found > SQLiteSchema.version {
        throw StoreError.newer(found: found, known: SQLiteSchema.version)
      }
      let broken = try source.read { db in
        try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      }
      if let first = broken.first { throw StoreError.failed("\(path): \(first)") }
      return source
    } catch let error as DatabaseError {
      throw Self.error(error)
    }
  }

  /// Brings a file and the folder that names it to the disk.
  static func synchronize(_ path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    for place in [path, folder.isEmpty ? "/" : folder] {
      let descriptor = open(place, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw StoreError.failed("\(place): \(String(cString: strerror(errno)))")
      }
      defer { close(descriptor) }
      if fsync(descriptor) != 0 {
        throw StoreError.failed("\(place): \(String(cString: strerror(errno)))")
      }
    }
  }

  static func error(_ error: DatabaseError) -> StoreError {
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: .refused(error.message ?? "a constraint")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      .served("another process holds the database: \(error.message ?? "")")
    default: .failed(error.description)
    }
  }
}
