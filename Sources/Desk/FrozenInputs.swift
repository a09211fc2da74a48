import Diagnostics
package import PlanlintKit

/// Everything that a decision rests on, as files: `planlint check --policy profile.yaml --tenant tenant.yaml --facts facts.yaml
/// --registry registry.csv --waivers waivers.yaml applications.yaml` on them gives the decision's report.
package struct FrozenInputs: Sendable {
  /// The names of the files, in the order in which they are listed.
  package static let names = [
    "applications.yaml", "facts.yaml", "registry.csv", "waivers.yaml", "profile.yaml",
    "tenant.yaml",
  ]

  /// By name.
  package var files: [String: [UInt8]]

  package init(files: [String: [UInt8]]) { self.files = files }

  /// One digest of all files.
  var digest: String {
    Digest.sha256(Self.names.map { Digest.sha256(files[$0] ?? []) }.joined())
  }

  init(
    city: String, asOf: String?, applications: [PlainValue], facts: PlainValue, registry: String,
    waivers: (waivers: [PlainValue], rulings: [PlainValue]), profile: ProfileFiles
  ) {
    files = [:]
    files["facts.yaml"] = Array(facts.yaml.utf8)
    files["registry.csv"] = Array(registry.utf8)
    files["profile.yaml"] = profile.profile
    files["tenant.yaml"] = profile.tenant
    set(applications: applications, city: city, asOf: asOf)
    set(waivers: waivers.waivers, rulings: waivers.rulings)
  }

  mutating func set(applications: [PlainValue], city: String, asOf: String?) {
    var head: PlainValue = ["planlint": "applications/1", "city": .text(city)]
    head["as_of"] = asOf.map { .text($0) }
    head["applications"] = .list(applications)
    files["applications.yaml"] = Array(head.yaml.utf8)
  }

  mutating func set(waivers: [PlainValue], rulings: [PlainValue]) {
    let value: PlainValue = [
      "planlint": "waivers/1", "waivers": .list(waivers), "rulings": .list(rulings),
    ]
    files["waivers.yaml"] = Array(value.yaml.utf8)
  }

  /// Decides by them and nothing else; what was read of the profile for earlier decisions is used again.
  package func decide(
    _ profiles: Profiles, subjects: [String] = []
  ) throws(InputErrors) -> RunResult {
    func input(_ name: String) -> Input { .memory(name: name, bytes: files[name] ?? []) }
    var request = profiles.frozenRequest()
    request.shownSubjects = subjects
    request.facts = input("facts.yaml")
    request.registry = input("registry.csv")
    request.waivers = input("waivers.yaml")
    request.policyFile = "profile.yaml"
    request.tenantFile = "tenant.yaml"
    request.supporting = [input("profile.yaml"), input("tenant.yaml")]
    return try Planlint.check([input("applications.yaml")], request)
  }
}

extension RunResult {
  /// The report as it is kept.
  package var reportJSON: [UInt8] {
    var bytes: [UInt8] = []
    write(Format(name: "json") ?? .text, Presentation()) {
      bytes += $0
      return true
    }
    return bytes
  }
}
