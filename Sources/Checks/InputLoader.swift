package import Cases
package import Diagnostics
package import Policy
package import Reading
package import Spatial

/// What a check is given beside its applications.
package struct CheckOptions: Sendable {
  /// Of planlint, for the report.
  package var version: String
  /// The digest of an input, in hexadecimal.
  package var digest: @Sendable (SourceFile) -> String
  /// Where everything is read from.
  package var sources = InputSources()
  /// What was read before; nil reads everything anew.
  package var cache: InputCache?
  package var city: String?
  package var facts: String?
  package var registry: String?
  package var waivers: String?
  /// `YYYY-MM-DD`.
  package var asOf: String?
  /// The datum of locations that name none.
  package var datum: String?
  /// Takes what is worth knowing about how inputs were read.
  package var note: @Sendable (Note) -> Void = { _ in }
  /// A profile to apply whatever the dates say.
  package var profile: String?
  /// What a settings file gives where neither the options nor the inputs say anything.
  package var defaults = CheckDefaults()
  /// The findings of an earlier run, which are no news.
  package var baseline: String?
  package var isSeparate = false
  /// Whether what inputs and settings name may lie outside their folders.
  package var allowsOutside = false
  /// Whether facts, registry and day of decision that the files of applications name are passed over, with a note.
  package var passesOverSources = false
  package var keepsNotApplicable = false
  /// Whether findings tell what would change them.
  package var tellsWhatIf = false
  /// Who watches the run; nothing of it reaches the report.
  package var observer: RunObserver?
  /// The rules that are shown alone, by id or name; one that there is not is a fault.
  package var shownRules: [String] = []
  /// The ids of the subjects shown alone; none shows all.
  package var shownSubjects: [String] = []

  package init(version: String, digest: @escaping @Sendable (SourceFile) -> String) {
    self.version = version
    self.digest = digest
  }

  /// The city that the options name, else the settings file, and who says so.
  package var namedCity: NamedCity? {
    if let city {
      return NamedCity(
        name: city, source: Bilingual(zh: "命令行", en: "the command line names"), location: nil)
    }
    guard let city = defaults.city else { return nil }
    return NamedCity(
      name: city.value, source: Bilingual(zh: city.place, en: "\(city.place) names"),
      location: city.location)
  }

  /// The day of decision that the options name.
  package func decisionDay() throws(Faults) -> CalendarDay? {
    guard let asOf else { return nil }
    if let day = CalendarDay(asOf) { return day }
    throw Faults(
      Fault(
        path: "--as-of", zh: "应为形如 `2026-03-02` 的日期，实际为 `\(asOf)`",
        en: "expected a day written like `2026-03-02`, found `\(asOf)`"))
  }

  /// The datum that the options name.
  func assumedDatum() throws(Faults) -> Datum? {
    guard let datum else { return nil }
    if let known = Datum(rawValue: datum) { return known }
    let names = Datum.allCases.map(\.rawValue)
    let nearest = NearestName.of(datum, among: names)
    throw Faults(
      Fault(
        path: "--datum",
        zh: "应为 \(names.joined(separator: "、")) 之一，实际为 `\(datum)`",
        en: "expected one of \(names.joined(separator: ", ")), found `\(datum)`",
        meant: nearest.map { Meant($0) }))
  }
}

/// What a settings file gives for a check.
package struct CheckDefaults: Sendable {
  package var city: DefaultCity?
  package var facts: String?
  package var registry: String?
  package var asOf: CalendarDay?
  package var datum: Datum?
  /// Where the settings file names each path.
  var places: [String: Location] = [:]
  /// Where it names the day of decision and the datum.
  var asOfPlace: Location?
  var datumPlace: Location?
  /// The settings file's own path.
  var path: String?

  package init() {}

  /// A city with its place in the settings file, for a word to the user where inputs say otherwise.
  package struct DefaultCity: Sendable {
    package var value: String
    package var location: Location

    package init(value: String, location: Location) {
      self.value = value
      self.location = location
    }

    /// `planlint.yaml:2`.
    package var place: String {
      let line = LineIndex(location.file).position(of: location.range.start).line
      return "\(location.file.path):\(line)"
    }
  }
}

