package import Diagnostics
import PlanlintKit
import Store

/// A part of a list, in commit order, and where the next begins.
package struct Page: Sendable {
  package var items: [PlainValue]
  /// What to ask for next; nil at the end.
  package var next: Int?
  package var profile: String?
  package var ledger: Int?

  package init(items: [PlainValue], next: Int? = nil, profile: String? = nil, ledger: Int? = nil) {
    self.items = items
    self.next = next
    self.profile = profile
    self.ledger = ledger
  }

  package var plain: PlainValue {
    ["items": .list(items), "next": next.map { .text(String($0)) } ?? .null]
  }
}

extension Desk {
  /// The cities that a caller may see.
  package func cities(_ caller: Caller) throws -> [PlainValue] {
    try [city(caller, caller.city)]
  }

  /// A city with what is in force.
  package func city(_ caller: Caller, _ id: String) throws -> PlainValue {
    try view(caller, id, .readCity) { session in
      guard let city = profiles.city(id) else { throw Refusal.notFound() }
      var value: PlainValue = [
        "id": .text(id), "name": .text(city.name), "tenant": .text(city.tenant),
      ]
      let facts = try session.lastRecord(.facts, in: nil).map { try Version.decoded($0.body) }
      let registry = try session.lastVersion(.registry, in: "")
      let day = facts?.year.map { "\($0)-12-31" } ?? String(clock().prefix(10))
      let files = try? Planlint.profileFiles(of: id, on: day, profiles.request(id))
      value["profile"] = .text(files?.profileID)
      value["profile_digest"] = .text(files.map { Digest.sha256($0.profile) })
      value["year"] = facts?.year.map { .number($0) } ?? .null
      value["facts"] = .text(facts?.digest)
      value["registry"] = .text(registry?.digest)
      value["ledger"] = .number(try session.lastLedgerRow()?.seq ?? 0)
      value["servable"] = .flag(facts != nil && registry != nil)
      return value
    }
  }

  package func rounds(_ caller: Caller, _ city: String, after: Int, limit: Int) throws -> Page {
    try view(caller, city, .readRounds) { session in
      let found = try session.records(.round, in: nil, after: after, limit: limit + 1)
      return Page(
        items: try found.prefix(limit).map { try Stored<Round>($0).value.plain },
        next: found.count > limit ? found[limit - 1].number : nil)
    }
  }

  package func round(_ caller: Caller, _ city: String, _ id: String) throws -> Answer {
    try view(caller, city, .readRounds) { session in
      guard let round = try session.find(Round.self, id) else { throw Refusal.notFound() }
      return try answer(.done, round, session, try session.decision(round.value))
    }
  }

  /// The cases of a round, each with its preview while the round is open.
  package func cases(
    _ caller: Caller, _ city: String, _ round: String, after: Int, limit: Int
  ) throws -> Page {
    try view(caller, city, .readCases) { session in
      guard let kept = try session.find(Round.self, round)?.value else { throw Refusal.notFound() }
      let previews = try previews(city, kept, session)
      let districts = caller.narrowedTo == nil ? [] : try session.districts(kept.year)
      var items: [PlainValue] = []
      var last = after
      var next: Int?
      for record in try session.records(.filed, in: round, after: after, limit: Int.max) {
        let filed = try Stored<Case>(record).value
        guard try caller.sees(filed, districts) else { continue }
        if items.count == limit {
          next = last
          break
        }
        items.append(try filed.plain(preview: previews[filed.applicant]))
        last = record.number
      }
      return Page(
        items: items, next: next, profile: try profile(of: kept, city, session),
        ledger: try session.lastLedgerRow()?.seq ?? 0)
    }
  }

  package func filed(
    _ caller: Caller, _ city: String, _ round: String, _ id: String
  ) throws -> Answer {
    try view(caller, city, .readCases) { session in
      guard let kept = try session.find(Round.self, round)?.value,
        let filed = try session.find(Case.self, id), filed.value.round == round,
        try caller.sees(filed.value, try session.districts(kept.year))
      else { throw Refusal.notFound() }
      let preview = try previews(city, kept, session)[filed.value.applicant]
      var answer = Answer(
        .done, try filed.value.plain(preview: preview), version: filed.record.version)
      answer.profile = try profile(of: kept, city, session)
      answer.ledger = try session.lastLedgerRow()?.seq ?? 0
      return answer
    }
  }

  /// The profile that decided a round, or would decide it now.
  private func profile(
    of round: Round, _ city: String, _ session: any StoreSession
  ) throws -> String? {
    if let decision = try session.decision(round) { return decision.profile }
    return try? Planlint.profileFiles(
      of: city, on: "\(round.year)-12-31", profiles.request(city)
    ).profileID
  }

  /// The verdicts of an open round as things stand, by the applicants' ids; none where it cannot be decided now.
  private func previews(
    _ city: String, _ round: Round, _ session: any StoreSession
  ) throws -> [String: String] {
    guard let found = try previewInputs(city, round, session) else { return [:] }
    var inputs = found.inputs
    return previews.value(inputs.digest) {
      var result = try? inputs.decide(profiles)
      if result == nil, found.hasRulings {
        inputs.set(waivers: [], rulings: [])
        result = try? inputs.decide(profiles)
      }
      var verdicts: [String: String] = [:]
      if let result {
        for subject in result.subjects { verdicts[subject.id] = subject.verdict.rawValue }
      }
      return verdicts
    } ?? [:]
  }

