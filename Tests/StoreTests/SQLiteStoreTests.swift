import GRDB
import Store
import TestSupport
import Testing

@Suite("A store in a folder")
struct SQLiteStoreTests {
  @Test("a second one is refused by the name of the first, until that is gone")
  func second() throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    do {
      let first = try SQLiteStore(folder: folder.path)
      do {
        _ = try SQLiteStore(folder: folder.path)
        Issue.record("a second store was opened")
      } catch StoreError.served(let why) {
        #expect(why.contains(folder.path))
        #expect(why.contains("("))
      }
      #expect(try first.cities() == [])
    }
    _ = try SQLiteStore(folder: folder.path)
  }

  @Test("a schema of a later version is refused")
  func newer() throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    _ = try SQLiteStore(folder: folder.path)
    let path = folder.path + "/" + SQLiteStore.fileName
    // Bytes 60 to 63 of the file are its user version.
    var bytes = try folder.bytes(SQLiteStore.fileName)
    bytes[63] = 9
    try folder.write(bytes, to: SQLiteStore.fileName)
    #expect(throws: StoreError.newer(found: 9, known: 1)) {
      _ = try SQLiteStore(folder: folder.path)
    }
    #expect(path.hasSuffix("desk.sqlite"))
  }

  @Test(
    "what stands in the ledger and in the trail is not changed and not taken away, by whatever writes the file",
    arguments: [
      "UPDATE ledger SET take = 0", "DELETE FROM ledger", "UPDATE audit SET body = ''",
      "DELETE FROM audit",
    ])
  func stays(_ statement: String) throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    do {
      let store = try SQLiteStore(folder: folder.path)
      try store.write("a") { session throws in
        try session.append(StoreContractTests.grant(1))
        try session.append(AuditRow(seq: 1, prev: LedgerRow.noHash, hash: "h", body: "{}"))
      }
    }
    let file = try DatabaseQueue(path: folder.path + "/" + SQLiteStore.fileName)
    do {
      try file.write { try $0.execute(sql: statement) }
      Issue.record("it was done")
    } catch let error as DatabaseError {
      #expect(error.message?.contains(" is never ") == true, "\(error)")
    }
  }

  @Test("a backup is restored into a folder that is empty, and into no other")
  func backup() throws {
    let folder = try TemporaryFolder(named: "store")
    defer { folder.remove() }
    do {
      let store = try SQLiteStore(folder: folder.path + "/one")
      try store.write("a") { session throws in
        try session.insert(Record(.round, id: "r", number: 1, body: "kept"))
        try session.append(StoreContractTests.grant(1))
      }
      try store.backup(to: folder.path + "/backup")
      #expect(throws: StoreError.self) {
        try SQLiteStore.restore(folder.path + "/backup", into: folder.path + "/one")
      }
    }
    #expect(throws: StoreError.self) {
      try SQLiteStore.restore(folder.path + "/backup", into: folder.path + "/one")
    }
    try SQLiteStore.restore(folder.path + "/backup", into: folder.path + "/two")
    let store = try SQLiteStore(folder: folder.path + "/two")
    #expect(try store.read("a") { try $0.record(.round, "r")?.body } == "kept")
    #expect(try store.read("a") { try $0.lastLedgerRow()?.seq } == 1)
  }
}
