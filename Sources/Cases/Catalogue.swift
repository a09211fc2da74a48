import Reading

/// Every field and word of the inputs of one tenant: those that every tenant has, and its own.
///
/// Readers, conditions, schemas, `init`, reports and notices all walk it; nothing else says what a file may hold.
package final class Catalogue: Sendable {
  /// What every tenant has.
  package static let builtIn = Catalogue()

  package let words: Vocabularies
  /// The fields of an application in the order of files, those of the tenant's own last.
  package let applicationEntries: [ApplicationEntry]
  /// Their names, to be found by their bytes.
  let applicationNames: WordBytes
  /// How many of them are kept among ``Application/values``.
  package let slotCount: Int
  /// The one that holds what an applicant claims.
  package let claims: ApplicationEntry?
  /// An application as conditions see it.
  package let application: RecordShape
  /// What a condition on a neighbour sees, of an institution of the registry and of an application of the batch alike.
  package let neighbour: RecordShape
  package let facts: RecordShape
  /// A district of the facts.
  package let district: RecordShape
  package let plan: RecordShape
  /// A district of a plan.
  package let planDistrict: RecordShape
  /// The fields of an institution of the registry in the order of files, those of the tenant's own last.
  package let institutionEntries: [InstitutionEntry]
  /// How many of them are kept among ``Institution/values``.
  package let institutionSlotCount: Int
  package let applicationColumns: ColumnTable
  package let registryColumns: ColumnTable
  /// Whether it has more than every tenant has.
  package let isExtended: Bool

  package init(_ own: OwnCatalogue = OwnCatalogue()) {
    let words = Vocabularies(own: own.words)
    self.words = words
    isExtended = !own.isEmpty
    let ofApplications = own.fields(of: .application, words)
    (applicationEntries, slotCount) = ApplicationEntry.numbered(
      ApplicationEntry.builtIn(words) + ofApplications.map { ApplicationEntry($0) })
    applicationNames = WordBytes(applicationEntries.map(\.name))
    claims = applicationEntries.first { $0.name == ApplicationEntry.claims }
    application = Application.shape(applicationEntries)
    let ofInstitutions = own.fields(of: .institution, words)
    (institutionEntries, institutionSlotCount) = InstitutionEntry.numbered(
      InstitutionEntry.builtIn(words) + ofInstitutions.map { InstitutionEntry($0) })
    neighbour = Institution.neighbourShape(institutionEntries)
    applicationColumns = ColumnTable(applicationEntries, places: institutionEntries)
    registryColumns = ColumnTable(institutionEntries)
    district = FactsShape.district(words, own: own.fields(of: .district, words))
    facts = FactsShape.city(words, district: district, own: own.fields(of: .facts, words))
    planDistrict = PlanShape.district(words, own: own.fields(of: .planDistrict, words))
    plan = PlanShape.plan(
      words, district: planDistrict, indicators: PlanShape.indicators(own.words),
      own: own.fields(of: .plan, words))
  }
}

extension Catalogue {
  /// The entry of a field of an application, by name.
  package func applicationEntry(_ name: String) -> ApplicationEntry? {
    applicationEntries.first { $0.name == name }
  }

  /// The entry of a field of an institution of the registry, by name.
  package func institutionEntry(_ name: String) -> InstitutionEntry? {
    institutionEntries.first { $0.name == name }
  }
}
