import FoundationEssentials
import Store

/// How often somebody may give a wrong password: after five within a minute, unless the house says otherwise, every attempt on that name
/// waits, the right ones too, and whichever process is asked. Names that are not there are counted as those that are.
extension Desk {
  package static let wrongPasswords = 5
  package static let wrongPasswordSeconds = 60.0
  /// So many that are too old are forgotten with each new one.
  private static let forgottenAtOnce = 20

  /// How many seconds an attempt on a name has to wait after `most` wrong ones; nil where it need not.
  package func wait(
    forPasswordOf name: String, most: Int = Desk.wrongPasswords
  ) throws -> Int? {
    let now = clock()
    return try store.read(nowhere) { session in
      let ages = try session.records(
        .wrongPassword, in: Digest.sha256(name), after: 0, limit: Int.max
      ).map { now.seconds(since: $0.body) }.filter { $0 < Self.wrongPasswordSeconds }.sorted()
      guard let oldest = ages.dropFirst(most - 1).first else { return nil }
      return max(1, Int((Self.wrongPasswordSeconds - oldest).rounded(.up)))
    }
  }

  /// Counts a wrong password.
  package func countWrongPassword(of name: String) throws {
    let now = clock()
    try store.write(nowhere) { session in
      for old in try session.records(
        .wrongPassword, in: nil, after: 0, limit: Self.forgottenAtOnce)
      where now.seconds(since: old.body) >= Self.wrongPasswordSeconds {
        try session.remove(.wrongPassword, old.id)
      }
      let number = try session.nextNumber(of: .wrongPassword)
      try session.insert(
        Record(
          .wrongPassword, id: String(number), parent: Digest.sha256(name), number: number,
          body: now))
    }
  }
}

extension String {
  /// The seconds from another moment to this one, none where that is later; as if it were long ago where either is no moment.
  fileprivate func seconds(since other: String) -> Double {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let end = try? Date(self, strategy: style), let start = try? Date(other, strategy: style)
    else { return .infinity }
    return max(0, end.timeIntervalSince(start))
  }
}
