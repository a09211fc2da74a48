import Diagnostics
import Reading

/// A profile that a policy tool looks at, with the tenant that lists it.
struct SelectedPolicy: Sendable {
  let tenant: Tenant
  let entry: Tenant.ProfileEntry
  let policy: Policy
}

extension PolicyLibrary {
  /// The profiles of the cities named, or of all, each city once; the faults of all that do not load are thrown together.
  func select(cities: [String]) throws(Faults) -> [SelectedPolicy] {
    var faults = FaultCollector()
    var tenants: [Tenant] = []
    for name in cities.isEmpty ? tenantIDs : cities {
      do {
        let tenant = try tenant(meaning: name)
        if !tenants.contains(where: { $0.id == tenant.id }) { tenants.append(tenant) }
      } catch {
        faults.add(error)
      }
    }
    var selected: [SelectedPolicy] = []
    for tenant in tenants {
      for entry in tenant.profiles {
        do {
          selected.append(
            SelectedPolicy(
              tenant: tenant, entry: entry, policy: try policy(entry, of: tenant)))
        } catch {
          faults.add(error)
        }
      }
    }
    try faults.check()
    return selected
  }

  /// The tests beside a selected profile, which have to be that profile's own.
  func tests(of selected: SelectedPolicy) throws(Faults) -> PolicyTests? {
    guard let tests = try tests(of: selected.entry, selected.tenant) else { return nil }
    if tests.profile.value != selected.policy.id {
      throw Faults(
        Fault(
          tests.file, tests.profile.range,
          zh: "应为 `\(selected.policy.id)`，实际为 `\(tests.profile.value)`",
          en: "expected `\(selected.policy.id)`, found `\(tests.profile.value)`"))
    }
    return tests
  }
}
