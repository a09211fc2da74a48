import Cases
package import Checks
import Deciding
package import Diagnostics
import Policy
import Reading

/// One batch held against the profiles of several cities, side by side.
package struct CityComparison: Sendable {
  /// A city, and what its profiles make of the batch.
  package struct Column: Sendable {
    /// The city as it was named.
    package var city: String
    package var title: Bilingual
    package var profiles: [ProfileIdentity]
    package var summary: Summary
    /// By application.
    package var results: [SubjectResult]
  }

  package struct Table: Sendable {
    /// The id and the name of each application.
    package var applications: [(id: String, name: String)]
    package var columns: [Column]
    /// What was set aside.
    package var notes: [Bilingual]
  }

  /// A city of the command line: a tenant, or one of the places that it covers.
  private struct City {
    let name: String
    let tenant: Tenant
    let place: String?

    /// Whether the two may be one: a tenant that covers several places is each of them.
    func mayBe(_ other: City) -> Bool {
      tenant.id == other.tenant.id && (place == other.place || place == nil || other.place == nil)
    }
  }

  /// A file that an option gives for one city, or for all.
  private struct Given {
    let city: City?
    let path: String
  }

  package let library: PolicyLibrary
  package let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  /// Decides the batch once for each city; any fault of any input throws.
  ///
  /// - Parameters:
  ///   - facts: `city=FILE` each, or one `FILE` for the cities that have none of their own.
  ///   - registries: the same for registries.
  package func run(
    files paths: [String], cities names: [String], facts: [String], registries: [String]
  ) throws(Faults) -> Table {
    let cities = try cities(names)
    let facts = try given(facts, "--facts", cities)
    let registries = try given(registries, "--registry", cities)
    let check = ApplicationCheck(library, options)
    var loader = InputLoader(options)
    let inputs = try check.applications(paths, &loader)
    let asOf = try check.asOf(inputs.heads, inputs.applications)
    let owners = inputs.heads.map { file, head in
      (file: file, head: head, city: head.city.flatMap { try? city($0.value) })
    }
    var columns: [Column] = []
    for city in cities {
      let own = owners.filter { $0.city?.mayBe(city) == true }
      let catalogue = city.tenant.catalogue
      loader.catalogue = catalogue
      var cityFacts = Facts(catalogue)
      var path = Self.path(for: city, facts)
      if path == nil {
        path = try check.resolved(
          own.map { ($0.file, $0.head.facts) }, "--facts \(city.name)=FILE", "基础数据文件",
          "facts file")
      }
      if let path {
        cityFacts = try loader.facts(path)
        // One file for all is another city's for most of them.
        if !facts.contains(where: { $0.city == nil && $0.path == path }) {
          cityFacts = try library.placed(cityFacts, in: city.tenant, named: city.place)
        }
      }
      cityFacts.place = city.place
      cityFacts.coveredPlaces = city.tenant.covers.map(\.id)
      path = Self.path(for: city, registries)
      if path == nil {
        path = try check.resolved(
          own.map { ($0.file, $0.head.registry) }, "--registry \(city.name)=FILE", "名册文件",
          "registry file")
      }
      var registry = Registry(catalogue)
      if let path { registry = try loader.registry(path) }
      let batch = try Batch(
        applications: inputs.applications.map {
          $0.translated(from: inputs.catalogue, to: catalogue)
        }, files: inputs.files, facts: cityFacts, registry: registry, waivers: nil,
        mayBeForeign: true, catalogue: catalogue)
      columns.append(
        column(city, batch, try check.screenings(batch, city.tenant, asOf), asOf))
    }
    return Table(
      applications: inputs.applications.map { ($0.id, $0.name) }, columns: columns,
      notes: owners.compactMap { owner in
        Self.note(
          owner.file, owner.head,
          isCompared: owner.city.map { own in cities.contains { own.mayBe($0) } } ?? false)
      })
  }

  private func column(
    _ city: City, _ batch: Batch, _ screenings: [Screening], _ asOf: CalendarDay
  ) -> Column {
    var summary = Summary()
    let results = batch.applications.enumerated().map { index, application in
      let result =
        screenings.firstTold { $0.result(of: index) }
        ?? SubjectResult(
          type: .application, id: application.id, name: application.name, profile: 0,
          verdict: .incomplete, findings: [], readings: [])
      summary.count(result.verdict)
      return result
    }
    return Column(
      city: city.name, title: city.tenant.title,
      profiles: screenings.map { $0.policy.identity(asOf: asOf, options.digest) },
      summary: summary, results: results)
  }

  // MARK: Cities and their files

  private func city(_ name: String) throws(Faults) -> City {
    let tenant = try library.tenant(meaning: name)
    return City(name: name, tenant: tenant, place: library.place(name, tenant))
  }

  private func cities(_ names: [String]) throws(Faults) -> [City] {
    var faults = FaultCollector()
    var cities: [City] = []
    for name in names {
      do {
        let city = try city(name)
        if let other = cities.first(where: {
          $0.tenant.id == city.tenant.id && $0.place == city.place
        }) {
          faults.add(Self.namedTwice(name, other.name))
        }
        cities.append(city)
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
    if cities.count < 2 { throw Faults(Self.tooFew(names)) }
    return cities
  }

  /// The files of an option; what stands before `=` is a city, unless there is a `/` in it.
  private func given(
    _ arguments: [String], _ option: String, _ cities: [City]
  ) throws(Faults) -> [Given] {
    var given: [Given] = []
    for argument in arguments {
      var city: City?
      var path = argument
      if let sign = argument.firstIndex(of: "="), !argument[..<sign].contains("/") {
        let name = String(argument[..<sign])
        path = String(argument[argument.index(after: sign)...])
        let named = try self.city(name)
        city = cities.first { $0.tenant.id == named.tenant.id && $0.place == named.place }
        if city == nil { throw Faults(Self.notCompared(name, option, cities.map(\.name))) }
      }
      if given.contains(where: { $0.city?.name == city?.name }) {
        throw Faults(Self.givenTwice(city?.name, option))
      }
      given.append(Given(city: city, path: path))
    }
    return given
  }

  private static func path(for city: City, _ given: [Given]) -> String? {
    (given.first { $0.city?.name == city.name } ?? given.first { $0.city == nil })?.path
  }
}

// MARK: Messages

extension CityComparison {
  private static func namedTwice(_ name: String, _ other: String) -> Fault {
    Fault(
      path: "--cities", zh: "`\(name)` 与 `\(other)` 是同一个统筹地区",
      en: "`\(name)` is the same city as `\(other)`")
  }

  private static func tooFew(_ names: [String]) -> Fault {
    Fault(
      path: "--cities", zh: "应为至少两个统筹地区，实际为 \(names.count) 个",
      en: "expected at least two cities, found \(names.count)")
  }

  private static func notCompared(_ name: String, _ option: String, _ known: [String]) -> Fault {
    Fault(
      path: option, zh: "`\(name)` 不在 `--cities` 之中：\(known.joined(separator: "、"))",
      en: "`\(name)` is not one of `--cities`: \(known.joined(separator: ", "))")
  }

  private static func givenTwice(_ name: String?, _ option: String) -> Fault {
    Fault(
      path: option, zh: "\(name.map { "`\($0)` " } ?? "全部统筹地区的")文件给了两次",
      en: "expected one file for \(name.map { "`\($0)`" } ?? "all cities"), found two")
  }

  /// What becomes of a file's own city; nil where the file names neither a city nor files.
  private static func note(
    _ file: SourceFile, _ head: BatchHead, isCompared: Bool
  ) -> Bilingual? {
    let namesFiles = head.facts != nil || head.registry != nil
    guard let city = head.city?.value else {
      guard namesFiles else { return nil }
      return Bilingual(
        zh: "\(file.path): 文件未写明 `city:`，其 `facts:`、`registry:` 不采用",
        en: "\(file.path): the file names no `city:`; its `facts:` and `registry:` are not used")
    }
    if !namesFiles {
      return Bilingual(
        zh: "\(file.path): 文件自身的 `city: \(city)` 不作数",
        en: "\(file.path): the file's own `city: \(city)` is set aside")
    }
    return isCompared
      ? Bilingual(
        zh: "\(file.path): 文件自身的 `city: \(city)` 不作数，其 `facts:`、`registry:` 只用于该地区，选项优先",
        en:
          "\(file.path): the file's own `city: \(city)` is set aside; its `facts:` and `registry:` are used for that city alone, and the options go before them"
      )
      : Bilingual(
        zh: "\(file.path): 文件自身的 `city: \(city)` 不作数，其 `facts:`、`registry:` 不采用",
        en:
          "\(file.path): the file's own `city: \(city)` is set aside; its `facts:` and `registry:` are not used"
      )
  }
}
