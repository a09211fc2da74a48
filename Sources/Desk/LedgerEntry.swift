import Diagnostics
import Store

/// An entry of the ledger of places (名额台账) as the desk writes it; its JSON is what is kept and what is hashed.
struct LedgerEntry {
  var kind: LedgerRow.Kind
  var rule: String?
  var part: String?
  var scope: String?
  var unit: String?
  var take: Int
  var limit: String?
  var used: String?
  var usedWhole: Int?
  var limitWhole: Int?
  var isAdvisory = false
  var isWaived = false
  /// Whether the rule holds the application to the limit; some take places of a limit that others are held to.
  var isBound = true
  var round: String?
  var filed: String?
  var of: Int?
  var year: Int?
  var reason: String?
  var document: String?
  /// What it adds to figures, by their paths.
  var figures: [String: Int] = [:]
  /// Whether what was used before it is counted in figures of the year or in the registry; otherwise a limit counts from nought.
  var isCounted = true
  /// Whether the limit begins anew each year.
  var isYearly = false

  /// Where what its limit gave is added up; nil where it takes no place of any.
  var givenPath: String? {
    guard let rule, let part, let scope else { return nil }
    return FigurePath.given(rule, part, scope)
  }

  /// The row that follows `last`, with its hash.
  func row(after last: LedgerRow?, at moment: String) -> LedgerRow {
    let seq = (last?.seq ?? 0) + 1
    let prev = last?.hash ?? LedgerRow.noHash
    var body: PlainValue = [
      "seq": .number(seq), "at": .text(moment), "kind": .text(kind.rawValue), "rule": .text(rule),
      "part": .text(part), "scope": .text(scope), "take": .number(take), "round": .text(round),
      "case": .text(filed), "prev": .text(prev),
    ]
    body["unit"] = unit.map { .text($0) }
    body["year"] = year.map { .number($0) }
    if kind == .grant {
      body["limit"] = .text(limit)
      body["used"] = .text(used)
      body["advisory"] = .flag(isAdvisory)
      body["waived"] = .flag(isWaived)
      body["bound"] = .flag(isBound)
    }
    body["of"] = of.map { .number($0) }
    body["reason"] = reason.map { .text($0) }
    body["document"] = document.map { .text($0) }
    if !figures.isEmpty {
      body["figures"] = .record(
        figures.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value)) })
    }
    let hash = Digest.sha256(body.canonicalJSON)
    body["hash"] = .text(hash)
    return LedgerRow(
      seq: seq, kind: kind, rule: rule, part: part, scope: scope, take: take, used: usedWhole,
      most: limitWhole, binds: kind == .grant && !isAdvisory && !isWaived && isBound, round: round,
      filed: filed, of: of, prev: prev, hash: hash, body: body.json)
  }
}

extension LedgerRow {
  /// The entry as it is told.
  var plain: PlainValue { (try? JSONReader.read(body)) ?? .null }

  /// The hash that its body has; nil where the body is no entry.
  var bodyHash: String? {
    var value = plain
    guard value["hash"]?.string != nil else { return nil }
    value["hash"] = nil
    return Digest.sha256(value.canonicalJSON)
  }

  /// What it adds to figures.
  var figures: [String: Int] {
    var found: [String: Int] = [:]
    for entry in plain["figures"]?.entries ?? [] { found[entry.key] = entry.value.integer }
    return found
  }
}

extension StoreSession {
  /// Adds an entry, and what it adds to figures.
  @discardableResult
  func write(_ entry: LedgerEntry, at moment: String) throws -> LedgerRow {
    let row = entry.row(after: try lastLedgerRow(), at: moment)
    try append(row)
    for (path, amount) in entry.figures.sorted(by: { $0.key < $1.key }) {
      try add(amount, to: path, at: row.seq)
    }
    return row
  }
}
