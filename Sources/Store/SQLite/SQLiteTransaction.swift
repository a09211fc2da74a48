internal import GRDB
import FoundationEssentials

/// A transaction of SQLite, which the whole file belongs to while it lasts.
final class SQLiteTransaction: SQLTransaction {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func enter(_ city: String) {}

  /// SQLite numbers its values `?1`, `?2`.
  private func cached(_ statement: String) throws -> Statement {
    let bytes = statement.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }
    return try db.cachedStatement(sql: String(decoding: bytes, as: UTF8.self))
  }

  func rows(_ statement: String, _ values: [SQLValue]) throws -> [SQLRow] {
    do {
      return try Row.fetchAll(
        try cached(statement), arguments: StatementArguments(values.map(\.stored))
      ).map(SQLRow.init)
    } catch let error as DatabaseError {
      throw SQLiteStore.error(error)
    }
  }

  @discardableResult func run(_ statement: String, _ values: [SQLValue]) throws -> Int {
    do {
      try cached(statement).execute(arguments: StatementArguments(values.map(\.stored)))
      return db.changesCount
    } catch let error as DatabaseError {
      throw SQLiteStore.error(error)
    }
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
}

extension SQLValue {
  var stored: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .bytes(let bytes): Data(bytes).databaseValue
    }
  }
}

extension SQLRow {
  init(_ row: Row) {
    self.init(
      values: row.databaseValues.map { value in
        switch value.storage {
        case .null, .double: .null
        case .int64(let number): .integer(Int(number))
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
      })
  }
}
