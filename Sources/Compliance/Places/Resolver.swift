import Diagnostics
import Expression

/// What a rule came to under given assumptions.
enum Attempt {
  case settled(Settled)
  case unsettled(UnknownSet)
}

/// An outcome and the exemption or exception that made it so.
struct Settled: Hashable {
  var outcome: Outcome
  /// The index of an exemption (for `exempt`) or exception (for `review`).
  var clause: Int?

  static let pass = Settled(outcome: .pass)
  static let fail = Settled(outcome: .fail)
  static let notApplicable = Settled(outcome: .notApplicable)
}

/// The outcome of a rule with all that is missing taken into account.
struct Resolution {
  var settled: Settled
  /// The leaves whose value would settle it, where the outcome is unknown.
  var needs: [Unknown] = []
  /// True where the outcome is `review` because a range of counts crosses the limit.
  var isWithinRange = false
  /// True where something that is missing was tried in all its values.
  var restsOnTrials = false
}

/// Cut-point reasoning: where every value that a missing datum could have gives the same outcome, that outcome stands.
///
/// Truth values, closed sets of words and counts are tried one by one. For a missing number the comparisons that it takes part
/// in are traced; where both sides are linear in it, the outcome can change at their crossings alone, so one value on each side
/// of every crossing and each crossing itself decide. A number that is not linear, a second missing number, and anything
/// without bounds stay unknown, which is always right though not always the most that could be said.
struct Resolver {
  /// How many times a rule is tried for one subject.
  static let attemptLimit = 2_000
  /// The count range that is tried one by one.
  static let enumerationLimit = 64
  /// Leaves with this prefix are ranges that no datum settles: undecided rivals and the accuracy of coordinates. A number
  /// among them is one of its two bounds.
  static let softPrefix = "?"

  let context: EvaluationContext
  private let attempt: () throws(EvaluationError) -> Attempt
  private var attempts = 0

  init(
    _ context: EvaluationContext, attempt: @escaping () throws(EvaluationError) -> Attempt
  ) {
    self.context = context
    self.attempt = attempt
  }

  mutating func resolve() throws(EvaluationError) -> Resolution {
    switch try attempt() {
    case .settled(let settled): return Resolution(settled: settled)
    case .unsettled(let leaves):
      let outer = context.overrides
      defer { context.overrides = outer }
      var resolution = try resolve(leaves, under: outer)
      resolution.restsOnTrials = true
      return resolution
    }
  }

  private mutating func resolve(under overrides: [String: Value]) throws(EvaluationError)
    -> Resolution
  {
    attempts += 1
    context.overrides = overrides
    switch try attempt() {
    case .settled(let settled): return Resolution(settled: settled)
    case .unsettled(let leaves): return try resolve(leaves, under: overrides)
    }
  }

  private mutating func resolve(_ leaves: UnknownSet, under overrides: [String: Value])
    throws(EvaluationError) -> Resolution
  {
    let unsettled = leaves.elements.filter { !$0.isSoft }
    let unknown = Resolution(
      settled: Settled(outcome: .unknown), needs: unsettled.isEmpty ? leaves.elements : unsettled)
    guard attempts < Self.attemptLimit else { return unknown }
    if let leaf = unsettled.first(where: { $0.candidates != nil }), let values = leaf.candidates {
      return try combine(leaf, values, under: overrides)
    }
    if let leaf = unsettled.first {
      guard case .number(let minimum, let maximum) = leaf.domain,
        let points = try cutPoints(of: leaf, minimum, maximum, under: overrides)
      else { return unknown }
      return try combine(leaf, points.map(Value.decimal), under: overrides)
    }
    guard let leaf = leaves.elements.first, let values = leaf.candidates else { return unknown }
    return try combine(leaf, values, under: overrides)
  }

  /// Tries each value of a leaf and puts the outcomes together.
  private mutating func combine(
    _ leaf: Unknown, _ values: [Value], under overrides: [String: Value]
  ) throws(EvaluationError) -> Resolution {
    var results: [Resolution] = []
    for value in values {
      var assumed = overrides
      assumed[leaf.path] = value
      results.append(try resolve(under: assumed))
    }
    guard let first = results.first else {
      return Resolution(settled: Settled(outcome: .unknown), needs: [leaf])
    }
    let outcomes = Set(results.map(\.settled.outcome))
    if outcomes == [.unknown] || (outcomes.contains(.unknown) && leaf.isSoft) {
      var result = Resolution(settled: Settled(outcome: .unknown))
      for each in results {
        for need in each.needs where !result.needs.contains(need) { result.needs.append(need) }
      }
      return result
    }
    if outcomes.count == 1 {
      var result = first
      result.isWithinRange = results.contains { $0.isWithinRange }
      return result
    }
    if outcomes.isSubset(of: [.pass, .notApplicable, .exempt]) {
      return Resolution(settled: outcomes.contains(.pass) ? .pass : .notApplicable)
    }
    if leaf.isSoft {
      let clause = results.first { $0.settled.outcome == .review }?.settled.clause
      return Resolution(
        settled: Settled(outcome: .review, clause: clause), isWithinRange: true)
    }
    var result = Resolution(settled: Settled(outcome: .unknown), needs: [leaf])
    for each in results {
      for need in each.needs where !result.needs.contains(need) { result.needs.append(need) }
    }
    return result
  }

