/// What an idempotency key is of: the same key of another account or act is another.
package struct AnswerKey: Sendable, Hashable {
  package var account: String
  /// Method and path.
  package var act: String
  package var key: String

  package init(account: String, act: String, key: String) {
    self.account = account
    self.act = act
    self.key = key
  }
}

/// The first answer to a request with an idempotency key, which a repeat of it gets again.
package struct KeptAnswer: Sendable, Hashable {
  /// The digest of what was asked; the same key with anything else is a mistake.
  package var request: String
  /// How the answer is told.
  package var outcome: String
  package var body: String
  /// Kept as long as this round; nil: for a day.
  package var round: String?
  package var at: String

  package init(request: String, outcome: String, body: String, round: String?, at: String) {
    self.request = request
    self.outcome = outcome
    self.body = body
    self.round = round
    self.at = at
  }
}

/// What a store cannot do.
package enum StoreError: Error, Equatable, Sendable {
  /// The id is there already, or the name in its parent.
  case taken(String)
  /// Somebody changed it since it was read, or it is gone.
  case moved(String)
  /// A constraint of the database forbids it.
  case refused(String)
  /// Another process serves from the folder.
  case served(String)
  /// The schema is that of a later version.
  case newer(found: Int, known: Int)
  /// The schema is not there or of an earlier version, and nobody may make it here.
  case older(found: Int, known: Int)
  /// Anything else that the database or the disk says.
  case failed(String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .taken(let what): "there is already a \(what)"
    case .moved(let what): "\(what) was changed meanwhile"
    case .refused(let why): "the database refuses it: \(why)"
    case .served(let why): why
    case .newer(let found, let known):
      "the store is of version \(found), later than this program's \(known); use the later program"
    case .older(let found, let known):
      "the store is of version \(found), expected \(known); run `planlintd migrate`"
    case .failed(let why): why
    }
  }
}
