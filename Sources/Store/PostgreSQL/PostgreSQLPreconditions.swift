/// What a server, a role and the tables have to be, so that what a desk promises can hold.
enum PostgreSQLPreconditions {
  /// The least version, as `server_version_num` has it.
  static let leastVersion = 150_000

  /// - Throws: ``StoreError/failed(_:)`` with a sentence for whoever runs the desk, ``StoreError/older(found:known:)`` or
  ///   ``StoreError/newer(found:known:)`` for the tables.
  static func hold(_ connection: PostgreSQLConnection) throws {
    try holdServer(connection)
    try holdRole(connection)
    try holdTables(connection)
  }

  /// What holds of a server whoever comes.
  static func holdServer(_ connection: PostgreSQLConnection) throws {
    let version = connection.serverVersion
    guard version >= leastVersion else {
      throw StoreError.failed(
        "the server is PostgreSQL \(version / 10_000), expected \(leastVersion / 10_000) or later")
    }
    if try flag(connection, "pg_is_in_recovery()") {
      throw StoreError.failed(
        "the server is a standby, which may be behind; name the primary, or several hosts with target_session_attrs=read-write"
      )
    }
    for (setting, expected) in [("server_encoding", "UTF8"), ("fsync", "on")] {
      let found = try self.setting(connection, setting)
      if found != expected {
        throw StoreError.failed("the server has \(setting) = \(found), expected \(expected)")
      }
    }
    if try setting(connection, "synchronous_commit") == "off" {
      throw StoreError.failed(
        "the server has synchronous_commit = off, and would forget what was acknowledged; expected on"
      )
    }
  }

  private static func setting(_ connection: PostgreSQLConnection, _ name: String) throws -> String {
    try connection.rows("SELECT current_setting($1)", [.text(name)]).first?.text(0) ?? ""
  }

  private static func flag(_ connection: PostgreSQLConnection, _ condition: String) throws -> Bool {
    try connection.rows("SELECT coalesce(\(condition), false)").first?.integer(0) == 1
  }

  private static func holdRole(_ connection: PostgreSQLConnection) throws {
    let role = try connection.rows("SELECT current_user").first?.text(0) ?? ""
    func refuse(_ why: String) -> StoreError {
      .failed(
        "the role `\(role)` \(why); serve as a role of its own, which the owner of the tables grants by `planlintd migrate --grant-to ROLE`"
      )
    }
    if try flag(connection, "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)") {
      throw refuse("is a superuser, whom row security does not hold")
    }
    let bypasses = """
      EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls)
        AND (rolname = current_user OR pg_has_role(oid, 'MEMBER')))
      """
    if try flag(connection, bypasses) {
      throw refuse("has BYPASSRLS or may become a role that row security does not hold")
    }
    let owns = """
      EXISTS (SELECT FROM pg_namespace WHERE nspname = 'planlint' AND pg_has_role(nspowner, 'MEMBER'))
      OR EXISTS (SELECT FROM pg_class WHERE pg_has_role(relowner, 'MEMBER') AND relnamespace =
        (SELECT oid FROM pg_namespace WHERE nspname = 'planlint'))
      """
    if try flag(connection, owns) {
      throw refuse("owns the tables, and could change what holds it")
    }
  }

  private static func holdTables(_ connection: PostgreSQLConnection) throws {
    let known = PostgreSQLSchema.version
    let found = "SELECT oid FROM pg_namespace WHERE nspname = 'planlint'"
    guard let schema = try connection.rows("SELECT count(*) FROM (\(found)) AS s").first,
      try schema.integer(0) == 1
    else { throw StoreError.older(found: 0, known: known) }
    if try !flag(connection, "has_schema_privilege((\(found)), 'USAGE')") {
      throw StoreError.failed(
        "the role may not use the tables; run `planlintd migrate --grant-to ROLE` as their owner")
    }
    let version = try connection.rows("SELECT number FROM version").first?.integer(0) ?? 0
    if version > known { throw StoreError.newer(found: version, known: known) }
    if version < known { throw StoreError.older(found: version, known: known) }
    let loose = try connection.rows(
      """
      SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = (\(found))
        AND relname NOT IN ('version', 'cities') AND NOT (relrowsecurity AND relforcerowsecurity)
      ORDER BY relname
      """)
    if let table = try loose.first?.text(0) {
      throw StoreError.failed("the table \(table) has no row security; expected it to be forced")
    }
    let mayChange = ["ledger", "audit"].flatMap { table in
      ["UPDATE", "DELETE", "TRUNCATE"].map { "has_table_privilege('\(table)', '\($0)')" }
    }
    if try flag(connection, mayChange.joined(separator: " OR ")) {
      throw StoreError.failed(
        "the role may change or remove entries of the ledger or the audit trail; run `planlintd migrate --grant-to ROLE` as their owner"
      )
    }
  }
}
