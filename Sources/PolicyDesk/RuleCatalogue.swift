import Cases
package import Checks
package import Diagnostics
package import Policy

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
    throw Faults(RuleNames.unknown(name, known + BuiltInRule.allCases.map(\.id), ""))
  }
}

extension RuleCatalogue {
  /// Everything about every rule, in the profiles' order.
  package func explanations(cities: [String]) throws(Faults) -> [RuleExplanation] {
    var explanations: [RuleExplanation] = []
    for selected in try library.select(cities: cities) {
      let tests = try library.tests(of: selected)
      explanations += selected.policy.rules.map {
        RuleExplanation($0, of: selected.policy, tests)
      }
    }
    return explanations
  }
}

extension RuleSubject {
  /// What people call it.
  package var word: Bilingual {
    switch self {
    case .application: Bilingual(zh: "申请", en: "application")
    case .plan: Bilingual(zh: "规划", en: "plan")
    case .planDistrict: Bilingual(zh: "规划中的区县", en: "district of a plan")
    }
  }
}
