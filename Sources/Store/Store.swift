/// Where a desk keeps what it knows: a database that several processes or one may serve from.
///
/// Everything belongs to one city, and a session sees that city alone. What belongs to none (accounts, tokens, sessions of people) is
/// kept under ``nowhere``. A store decides nothing: what may be written is the desk's to know, but for what ``LedgerRow`` says, which
/// a store refuses whoever asks.
package protocol Store: Sendable {
  /// Reads and writes in one transaction that holds the city's lock from its first statement on. When it returns, everything is on the
  /// disk; when it throws, nothing is.
  func write<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result

  /// Reads in one transaction, so that all that is read belongs together.
  func read<Result>(
    _ city: String, _ body: (any StoreSession) throws -> Result
  ) throws -> Result

  /// The cities that something is kept of, sorted.
  func cities() throws -> [String]

  /// Writes all that is kept, as of one moment, into a file that a store of the same kind can begin from.
  func backup(to path: String) throws
}

/// The city of what belongs to no city.
package let nowhere = "*"

/// What can be done within one transaction of one city.
package protocol StoreSession: AnyObject {
  /// Does something wholly or, where it throws, not at all, within the transaction.
  func attempt<Result>(_ body: () throws -> Result) throws -> Result

  /// What belongs to no city, within the same transaction.
  var outside: any StoreSession { get }

  // MARK: Documents, by the digest of their bytes

  /// Keeps bytes; the same ones again change nothing.
  func keep(_ bytes: [UInt8], digest: String) throws
  func document(_ digest: String) throws -> [UInt8]?

  // MARK: Records

  /// The next number of a kind, beginning at 1; none is given twice.
  func nextNumber(of kind: Record.Kind) throws -> Int
  /// Throws ``StoreError/taken(_:)`` where the id is there, or the name within its parent.
  func insert(_ record: Record) throws
  /// Replaces a record that still has the version given, and gives it the next; throws ``StoreError/moved(_:)`` where it has another.
  @discardableResult func update(_ record: Record) throws -> Record
  func record(_ kind: Record.Kind, _ id: String) throws -> Record?
  func record(_ kind: Record.Kind, named name: String, in parent: String) throws -> Record?
  /// Records by number, those of one parent or all.
  func records(
    _ kind: Record.Kind, in parent: String?, after number: Int, limit: Int
  ) throws -> [Record]
  /// The last of a parent; nil where it has none.
  func lastRecord(_ kind: Record.Kind, in parent: String?) throws -> Record?
  func remove(_ kind: Record.Kind, _ id: String) throws

  // MARK: The ledger

  /// Adds an entry after the last; throws ``StoreError/refused(_:)`` where it may not stand there.
  func append(_ row: LedgerRow) throws
  func ledger(after seq: Int, limit: Int) throws -> [LedgerRow]
  func ledgerRow(_ seq: Int) throws -> LedgerRow?
  func ledgerRows(ofCase id: String) throws -> [LedgerRow]
  func lastLedgerRow() throws -> LedgerRow?
  /// The entry that voids another; nil where it stands.
  func void(of seq: Int) throws -> LedgerRow?

  /// Adds to a figure of the year as of a ledger entry; see ``figures(at:)``.
  func add(_ amount: Int, to path: String, at seq: Int) throws
  /// What the ledger comes to by figure, as of a position in it; nil is now.
  func figures(at seq: Int?) throws -> [String: Int]

  // MARK: The audit trail

  func append(_ row: AuditRow) throws
  func audit(after seq: Int, limit: Int) throws -> [AuditRow]
  func lastAuditRow() throws -> AuditRow?

  // MARK: Answers given, by idempotency key

  func answer(_ key: AnswerKey) throws -> KeptAnswer?
  func keep(_ answer: KeptAnswer, for key: AnswerKey) throws
  /// Forgets answers that belong to no round and were given before a moment.
  func forgetAnswers(before moment: String) throws
}
