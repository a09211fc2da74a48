package import Diagnostics
import Expression
package import Policy

/// Units of a profile that nobody knows, and places where two that differ are added, compared or declared the same.
package struct UnitInspection {
  private let policy: Policy
  private let environment: Environment
  private var units: [String: String] = ["year": "year"]
  package private(set) var findings: [PolicyFinding] = []

  package init(_ policy: Policy) {
    self.policy = policy
    environment = policy.names.environment(.condition)
    for item in policy.parameters { units[item.name] = Self.canonical(item.unit) }
    for item in policy.figures { units[item.name] = Self.canonical(item.unit) }
    for item in policy.allocations { units[item.name] = Self.canonical(item.unit) }
    for item in policy.circles { units[item.name] = "institutions" }
    for item in policy.tallies {
      units[item.name] = item.sum == .beds ? "beds" : "institutions"
    }
    for item in policy.parameters { lookUp(item.unit, item.range) }
    for item in policy.figures {
      lookUp(item.unit, item.range)
      for source in item.sources { check(source, is: item.unit, item.range) }
    }
    for item in policy.conditions { check(item.program, item.range) }
    for item in policy.allocations {
      lookUp(item.unit, item.range)
      for total in [item.total, item.city, item.least, item.cap, item.published].compactMap(\.self)
      {
        check(total, is: item.unit, item.range)
      }
      for program in item.shares.flatMap(\.programs) { check(program, item.range) }
    }
    for clause in policy.exemptions + policy.exceptions + policy.priorities {
      check(clause.program, clause.range)
    }
    for rule in policy.rules { check(rule) }
  }

  private mutating func check(_ rule: Rule) {
    if let applies = rule.applies { check(applies, rule.range) }
    switch rule.constraint {
    case .require(let require): check(require, rule.range)
    case .limit(let limit):
      for part in limit.parts {
        for condition in [part.applies, part.binds].compactMap(\.self) {
          check(condition, rule.range)
        }
        for number in [part.used, part.atMost, part.reviewUpTo].compactMap(\.self) {
          check(number, is: part.take.unit, rule.range)
        }
      }
    case .spacing(let spacing): check(spacing.atMost, is: "institutions", rule.range)
    }
    for note in rule.notes {
      if let applies = note.applies { check(applies, rule.range) }
      check(note.require, rule.range)
    }
  }

  private mutating func check(_ require: Require, _ range: ByteRange) {
    switch require.test {
    case .condition(let program): check(program, range)
    case .measure(let measure, _, let limit, let within, let unit):
      lookUp(unit, range)
      for program in [measure, limit] + (within.map { [$0] } ?? []) {
        check(program, is: unit, range)
      }
    }
  }

  private static func canonical(_ unit: String) -> String { UnitWord.of(unit)?.ids.first ?? unit }

  private mutating func lookUp(_ unit: String, _ range: ByteRange) {
    guard UnitWord.of(unit) == nil else { return }
    let nearest = NearestName.of(unit, among: UnitWord.all.flatMap(\.ids))
    add(
      "unknown-unit", range,
      zh: "没有单位 `\(unit)`", en: "there is no unit `\(unit)`", meant: nearest.map { Meant($0) })
  }

  private mutating func check(_ program: Program, is unit: String? = nil, _ range: ByteRange) {
    let found = UnitCheck(program.source, in: environment, units: units)
    let text = program.source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for clash in found.clashes {
      add(
        "units-differ", range, zh: "`\(text)` 中 `\(clash.left)` 与 `\(clash.right)` 的单位不同",
        en: "`\(text)` puts `\(clash.left)` and `\(clash.right)` together, which differ as units")
    }
    guard let unit = unit.map(Self.canonical), let own = found.unit, own != unit else { return }
    add(
      "units-differ", range, zh: "`\(text)` 的单位是 `\(own)`，此处应为 `\(unit)`",
      en: "expected `\(text)` to be in `\(unit)`, found `\(own)`")
  }

  private mutating func add(
    _ code: String, _ range: ByteRange, zh: String, en: String, meant: Meant? = nil
  ) {
    findings.append(
      PolicyFinding(
        .warning, code, Location(file: policy.source, range: range), zh: zh, en: en, meant: meant))
  }
}
