import Cases
import Deciding
package import Diagnostics
import Policy
import Reading

/// Plan files held against the profile of their city.
package struct PlanCheck: Sendable {
  package let library: PolicyLibrary
  package let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  package func run(files paths: [String]) throws(Faults) -> Report {
    do {
      return try decide(paths)
    } catch {
      throw BlankInputs(library: library, options: options, paths: paths).added(to: error)
    }
  }

  private func decide(_ paths: [String]) throws(Faults) -> Report {
    let decisionDay = try options.decisionDay() ?? options.defaults.asOf
    var loader = InputLoader(options)
    options.observer?.enter(.reading)
    var files: [(file: SourceFile, node: Node)] = []
    var faults = FaultCollector()
    for path in paths {
      do {
        files.append(
          try loader.read(path, role: "plan") { file throws(Faults) in
            (file, try Document.read(file, format: DocumentFormat(of: file)))
          })
      } catch {
        faults.add(error)
      }
    }
    let catalogue = try library.catalogue(
      options, cities: files.map { $0.node["city"]?.scalar?.text })
    loader.catalogue = catalogue
    var plans: [Plan] = []
    for (file, node) in files {
      do {
        plans.append(try Plan(node, file: file, catalogue))
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    let tenant = try library.tenant(
      options, files: plans.map { ($0.file, $0.city) })
    for plan in plans {
      loader.isNamed(plan.facts, in: plan.file)
      loader.isNamed(plan.registry, in: plan.file)
    }
    var factsPath = options.facts
    if factsPath == nil {
      factsPath =
        try InputLoader.agreed(
          plans.compactMap { plan in
            plan.facts.map {
              (plan.file, Located(InputLoader.resolve($0.value, from: plan.file), $0.range))
            }
          }, option: "--facts", name: Bilingual(zh: "基础数据文件", en: "facts file"),
          settings: (
            options.defaults.facts,
            options.defaults.facts.flatMap { options.defaults.places[$0] }
          ), isSame: NamedPaths.isSame)
    }
    var facts = Facts(catalogue)
    if let factsPath { facts = try loader.facts(factsPath) }
    facts = try library.placed(
      facts, in: tenant,
      named: options.city ?? plans.lazy.compactMap(\.city?.value).first
        ?? options.defaults.city?.value)
    for plan in plans {
      do {
        try plan.checkDistricts(facts)
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    var registry = Registry(catalogue)
    var registryPath = options.registry
    if registryPath == nil {
      registryPath =
        try InputLoader.agreed(
          plans.compactMap { plan in
            plan.registry.map {
              (plan.file, Located(InputLoader.resolve($0.value, from: plan.file), $0.range))
            }
          }, option: "--registry", name: Bilingual(zh: "名册文件", en: "registry file"),
          settings: (
            options.defaults.registry,
            options.defaults.registry.flatMap { options.defaults.places[$0] }
          ), isSame: NamedPaths.isSame)
    }
    if let registryPath {
      options.observer?.enter(.registry)
      registry = try loader.registry(registryPath)
        .callingDistricts(by: facts.canonicalDistrict)
      if let note = registry.noteOfDistricts(beyond: facts) { loader.add(note) }
    }
    let baseline = try loader.baseline(options, tenant: tenant, subjects: .plans)
    options.observer?.enter(.deciding, of: plans.count)
    var reviews: [PlanReview] = []
    var results: [SubjectResult] = []
    var chosen: [(plan: Plan, review: Int)] = []
    for plan in plans {
      let entry: Tenant.ProfileEntry
      if let name = options.profile {
        entry = try library.entry(named: name, of: tenant)
      } else if let day = CalendarDay(year: plan.year, month: 1, day: 1),
        let last = CalendarDay(year: plan.year, month: 12, day: 31),
        let found = tenant.profiles.last(where: { $0.from <= last && day <= $0.to })
          ?? tenant.profile(on: day)?.entry
      {
        // A plan of the year in which a profile begins falls under it.
        entry = found
      } else {
        continue
      }
      var index = reviews.firstIndex { $0.policy.id == entry.id }
      if index == nil {
        let policy = try library.policy(entry, of: tenant)
        options.observer?.note(
          policy,
          why: options.profile == nil
            ? Bilingual(
              zh: "按 \(plan.file.path) 的年份 \(plan.year) 选定",
              en: "chosen by the year \(plan.year) of \(plan.file.path)")
            : Bilingual(zh: "由 `--profile` 指定", en: "asked for by `--profile`"))
        reviews.append(PlanReview(policy, facts: facts, registry: registry))
        index = reviews.count - 1
      }
      if let index { chosen.append((plan, index)) }
    }
    try RuleNames.check(options.shownRules, among: reviews.map(\.policy))
    for review in reviews {
      if let note = RefusingRules(review.policy).noneNote {
        loader.add(note)
      }
    }
    let covered = tenant.covers.first { $0.id == facts.place }
    for (plan, index) in chosen {
      var result = try reviews[index].result(
        plan, profile: index,
        city: (covered?.id ?? tenant.id, covered?.names.last ?? tenant.title.zh))
      if !options.keepsNotApplicable {
        result.findings.removeAll { $0.outcome == .notApplicable }
      }
      results.append(result)
      options.observer?.advance()
    }
    var together: PlansTogether?
    if plans.count > 1, let review = reviews.first {
      let checks = PlansTogether(plans: plans, facts: facts, policy: review.policy)
      for (index, further) in try checks.findings() where results.indices.contains(index) {
        results[index].findings += further
        results[index].verdict = Verdict(
          outcomes: results[index].findings.map(\.outcome), subject: results[index].type)
      }
      together = checks
    }
    var summary = Summary()
    for result in results { summary.count(result.verdict) }
    let year = plans.map(\.year).max() ?? 0
    let asOf = decisionDay ?? CalendarDay(year: year, month: 12, day: 31)
    var report = Report(
      version: options.version, tenant: tenant.id, tenantName: tenant.title,
      profiles: reviews.map { $0.policy.identity(asOf: asOf, options.digest) },
      inputs: loader.digests,
      asOf: asOf?.description ?? "",
      subjectType: plans.first?.isDistrict == true ? .district : .city,
      summary: summary,
      rules: reviews.flatMap { $0.policy.descriptors(ofApplications: false) }
        + (reviews.first.map { review in
          BuiltInRule.ofPlans.map { $0.descriptor(review.policy) }
        } ?? []) + (together?.descriptors() ?? []),
      places: [],
      resultCount: results.count, result: { [results] in results[$0] }
    )
    report.law = reviews.flatMap(\.policy.lawBesideRules)
    report.notes = loader.notes
    return try report.compared(with: baseline).showing(
      options.shownSubjects, of: results.lazy.map(\.id))
  }
}
