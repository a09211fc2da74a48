package import Checks
package import Diagnostics
import Policy
import Reading

/// The tests of the profiles, run as `planlint policy test` does.
package struct PolicyTestRun: Sendable {
  package struct Outcome: Sendable {
    package var profile: String
    package var cases: Int
    package var failures: [PolicyTestFailure]
  }

  package struct PolicyTestFailure: Sendable {
    package var test: String
    package var location: Location
    package var message: Bilingual
  }

  package let library: PolicyLibrary

  package init(_ library: PolicyLibrary) { self.library = library }

  /// Runs the tests of the tenants named, or of all. A profile without tests is a fault.
  package func run(cities: [String]) throws(Faults) -> [Outcome] {
    var outcomes: [Outcome] = []
    var tenants: [Tenant] = []
    for name in cities.isEmpty ? library.tenantIDs : cities {
      tenants.append(try library.tenant(meaning: name))
    }
    for tenant in tenants {
      for entry in tenant.profiles {
        let policy = try library.policy(entry, of: tenant)
        guard let tests = try library.tests(of: entry, tenant) else {
          throw Faults(
            library.fault(
              of: entry, tenant, zh: "政策档案旁没有测试文件（`.tests.yaml`）",
              en: "the profile has no tests beside it (`.tests.yaml`)"))
        }
        guard tests.profile.value == policy.id else {
          throw Faults(
            Fault(
              tests.file, tests.profile.range, zh: "应为 `\(policy.id)`，实际为 `\(tests.profile.value)`",
              en: "expected `\(policy.id)`, found `\(tests.profile.value)`"))
        }
        let failures = try tests.run(policy, districts: tenant.districts)
        outcomes.append(
          Outcome(
            profile: policy.id, cases: tests.cases.count,
            failures: failures.map {
              PolicyTestFailure(test: $0.test, location: $0.location, message: $0.message)
            }))
      }
    }
    return outcomes
  }
}