/// A city that was named beside the inputs' own.
package struct NamedCity {
  package var name: String
  /// Who says so, for a message: `命令行`, `the command line names`.
  package var source: Bilingual
  /// Nil where it stands in no file.
  package var location: Location?

  package init(
    name: String,
    source: Bilingual,
    location: Location? = nil
  ) {
    self.name = name
    self.source = source
    self.location = location
  }
}

/// Loads inputs once each, remembers their digests and passes on what is worth knowing about how they were read.
package struct InputLoader {
  private let sources: InputSources
  private let cache: InputCache?
  private let digest: @Sendable (SourceFile) -> String
  private let note: @Sendable (Note) -> Void
  private let observer: RunObserver?
  private let defaultDatum: Datum?
  /// The registry that the options name.
  private let namedRegistry: String?
  /// Whether the options name the figures.
  private let namesFacts: Bool
  /// By path, what workbooks of applications hold beside these.
  private(set) var beside: [String: SheetsBeside] = [:]
  /// A registry that was read beside the applications.
  private var registryAhead: RegistryAhead?
  /// Where a path is written, in an input or the settings file: a file that cannot be read is a fault there.
  private var places: [String: Location]
  /// What inputs and the settings file may name.
  private let bounds: NamedPaths
  package private(set) var digests: [InputDigest] = []
  /// How the inputs were understood, in the order in which they were read.
  package private(set) var notes: [Note] = []
  /// The notes that are kept back; nil where none are.
  private var held: [Note]?
  /// The fields and words that the inputs have.
  package var catalogue: Catalogue = .builtIn {
    didSet { if catalogue !== oldValue { registryAhead = nil } }
  }
  /// The paths whose notes were passed on, with what was read there: a file that several cities share is noted once.
  private var noted: Set<String> = []

  package init(_ options: CheckOptions) {
    sources = options.sources
    cache = options.cache
    digest = options.digest
    observer = options.observer
    note = options.note
    namedRegistry = options.registry
    namesFacts = options.facts != nil
    defaultDatum = options.defaults.datum
    places = options.defaults.places
    bounds = NamedPaths(
      settings: options.defaults.path, allowsOutside: options.allowsOutside,
      sources: options.sources)
  }

  /// Notes that a file names a path, which is as seen from that file.
  mutating func isNamed(_ path: Located<String>?, in file: SourceFile) {
    guard let path else { return }
    places[Self.resolve(path.value, from: file)] = Location(file: file, range: path.range)
  }

  /// The applications of a file; `index` is its place in the batch.
  package mutating func applications(
    _ file: SourceFile, index: Int, datum: Datum?
  ) throws(Faults) -> ApplicationFile {
    let path = file.path
    let (catalogue, defaultDatum) = (catalogue, defaultDatum)
    let sheets = SheetsBeside(
      file, takesRegistry: namedRegistry == nil, takesFacts: !namesFacts, catalogue)
    beside[path] = sheets
    let reading = { @Sendable () -> Result<ApplicationFile, Faults> in
      Result { () throws(Faults) in
        try ApplicationFile.read(
          file, index: index, datum: datum, default: defaultDatum, others: sheets.known, catalogue)
      }
    }
    let found: Result<ApplicationFile, Faults>
    if registryAhead == nil, !sources.holds(path),
      let registry = namedRegistry ?? RegistryAhead.path(namedIn: file), !sources.holds(registry),
      RegistryAhead.isWorthwhile(registry)
    {
      (found, registryAhead) = Parallel.both(reading) { RegistryAhead(registry, catalogue) }
    } else {
      found = reading()
    }
    let read = try found.get()
    isNamed(read.head.facts, in: read.file)
    isNamed(read.head.registry, in: read.file)
    pass(read.notes + sheets.notes, "applications " + path)
    return read
  }

  /// The figures of a file.
  package mutating func facts(_ path: String) throws(Faults) -> Facts {
    let catalogue = catalogue
    let facts = try read(path, role: "facts") { [cache] file throws(Faults) in
      try cache.value(of: file, catalogue) { () throws(Faults) in
        try Facts(reading: file, catalogue)
      }
    }
    pass(facts.notes, "facts " + path)
    return facts
  }

  package mutating func registry(_ path: String) throws(Faults) -> Registry {
    let registry: Registry
    if let registryAhead, registryAhead.path == path {
      try bounds.admit(path, namedAt: places[path])
      do {
        registry = try registryAhead.read.get()
      } catch {
        throw registryAhead.file == nil
          ? placed(error, path) : bounds.unquoted(error, path, namedAt: places[path])
      }
      if let file = registryAhead.file { record(file, role: "registry") }
    } else {
      let catalogue = catalogue
      registry = try read(path, role: "registry") { [cache] file throws(Faults) in
        try cache.value(of: file, catalogue) { () throws(Faults) in
          try Registry(reading: file, catalogue)
        }
      }
    }
    pass(registry.notes, "registry " + path)
    return registry
  }

  /// The rows of a registry as each can be read by itself.
  package mutating func registryRows(_ path: String) throws(Faults) -> [RegistryRow] {
    let catalogue = catalogue
    let read = try read(path, role: "registry") { file throws(Faults) in
      try Registry.rows(of: file, catalogue)
    }
    pass(read.notes, "registry " + path)
    return read.rows
  }

  /// Keeps notes back until it is known which inputs are missing, which is said first.
  mutating func holdNotes() { held = [] }

  /// Passes on what was kept back, after a note that goes before all.
  mutating func releaseNotes(after first: Note? = nil) {
    if let first { note(first) }
    held?.forEach(note)
    held = nil
  }

  private mutating func pass(_ notes: [Note], _ input: String) {
    if noted.insert(input).inserted { notes.forEach { add($0) } }
  }

  /// Adds a note about an input.
  package mutating func add(_ note: Note) {
    notes.append(note)
    if held == nil { self.note(note) } else { held?.append(note) }
  }

  package mutating func load(_ path: String, role: String) throws(Faults) -> SourceFile {
    try read(path, role: role) { file in file }
  }

  /// Loads a file and reads it; the digest is taken of what could be read.
  ///
  /// What an input or the settings file names outside their folders is none of theirs: it is refused, or, where that is allowed, not quoted.
  mutating func read<Value>(
    _ path: String, role: String, _ body: (SourceFile) throws(Faults) -> Value
  ) throws(Faults) -> Value {
    let file = try open(path)
    let value: Value
    do {
      value = try body(file)
    } catch {
      throw bounds.unquoted(error, path, namedAt: places[path])
    }
    record(file, role: role)
    return value
  }

  /// Loads a file whose digest is taken later.
  func open(_ path: String) throws(Faults) -> SourceFile {
    try bounds.admit(path, namedAt: places[path])
    do {
      return try sources.load(path, namedIn: places[path]?.file)
    } catch {
      throw placed(error, path)
    }
  }

  /// The faults of a file that cannot be read, where its path is written.
  private func placed(_ faults: Faults, _ path: String) -> Faults {
    guard let place = places[path] else { return faults }
    return Faults(
      faults.faults.map { fault in
        let name = fault.path
        return Fault(
          place.file, place.range, zh: "\(name)：\(fault.message.zh)",
          en: "\(name): \(fault.message.en)")
      })
  }

  /// Notes the digest of an input that was read.
  mutating func record(_ file: SourceFile, role: String) {
    digests.append(InputDigest(path: file.path, role: role, sha256: digest(file)))
    observer?.note(
      Bilingual(
        zh: "读取 \(file.path)（\(role)），\(file.count) 字节",
        en: "read \(file.path) (\(role)), \(file.count) bytes"))
  }

  /// The baseline that the options name.
  package mutating func baseline(
    _ options: CheckOptions, tenant: Tenant, subjects: Baseline.Subjects
  ) throws(Faults) -> Baseline? {
    guard let path = options.baseline else { return nil }
    let baseline = try Baseline(reading: try load(path, role: "baseline"))
    try baseline.check(tenant: tenant.id, subjects: subjects)
    return baseline
  }

  /// A path written in a file, as seen from that file.
  package static func resolve(_ path: String, from file: SourceFile) -> String {
    if path.hasPrefix("/") { return path }
    guard let slash = file.path.lastIndex(of: "/") else { return path }
    return String(file.path[...slash]) + path
  }

  /// What the files of a batch say of one thing: the same, or nothing.
  ///
  /// - Parameters:
  ///   - settings: what the settings file says, and where.
  ///   - isSame: whether two values mean one thing.
  static func agreed<Value: Equatable>(
    _ values: [(file: SourceFile, found: Located<Value>)], option: String, name: Bilingual,
    settings: (value: Value?, place: Location?) = (nil, nil),
    isSame: (Value, Value) -> Bool = { $0 == $1 }
  ) throws(Faults) -> Value? {
    guard let first = values.first else { return settings.value }
    if let value = settings.value, let place = settings.place, !isSame(first.found.value, value) {
      let line = LineIndex(place.file).position(of: place.range.start).line
      throw Faults(
        Fault(
          first.file, first.found.range,
          zh:
            "\(name.zh) `\(first.found.value)` 与 \(place.file.path):\(line) 的 `\(value)` 不一致，请用 `\(option)` 指定",
          en:
            "the \(name.en) `\(first.found.value)` differs from `\(value)` in \(place.file.path):\(line); settle it with `\(option)`"
        ))
    }
    for other in values.dropFirst() where other.found.value != first.found.value {
      throw Faults(
        Fault(
          other.file, other.found.range,
          zh:
            "\(name.zh) `\(other.found.value)` 与 \(first.file.path) 的 `\(first.found.value)` 不一致，请用 `\(option)` 指定",
          en:
            "the \(name.en) `\(other.found.value)` differs from `\(first.found.value)` in \(first.file.path); settle it with `\(option)`"
        ))
    }
    return first.found.value
  }
}

