package import Diagnostics
import PlanlintKit
import Store

extension Desk {
  /// Opens a round (批次) of a year.
  package func openRound(_ asked: Asked, year: Int, title: String) throws -> Answer {
    try perform(asked) { acting in
      guard (2000...2100).contains(year) else {
        throw Refusal.invalid("年度应为 2000 至 2100", "expected a year from 2000 to 2100")
      }
      guard !title.isEmpty, title.count <= 200 else {
        throw Refusal.invalid("名称应为 1 至 200 字", "expected a title of 1 to 200 characters")
      }
      let number = try acting.session.nextNumber(of: .round)
      let round = Round(
        id: "\(year)-\(number)", year: year, title: title, state: .open,
        openedBy: acting.caller.account, openedAt: acting.moment)
      let record = Record(
        .round, id: round.id, number: number, body: try round.encodedText())
      try acting.session.insert(record)
      var answer = try answer(.created, Stored(record), acting.session)
      answer.round = round.id
      return answer
    }
  }

  /// Freezes everything that decides, and decides.
  ///
  /// - Parameter asOf: the day of decision, `YYYY-MM-DD`.
  package func close(_ asked: Asked, _ id: String, asOf: String) throws -> Answer {
    try perform(asked) { acting in
      var round = try acting.round(id, in: [.open], "关闭", "closed")
      let session = acting.session
      guard asOf.isDay else {
        throw Refusal.invalid(
          "`as_of` 应为决定日期，形如 `2026-03-02`",
          "expected `as_of`, the day of decision, like `2026-03-02`")
      }
      let cases = try session.all(Case.self, in: id)
      let correcting = cases.filter { $0.value.state == .correction }.map(\.value.id)
      if !correcting.isEmpty {
        throw Refusal.conflict(
          "尚有待补正的申请件：\(correcting.joined(separator: "、"))",
          "cases are still in correction: \(correcting.joined(separator: ", "))", cases: correcting)
      }
      let live = cases.filter(\.value.isLive)
      if live.isEmpty {
        throw Refusal.conflict(
          "本批次没有申请件，无可决定", "the round has no case, so there is nothing to decide")
      }
      let applications = try live.map { try JSONReader.read($0.value.application) }
      let standing = try session.standing(round.value.year)
      var inputs = try inputs(
        asked.city, asOf: asOf, day: asOf, applications: applications, standing: standing)
      let (result, dropped) = try decide(&inputs, session, round.value)
      round.value.state = .closed
      round.value.asOf = asOf
      if !round.value.closers.contains(acting.caller.account) {
        round.value.closers.append(acting.caller.account)
      }
      let decision = try acting.keep(
        result, of: inputs, .close, round: &round, asOf: asOf, position: standing.position)
      round = try session.save(round)
      var answer = try answer(.done, round, session, decision)
      if !dropped.isEmpty { answer.body["dropped"] = .list(dropped) }
      return answer
    }
  }

  /// Decides with all rulings and waivers of a round; where they do not fit, with those that do, in the order in which they were made.
  private func decide(
    _ inputs: inout FrozenInputs, _ session: any StoreSession, _ round: Round
  ) throws -> (RunResult, dropped: [PlainValue]) {
    var rulings = try session.all(FiledRuling.self, in: round.id).filter { $0.value.dropped == nil }
    var dropped: [PlainValue] = []
    func fill(_ kept: [Stored<FiledRuling>]) throws {
      let bodies = try kept.map { ($0.value.kind, try JSONReader.read($0.value.body)) }
      inputs.set(
        waivers: bodies.filter { $0.0 == .waiver }.map(\.1),
        rulings: bodies.filter { $0.0 == .ruling }.map(\.1))
    }
    try fill(rulings)
    do {
      return (try inputs.decide(profiles), [])
    } catch let error where !rulings.isEmpty {
      try fill([])
      // What is wrong without any of them is not theirs.
      guard var result = try? inputs.decide(profiles) else { throw Refusal(error) }
      var kept: [Stored<FiledRuling>] = []
      for index in rulings.indices {
        try fill(kept + [rulings[index]])
        do {
          result = try inputs.decide(profiles)
          kept.append(rulings[index])
        } catch {
          rulings[index].value.dropped = error.faults.first?.message.en ?? "it no longer fits"
          var told = try JSONReader.read(rulings[index].value.body)
          told["id"] = .text(rulings[index].value.id)
          told["kind"] = .text(rulings[index].value.kind.rawValue)
          told["why"] = .list(error.faults.prefix(1).map(\.plain))
          dropped.append(told)
          try session.save(rulings[index])
        }
      }
      try fill(kept)
      return (result, dropped)
    } catch {
      throw Refusal(error)
    }
  }

