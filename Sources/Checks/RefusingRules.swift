package import Diagnostics
package import Policy

/// Which rules of a profile could refuse anything: one without any lets everything through, which nobody should take for a check.
package struct RefusingRules {
  private let policy: Policy
  private let truth: ConstantTruth

  package init(_ policy: Policy) {
    self.policy = policy
    truth = ConstantTruth(policy)
  }

  /// What is said where no rule could refuse, at the first of them; nil where one could.
  package var noneNote: Note? {
    if policy.rules.contains(where: couldRefuse) { return nil }
    let range = policy.rules.first?.range ?? ByteRange(start: 0, end: 0)
    return Note(
      policy.source, range, zh: "政策档案 \(policy.id) 没有能判为不符合的规则，任何申请或规划都不会因此不予通过",
      en: "no rule of the profile \(policy.id) could refuse anything, so that nothing is refused")
  }

  private func couldRefuse(_ rule: Rule) -> Bool {
    switch rule.modality {
    // What the text only allows or aims at refuses nothing.
    case .may, .target: return false
    default: break
    }
    if let applies = rule.applies, truth.value(of: applies) == false { return false }
    switch rule.constraint {
    case .require(let require): return truth.value(of: require) != true
    case .limit(let limit):
      return limit.parts.contains { part in
        !part.isAdvisory && part.applies.flatMap { truth.value(of: $0) } != false
      }
    case .spacing: return true
    }
  }
}
