import FoundationEssentials
import Store

/// Applications that compete together (批次): one city, one year, one run of the checker.
package struct Round: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    /// Cases come in, are corrected and withdrawn.
    case open
    /// Everything is frozen and decided.
    case closed
    /// The list for publication stands.
    case published
    /// Every admitted case has its places.
    case confirmed
    case cancelled
  }

  package var id: String
  package var year: Int
  package var title: String
  package var state: State
  package var openedBy: String
  package var openedAt: String
  /// Everybody who closed it at any time, none of whom may publish or confirm it.
  package var closers: [String] = []
  /// The day of decision, once it was closed.
  package var asOf: String?
  /// The number of the last decision; nil while it is open.
  package var decision: Int?
  /// Why it was last reopened or cancelled.
  package var reason: String?
}

/// One application in a round (申请件), with everything that was done with it.
package struct Case: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case received
    /// The applicant was asked to correct something.
    case correction
    case withdrawn
    case admitted
    case refused
    /// It was admitted, and its places were taken back.
    case voided
  }

  /// What an applicant was asked to correct.
  package struct Asked: Codable, Sendable, Hashable {
    package var fields: [String]
    package var reason: String
    package var by: String
    package var at: String
  }

  /// Something that was done with it.
  package struct Event: Codable, Sendable, Hashable {
    package var at: String
    package var by: String
    package var act: String
    package var fields: [String]?
    package var reason: String?
    /// The application as it was from then on, as JSON, where that changed.
    package var application: String?
    package var verdict: String?
  }

  package var id: String
  package var round: String
  package var state: State
  /// The applicant's own id, unique in the round.
  package var applicant: String
  /// As JSON, by the fields of contract.md.
  package var application: String
  package var asked: Asked?
  /// The fields asked for that are not changed yet.
  package var open: [String] = []
  /// What the last decision came to; nil while the round is open.
  package var verdict: String?
  package var history: [Event] = []

  /// Whether it takes part in a decision.
  package var isLive: Bool { state != .withdrawn }
}

/// What a person decided where the text leaves it to a person, or an exception that an authority approved.
package struct FiledRuling: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable {
    case ruling
    case waiver
  }

  package var id: String
  package var kind: Kind
  package var round: String
  /// As contract.md has it, as JSON.
  package var body: String
  package var by: String
  package var at: String
  /// Why it no longer counts; nil while it does.
  package var dropped: String?
}

/// One run of the checker on a round's frozen inputs, with its report.
package struct Decision: Codable, Sendable, Hashable {
  package enum Cause: String, Codable, Sendable {
    case close
    case ruling
    case waiver
    case confirm
  }

  package var number: Int
  package var round: String
  package var cause: Cause
  package var at: String
  package var by: String
  package var asOf: String
  /// The last entry of the ledger that it knew of.
  package var ledger: Int
  /// The digests of the frozen inputs by the names of their files.
  package var inputs: [String: String]
  /// The digest of the report as JSON.
  package var report: String
  package var profile: String
  package var profileDigest: String
  /// Verdicts by case.
  package var verdicts: [String: String]
}

/// A version of the year's figures or of the registry, as it was uploaded.
package struct Version: Codable, Sendable, Hashable {
  /// From 1, by the city.
  package var number: Int
  /// Of the bytes as they were uploaded.
  package var digest: String
  package var format: String
  package var bytes: Int
  /// The digest of what they say, as JSON.
  package var content: String
  package var by: String
  package var at: String
  /// Of facts: their year, and the last entry of the ledger that they count.
  package var year: Int?
  package var countedTo: Int?
}

/// What a confirmed round changed of the registry, until an uploaded one has it.
package struct Newcomer: Codable, Sendable, Hashable {
  /// The case, whose id the institution has in the registry.
  package var filed: String
  /// The row as JSON; where the institution stands there already, what it holds from now on.
  package var row: String
  /// The institution that it names as itself.
  package var institution: String?
  /// The leaving institution whose place it takes.
  package var replaces: String?
}

/// A person or a program that may act at the desk of one city.
package struct Account: Codable, Sendable, Hashable {
  package var name: String
  package var city: String
  package var roles: [Role]
  package var district: String?
  /// The salt and what scrypt makes of it and the password, in hexadecimal; nil: no password lets in.
  package var salt: String?
  package var password: String?
  package var createdAt: String
  package var isClosed = false
}

/// A token of an account's, of which the desk knows the digest alone; or somebody who is signed in.
package struct Credential: Codable, Sendable, Hashable {
  package var account: String
  package var createdAt: String
  package var expiresAt: String?
  /// What forms carry, where it is of a session.
  package var form: String?
}

/// A value that is kept as a record's body.
protocol Kept: Codable, SendableMetatype {
  static var kind: Record.Kind { get }
}

extension Round: Kept { static var kind: Record.Kind { .round } }
extension Case: Kept { static var kind: Record.Kind { .filed } }
extension FiledRuling: Kept { static var kind: Record.Kind { .ruling } }
extension Decision: Kept { static var kind: Record.Kind { .decision } }
extension Newcomer: Kept { static var kind: Record.Kind { .newcomer } }
extension Account: Kept { static var kind: Record.Kind { .account } }

/// A value with the record that it was read from.
struct Stored<Value: Kept> {
  var value: Value
  var record: Record

  init(_ record: Record) throws {
    self.record = record
    value = try Value.decoded(record.body)
  }
}

extension Encodable {
  func encodedText() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension Decodable {
  static func decoded(_ text: String) throws -> Self {
    try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }
}

extension StoreSession {
  func find<Value: Kept>(_ type: Value.Type, _ id: String) throws -> Stored<Value>? {
    try record(Value.kind, id).map(Stored.init)
  }

  func all<Value: Kept>(_ type: Value.Type, in parent: String?) throws -> [Stored<Value>] {
    try records(Value.kind, in: parent, after: 0, limit: Int.max).map(Stored.init)
  }

  /// Keeps a changed value, which has to be the one that was read.
  @discardableResult
  func save<Value: Kept>(_ stored: Stored<Value>) throws -> Stored<Value> {
    var record = stored.record
    record.body = try stored.value.encodedText()
    return try Stored(update(record))
  }

  /// Keeps bytes under their digest.
  func keep(_ bytes: [UInt8]) throws -> String {
    let digest = Digest.sha256(bytes)
    try keep(bytes, digest: digest)
    return digest
  }
}
