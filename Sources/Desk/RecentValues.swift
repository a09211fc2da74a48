import Synchronization

/// What was worked out lately, by what it rests on: a round's verdicts by the inputs that decide them, the files in force by the versions
/// that they are made from.
package final class RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// So many are remembered; the oldest go first.
  private let most: Int
  private let known = Mutex<[(key: Key, value: Value)]>([])

  package init(most: Int) { self.most = most }

  /// What it came to before, else what comes out now; nothing is remembered where nothing comes out.
  package func value(_ key: Key, _ make: () throws -> Value?) rethrows -> Value? {
    if let found = known.withLock({ $0.first { $0.key == key }?.value }) { return found }
    guard let value = try make() else { return nil }
    known.withLock {
      $0.append((key, value))
      if $0.count > most { $0.removeFirst() }
    }
    return value
  }
}
