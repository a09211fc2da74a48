package import Expression

/// Something worth knowing beside what a rule demands: a sub-figure passed, a figure that differs from another.
///
/// ### What it checks
/// The same as a ``Require``, wherever its rule applies and nothing exempts from it. What hangs on who else in the batch has a place
/// is an advisory part of a ``Limit`` instead.
///
/// ### Violates
/// One chronic pharmacy in a district for which the text wants `1-2`: a note, since one is enough.
///
/// ### Complies
/// Two. Where data is missing nothing is said: a note never changes a verdict.
package struct RuleNote: Sendable {
  package var name: String
  package var applies: Program?
  package var require: Require
  package var message: Template
}

extension RuleNote {
  /// Whether there is something to be said.
  func isDue(_ context: EvaluationContext) throws(EvaluationError) -> Bool {
    if let applies {
      guard case .yes = try context.decide(applies) else { return false }
    }
    if case .no = try require.holds(context) { return true }
    return false
  }

  var programs: [Program] { (applies.map { [$0] } ?? []) + require.programs }
}

extension Require {
  var programs: [Program] {
    switch test {
    case .condition(let program): [program]
    case .measure(let measure, _, let limit, let within, _):
      [measure, limit] + (within.map { [$0] } ?? [])
    }
  }

  var unit: String {
    if case .measure(_, _, _, _, let unit) = test { unit } else { "" }
  }

  /// What is measured and against what, where both are numbers that are known.
  func figures(
    _ context: EvaluationContext
  ) throws(EvaluationError) -> (measured: Exact?, limit: Exact?) {
    guard case .measure(let measure, _, let limit, _, _) = test else { return (nil, nil) }
    return (try context.measure(measure).exact, try context.measure(limit).exact)
  }

  /// The same as messages name them: `measured` and `limit`, or what these hang on.
  func named(_ context: EvaluationContext) throws(EvaluationError) -> [Value] {
    guard case .measure(let measure, _, let limit, _, _) = test else { return [] }
    return [try context.measure(measure).value, try context.measure(limit).value]
  }
}
