import Store
import TestSupport

/// The kinds of store that a desk is tried on.
enum StoreKind: String, CaseIterable {
  case sqlite
  case postgresql

  /// Those that this machine has; `PostgreSQLStoreTests` says where there is no server.
  static var here: [StoreKind] {
    allCases.filter { $0 == .sqlite || PostgreSQLServer.isInstalled }
  }
}

/// A place of one test's own for a store, which may be opened there again.
struct StoreLocation {
  /// Where the heads are, and the database of the one kind.
  let folder: String
  /// Of PostgreSQL, for the role that serves; nil for a folder.
  private(set) var address: String?

  init(_ kind: StoreKind, folder: String) throws {
    self.folder = folder
    guard kind == .postgresql else { return }
    let server = try PostgreSQLServer.shared.get()
    let name = try server.database()
    try PostgreSQLStore.migrate(
      try PostgreSQLAddress(server.address(name, as: "owner")), grantTo: "desk")
    address = server.address(name)
  }

  func open(
    reach: @escaping @Sendable (StorePoint) throws -> Void = { _ in }
  ) throws -> any Store {
    guard let address else { return try SQLiteStore(folder: folder, reach: reach) }
    return try PostgreSQLStore(try PostgreSQLAddress(address), reach: reach)
  }
}
