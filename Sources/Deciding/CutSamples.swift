import Cases
package import Expression

/// The differences of compared numbers at several values of a missing one, and where they cross zero.
package struct CutSamples {
  /// What the missing number can be.
  package struct Range {
    package var minimum: Exact?
    package var maximum: Exact?
    package var isWhole: Bool
  }

  private struct Site: Hashable {
    let program: String
    let node: Int
    /// The same comparison is made more than once where a list is walked.
    let occurrence: Int
    /// What else was assumed.
    let course: Course
  }

  /// What else was assumed one after the other, by number: 0 is nothing.
  package typealias Course = Int

  private struct Turn: Hashable {
    let course: Course
    let origin: Unknown.Origin
    let candidate: Int
  }

  private let range: Range
  private var sampled: Set<Exact> = []
  private var differences: [Site: [(point: Exact, difference: Exact)]] = [:]
  private var courses: [Turn: Course] = [:]

  package init(_ range: Range) { self.range = range }

  package func has(_ point: Exact) -> Bool { sampled.contains(point) }

  /// The course that follows from another one with one more assumption: the candidate of an unknown, by its number.
  mutating func course(
    after course: Course, _ origin: Unknown.Origin, as candidate: Int
  ) -> Course {
    let turn = Turn(course: course, origin: origin, candidate: candidate)
    if let known = courses[turn] { return known }
    let new = courses.count + 1
    courses[turn] = new
    return new
  }

  package mutating func add(_ comparisons: [Comparison], at point: Exact, _ course: Course) {
    sampled.insert(point)
    var seen: [Site: Int] = [:]
    for comparison in comparisons {
      let key = Site(
        program: comparison.program, node: comparison.node, occurrence: 0, course: course)
      let occurrence = seen[key, default: 0]
      seen[key] = occurrence + 1
      guard let difference = try? comparison.left.subtracting(comparison.right) else { continue }
      let site = Site(
        program: comparison.program, node: comparison.node, occurrence: occurrence, course: course)
      differences[site, default: []].append((point, difference))
    }
  }

  /// The values to begin with: the bounds, one that is not whole, and one in every other power of ten, so that a function
  /// that is flat here and steep there is not taken for a straight line.
  package func start() throws(ExactError) -> [Exact] {
    let low = range.minimum ?? Exact(-1_000)
    var high = try low.adding(Exact(1_000_000_000))
    if let maximum = range.maximum { high = maximum }
    var points = [low, high, try low.adding(try high.subtracting(low).divided(by: Exact(3)))]
    var step = 1
    while step < 1_000_000_000 {
      let point = try low.adding(Exact(step))
      if point < high { points.append(point) }
      step *= 100
    }
    return points
  }

  /// The bounds, all crossings and a value between each two; nil where a difference is not linear.
  package func points() throws(ExactError) -> [Exact]? {
    var cuts: Set<Exact> = []
    var lonely: Set<Exact> = []
    for (_, values) in differences {
      let distinct = values.sorted { $0.point < $1.point }
      guard let first = distinct.first, let last = distinct.last else { continue }
      if first.point == last.point {
        lonely.insert(first.point)
        continue
      }
      let slope = try last.difference.subtracting(first.difference).divided(
        by: try last.point.subtracting(first.point))
      for value in distinct {
        let expected = try first.difference.adding(
          try slope.multiplied(by: try value.point.subtracting(first.point)))
        if expected != value.difference { return nil }
      }
      if slope == Exact(0) { continue }
      let crossing = try first.point.subtracting(try first.difference.divided(by: slope))
      if range.minimum.map({ crossing >= $0 }) ?? true,
        range.maximum.map({ crossing <= $0 }) ?? true
      {
        cuts.insert(crossing)
      }
    }
    var sorted = cuts.sorted()
    let lowest = sorted.first ?? range.minimum ?? Exact(0)
    let highest = sorted.last ?? range.maximum ?? lowest
    var low = try lowest.subtracting(Exact(1))
    if let minimum = range.minimum { low = minimum }
    var high = try highest.adding(Exact(1))
    if let maximum = range.maximum { high = maximum }
    if sorted.first != low { sorted.insert(low, at: 0) }
    if sorted.last != high { sorted.append(high) }
    var result: [Exact] = []
    for (index, point) in sorted.enumerated() {
      if index > 0 { result.append(try Self.middle(sorted[index - 1], point)) }
      result.append(point)
    }
    // A comparison that was made at one value alone shows no line; another value close by has to tell, unless it is made
    // nowhere else because the value is itself a crossing.
    for point in lonely where !cuts.contains(point) {
      guard let next = sorted.first(where: { $0 > point }) ?? sorted.last, next != point else {
        continue
      }
      result.append(try Self.middle(point, next))
    }
    return result
  }

  /// Whole numbers where only these can be: those at and beside every point.
  package func chosen(_ points: [Exact]) throws(ExactError) -> [Exact] {
    guard range.isWhole else { return points }
    var whole: Set<Exact> = []
    for point in points {
      for step in -1...1 {
        for number in [point.floor, point.ceiling] {
          let candidate = try number.adding(Exact(step))
          if range.minimum.map({ candidate >= $0 }) ?? true,
            range.maximum.map({ candidate <= $0 }) ?? true
          {
            whole.insert(candidate)
          }
        }
      }
    }
    return whole.sorted()
  }

  private static func middle(_ a: Exact, _ b: Exact) throws(ExactError) -> Exact {
    try a.adding(b).divided(by: Exact(2))
  }
}
