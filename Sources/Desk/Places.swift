import Diagnostics
import PlanlintKit
import Store

extension Desk {
  /// The quota table of a year with the ledger in it: each limit and scope with how many there may be, are used and are left.
  ///
  /// A limit tells its figures to an applicant alone, so the checker is asked for one newcomer of each category in each district, of
  /// which nothing is kept. Limits that none of these reaches (of a single street) are told as the last grant under them left them.
  package func places(_ caller: Caller, _ city: String, year: Int?) throws -> Answer {
    try view(caller, city, .readLedger) { session in
      let last = try session.lastRecord(.facts, in: nil).map { try Version.decoded($0.body) }
      guard let year = year ?? last?.year,
        try session.lastVersion(.facts, in: String(year)) != nil
      else { throw Refusal.notFound() }
      let standing = try session.standing(year)
      let probes = Self.probes(year, standing.districts.compactMap { $0["name"]?.string })
      let result: RunResult
      do {
        result = try inputs(
          city, asOf: "\(year)-12-31", day: "\(year)-12-31", applications: probes,
          standing: standing
        ).decide(profiles)
      } catch {
        throw Refusal(error)
      }
      var rows: [PlainValue] = []
      var seen: Set<String> = []
      for row in result.places where seen.insert("\(row.rule)\u{1F}\(row.scope)").inserted {
        rows.append([
          "rule": .text(row.rule), "scope": .text(row.scope),
          "name": ["zh": .text(row.scopeName.zh), "en": .text(row.scopeName.en)],
          "unit": .text(row.unit), "limit": .text(row.limit), "used": .text(row.usedBefore),
          "left": .text(row.rest),
          "advisory": .flag(row.isAdvisory),
        ])
      }
      for row in try session.otherLimits(year, seen) { rows.append(row) }
      var answer = Answer(
        .done, ["year": .number(year), "items": .list(rows), "next": .null])
      answer.profile = result.profiles.first?.id
      answer.ledger = standing.position
      return answer
    }
  }

  /// One newcomer of each category in each district, of a kind that may ask for it.
  private static func probes(_ year: Int, _ districts: [String]) -> [PlainValue] {
    let kinds: [(category: String, kind: String, with: [String])] = [
      ("retail_pharmacy", "retail_pharmacy", []),
      ("pooled_pharmacy", "retail_pharmacy", ["retail_pharmacy"]),
      ("chronic_pharmacy", "retail_pharmacy", ["retail_pharmacy"]),
      ("dual_channel_pharmacy", "retail_pharmacy", ["retail_pharmacy"]),
      ("special_drug_pharmacy", "retail_pharmacy", ["retail_pharmacy"]),
      ("outpatient", "outpatient_department", []), ("inpatient", "hospital", []),
    ]
    var probes: [PlainValue] = []
    for district in districts.isEmpty ? [nil] : districts.map(Optional.some) {
      for (category, kind, with) in kinds {
        let number = String(probes.count + 1)
        var probe: PlainValue = [
          "id": .text("probe-\(number)"), "name": .text("probe-\(number)"), "kind": .text(kind),
          "requests": .list((with + [category]).map { .text($0) }),
          "submitted": .text("\(year)-12-31"), "score": 100,
        ]
        probe["district"] = district.map { .text($0) }
        if category == "inpatient" {
          probe["beds"] = 1
          probe["specialty"] = ["tcm", "psychiatry"]
        }
        probes.append(probe)
      }
    }
    return probes
  }
}

extension StoreSession {
  /// The limits of a year that grants speak of and the table does not, as the last grant left them.
  fileprivate func otherLimits(_ year: Int, _ seen: Set<String>) throws -> [PlainValue] {
    var last: [String: LedgerRow] = [:]
    var voided: [String: Int] = [:]
    var after = 0
    while true {
      let rows = try ledger(after: after, limit: 1_000)
      guard let end = rows.last else { break }
      after = end.seq
      for row in rows {
        guard let rule = row.rule, let scope = row.scope else { continue }
        let plain = row.plain
        guard plain["year"]?.integer == year else { continue }
        let isNamed = row.part.map { Int($0) == nil } ?? false
        let key = "\(rule)\u{1F}\(scope)" + (isNamed ? " \(row.part ?? "")" : "")
        if seen.contains(key) { continue }
        if row.kind == .grant {
          last[key] = row
          voided[key] = 0
        } else if row.kind == .void {
          voided[key, default: 0] += row.take
        }
      }
    }
    return last.sorted { $0.key < $1.key }.map { key, row in
      let names = key.split(separator: "\u{1F}")
      let plain = row.plain
      let used = row.used.map { $0 + row.take - voided[key, default: 0] }
      return [
        "rule": .text(String(names[0])), "scope": .text(String(names[1])),
        "unit": plain["unit"] ?? .null, "limit": plain["limit"] ?? .null,
        "used": .text(used.map(String.init)),
        "left": .text(row.most.flatMap { most in used.map { String(most - $0) } }),
        "advisory": plain["advisory"] ?? false,
      ]
    }
  }
}
