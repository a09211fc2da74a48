package import Expression

/// A demand on one subject.
///
/// ### What it checks
/// A condition (`that`), or better a `measure` against `at_least`, `at_most`, `above`, `below` or `equals` (with `within`, a
/// tolerance that is still inside), so that a report can show what was measured against what.
///
/// ### Violates
/// An occupancy of 74.9 against `at_least: 75`.
///
/// ### Complies
/// An occupancy of 75 against `at_least: 75`.
package struct Require: Sendable {
  package enum Test: Sendable {
    case condition(Program)
    case measure(Program, Relation, limit: Program, within: Program?, unit: String)
  }

  package enum Relation: String, Sendable, CaseIterable {
    case atLeast = "at_least"
    case atMost = "at_most"
    case above
    case below
    case equals
  }

  package var test: Test
}

extension Require.Relation {
  /// The same of all numbers between bounds; nil where it holds for some.
  package func holds(
    _ measured: NumberBounds, _ limit: NumberBounds, within: NumberBounds
  ) -> Bool? {
    let lower = limit.subtracting(within)
    let upper = limit.adding(within)
    return switch self {
    case .atLeast: Expression.Relation.greaterOrEqual.holds(measured, lower)
    case .atMost: Expression.Relation.lessOrEqual.holds(measured, upper)
    case .above: Expression.Relation.greater.holds(measured, lower)
    case .below: Expression.Relation.less.holds(measured, upper)
    case .equals:
      equals(
        Expression.Relation.greaterOrEqual.holds(measured, lower),
        Expression.Relation.lessOrEqual.holds(measured, upper))
    }
  }

  private func equals(_ isNotBelow: Bool?, _ isNotAbove: Bool?) -> Bool? {
    if isNotBelow == false || isNotAbove == false { return false }
    return isNotBelow == true && isNotAbove == true ? true : nil
  }

  /// Compared exactly; `within` is how far off may still be.
  package func holds(_ measured: Exact, _ limit: Exact, within: Exact) throws(ExactError) -> Bool {
    switch self {
    case .atLeast: measured >= (try limit.subtracting(within))
    case .atMost: measured <= (try limit.adding(within))
    case .above: measured > (try limit.subtracting(within))
    case .below: measured < (try limit.adding(within))
    case .equals: try measured.subtracting(limit).magnitude() <= within
    }
  }
}
