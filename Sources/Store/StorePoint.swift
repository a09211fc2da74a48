/// A point of a write at which a process may end; tests kill it there.
package enum StorePoint: String, Sendable, CaseIterable {
  /// The transaction has begun and nothing is written.
  case begun
  /// Everything is written and nothing is committed.
  case written
  /// It is committed, and nobody was told.
  case committed
}
