package import Diagnostics

/// Something that has a name in the files of a tenant.
package struct Symbol: Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// A provision, and the rule of its id: documents number both alike.
    case law
    /// What expressions call by its name alone: parameters, figures, conditions, circles, tallies, allocations.
    case name
    case reading
    case exemption
    case exception
    case priority
    /// A field of a record that the tenant's catalogue has.
    case field
    /// A word of a vocabulary.
    case word
  }

  package var kind: Kind
  package var name: String
  /// The record of a field (`application`), or the vocabulary of a word; else empty.
  package var owner: String

  package init(_ kind: Kind, _ name: String, owner: String = "") {
    self.kind = kind
    self.name = name
    self.owner = owner
  }

  /// Whether all profiles of a tenant share it.
  package var isOfTenant: Bool { kind == .field || kind == .word }
}

/// A place where a name stands.
package struct Occurrence: Sendable, Hashable {
  package enum Role: Sendable, Hashable {
    case use
    case definition
    /// The id of a rule, which is a use of its provision too.
    case rule
  }

  package var symbol: Symbol
  /// Of the name alone, without quotes.
  package var range: ByteRange
  package var role: Role
  /// Of all that is said of it, where it is defined.
  package var whole: ByteRange
  /// The section or field that it stands in.
  package var section: String
}