  /// Opens a closed or published round again.
  package func reopen(_ asked: Asked, _ id: String, reason: String) throws -> Answer {
    try perform(asked) { acting in
      var round = try acting.round(id, in: [.closed, .published], "重新打开", "reopened")
      try acting.check(reason: reason)
      round.value.state = .open
      round.value.decision = nil
      round.value.asOf = nil
      round.value.reason = reason
      for var stored in try acting.session.all(Case.self, in: id) where stored.value.verdict != nil
      {
        stored.value.verdict = nil
        try acting.session.save(stored)
      }
      return try answer(.done, try acting.session.save(round), acting.session)
    }
  }

  /// Ends a round in which nothing was given.
  package func cancel(_ asked: Asked, _ id: String, reason: String) throws -> Answer {
    try perform(asked) { acting in
      var round = try acting.round(id, in: [.open, .closed], "取消", "cancelled")
      try acting.check(reason: reason)
      round.value.state = .cancelled
      round.value.reason = reason
      return try answer(.done, try acting.session.save(round), acting.session)
    }
  }

  /// Makes the list for publication stand.
  package func publish(_ asked: Asked, _ id: String) throws -> Answer {
    try perform(asked) { acting in
      var round = try acting.round(id, in: [.closed], "公示", "published")
      try acting.checkFourEyes(round.value)
      let decision = try acting.decided(round.value)
      round.value.state = .published
      return try answer(.done, try acting.session.save(round), acting.session, decision)
    }
  }

  func answer(
    _ outcome: Answer.Outcome, _ round: Stored<Round>, _ session: any StoreSession,
    _ decision: Decision? = nil
  ) throws -> Answer {
    var answer = Answer(outcome, round.value.plain, version: round.record.version)
    answer.after = decision?.report ?? Digest.sha256(round.record.body)
    answer.profile = decision?.profile
    answer.ledger = try session.lastLedgerRow()?.seq ?? 0
    return answer
  }
}

extension Acting {
  /// A round of the city in one of some states, at the version that the caller looked at.
  func round(
    _ id: String, in states: Set<Round.State>, _ zh: String, _ en: String, isVersioned: Bool = true
  ) throws -> Stored<Round> {
    guard let round = try session.find(Round.self, id) else { throw Refusal.notFound() }
    if isVersioned { try check(round.record.version) }
    if !states.contains(round.value.state) {
      throw Refusal.conflict(
        "批次现为\(round.value.state.zh)，不能\(zh)",
        "the round is \(round.value.state.rawValue), so it cannot be \(en)")
    }
    return round
  }

  func check(reason: String) throws {
    if reason.allSatisfy(\.isWhitespace) || reason.count > 2_000 {
      throw Refusal.invalid("应写明理由（2000 字以内）", "expected a reason of at most 2,000 characters")
    }
  }

  /// Whoever closed a round can neither publish nor confirm it.
  func checkFourEyes(_ round: Round) throws {
    if round.closers.contains(caller.account) {
      throw Refusal(
        .forbidden, zh: "关闭过本批次的人员不得公示或确认",
        en: "who closed the round can neither publish nor confirm it")
    }
  }

