import Policy
import Reading

extension PolicyTests.Case {
  /// The rules that are asked of its plan, where it asks for them alone: those of a plan bear on each other only by the verdict.
  ///
  /// Nil: it asks for a verdict, or for something that is no rule of the profile.
  func rulesOfPlan(_ policy: Policy) -> Set<String>? {
    var rules: Set<String> = []
    for expectation in expectations where expectation.subject.value == "plan" {
      guard expectation.verdict == nil else { return nil }
      for outcome in expectation.outcomes {
        let key = outcome.key.value
        let id = String(key.prefix { !"/[".contains($0) })
        guard policy.rules.contains(where: { $0.id == id }) else { return nil }
        rules.insert(id)
      }
    }
    return rules
  }
}
