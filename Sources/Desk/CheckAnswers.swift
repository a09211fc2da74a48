import Store

/// Answers to `/check` under an idempotency key: they change nothing, and are kept for a day all the same, so that a client that asks
/// again after a broken line gets what it would have got.
///
/// Two that are asked for at once are both worked out; the one that is kept first is what both get.
extension Desk {
  /// The answer that the key was given first; nil where it has none, or there is no key.
  ///
  /// - Throws: ``Refusal`` where it was another request's.
  package func keptCheck(_ asked: Asked) throws -> String? {
    guard let name = checkKey(asked) else { return nil }
    return try store.read(asked.city) { try $0.answer(name).map { try $0.text(for: asked) } }
  }

  /// Keeps an answer; gives the one that counts.
  package func keepCheck(_ answer: String, _ asked: Asked) throws -> String {
    guard let name = checkKey(asked) else { return answer }
    let moment = clock()
    return try store.write(asked.city) { session in
      try session.forgetAnswers(before: moment.dayBefore)
      if let kept = try session.answer(name) { return try kept.text(for: asked) }
      try session.keep(
        KeptAnswer(
          request: asked.request, outcome: "checked", body: answer, round: nil, at: moment),
        for: name)
      return answer
    }
  }

  private func checkKey(_ asked: Asked) -> AnswerKey? {
    guard asked.caller.city == asked.city, profiles.city(asked.city) != nil else { return nil }
    return asked.key.map { AnswerKey(account: asked.caller.account, act: asked.path, key: $0) }
  }
}

extension KeptAnswer {
  fileprivate func text(for asked: Asked) throws -> String {
    if request == asked.request { return body }
    throw Refusal.usedKey
  }
}
