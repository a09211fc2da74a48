package import Diagnostics
package import Policy
import Reading

/// A profile that a policy tool looks at, with the tenant that lists it.
package struct SelectedPolicy: Sendable {
  package let tenant: Tenant
  package let entry: Tenant.ProfileEntry
  package let policy: Policy

  package init(tenant: Tenant, entry: Tenant.ProfileEntry, policy: Policy) {
    self.tenant = tenant
    self.entry = entry
    self.policy = policy
  }
}

extension PolicyLibrary {
  /// The profiles of the cities named, or of all, each city once; the faults of all that do not load are thrown together.
  package func select(cities: [String]) throws(Faults) -> [SelectedPolicy] {
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
}
