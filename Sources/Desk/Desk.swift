package import Diagnostics
import PlanlintKit
package import Store

/// The desk of one or several cities: rounds, cases, rulings and the ledger of places. It knows no HTTP and no SQL, and decides nothing
/// itself: every verdict is the checker's.
package struct Desk: Sendable {
  package let store: any Store
  package let profiles: Profiles
  package let heads: Heads?
  /// The moment, `2026-04-01T08:00:00.000Z`; written down, never decided by.
  package let clock: @Sendable () -> String
  /// The verdicts of open rounds as things stand, by the digest of their inputs: pages ask again and again, and little changes.
  let previews = RecentValues<String, [String: String]>(most: 32)
  let effectiveFiles = RecentValues<EffectiveFiles.Source, EffectiveFiles>(most: 4)

  package init(
    store: any Store, profiles: Profiles, heads: Heads?, clock: @escaping @Sendable () -> String
  ) {
    self.store = store
    self.profiles = profiles
    self.heads = heads
    self.clock = clock
  }
}

/// What is asked of a desk that changes something.
package struct Asked: Sendable {
  package var caller: Caller
  package var city: String
  package var act: Act
  /// What an idempotency key is of, beside the account: method and path.
  package var path: String
  package var key: String?
  /// The digest of everything that was sent, held against that of a repeat.
  package var request: String
  /// The version of the round or case that the caller looked at.
  package var version: Int?
  /// The round that it is about, which answers are kept as long as.
  package var round: String?
  /// What it is about, for the audit trail.
  package var target: String

  /// Stands for whatever version there is.
  package static let anyVersion = -1

  package init(
    _ act: Act, by caller: Caller, city: String, path: String = "", key: String? = nil,
    request: String = "", version: Int? = nil, round: String? = nil, target: String = ""
  ) {
    self.caller = caller
    self.city = city
    self.act = act
    self.path = path
    self.key = key
    self.request = request
    self.version = version
    self.round = round
    self.target = target
  }
}

/// What the desk answers.
package struct Answer: Sendable {
  package enum Outcome: String, Sendable {
    case done
    case created
  }

  package var outcome: Outcome
  package var body: PlainValue
  /// The version of what the body tells of, for the next change.
  package var version: Int?
  /// What carries verdicts names the profile that decided and the position of the ledger.
  package var profile: String?
  package var ledger: Int?
  /// Digests of what it was and is, for the audit trail: of a decision its report's, else of the round or case as it is kept.
  package var before: String?
  package var after: String?
  /// The round that it is kept as long as, where that is not the one asked about.
  package var round: String?
  /// What is kept of the body for a repeat, where that is not all of it.
  package var kept: PlainValue?
  /// Why the head of the ledger could not be written, where it could not: what was done stands all the same, and the next head covers it.
  package var headFailure: String?
  /// Whether it is the answer to an earlier request with the same key.
  package var isRepeated = false

  package init(_ outcome: Outcome, _ body: PlainValue, version: Int? = nil) {
    self.outcome = outcome
    self.body = body
    self.version = version
  }
}

/// One act within its transaction.
struct Acting {
  let session: any StoreSession
  let asked: Asked
  let moment: String

  var caller: Caller { asked.caller }

  /// Holds the version that the caller looked at against the one that is there.
  func check(_ version: Int) throws {
    guard let looked = asked.version else {
      throw Refusal(
        .unversioned, zh: "须以 If-Match 写明所依据的版本", en: "expected If-Match with the version looked at"
      )
    }
    if looked != version, looked != Asked.anyVersion {
      throw Refusal(
        .moved, zh: "此后已有变动（版本 \(version)），请重新查看",
        en: "it has changed since (version \(version)); look again")
    }
  }
}

