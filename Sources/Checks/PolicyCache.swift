import Cases
import Diagnostics
import Policy
import Synchronization

/// Tenants and profiles that were read before, by the bytes of their files, for programs that decide again and again: what is compiled
/// is a value that any number of threads may use.
package final class PolicyCache: Sendable {
  private struct Known {
    var tenants: [(file: SourceFile, tenant: Tenant)] = []
    var policies: [(policy: Policy, catalogue: Catalogue)] = []
  }

  /// So many of each are kept; those that were read first go first.
  private static let most = 64
  private let known = Mutex(Known())

  package init() {}

  private static func isSame(_ one: SourceFile, _ other: SourceFile) -> Bool {
    one.path == other.path && one.hasSameBytes(as: other)
  }

  func tenant(_ file: SourceFile) -> Tenant? {
    known.withLock { $0.tenants.first { Self.isSame($0.file, file) }?.tenant }
  }

  func add(_ tenant: Tenant, of file: SourceFile) {
    known.withLock {
      $0.tenants.append((file, tenant))
      if $0.tenants.count > Self.most { $0.tenants.removeFirst() }
    }
  }

  /// A profile that was read with the same fields and words.
  func policy(_ file: SourceFile, _ catalogue: Catalogue) -> Policy? {
    known.withLock {
      $0.policies.first { $0.catalogue === catalogue && Self.isSame($0.policy.source, file) }?
        .policy
    }
  }

  func add(_ policy: Policy, _ catalogue: Catalogue) {
    known.withLock {
      $0.policies.append((policy, catalogue))
      if $0.policies.count > Self.most { $0.policies.removeFirst() }
    }
  }
}
