package import Diagnostics
package import PlanlintKit
import Store

/// What pages show beside what the interface tells: the checker's own result of a round, its rulings, and places to be drawn.
extension Desk {
  /// What a round's pages explain verdicts from.
  package struct Explained: Sendable {
    package var result: RunResult
    /// Whether it is as things stand (the round is open) and binds nobody.
    package var isPreview: Bool
  }

  /// The checker's result on a round: of its last decision, or, while it is open, as things stand; nil where there is nothing to
  /// decide or it cannot be decided now.
  ///
  /// - Parameter cache: what was decided for earlier pages, by what it was decided from.
  package func explained(
    _ caller: Caller, _ city: String, _ round: String, cache: RecentValues<String, RunResult>
  ) throws -> Explained? {
    let found = try view(
      caller, city, .readCases
    ) { session -> (inputs: FrozenInputs, isPreview: Bool, hasRulings: Bool)? in
      guard let kept = try session.find(Round.self, round)?.value else { throw Refusal.notFound() }
      if let decision = try session.decision(kept) {
        return (try session.inputs(of: decision), false, false)
      }
      return try previewInputs(city, kept, session).map { ($0.inputs, true, $0.hasRulings) }
    }
    guard var found else { return nil }
    let result = cache.value(found.inputs.digest) {
      if let result = try? found.inputs.decide(profiles) { return result }
      guard found.isPreview, found.hasRulings else { return nil }
      found.inputs.set(waivers: [], rulings: [])
      return try? found.inputs.decide(profiles)
    }
    return result.map { Explained(result: $0, isPreview: found.isPreview) }
  }

  /// The rulings and waivers of a round in the order in which they were made; `dropped` says why one no longer counts.
  package func rulings(_ caller: Caller, _ city: String, _ round: String) throws -> [PlainValue] {
    try view(caller, city, .readCases) { session in
      guard let kept = try session.find(Round.self, round)?.value else { throw Refusal.notFound() }
      let districts = caller.narrowedTo == nil ? [] : try session.districts(kept.year)
      var told: [PlainValue] = []
      for stored in try session.all(FiledRuling.self, in: round) {
        let ruling = stored.value
        var value = try JSONReader.read(ruling.body)
        if caller.narrowedTo != nil {
          let applicant = value["application"]?.string ?? ""
          guard let record = try session.record(.filed, named: applicant, in: round),
            try caller.sees(try Stored<Case>(record).value, districts)
          else { continue }
        }
        value["id"] = .text(ruling.id)
        value["kind"] = .text(ruling.kind.rawValue)
        value["by"] = .text(ruling.by)
        value["at"] = .text(ruling.at)
        value["dropped"] = .text(ruling.dropped)
        told.append(value)
      }
      return told
    }
  }

  /// The registry as rounds see it, as records; none where none is in force.
  package func registryRows(_ caller: Caller, _ city: String) throws -> [PlainValue] {
    try view(caller, city, .readFacts) { session in
      guard let version = try session.lastVersion(.registry, in: "") else { return [] }
      return try session.effective(version).rows
    }
  }

  /// The years that facts are in force for, the last first.
  package func years(_ caller: Caller, _ city: String) throws -> [Int] {
    try view(caller, city, .readLedger) { session in
      let years = try session.records(.facts, in: nil, after: 0, limit: Int.max).compactMap {
        try Version.decoded($0.body).year
      }
      return Set(years).sorted(by: >)
    }
  }

  /// Those of some entries of the ledger that were taken back.
  package func voided(_ caller: Caller, _ city: String, among seqs: [Int]) throws -> Set<Int> {
    try view(caller, city, .readLedger) { session in
      Set(try seqs.filter { try session.void(of: $0) != nil })
    }
  }

  /// The number of the last entry of the audit trail.
  package func lastAuditEntry(_ caller: Caller, _ city: String) throws -> Int {
    try view(caller, city, .readAudit) { try $0.lastAuditRow()?.seq ?? 0 }
  }
}
