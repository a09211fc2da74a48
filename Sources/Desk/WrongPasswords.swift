import FoundationEssentials
import Store

/// How often somebody may give a wrong password: after five within a minute, unless the house says otherwise, every attempt on that name
/// waits, the right ones too, and whichever process is asked. Names that are not there are counted as those that are.
///
/// An attempt counts from before its password is looked at, so that no more are tried at once either; a right one is taken back.
extension Desk {
  package static let wrongPasswords = 5
  package static let wrongPasswordSeconds = 60.0
  /// So many that are too old are forgotten with each new one.
  private static let forgottenAtOnce = 20

  /// What comes of wanting to try a password.
  package enum PasswordAttempt: Sendable {
    /// It may be tried; the id is for ``Desk/takeBack(_:)``.
    case begun(String)
    /// It may not for some seconds.
    case wait(Int)
  }

  /// Counts an attempt on a name, unless `most` within a minute were wrong or are being tried.
  package func beginAttempt(
    on name: String, most: Int = Desk.wrongPasswords
  ) throws -> PasswordAttempt {
    try store.write(nowhere) { session in
      // Of the moment when nobody else counts.
      let now = clock()
      let parent = Digest.sha256(name)
      let ages = try session.records(.wrongPassword, in: parent, after: 0, limit: Int.max)
        .map { now.seconds(since: $0.body) }.filter { $0 < Self.wrongPasswordSeconds }.sorted()
      if let oldest = ages.dropFirst(most - 1).first {
        return .wait(max(1, Int((Self.wrongPasswordSeconds - oldest).rounded(.up))))
      }
      for old in try session.records(
        .wrongPassword, in: nil, after: 0, limit: Self.forgottenAtOnce)
      where now.seconds(since: old.body) >= Self.wrongPasswordSeconds {
        try session.remove(.wrongPassword, old.id)
      }
      let number = try session.nextNumber(of: .wrongPassword)
      try session.insert(
        Record(.wrongPassword, id: String(number), parent: parent, number: number, body: now))
      return .begun(String(number))
    }
  }

  /// Counts an attempt no longer, since its password was right.
  package func takeBack(_ attempt: String) throws {
    try store.write(nowhere) { session in try session.remove(.wrongPassword, attempt) }
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
