import Synchronization

/// How often somebody may give a wrong password: after five within a minute every attempt on that name waits, the right ones too.
final class Throttle: Sendable {
  static let most = 5
  static let window = 60.0
  /// So many names are remembered; then the oldest are forgotten.
  private static let names = 10_000

  private let seconds: @Sendable () -> Double
  private let failures = Mutex<[String: [Double]]>([:])

  init(seconds: @escaping @Sendable () -> Double) { self.seconds = seconds }

  /// How many seconds an attempt on a name has to wait; nil where it need not.
  func wait(_ name: String) -> Int? {
    let now = seconds()
    return failures.withLock { failures in
      let recent = (failures[name] ?? []).filter { now - $0 < Self.window }
      failures[name] = recent.isEmpty ? nil : recent
      guard recent.count >= Self.most, let first = recent.first else { return nil }
      return max(1, Int((first + Self.window - now).rounded(.up)))
    }
  }

  func fail(_ name: String) {
    let now = seconds()
    failures.withLock { failures in
      failures[name, default: []].append(now)
      if failures.count > Self.names {
        failures = failures.filter { now - ($0.value.last ?? 0) < Self.window }
      }
    }
  }
}
