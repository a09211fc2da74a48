package import Diagnostics
package import Expression

/// What a rule came to under given assumptions.
package enum Attempt {
  case settled(Settled)
  case unsettled(UnknownSet)
}

/// An outcome and the exemption or exception that made it so.
package struct Settled: Hashable {
  package var outcome: Outcome
  /// The index of an exemption (for `exempt`) or exception (for `review`).
  var clause: Int?

  package static let pass = Settled(outcome: .pass)
  package static let fail = Settled(outcome: .fail)
  package static let notApplicable = Settled(outcome: .notApplicable)
}

/// The outcome of a rule with all that is missing taken into account.
package struct Resolution {
  package var settled: Settled
  /// The leaves whose value would settle it, where the outcome is unknown.
  package var needs: [Unknown] = []
  /// True where the outcome is `review` because a range of counts crosses the limit.
  var isWithinRange = false
  /// True where something that is missing was tried in all its values.
  var restsOnTrials = false
  /// How the outcome came about: two values of a missing datum with the same course do not differ.
  var course: Course

  package init(_ settled: Settled) {
    self.settled = settled
    course = .settled(settled.outcome)
  }

  /// Open for want of `needs`.
  package init(open needs: [Unknown]) {
    settled = Settled(outcome: .unknown)
    self.needs = needs
    course = .open(needs.map(\.origin))
  }

  /// What each value of each missing datum leads to.
  package indirect enum Course: Hashable {
    case settled(Outcome)
    case open([Unknown.Origin])
    case trial(Unknown.Origin, [Branch])

    package struct Branch: Hashable {
      package var value: String
      var course: Course
    }
  }
}