  /// What an open round would be decided by as things stand, and whether rulings or waivers are among it; nil where it cannot be.
  func previewInputs(
    _ city: String, _ round: Round, _ session: any StoreSession
  ) throws -> (inputs: FrozenInputs, hasRulings: Bool)? {
    guard round.state == .open, let standing = try? session.standing(round.year) else { return nil }
    let live = try session.all(Case.self, in: round.id).map(\.value).filter(\.isLive)
    if live.isEmpty { return nil }
    let applications = try live.map { try JSONReader.read($0.application) }
    let kept = try session.all(FiledRuling.self, in: round.id).map(\.value).filter {
      $0.dropped == nil
    }
    let bodies = try kept.map { ($0.kind, try JSONReader.read($0.body)) }
    let inputs = try inputs(
      city, asOf: nil, day: applications.lastDay, applications: applications, standing: standing,
      waivers: (
        bodies.filter { $0.0 == .waiver }.map(\.1), bodies.filter { $0.0 == .ruling }.map(\.1)
      ))
    return (inputs, !bodies.isEmpty)
  }

  /// The last decision of a round: its inputs, and what the caller may see of its subjects (nil: all).
  package func decided(
    _ caller: Caller, _ city: String, _ round: String
  ) throws -> (decision: Decision, inputs: FrozenInputs, shown: [String]?) {
    try view(caller, city, .readCases) { session in
      guard let kept = try session.find(Round.self, round)?.value,
        let decision = try session.decision(kept)
      else { throw Refusal.notFound() }
      var shown: [String]?
      if caller.narrowedTo != nil {
        let districts = try session.districts(kept.year)
        shown = try session.all(Case.self, in: round).map(\.value).filter {
          try $0.isLive && caller.sees($0, districts)
        }.map(\.applicant)
      }
      return (decision, try session.inputs(of: decision), shown)
    }
  }

  /// The report of a round's last decision as it was kept.
  package func report(_ caller: Caller, _ city: String, _ round: String) throws -> [UInt8] {
    let decided = try decided(caller, city, round)
    return try view(caller, city, .readCases) { session in
      guard decided.shown == nil, let bytes = try session.document(decided.decision.report) else {
        throw Refusal.notFound()
      }
      return bytes
    }
  }

  package func ledger(_ caller: Caller, _ city: String, after: Int, limit: Int) throws -> Page {
    try view(caller, city, .readLedger) { session in
      var items: [PlainValue] = []
      var last = after
      var isAtEnd = false
      while items.count <= limit, !isAtEnd {
        let rows = try session.ledger(after: last, limit: limit + 1)
        isAtEnd = rows.count <= limit
        for row in rows where items.count <= limit {
          last = row.seq
          if let id = row.filed, caller.narrowedTo != nil {
            guard let filed = try session.find(Case.self, id)?.value,
              try caller.sees(filed, try session.districts(row.plain["year"]?.integer ?? 0))
            else { continue }
          }
          items.append(row.plain)
        }
      }
      let hasMore = items.count > limit
      return Page(
        items: Array(items.prefix(limit)),
        next: hasMore ? items[limit - 1]["seq"]?.integer : nil,
        ledger: try session.lastLedgerRow()?.seq ?? 0)
    }
  }

  package func audit(_ caller: Caller, _ city: String, after: Int, limit: Int) throws -> Page {
    try view(caller, city, .readAudit) { session in
      var items: [PlainValue] = []
      var last = after
      var isAtEnd = false
      while items.count <= limit, !isAtEnd {
        let rows = try session.audit(after: last, limit: limit + 1)
        isAtEnd = rows.count <= limit
        for row in rows where items.count <= limit {
          last = row.seq
          let entry = (try? JSONReader.read(row.body)) ?? .null
          if caller.narrowedTo != nil, entry["account"]?.string != caller.account {
            guard let id = entry["target"]?.string,
              let filed = try session.find(Case.self, id)?.value,
              try caller.sees(filed, try session.districts(Int(filed.round.prefix(4)) ?? 0))
            else { continue }
          }
          items.append(entry)
        }
      }
      let hasMore = items.count > limit
      return Page(
        items: Array(items.prefix(limit)),
        next: hasMore ? items[limit - 1]["seq"]?.integer : nil)
    }
  }

  /// A version of the facts of a year: the one in force, or that of a digest; as it was uploaded.
  package func facts(
    _ caller: Caller, _ city: String, year: Int, digest: String?
  ) throws -> (version: Version, bytes: [UInt8]) {
    try view(caller, city, .readFacts) { session in
      try session.upload(.facts, in: String(year), digest)
    }
  }

  /// A version of the registry, as it was uploaded.
  package func registry(
    _ caller: Caller, _ city: String, digest: String?
  ) throws -> (version: Version, bytes: [UInt8]) {
    try view(caller, city, .readFacts) { session in try session.upload(.registry, in: "", digest) }
  }
}

extension StoreSession {
  fileprivate func upload(
    _ kind: Record.Kind, in parent: String, _ digest: String?
  ) throws -> (version: Version, bytes: [UInt8]) {
    let found =
      try digest.map { try version(kind, in: parent, digest: $0) }
      ?? lastVersion(kind, in: parent)
    guard let found, let bytes = try document(found.digest) else { throw Refusal.notFound() }
    return (found, bytes)
  }

  /// A version of any year by the digest of its bytes.
  func version(_ kind: Record.Kind, digest: String) throws -> Version? {
    for record in try records(kind, in: nil, after: 0, limit: Int.max).reversed() {
      let version = try Version.decoded(record.body)
      if version.digest == digest { return version }
    }
    return nil
  }

  /// The districts of a year's facts; none where there are no facts.
  func districts(_ year: Int) throws -> [PlainValue] {
    guard let version = try lastVersion(.facts, in: String(year)) else { return [] }
    return try content(of: version)["districts"]?.items ?? []
  }
}
