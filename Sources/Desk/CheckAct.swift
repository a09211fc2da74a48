import Diagnostics
package import PlanlintKit
import Store

extension Desk {
  /// Decides a batch by the facts and the registry in force, or by those of a digest, and keeps nothing of it.
  ///
  /// What the file says of facts, registry and day of decision is passed over: it is checked as of its last day of submission.
  package func check(
    _ asked: Asked, _ upload: Upload, facts: String?, registry: String?
  ) throws -> (result: RunResult, ledger: Int) {
    let (caller, city) = (asked.caller, asked.city)
    let files = try effective(
      caller, city, year: nil, act: .check, facts: facts, registry: registry)
    var request = profiles.request(city)
    request.facts = files.factsInput
    request.registry = files.registryInput
    request.passesOverSources = true
    do {
      return (try Planlint.check([upload.input], request), files.position)
    } catch {
      throw Refusal(error)
    }
  }

  /// The cities with accounts or data that cannot be served now, sorted.
  package func unservedCities(replaced: Set<String>) throws -> [String] {
    let named = try store.read(nowhere) { session in
      try session.all(Account.self, in: nil).filter { !$0.value.isClosed }.map(\.value.city)
    }
    return try Set(named).union(try store.cities()).sorted().filter { city in
      guard let known = profiles.city(city) else { return true }
      if replaced.contains(known.tenant) { return true }
      return try store.read(city) { session in
        try session.lastRecord(.facts, in: nil) == nil
          || session.lastRecord(.registry, in: nil) == nil
      }
    }
  }
}

extension FrozenInputs {
  /// Decides by them, and shows some applications alone; nil where none is to be shown.
  package func decide(
    _ profiles: Profiles, showing shown: [String]?
  ) throws(InputErrors) -> RunResult? {
    if shown?.isEmpty == true { return nil }
    return try decide(profiles, subjects: shown ?? [])
  }

  /// The same with some applications and what was decided of them alone.
  package func narrowed(
    to shown: [String], city: String, _ profiles: Profiles
  ) throws -> FrozenInputs {
    var inputs = self
    let request = profiles.request(city)
    let read = try Planlint.applicationRecords(
      [.memory(name: "applications.yaml", bytes: files["applications.yaml"] ?? [])], request)
    let kept = read.records.filter { shown.contains($0["id"]?.string ?? "") }
    inputs.set(applications: kept, city: city, asOf: nil)
    inputs.files["waivers.yaml"] = nil
    return inputs
  }
}
