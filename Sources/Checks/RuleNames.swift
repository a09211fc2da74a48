import Cases
package import Diagnostics
package import Policy

/// The ids and names of rules that a run may be asked to show alone (`--rule`).
package enum RuleNames {
  /// The ids of what planlint finds beside the rules of a profile.
  private static let builtIn =
    BuiltInRule.allCases.map(\.id) + PlansTogether.RuleID.allCases.map(\.rawValue)

  /// Holds the rules that are to be shown alone against those that there are; one that there is not would show nothing.
  package static func check(_ names: [String], among policies: [Policy]) throws(Faults) {
    if names.isEmpty { return }
    let known =
      policies.flatMap(\.rules).flatMap { [$0.id, $0.name] + $0.notes.map(\.name) + $0.partNames }
      + builtIn
    var faults = FaultCollector()
    for name in names where !known.contains(name) { faults.add(unknown(name, known, "--rule")) }
    try faults.check()
  }

  /// Says that there is no rule of a name; `path` is where it was given.
  package static func unknown(_ name: String, _ known: [String], _ path: String) -> Fault {
    let nearest = NearestName.of(name, among: known)
    return Fault(
      path: path,
      zh: "没有规则 `\(name)`" + (nearest.map { "，是否应为 `\($0)`" } ?? "")
        + "；`planlint rules` 列出全部规则",
      en: "there is no rule `\(name)`" + (nearest.map { "; did you mean `\($0)`" } ?? "")
        + "; `planlint rules` lists them all"
    ).suggesting(nearest)
  }
}

extension Rule {
  /// What its parts are called.
  fileprivate var partNames: [String] {
    if case .limit(let limit) = constraint { return limit.parts.compactMap(\.name) }
    return []
  }
}
