import Reading

/// Every field and word of the inputs of one tenant: those that every tenant has, and its own.
///
/// Readers, conditions, schemas, `init`, reports and notices all walk it; nothing else says what a file may hold.
package final class Catalogue: Sendable {
  /// What every tenant has.
  package static let builtIn = Catalogue()

  package let words: Vocabularies
  /// The fields of an application in the order of files, those of the tenant's own last.
  let applicationEntries: [ApplicationEntry]
  /// Their names, to be found by their bytes.
  let applicationNames: WordBytes
  /// How many of them are kept among ``Application/values``.
  let slotCount: Int
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
  /// The fields that the tenant's registry has of its own, the last of ``neighbour``.
  let ownRegistryFields: [OwnRegistryField]
  let applicationColumns: ColumnTable
  let registryColumns: ColumnTable
  /// Whether it has more than every tenant has.
  let isExtended: Bool

  init(_ own: OwnCatalogue = OwnCatalogue()) {
    let words = Vocabularies(own: own.words)
    self.words = words
    isExtended = !own.isEmpty
    let ofApplications = own.fields(of: .application, words)
    var entries = ApplicationEntry.builtIn(words) + ofApplications.map { ApplicationEntry($0) }
    var slots = 0
    for index in entries.indices where entries[index].role == nil {
      entries[index].slot = slots
      slots += 1
    }
    applicationEntries = entries
    applicationNames = WordBytes(entries.map(\.name))
    slotCount = slots
    application = Application.shape(entries)
    applicationColumns = ColumnTable(entries)
    let ofInstitutions = own.fields(of: .institution, words)
    neighbour = Institution.neighbourShape(words, own: ofInstitutions)
    registryColumns = ColumnTable.registry.adding(ofInstitutions)
    ownRegistryFields = ofInstitutions.map { field in
      let store = FieldStore(field.shape, path: "registry[]." + field.name)
      return OwnRegistryField(field: field, store: store, reader: store.reader(field.shape))
    }
    district = FactsShape.district(words, own: own.fields(of: .district, words))
    facts = FactsShape.city(words, district: district, own: own.fields(of: .facts, words))
    planDistrict = PlanShape.district(words, own: own.fields(of: .planDistrict, words))
    plan = PlanShape.plan(
      words, district: planDistrict, indicators: PlanShape.indicators(own.words),
      own: own.fields(of: .plan, words))
  }
}

/// A field that the registry of a tenant has of its own.
struct OwnRegistryField: Sendable {
  let field: RecordShape.Field
  let store: FieldStore
  let reader: FieldReader<FieldValues.Cell>
}

extension Catalogue {
  /// The entry of a field of an application, by name.
  func applicationEntry(_ name: String) -> ApplicationEntry? {
    applicationEntries.first { $0.name == name }
  }
}
