import Expression
import Reading

/// What tells the members of a competition apart in merit, step by step of the profile's order (semantics.md 4.2).
struct MeritOrder {
  /// Ids are unique: no step after them tells anything apart. A profile whose order does not come down to the id must not leave
  /// it to the order of the input, so that the id is last in any case.
  private let steps: [Policy.MeritStep.Key]
  /// By member and step: of two, the lower comes first.
  private var keys: [Int] = []
  private let applications: [Application]
  /// By member: which of ``applications``.
  private let indices: [Int]

  init(_ policy: Policy, _ batch: Batch, _ members: [Int], _ merits: [Ranking.Merit]) {
    steps = Array(policy.merit.map(\.key).prefix { $0 != .id })
    applications = batch.applications
    indices = members
    let scores =
      steps.contains(.score) ? Self.scoreKeys(indices.map { applications[$0].score }) : []
    keys.reserveCapacity(steps.count * indices.count)
    for member in indices.indices {
      for step in steps {
        switch step {
        case .exempt: keys.append(merits[member].isExempt ? 0 : 1)
        case .priority: keys.append(merits[member].hasPriority ? 0 : 1)
        case .score: keys.append(scores[member])
        case .submitted:
          let day = applications[indices[member]].submitted
          keys.append((day.year * 16 + day.month) * 32 + day.day)
        case .id: break
        }
      }
    }
  }

  /// The members, the best first.
  func sorted() -> [Int] { indices.indices.sorted(by: isBefore) }

  /// The step that tells two members apart.
  func decidingStep(_ left: Int, _ right: Int) -> Policy.MeritStep.Key {
    place(of: left, right).map { steps[$0] } ?? .id
  }

  /// The first step that tells two apart; nil where the id has to.
  private func place(of left: Int, _ right: Int) -> Int? {
    let (a, b) = (left * steps.count, right * steps.count)
    for step in 0..<steps.count where keys[a + step] != keys[b + step] { return step }
    return nil
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    guard let step = place(of: left, right) else {
      return applications[indices[left]].id < applications[indices[right]].id
    }
    return keys[left * steps.count + step] < keys[right * steps.count + step]
  }

  /// The highest score first; none comes last.
  private static func scoreKeys(_ scores: [Exact?]) -> [Int] {
    var keys: [Int] = []
    keys.reserveCapacity(scores.count)
    for score in scores {
      guard let key = score.map(scaled) ?? Int.max else { return ranks(scores) }
      keys.append(key)
    }
    return keys
  }

  /// A score of few decimals as a whole number that falls as it rises; nil for any other.
  private static func scaled(_ score: Exact) -> Int? {
    let scale: Int128 = 1_000_000
    guard score.denominator <= scale, scale % score.denominator == 0,
      let number = Int32(exactly: score.numerator)
    else { return nil }
    return -Int(number) * Int(scale / score.denominator)
  }

  private static func ranks(_ scores: [Exact?]) -> [Int] {
    let sorted = Set(scores.compactMap(\.self)).sorted(by: >)
    let ranks = Dictionary(
      sorted.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return scores.map { $0.flatMap { ranks[$0] } ?? Int.max }
  }
}
