import Diagnostics
import PlanlintKit
import Store

extension Desk {
  /// Gives every admitted case its places: the round is decided again on the facts and registry of this moment, and where that comes to
  /// the same, the ledger's entries are written with it.
  package func confirm(_ asked: Asked, _ id: String) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      var round = try acting.round(id, in: [.published], "确认", "confirmed")
      try acting.checkFourEyes(round.value)
      let last = try acting.decided(round.value)
      let standing = try session.standing(round.value.year)
      var inputs = try session.inputs(of: last)
      let published = try inputs.decide(profiles)
      let columns = try Planlint.registryColumns(profiles.request(asked.city))
      inputs.files["facts.yaml"] = Array(standing.facts.yaml.utf8)
      inputs.files["registry.csv"] = Array(standing.registry.csv(columns).utf8)
      let result: RunResult
      do throws(InputErrors) {
        result = try inputs.decide(profiles)
      } catch {
        throw Refusal.conflict(
          "批次关闭后数据已变，不能据以决定：\(error.faults.first?.message.zh ?? "")；请重新打开后再关闭",
          "the data have changed since closing and cannot be decided on: \(error.faults.first?.message.en ?? ""); reopen and close again"
        )
      }
      let cases = try session.all(Case.self, in: id).filter(\.value.isLive)
      try Self.hold(result, to: last, published, cases.map(\.value))
      let decision = try acting.keep(
        result, of: inputs, .confirm, round: &round, asOf: last.asOf, position: standing.position)
      try give(result, acting, round.value, standing, cases)
      try holdRegistry(columns, of: round.value.year, session, asked.city)
      round.value.state = .confirmed
      round = try session.save(round)
      var answer = try answer(.done, round, session, decision)
      answer.before = last.report
      return answer
    }
  }

  /// Where the decision of now is another than the one published, names cases and limits.
  private static func hold(
    _ result: RunResult, to last: Decision, _ published: RunResult, _ cases: [Case]
  ) throws {
    var verdicts: [String: String] = [:]
    for subject in result.subjects { verdicts[subject.id] = subject.verdict.rawValue }
    let moved = cases.filter { verdicts[$0.applicant] != last.verdicts[$0.id] }
    if moved.isEmpty { return }
    func used(_ places: [PlaceRow]) -> [String: [String?]] {
      Dictionary(
        places.map { ("\($0.rule) \($0.scope)", [$0.usedBefore, $0.limit]) },
        uniquingKeysWith: { first, _ in first })
    }
    let before = used(published.places)
    let limits = used(result.places).filter { before[$0.key] != $0.value }.keys.sorted()
    throw Refusal(
      .conflict,
      zh: "批次关闭后名额已变，结论将不同，未作任何登记：\(moved.map(\.id).joined(separator: "、"))；请重新打开后再关闭",
      en:
        "the ledger or the data have moved since closing, and the decision would be another; nothing was written: \(moved.map(\.id).joined(separator: ", ")); reopen and close again",
      cases: moved.map(\.id), limits: limits)
  }

  /// Holds that the registry that comes of what was given can be read: one that cannot be would leave the city without any.
  private func holdRegistry(
    _ columns: [String], of year: Int, _ session: any StoreSession, _ city: String
  ) throws {
    let registry = try session.standing(year).registry.csv(columns)
    do {
      _ = try Planlint.registryRecords(
        .memory(name: "registry.csv", text: registry), profiles.request(city))
    } catch {
      let message = error.faults.first?.message
      throw Refusal.conflict(
        "准入机构列入后，名册将无法读取：\(message?.zh ?? "")；请重新打开批次，更正相应申请后再关闭",
        "with those admitted the registry could not be read: \(message?.en ?? ""); reopen, correct the application and close again"
      )
    }
  }

  /// Writes the entries of every admitted case, in the order of merit, and what they change of the registry.
  private func give(
    _ result: RunResult, _ acting: Acting, _ round: Round, _ standing: Standing,
    _ cases: [Stored<Case>]
  ) throws {
    let session = acting.session
    var takes: [Int: [PlaceTake]] = [:]
    var turns: [Int: Int] = [:]
    for take in result.takes {
      // What a rule takes of one limit for several categories is one entry.
      let same = takes[take.application]?.firstIndex {
        $0.rule == take.rule && $0.part == take.part && $0.scope == take.scope
      }
      if let same {
        takes[take.application]?[same].take += take.take
      } else {
        takes[take.application, default: []].append(take)
      }
      turns[take.application] = min(turns[take.application] ?? Int.max, take.turn)
    }
    let order = result.subjects.indices.sorted {
      (turns[$0] ?? Int.max, $0) < (turns[$1] ?? Int.max, $1)
    }
    var given = Given(now: standing.totals, counted: standing.counted)
    let byApplicant = Dictionary(
      cases.map { ($0.value.applicant, $0.value.id) }, uniquingKeysWith: { first, _ in first })
    for index in order {
      let subject = result.subjects[index]
      guard let id = byApplicant[subject.id],
        var filed = try session.find(Case.self, id)
      else { continue }
      guard subject.verdict == .admissible else {
        filed.value.state = .refused
        try session.save(filed)
        continue
      }
      let application = try JSONReader.read(filed.value.application)
      let admission = try Admission(
        filed.value, application, year: round.year, takes: takes[index] ?? [],
        findings: subject.findings,
        replaced: application["replaces"]?.string.flatMap(standing.registry.row),
        districts: standing.districts)
      for entry in admission.entries {
        try given.hold(entry)
        try session.write(entry, at: acting.moment)
      }
      let number = try session.nextNumber(of: .newcomer)
      try session.insert(
        Record(
          .newcomer, id: id, parent: Newcomer.standing, number: number,
          body: try admission.newcomer.encodedText()))
      filed.value.state = .admitted
      filed.value.history.append(
        .init(
          at: acting.moment, by: acting.caller.account, act: asked(acting), verdict: "admissible"))
      try session.save(filed)
    }
  }

  private func asked(_ acting: Acting) -> String { acting.asked.act.rawValue }

  /// Takes back everything that a case was given, by any one of its entries; each void is an entry of its own.
  package func void(
    _ asked: Asked, _ seq: Int, reason: String, document: String
  ) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      try acting.check(reason: reason)
      if document.allSatisfy(\.isWhitespace) || document.count > 200 {
        throw Refusal.invalid("应写明文号（200 字以内）", "expected a document of at most 200 characters")
      }
      guard let entry = try session.ledgerRow(seq) else { throw Refusal.notFound() }
      guard entry.kind == .grant, let id = entry.filed, var filed = try session.find(Case.self, id)
      else {
        throw Refusal.conflict(
          "第 \(seq) 条是\(entry.kind == .void ? "撤销" : "期初余额")，不能撤销",
          "entry \(seq) is \(entry.kind == .void ? "a void" : "an opening") and cannot be voided")
      }
      if try session.void(of: seq) != nil {
        throw Refusal.conflict("第 \(seq) 条已撤销", "entry \(seq) is voided already", cases: [id])
      }
      var told: [PlainValue] = []
      for grant in try session.ledgerRows(ofCase: id) where grant.kind == .grant {
        var void = LedgerEntry(kind: .void, take: grant.take)
        void.rule = grant.rule
        void.part = grant.part
        void.scope = grant.scope
        void.unit = grant.plain["unit"]?.string
        void.round = grant.round
        void.filed = id
        void.of = grant.seq
        void.year = grant.plain["year"]?.integer
        void.reason = reason
        void.document = document
        void.figures = grant.figures.mapValues { -$0 }
        told.append(try session.write(void, at: acting.moment).plain)
      }
      if var newcomer = try session.find(Newcomer.self, id) {
        let version = try session.lastVersion(.registry, in: "")
        let isListed =
          try version.map { try session.content(of: $0).items.contains { $0["id"]?.string == id } }
          ?? false
        newcomer.record.parent = isListed ? Newcomer.voided(version?.number ?? 0) : Newcomer.gone
        try session.save(newcomer)
      }
      filed.value.state = .voided
      filed.value.history.append(
        .init(
          at: acting.moment, by: acting.caller.account, act: asked.act.rawValue, reason: reason))
      try session.save(filed)
      var answer = Answer(.created, ["items": .list(told)])
      answer.round = entry.round
      answer.ledger = try session.lastLedgerRow()?.seq
      answer.before = entry.hash
      answer.after = try session.lastLedgerRow()?.hash
      return answer
    }
  }
}
