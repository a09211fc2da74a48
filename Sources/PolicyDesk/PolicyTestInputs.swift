package import Cases
package import Diagnostics
package import Policy
import Reading

/// What can be said of tests without running them: rules that the profile does not have, and inputs that cannot be read.
extension PolicyTests {
  /// The rules that cases are about, or expect something of, and that the profile does not have.
  package func unknownRules(_ policy: Policy) -> [Fault] {
    cases.flatMap { test in
      [test.rule].compactMap { $0.flatMap { unknown($0, policy) } }
        + test.expectations.flatMap(\.outcomes).compactMap { outcome in
          let id = String(outcome.key.value.prefix { $0 != "[" && $0 != "/" })
          // Findings that no rule states have ids of their own.
          if id.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }) { return nil }
          return unknown(Located(id, outcome.key.range), policy)
        }
    }
  }

  func unknown(_ rule: Located<String>, _ policy: Policy) -> Fault? {
    if policy.rules.contains(where: { $0.id == rule.value }) { return nil }
    let nearest = NearestName.of(rule.value, among: policy.rules.map(\.id))
    return Fault(
      file, rule.range, zh: "政策档案中没有规则 `\(rule.value)`",
      en: "the profile has no rule `\(rule.value)`", meant: nearest.map { Meant($0) })
  }

  /// What of the cases' inputs cannot be read, laid over what they share; nil where it was not wanted to the end.
  package func inputFaults(
    _ catalogue: Catalogue, while isWanted: () -> Bool
  ) -> [Fault]? {
    var faults: [Fault] = []
    var seen: Set<String> = []
    func take(_ node: Node?, _ read: (Node) throws(Faults) -> Void) {
      guard let node else { return }
      do {
        try read(node)
      } catch {
        // What the cases share is told once.
        for fault in error.faults
        where seen.insert("\(fault.location?.range.start ?? -1) \(fault.message.en)").inserted {
          faults.append(fault)
        }
      }
    }
    func registryAlone(_ node: Node?) -> Node? { node?.scalar?.text == "none" ? nil : node }
    let readFacts = { (node: Node) throws(Faults) in _ = try Facts(node, file: file, catalogue) }
    let readRegistry = { (node: Node) throws(Faults) in
      _ = try Registry(node, file: file, catalogue)
    }
    take(facts, readFacts)
    take(registryAlone(registry), readRegistry)
    let reader = Application.reader(file: 0, catalogue)
    for test in cases {
      if !isWanted() { return nil }
      if test.facts != nil { take(Self.merged(facts, test.facts), readFacts) }
      take(registryAlone(test.registry), readRegistry)
      if test.plan != nil {
        take(Self.merged(plan, test.plan)) { (node) throws(Faults) in
          _ = try Plan(node, file: file, catalogue)
        }
      }
      for node in test.applications {
        take(Self.merged(application, node)) { (node) throws(Faults) in
          var context = FieldContext(file)
          _ = reader.read(node, &context)
          try context.faults.check()
        }
      }
      take(test.waivers) { (node) throws(Faults) in _ = try Waivers(node, file: file) }
    }
    return faults
  }

  /// The facts and registry that the cases share, or those of one case; nil where they cannot be read.
  func inputs(of test: Case?, _ policy: Policy) -> (facts: Facts?, registry: Registry)? {
    let facts = Self.merged(facts, test?.facts)
    let registry = test?.registry ?? registry
    let isNone = registry?.scalar?.text == "none"
    do {
      return (
        try facts.map { node throws(Faults) in try Facts(node, file: file, policy.catalogue) },
        try (isNone ? nil : registry).map { node throws(Faults) in
          try Registry(node, file: file, policy.catalogue)
        } ?? Registry(policy.catalogue)
      )
    } catch {
      return nil
    }
  }
}
