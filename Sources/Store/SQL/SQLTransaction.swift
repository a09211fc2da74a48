/// A transaction of a database that speaks SQL, as far as ``SQLSession`` needs it. Errors are of ``StoreError``.
///
/// Statements write their values as `$1`, `$2` and so on.
protocol SQLTransaction: AnyObject {
  /// What follows is about a city, perhaps beside those before: where the database shows each transaction its own cities alone, it is
  /// told of this one, and where the transaction writes, it waits for the city's lock.
  func enter(_ city: String) throws

  func rows(_ statement: String, _ values: [SQLValue]) throws -> [SQLRow]

  /// - Returns: how many rows it changed.
  @discardableResult func run(_ statement: String, _ values: [SQLValue]) throws -> Int

  /// Does something wholly or, where it throws, not at all; the transaction goes on either way.
  func attempt<Result>(_ body: () throws -> Result) throws -> Result
}
