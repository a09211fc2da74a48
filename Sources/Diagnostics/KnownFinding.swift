/// A finding that a baseline records: one that was there before and is no news.
public struct KnownFinding: Sendable {
  /// What it is about.
  public package(set) var key: FindingKey
  /// What it came to when the baseline was written; one that comes to something graver now is new.
  public package(set) var outcome: Outcome
  /// How many there are with this key and outcome; at least 1.
  public package(set) var count: Int
  /// The subject's name, for readers.
  public package(set) var subjectName: String
  /// The id of the profile, for readers.
  public package(set) var profile: String
  /// What was found, when the baseline was written.
  public package(set) var message: Bilingual
  /// Where the baseline records it; nil for one that has yet to be written.
  package var location: Location?

  package init(
    key: FindingKey, outcome: Outcome, count: Int, subjectName: String, profile: String,
    message: Bilingual, location: Location?
  ) {
    self.key = key
    self.outcome = outcome
    self.count = count
    self.subjectName = subjectName
    self.profile = profile
    self.message = message
    self.location = location
  }
}

extension Outcome {
  /// The outcomes that a baseline records: those that a person is shown.
  package var isRecordedInBaselines: Bool {
    switch self {
    case .fail, .review, .unknown, .waived, .note: true
    case .pass, .exempt, .notApplicable: false
    }
  }

  /// How much stands against the subject, in the order in which verdicts are decided; more than before is new.
  package var gravity: Int {
    switch self {
    case .fail: 3
    case .unknown: 2
    case .review: 1
    case .pass, .exempt, .waived, .note, .notApplicable: 0
    }
  }
}
