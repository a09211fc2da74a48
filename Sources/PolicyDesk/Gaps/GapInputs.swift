package import Cases
import Checks
package import Diagnostics
package import Policy
package import Reading

/// Everything that gaps are looked for in.
package struct GapInputs {
  package var ask: Newcomer.Ask
  package var newcomer: Newcomer
  package var tenant: Tenant
  package var policy: Policy
  package var catalogue: Catalogue
  package var facts: Facts
  package var registry: Registry
  /// Nil where the hull of the registry is taken.
  package var boundary: AreaBoundary?
  package var day: CalendarDay
  package var assumptions: [Bilingual]
  package var digests: [InputDigest]
}

extension GapsRun {
  /// Reads everything; a newcomer is taken to be submitted on the day of decision.
  package func load(_ ask: Ask) throws(Faults) -> GapInputs {
    var loader = InputLoader(options)
    guard let registryPath = options.registry ?? options.defaults.registry else {
      throw Faults(
        Fault(
          path: "", zh: "未提供名册，无从知道何处已有定点机构：请用 `--registry` 指定名册",
          en:
            "no registry was given, so it is not known where institutions stand; expected `--registry`"
        ))
    }
    let factsPath = options.facts ?? options.defaults.facts
    loader.catalogue = try library.catalogue(options, cities: [try namedCity(in: factsPath)])
    var facts = Facts(loader.catalogue)
    if let factsPath { facts = try loader.facts(factsPath) }
    let tenant = try library.tenant(options, files: facts.file.map { [($0, facts.city)] } ?? [])
    loader.catalogue = tenant.catalogue
    facts = try library.placed(
      facts, in: tenant, named: options.city ?? options.defaults.city?.value)
    let registry = try loader.registry(registryPath)
    var boundary: AreaBoundary?
    if let path = ask.within {
      boundary = try AreaBoundary(reading: try loader.load(path, role: "area"))
    }
    var assumptions: [Bilingual] = []
    let day = try day(facts, &assumptions)
    let entry: Tenant.ProfileEntry
    if let name = options.profile {
      entry = try library.entry(named: name, of: tenant)
      if day < entry.from || entry.to < day { assumptions.append(outOfSpan(entry, day)) }
    } else if let found = tenant.profile(on: day) {
      entry = found.entry
      if !found.isInForce { assumptions.append(outOfSpan(entry, day)) }
    } else {
      throw Faults(Fault(path: "", zh: "没有适用的政策档案", en: "no profile applies"))
    }
    let policy = try library.policy(entry, of: tenant)
    if ask.kind == nil {
      assumptions.append(
        Bilingual(
          zh: "机构类别按零售药店计（可用 --kind 指定）",
          en: "it is taken to be a retail pharmacy (--kind says otherwise)"))
    }
    let asked = Newcomer.Ask(
      kind: ask.kind ?? "retail_pharmacy", categories: ask.categories, settings: ask.settings)
    let newcomer = try Newcomer(asked, submitted: day, tenant.catalogue)
    assumptions += newcomer.assumptions
    if factsPath == nil {
      assumptions.append(
        Bilingual(
          zh: "未提供基础数据，名额和取决于基础数据的规则不明（可用 --facts 指定）",
          en:
            "no facts were given: places, and rules that rest on facts, are not known (--facts gives them)"
        ))
    }
    return GapInputs(
      ask: asked, newcomer: newcomer, tenant: tenant, policy: policy, catalogue: tenant.catalogue,
      facts: facts, registry: registry, boundary: boundary, day: day, assumptions: assumptions,
      digests: loader.digests)
  }

  /// The city that a facts file names, read ahead of it.
  private func namedCity(in path: String?) throws(Faults) -> String? {
    guard let path else { return nil }
    let file = try options.sources.load(path)
    let format = DocumentFormat(of: file)
    return format.isTable
      ? (try? Facts(reading: file))?.city?.value
      : try Document.read(file, format: format)["city"]?.scalar?.text
  }

  /// The day of decision: the option's, else the settings file's, else the last of the year of the facts. Never the clock's.
  private func day(_ facts: Facts, _ assumptions: inout [Bilingual]) throws(Faults) -> CalendarDay {
    if let day = try options.decisionDay() ?? options.defaults.asOf { return day }
    guard let year = facts.year, let day = CalendarDay(year: year, month: 12, day: 31) else {
      throw Faults(
        Fault(
          path: "", zh: "请用 `--as-of` 指定决定日期",
          en: "expected `--as-of` with the day of decision"))
    }
    assumptions.append(
      Bilingual(
        zh: "决定日期按基础数据年份的最后一日 \(day) 计（可用 --as-of 指定）",
        en:
          "the day of decision is the last of the year of the facts, \(day) (--as-of says otherwise)"
      ))
    return day
  }

  private func outOfSpan(_ entry: Tenant.ProfileEntry, _ day: CalendarDay) -> Bilingual {
    Bilingual(
      zh: "决定日期 \(day) 不在政策档案的期限（\(entry.from) 至 \(entry.to)）内，仅供参考",
      en:
        "the day of decision, \(day), lies outside the profile's span (\(entry.from) to \(entry.to)); for reference only"
    )
  }
}
