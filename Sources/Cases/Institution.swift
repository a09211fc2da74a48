import Expression

/// One institution of the registry of designated institutions (定点机构名册).
package struct Institution: Sendable {
  package var id: String
  package var name: String
  package var kind: Kind
  package var categories: WordSet<Category>
  package var district: String?
  package var street: String?
  package var site: Site?
  package var beds: Int?
  package var status: RegistryStatus
  /// The unified social credit code, in capitals.
  package var uscc: String?
  /// The fields that the program does nothing with but read, show and compare; see ``FieldEntry/slot``.
  package var values = FieldValues()

  /// What a condition on a neighbour sees, a tenant's own fields last.
  static func neighbourShape(_ entries: [InstitutionEntry]) -> RecordShape {
    RecordShape("neighbour", entries.filter(\.isNeighbours).map(\.field))
  }

  package func neighbourRecord(_ catalogue: Catalogue) -> DataRecord {
    let path = "registry[\(id)]"
    var values: [Value] = []
    values.reserveCapacity(catalogue.neighbour.fields.count)
    for entry in catalogue.institutionEntries where entry.isNeighbours {
      values.append(
        value(of: entry, catalogue)
          ?? entry.field.shape.absent("\(path).\(entry.name)", entry.field.absence))
    }
    return DataRecord(catalogue.neighbour, values)
  }

  /// What conditions see of a field; nil where it is absent.
  private func value(of entry: InstitutionEntry, _ catalogue: Catalogue) -> Value? {
    switch entry.role {
    case .id: .string(id)
    case .kind: catalogue.words.kind.value(kind)
    case .categories: catalogue.words.category.value(categories)
    case .district: district.map(Value.string)
    case .street: street.map(Value.string)
    case .beds: beds.map { .decimal(Exact($0)) }
    case .name, .longitude, .latitude, .datum, .location, .status, .uscc: nil
    case nil: entry.value(values, of: "registry[\(id)]")
    }
  }
}

extension Application {
  /// What it would be to its neighbours once admitted.
  package func neighbourRecord(_ catalogue: Catalogue) -> DataRecord {
    neighbourRecord(holding: designatedFor.union(requests), catalogue)
  }

  /// What it is to its neighbours already; nil where it is no designated institution.
  package func standingRecord(_ catalogue: Catalogue) -> DataRecord? {
    designatedFor.isEmpty ? nil : neighbourRecord(holding: designatedFor, catalogue)
  }

  private func neighbourRecord(
    holding categories: WordSet<Category>, _ catalogue: Catalogue
  ) -> DataRecord {
    let values = catalogue.neighbour.fields.map { field -> Value in
      let value: Value?
      if field.name == "categories" {
        value = catalogue.words.category.value(categories)
      } else {
        value = catalogue.applicationEntry(field.name).flatMap { self.value(of: $0, catalogue) }
      }
      return value ?? field.shape.absent("applications[\(id)].\(field.name)", field.absence)
    }
    return DataRecord(catalogue.neighbour, values)
  }
}
