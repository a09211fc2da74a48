import Diagnostics
import PlanlintKit
import Store

/// What was found where a store is held against itself: its chains, its totals, its limits, and every decision decided again.
package struct Verification: Sendable {
  package var cities = 0
  package var entries = 0
  package var decisions = 0
  /// What does not agree, a sentence each.
  package var differences: [String] = []
}

extension Desk {
  /// Holds everything that is kept against itself and against the head files.
  package func verify() throws -> Verification {
    var found = Verification()
    for city in try store.cities() {
      found.cities += 1
      try store.read(city) { session in
        try verifyLedger(city, session, &found)
        try verifyAudit(city, session, &found)
        try verifyDecisions(city, session, &found)
      }
    }
    return found
  }

  private func verifyLedger(
    _ city: String, _ session: any StoreSession, _ found: inout Verification
  ) throws {
    func differs(_ sentence: String) { found.differences.append("\(city): \(sentence)") }
    var prev = LedgerRow.noHash
    var seq = 0
    var hashes: [String] = []
    var figures: [String: Int] = [:]
    var standing: [Int: LedgerRow] = [:]
    while true {
      let rows = try session.ledger(after: seq, limit: 1_000)
      if rows.isEmpty { break }
      for row in rows {
        seq += 1
        found.entries += 1
        if row.seq != seq { differs("entry \(row.seq) stands where \(seq) is expected") }
        if row.prev != prev { differs("entry \(row.seq) does not follow the one before") }
        if row.bodyHash != row.hash { differs("entry \(row.seq) has not the hash of what it says") }
        verifyColumns(of: row, differs)
        prev = row.hash
        hashes.append(row.hash)
        for (path, amount) in row.figures { figures[path, default: 0] += amount }
        switch row.kind {
        case .opening: break
        case .grant:
          standing[row.seq] = row
          if row.binds, let used = row.used, let most = row.most, used + row.take > most {
            differs("entry \(row.seq) gives more than the limit has")
          }
        case .void:
          if row.of.flatMap({ standing.removeValue(forKey: $0) }) == nil {
            differs("entry \(row.seq) voids what does not stand")
          }
        }
        seq = row.seq
      }
    }
    let kept = try session.figures(at: nil)
    for path in Set(kept.keys).union(figures.keys).sorted()
    where kept[path, default: 0] != figures[path, default: 0] {
      differs(
        "\(path) is kept as \(kept[path, default: 0]), the entries come to \(figures[path, default: 0])"
      )
    }
    for row in standing.values {
      guard let id = row.filed, let filed = try session.find(Case.self, id)?.value else {
        differs("entry \(row.seq) is of no case")
        continue
      }
      if filed.state != .admitted {
        differs("entry \(row.seq) stands, and \(id) is \(filed.state)")
      }
    }
    let holders = Set(standing.values.compactMap(\.filed))
    for stored in try session.all(Case.self, in: nil)
    where stored.value.state == .admitted && !holders.contains(stored.value.id) {
      differs("\(stored.value.id) is admitted without an entry")
    }
    for head in try heads?.all(of: city) ?? [] {
      if head.seq < 1 || head.seq > hashes.count || hashes[head.seq - 1] != head.hash {
        differs("the head file has entry \(head.seq) with another hash than the ledger")
      }
    }
  }

  private func verifyColumns(of row: LedgerRow, _ differs: (String) -> Void) {
    let plain = row.plain
    let agrees =
      plain["seq"]?.integer == row.seq && plain["kind"]?.string == row.kind.rawValue
      && plain["rule"]?.string == row.rule && plain["part"]?.string == row.part
      && plain["scope"]?.string == row.scope && plain["take"]?.integer == row.take
      && plain["round"]?.string == row.round && plain["case"]?.string == row.filed
      && plain["of"]?.integer == row.of && plain["prev"]?.string == row.prev
      && plain["hash"]?.string == row.hash
    if !agrees { differs("entry \(row.seq) is kept otherwise than it says") }
  }

  private func verifyAudit(
    _ city: String, _ session: any StoreSession, _ found: inout Verification
  ) throws {
    func differs(_ sentence: String) { found.differences.append("\(city): \(sentence)") }
    var prev = LedgerRow.noHash
    var seq = 0
    while true {
      let rows = try session.audit(after: seq, limit: 1_000)
      if rows.isEmpty { return }
      for row in rows {
        seq += 1
        if row.seq != seq || row.prev != prev {
          differs("audit entry \(row.seq) does not follow the one before")
        }
        var body = (try? JSONReader.read(row.body)) ?? .null
        body["hash"] = nil
        if Digest.sha256(body.canonicalJSON) != row.hash {
          differs("audit entry \(row.seq) has not the hash of what it says")
        }
        prev = row.hash
        seq = row.seq
      }
    }
  }

  /// Decides each decision again, and holds what a confirmed one gives against the ledger.
  private func verifyDecisions(
    _ city: String, _ session: any StoreSession, _ found: inout Verification
  ) throws {
    func differs(_ sentence: String) { found.differences.append("\(city): \(sentence)") }
    for stored in try session.all(Decision.self, in: nil) {
      found.decisions += 1
      let decision = stored.value
      let name = "decision \(decision.number) of round \(decision.round)"
      for (file, digest) in decision.inputs.sorted(by: { $0.key < $1.key }) {
        if Digest.sha256(try session.document(digest) ?? []) != digest {
          differs("\(file) of \(name) is not what it was")
        }
      }
      do {
        let result = try session.inputs(of: decision).decide(profiles)
        if Digest.sha256(result.reportJSON) != decision.report {
          differs("\(name) comes to another report now")
        }
        if decision.cause == .confirm { try verify(result, decision, session, differs) }
      } catch let error as InputErrors {
        differs("\(name) cannot be decided again: \(error.faults.first?.message.en ?? "")")
      }
    }
  }

  private func verify(
    _ result: RunResult, _ decision: Decision, _ session: any StoreSession,
    _ differs: (String) -> Void
  ) throws {
    var given: [String: Int] = [:]
    for take in result.takes {
      let id = result.subjects[take.application].id
      let part = take.name ?? String(take.part)
      given["\(id) \(take.rule) \(part) \(take.scope)", default: 0] += take.take
    }
    for id in decision.verdicts.keys {
      guard let filed = try session.find(Case.self, id)?.value else { continue }
      for row in try session.ledgerRows(ofCase: id) where row.kind == .grant {
        guard let rule = row.rule, let part = row.part, let scope = row.scope else { continue }
        given["\(filed.applicant) \(rule) \(part) \(scope)", default: 0] -= row.take
      }
    }
    for (key, amount) in given.sorted(by: { $0.key < $1.key }) where amount != 0 {
      differs(
        "round \(decision.round): the ledger and its decision differ by \(amount) on \(key)")
    }
  }
}
