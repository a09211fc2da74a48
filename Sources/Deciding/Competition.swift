package import Cases
package import Diagnostics
import Expression
package import Policy

/// What a rule came to for one application, waivers included.
package struct ItemOutcome: Hashable, Sendable {
  package var outcome: Outcome
  private let marks: Marks

  private struct Marks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let trials = Marks(rawValue: 1)
    static let rank = Marks(rawValue: 2)
    static let ruling = Marks(rawValue: 4)
    static let doubts = Marks(rawValue: 8)
  }

  package init(
    outcome: Outcome, restsOnTrials: Bool = false, restsOnRank: Bool = false,
    isRuled: Bool = false, restsOnDoubts: Bool = false
  ) {
    self.outcome = outcome
    var marks: Marks = restsOnTrials ? .trials : []
    if restsOnRank { marks.insert(.rank) }
    if isRuled { marks.insert(.ruling) }
    if restsOnDoubts { marks.insert(.doubts) }
    self.marks = marks
  }

  /// Something that is missing was tried in all its values.
  var restsOnTrials: Bool { marks.contains(.trials) }
  /// It comes to something else at the first rank that the application may have than at the last.
  var restsOnRank: Bool { marks.contains(.rank) }
  /// A person decided it.
  package var isRuled: Bool { marks.contains(.ruling) }
  /// It fails as the application says, and would not as the registry has it.
  var restsOnDoubts: Bool { marks.contains(.doubts) }
}

/// The applications of one profile decided together, year by year of submission (semantics.md 4).
///
/// It keeps what every rule came to and what was given away when, and no more: an explanation decides again as of the turn that it
/// speaks of.
package final class Competition: Sendable {
  package let policy: Policy
  package let terms: PolicyTerms
  package let settings: Settings
  package let records: BatchRecords
  /// Indices of applications, in the order of the input.
  package let members: [Int]
  package let ranking: Ranking
  package let log: BatchLog
  /// By member: what its rules come to together.
  package let verdicts: [Verdict]
  /// By member, in the order in which its rules are decided.
  private let outcomes: [ItemOutcome]
  private let starts: [Int]
  private let admissions: [Admission]
  /// By member of whom something is in doubt: the verdicts under its suppositions.
  private let differences: [Int: Differences]

  /// Decides `members` in one pass in the order of merit.
  ///
  /// - Parameters:
  ///   - ranking: that order, where it is known.
  ///   - isForVerdictsAlone: only verdicts are asked for: nothing is kept that reports tell of limits.
  package init(
    policy: Policy, terms: PolicyTerms, settings: Settings, records: BatchRecords, members: [Int],
    ranking: Ranking? = nil, isForVerdictsAlone: Bool = false
  ) throws(Faults) {
    func decider(_ ranking: Ranking?) -> Decider {
      Decider(
        policy: policy, terms: terms, settings: settings, records: records, members: members,
        ranking: ranking,
        log: BatchLog(
          covering: policy.circles.isEmpty ? [] : members.map { records.places[$0] },
          partCount: terms.partCount))
    }
    self.policy = policy
    self.terms = terms
    self.settings = settings
    self.records = records
    self.members = members
    let ranking = if let ranking { ranking } else { try Ranking(decider(nil)) }
    self.ranking = ranking
    var starts: [Int] = []
    var count = 0
    for index in members {
      starts.append(count)
      count += records.rules(of: index).items.count
    }
    self.starts = starts
    var pass = MeritPass(
      decider(ranking), ranking, starts, itemCount: count,
      isForVerdictsAlone: isForVerdictsAlone)
    log = try pass.run()
    (verdicts, outcomes, admissions) = (pass.verdicts, pass.outcomes, pass.admissions)
    differences = pass.differences
  }

  // MARK: Verdicts by member

  /// What rules come to together, with what is found from outside them of those that were submitted outside every span.
  package func verdicts(_ outsideSpan: Set<Int>) -> [Verdict] { with(outsideSpan, verdicts) }

  /// The same under one changed setting.
  package func verdicts(under flip: Flip, _ outsideSpan: Set<Int>) throws(Faults) -> [Verdict] {
    let settings = flip.applied(to: settings)
    var ranking = ranking
    if flip.touches(terms.orderReach) {
      ranking = try Ranking(
        Decider(
          policy: policy, terms: terms, settings: settings, records: records, members: members,
          ranking: nil, log: BatchLog(covering: [], partCount: terms.partCount)))
    }
    // Without the same order, the same replacements and everybody known, nothing that was found here can be relied on.
    if ranking.isOpen || !records.doubts.isEmpty || flip.isOfReplacements(terms.replacements)
      || !ranking.hasOrder(of: self.ranking)
    {
      return try Competition(
        policy: policy, terms: terms, settings: settings, records: records, members: members,
        ranking: ranking, isForVerdictsAlone: true
      ).verdicts(outsideSpan)
    }
    var run = SensitivityRun(
      of: self, settings,
      isTouched: terms.touched(by: flip, knowsWhomRulesBind: ranking.knowsWhomRulesBind))
    return with(outsideSpan, try run.verdicts())
  }

  /// The same members decided again over a batch in which something is otherwise, for verdicts and outcomes alone.
  package func again(over batch: Batch) throws(Faults) -> Competition {
    try Competition(
      policy: policy, terms: terms, settings: settings,
      records: BatchRecords(batch, members, terms), members: members, isForVerdictsAlone: true)
  }

  /// One that decides as of any turn of it.
  package func decider() -> Decider {
    Decider(
      policy: policy, terms: terms, settings: settings, records: records, members: members,
      ranking: ranking, log: log)
  }

  private func with(_ outsideSpan: Set<Int>, _ verdicts: [Verdict]) -> [Verdict] {
    zip(members, verdicts).map { application, verdict in
      outsideSpan.contains(application) ? verdict.outsideSpan : verdict
    }
  }

  /// What an item of a member's rules came to.
  package func outcome(_ number: Int, of member: Int) -> ItemOutcome {
    outcomes[starts[member] + number]
  }

  /// The doubts about a member, each with whether the verdict hangs on it and with the verdict that it would have if that alone were
  /// decided against the application.
  package func doubts(about member: Int) -> [Doubts.Weighed] {
    let index = members[member]
    let differences =
      differences[member] ?? Differences(own: verdicts[member], supposed: [])
    return records.doubts.weighed(index, differences)
  }

  package func admission(of member: Int) -> Admission { admissions[member] }
}

extension Verdict {
  /// What it is under a profile that was not in force on the day of submission: a person has to say which rules hold.
  package var outsideSpan: Verdict {
    switch self {
    case .admissible, .refused: .review
    default: self
    }
  }
}
