/// A transaction on a connection. Row security shows it the cities that it has entered and no other.
final class PostgreSQLTransaction: SQLTransaction {
  private let connection: PostgreSQLConnection
  private let isWriting: Bool
  private var entered: [String] = []

  init(_ connection: PostgreSQLConnection, isWriting: Bool) {
    self.connection = connection
    self.isWriting = isWriting
  }

  func enter(_ city: String) throws {
    if entered.contains(city) { return }
    if isWriting { try lock(city) }
    try show(entered + [city])
  }

  /// Waits until nobody else writes a city. A city that nothing is kept of yet gets its row.
  private func lock(_ city: String) throws {
    let lock = "SELECT city FROM cities WHERE city = $1 FOR UPDATE"
    if try connection.rows(lock, [.text(city)]).isEmpty {
      try connection.run(
        "INSERT INTO cities (city) VALUES ($1) ON CONFLICT DO NOTHING", [.text(city)])
      _ = try connection.rows(lock, [.text(city)])
    }
  }

  /// Has row security show some cities until the transaction ends.
  func show(_ cities: [String]) throws {
    let names = cities.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    _ = try connection.rows(
      "SELECT set_config('planlint.city', CAST(CAST(ARRAY[\(names)] AS text[]) AS text), true)",
      cities.map { .text($0) })
    entered = cities
  }

  func rows(_ statement: String, _ values: [SQLValue]) throws -> [SQLRow] {
    try connection.rows(statement, values)
  }

  @discardableResult func run(_ statement: String, _ values: [SQLValue]) throws -> Int {
    try connection.run(statement, values)
  }

  func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    let before = entered
    try connection.execute("SAVEPOINT attempt")
    do {
      let result = try body()
      try connection.execute("RELEASE SAVEPOINT attempt")
      return result
    } catch {
      // What it was shown, and the locks that it took, are as they were as well. Where this fails too, so does the commit.
      _ = try? connection.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
      entered = before
      throw error
    }
  }
}
