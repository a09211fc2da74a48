package import Diagnostics
package import PlanlintKit
import Store

extension Desk {
  /// Receives the applications of some input into an open round: all of them or none.
  package func receive(_ asked: Asked, _ id: String, _ input: Input) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      let round = try acting.round(
        id, in: [.open], "收件", "added to", isVersioned: false
      ).value
      let standing = try session.standing(round.year)
      let read: (records: [PlainValue], notes: [Note])
      do {
        let found = try Planlint.applicationRecords([input], profiles.request(asked.city))
        read = (found.records, found.notes)
      } catch {
        throw Refusal(error)
      }
      var faults: [Fault] = []
      for record in read.records {
        let applicant = record["id"]?.string ?? ""
        if let fault = Self.yearFault(record, round) { faults.append(fault) }
        if try session.record(.filed, named: applicant, in: id) != nil {
          faults.append(
            Fault(
              path: "applications[\(applicant)].id", zh: "本批次已有编号为 `\(applicant)` 的申请",
              en: "the round has an application `\(applicant)` already"))
        }
        try acting.checkDistrict(record, standing.districts)
      }
      if !faults.isEmpty { throw Refusal(faults: faults) }
      try check(input, standing, asked.city)
      var live: [PlainValue] = []
      for stored in try session.all(Case.self, in: id) where stored.value.isLive {
        live.append(try JSONReader.read(stored.value.application))
      }
      if !live.isEmpty { try check(live + read.records, standing, asked.city) }
      var told: [PlainValue] = []
      for record in read.records {
        let number = try session.nextNumber(of: .filed)
        let digits = String(number)
        let text = record.json
        var filed = Case(
          id: "\(asked.city)-\(round.year)-"
            + String(repeating: "0", count: max(0, 6 - digits.count)) + digits,
          round: id, state: .received, applicant: record["id"]?.string ?? "", application: text)
        filed.history.append(
          .init(
            at: acting.moment, by: acting.caller.account, act: asked.act.rawValue,
            application: text))
        let kept = Record(
          .filed, id: filed.id, parent: id, name: filed.applicant, number: number,
          body: try filed.encodedText())
        try session.insert(kept)
        told.append(try filed.plain(preview: nil))
      }
      var answer = Answer(
        .created,
        ["items": .list(told), "notes": .list(read.notes.map { $0.plain })])
      answer.after = Digest.sha256(answer.body.json)
      answer.ledger = standing.position
      return answer
    }
  }

  /// Changes fields of an application by a JSON merge patch (RFC 7396).
  package func change(
    _ asked: Asked, _ round: String, _ id: String, _ patch: PlainValue
  ) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      let standing = try session.standing(
        try acting.round(round, in: [.open], "更改申请件", "changed", isVersioned: false).value.year)
      var filed = try acting.filed(id, in: round, standing.districts)
      try acting.check(filed.record.version)
      guard case .record(let entries) = patch, !entries.isEmpty else {
        throw Refusal.invalid("应为要更改的字段", "expected the fields to change")
      }
      if !filed.value.isLive { throw Refusal.conflict("申请件已撤回", "the case is withdrawn") }
      let before = try JSONReader.read(filed.value.application)
      let merged = before.merging(patch)
      if merged["id"] != before["id"] {
        throw Refusal.invalid("申请编号不能更改", "the application's id cannot be changed")
      }
      let record: PlainValue
      do {
        let found = try Planlint.applicationRecords(
          [.memory(name: "application.json", text: "[\(merged.json)]", format: .json)],
          profiles.request(asked.city))
        guard let first = found.records.first else { throw Refusal.notFound() }
        record = first
      } catch {
        throw Refusal(error)
      }
      if let kept = try session.find(Round.self, round)?.value,
        let fault = Self.yearFault(record, kept)
      {
        throw Refusal(faults: [fault])
      }
      try acting.checkDistrict(record, standing.districts)
      var live: [PlainValue] = []
      for stored in try session.all(Case.self, in: round) where stored.value.isLive {
        live.append(
          stored.value.id == id ? record : try JSONReader.read(stored.value.application))
      }
      try check(live, standing, asked.city)
      let text = record.json
      let fields = entries.map(\.key)
      filed.value.application = text
      // What was not there and still is not has not been answered; a value that stays may have been confirmed.
      filed.value.open.removeAll { field in
        fields.contains(field) && (before.has(field) || record.has(field))
      }
      if filed.value.state == .correction, filed.value.open.isEmpty {
        filed.value.state = .received
        filed.value.asked = nil
      }
      filed.value.history.append(
        .init(
          at: acting.moment, by: acting.caller.account, act: asked.act.rawValue, fields: fields,
          application: text))
      return try answer(session.save(filed), before: before.json, after: text)
    }
  }

  /// Asks the applicant to correct named fields, and keeps who asked.
  package func correct(
    _ asked: Asked, _ round: String, _ id: String, fields: [String], reason: String
  ) throws -> Answer {
    try perform(asked) { acting in
      let year = try acting.round(
        round, in: [.open], "要求补正", "corrected", isVersioned: false
      ).value.year
      var filed = try acting.filed(
        id, in: round, (try? acting.session.standing(year).districts) ?? [])
      try acting.check(filed.record.version)
      try acting.check(reason: reason)
      if !filed.value.isLive { throw Refusal.conflict("申请件已撤回", "the case is withdrawn") }
      let known = try Planlint.applicationFields(profiles.request(asked.city))
      if let odd = fields.first(where: { !known.contains($0) || $0 == "id" }) {
        throw Refusal.invalid("没有可补正的字段 `\(odd)`", "there is no field `\(odd)` to correct")
      }
      if fields.isEmpty { throw Refusal.invalid("应写明字段", "expected the fields") }
      for field in fields where !filed.value.open.contains(field) { filed.value.open.append(field) }
      filed.value.state = .correction
      filed.value.asked = Case.Asked(
        fields: filed.value.open, reason: reason, by: acting.caller.account, at: acting.moment)
      filed.value.history.append(
        .init(
          at: acting.moment, by: acting.caller.account, act: asked.act.rawValue, fields: fields,
          reason: reason))
      return try answer(acting.session.save(filed))
    }
  }

  /// Takes a case out of its round for good.
  package func withdraw(
    _ asked: Asked, _ round: String, _ id: String, reason: String
  ) throws -> Answer {
    try perform(asked) { acting in
      let year = try acting.round(
        round, in: [.open], "撤回申请件", "changed", isVersioned: false
      ).value.year
      var filed = try acting.filed(
        id, in: round, (try? acting.session.standing(year).districts) ?? [])
      try acting.check(filed.record.version)
      try acting.check(reason: reason)
      if !filed.value.isLive { throw Refusal.conflict("申请件已撤回", "the case is withdrawn already") }
      filed.value.state = .withdrawn
      filed.value.asked = nil
      filed.value.open = []
      filed.value.history.append(
        .init(
          at: acting.moment, by: acting.caller.account, act: asked.act.rawValue, reason: reason))
      return try answer(acting.session.save(filed))
    }
  }

  private func answer(
    _ filed: Stored<Case>, before: String? = nil, after: String? = nil
  ) throws -> Answer {
    var answer = Answer(
      .done, try filed.value.plain(preview: nil), version: filed.record.version)
    answer.before = before.map { Digest.sha256($0) }
    answer.after = after.map { Digest.sha256($0) }
    return answer
  }

  private static func yearFault(_ record: PlainValue, _ round: Round) -> Fault? {
    let day = record["submitted"]?.string ?? ""
    if day.hasPrefix("\(round.year)-") { return nil }
    return Fault(
      path: "applications[\(record["id"]?.string ?? "")].submitted",
      zh: "申请日期 \(day) 不在批次年度 \(round.year)",
      en: "\(day) is not in \(round.year), the year of the round")
  }

  /// Holds an upload against facts and registry, so that faults have their places in it.
  private func check(_ input: Input, _ standing: Standing, _ city: String) throws {
    var request = profiles.request(city)
    let inputs = try inputs(
      city, asOf: nil, day: "\(standing.factsVersion.year ?? 0)-12-31", applications: [],
      standing: standing)
    request.facts = .memory(name: "facts.yaml", bytes: inputs.files["facts.yaml"] ?? [])
    request.registry = .memory(name: "registry.csv", bytes: inputs.files["registry.csv"] ?? [])
    request.asOf = "\(standing.factsVersion.year ?? 0)-12-31"
    do {
      _ = try Planlint.check([input], request)
    } catch {
      throw Refusal(error)
    }
  }

  /// Holds applications that compete together against each other, facts and registry.
  private func check(
    _ applications: [PlainValue], _ standing: Standing, _ city: String
  ) throws {
    do {
      _ = try inputs(
        city, asOf: nil, day: applications.lastDay, applications: applications, standing: standing
      ).decide(profiles)
    } catch {
      throw Refusal(error)
    }
  }
}

