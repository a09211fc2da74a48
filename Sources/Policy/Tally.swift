package import Diagnostics
package import Expression

/// A count over the registry in the scope of the subject: institutions, or their beds.
///
/// Terminated rows are not counted, suspended ones are. A row whose beds or condition are not known makes the tally unknown in
/// its scope; so does the want of a registry.
package struct Tally: Sendable {
  package var name: String
  package var sum: TallySum
  package var over: [TallyScope]
  /// On `neighbour`; it looks at nothing that differs from subject to subject.
  package var program: Program
  package var basis: Int
  package var range: ByteRange
}

/// What a tally adds up.
package enum TallySum: String, Sendable, CaseIterable {
  case places
  case beds
}

/// What a tally is counted over: by each of these apart.
package enum TallyScope: String, Sendable, CaseIterable {
  case city
  case district
  case street
}