extension PolicyLibrary {
  /// The tenant of a run, for whom the observer is told.
  package func tenant(
    _ options: CheckOptions, files: [(file: SourceFile, city: Located<String>?)]
  ) throws(Faults) -> Tenant {
    let named = options.namedCity
    let tenant = try tenant(named: named, files: files)
    options.observer?.note(
      Bilingual(
        zh: "政策档案目录 \(directory)", en: "the folder of policy profiles is \(directory)"))
    let own = files.first { $0.city != nil }?.file.path ?? ""
    options.observer?.note(
      Bilingual(
        zh: "统筹地区 \(tenant.id)（\(tenant.title.zh)），依据：\(named?.source.zh ?? own)",
        en:
          "the city is \(tenant.id) (\(tenant.title.en)), which \(named?.source.en ?? "\(own) names")"
      ))
    return tenant
  }

  /// The tenant that was named and the files mean; two that disagree, or none at all, are faults.
  package func tenant(
    named: NamedCity?, files: [(file: SourceFile, city: Located<String>?)]
  ) throws(Faults) -> Tenant {
    var chosen: (tenant: Tenant, name: String)?
    if let named {
      chosen = (try tenant(meaning: named.name, at: named.location), named.name)
    }
    for (file, own) in files {
      guard let own else { continue }
      let tenant = try tenant(
        meaning: own.value, at: Location(file: file, range: own.range))
      if let chosen, chosen.tenant.id != tenant.id || areApart(chosen.name, own.value, tenant) {
        let other = named?.name ?? chosen.name
        throw Faults(
          Fault(
            file, own.range,
            zh: "文件的统筹地区 `\(own.value)` 与\(named?.source.zh ?? "其他文件")的 `\(other)` 不一致",
            en:
              "the file's city `\(own.value)` is not `\(other)`, which \(named?.source.en ?? "another file names")"
          ))
      }
      if chosen == nil { chosen = (tenant, own.value) }
    }
    guard let chosen else {
      throw Faults(
        Fault(
          path: "",
          zh: "未指明统筹地区：请用 `--city` 指定，或在文件中写明 `city:`；已有：\(tenantIDs.joined(separator: "、"))",
          en:
            "no city is named: give `--city`, or `city:` in the file; known are \(tenantIDs.joined(separator: ", "))"
        ))
    }
    return chosen.tenant
  }

