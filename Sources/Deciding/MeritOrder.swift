package import Cases
import Expression
package import Policy
import Reading

/// What tells the members of a competition apart in merit: the year of submission, then the steps of the profile's order one by one
/// (semantics.md 4.2).
///
/// A batch that spans years is decided year by year. A member whose score is missing, or whose exemption or priority hangs on what
/// is not known, stands twice: with the best that the key may be, and with the worst.
package struct MeritOrder: Sendable {
  /// Ids are unique: no step after them tells anything apart. A profile whose order does not come down to the id must not leave
  /// it to the order of the input, so that the id is last in any case.
  private let steps: [Policy.MeritStep.Key]
  private let turns: [Ranking.Turn]
  /// By turn, the year and then the steps: of two, the lower comes first.
  private var keys: [Int32] = []
  private let applications: [Application]
  /// By member: which of ``applications``.
  private let indices: [Int]
  /// By member: its last turn; empty where each has one alone.
  private let lastTurns: [Int]
  /// The members whose score is missing where others of their year have one.
  private(set) var membersOfOpenScore: [Int] = []

  package init(_ policy: Policy, _ batch: Batch, _ members: [Int], _ merits: [Ranking.Merit]) {
    let merit = Array(policy.merit.prefix { $0.key != .id })
    steps = merit.map(\.key)
    applications = batch.applications
    indices = members
    let step = merit.first { $0.key == .score }
    let scores = step == nil ? nil : ScoreKeys(members.map { batch.applications[$0].score })
    var scoredYears: Set<Int> = []
    if let step, !step.missingIsLast {
      for index in members where batch.applications[index].score != nil {
        scoredYears.insert(batch.applications[index].submitted.year)
      }
    }
    keys.reserveCapacity((steps.count + 1) * members.count)
    var turns: [Ranking.Turn] = []
    turns.reserveCapacity(members.count)
    var lastTurns: [Int] = []
    for (member, index) in members.enumerated() {
      let application = batch.applications[index]
      let merit = merits[member]
      let hasOpenScore =
        application.score == nil && scoredYears.contains(application.submitted.year)
      if hasOpenScore { membersOfOpenScore.append(member) }
      let isOpen = hasOpenScore || merit.isExempt == .open || merit.hasPriority == .open
      for rank: Ranking.Turn.Rank in isOpen ? [.first, .last] : [.known] {
        turns.append(Ranking.Turn(member: member, rank: rank))
        keys.append(Int32(application.submitted.year))
        for step in steps {
          switch step {
          case .exempt: keys.append(Self.key(merit.isExempt, rank))
          case .priority: keys.append(Self.key(merit.hasPriority, rank))
          case .score:
            keys.append(
              !hasOpenScore
                ? scores?.keys[member] ?? 0
                : rank == .first ? scores?.best ?? 0 : scores?.worst ?? 0)
          case .submitted:
            keys.append(Int32(application.submitted.month * 32 + application.submitted.day))
          case .id: break
          }
        }
      }
      lastTurns.append(turns.count - 1)
    }
    self.turns = turns
    self.lastTurns = turns.count == members.count ? [] : lastTurns
  }

  package static func key(_ standing: Ranking.Standing, _ rank: Ranking.Turn.Rank) -> Int32 {
    switch standing {
    case .yes: 0
    case .no: 1
    case .open: rank == .first ? 0 : 1
    }
  }

  /// The turns, the best first.
  package func sorted() -> [Ranking.Turn] {
    turns.indices.sorted(by: isBefore).map { turns[$0] }
  }

  /// The step that tells two members apart, by the last rank that each may have.
  func decidingStep(_ left: Int, _ right: Int) -> Policy.MeritStep.Key {
    guard let place = place(of: lastTurn(of: left), lastTurn(of: right)) else { return .id }
    // The year is part of the day of submission.
    return place == 0 ? .submitted : steps[place - 1]
  }

  private func lastTurn(of member: Int) -> Int { lastTurns.isEmpty ? member : lastTurns[member] }

  /// The first key that tells two turns apart; nil where the id has to.
  private func place(of left: Int, _ right: Int) -> Int? {
    let width = steps.count + 1
    let (a, b) = (left * width, right * width)
    for key in 0..<width where keys[a + key] != keys[b + key] { return key }
    return nil
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    guard let place = place(of: left, right) else {
      let (a, b) = (turns[left].member, turns[right].member)
      return a == b
        ? turns[left].rank == .first && turns[right].rank == .last
        : applications[indices[a]].id < applications[indices[b]].id
    }
    let width = steps.count + 1
    return keys[left * width + place] < keys[right * width + place]
  }
}

/// Evaluation scores as keys: the highest score has the lowest key, and none stands with the last.
private struct ScoreKeys {
  private(set) var keys: [Int32] = []
  /// The keys of the highest and the lowest score that can be given.
  let best: Int32
  let worst: Int32

  private static let highest = Exact(100)

  init(_ scores: [Exact?]) {
    keys.reserveCapacity(scores.count)
    for score in scores {
      guard let key = score.map(Self.scaled) ?? Int32.max else {
        let sorted = Set(scores.compactMap(\.self) + [Self.highest, .zero]).sorted(by: >)
        let ranks = Dictionary(
          sorted.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        keys = scores.map { $0.flatMap { ranks[$0] } ?? .max }
        (best, worst) = (ranks[Self.highest] ?? 0, ranks[.zero] ?? .max)
        return
      }
      keys.append(key)
    }
    (best, worst) = (Self.scaled(Self.highest) ?? .min, 0)
  }

  /// A score of few decimals as a whole number that falls as it rises; nil for any other.
  private static func scaled(_ score: Exact) -> Int32? {
    let scale: Int128 = 1_000_000
    guard score.denominator <= scale, scale % score.denominator == 0, score <= highest,
      score >= .zero
    else { return nil }
    return Int32(-score.numerator * (scale / score.denominator))
  }
}
