import Diagnostics
import Expression

/// What a rule came to for one application, waivers included.
struct ItemOutcome: Hashable, Sendable {
  var outcome: Outcome
  /// Something that is missing was tried in all its values.
  var restsOnTrials = false
}

/// The applications of one profile and one year of submission, decided together (semantics.md 4).
///
/// It keeps what every rule came to and what was given away when, and no more: an explanation decides again as of the turn that it
/// speaks of.
final class Competition: Sendable {
  let policy: Policy
  let terms: PolicyTerms
  let settings: Settings
  let records: BatchRecords
  /// Indices of applications, in the order of the input.
  let members: [Int]
  let ranking: Ranking
  let log: BatchLog
  /// By member: what its rules come to together.
  let verdicts: [Verdict]
  /// By member, in the order in which its rules are decided.
  private let outcomes: [ItemOutcome]
  private let starts: [Int]
  private let admissions: [Admission]

  /// Decides `members` in one pass in the order of merit.
  convenience init(
    policy: Policy, terms: PolicyTerms, settings: Settings, records: BatchRecords, members: [Int]
  ) throws(Faults) {
    let ranking = try Self.ranked(policy, terms, settings, records, members)
    try self.init(
      policy: policy, terms: terms, settings: settings, records: records, members: members,
      ranking: ranking, sensitivity: nil)
  }

  /// The same members under one changed setting, following `first` wherever the setting can make no difference.
  convenience init(
    following first: Competition, settings: Settings, isTouched: [Bool], isReordered: Bool
  ) throws(Faults) {
    let ranking =
      isReordered
      ? try Self.ranked(first.policy, first.terms, settings, first.records, first.members)
      : first.ranking
    try self.init(
      policy: first.policy, terms: first.terms, settings: settings, records: first.records,
      members: first.members, ranking: ranking,
      sensitivity: isReordered ? .some(nil) : SensitivityRun(of: first, isTouched: isTouched))
  }

  /// - Parameter sensitivity: nil where everything is kept that is told of later; nothing inside where nothing can be followed.
  private init(
    policy: Policy, terms: PolicyTerms, settings: Settings, records: BatchRecords, members: [Int],
    ranking: Ranking, sensitivity: SensitivityRun??
  ) throws(Faults) {
    self.policy = policy
    self.terms = terms
    self.settings = settings
    self.records = records
    self.members = members
    self.ranking = ranking
    var starts: [Int] = []
    var count = 0
    for index in members {
      starts.append(count)
      count += records.rules(of: index).items.count
    }
    self.starts = starts
    let decider = Decider(
      policy: policy, terms: terms, settings: settings, records: records, members: members,
      turns: ranking.turns, log: Self.emptyLog(policy, terms, records, members))
    var pass = MeritPass(
      decider, ranking, starts, itemCount: count, sensitivity: sensitivity ?? nil,
      isSensitivityRun: sensitivity != nil)
    try pass.run()
    (verdicts, outcomes, admissions, log) = (
      pass.verdicts, pass.outcomes, pass.admissions, decider.log
    )
  }

  private static func ranked(
    _ policy: Policy, _ terms: PolicyTerms, _ settings: Settings, _ records: BatchRecords,
    _ members: [Int]
  ) throws(Faults) -> Ranking {
    try Ranking(
      Decider(
        policy: policy, terms: terms, settings: settings, records: records, members: members,
        turns: [], log: emptyLog(policy, terms, records, members)))
  }

  private static func emptyLog(
    _ policy: Policy, _ terms: PolicyTerms, _ records: BatchRecords, _ members: [Int]
  ) -> BatchLog {
    BatchLog(
      places: PlacesTaken(partCount: terms.partCount),
      admitted: AdmittedPoints(
        covering: policy.circles.isEmpty ? [] : members.map { records.places[$0] }))
  }

  /// What an item of a member's rules came to.
  func outcome(_ number: Int, of member: Int) -> ItemOutcome { outcomes[starts[member] + number] }

  func admission(of member: Int) -> Admission { admissions[member] }

  /// By member, with what is found from outside the rules of those that were submitted outside every span.
  func verdicts(_ outsideSpan: Set<Int>) -> [Verdict] {
    zip(members, verdicts).map { application, verdict in
      outsideSpan.contains(application) ? verdict.outsideSpan : verdict
    }
  }
}

extension Verdict {
  /// What it is under a profile that was not in force on the day of submission: a person has to say which rules hold.
  var outsideSpan: Verdict {
    switch self {
    case .admissible, .refused: .review
    default: self
    }
  }
}
