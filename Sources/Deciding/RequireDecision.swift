package import Expression
package import Policy

/// How a demand on one subject is decided, and what it was decided by.
extension Require {
  /// Whether it holds, or what that hangs on.
  package func holds(_ context: EvaluationContext) throws(EvaluationError) -> Ternary {
    switch test {
    case .condition(let program): return try context.decide(program)
    case .measure(let measure, let relation, let limit, let within, _):
      return try relation.decide(
        try context.measure(measure), try context.measure(limit),
        within: try within.map { program throws(EvaluationError) in try context.measure(program) },
        context)
    }
  }

  /// What is measured and against what, where both are numbers that are known.
  package func figures(
    _ context: EvaluationContext
  ) throws(EvaluationError) -> (measured: Exact?, limit: Exact?) {
    guard case .measure(let measure, _, let limit, _, _) = test else { return (nil, nil) }
    return (try context.measure(measure).exact, try context.measure(limit).exact)
  }

  /// The same as messages name them: `measured` and `limit`, or what these hang on.
  package func named(_ context: EvaluationContext) throws(EvaluationError) -> [Value] {
    guard case .measure(let measure, _, let limit, _, _) = test else { return [] }
    return [try context.measure(measure).value, try context.measure(limit).value]
  }
}

extension Require.Relation {
  /// The same of numbers that may not be known.
  package func decide(
    _ measured: Measured, _ limit: Measured, within: Measured?, _ context: EvaluationContext
  ) throws(EvaluationError) -> Ternary {
    let within = within ?? .known(Exact.zero)
    if case .known(let measured) = measured, case .known(let limit) = limit,
      case .known(let within) = within
    {
      context.note(measured, limit, as: "measure")
      do {
        return try holds(measured, limit, within: within) ? .yes : .no
      } catch {
        throw .overflow
      }
    }
    if context.decidesByBounds, let measured = measured.bounds, let limit = limit.bounds,
      let within = within.bounds, let holds = holds(measured, limit, within: within)
    {
      return holds ? .yes : .no
    }
    var unknowns: UnknownSet?
    for side in [measured, limit, within] {
      if case .unknown(let set) = side { unknowns = unknowns?.union(set) ?? set }
    }
    return unknowns.map(Ternary.unknown) ?? .no
  }
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
}
