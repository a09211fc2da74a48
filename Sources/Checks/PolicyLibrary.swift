package import Diagnostics
import Glibc
package import Policy
import Reading

/// The folder of policy profiles, and how a city and a day choose one of them.
package struct PolicyLibrary: Sendable {
  package let directory: String
  /// The ids of its tenants, which are the names of their folders.
  package let tenantIDs: [String]
  package let sources: InputSources
  /// Profiles and tenants that were read before; nil reads them each time.
  private let cache: InputCache?
  /// The one profile and its tenant that stand for a folder, where they are named by file.
  private let frozen: (policy: String, profileID: String, tenant: String)?

  /// One profile file with its tenant's instead of a folder, for inputs that are kept as they were.
  ///
  /// - Throws: where either cannot be read, or the tenant does not list the profile.
  package init(
    policy: String, tenant: String, sources: InputSources = InputSources(),
    cache: InputCache? = nil
  ) throws(Faults) {
    self.cache = cache
    let read = try Self.tenant(reading: try sources.load(tenant), cache)
    let profile = try Self.policy(reading: try sources.load(policy), of: read, cache)
    guard read.profiles.contains(where: { $0.id == profile.id }) else {
      let known = read.profiles.map(\.id)
      throw Faults(
        Fault(
          path: policy,
          zh: "统筹地区文件 \(tenant) 未列出政策档案 `\(profile.id)`，所列为：\(known.joined(separator: "、"))",
          en:
            "the tenant file \(tenant) does not list the profile `\(profile.id)`; it lists \(known.joined(separator: ", "))"
        ))
    }
    directory = policy.lastIndex(of: "/").map { String(policy[..<$0]) } ?? "."
    tenantIDs = [read.id]
    self.sources = sources
    frozen = (policy, profile.id, tenant)
  }

  /// Looks for the folder: the one named, else that of the environment, else `policies` in the working directory, else one
  /// beside the program or above it, as a build folder or an installation has it.
  ///
  /// - Parameters:
  ///   - place: where a file names the folder; one that is none is a fault there.
  ///   - sources: where its files are read from; a folder that has a tenant in memory is in memory as a whole.
  package init(
    named: String?, at place: Location? = nil, environment: String?, workingDirectory: String,
    executable: String?, sources: InputSources = InputSources(), cache: InputCache? = nil
  ) throws(Faults) {
    frozen = nil
    self.cache = cache
    self.sources = sources
    let folder = named ?? environment ?? "policies"
    let inMemory = Self.tenantIDs(in: folder, sources)
    if !inMemory.isEmpty {
      tenantIDs = inMemory
      directory = folder
      return
    }
    if let named = named ?? environment {
      do throws(Faults) {
        tenantIDs = try Self.tenantIDs(in: named)
      } catch {
        throw Self.placed(error, at: place)
      }
      directory = named
      if !tenantIDs.isEmpty { return }
      let fault = Fault(
        path: named, zh: "这里没有政策档案：应有 `<统筹地区>/tenant.yaml`",
        en: "expected a folder of policy profiles with `<tenant>/tenant.yaml` in it")
      throw Self.placed(Faults(fault), at: place)
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
    for candidate in candidates where Self.isFolder(candidate) {
      let ids = try Self.tenantIDs(in: candidate)
      if ids.isEmpty { continue }
      directory = candidate
      tenantIDs = ids
      return
    }
    throw Faults(
      Fault(
        path: "", zh: "找不到政策档案目录，请用 `--policies DIR` 或 PLANLINT_POLICIES 指定",
        en:
          "no folder of policy profiles found; name it with `--policies DIR` or PLANLINT_POLICIES"
      ))
  }

  /// Faults where a file names the folder, if one does.
  private static func placed(_ faults: Faults, at place: Location?) -> Faults {
    guard let place else { return faults }
    return Faults(
      faults.faults.map { fault in
        Fault(
          place.file, place.range, zh: "\(fault.path)：\(fault.message.zh)",
          en: "\(fault.path): \(fault.message.en)")
      })
  }

  private static func tenant(
    reading file: SourceFile, _ cache: InputCache?
  ) throws(Faults) -> Tenant {
    try cache.value(of: file) { () throws(Faults) in try Tenant(reading: file) }
  }

  private static func policy(
    reading file: SourceFile, of tenant: Tenant, _ cache: InputCache?
  ) throws(Faults) -> Policy {
    try cache.value(of: file, tenant.catalogue) { () throws(Faults) in
      try Policy(reading: file, tenant.catalogue)
    }
  }

  /// The tenants that a folder has in memory: `<folder>/<tenant>/tenant.yaml`.
  private static func tenantIDs(in folder: String, _ sources: InputSources) -> [String] {
    sources.names.compactMap { name in
      guard name.hasPrefix(folder + "/"), name.hasSuffix("/tenant.yaml") else { return nil }
      let id = name.dropFirst(folder.count + 1).dropLast("/tenant.yaml".count)
      return id.isEmpty || id.contains("/") ? nil : String(id)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The tenants of a folder, one a folder in it; none where it is no folder of profiles.
  ///
  /// A folder that cannot be read to its end, and one of a tenant without a file that can be looked at, are faults: less would be
  /// checked than there is. Files and hidden folders beside the tenants are nobody's.
  private static func tenantIDs(in path: String) throws(Faults) -> [String] {
    let entries: [FolderEntries.Entry]
    do {
      entries = try FolderEntries.of(path)
    } catch {
      throw Faults(
        Fault(
          path: path, zh: "政策档案目录无法读取（\(error.reason)）",
          en: "the folder of policy profiles cannot be read (\(error.reason))"))
    }
    var ids: [String] = []
    var unreadable = FaultCollector()
    var nameless = FaultCollector()
    for name in entries.map(\.name) where !name.hasPrefix(".") {
      let folder = "\(path)/\(name)"
      let tenant = "\(folder)/tenant.yaml"
      var status = stat()
      if stat(folder, &status) != 0 {
        unreadable.add(Self.unreadable(folder, errno))
      } else if status.st_mode & S_IFMT == S_IFDIR {
        if stat(tenant, &status) == 0 {
          ids.append(name)
        } else if errno != ENOENT {
          let reason = Self.reason(errno)
          unreadable.add(
            TenantFolder.unopened(
              tenant, zh: "无法读取（\(reason)）", en: "cannot be read (\(reason))"))
        } else if lstat(tenant, &status) == 0 {
          unreadable.add(
            TenantFolder.unopened(
              tenant, zh: "符号链接所指的文件不存在", en: "the symbolic link leads to no file"))
        } else {
          nameless.add(
            Fault(
              path: folder, zh: "统筹地区目录中没有 `tenant.yaml`；不是统筹地区的目录请移出",
              en:
                "expected `tenant.yaml` in the folder of a tenant, found none; move out what is no tenant"
            ))
        }
      }
    }
    try unreadable.check()
    // Without any tenant it is some other folder.
    if !ids.isEmpty { try nameless.check() }
    return ids
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }

  private static func unreadable(_ path: String, _ code: Int32) -> Fault {
    let reason = reason(code)
    return Fault(path: path, zh: "无法读取（\(reason)）", en: "cannot be read (\(reason))")
  }

  /// The folder that holds a tenant's files; files that are named one by one may lie anywhere.
  package func folder(of tenant: String) -> TenantFolder {
    TenantFolder(path: frozen == nil ? "\(directory)/\(tenant)" : nil, sources: sources)
  }

  package func tenant(_ id: String) throws(Faults) -> Tenant {
    let file = try folder(of: id).loadTenant(frozen?.tenant ?? "\(directory)/\(id)/tenant.yaml")
    var tenant = try Self.tenant(reading: file, cache)
    if let frozen { tenant.profiles.removeAll { $0.id != frozen.profileID } }
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
    var called: [Tenant] = []
    var covering: [Tenant] = []
    for id in ids {
      // Once one is found, another that cannot be read is in nobody's way.
      let tenant: Tenant
      if called.isEmpty, covering.isEmpty {
        tenant = try self.tenant(id)
      } else if let other = try? self.tenant(id) {
        tenant = other
      } else {
        continue
      }
      if tenant.ownNames.contains(where: { $0.lowercased() == wanted }) {
        called.append(tenant)
      } else if tenant.allNames.contains(where: { $0.lowercased() == wanted }) {
        covering.append(tenant)
      }
      known += tenant.allNames
    }
    // A city with a plan of its own goes before the province that covers it.
    let found = called.isEmpty ? covering : called
    if found.count > 1 {
      throw Faults(Self.ambiguous(name, found[0], found[1]))
    }
    if let tenant = found.first { return tenant }
    let nearest = NearestName.of(name, among: known)
    throw Faults(
      Fault(
        path: "",
        zh: "没有统筹地区 `\(name)`"
          + (nearest.map { "，是否应为 `\($0)`" } ?? "") + "；已有：" + ids.joined(separator: "、"),
        en: "there is no city `\(name)`" + (nearest.map { "; did you mean `\($0)`" } ?? "")
          + "; known are " + ids.joined(separator: ", ")
      ).suggesting(nearest))
  }

  /// The fault of a name that two tenants have, in the file of the second.
  private static func ambiguous(_ name: String, _ first: Tenant, _ second: Tenant) -> Fault {
    let (name, id) = (Quoting.code(name), Quoting.code(first.id))
    let zh = "\(name) 也指统筹地区 \(id)，名称和代码不得重复；请改正其中一个，或以编号指明统筹地区"
    let en =
      "\(name) means the city \(id) as well; expected names and codes of which each means one: mend either, or name the city by its id"
    guard let file = second.file else { return Fault(path: "", zh: zh, en: en) }
    return Fault(file, second.idRange, zh: zh, en: en)
  }

  package func policy(_ entry: Tenant.ProfileEntry, of tenant: Tenant) throws(Faults) -> Policy {
    let path = path(of: entry, tenant)
    let place = tenant.file.map { Location(file: $0, range: entry.fileRange) }
    let file: SourceFile
    do {
      file = try folder(of: tenant.id).load(path, namedIn: tenant.file)
    } catch {
      // The place to mend is where the file is named.
      throw Self.placed(error, at: place)
    }
    let policy = try Self.policy(reading: file, of: tenant, cache)
    guard policy.id == entry.id, policy.from == entry.from, policy.to == entry.to else {
      throw Faults(
        fault(
          of: entry, tenant, zh: "`\(entry.id)` 的编号或起止日期与 `\(entry.file)` 不一致",
          en: "the id or span of `\(entry.id)` differs from what `\(entry.file)` says"))
    }
    return policy
  }

  /// A fault about a profile as a whole, where its tenant lists it.
  package func fault(of entry: Tenant.ProfileEntry, _ tenant: Tenant, zh: String, en: String)
    -> Fault
  {
    guard let file = tenant.file else {
      return Fault(path: path(of: entry, tenant), zh: zh, en: en)
    }
    return Fault(file, entry.range, zh: zh, en: en)
  }

  package func path(of entry: Tenant.ProfileEntry, _ tenant: Tenant) -> String {
    frozen?.policy ?? "\(directory)/\(tenant.id)/\(entry.file)"
  }
}
