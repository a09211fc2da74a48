import Diagnostics
import PlanlintKit
import TestSupport

/// Profiles and tenants as an officer may write them: loaded, checked and listed, and applications decided by them.
enum Profiles {
  private static func file(_ name: String) -> [UInt8] { Golden.bytes("newcity/\(name)") ?? [] }

  private static let profile = file("policies/xincheng/2026-2030.yaml")
  private static let tenant = file("policies/xincheng/tenant.yaml")
  private static let applications = file("applications.yaml")
  private static let registry = file("registry.csv")

  static func tried(profile bytes: [UInt8]) -> Trial { tried(bytes, tenant) }

  static func tried(tenant bytes: [UInt8]) -> Trial { tried(profile, bytes) }

  private static func tried(_ profile: [UInt8], _ tenant: [UInt8]) -> Trial {
    var request = Request()
    request.policies = "p"
    request.supporting = [
      .memory(name: "p/xincheng/tenant.yaml", bytes: tenant),
      .memory(name: "p/xincheng/2026-2030.yaml", bytes: profile),
      .memory(name: "registry.csv", bytes: registry),
    ]
    request.keepInputs()
    return SoundFaults.of {
      // The inspection tries every rule with many values, which takes a hundred times as long as loading.
      if (profile.count + tenant.count) % 8 == 0 {
        for result in try Planlint.inspectPolicies(cities: [], request) {
          for finding in result.findings
          where finding.message.zh.isEmpty || finding.message.en.isEmpty {
            return .broken("a finding on the profile says nothing")
          }
        }
      }
      _ = try Planlint.rules(cities: [], request)
      return Runs.decided(by: [.memory(name: "applications.yaml", bytes: applications)], request)
    }
  }
}
