import Expression
import Reading

/// The members of a competition in the order of merit (semantics.md 4.2).
struct MeritOrder {
  let members: [Int]

  init(_ competition: Competition) {
    // Ids are unique: no step after them tells anything apart. A profile whose order does not come down to the id must not
    // leave it to the order of the input.
    let steps = competition.policy.merit.map(\.key).prefix { $0 != .id }
    let applications = competition.batch.applications
    let indices = competition.members
    let scores =
      steps.contains(.score) ? Self.scoreKeys(indices.map { applications[$0].score }) : []
    // By member and step: of two, the lower comes first.
    var keys: [Int] = []
    keys.reserveCapacity(steps.count * indices.count)
    for (member, index) in indices.enumerated() {
      for step in steps {
        switch step {
        case .exempt: keys.append(competition.results[member].isExempt ? 0 : 1)
        case .priority: keys.append(competition.results[member].hasPriority ? 0 : 1)
        case .score: keys.append(scores[member])
        case .submitted:
          let day = applications[index].submitted
          keys.append((day.year * 16 + day.month) * 32 + day.day)
        case .id: break
        }
      }
    }
    members = indices.indices.sorted { left, right in
      let (a, b) = (left * steps.count, right * steps.count)
      for step in 0..<steps.count where keys[a + step] != keys[b + step] {
        return keys[a + step] < keys[b + step]
      }
      return applications[indices[left]].id < applications[indices[right]].id
    }
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

extension Competition {
  /// The step of the order that tells two members apart.
  func decidingStep(_ left: Int, _ right: Int) -> (step: Policy.MeritStep.Key, leftFirst: Bool)? {
    let (a, b) = (members[left], members[right])
    for step in policy.merit.indices {
      switch policy.merit[step].key {
      case .exempt:
        let (x, y) = (results[left].isExempt, results[right].isExempt)
        if x != y { return (.exempt, x) }
      case .priority:
        let (x, y) = (results[left].hasPriority, results[right].hasPriority)
        if x != y { return (.priority, x) }
      case .score:
        switch (batch.applications[a].score, batch.applications[b].score) {
        case (let x?, let y?) where x != y: return (.score, x > y)
        case (.some, nil): return (.score, true)
        case (nil, .some): return (.score, false)
        default: break
        }
      case .submitted:
        let (x, y) = (batch.applications[a].submitted, batch.applications[b].submitted)
        if x != y { return (.submitted, x < y) }
      case .id:
        let (x, y) = (batch.applications[a].id, batch.applications[b].id)
        if x != y { return (.id, x < y) }
      }
    }
    return nil
  }
}