/// Cut-point reasoning: where every value that a missing datum could have gives the same outcome, that outcome stands.
///
/// Truth values, closed sets of words and counts are tried one by one. For a missing number the comparisons that it takes part
/// in are traced; where both sides are linear in it, the outcome can change at their crossings alone, so one value on each side
/// of every crossing and each crossing itself decide. Before any value is tried, the bounds of missing numbers are carried through
/// the arithmetic, which settles much that is not linear, or that several missing numbers have a part in. What neither settles stays
/// unknown, which is always right though not always the most that could be said.
package struct Resolver {
  /// How many times a rule is tried for one subject.
  static let attemptLimit = 2_000
  /// How often crossings are looked for again, each found one being a place to look from.
  static let roundLimit = 6
  /// The count range that is tried one by one.
  static let enumerationLimit = 12

  /// How deep missing data are followed into what they open, where only their names are asked for.
  static let surveyDepth = 3

  package let context: EvaluationContext
  private let attempt: () throws(EvaluationError) -> Attempt
  /// Everything missing that the rule looks at in any of its parts, under whatever is assumed; an attempt ends with the first part
  /// that is open.
  private let survey: (() throws(EvaluationError) -> UnknownSet?)?
  private var attempts = 0

  package init(
    _ context: EvaluationContext,
    survey: (() throws(EvaluationError) -> UnknownSet?)? = nil,
    attempt: @escaping () throws(EvaluationError) -> Attempt
  ) {
    self.context = context
    self.survey = survey
    self.attempt = attempt
  }

  package mutating func resolve() throws(EvaluationError) -> Resolution {
    switch try attempt() {
    case .settled(let settled): return Resolution(settled)
    case .unsettled(let leaves): return try resolve(leaves)
    }
  }

  /// The same after a first attempt that came out unsettled.
  package mutating func resolve(_ leaves: UnknownSet) throws(EvaluationError) -> Resolution {
    let outer = context.overrides
    defer { context.overrides = outer }
    var resolution = try resolve(leaves, under: outer)
    resolution.restsOnTrials = true
    return resolution
  }

  private mutating func resolve(
    _ leaf: Unknown, as value: Value, under overrides: Assumptions
  ) throws(EvaluationError) -> Resolution {
    var assumed = overrides
    assumed[leaf.origin] = value
    attempts += 1
    context.overrides = assumed
    do {
      switch try attempt() {
      case .settled(let settled): return Resolution(settled)
      case .unsettled(let leaves): return try resolve(leaves, under: assumed)
      }
    } catch {
      if leaf.isSoft { throw error }
      // A value that nothing can be computed with (a divisor of zero) decides nothing; the true one may be another.
      return Resolution(open: [leaf])
    }
  }

  private mutating func resolve(
    _ leaves: UnknownSet, under overrides: Assumptions
  ) throws(EvaluationError) -> Resolution {
    let hard = leaves.elements.filter { !$0.isSoft }
    // Without missing data the open counts alone are left, and a person decides where they cannot all be tried.
    var open = Resolution(open: hard)
    if hard.isEmpty {
      open = Resolution(Settled(outcome: .review))
      open.isWithinRange = true
    }
    if leaves.elements.contains(where: \.isNumber),
      let settled = try settledByBounds(under: overrides)
    {
      return settled
    }
    // What is missing and cannot be tried is named together with whatever stands behind it.
    func named(_ open: Resolution) throws(EvaluationError) -> Resolution {
      if hard.isEmpty { return open }
      var all = open.needs
      try look(for: &all, under: overrides, depth: 0)
      return Resolution(open: all)
    }
    guard attempts < Self.attemptLimit else { return open }
    // What has been assumed already and is still open will not be settled by assuming it again.
    let fresh = leaves.elements.filter { overrides[$0.origin] == nil }
    // So many values that they could not all be tried: trying some of them would tell nothing.
    var combinations = 1
    for leaf in fresh where !leaf.isSoft {
      combinations *= leaf.candidates?.count ?? 1
      if combinations > Self.attemptLimit { return try named(open) }
    }
    let leaf =
      fresh.first { !$0.isSoft && $0.candidates != nil } ?? fresh.first { !$0.isSoft }
      ?? (hard.isEmpty ? fresh.first : nil)
    guard let leaf else { return try named(open) }
    if let values = leaf.candidates { return try combine(leaf, values, under: overrides) }
    if fresh.count(where: { !$0.isSoft }) <= 1, fresh.count == 1 || !leaf.isSoft,
      let apart = try tryEnds(of: leaf, under: overrides)
    {
      return apart
    }
    guard let points = cutPoints(of: leaf, under: overrides) else { return try named(open) }
    return try combine(leaf, points.map(leaf.domain.value(at:)), under: overrides)
  }

  /// What it comes to whatever the missing numbers are within their bounds; nil where that differs, or cannot be told.
  private mutating func settledByBounds(
    under overrides: Assumptions
  ) throws(EvaluationError) -> Resolution? {
    attempts += 1
    context.overrides = overrides
    context.decidesByBounds = true
    defer { context.decidesByBounds = false }
    // What cannot be computed with some of the numbers decides nothing.
    guard case .settled(let settled)? = try? attempt() else { return nil }
    return Resolution(settled)
  }

  /// Adds what is missing in any part of the rule, and what each missing datum opens: where a number decides which other is looked
  /// at, both are named.
  ///
  /// - Returns: false where nothing can be computed with what is assumed (a divisor of zero).
  @discardableResult
  private mutating func look(
    for all: inout [Unknown], under overrides: Assumptions, depth: Int
  ) throws(EvaluationError) -> Bool {
    guard let survey, attempts < Self.attemptLimit else { return true }
    attempts += 1
    context.overrides = overrides
    defer { context.overrides = overrides }
    let found: UnknownSet?
    do { found = try survey() } catch { return false }
    let fresh = (found?.elements ?? []).filter { !$0.isSoft && overrides[$0.origin] == nil }
    for leaf in fresh where !all.contains(leaf) { all.append(leaf) }
    guard depth < Self.surveyDepth else { return true }
    for leaf in fresh {
      for value in leaf.candidates ?? leaf.domain.ends?.map(Value.decimal) ?? [] {
        var assumed = overrides
        assumed[leaf.origin] = value
        if try look(for: &all, under: assumed, depth: depth + 1) { continue }
        // Beside such an end there are values with which something can.
        guard let next = try? value.exact?.adding(Exact(1)) else { continue }
        assumed[leaf.origin] = .decimal(next)
        try look(for: &all, under: assumed, depth: depth + 1)
      }
    }
    return true
  }

  /// Where the smallest and a large value of the one missing number settle a rule apart, whatever the open counts beside it, it is open,
  /// and no crossing has to be looked for; nil where they do not, and where something else was assumed, whose weight the crossings show.
  private mutating func tryEnds(
    of leaf: Unknown, under overrides: Assumptions
  ) throws(EvaluationError) -> Resolution? {
    // Between the ends of a datum others may be looked at, which are named as well; nothing else hangs on a count.
    guard overrides.isEmpty, leaf.isCount || survey == nil,
      let ends = leaf.domain.ends?.map(Value.decimal)
    else { return nil }
    let results = try ends.map { end throws(EvaluationError) in
      try resolve(leaf, as: end, under: overrides)
    }
    let outcomes = Set(results.map(\.settled.outcome))
    guard outcomes.count > 1, !outcomes.contains(.unknown),
      !outcomes.isSubset(of: [.pass, .notApplicable, .exempt])
    else { return nil }
    return combine(leaf, ends, results)
  }

  /// Tries each value of a leaf and puts the outcomes together.
  private mutating func combine(
    _ leaf: Unknown, _ values: [Value], under overrides: Assumptions
  ) throws(EvaluationError) -> Resolution {
    let results = try values.map { value throws(EvaluationError) in
      try resolve(leaf, as: value, under: overrides)
    }
    return combine(leaf, values, results)
  }

  /// Puts together what the values of a leaf came to.
  private func combine(_ leaf: Unknown, _ values: [Value], _ results: [Resolution]) -> Resolution {
    guard let first = results.first else { return Resolution(open: [leaf]) }
    let isIdle = results.allSatisfy { $0.course == first.course }
    let course: Resolution.Course =
      isIdle
      ? first.course
      : .trial(
        leaf.origin,
        zip(values, results).map { .init(value: $0.exact?.description ?? "", course: $1.course) })
    var result: Resolution
    let outcomes = Set(results.map(\.settled.outcome))
    if outcomes.count == 1, outcomes != [.unknown] {
      result = first
      result.isWithinRange = results.contains { $0.isWithinRange }
    } else if outcomes.isSubset(of: [.pass, .notApplicable, .exempt]) {
      result = Resolution(outcomes.contains(.pass) ? .pass : .notApplicable)
    } else if leaf.isSoft, !outcomes.contains(.unknown) {
      let clause = results.first { $0.settled.outcome == .review }?.settled.clause
      result = Resolution(Settled(outcome: .review, clause: clause))
      result.isWithinRange = true
    } else {
      result = Resolution(Settled(outcome: .unknown))
      if !leaf.isSoft, !isIdle { result.needs = [leaf] }
      for each in results {
        for need in each.needs where !result.needs.contains(need) { result.needs.append(need) }
      }
    }
    result.course = course
    return result
  }

  // MARK: Cut-points

  /// Values of a missing datum that stand for all, a number's in the order of size with one between each two crossings; nil where
  /// they cannot be told.
  mutating func samples(of leaf: Unknown) -> [Value]? {
    let outer = context.overrides
    defer { context.overrides = outer }
    return leaf.candidates ?? cutPoints(of: leaf, under: outer)?.map(leaf.domain.value(at:))
  }

  /// Values of a missing number that stand for all: its bounds, the crossings of the comparisons it takes part in, and one
  /// value between each two. Nil where they cannot be told.
  private mutating func cutPoints(of leaf: Unknown, under overrides: Assumptions) -> [Exact]? {
    let range: CutSamples.Range
    switch leaf.domain {
    case .number(let minimum, let maximum):
      range = CutSamples.Range(minimum: minimum, maximum: maximum, isWhole: false)
    case .integers(let low, let high):
      range = CutSamples.Range(minimum: Exact(low), maximum: Exact(high), isWhole: true)
    case .days(let days):
      range = CutSamples.Range(
        minimum: Exact(days.lowerBound), maximum: Exact(days.upperBound), isWhole: true)
    case .bool, .oneOf, .opaque: return nil
    }
    do {
      var samples = CutSamples(range)
      var points = try samples.start()
      if case .days = leaf.domain { points = points.map(\.floor) }
      for _ in 0..<Self.roundLimit {
        for point in points where !samples.has(point) {
          var assumed = overrides
          assumed[leaf.origin] = leaf.domain.value(at: point)
          guard try sample(&samples, at: point, 0, under: assumed) else { return nil }
        }
        guard let next = try samples.points() else { return nil }
        if next.allSatisfy(samples.has) { return try samples.chosen(next) }
        points = next
      }
      return nil
    } catch {
      return nil
    }
  }

  /// Records the comparisons that are made with a number assumed. What else is open is tried in all its values, so that no
  /// comparison behind it is missed; false where that cannot be.
  private mutating func sample(
    _ samples: inout CutSamples, at point: Exact, _ course: CutSamples.Course,
    under overrides: Assumptions
  ) throws -> Bool {
    attempts += 1
    guard attempts < Self.attemptLimit else { return false }
    context.overrides = overrides
    context.comparisons = []
    defer { context.comparisons = nil }
    let attempt = try attempt()
    samples.add(context.comparisons ?? [], at: point, course)
    guard case .unsettled(let leaves) = attempt else { return true }
    guard
      let leaf = leaves.elements.first(where: { !$0.isSoft && $0.candidates != nil })
        ?? leaves.elements.first(where: { $0.isSoft && $0.candidates != nil })
    else { return false }
    for (index, value) in (leaf.candidates ?? []).enumerated() {
      var assumed = overrides
      assumed[leaf.origin] = value
      let next = samples.course(after: course, leaf.origin, as: index)
      guard try sample(&samples, at: point, next, under: assumed) else { return false }
    }
    return true
  }
}

