package import Diagnostics
import Expression
import Reading
import Spatial

/// The applications of a run with everything that they are held against; several files are one batch.
package final class Batch: Sendable {
  package let applications: [Application]
  package let files: [SourceFile]
  package let facts: Facts
  package let registry: Registry
  /// The facts as they were given, without the stock that is counted from the registry.
  private let stated: Facts
  package let waivers: Waivers?
  /// The fields and words of the applications.
  package let catalogue: Catalogue
  package let worstAccuracyMetres: Double
  /// Where the facts state another stock than the registry has.
  private let differing: [String?: [StockDifference]]
  /// What a clerk should look at though nothing is wrong with it.
  package let notes: [Note]
  private let waived: [String: Int]
  private let rulings: RulingIndex
  /// By application: its own row of the registry, where one is found.
  private let ownRows: [Int: Int]

  /// The fault of an application whose id another one has, which stands before it.
  package static func repeated(
    _ application: Application, _ first: Application, _ files: [SourceFile]
  ) -> Fault {
    let earlier = Location(
      file: files[first.source.file], range: first.source.range(of: .id))
    var fault = Fault(
      files[application.source.file], application.source.range(of: .id),
      zh: "申请编号 `\(application.id)` 重复，已见于第 \(earlier.line) 行",
      en: "the id `\(application.id)` occurs twice; it stands in line \(earlier.line) already")
    fault.related = [RelatedPlace(earlier, zh: "先写在这里", en: "stands here already")]
    return fault
  }

  /// Puts a batch together; contradictions between the inputs are faults. With `isSeparate` each file is a batch of its own,
  /// and two may use the same id. With `mayBeForeign` the applications may come from another city: a district or institution that
  /// the inputs do not list is unknown, not a fault.
  package init(
    applications: [Application], files: [SourceFile], facts: Facts, registry: Registry,
    waivers: Waivers?, isSeparate: Bool = false, mayBeForeign: Bool = false,
    catalogue: Catalogue = .builtIn
  ) throws(Faults) {
    var faults = FaultCollector()
    var ids = RowsByID()
    let given = applications
    func name(of index: Int) -> String {
      isSeparate ? "\(given[index].source.file)\u{1F}\(given[index].id)" : given[index].id
    }
    var applications = applications
    for index in applications.indices {
      let application = applications[index]
      let file = files[application.source.file]
      func fault(_ field: ApplicationField, zh: String, en: String, meant: String? = nil) {
        faults.add(
          Fault(
            file, application.source.range(of: field), zh: zh, en: en,
            meant: meant.map { Meant($0) }))
      }
      let id = name(of: index)
      if !ids.insert(id, row: index, name), let other = ids.row(of: id, name) {
        faults.add(Self.repeated(application, applications[other], files))
      }
      if let district = application.district {
        if let canonical = facts.canonicalDistrict(district) {
          // Writing copies the whole batch: only where a code stands for the name.
          if canonical != district { applications[index].district = canonical }
        } else if !mayBeForeign {
          let nearest = NearestName.of(district, among: facts.districts)
          fault(
            .district, zh: "基础数据中没有区县 `\(district)`",
            en: "the facts list no district `\(district)`", meant: nearest)
        }
      }
      if registry.isPresent, !mayBeForeign {
        for (field, id) in [
          (ApplicationField.institution, application.institution),
          (.replaces, application.replaces),
        ] {
          guard let id, registry.row(of: id) == nil else { continue }
          let nearest = NearestName.of(id, among: registry.ids)
          fault(
            field, zh: "名册中没有机构 `\(id)`", en: "the registry has no institution `\(id)`",
            meant: nearest)
        }
      }
      if faults.isFull { break }
    }
    let duplicates = Duplicates(applications: applications, files: files, isSeparate: isSeparate)
    duplicates.checkLooks(&faults)
    var notes = duplicates.sharedCreditCodes(&faults)
    try faults.check()
    notes += duplicates.sharedPlaces()
    let registry = registry.callingDistricts(by: facts.canonicalDistrict)
    if !mayBeForeign, let note = registry.noteOfDistricts(beyond: facts) { notes.append(note) }
    ownRows =
      registry.isPresent && !mayBeForeign ? OwnRows.find(of: applications, in: registry) : [:]
    OwnRows.checkOnce(applications, ownRows, files, registry, isSeparate: isSeparate, &faults)
    try faults.check()
    if !ownRows.isEmpty {
      if let note = OwnRows.fill(&applications, ownRows, files, registry, catalogue) {
        notes.append(note)
      }
    }
    self.notes = notes
    self.applications = applications
    self.catalogue = catalogue
    self.files = files
    self.registry = registry
    stated = facts
    self.facts = facts.countingStock(registry)
    var differing = [nil: facts.differingStock(registry)] as [String?: [StockDifference]]
    for district in facts.districts {
      differing[district] = facts.differingStock(registry, in: district)
    }
    self.differing = differing
    self.waivers = waivers
    worstAccuracyMetres = max(
      registry.worstAccuracyMetres,
      applications.lazy.compactMap { $0.site?.accuracyMetres(atLeast: 0) }.max() ?? 0)
    rulings = RulingIndex(waivers?.rulings ?? [], catalogue.words.category)
    waived = Dictionary(
      (waivers?.entries ?? []).enumerated().map {
        ("\($1.application.value)\u{1F}\($1.rule.value)", $0)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The same with other applications or facts.
  private init(
    _ base: Batch, applications: [Application]? = nil, facts: Facts? = nil,
    registry: Registry? = nil
  ) {
    self.applications = applications ?? base.applications
    self.facts = facts ?? base.facts
    self.registry = registry ?? base.registry
    files = base.files
    stated = base.stated
    waivers = base.waivers
    catalogue = base.catalogue
    worstAccuracyMetres = base.worstAccuracyMetres
    differing = base.differing
    notes = base.notes
    waived = base.waived
    rulings = base.rulings
    ownRows = base.ownRows
  }

  /// Whether the facts and the registry differ anywhere in what is designated.
  package var hasDifferingStock: Bool { differing.contains { !$0.value.isEmpty } }

  /// What the facts state of a category beside what the registry has, where they differ: in the city, or in one district.
  package func differingStock(_ category: Category, in district: String?) -> StockDifference? {
    differing[district]?.first { $0.category == category }
  }

  /// The registry's row of the institution that an application replaces.
  package func leaving(_ application: Application) -> Int? {
    application.replaces.flatMap { registry.row(of: $0) }
  }

  /// The registry's row of an applicant itself: the one that it names, else the one with its credit code, else the only one with its
  /// name and kind in its district (semantics.md 4.8).
  package func ownRow(of application: Int) -> Int? { ownRows[application] }

  /// The same where its own id there is known, as it is of each that has a row.
  package func ownRow(of application: Application) -> Int? {
    application.institution.flatMap { registry.row(of: $0) }
  }

  /// The same batch with other applications after its own.
  package func adding(_ others: [Application]) -> Batch {
    Batch(self, applications: applications + others)
  }

  /// The registry's row of the institution whose place an application may take: one whose agreement is terminated frees none.
  package func freed(by application: Application) -> Int? {
    leaving(application).flatMap { registry.institutions[$0].status == .terminated ? nil : $0 }
  }

  package func leavingBeds(_ application: Application) -> Int? {
    leaving(application).flatMap { row in
      registry.institutions[row].heldBeds
    }
  }

  /// The same batch, one application of which is another.
  package func replacing(_ index: Int, with application: Application) -> Batch {
    var applications = applications
    applications[index] = application
    return Batch(self, applications: applications)
  }

  /// The same batch held against other facts.
  package func held(against facts: Facts) -> Batch {
    Batch(self, facts: facts)
  }

  /// The same batch with one row of the registry otherwise, and what is counted or taken from it; nil where an applicant's own row
  /// could be another then. Notes on stock that differs stay as they are.
  package func replacing(row: Int, with institution: Institution) -> Batch? {
    let old = registry.institutions[row]
    if institution.district != old.district,
      applications.contains(where: {
        $0.name == old.name && $0.kind == old.kind && $0.institution != old.id
      })
    {
      return nil
    }
    let registry = registry.replacing(row, with: institution)
    var applications = applications
    _ = OwnRows.fill(&applications, ownRows, files, registry, catalogue)
    return Batch(
      self, applications: applications, facts: stated.countingStock(registry), registry: registry)
  }

  package func waiver(application: String, rule: String) -> Int? {
    waived.isEmpty ? nil : waived["\(application)\u{1F}\(rule)"]
  }

  package var hasRulings: Bool { !rulings.isEmpty }

  /// The ruling on a rule or built-in finding for an application, in one of its categories or in all.
  package func ruling(on rule: String, _ category: Category?, of index: Int) -> Ruling? {
    if rulings.isEmpty { return nil }
    return rulings.ruling(application: applications[index].id, rule: rule, category: category)
  }

  /// What a built-in finding that leaves an application to a person comes to: what was ruled, if anything was.
  package func outcome(ofReview rule: BuiltInRule, _ category: Category? = nil, of index: Int)
    -> Outcome
  {
    ruling(on: rule.id, category, of: index)?.outcome ?? .review
  }
}
