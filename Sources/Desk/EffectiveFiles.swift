package import PlanlintKit
import Store

/// The facts and the registry as rounds see them at one position of the ledger, as the files of a decision.
package struct EffectiveFiles: Sendable {
  /// As inputs of a run: what was read of them once is used again, since they are the same bytes in the same place.
  package let factsInput: Input
  package let registryInput: Input
  /// The last entry of the ledger that is counted in them.
  package let position: Int

  /// What they are made from. The ledger moves with every newcomer and every void, and each upload is a version of its own.
  struct Source: Hashable, Sendable {
    var city: String
    var year: Int
    var position: Int
    var facts: Int
    var registry: Int
    /// The digests of others that were asked for in their place.
    var askedFacts: String?
    var askedRegistry: String?
  }

  init(facts: String, registry: String, position: Int) {
    self.position = position
    factsInput = .memory(name: "facts.yaml", text: facts)
    registryInput = .memory(name: "registry.csv", text: registry)
  }

  /// YAML.
  package var facts: String { factsInput.text ?? "" }
  /// CSV.
  package var registry: String { registryInput.text ?? "" }
}

extension Desk {
  /// The facts and the registry as rounds see them now; `facts` and `registry` are digests of others that are taken in their place.
  package func effective(
    _ caller: Caller, _ city: String, year: Int?, act: Act = .readFacts, facts: String? = nil,
    registry: String? = nil
  ) throws -> EffectiveFiles {
    try view(caller, city, act) { session in
      let last = try year == nil ? session.lastRecord(.facts, in: nil) : nil
      guard let year = year ?? last.flatMap({ Int($0.parent) }) else {
        throw Refusal(.unready, zh: "尚无生效的基础数据", en: "no facts are in force")
      }
      func files() throws -> EffectiveFiles {
        try makeFiles(city, year, facts, registry, session)
      }
      guard let factsInForce = try last ?? session.lastRecord(.facts, in: String(year)),
        let registryInForce = try session.lastRecord(.registry, in: "")
      else { return try files() }
      let source = EffectiveFiles.Source(
        city: city, year: year, position: try session.lastLedgerRow()?.seq ?? 0,
        facts: factsInForce.number, registry: registryInForce.number, askedFacts: facts,
        askedRegistry: registry)
      return try effectiveFiles.value(source, files) ?? files()
    }
  }

  private func makeFiles(
    _ city: String, _ year: Int, _ facts: String?, _ registry: String?,
    _ session: any StoreSession
  ) throws -> EffectiveFiles {
    var standing = try session.standing(year)
    if let facts {
      guard let version = try session.version(.facts, digest: facts) else {
        throw Refusal.invalid("没有此摘要的基础数据", "there are no facts of this digest")
      }
      standing.facts = try session.content(of: version)
    }
    if let registry {
      guard let version = try session.version(.registry, digest: registry) else {
        throw Refusal.invalid("没有此摘要的名册", "there is no registry of this digest")
      }
      standing.registry = RegistryRows(try session.content(of: version).items)
    }
    return EffectiveFiles(
      facts: standing.facts.yaml,
      registry: standing.registry.csv(try Planlint.registryColumns(profiles.request(city))),
      position: standing.position)
  }
}
