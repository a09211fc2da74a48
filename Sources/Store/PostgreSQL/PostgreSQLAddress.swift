internal import CPostgreSQL
import Glibc

/// Where a PostgreSQL database is and as whom it is opened: `postgres://role@host:5432/database`, with what libpq understands besides.
///
/// What is not in it libpq takes from its own places (`PGPASSWORD`, `~/.pgpass`, `PGSSLROOTCERT`). Whatever is told of it, the password
/// is not.
package struct PostgreSQLAddress: Sendable, Hashable {
  /// Options by the names that libpq has for them.
  let options: [String: String]

  /// - Throws: ``StoreError/failed(_:)`` where it is no such address; what was given is not repeated.
  package init(_ text: String) throws {
    let expected = "expected postgres://ROLE@HOST:PORT/DATABASE"
    guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
      throw StoreError.failed(expected)
    }
    guard let parsed = PQconninfoParse(text, nil) else {
      throw StoreError.failed(expected + ", with % before the hex digits of special characters")
    }
    defer { PQconninfoFree(parsed) }
    var options: [String: String] = [:]
    var option = parsed
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        options[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    self.options = options
  }

  /// A text with the passwords of the address and the environment taken out.
  func withoutSecrets(_ text: String) -> String {
    let environment = getenv("PGPASSWORD").map { String(cString: $0) }
    var text = text
    for secret in [options["password"], options["sslpassword"], environment] {
      if let secret, !secret.isEmpty { text = text.replacing(secret, with: "…") }
    }
    return text
  }
}

/// How many connections a store has, and how long it waits for what.
package struct PostgreSQLLimits: Sendable {
  /// Connections at once; who finds none free waits.
  package var connections = 16
  /// For a server to answer, where the address does not say.
  package var connectSeconds = 5
  /// For a free connection, and for the lock of a city that somebody else writes.
  package var waitSeconds = 30
  /// For one statement to end.
  package var statementSeconds = 60
  /// For a transaction to go on; one whose program hangs loses its locks then.
  package var idleSeconds = 600

  package init() {}
}
