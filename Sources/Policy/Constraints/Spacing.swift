package import Expression

/// Places in a circle around the applicant.
///
/// ### What it checks
/// A named circle counts the institutions of the registry and the applications admitted so far that lie within its radius
/// (exactly at the radius is inside) and meet its condition; with `counts_applicant` the applicant is one more. The count is
/// at most `at_most`.
///
/// ### Violates
/// A fourth pharmacy where three already stand within 800 m and three are allowed.
///
/// ### Complies
/// A third, or a fourth at 800.1 m.
package struct Spacing: Sendable {
  package var circle: Int
  package var countsApplicant: Bool
  package var atMost: Program
}
