package import Cases
import Deciding
package import Diagnostics
package import Policy
import Reading

/// Tests as they are run while somebody writes them or the profile: a case that cannot be run does not keep the others from it.
package struct PolicyTestTrial: Sendable {
  package struct Failure: Sendable {
    /// What came out otherwise than expected, or what keeps the case from being run.
    package var finding: PolicyFinding
    /// The rule that the case is about.
    package var rule: String?
  }

  /// What a case that comes out otherwise is called.
  package static let code = "test-fails"
  /// What a case that cannot be run is called.
  package static let unreadable = "test-cannot-run"

  package private(set) var failures: [Failure] = []

  /// Runs all cases, one after the other.
  ///
  /// - Parameters:
  ///   - districts: those of the tenant.
  ///   - isWanted: asked before each case.
  /// - Returns: nil where it was not wanted to the end.
  package init?(
    _ tests: PolicyTests, _ policy: Policy, districts: [TenantDistrict], while isWanted: () -> Bool
  ) {
    let terms = PolicyTerms(policy)
    var seen: Set<String> = []
    for test in tests.cases {
      if !isWanted() { return nil }
      // A rule that is not there is told by whoever reads the tests.
      if let rule = test.rule, tests.unknown(rule, policy) != nil { continue }
      do {
        for failure in try tests.run(test, policy, terms, districts) {
          failures.append(
            Failure(
              finding: PolicyFinding(
                .error, Self.code, failure.location, zh: failure.message.zh,
                en: failure.message.en), rule: test.rule?.value))
        }
      } catch {
        for fault in error.faults {
          guard let location = fault.location,
            seen.insert("\(location.range.start) \(fault.message.en)").inserted
          else { continue }
          failures.append(
            Failure(
              finding: PolicyFinding(
                .error, Self.unreadable, location, zh: fault.message.zh, en: fault.message.en),
              rule: test.rule?.value))
        }
      }
    }
  }
}
