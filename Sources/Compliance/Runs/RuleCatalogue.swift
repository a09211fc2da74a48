package import Diagnostics

/// The rules of the profiles, for people to look up: `planlint rules` and `planlint explain`.
package struct RuleCatalogue: Sendable {
  /// The rules of one profile.
  package struct Listing: Sendable {
    package var profile: String
    package var title: String
    package var rows: [Row]
  }

  package struct Row: Sendable {
    package var id: String
    package var name: String
    package var modality: Modality
    package var subject: Bilingual
    package var at: String
    package var quote: String
  }

  private let library: PolicyLibrary

  package init(_ library: PolicyLibrary) { self.library = library }

  package func listings(cities: [String]) throws(Faults) -> [Listing] {
    try library.select(cities: cities).map { selected in
      let policy = selected.policy
      return Listing(
        profile: policy.id, title: policy.document.title,
        rows: policy.rules.map { rule in
          let citation = rule.basis.first.map { policy.citation($0) }
          return Row(
            id: rule.id, name: rule.name, modality: rule.modality,
            subject: rule.subject.word, at: citation?.place ?? "", quote: citation?.quote ?? "")
        })
    }
  }

  /// The ids of what planlint finds beside the rules of a profile.
  private static let builtIn =
    BuiltInRule.allCases.map(\.id) + PlansTogether.RuleID.allCases.map(\.rawValue)

  /// Holds the rules that are to be shown alone against those that there are; one that there is not would show nothing.
  static func check(_ names: [String], among policies: [Policy]) throws(Faults) {
    if names.isEmpty { return }
    let known =
      policies.flatMap(\.rules).flatMap { [$0.id, $0.name] + $0.notes.map(\.name) + $0.partNames }
      + builtIn
    var faults = FaultCollector()
    for name in names where !known.contains(name) { faults.add(unknown(name, known, "--rule")) }
    try faults.check()
  }

  private static func unknown(_ name: String, _ known: [String], _ path: String) -> Fault {
    let nearest = NearestName.of(name, among: known)
    return Fault(
      path: path,
      zh: "没有规则 `\(name)`" + (nearest.map { "，是否应为 `\($0)`" } ?? "")
        + "；`planlint rules` 列出全部规则",
      en: "there is no rule `\(name)`" + (nearest.map { "; did you mean `\($0)`" } ?? "")
        + "; `planlint rules` lists them all")
  }

  /// The rules of that id or readable name; a provision may decide applications and plans alike, by a rule for each.
  package func explanations(
    of name: String, cities: [String]
  ) throws(Faults) -> [RuleExplanation] {
    var explanations: [RuleExplanation] = []
    var known: [String] = []
    for selected in try library.select(cities: cities) {
      let policy = selected.policy
      known += policy.rules.flatMap { [$0.id, $0.name] }
      let rules = policy.rules.filter { $0.id == name || $0.name == name }
      if rules.isEmpty { continue }
      let tests = try library.tests(of: selected)
      explanations += rules.map { RuleExplanation($0, of: policy, tests) }
    }
    guard explanations.isEmpty else { return explanations }
    throw Faults(Self.unknown(name, known + BuiltInRule.allCases.map(\.id), ""))
  }
}

extension Rule.Subject {
  /// What people call it.
  package var word: Bilingual {
    switch self {
    case .application: Bilingual(zh: "申请", en: "application")
    case .plan: Bilingual(zh: "规划", en: "plan")
    case .planDistrict: Bilingual(zh: "规划中的区县", en: "district of a plan")
    }
  }
}

extension Rule {
  /// What its parts are called.
  fileprivate var partNames: [String] {
    if case .limit(let limit) = constraint { return limit.parts.compactMap(\.name) }
    return []
  }
}
