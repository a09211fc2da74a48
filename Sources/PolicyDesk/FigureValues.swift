package import Cases
import Deciding
package import Diagnostics
import Expression
package import Policy
import Reading

/// What figures and allocations of a profile come to with the facts that its tests share: for whoever writes the formula.
package struct FigureValues: Sendable {
  package struct Value: Sendable {
    /// The district that it is of; nil of the city.
    package var district: String?
    package var text: Bilingual
  }

  private let policy: Policy
  private let facts: Facts
  private let registry: Registry

  /// Nil where the tests share no facts, or none that can be read.
  ///
  /// - Parameter test: a case, whose own facts and registry, readings and parameters go before those that all share.
  package init?(
    _ policy: Policy, tests: PolicyTests, of test: PolicyTests.Case? = nil,
    districts: [TenantDistrict]
  ) {
    guard let inputs = tests.inputs(of: test, policy), var facts = inputs.facts else { return nil }
    facts.tenantDistricts = districts
    facts.place = test?.place
    let switched = test.flatMap { test in
      try? policy.reading(test.profileSwitches, tests.file, test.range)
    }
    self.policy = switched ?? policy
    self.facts = facts
    registry = inputs.registry
  }

  /// The value of the city, or where it has none those of the districts; none where it rests on what the facts do not have.
  package func values(of name: String) -> [Value] {
    guard let slot = policy.names.all.firstIndex(of: name) else { return [] }
    switch policy.names.slots[slot] {
    case .figure, .allocation, .parameter, .condition: break
    default: return []
    }
    if let city = value(slot, district: nil) { return [Value(district: nil, text: city)] }
    return facts.districtNames.compactMap { district in
      value(slot, district: district).map { Value(district: district, text: $0) }
    }
  }

  private func value(_ slot: Int, district: String?) -> Bilingual? {
    let context = EvaluationContext(
      policy: policy, settings: Settings(policy), facts: facts, registry: registry)
    context.lookAtDistrict(district, year: facts.year ?? policy.from.year)
    let value = context.value(slot: slot)
    switch value {
    case .decimal, .bool:
      return Bilingual(
        zh: Words.show(value, .decimal, .zh), en: Words.show(value, .decimal, .en))
    default: return nil
    }
  }
}