  // MARK: Cut-points

  /// Values of a missing number that stand for all: its bounds, the crossings of the comparisons it takes part in, and one
  /// value between each two. Nil where they cannot be told.
  private mutating func cutPoints(
    of leaf: Unknown, _ minimum: Exact?, _ maximum: Exact?, under overrides: [String: Value]
  ) throws(EvaluationError) -> [Exact]? {
    do {
      var samples = CutSamples()
      var points = try CutSamples.start(minimum, maximum)
      for _ in 0..<4 {
        for point in points where !samples.has(point) {
          attempts += 1
          guard attempts < Self.attemptLimit else { return nil }
          var assumed = overrides
          assumed[leaf.path] = .decimal(point)
          context.overrides = assumed
          context.comparisons = []
          defer { context.comparisons = nil }
          if case .unsettled(let others) = try attempt(),
            others.elements.contains(where: { !$0.isSoft && $0.candidates == nil })
          {
            return nil
          }
          samples.add(context.comparisons ?? [], at: point)
        }
        guard let next = try samples.points(minimum, maximum) else { return nil }
        if next.allSatisfy(samples.has) { return next }
        points = next
      }
      return nil
    } catch let error as EvaluationError {
      throw error
    } catch {
      return nil
    }
  }
}

extension Unknown {
  var isSoft: Bool { path.hasPrefix(Resolver.softPrefix) }

  /// Every value that it could have, where they can be counted.
  fileprivate var candidates: [Value]? {
    switch domain {
    case .bool: return [.bool(false), .bool(true)]
    case .oneOf(let words): return words.map(Value.string)
    case .integers(let low, let high):
      guard low <= high, high - low <= Resolver.enumerationLimit else { return nil }
      return (low...high).map { .decimal(Exact($0)) }
    case .number(let low?, let high?) where isSoft: return [.decimal(low), .decimal(high)]
    case .number, .opaque: return nil
    }
  }
}

/// The differences of compared numbers at several values of a missing one.
private struct CutSamples {
  private struct Site: Hashable {
    let program: String
    let node: Int
    /// The same comparison is made more than once where a list is walked.
    let occurrence: Int
  }

  private var sampled: [Exact] = []
  private var differences: [Site: [(point: Exact, difference: Exact)]] = [:]

  func has(_ point: Exact) -> Bool { sampled.contains(point) }

  mutating func add(_ comparisons: [Comparison], at point: Exact) {
    sampled.append(point)
    var seen: [Site: Int] = [:]
    for comparison in comparisons {
      let key = Site(program: comparison.program, node: comparison.node, occurrence: 0)
      let occurrence = seen[key, default: 0]
      seen[key] = occurrence + 1
      guard let difference = try? comparison.left.subtracting(comparison.right) else { continue }
      let site = Site(program: comparison.program, node: comparison.node, occurrence: occurrence)
      differences[site, default: []].append((point, difference))
    }
  }

  /// Three values to begin with, inside the bounds.
  static func start(_ minimum: Exact?, _ maximum: Exact?) throws(ExactError) -> [Exact] {
    let low = minimum ?? Exact(-1_000)
    var high = try low.adding(Exact(1_000))
    if let maximum { high = maximum }
    let span = try high.subtracting(low)
    return [low, try low.adding(try span.divided(by: Exact(3))), high]
  }

  /// The bounds, all crossings and a value between each two; nil where a difference is not linear.
  func points(_ minimum: Exact?, _ maximum: Exact?) throws(ExactError) -> [Exact]? {
    var cuts: Set<Exact> = []
    for (_, values) in differences {
      let distinct = values.sorted { $0.point < $1.point }
      guard distinct.count >= 2, let first = distinct.first, let last = distinct.last else {
        // Seen once: more samples near it will tell.
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
      if minimum.map({ crossing >= $0 }) ?? true, maximum.map({ crossing <= $0 }) ?? true {
        cuts.insert(crossing)
      }
    }
    var sorted = cuts.sorted()
    let lowest = sorted.first ?? minimum ?? Exact(0)
    let highest = sorted.last ?? maximum ?? lowest
    var low = try lowest.subtracting(Exact(1))
    if let minimum { low = minimum }
    var high = try highest.adding(Exact(1))
    if let maximum { high = maximum }
    if sorted.first != low { sorted.insert(low, at: 0) }
    if sorted.last != high { sorted.append(high) }
    var result: [Exact] = []
    for (index, point) in sorted.enumerated() {
      if index > 0 {
        result.append(
          try sorted[index - 1].adding(point).divided(by: Exact(2)))
      }
      result.append(point)
    }
    return result
  }
}
