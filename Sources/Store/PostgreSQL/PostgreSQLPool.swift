import Dispatch
import Synchronization

/// Connections that are used again and again: so many at most, each by one at a time.
final class PostgreSQLPool: Sendable {
  private let idle = Mutex<[PostgreSQLConnection]>([])
  private let free: DispatchSemaphore
  private let limits: PostgreSQLLimits
  private let open: @Sendable () throws -> PostgreSQLConnection

  init(_ limits: PostgreSQLLimits, open: @escaping @Sendable () throws -> PostgreSQLConnection) {
    self.limits = limits
    self.open = open
    free = DispatchSemaphore(value: limits.connections)
  }

  /// Takes a connection on which a transaction has begun; ``giveBack(_:)`` has to follow.
  ///
  /// A connection that broke while nobody used it is thrown away, and another one begins.
  func begin(_ statement: String) throws -> PostgreSQLConnection {
    guard free.wait(timeout: .now() + .seconds(limits.waitSeconds)) == .success else {
      throw StoreError.failed(
        "all \(limits.connections) connections are in use for longer than \(limits.waitSeconds) s")
    }
    do {
      while let connection = idle.withLock({ $0.popLast() }) {
        do {
          try connection.execute(statement)
          return connection
        } catch {
          if !connection.isBroken { throw error }
        }
      }
      let connection = try open()
      try connection.execute(statement)
      return connection
    } catch {
      free.signal()
      throw error
    }
  }

  /// Gives a connection back; one that is broken, or still within a transaction, is closed.
  func giveBack(_ connection: PostgreSQLConnection) {
    if connection.isIdle { idle.withLock { $0.append(connection) } }
    free.signal()
  }
}
