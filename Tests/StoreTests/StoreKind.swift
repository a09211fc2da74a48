import Store
import TestSupport

/// The kinds of store that the contract is held against.
enum StoreKind: String, CaseIterable {
  case sqlite
  case postgresql

  /// Those that this machine has; `PostgreSQLStoreTests` says where there is no server.
  static var here: [StoreKind] {
    allCases.filter { $0 == .sqlite || PostgreSQLServer.isInstalled }
  }

  /// A store in which nothing is kept.
  func open(_ folder: TemporaryFolder) throws -> any Store {
    switch self {
    case .sqlite: return try SQLiteStore(folder: folder.path)
    case .postgresql: return try PostgreSQLStore(try Self.migrated())
    }
  }

  /// The address of a new database with the tables in it, for the role that serves.
  static func migrated() throws -> PostgreSQLAddress {
    let server = try PostgreSQLServer.shared.get()
    let name = try server.database()
    try PostgreSQLStore.migrate(
      try PostgreSQLAddress(server.address(name, as: "owner")), grantTo: "desk")
    return try PostgreSQLAddress(server.address(name))
  }
}
