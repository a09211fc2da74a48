import Desk
import Diagnostics
import Dispatch
import Service
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Passwords that are tried at once")
struct PasswordTests {
  private static let kinds =
    ["SQLite"] + (PostgreSQLServer.isInstalled ? ["PostgreSQL"] : [])

  /// A store of a kind in which nothing is kept.
  private static func store(_ kind: String, _ folder: TemporaryFolder) throws -> any Store {
    if kind == "SQLite" { return try SQLiteStore(folder: folder.path) }
    let server = try PostgreSQLServer.shared.get()
    let name = try server.database()
    try PostgreSQLStore.migrate(
      try PostgreSQLAddress(server.address(name, as: "owner")), grantTo: "desk")
    return try PostgreSQLStore(try PostgreSQLAddress(server.address(name)))
  }

  @Test("of twenty at once five are looked at and the others wait", arguments: kinds)
  func burst(_ kind: String) throws {
    let folder = try TemporaryFolder(named: "burst")
    defer { folder.remove() }
    let test = try TestService(store: try Self.store(kind, folder))
    defer { test.remove() }
    @Sendable func sign(_ name: String, _ password: String) -> Int {
      test.ask(
        "POST", "/api/v1/session", type: "application/json",
        #"{"account": "\#(name)", "password": "\#(password)"}"#
      ).status
    }
    for name in ["clerk", "nobody"] {
      let statuses = Mutex<[Int]>([])
      let (ready, group) = (DispatchSemaphore(value: 0), DispatchGroup())
      let queue = DispatchQueue(label: "burst", attributes: .concurrent)
      for _ in 0..<20 {
        queue.async(group: group) {
          ready.wait()
          let status = sign(name, "wrong password")
          statuses.withLock { $0.append(status) }
        }
      }
      for _ in 0..<20 { ready.signal() }
      group.wait()
      let all = statuses.withLock { $0 }
      #expect(all.filter { $0 == 401 }.count == 5, "\(name): \(all)")
      #expect(all.filter { $0 == 429 }.count == 15, "\(name): \(all)")
    }
    test.time.pass(61)
    // Right ones are not counted.
    for _ in 0..<8 { #expect(sign("clerk", "correct horse") == 201) }
  }
}
