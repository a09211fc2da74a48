package import Checks
package import Diagnostics
import Expression
import Policy
import Reading

/// What is wrong with profiles that load, as `planlint policy check` finds it: what is defined and never used, rules that can
/// never apply or never fail, and profiles of one tenant that overlap or leave days without any.
package struct PolicyInspection: Sendable {
  private let library: PolicyLibrary

  package init(_ library: PolicyLibrary) { self.library = library }

  /// The faults of all profiles that do not load are thrown together.
  package func run(cities: [String]) throws(Faults) -> [PolicyReport] {
    var reports: [PolicyReport] = []
    for selected in try library.select(cities: cities) {
      let policy = selected.policy
      // What is wrong with the tests is for `policy test` to say.
      let tests = (try? library.tests(of: selected)) ?? nil
      let ordered = Self.findings(of: selected, tests: tests) { true } ?? []
      reports.append(
        PolicyReport(
          profile: policy.id, findings: ordered,
          summary: Bilingual(
            zh: "\(policy.rules.count) 条规则，\(ordered.count) 处可疑",
            en:
              "\(policy.rules.count) rules, \(ordered.count) finding\(ordered.count == 1 ? "" : "s")"
          ), counts: [("rules", policy.rules.count), ("findings", ordered.count)]))
    }
    return reports
  }

  /// What is wrong with one profile, the tenant's file first; nil where it was not wanted to the end.
  ///
  /// - Parameter isWanted: asked again and again, since rules are tried with thousands of applications.
  package static func findings(
    of selected: SelectedPolicy, tests: PolicyTests?, while isWanted: () -> Bool
  ) -> [PolicyFinding]? {
    let policy = selected.policy
    guard let reach = reach(selected, tests: tests, while: isWanted), isWanted() else { return nil }
    let findings =
      spans(selected) + refusing(policy) + unused(policy)
      + alternatives(policy) + constantConditions(policy)
      + modalities(policy) + UnitInspection(policy).findings
      + CodeInspection(selected.tenant).findings
      + policy.unanswered(
        constants(policy) + QuoteInspection(policy).findings
          + MessageInspection(policy).findings + reach,
        among: Set(PolicyQuestion.allCases).subtracting([.placeDiffers]))
    return findings.enumerated().sorted {
      let (a, b) = ($0.element.location, $1.element.location)
      // The tenant's file goes first.
      if a.file.path != b.file.path { return a.file.path != policy.source.path }
      return (a.range.start, $0.offset) < (b.range.start, $1.offset)
    }.map(\.element)
  }
}

// MARK: Reach

extension PolicyInspection {
  /// Rules that come to the same whatever is asked; what is so by its text alone is told already.
  private static func reach(
    _ selected: SelectedPolicy, tests: PolicyTests?, while isWanted: () -> Bool
  ) -> [AskedFinding]? {
    let known = Set(constants(selected.policy).map(\.item))
    return ReachInspection(
      selected.policy, districts: selected.tenant.districts, tests: tests, while: isWanted)?
      .findings.filter { !known.contains($0.item) }
  }
}

// MARK: Spans

extension PolicyInspection {
  /// What lies between this profile and those before it in the tenant's file.
  private static func spans(_ selected: SelectedPolicy) -> [PolicyFinding] {
    let entry = selected.entry
    let entries = selected.tenant.profiles
    guard let index = entries.firstIndex(where: { $0.range == entry.range }),
      let last = entries[..<index].max(by: { $0.to < $1.to })
    else { return [] }
    let distance = entry.from.daysSinceEpoch - last.to.daysSinceEpoch
    guard distance != 1, let file = selected.tenant.file else { return [] }
    let location = Location(file: file, range: entry.range)
    if distance < 1 {
      return [
        PolicyFinding(
          .warning, "spans-overlap", location,
          zh: "`\(entry.id)` 自 \(entry.from) 起，与至 \(last.to) 止的 `\(last.id)` 重叠",
          en: "`\(entry.id)` begins on \(entry.from), before `\(last.id)` ends on \(last.to)")
      ]
    }
    return [
      PolicyFinding(
        .warning, "spans-gap", location,
        zh:
          "`\(last.id)` 至 \(last.to) 止，`\(entry.id)` 自 \(entry.from) 起，其间 \(distance - 1) 天没有政策档案",
        en:
          "`\(last.id)` ends on \(last.to) and `\(entry.id)` begins on \(entry.from): \(distance - 1) days between them have no profile"
      )
    ]
  }
}

// MARK: Use

extension PolicyInspection {
  private static func unused(_ policy: Policy) -> [PolicyFinding] {
    let use = PolicyUse(policy)
    var findings: [PolicyFinding] = []
    func add(_ code: String, _ zh: String, _ name: String, _ range: ByteRange) {
      findings.append(
        PolicyFinding(
          .warning, "unused-\(code)", Location(file: policy.source, range: range),
          zh: "\(zh) `\(name)` 没有任何用处", en: "nothing uses the \(code) `\(name)`"))
    }
    func unused<Item>(_ items: [Item], _ used: [Int]) -> [Item] {
      items.indices.filter { !used.contains($0) }.map { items[$0] }
    }
    for item in unused(policy.parameters, use.reach.parameters) {
      add("parameter", "参数", item.name, item.range)
    }
    for item in unused(
      policy.readings, use.reach.readings + (policy.replacements.map { [$0] } ?? []))
    {
      add("reading", "读法", item.name, item.range)
    }
    for item in unused(policy.figures, use.reach.figures) {
      add("figure", "算数", item.name, item.range)
    }
    for item in unused(policy.conditions, use.reach.conditions) {
      add("condition", "条件", item.name, item.range)
    }
    for item in unused(policy.circles, use.reach.circles) {
      add("circle", "圆", item.name, item.range)
    }
    for item in unused(policy.tallies, use.reach.tallies) {
      add("tally", "计数", item.name, item.range)
    }
    for item in unused(policy.allocations, use.reach.allocations) {
      add("allocation", "分配", item.name, item.range)
    }
    for (index, item) in policy.exemptions.enumerated() where !use.exemptions.contains(index) {
      add("exemption", "豁免", item.id, item.range)
    }
    for (index, item) in policy.exceptions.enumerated() where !use.exceptions.contains(index) {
      add("exception", "例外", item.id, item.range)
    }
    if !use.hasPriorities {
      for item in policy.priorities { add("priority", "优先", item.id, item.range) }
    }
    return findings
  }

