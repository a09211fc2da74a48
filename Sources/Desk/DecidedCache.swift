import Synchronization

/// What rounds came to, by the inputs that they were decided from.
package final class DecidedCache<Value: Sendable>: Sendable {
  /// So many rounds are remembered.
  private let most: Int
  private let known = Mutex<[(key: String, value: Value)]>([])

  package init(most: Int) { self.most = most }

  /// What the inputs came to before, else what comes out now; nothing is remembered of what cannot be decided.
  func value(_ inputs: FrozenInputs, _ decide: () -> Value?) -> Value? {
    let key = Digest.sha256(
      FrozenInputs.names.map { Digest.sha256(inputs.files[$0] ?? []) }.joined())
    if let found = known.withLock({ $0.first { $0.key == key }?.value }) { return found }
    guard let value = decide() else { return nil }
    known.withLock {
      $0.append((key, value))
      if $0.count > most { $0.removeFirst() }
    }
    return value
  }
}