  /// Whether two names mean two places that one tenant covers.
  private func areApart(_ a: String, _ b: String, _ tenant: Tenant) -> Bool {
    guard let a = place(a, tenant), let b = place(b, tenant) else { return false }
    return a != b
  }

  /// The tenant that a name in a file means; a name that is not known is a fault there.
  private func tenant(meaning name: String, at location: Location?) throws(Faults) -> Tenant {
    do {
      return try tenant(meaning: name)
    } catch {
      guard let location else { throw error }
      throw Faults(
        error.faults.map { fault in
          fault.path.isEmpty
            ? Fault(location.file, location.range, zh: fault.message.zh, en: fault.message.en)
            : fault
        })
    }
  }

  /// The id of the place that a name means: of the one that the tenant covers, of the tenant where it covers none, or nil where it
  /// covers some and is named itself.
  package func place(_ name: String?, _ tenant: Tenant) -> String? {
    if tenant.covers.isEmpty { return tenant.id }
    guard let name = name?.lowercased() else { return nil }
    return tenant.covers.first { place in
      ([place.id] + place.names + place.codes).contains { $0.lowercased() == name }
    }?.id
  }

  /// Facts put into their place: their own city has to be the tenant's, and the covered one that a run is for.
  ///
  /// - Parameter name: the city that the run is for, as it was given; nil where nothing but the tenant is known.
  package func placed(_ facts: Facts, in tenant: Tenant, named name: String?) throws(Faults)
    -> Facts
  {
    let place = place(name, tenant)
    if let file = facts.file, let city = facts.city {
      _ = try self.tenant(
        named: NamedCity(
          name: place ?? tenant.id, source: Bilingual(zh: "本次检查", en: "this run is for"),
          location: nil),
        files: [(file, city)])
    }
    var facts = facts
    facts.place = place ?? self.place(facts.city?.value, tenant)
    facts.coveredPlaces = tenant.covers.map(\.id)
    facts.tenantDistricts = tenant.districts
    facts.cityNames = tenant.covers.first { $0.id == facts.place }?.names ?? tenant.names
    return facts
  }