extension Acting {
  /// A case of a round that the caller may see.
  func filed(
    _ id: String, in round: String, _ districts: [PlainValue]
  ) throws -> Stored<Case> {
    guard let filed = try session.find(Case.self, id), filed.value.round == round,
      try caller.sees(filed.value, districts)
    else { throw Refusal.notFound() }
    return filed
  }

  /// A district's clerk neither hands in nor moves a case outside it.
  func checkDistrict(_ record: PlainValue, _ districts: [PlainValue]) throws {
    guard let own = caller.narrowedTo else { return }
    if Admission.name(of: record["district"]?.string, in: districts)
      != Admission.name(of: own, in: districts)
    {
      throw Refusal(
        .forbidden, zh: "只能办理\(own)的申请件", en: "the account is for cases of \(own) alone")
    }
  }
}

extension Caller {
  /// Whether a case is of the district that the caller is narrowed to.
  func sees(_ filed: Case, _ districts: [PlainValue]) throws -> Bool {
    guard let own = narrowedTo else { return true }
    let district = try JSONReader.read(filed.application)["district"]?.string
    return Admission.name(of: district, in: districts) == Admission.name(of: own, in: districts)
  }
}

extension Refusal {
  init(faults: [Fault]) {
    self.init(.invalid, zh: "所提交的内容有误", en: "what was given is at fault", faults: faults)
  }
}

