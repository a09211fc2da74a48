import Checks
import Diagnostics
import Policy
import PolicyDesk

extension Planlint {
  /// Every way to name a city: ids of tenants and of the cities that they cover, then the Chinese names.
  public static func cityNames(_ request: Request) throws(InputErrors) -> [String] {
    let tenants = try tenants(request)
    return tenants.flatMap { [$0.id] + $0.covers.map(\.id) }
      + tenants.flatMap { $0.names + $0.covers.flatMap(\.names) }
  }

  /// The ids of all profiles.
  public static func profileNames(_ request: Request) throws(InputErrors) -> [String] {
    try tenants(request).flatMap { $0.profiles.map(\.id) }
  }

  /// The ids of all rules, each once.
  public static func ruleNames(_ request: Request) throws(InputErrors) -> [String] {
    do {
      var names: [String] = []
      for listing in try RuleCatalogue(try request.library()).listings(cities: []) {
        for row in listing.rows where !names.contains(row.id) { names.append(row.id) }
      }
      return names
    } catch {
      throw InputErrors(error)
    }
  }

  private static func tenants(_ request: Request) throws(InputErrors) -> [Tenant] {
    do {
      let library = try request.library()
      var tenants: [Tenant] = []
      for id in library.tenantIDs { tenants.append(try library.tenant(id)) }
      return tenants
    } catch {
      throw InputErrors(error)
    }
  }
}
