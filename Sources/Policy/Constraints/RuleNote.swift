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
  package var programs: [Program] { (applies.map { [$0] } ?? []) + require.programs }
}

extension Require {
  package var programs: [Program] {
    switch test {
    case .condition(let program): [program]
    case .measure(let measure, _, let limit, let within, _):
      [measure, limit] + (within.map { [$0] } ?? [])
    }
  }

  package var unit: String {
    if case .measure(_, _, _, _, let unit) = test { unit } else { "" }
  }
}