  /// The last decision of a round, in which nothing may be undecided.
  func decided(_ round: Round) throws -> Decision {
    guard let decision = try session.decision(round) else { throw Refusal.notFound() }
    let open = decision.verdicts.filter { $0.value == "review" || $0.value == "incomplete" }
      .keys.sorted()
    if !open.isEmpty {
      throw Refusal.conflict(
        "尚有未定论的申请件：\(open.joined(separator: "、"))",
        "cases are undecided: \(open.joined(separator: ", "))", cases: open)
    }
    return decision
  }

  /// Keeps a decision with its inputs and report, and tells the cases their verdicts.
  func keep(
    _ result: RunResult, of inputs: FrozenInputs, _ cause: Decision.Cause,
    round: inout Stored<Round>, asOf: String, position: Int
  ) throws -> Decision {
    var digests: [String: String] = [:]
    for (name, bytes) in inputs.files { digests[name] = try session.keep(bytes) }
    let number = try session.nextNumber(of: .decision)
    var verdicts: [String: String] = [:]
    var byApplicant: [String: String] = [:]
    for subject in result.subjects { byApplicant[subject.id] = subject.verdict.rawValue }
    for var stored in try session.all(Case.self, in: round.value.id) where stored.value.isLive {
      guard let verdict = byApplicant[stored.value.applicant] else { continue }
      verdicts[stored.value.id] = verdict
      if stored.value.verdict != verdict {
        stored.value.verdict = verdict
        stored.value.history.append(
          .init(at: moment, by: caller.account, act: asked.act.rawValue, verdict: verdict))
        try session.save(stored)
      }
    }
    let decision = Decision(
      number: number, round: round.value.id, cause: cause, at: moment, by: caller.account,
      asOf: asOf, ledger: position, inputs: digests,
      report: try session.keep(result.reportJSON), profile: result.profiles.first?.id ?? "",
      profileDigest: result.profiles.first?.sha256 ?? "", verdicts: verdicts)
    try session.insert(
      Record(
        .decision, id: String(number), parent: round.value.id, number: number,
        body: try decision.encodedText()))
    round.value.decision = number
    return decision
  }
}

extension StoreSession {
  /// The last decision of a round; nil while there is none.
  func decision(_ round: Round) throws -> Decision? {
    try round.decision.flatMap { try find(Decision.self, String($0))?.value }
  }

  /// The frozen inputs of a decision.
  func inputs(of decision: Decision) throws -> FrozenInputs {
    var files: [String: [UInt8]] = [:]
    for (name, digest) in decision.inputs {
      guard let bytes = try document(digest) else {
        throw StoreError.failed("the document \(digest) (\(name)) is missing")
      }
      files[name] = bytes
    }
    return FrozenInputs(files: files)
  }
}

extension Refusal {
  /// What the checker found wrong in what it was given.
  init(_ error: InputErrors) {
    self.init(
      .invalid, zh: "所提交的内容有误", en: "what was given is at fault", faults: error.faults)
  }

  init(_ error: any Error) {
    if let refusal = error as? Refusal {
      self = refusal
    } else if let errors = error as? InputErrors {
      self.init(errors)
    } else {
      self.init(.conflict, zh: "\(error)", en: "\(error)")
    }
  }
}

extension String {
  /// Whether it is written as a day is.
  var isDay: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [4, 2, 2]
      && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}

extension Round.State {
  package var zh: String {
    switch self {
    case .open: "受理中"
    case .closed: "已关闭"
    case .published: "已公示"
    case .confirmed: "已确认"
    case .cancelled: "已取消"
    }
  }
}

extension Round {
  /// As it is told.
  package var plain: PlainValue {
    [
      "id": .text(id), "year": .number(year), "title": .text(title), "state": .text(state.rawValue),
      "opened": ["by": .text(openedBy), "at": .text(openedAt)],
      "closers": .list(closers.map { .text($0) }), "as_of": .text(asOf),
      "decision": decision.map { .number($0) } ?? .null, "reason": .text(reason),
    ]
  }
}
