/// Something that is kept under an id and replaced as a whole: a round, a case, an account.
package struct Record: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case round
    /// One application in a round (申请件).
    case filed = "case"
    case ruling
    case decision
    /// A version of the year's figures.
    case facts
    /// A version of the registry.
    case registry
    /// An institution that a confirmed round admitted, or what it changed of one.
    case newcomer
    case account
    case token
    /// Somebody who is signed in.
    case session
    /// That somebody gave one, and when; kept for a minute.
    case wrongPassword = "wrong-password"
  }

  package var kind: Kind
  /// Unique among those of its kind in a city.
  package var id: String
  /// What it belongs to (a case to its round); empty where it belongs to nothing.
  package var parent: String
  /// Unique in its parent, where it is not nil.
  package var name: String?
  /// Its place in the order in which those of its kind came.
  package var number: Int
  /// Goes up by one with each change, from 1.
  package var version: Int
  /// JSON.
  package var body: String

  package init(
    _ kind: Kind, id: String, parent: String = "", name: String? = nil, number: Int,
    version: Int = 1, body: String
  ) {
    self.kind = kind
    self.id = id
    self.parent = parent
    self.name = name
    self.number = number
    self.version = version
    self.body = body
  }
}
