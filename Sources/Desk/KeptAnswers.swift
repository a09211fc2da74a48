package import Diagnostics
import Store

extension KeptAnswer {
  init(_ answer: Answer, _ asked: Asked, at moment: String) throws {
    var told: PlainValue = ["body": answer.kept ?? answer.body]
    told["version"] = answer.version.map { .number($0) }
    told["profile"] = answer.profile.map { .text($0) }
    told["ledger"] = answer.ledger.map { .number($0) }
    self.init(
      request: asked.request, outcome: answer.outcome.rawValue, body: told.json,
      round: answer.round ?? asked.round, at: moment)
  }

  init(_ refusal: Refusal, _ asked: Asked, at moment: String) {
    self.init(
      request: asked.request, outcome: refusal.kind.rawValue, body: refusal.plain.json,
      round: asked.round, at: moment)
  }

  /// The first answer again.
  func answer() throws -> Result<Answer, Refusal> {
    let told = try JSONReader.read(body)
    if let kind = Refusal.Kind(rawValue: outcome) {
      return .failure(Refusal(kind, reading: told))
    }
    var answer = Answer(Answer.Outcome(rawValue: outcome) ?? .done, told["body"] ?? .null)
    answer.version = told["version"]?.integer
    answer.profile = told["profile"]?.string
    answer.ledger = told["ledger"]?.integer
    answer.isRepeated = true
    return .success(answer)
  }
}

extension Refusal {
  static let usedKey = invalid(
    "该 Idempotency-Key 已用于另一请求", "this Idempotency-Key was used for another request")

  /// As it is told: `detail`, and what is at fault or in the way.
  package var plain: PlainValue {
    var value: PlainValue = ["detail": ["zh": .text(detail.zh), "en": .text(detail.en)]]
    let all = faults.map(\.plain) + told
    if !all.isEmpty { value["faults"] = .list(all) }
    if !cases.isEmpty { value["cases"] = .list(cases.map { .text($0) }) }
    if !limits.isEmpty { value["limits"] = .list(limits.map { .text($0) }) }
    return value
  }

  init(_ kind: Kind, reading told: PlainValue) {
    self.init(
      kind, zh: told["detail"]?["zh"]?.string ?? "", en: told["detail"]?["en"]?.string ?? "",
      cases: (told["cases"]?.items ?? []).compactMap(\.string),
      limits: (told["limits"]?.items ?? []).compactMap(\.string))
    self.told = told["faults"]?.items ?? []
  }
}

extension Fault {
  var plain: PlainValue { .message(message, path, location) }
}

extension Note {
  var plain: PlainValue { .message(message, path, location) }
}

extension PlainValue {
  /// `{path, line, column, message: {zh, en}}`.
  fileprivate static func message(
    _ message: Bilingual, _ path: String, _ location: Location?
  ) -> PlainValue {
    var value: PlainValue = ["path": .text(path)]
    if let location {
      value["line"] = .number(location.line)
      value["column"] = .number(location.column)
    }
    value["message"] = ["zh": .text(message.zh), "en": .text(message.en)]
    return value
  }
}

extension StoreSession {
  /// Writes into the audit trail what was done.
  func audit(_ acting: Acting, _ answer: Answer) throws {
    var entry = acting.entry("done")
    entry["before"] = answer.before.map { .text($0) }
    entry["after"] = answer.after.map { .text($0) }
    if acting.asked.target.isEmpty, let id = answer.body["id"]?.string {
      entry["target"] = .text(id)
    }
    try add(entry)
  }

  /// Writes into the audit trail what was refused.
  func audit(_ acting: Acting, _ refusal: Refusal) throws {
    var entry = acting.entry("refused")
    entry["refusal"] = .text(refusal.kind.rawValue)
    entry["detail"] = .text(refusal.detail.en)
    try add(entry)
  }

  /// The digest of a round or a case as it is kept; nil where the id is neither's.
  func digest(ofRoundOrCase id: String) throws -> String? {
    if id.isEmpty { return nil }
    return try (record(.round, id) ?? record(.filed, id)).map { Digest.sha256($0.body) }
  }

  private func add(_ entry: PlainValue) throws {
    let last = try lastAuditRow()
    let prev = last?.hash ?? LedgerRow.noHash
    var entry = entry
    entry["seq"] = .number((last?.seq ?? 0) + 1)
    entry["prev"] = .text(prev)
    let hash = Digest.sha256(entry.canonicalJSON)
    entry["hash"] = .text(hash)
    try append(AuditRow(seq: (last?.seq ?? 0) + 1, prev: prev, hash: hash, body: entry.json))
  }
}

extension Acting {
  fileprivate func entry(_ outcome: String) -> PlainValue {
    var entry: PlainValue = [
      "seq": .null, "at": .text(moment), "account": .text(caller.account),
      "act": .text(asked.act.rawValue), "target": .text(asked.target),
      "address": .text(caller.address), "outcome": .text(outcome),
    ]
    entry["round"] = asked.round.map { .text($0) }
    return entry
  }
}
