import PlanlintKit
import Synchronization

/// Results of the checker by what they were decided from: pages ask for one round again and again.
package final class ResultCache: Sendable {
  /// So many rounds are remembered.
  private static let most = 8

  private let known = Mutex<[(key: String, result: RunResult)]>([])

  package init() {}

  func result(_ inputs: FrozenInputs, _ decide: () -> RunResult?) -> RunResult? {
    let key = Digest.sha256(
      FrozenInputs.names.map { Digest.sha256(inputs.files[$0] ?? []) }.joined())
    if let found = known.withLock({ $0.first { $0.key == key }?.result }) { return found }
    guard let result = decide() else { return nil }
    known.withLock {
      $0.append((key, result))
      if $0.count > Self.most { $0.removeFirst() }
    }
    return result
  }
}