extension Unknown.Domain {
  /// The least and the greatest number that it can be, or one that is as small or as large as any will be; nil where it is none.
  fileprivate var ends: [Exact]? {
    switch self {
    case .integers(let low, let high): return [Exact(low), Exact(high)]
    case .number(let minimum, let maximum):
      guard let high = maximum ?? (try? (minimum ?? .zero).adding(Exact(1_000_000_000))) else {
        return nil
      }
      return [minimum ?? Exact(-1_000_000_000), high]
    case .bool, .oneOf, .days, .opaque: return nil
    }
  }

  /// The value that a number stands for: itself, or the day or part of a day that it counts.
  func value(at number: Exact) -> Value {
    guard case .days = self, let day = number.floor.asInt,
      let rest = try? number.subtracting(number.floor).multiplied(by: Exact(86_400_000_000_000)),
      let time = Timestamp(
        seconds: Int64(day) * 86_400, nanoseconds: rest.floor.asInt.map { Int64($0) } ?? 0)
    else { return .decimal(number) }
    return .timestamp(time)
  }
}

extension Unknown {
  /// Whether it is a number, or so many of something.
  fileprivate var isNumber: Bool {
    switch domain {
    case .integers, .number: true
    case .bool, .oneOf, .days, .opaque: false
    }
  }

  /// Whether every value that it could have can be tried.
  var isTriable: Bool { candidates != nil }

  /// Every value that it could have, where they can be counted.
  fileprivate var candidates: [Value]? {
    switch domain {
    case .bool: return [.bool(false), .bool(true)]
    case .oneOf(let words): return words.map(Value.string)
    case .integers(let low, let high):
      guard low <= high, high - low <= Resolver.enumerationLimit else { return nil }
      return (low...high).map { .decimal(Exact($0)) }
    case .number(let low?, let high?) where isSoft: return [.decimal(low), .decimal(high)]
    case .number, .days, .opaque: return nil
    }
  }
}