  /// The profile that was asked for by its id (`huaibei/2026-2028`, or `2026-2028`).
  package func entry(named name: String, of tenant: Tenant) throws(Faults) -> Tenant.ProfileEntry {
    for entry in tenant.profiles where entry.id == name || entry.id == "\(tenant.id)/\(name)" {
      return entry
    }
    let nearest = NearestName.of(name, among: tenant.profiles.map(\.id))
    throw Faults(
      Fault(
        path: "",
        zh: "\(tenant.title.zh)没有政策档案 `\(name)`",
        en:
          "\(tenant.id) has no profile `\(name)`; known are \(tenant.profiles.map(\.id).joined(separator: ", "))",
        meant: nearest.map { Meant($0) }))
  }
}

extension Policy {
  /// The profile as a report names it. On a day of decision after its span it has expired.
  package func identity(asOf: CalendarDay?, _ digest: (SourceFile) -> String) -> ProfileIdentity {
    let status: ProfileIdentity.Status =
      if document.isDraft { .draft } else if let asOf, asOf > to { .expired } else { .inForce }
    return ProfileIdentity(
      id: id, sha256: digest(source), status: status, from: from.description,
      to: to.description, document: document.title)
  }

  /// Its rules as reports list them, for one kind of subject.
  func descriptors(ofApplications: Bool) -> [RuleDescriptor] {
    rules.filter { ($0.subject == .application) == ofApplications }.map { rule in
      RuleDescriptor(
        id: rule.id, name: rule.name, modality: rule.modality, summary: summary(of: rule),
        reading: rule.basis.first.flatMap { provisions[$0].reading },
        citations: rule.basis.map { citation($0) })
    }
  }

  /// What its exemptions, exceptions, readings and parameters stand on.
  var lawBesideRules: [Citation] {
    let basis =
      (exemptions + exceptions).map(\.basis) + readings.map(\.basis) + parameters.map(\.basis)
    return Set(basis).sorted().map { citation($0) }
  }

  private func summary(of rule: Rule) -> Bilingual {
    let quote = rule.basis.first.map { provisions[$0].quotes.joined(separator: "……") } ?? ""
    return Bilingual(zh: quote, en: String(rule.name.map { $0 == "-" ? " " : $0 }))
  }
}