extension Desk {
  /// Does something in one transaction with its audit entry and, under a key, its answer; a repeat of the key gets the first answer.
  ///
  /// - Throws: ``Refusal``, which is in the audit trail by then; a ``StoreError`` where nothing could be kept.
  func perform(
    _ asked: Asked, _ body: (Acting) throws -> Answer
  ) throws -> Answer {
    let caller = asked.caller
    guard caller.city == asked.city, profiles.city(asked.city) != nil else {
      try refuse(asked, .notFound())
      throw Refusal.notFound()
    }
    let moment = clock()
    let result: Result<Answer, Refusal>
    var grown: LedgerRow?
    (result, grown) = try store.write(asked.city) { session in
      let before = try session.lastLedgerRow()
      let result = try perform(
        Acting(session: session, asked: asked, moment: moment), body)
      let last = try session.lastLedgerRow()
      return (result, last?.seq == before?.seq ? nil : last)
    }
    var answer = try result.get()
    if let grown {
      do {
        try heads?.append(grown, of: asked.city, at: moment)
      } catch {
        answer.headFailure = "\(error)"
      }
    }
    return answer
  }

  private func perform(
    _ acting: Acting, _ body: (Acting) throws -> Answer
  ) throws -> Result<Answer, Refusal> {
    let (session, asked) = (acting.session, acting.asked)
    // Before an answer is repeated: who has lost a role does not get what it once showed.
    if !Self.allows(asked.act, asked.caller) {
      let refusal = Refusal(.forbidden, zh: "所任角色不得为此", en: "the account's roles do not allow this")
      try session.audit(acting, refusal)
      return .failure(refusal)
    }
    if let key = asked.key {
      let name = AnswerKey(account: asked.caller.account, act: asked.path, key: key)
      // Those that belong to no round are kept for a day.
      try session.forgetAnswers(before: acting.moment.dayBefore)
      if let kept = try session.answer(name) {
        if kept.request == asked.request { return try kept.answer() }
        let refusal = Refusal.usedKey
        try session.audit(acting, refusal)
        return .failure(refusal)
      }
    }
    do {
      let before = try session.digest(ofRoundOrCase: asked.target)
      var answer = try session.attempt { try body(acting) }
      answer.before = answer.before ?? before
      answer.after = try answer.after ?? session.digest(ofRoundOrCase: asked.target)
      try session.audit(acting, answer)
      if let key = asked.key {
        try session.keep(
          try KeptAnswer(answer, asked, at: acting.moment),
          for: AnswerKey(account: asked.caller.account, act: asked.path, key: key))
      }
      return .success(answer)
    } catch let error where error is Refusal || error is InputErrors {
      let refusal = Refusal(error)
      try session.audit(acting, refusal)
      if let key = asked.key, refusal.isKept {
        try session.keep(
          KeptAnswer(refusal, asked, at: acting.moment),
          for: AnswerKey(account: asked.caller.account, act: asked.path, key: key))
      }
      return .failure(refusal)
    }
  }

  /// Whether somebody may do something in a city, as far as roles decide.
  package static func allows(_ act: Act, _ caller: Caller) -> Bool {
    !caller.roles.isDisjoint(with: act.roles) && !(act.isOfTheCity && caller.narrowedTo != nil)
  }

  /// Writes a refusal that was given before there was a transaction into the trail of the caller's own city.
  package func refuse(_ asked: Asked, _ refusal: Refusal) throws {
    guard profiles.city(asked.caller.city) != nil else { return }
    try store.write(asked.caller.city) { session in
      try session.audit(Acting(session: session, asked: asked, moment: clock()), refusal)
    }
  }

  /// Reads something of a city that the caller may see.
  func view<Result>(
    _ caller: Caller, _ city: String, _ act: Act, _ body: (any StoreSession) throws -> Result
  ) throws -> Result {
    guard caller.city == city, profiles.city(city) != nil else { throw Refusal.notFound() }
    if caller.roles.isDisjoint(with: act.roles) {
      throw Refusal(.forbidden, zh: "所任角色不得为此", en: "the account's roles do not allow this")
    }
    do {
      return try store.read(city, body)
    } catch let errors as InputErrors {
      throw Refusal(errors)
    }
  }
}
