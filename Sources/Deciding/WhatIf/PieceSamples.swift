import Diagnostics
import Expression

/// The comparisons that are made while applications are decided, by what they were made for.
struct TracedComparisons {
  struct Site: Hashable {
    let member: Int
    let item: Int
    let program: String
    let node: Int
    /// The same comparison is made more than once where a list is walked.
    let occurrence: Int
  }

  /// By site: how much the left side is above the right one.
  private(set) var differences: [Site: Exact] = [:]

  init() {}

  /// All that a competition comes to.
  init(in competition: Competition) {
    let decider = competition.decider()
    for member in competition.members.indices {
      trace(decider, member)
      for supposition in competition.records.doubts.suppositions[competition.members[member]] ?? []
      {
        trace(decider, member, as: supposition.application)
      }
    }
  }

  /// Goes through the merit and the rules of a member as it stands at its turn, or as something else at some turn.
  mutating func trace(
    _ decider: Decider, _ member: Int, as other: Int? = nil, at turn: Int? = nil
  ) {
    let context = decider.context
    defer { context.comparisons = nil }
    let number = other ?? decider.members[member]
    var item = 0
    func collect(into traced: inout TracedComparisons) {
      var seen: [Site: Int] = [:]
      for comparison in context.comparisons ?? [] {
        let key = Site(
          member: number, item: item, program: comparison.program, node: comparison.node,
          occurrence: 0)
        let occurrence = seen[key, default: 0]
        seen[key] = occurrence + 1
        traced.differences[
          Site(
            member: number, item: item, program: comparison.program, node: comparison.node,
            occurrence: occurrence)] = try? comparison.left.subtracting(comparison.right)
      }
      item += 1
    }
    decider.look(at: member, turn: 0, as: other)
    context.comparisons = []
    var applicabilities: [Decider.Applicability] = []
    _ = try? Ranking.merit(decider, &applicabilities)
    collect(into: &self)
    decider.look(at: member, turn: turn ?? decider.turn(member), as: other)
    for ruled in decider.records.rules(of: number).items {
      decider.choose(ruled.category)
      context.comparisons = []
      _ = try? decider.outcome(of: ruled.rule, .open)
      collect(into: &self)
    }
  }
}

/// Values of a number or day of which each two neighbours have nothing between them where an outcome could change.
///
/// Where comparisons cross is looked for piece by piece, since what others come to with a value can make a line jump or bend: each new
/// value shows the lines on both sides of it, until these cross nowhere else.
struct PieceSamples {
  /// So many values are looked at before nothing is told.
  private static let countLimit = 90

  private let isWhole: Bool
  private var sampled: [Exact: TracedComparisons] = [:]

  /// All that could be told apart, from some values on; nil where there are too many, or what is compared cannot be told.
  static func find(
    from start: [Exact], isWhole: Bool, _ comparisons: (Exact) -> TracedComparisons?
  ) -> [Exact]? {
    var samples = PieceSamples(isWhole: isWhole)
    var points = Set(isWhole ? start.flatMap { [$0.floor, $0.ceiling] } : start)
    var (hasMiddles, isDone) = (false, false)
    while true {
      for point in points {
        guard samples.sampled.count < countLimit, let traced = comparisons(point) else {
          return nil
        }
        samples.sampled[point] = traced
      }
      if isDone { return samples.sampled.keys.sorted() }
      do {
        points = try samples.crossings()
        if !points.isEmpty { continue }
        // A line that jumps shows itself between two values; at the end there has to be one between each two.
        points = try samples.middles()
        (isDone, hasMiddles) = (hasMiddles, true)
      } catch { return nil }
    }
  }

  private init(isWhole: Bool) { self.isWhole = isWhole }

  /// Where lines cross zero between two values, as the values beside show them; those that were looked at already aside.
  private func crossings() throws(ExactError) -> Set<Exact> {
    let points = sampled.keys.sorted()
    var lines: [TracedComparisons.Site: [Exact?]] = [:]
    for (number, point) in points.enumerated() {
      for (site, difference) in sampled[point]?.differences ?? [:] {
        lines[site, default: [Exact?](repeating: nil, count: points.count)][number] = difference
      }
    }
    var found: Set<Exact> = []
    for differences in lines.values
    where differences.contains(where: { $0 != differences[0] }) {
      for first in points.indices.dropLast() {
        guard let one = differences[first], let other = differences[first + 1], one != other
        else { continue }
        let run = try points[first + 1].subtracting(points[first])
        let rise = try other.subtracting(one)
        let crossing = try points[first].subtracting(
          try one.multiplied(by: run).divided(by: rise))
        for point in isWhole ? [crossing.floor, crossing.ceiling] : [crossing]
        where sampled[point] == nil {
          // The line may go on a piece to either side.
          let (low, high) = (max(first - 1, 0), min(first + 2, points.count - 1))
          if points[low] < point, point < points[high] { found.insert(point) }
        }
      }
    }
    return found
  }

  /// The middle between each two values.
  private func middles() throws(ExactError) -> Set<Exact> {
    let points = sampled.keys.sorted()
    var found: Set<Exact> = []
    for (one, other) in zip(points, points.dropFirst()) {
      let middle = try one.adding(other).divided(by: Exact(2))
      let point = isWhole ? middle.floor : middle
      if sampled[point] == nil { found.insert(point) }
    }
    return found
  }
}
