package import Cases
package import Deciding
package import Diagnostics
package import Policy
package import Reading
import Spatial

/// Applications held against the profiles of their city.
package struct ApplicationCheck: Sendable {
  package let library: PolicyLibrary
  package let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  /// Loads, decides, and gives the report; any fault of any input throws before anything is decided.
  package func run(files paths: [String]) throws(Faults) -> Report {
    do {
      return try decide(paths)
    } catch {
      throw BlankInputs(library: library, options: options, paths: paths).added(to: error)
    }
  }

  private func decide(_ paths: [String]) throws(Faults) -> Report {
    var loader = InputLoader(options)
    options.observer?.enter(.reading)
    loader.holdNotes()
    let inputs: Inputs
    do throws(Faults) {
      inputs = try applications(paths, &loader)
    } catch {
      loader.releaseNotes()
      throw loader.addingFaultsBeside(to: error)
    }
    let heads = inputs.heads
    let tenant = try library.tenant(
      options, files: heads.map { ($0.file, $0.head.city) })
    let catalogue = inputs.catalogue
    var factsPath = options.facts
    if factsPath == nil {
      factsPath =
        try resolved(
          heads.map { ($0.file, $0.head.facts) } + loader.sheets(heads.map(\.file), \.facts),
          "--facts", "基础数据文件", "facts file",
          else: options.defaults.facts)
    }
    var registryPath = options.registry
    if registryPath == nil {
      registryPath =
        try resolved(
          heads.map { ($0.file, $0.head.registry) } + loader.sheets(heads.map(\.file), \.registry),
          "--registry", "名册文件", "registry file",
          else: options.defaults.registry)
    }
    if options.datum == nil {
      for (file, head) in heads {
        _ = try InputLoader.agreed(
          head.datum.map { [(file, $0)] } ?? [], option: "--datum",
          name: Bilingual(zh: "坐标系", en: "datum"),
          settings: (options.defaults.datum, options.defaults.datumPlace))
      }
    }
    loader.releaseNotes(
      after: Note(
        lackingFacts: factsPath == nil, registry: registryPath == nil, of: tenant.id,
        in: paths.first ?? ""))
    var facts = Facts(catalogue)
    if let factsPath { facts = try loader.facts(factsPath) }
    facts = try library.placed(
      facts, in: tenant,
      named: options.city ?? heads.lazy.compactMap(\.head.city?.value).first
        ?? options.defaults.city?.value)
    var registry = Registry(catalogue)
    if let registryPath {
      options.observer?.enter(.registry)
      registry = try loader.registry(registryPath)
    }
    var waivers: Waivers?
    if let path = options.waivers {
      waivers = try Waivers(reading: try loader.load(path, role: "waivers"))
    }
    let baseline = try loader.baseline(options, tenant: tenant, subjects: .applications)
    if options.passesOverSources { inputs.passedOver.forEach { loader.add($0) } }
    let applications = inputs.applications
    let batch = try Batch(
      applications: applications, files: inputs.files, facts: facts, registry: registry,
      waivers: waivers, isSeparate: options.isSeparate, catalogue: catalogue)
    for note in batch.notes { loader.add(note) }
    let asOf = try asOf(options.passesOverSources ? [] : heads, applications)
    options.observer?.note(
      Bilingual(
        zh:
          "申请 \(applications.count) 件，名册机构 \(registry.institutions.count) 家，区县 \(facts.districts.count) 个，决定日期 \(asOf)",
        en:
          "\(applications.count) applications, \(registry.institutions.count) institutions in the registry, \(facts.districts.count) districts; the day of decision is \(asOf)"
      ))
    options.observer?.enter(.deciding)
    let screenings = try screenings(batch, tenant, asOf)
    for screening in screenings {
      if let note = RefusingRules(screening.policy).noneNote {
        loader.add(note)
      }
      for note in screening.notes { loader.add(note) }
    }
    if let waivers {
      let policies = screenings.map(\.policy)
      try waivers.check(policies: policies, applications: applications.map(\.id), asOf: asOf)
      let rulings = RulingCheck(waivers: waivers, batch: batch, policies: policies)
      try rulings.check()
      try rulings.check { index in
        screenings.firstTold { $0.result(of: index) }
      }
    }
    if baseline != nil { options.observer?.enter(.comparing) }
    var report = report(batch, tenant, screenings, loader.digests, asOf)
    report.notes = loader.notes
    if options.passesOverSources, heads.contains(where: { $0.head.asOf != nil }) {
      // Where it is decided again the file's own day must not count either.
      report.run = RunRecord(command: .check, files: paths)
      report.run?.options.asOf = asOf.description
    }
    if options.tellsWhatIf {
      report.notes.append(
        Note(path: paths.first ?? "", zh: Cure.caution.zh, en: Cure.caution.en))
    }
    report.caseFile?.notes = RowNotes(loader.notes, batch).messages
    return try report.compared(with: baseline).showing(
      options.shownSubjects, of: applications.lazy.map(\.id))
  }

  /// The applications of several files, and what their files say beside them.
  package struct Inputs {
    package var heads: [(file: SourceFile, head: BatchHead)] = []
    package var applications: [Application] = []
    /// The fields and words that they were read with.
    package var catalogue: Catalogue = .builtIn

    package var files: [SourceFile] { heads.map(\.file) }

    /// What files name beside their applications, for a run that has it already.
    var passedOver: [Note] {
      heads.flatMap { file, head in
        [
          ("facts", head.facts?.range), ("registry", head.registry?.range),
          ("as_of", head.asOf?.range),
        ].compactMap { key, range in
          range.map {
            Note(
              file, $0, zh: "文件中的 `\(key)` 未采用：由受理系统提供",
              en: "`\(key)` in the file is passed over: the desk has its own")
          }
        }
      }
    }
  }

  package func applications(
    _ paths: [String], _ loader: inout InputLoader
  ) throws(Faults) -> Inputs {
    var files: [SourceFile] = []
    var faults = FaultCollector()
    for path in paths {
      do {
        files.append(try loader.open(path))
      } catch {
        faults.add(error)
      }
    }
    let inputs = try applications(files, faults, &loader)
    // The digest is taken of what could be read.
    for file in files { loader.record(file, role: "applications") }
    return inputs
  }

  private func applications(
    _ files: [SourceFile], _ unreadable: FaultCollector, _ loader: inout InputLoader
  ) throws(Faults) -> Inputs {
    let assumedDatum = try options.assumedDatum()
    var faults = unreadable
    let seen = files.map { CityAhead.city(of: $0) }
    loader.catalogue = try library.catalogue(options, cities: seen)
    do {
      let inputs = try read(files, &loader, assumedDatum)
      try faults.check()
      let named = inputs.heads.map(\.head.city?.value)
      if named == seen || options.namedCity != nil { return inputs }
      // The glance was wrong.
      loader.catalogue = try library.catalogue(options, cities: named)
      return loader.catalogue === inputs.catalogue
        ? inputs : try read(files, &loader, assumedDatum)
    } catch {
      guard options.namedCity == nil, faults.isEmpty, seen.allSatisfy({ $0 == nil }) else {
        faults.add(error)
        throw Faults(faults.faults)
      }
      // What is unknown to every tenant may be known to the one that is named where no glance saw it.
      let named = files.map { file in (try? InputHead(reading: file))?.city?.value }
      loader.catalogue = try library.catalogue(options, cities: named)
      if !loader.catalogue.isExtended { throw error }
      return try read(files, &loader, assumedDatum)
    }
  }

  private func read(
    _ files: [SourceFile], _ loader: inout InputLoader, _ assumedDatum: Datum?
  ) throws(Faults) -> Inputs {
    var inputs = Inputs()
    inputs.catalogue = loader.catalogue
    var count = 0
    var faults = FaultCollector()
    for file in files {
      do {
        let read = try loader.applications(file, index: count, datum: assumedDatum)
        count += 1
        inputs.heads.append((read.file, read.head))
        if inputs.applications.isEmpty {
          inputs.applications = read.applications
        } else {
          inputs.applications += read.applications
        }
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    return inputs
  }

  /// The one path that the files name, as seen from where they lie.
  package func resolved(
    _ paths: [(file: SourceFile, path: Located<String>?)], _ option: String, _ zh: String,
    _ en: String, else settings: String? = nil
  ) throws(Faults) -> String? {
    try InputLoader.agreed(
      paths.compactMap { file, path in
        path.map { (file, Located(InputLoader.resolve($0.value, from: file), $0.range)) }
      }, option: option, name: Bilingual(zh: zh, en: en),
      settings: (settings, settings.flatMap { options.defaults.places[$0] }),
      isSame: NamedPaths.isSame)
  }

  /// The day of decision: the option's, else the files', else the settings file's, else the last day of submission. Never the clock's.
  package func asOf(
    _ heads: [(file: SourceFile, head: BatchHead)], _ applications: [Application]
  ) throws(Faults) -> CalendarDay {
    let earliest = applications.map(\.submitted).min()
    func held(_ day: CalendarDay, _ place: Location?) throws(Faults) -> CalendarDay {
      guard let earliest, day < earliest else { return day }
      let zh = "决定日期 \(day) 早于全部申请的申请日期（最早为 \(earliest)），应不早于申请日期"
      let en =
        "the day of decision \(day) is before every day of submission (the first is \(earliest)): expected it not to be earlier"
      throw Faults(
        place.map { Fault($0.file, $0.range, zh: zh, en: en) }
          ?? Fault(path: "--as-of", zh: zh, en: en))
    }
    if let day = try options.decisionDay() { return try held(day, nil) }
    let named = try InputLoader.agreed(
      heads.compactMap { file, head in head.asOf.map { (file, $0) } }, option: "--as-of",
      name: Bilingual(zh: "决定日期", en: "day of decision"),
      settings: (options.defaults.asOf, options.defaults.asOfPlace))
    if let named {
      let own = heads.lazy.compactMap { file, head in
        head.asOf.map { Location(file: file, range: $0.range) }
      }.first
      return try held(named, own ?? options.defaults.asOfPlace)
    }
    guard let latest = applications.map(\.submitted).max() else {
      throw Faults(
        Fault(path: "", zh: "没有任何申请，无可检查", en: "there are no applications, so nothing to check"))
    }
    return latest
  }

  /// One screening a profile, in the order of their first applications.
  package func screenings(
    _ batch: Batch, _ tenant: Tenant, _ asOf: CalendarDay
  ) throws(Faults) -> [Screening] {
    var entries: [Tenant.ProfileEntry] = []
    var members: [[Int]] = []
    var outside: Set<Int> = []
    let named = try options.profile.map { name throws(Faults) in
      try library.entry(named: name, of: tenant)
    }
    for (index, application) in batch.applications.enumerated() {
      let day = application.submitted
      let entry: Tenant.ProfileEntry
      if let named {
        entry = named
        if day < named.from || named.to < day { outside.insert(index) }
      } else if let found = tenant.profile(on: day) {
        entry = found.entry
        if !found.isInForce { outside.insert(index) }
      } else {
        continue
      }
      if let known = entries.firstIndex(where: { $0.id == entry.id }) {
        members[known].append(index)
      } else {
        entries.append(entry)
        members.append([index])
      }
    }
    var policies: [Policy] = []
    for entry in entries { policies.append(try library.policy(entry, of: tenant)) }
    try RuleNames.check(options.shownRules, among: policies)
    var screenings: [Screening] = []
    for (profile, policy) in policies.enumerated() {
      let count = members[profile].count
      let isOutside = members[profile].count { outside.contains($0) }
      options.observer?.note(
        policy,
        why: named != nil
          ? Bilingual(
            zh: "由 `--profile` 指定，适用于 \(count) 件申请",
            en: "asked for by `--profile`, for \(count) applications")
          : Bilingual(
            zh: "按申请日期选定，适用于 \(count) 件申请，其中 \(isOutside) 件不在其期限内",
            en:
              "chosen by the days of submission, for \(count) applications, \(isOutside) of them outside its span"
          ))
      screenings.append(
        try Screening(
          policy, profile: profile, batch: batch, members: members[profile], outsideSpan: outside,
          asOf: asOf,
          keepNotApplicable: options.keepsNotApplicable, isSeparate: options.isSeparate,
          whatIf: options.tellsWhatIf ? isInForce(policy, tenant, isNamed: named != nil) : nil,
          observer: options.observer,
          terms: options.cache.value(of: policy.source, policy.catalogue) {
            PolicyTerms(policy)
          }))
    }
    return screenings
  }

  /// Whether a profile is in force on a day; nil where another would be applied.
  private func isInForce(
    _ policy: Policy, _ tenant: Tenant, isNamed: Bool
  ) -> @Sendable (CalendarDay) -> Bool? {
    { day in
      if isNamed { return policy.from <= day && day <= policy.to }
      guard let found = tenant.profile(on: day), found.entry.id == policy.id else { return nil }
      return found.isInForce
    }
  }

  private func report(
    _ batch: Batch, _ tenant: Tenant, _ screenings: [Screening], _ digests: [InputDigest],
    _ asOf: CalendarDay
  ) -> Report {
    var summary = Summary()
    for index in batch.applications.indices {
      if let verdict = screenings.firstTold({ $0.verdict(of: index) }) {
        summary.count(verdict)
      }
    }
    let laws = screenings.map { screening in
      let policy = screening.policy
      return options.cache.value(of: policy.source, policy.catalogue) { ReportedLaw(policy) }
    }
    let undecided: @Sendable (Int) -> SubjectResult = { index in
      let application = batch.applications[index]
      return SubjectResult(
        type: .application, id: application.id, name: application.name, profile: 0,
        verdict: .incomplete, findings: [], readings: [])
    }
    var report = Report(
      version: options.version, tenant: tenant.id, tenantName: tenant.title,
      profiles: screenings.map { $0.policy.identity(asOf: asOf, options.digest) }, inputs: digests,
      asOf: asOf.description, subjectType: .application, summary: summary,
      rules: laws.flatMap(\.rules) + (laws.first?.builtIn ?? []),
      places: screenings.flatMap(\.places), resultCount: batch.applications.count,
      result: { index in
        screenings.firstTold { $0.result(of: index, tellsCures: true) }
          ?? undecided(index)
      })
    report.outcomes = { index in
      screenings.firstTold { $0.outcomes(of: index) } ?? undecided(index)
    }
    report.law = laws.flatMap(\.besideRules)
    report.caseFile = CaseFile(
      particulars: { Particulars(of: batch.applications[$0], batch.registry, batch.catalogue) },
      missing: { MissingDatum(path: $0, batch.registry, batch.catalogue, subject: $1) },
      withdrawals: { index in
        screenings.first { $0.verdict(of: index) != nil }?.withdrawals(of: index) ?? []
      })
    report.tables = { SubjectTables.of(batch.applications, batch.files, batch.catalogue) }
    report.caseFile?.row = { CaseRow(of: batch.applications[$0], batch.catalogue) }
    report.hasRegistry = batch.registry.isPresent
    report.tellsWhatIf = options.tellsWhatIf
    report.takes = { screenings.flatMap(\.takes) }
    return report
  }
}

/// What reports on applications list of a profile's law.
private struct ReportedLaw: Sendable {
  let rules: [RuleDescriptor]
  /// What is found without any of its rules.
  let builtIn: [RuleDescriptor]
  /// What its exemptions, exceptions, readings and parameters stand on.
  let besideRules: [Citation]

  init(_ policy: Policy) {
    rules = policy.descriptors(ofApplications: true)
    builtIn = BuiltInRule.ofApplications.map { $0.descriptor(policy) }
    besideRules = policy.lawBesideRules
  }
}

extension BuiltInRule {
  /// As reports list it, with the profile's own header as its law.
  package func descriptor(_ policy: Policy) -> RuleDescriptor {
    RuleDescriptor(
      id: id, name: id, modality: .data, summary: summary, reading: nil,
      citations: [policy.headerCitation])
  }
}
