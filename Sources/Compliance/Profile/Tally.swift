package import Diagnostics
package import Expression

/// A count over the registry in the scope of the subject: institutions, or their beds.
///
/// Terminated rows are not counted, suspended ones are. A row whose beds or condition are not known makes the tally unknown in
/// its scope; so does the want of a registry.
package struct Tally: Sendable {
  package enum Sum: String, Sendable, CaseIterable {
    case places
    case beds
  }

  package enum Scope: String, Sendable, CaseIterable {
    case city
    case district
    case street
  }

  package var name: String
  package var sum: Sum
  package var over: [Scope]
  /// On `neighbour`; it looks at nothing that differs from subject to subject.
  package var program: Program
  package var basis: Int
  package var range: ByteRange
}
