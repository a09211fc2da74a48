import Expression
package import Policy

/// What of a profile the verdicts, messages and quotas rest on, directly or through other definitions.
package struct PolicyUse: Sendable {
  package let reach: PolicyGraph.Reach
  /// What is looked at of applications, facts and plans, as ``References/paths`` has it, sorted.
  package let paths: [String]
  package let exemptions: Set<Int>
  package let exceptions: Set<Int>
  /// Priorities count only where the order of merit looks at them.
  let hasPriorities: Bool

  /// Of the whole profile.
  package init(_ policy: Policy) {
    self.init(
      policy, rules: policy.rules,
      hasPriorities: policy.merit.contains { $0.key == .priority },
      more: policy.allocations.filter { $0.gives != nil }.map(\.name))
  }

  /// Of some rules, with their exemptions and exceptions, and of other names.
  package init(_ policy: Policy, rules: [Rule], hasPriorities: Bool = false, more: [String] = []) {
    exemptions = Set(rules.flatMap(\.exemptions))
    exceptions = Set(rules.flatMap(\.exceptions))
    self.hasPriorities = hasPriorities
    var programs = rules.flatMap { $0.programs + $0.messagePrograms + policy.clausePrograms($0) }
    if hasPriorities { programs += policy.priorities.map(\.program) }
    var names = more
    for case .spacing(let spacing) in rules.map(\.constraint) {
      names.append(policy.circles[spacing.circle].name)
    }
    reach = policy.graph.reach(programs, names: names)
    paths = Set(policy.graph.programs(programs, reach).flatMap(\.references.paths)).sorted()
  }
}
