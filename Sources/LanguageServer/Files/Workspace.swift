package import Cases
import Checks
import Diagnostics
package import Policy
package import PolicyDesk
package import Reading

/// The documents of the client with what is known of them; what was read is kept until its text, or one that it rests on, changes.
package struct Workspace {
  package var files = FileStore()
  package var settings = ServerSettings()
  private var analyses: [String: Analysis] = [:]
  private var schemas: [String: (catalogue: Catalogue, schema: FieldSchema)] = [:]
  /// By folder: the tenant as it was when its file could last be read.
  private var tenants:
    [String: (file: SourceFile, tenant: Tenant?, faults: [Fault], last: Tenant?)] = [:]
  /// By path, with the analysis that it was made of.
  private var indices: [String: (file: SourceFile, catalogue: Catalogue, index: NameIndex)] = [:]
  /// By the folder of an input and the city that it names: the tenant's folder.
  private var cityFolders: [String: String] = [:]
  private let cache = InputCache()
  /// Where profiles are looked for beside the client's folders.
  private let environment: String?
  private let executable: String?
  /// The forms of reports that settings may name.
  private let formatNames: [String]

  package init(
    environment: String? = nil, executable: String? = nil, formatNames: [String] = []
  ) {
    self.formatNames = formatNames
    self.environment = environment
    self.executable = executable
  }

  package mutating func kind(of path: String) -> FileSchema? {
    guard let file = files.file(path) else { return nil }
    if let known = analyses[path], known.file.hasSameBytes(as: file) { return known.kind }
    if DocumentFormat(path: path) == .csv {
      return TableKind.of(file, tenant(ofInput: path)?.catalogue ?? .builtIn)
    }
    let text = files.documents[path]?.text ?? DocumentText(file)
    return DocumentKind.of(
      path: path, text: text, hasTenant: files.exists(FilePath.folder(of: path) + "/tenant.yaml"))
  }

  /// The tenant whose file lies in a folder: as it stands, or as it could last be read.
  package mutating func tenant(in folder: String) -> Tenant? {
    read(tenantIn: folder)
    return tenants[folder].flatMap { $0.tenant ?? $0.last }
  }

  private mutating func read(tenantIn folder: String) {
    guard let file = files.file(folder + "/tenant.yaml") else {
      tenants[folder] = nil
      return
    }
    if let known = tenants[folder], known.file.hasSameBytes(as: file) { return }
    let last = tenants[folder].flatMap { $0.tenant ?? $0.last }
    do {
      let tenant = try Tenant(reading: file)
      tenants[folder] = (file, tenant, [], last)
    } catch {
      tenants[folder] = (file, nil, error.faults, last)
    }
  }

  /// What is known of a document or file; nil of what is none of planlint's.
  package mutating func analysis(_ path: String) -> Analysis? {
    guard let file = files.file(path), let kind = kind(of: path) else {
      analyses[path] = nil
      return nil
    }
    let catalogue = catalogue(of: path, kind)
    if let known = analyses[path], known.kind == kind, known.file.hasSameBytes(as: file),
      known.catalogue === catalogue
    {
      return known
    }
    let analysis = analyse(file, kind, catalogue)
    analyses[path] = analysis
    return analysis
  }

  private mutating func analyse(
    _ file: SourceFile, _ kind: FileSchema, _ catalogue: Catalogue
  ) -> Analysis {
    var analysis = Analysis(kind: kind, file: file, catalogue: catalogue, faults: [])
    let folder = FilePath.folder(of: file.path)
    switch kind {
    case .policy:
      let read = ReadPolicy(file, catalogue)
      analysis.node = read.node
      analysis.tenant = tenant(in: folder)
      switch read.policy {
      case .success(let policy): analysis.policy = policy
      case .failure(let error): analysis.faults = error.faults
      }
    case .tenant:
      analysis.node = TolerantTree(file).node
      read(tenantIn: folder)
      analysis.tenant = tenants[folder]?.tenant
      analysis.faults = tenants[folder]?.faults ?? []
    case .policyTests:
      analysis.tenant = tenant(in: folder)
      analysis.node = TolerantTree(file).node
      analysis.take { () throws(Faults) in
        try PolicyTests(reading: file)
      } into: {
        $0.tests = $1
      }
    default:
      analysis.node = tree(file)
      InputReading.read(&analysis, formatNames: formatNames)
    }
    return analysis
  }

  private func tree(_ file: SourceFile) -> Node? {
    switch DocumentFormat(of: file) {
    case .yaml: TolerantTree(file).node
    case .json, .geoJSON: try? Document.read(file, format: .json)
    case .jsonLines, .csv, .xlsx: nil
    }
  }

  /// The fields and words that a document may have: those of the tenant in its folder, or of the city that it names.
  package mutating func catalogue(of path: String, _ kind: FileSchema) -> Catalogue {
    switch kind {
    case .policy, .policyTests: return tenant(in: FilePath.folder(of: path))?.catalogue ?? .builtIn
    case .tenant, .settings, .report: return .builtIn
    case .applications, .facts, .plan, .waivers, .registry:
      return tenant(ofInput: path)?.catalogue ?? .builtIn
    }
  }

  /// The tenant of the city that an input names, or that the settings of its folder do.
  package mutating func tenant(ofInput path: String) -> Tenant? {
    guard let city = city(ofInput: path) else { return nil }
    let key = FilePath.folder(of: path) + "\n" + city
    if let folder = cityFolders[key], let tenant = self.tenant(in: folder),
      tenant.allNames.contains(where: { $0.lowercased() == city.lowercased() })
    {
      return tenant
    }
    for folder in policyFolders(for: path) {
      guard
        let library = try? PolicyLibrary(
          named: folder, environment: nil, workingDirectory: FilePath.folder(of: path),
          executable: nil, sources: sources, cache: cache),
        let found = try? library.tenant(meaning: city)
      else { continue }
      cityFolders[key] = "\(folder)/\(found.id)"
      return tenant(in: "\(folder)/\(found.id)") ?? found
    }
    return nil
  }

  private mutating func city(ofInput path: String) -> String? {
    guard let file = files.file(path) else { return nil }
    if DocumentFormat(path: path) != .csv {
      let text = files.documents[path]?.text ?? DocumentText(file)
      if let city = DocumentKind.topKeys(text).first(where: { $0.key == "city" })?.value,
        !city.isEmpty
      {
        return city
      }
    }
    // The settings are looked for up to the folder that the client has open, or to the root of the repository.
    var folder = FilePath.folder(of: path)
    while folder.hasPrefix("/") {
      if let file = files.file("\(folder)/\(SettingsFile.name)") {
        return (try? SettingsFile(reading: file, formatNames: formatNames))?.city?.value
      }
      if settings.folders.contains(folder) || files.exists(folder + "/.git/HEAD") { return nil }
      folder = FilePath.folder(of: folder)
      if folder.isEmpty { return nil }
    }
    return nil
  }

  /// The open documents, which go before the files of their paths.
  private var sources: InputSources {
    InputSources(shadowing: files.openPaths.compactMap { files.documents[$0]?.file })
  }

  /// The folders of profiles that may be meant for a document, the likeliest first.
  package func policyFolders(for path: String) -> [String] {
    var folders = [settings.policies].compactMap(\.self)
    folders += settings.folders.map { $0 + "/policies" }
    var folder = FilePath.folder(of: path)
    while folder.count > 1, folder.hasPrefix("/") {
      folders.append(folder + "/policies")
      folder = FilePath.folder(of: folder)
    }
    folders += [environment].compactMap(\.self)
    if let found = try? PolicyLibrary(
      named: nil, environment: nil, workingDirectory: settings.folders.first ?? "/",
      executable: executable)
    {
      folders.append(found.directory)
    }
    return folders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The profile that a file of tests is for, which stands beside it; of a profile the path itself.
  package mutating func profilePath(for path: String) -> String? {
    if path.hasSuffix(".tests.yaml") {
      let profile = String(path.dropLast(".tests.yaml".count)) + ".yaml"
      return files.exists(profile) ? profile : nil
    }
    return kind(of: path) == .policy ? path : nil
  }

  /// The tests beside a profile.
  package func testsPath(of profile: String) -> String? {
    guard profile.hasSuffix(".yaml") else { return nil }
    let tests = String(profile.dropLast(5)) + ".tests.yaml"
    return files.exists(tests) ? tests : nil
  }

  /// The profiles of a tenant's folder, as its file lists them.
  package mutating func profilePaths(in folder: String) -> [String] {
    (tenant(in: folder)?.profiles ?? []).map { "\(folder)/\($0.file)" }.filter { files.exists($0) }
  }

  /// The names of a document with their places.
  package mutating func index(_ path: String) -> NameIndex? {
    guard let analysis = analysis(path) else { return nil }
    if let known = indices[path], known.catalogue === analysis.catalogue,
      known.file.hasSameBytes(as: analysis.file)
    {
      return known.index
    }
    var readings: Set<String> = []
    if analysis.kind == .policyTests, let profile = profilePath(for: path) {
      readings = Set(self.analysis(profile)?.node?["readings"]?.entries?.map(\.key) ?? [])
    }
    let index = NameIndex(
      analysis.node, analysis.file, analysis.kind, analysis.catalogue,
      schema: schema(analysis.kind, analysis.catalogue), readings: readings)
    indices[path] = (analysis.file, analysis.catalogue, index)
    return index
  }

  /// The documents that a name of a document may stand in, its own first.
  package mutating func scope(of symbol: Symbol, in path: String) -> [String] {
    let folder = FilePath.folder(of: path)
    var paths: [String] = [path]
    if symbol.isOfTenant {
      // Inputs lie elsewhere; those that are open are looked at.
      let tenantFolder =
        files.exists(folder + "/tenant.yaml") ? folder : self.folder(ofTenantOf: path)
      if let tenantFolder {
        paths.append(tenantFolder + "/tenant.yaml")
        for profile in profilePaths(in: tenantFolder) {
          paths.append(profile)
          if let tests = testsPath(of: profile) { paths.append(tests) }
        }
        for open in files.openPaths where self.folder(ofTenantOf: open) == tenantFolder {
          paths.append(open)
        }
      }
    } else if let profile = profilePath(for: path) {
      paths.append(profile)
      if let tests = testsPath(of: profile) { paths.append(tests) }
    }
    return paths.filter { files.exists($0) }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The folder of the tenant whose city an input names.
  private mutating func folder(ofTenantOf path: String) -> String? {
    tenant(ofInput: path)?.file.map { FilePath.folder(of: $0.path) }
  }

  /// What the reader of a kind of document accepts.
  package mutating func schema(_ kind: FileSchema, _ catalogue: Catalogue) -> FieldSchema {
    if let known = schemas[kind.rawValue], known.catalogue === catalogue { return known.schema }
    let schema = DocumentSchema.schema(kind, catalogue, formatNames: formatNames)
    schemas[kind.rawValue] = (catalogue, schema)
    return schema
  }
}

extension Analysis {
  /// Runs a reader, and keeps what it gives or its faults.
  mutating func take<Value>(
    _ read: () throws(Faults) -> Value, into keep: (inout Analysis, Value) -> Void = { _, _ in }
  ) {
    do {
      keep(&self, try read())
    } catch {
      faults += error.faults
    }
  }
}
