/// One entry of a city's ledger of places, as far as a store looks into it.
///
/// Whatever the program does, a store holds these to be so: entries follow each other without a gap, each names the hash of the one
/// before; none is ever changed or taken away; a grant that is held to its limit stays within it; a case is granted each place once;
/// an entry is voided once.
package struct LedgerRow: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case opening
    case grant
    case void
  }

  /// From 1.
  package var seq: Int
  package var kind: Kind
  package var rule: String?
  package var part: String?
  package var scope: String?
  package var take: Int
  /// What had been taken before it, rounded up; nil where nobody knows.
  package var used: Int?
  /// How many there may be, rounded down; nil where there is no number.
  package var most: Int?
  /// Whether it binds: an advisory limit does not, nor one that a person has waived.
  package var binds: Bool
  package var round: String?
  package var filed: String?
  /// Of a void: the entry that it takes back.
  package var of: Int?
  package var prev: String
  package var hash: String
  /// All of it, as JSON.
  package var body: String

  package init(
    seq: Int, kind: Kind, rule: String?, part: String?, scope: String?, take: Int, used: Int?,
    most: Int?, binds: Bool, round: String?, filed: String?, of: Int?, prev: String, hash: String,
    body: String
  ) {
    self.seq = seq
    self.kind = kind
    self.rule = rule
    self.part = part
    self.scope = scope
    self.take = take
    self.used = used
    self.most = most
    self.binds = binds
    self.round = round
    self.filed = filed
    self.of = of
    self.prev = prev
    self.hash = hash
    self.body = body
  }

  /// What the first entry has for the hash of the one before.
  package static let noHash = String(repeating: "0", count: 64)
}

/// One entry of a city's audit trail: who did or tried what, when and from where.
package struct AuditRow: Sendable, Hashable {
  /// From 1.
  package var seq: Int
  package var prev: String
  package var hash: String
  /// All of it, as JSON.
  package var body: String

  package init(seq: Int, prev: String, hash: String, body: String) {
    self.seq = seq
    self.prev = prev
    self.hash = hash
    self.body = body
  }
}
