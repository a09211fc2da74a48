import FoundationEssentials

/// Digests of many reports, held against a file in `fixtures/net/` so that a change of the engine shows what it changes.
///
/// A line is an item: the digests of its verdicts, of its JSON report and of its text, and its name. Verdicts are digested apart,
/// so that a change of wording and a change of what comes out can be told apart. `.ci/net --write` writes the files anew.
package struct Net: Sendable {
  package struct Item: Sendable, Equatable {
    var name: String
    var verdicts: String
    var json: String
    var text: String

    /// - Parameters:
    ///   - verdicts: what came out: the lines of ``Net/line(of:verdict:outcomes:)``.
    ///   - json: the report with everything in it.
    package init(_ name: String, verdicts: String, json: [UInt8], text: [UInt8]) {
      self.name = name
      self.verdicts = Net.digest(Array(verdicts.utf8))
      self.json = Net.digest(json)
      self.text = Net.digest(text)
    }

    /// Nil where a line is none.
    fileprivate init?(_ line: Substring) {
      let parts = line.split(separator: " ", maxSplits: 3)
      guard parts.count == 4, !line.hasPrefix("#") else { return nil }
      (verdicts, json, text) = (String(parts[0]), String(parts[1]), String(parts[2]))
      name = String(parts[3])
    }

    fileprivate var line: String { "\(verdicts) \(json) \(text) \(name)\n" }
  }

  /// What came out for one subject. Rules that do not apply are left out, so that a new rule changes only whom it speaks of.
  package static func line(
    of subject: String, verdict: String,
    outcomes: [(rule: String, category: String?, outcome: String)]
  ) -> String {
    let outcomes = outcomes.filter { $0.outcome != "not_applicable" }.map {
      "\($0.rule)\($0.category.map { "/\($0)" } ?? "")=\($0.outcome)"
    }
    return "\(subject) \(verdict) \(outcomes.sorted().joined(separator: " "))\n"
  }

  /// The digests of profiles and inputs, which change with every comment in a file, are taken out of a JSON report.
  package static func withoutDigests(_ json: String) -> [UInt8] {
    let parts = json.split(separator: "\"sha256\": \"", omittingEmptySubsequences: false)
    return Array((parts.prefix(1) + parts.dropFirst().map { $0.dropFirst(64) }).joined().utf8)
  }

  /// FNV-1a folded to 32 bits: enough to notice a change, and short.
  static func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
        index += 1
      }
    }
    let digits = String((hash ^ hash >> 32) & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Nil where the items are those of `fixtures/net/<name>`; else which have changed and how.
  package static func difference(_ items: [Item], from name: String) -> String? {
    let head =
      "# \(name): verdicts, JSON, text, item; see Tests/TestSupport/Net.swift. Written by `.ci/net --write`.\n"
    let made = Array((head + items.map(\.line).joined()).utf8)
    guard Golden.difference(made, from: "net/\(name)") != nil else { return nil }
    let kept = String(decoding: Golden.bytes("net/\(name)") ?? [], as: UTF8.self)
      .split(separator: "\n").compactMap(Item.init)
    let before = Dictionary(kept.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var changes: [(what: String, names: [String])] = []
    func add(_ what: String, _ names: [String]) {
      if !names.isEmpty { changes.append((what, names)) }
    }
    let known = items.filter { before[$0.name] != nil }
    let reworded = known.filter {
      $0 != before[$0.name] && $0.verdicts == before[$0.name]?.verdicts
    }
    add("other verdicts", known.filter { $0.verdicts != before[$0.name]?.verdicts }.map(\.name))
    add("the same verdicts in other words", reworded.map(\.name))
    add("new", items.filter { before[$0.name] == nil }.map(\.name))
    let names = Set(items.map(\.name))
    add("gone", kept.map(\.name).filter { !names.contains($0) })
    return changes.map { what, names in
      "\(names.count) of \(items.count): \(what): "
        + names.prefix(20).joined(separator: "; ") + (names.count > 20 ? "; …" : "")
    }.joined(separator: "\n")
      + "\nfixtures/net/\(name) differs; where that is meant: .ci/net --write"
  }
}
