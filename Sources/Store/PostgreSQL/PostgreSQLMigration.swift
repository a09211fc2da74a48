extension PostgreSQLStore {
  /// Makes the tables, or brings them to this version, as the role that owns them; all of it or nothing.
  ///
  /// - Parameter role: the role that serves, which is given what it needs of the tables; nil leaves rights as they are.
  package static func migrate(_ address: PostgreSQLAddress, grantTo role: String?) throws {
    var limits = PostgreSQLLimits()
    // A step may write a table anew.
    limits.statementSeconds = 0
    let connection = try PostgreSQLConnection(address, limits)
    try PostgreSQLPreconditions.holdServer(connection)
    try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE")
    // One migration at a time; the number is this program's own.
    try connection.execute("SELECT pg_advisory_xact_lock(5780131960)")
    try connection.execute(
      """
      CREATE SCHEMA IF NOT EXISTS planlint;
      CREATE TABLE IF NOT EXISTS version (number integer NOT NULL);
      """)
    let found = try connection.rows("SELECT number FROM version").first?.integer(0) ?? 0
    let known = PostgreSQLSchema.version
    if found > known { throw StoreError.newer(found: found, known: known) }
    for step in found..<known { try connection.execute(PostgreSQLSchema.steps[step]) }
    try connection.execute(
      "DELETE FROM version; INSERT INTO version (number) VALUES (\(known))")
    if let role { try grant(role, connection) }
    guard try connection.execute("COMMIT") == "COMMIT" else {
      throw StoreError.failed("PostgreSQL took the migration back")
    }
  }

  private static func grant(_ role: String, _ connection: PostgreSQLConnection) throws {
    let found = try connection.rows(
      """
      SELECT quote_ident(rolname), rolsuper OR rolbypassrls, pg_has_role(oid, current_user, 'MEMBER')
      FROM pg_roles WHERE rolname = $1
      """, [.text(role)])
    guard let found = found.first else {
      throw StoreError.failed(
        "there is no role `\(role)`; make it by CREATE ROLE … LOGIN, without SUPERUSER and BYPASSRLS"
      )
    }
    if try found.integer(1) == 1 {
      throw StoreError.failed(
        "the role `\(role)` is a superuser or has BYPASSRLS; the one that serves may not be")
    }
    if try found.integer(2) == 1 {
      throw StoreError.failed(
        "the role `\(role)` owns the tables or may become their owner; the one that serves may not")
    }
    try connection.execute(PostgreSQLSchema.grants(to: try found.text(0)))
  }
}
