import Diagnostics
import PlanlintKit
import Store

/// What applications of a year are decided by as things stand: facts and registry in force, with what the ledger has given since.
struct Standing {
  var facts: PlainValue
  var factsVersion: Version
  var registry: RegistryRows
  var registryVersion: Version
  /// The last entry of the ledger that is counted in them.
  var position: Int
  /// What the ledger comes to by figure now, and what it came to when the facts were counted.
  var totals: [String: Int]
  var counted: [String: Int]

  var districts: [PlainValue] { facts["districts"]?.items ?? [] }
}

extension StoreSession {
  func lastVersion(_ kind: Record.Kind, in parent: String) throws -> Version? {
    try lastRecord(kind, in: parent).map { try Version.decoded($0.body) }
  }

  func version(_ kind: Record.Kind, in parent: String, digest: String) throws -> Version? {
    for record in try records(kind, in: parent, after: 0, limit: Int.max).reversed() {
      let version = try Version.decoded(record.body)
      if version.digest == digest { return version }
    }
    return nil
  }

  /// What a version says.
  func content(of version: Version) throws -> PlainValue {
    guard let bytes = try document(version.content) else {
      throw StoreError.failed("the document \(version.content) is missing")
    }
    return try JSONReader.read(bytes)
  }

  /// The facts of a year and the registry, with what the ledger adds to them.
  ///
  /// - Throws: ``Refusal`` where either is not in force.
  func standing(_ year: Int) throws -> Standing {
    guard let factsVersion = try lastVersion(.facts, in: String(year)) else {
      throw Refusal(
        .unready, zh: "\(year) 年尚无生效的基础数据", en: "no facts of \(year) are in force")
    }
    guard let registryVersion = try lastVersion(.registry, in: "") else {
      throw Refusal(.unready, zh: "尚无生效的定点机构名册", en: "no registry is in force")
    }
    let position = try lastLedgerRow()?.seq ?? 0
    let totals = try figures(at: nil)
    let counted = try figures(at: factsVersion.countedTo ?? 0)
    let facts = try content(of: factsVersion).adding(totals, counted: counted, position: position)
    return Standing(
      facts: facts, factsVersion: factsVersion, registry: try effective(registryVersion),
      registryVersion: registryVersion, position: position, totals: totals, counted: counted)
  }

  /// The registry as rounds see it.
  func effective(_ version: Version) throws -> RegistryRows {
    var rows = RegistryRows(try content(of: version).items)
    for gone in try all(Newcomer.self, in: Newcomer.voided(version.number)) {
      rows.removeOwn(gone.value.filed)
    }
    for stored in try all(Newcomer.self, in: Newcomer.standing) {
      let newcomer = stored.value
      rows.add(try JSONReader.read(newcomer.row), institution: newcomer.institution)
      if let replaces = newcomer.replaces { rows.terminate(replaces) }
    }
    return rows
  }
}

extension Newcomer {
  /// The parent of those that the uploaded registry does not have yet.
  static let standing = "standing"
  /// Of those that it has.
  static let absorbed = "absorbed"

  /// Of those whose case was voided and that no registry had: nobody has to look for them again.
  static let gone = "gone"

  /// Of those whose case was voided while a version of the registry was in force that has a row of them.
  static func voided(_ version: Int) -> String { "voided \(version)" }
}

extension Desk {
  /// The inputs of a decision as things stand.
  func inputs(
    _ city: String, asOf: String?, day: String, applications: [PlainValue], standing: Standing,
    waivers: (waivers: [PlainValue], rulings: [PlainValue]) = ([], [])
  ) throws -> FrozenInputs {
    let request = profiles.request(city)
    return FrozenInputs(
      city: city, asOf: asOf, applications: applications, facts: standing.facts,
      registry: standing.registry.csv(try Planlint.registryColumns(request)), waivers: waivers,
      profile: try Planlint.profileFiles(of: city, on: day, request))
  }
}

extension [PlainValue] {
  /// The last day of submission of some applications.
  var lastDay: String { compactMap { $0["submitted"]?.string }.max() ?? "" }
}
