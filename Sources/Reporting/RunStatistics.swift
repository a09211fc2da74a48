package import Diagnostics

/// What a run came to in numbers: findings by rule and outcome, time by stage, memory.
///
/// For who runs it, not for a report: times are another in each run.
package struct RunStatistics: Sendable {
  package let subjects: Int
  package let rows: [(rule: String, counts: [Int])]
  package let spent: [(stage: RunObserver.Stage, nanoseconds: UInt64)]
  package let peakBytes: Int?

  /// Counts every finding of a report, known ones included, rules in the report's order.
  package init(_ report: Report, observer: RunObserver?, peakBytes: Int?) {
    var counts: [String: [Int]] = [:]
    for index in 0..<report.resultCount {
      for finding in report.outcomes(index).findings {
        counts[finding.rule, default: [Int](repeating: 0, count: Self.outcomes.count)][
          Self.outcomes.firstIndex(of: finding.outcome) ?? 0] += 1
      }
    }
    var seen: Set<String> = []
    var rows: [(rule: String, counts: [Int])] = []
    for rule in report.rules.map(\.id) where seen.insert(rule).inserted {
      if let counts = counts[rule] { rows.append((rule, counts)) }
    }
    self.rows = rows
    subjects = report.resultCount
    spent = observer?.spent ?? []
    self.peakBytes = peakBytes
  }

  private static let outcomes = Outcome.allCases

  /// Two tables and the memory.
  package func text(_ language: Language) -> String {
    let chinese = language == .zh
    let used = Self.outcomes.indices.filter { column in rows.contains { $0.counts[column] > 0 } }
    var cells = [[chinese ? "规则" : "rule"] + used.map { Self.outcomes[$0].rawValue }]
    cells += rows.map { row in [row.rule] + used.map { String(row.counts[$0]) } }
    var lines = Self.aligned(cells)
    lines.append("")
    cells = [[chinese ? "阶段" : "stage", chinese ? "秒" : "seconds"]]
    cells += spent.filter { $0.nanoseconds > 0 }.map {
      [$0.stage.words[language], Self.seconds($0.nanoseconds)]
    }
    lines += Self.aligned(cells)
    lines.append("")
    lines.append(chinese ? "对象 \(subjects) 个" : "\(subjects) subjects")
    if let peakBytes {
      let mebibytes = FixedDecimal.text(Double(peakBytes) / 1_048_576, places: 1) ?? "?"
      lines.append(chinese ? "内存峰值 \(mebibytes) MiB" : "peak memory \(mebibytes) MiB")
    }
    return lines.map(VisibleText.of).joined(separator: "\n") + "\n"
  }

  /// The same as JSON (`stats/1`).
  package func json(version: String) -> String {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginObject()
    json.head("stats/1", version: version)
    json.key("subjects")
    json.number(subjects)
    json.key("rules")
    json.beginArray()
    for row in rows {
      json.beginObject(inline: true)
      json.key("rule")
      json.string(row.rule)
      json.key("outcomes")
      json.beginArray()
      for (outcome, count) in zip(Self.outcomes, row.counts) where count > 0 {
        json.beginObject()
        json.key("outcome")
        json.string(outcome.rawValue)
        json.key("count")
        json.number(count)
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.key("stages")
    json.beginArray()
    for (stage, nanoseconds) in spent {
      json.beginObject(inline: true)
      json.key("stage")
      json.string("\(stage)")
      json.key("seconds")
      json.number(Double(nanoseconds) / 1e9, places: 6)
      json.endObject()
    }
    json.endArray()
    json.key("peak_bytes")
    if let peakBytes { json.number(peakBytes) } else { json.null() }
    json.endObject()
    json.endLine()
    json.giveBack(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    FixedDecimal.text(Double(nanoseconds) / 1e9, places: 3) ?? "0.000"
  }

  /// Columns by display width, the first to the left, numbers to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let pad = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        line += (column == 0 ? "" : "  ") + (column == 0 ? cell + pad : pad + cell)
      }
      return line
    }
  }
}