extension PlainValue {
  /// The value with a JSON merge patch (RFC 7396) applied.
  func merging(_ patch: PlainValue) -> PlainValue {
    guard case .record(let entries) = patch else { return patch }
    var result = self
    if case .record = result {} else { result = .record([]) }
    for entry in entries {
      if entry.value == .null {
        result[entry.key] = nil
      } else {
        result[entry.key] = (result[entry.key] ?? .null).merging(entry.value)
      }
    }
    return result
  }
}

extension Case {
  /// As it is told.
  package func plain(preview: String?) throws -> PlainValue {
    var value: PlainValue = [
      "id": .text(id), "round": .text(round), "state": .text(state.rawValue),
      "application": try JSONReader.read(application), "preview": .text(preview),
      "verdict": .text(verdict),
      "asked": .null,
    ]
    if let asked {
      value["asked"] = [
        "fields": .list(asked.fields.map { .text($0) }), "reason": .text(asked.reason),
        "by": .text(asked.by), "at": .text(asked.at),
      ]
    }
    value["history"] = .list(
      try history.map { event in
        var told: PlainValue = [
          "at": .text(event.at), "by": .text(event.by), "act": .text(event.act),
        ]
        told["fields"] = event.fields.map { .list($0.map { .text($0) }) }
        told["reason"] = event.reason.map { .text($0) }
        told["verdict"] = event.verdict.map { .text($0) }
        told["application"] = try event.application.map { try JSONReader.read($0) }
        return told
      })
    return value
  }
}

extension PlainValue {
  /// Whether a record says anything of a field.
  fileprivate func has(_ field: String) -> Bool { self[field].map { $0 != .null } ?? false }
}