  /// Alternatives that are no others.
  private static func alternatives(_ policy: Policy) -> [PolicyFinding] {
    func repeated<Value: Hashable>(_ value: Value, _ alternatives: [Value]) -> [Value] {
      var seen: Set<Value> = [value]
      return alternatives.filter { !seen.insert($0).inserted }
    }
    func finding(_ name: String, _ value: String, _ range: ByteRange) -> PolicyFinding {
      PolicyFinding(
        .warning, "repeated-alternative", Location(file: policy.source, range: range),
        zh: "`\(name)` 的另一种取法 `\(value)` 与已有的取法相同",
        en: "expected every alternative of `\(name)` to be another, found `\(value)` again")
    }
    return policy.parameters.flatMap { parameter in
      repeated(parameter.value, parameter.alternatives).map {
        finding(parameter.name, $0.description, parameter.range)
      }
    }
      + policy.readings.flatMap { reading in
        repeated(reading.value, reading.alternatives).map {
          finding(reading.name, $0, reading.range)
        }
      }
  }
}

// MARK: Constants

extension PolicyInspection {
  private static func constantConditions(_ policy: Policy) -> [PolicyFinding] {
    let truth = ConstantTruth(policy)
    return policy.conditions.compactMap { condition in
      guard let value = truth.value(of: condition.program) else { return nil }
      return PolicyFinding(
        .warning, "constant-condition", Location(file: policy.source, range: condition.range),
        zh: "条件 `\(condition.name)` 恒\(value ? "成立" : "不成立")",
        en: "the condition `\(condition.name)` is always \(value)")
    }
  }

  private static func constants(_ policy: Policy) -> [AskedFinding] {
    var findings: [AskedFinding] = []
    func add(_ question: PolicyQuestion, _ range: ByteRange, zh: String, en: String) {
      findings.append(AskedFinding(question, of: range, in: policy, zh: zh, en: en))
    }
    let truth = ConstantTruth(policy)
    let clauses =
      policy.exemptions.map { ("exemption", "豁免", $0) }
      + policy.exceptions.map { ("exception", "例外", $0) }
      + policy.priorities.map { ("priority", "优先", $0) }
    for (word, zh, clause) in clauses where truth.value(of: clause.program) == false {
      add(
        .neverReached, clause.range, zh: "\(zh) `\(clause.id)` 的条件恒不成立",
        en: "the \(word) `\(clause.id)` can never be reached: its condition is always false")
    }
    for rule in policy.rules {
      if let applies = rule.applies, truth.value(of: applies) == false {
        add(
          .neverApplies, rule.range, zh: "规则 `\(rule.id)` 的 `for` 恒不成立，永不适用",
          en: "the rule `\(rule.id)` can never apply: its `for` is always false")
      }
      switch rule.constraint {
      case .require(let require):
        guard let holds = truth.value(of: require) else { continue }
        if holds {
          add(
            .neverFails, rule.range, zh: "规则 `\(rule.id)` 的要求恒成立，永不会不符合",
            en: "the rule `\(rule.id)` can never fail: what it requires is always true")
        } else {
          add(
            .neverHolds, rule.range, zh: "规则 `\(rule.id)` 的要求恒不成立，永不会符合",
            en: "the rule `\(rule.id)` can never hold: what it requires is always false")
        }
      case .limit(let limit):
        for (index, part) in limit.parts.enumerated() {
          guard let applies = part.applies, truth.value(of: applies) == false else { continue }
          let name = part.name ?? "\(index + 1)"
          add(
            .neverApplies, rule.range, zh: "规则 `\(rule.id)` 的分项 `\(name)` 的 `for` 恒不成立，永不适用",
            en: "part `\(name)` of the rule `\(rule.id)` can never apply: its `for` is always false"
          )
        }
      case .spacing: break
      }
    }
    return findings
  }
}

// MARK: Modalities

extension PolicyInspection {
  /// A profile that lets everything through.
  private static func refusing(_ policy: Policy) -> [PolicyFinding] {
    guard let note = RefusingRules(policy).noneNote,
      let location = note.location
    else { return [] }
    return [
      PolicyFinding(
        .error, "never-refuses", location, zh: note.message.zh, en: note.message.en)
    ]
  }

  /// Rules that stand on a provision that demands nothing.
  private static func modalities(_ policy: Policy) -> [PolicyFinding] {
    policy.rules.compactMap { rule in
      switch rule.modality {
      case .must, .inPrinciple, .may, .target: return nil
      case .priority, .exemption, .definition, .data:
        let provision = rule.basis.first.map { policy.provisions[$0].id } ?? ""
        let word = rule.modality
        return PolicyFinding(
          .warning, "no-demand", Location(file: policy.source, range: rule.range),
          zh: "规则 `\(rule.id)` 所依据的 `\(provision)` 是“\(word.word.zh)”（\(word.rawValue)），不是要求",
          en:
            "the rule `\(rule.id)` stands on `\(provision)`, whose modality `\(word.rawValue)` demands nothing"
        )
      }
    }
  }
}
