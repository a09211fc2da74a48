package import Diagnostics
import FoundationEssentials
import Reading

/// The folder of policy profiles, and how a city and a day choose one of them.
package struct PolicyLibrary: Sendable {
  package let directory: String

  /// Looks for the folder: the one named, else that of the environment, else `policies` in the working directory, else one
  /// beside the program or above it, as a build folder or an installation has it.
  ///
  /// - Parameter place: where a file names the folder; one that is none is a fault there.
  package init(
    named: String?, at place: Location? = nil, environment: String?, workingDirectory: String,
    executable: String?
  ) throws(Faults) {
    if let named = named ?? environment {
      guard Self.isLibrary(named) else {
        let zh = "这里没有政策档案：应有 `<统筹地区>/tenant.yaml`"
        let en = "expected a folder of policy profiles with `<tenant>/tenant.yaml` in it"
        guard let place else { throw Faults(Fault(path: named, zh: zh, en: en)) }
        throw Faults(
          Fault(place.file, place.range, zh: "\(named)：\(zh)", en: "\(named): \(en)"))
      }
      directory = named
      return
    }
    var candidates = ["\(workingDirectory)/policies"]
    if let executable {
      var parts = executable.split(separator: "/").dropLast()
      while !parts.isEmpty {
        let base = "/" + parts.joined(separator: "/")
        candidates += ["\(base)/policies", "\(base)/share/planlint/policies"]
        parts = parts.dropLast()
      }
    }
    guard let found = candidates.first(where: Self.isLibrary) else {
      throw Faults(
        Fault(
          path: "", zh: "找不到政策档案目录，请用 `--policies DIR` 或 PLANLINT_POLICIES 指定",
          en:
            "no folder of policy profiles found; name it with `--policies DIR` or PLANLINT_POLICIES"
        ))
    }
    directory = found
  }

  private static func isLibrary(_ path: String) -> Bool { !tenantIDs(in: path).isEmpty }

  private static func tenantIDs(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter {
      FileManager.default.fileExists(atPath: "\(path)/\($0)/tenant.yaml")
    }.sorted()
  }

  package var tenantIDs: [String] { Self.tenantIDs(in: directory) }

  package func tenant(_ id: String) throws(Faults) -> Tenant {
    let file = try InputFile.load(path: "\(directory)/\(id)/tenant.yaml")
    let tenant = try Tenant(reading: file)
    // Its other files are looked for by this name.
    if tenant.id != id {
      let (own, found) = (Quoting.code(id), Quoting.code(tenant.id))
      throw Faults(
        Fault(
          file, tenant.idRange, zh: "`id` 应与目录名 \(own) 一致，实际为 \(found)",
          en: "expected `id` to be the folder's name \(own), found \(found)"))
    }
    return tenant
  }

  /// The tenant that a name means: an id, a Chinese name with or without 市, or a GB/T 2260 code, of it or of a place it covers.
  ///
  /// A tenant's own id reads that tenant's file alone.
  package func tenant(meaning name: String) throws(Faults) -> Tenant {
    let ids = tenantIDs
    if ids.contains(name) { return try tenant(name) }
    var known: [String] = []
    let wanted = name.lowercased()
    for id in ids {
      let tenant = try tenant(id)
      if tenant.allNames.contains(where: { $0.lowercased() == wanted }) { return tenant }
      known += tenant.allNames
    }
    let nearest = NearestName.of(name, among: known)
    throw Faults(
      Fault(
        path: "",
        zh: "没有统筹地区 `\(name)`"
          + (nearest.map { "，是否应为 `\($0)`" } ?? "") + "；已有：" + ids.joined(separator: "、"),
        en: "there is no city `\(name)`" + (nearest.map { "; did you mean `\($0)`" } ?? "")
          + "; known are " + ids.joined(separator: ", ")))
  }

  package func policy(_ entry: Tenant.ProfileEntry, of tenant: Tenant) throws(Faults) -> Policy {
    let file = try InputFile.load(path: path(of: entry, tenant))
    let policy = try Policy(reading: file)
    guard policy.id == entry.id, policy.from == entry.from, policy.to == entry.to else {
      throw Faults(
        Fault(
          path: "\(directory)/\(tenant.id)/tenant.yaml",
          zh: "`\(entry.id)` 的编号或起止日期与 `\(entry.file)` 不一致",
          en: "the id or span of `\(entry.id)` differs from what `\(entry.file)` says"))
    }
    return policy
  }

  package func path(of entry: Tenant.ProfileEntry, _ tenant: Tenant) -> String {
    "\(directory)/\(tenant.id)/\(entry.file)"
  }

  /// The tests that stand beside a profile (`2026-2028.tests.yaml`), if there are any.
  package func tests(of entry: Tenant.ProfileEntry, _ tenant: Tenant) throws(Faults) -> PolicyTests?
  {
    let path = path(of: entry, tenant)
    let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
    let tests = "\(stem).tests.yaml"
    guard FileManager.default.fileExists(atPath: tests) else { return nil }
    return try PolicyTests(reading: try InputFile.load(path: tests))
  }
}
