import Expression

/// One institution of the registry of designated institutions (定点机构名册).
package struct Institution: Sendable {
  package var id: String
  package var name: String
  package var kind: Kind
  package var categories: WordSet<Category>
  package var grade: Grade?
  package var district: String?
  package var street: String?
  package var site: Site?
  package var beds: Int?
  package var specialty: WordSet<Specialty>
  package var group: String?
  package var status: RegistryStatus
  /// The unified social credit code, in capitals.
  package var uscc: String?
  /// What it is beside its kind, as applications claim it of themselves: an institution within a university, say.
  package var circumstances = WordSet<Circumstance>()
  /// The fields of the tenant's own; see ``Catalogue/ownRegistryFields``.
  var own = FieldValues()

  static let noGroups = VocabularyTable(
    "group", zh: "所属集团", en: "hospital group", [], isOpen: true)

  /// What a condition on a neighbour sees, a tenant's own fields last.
  static func neighbourShape(
    _ words: Vocabularies, own: [RecordShape.Field]
  ) -> RecordShape {
    RecordShape("neighbour", neighbourFields(words) + own)
  }

  private static func neighbourFields(_ words: Vocabularies) -> [RecordShape.Field] {
    [
      .init("id", .text, .required, zh: "编号", en: "id"),
      .init("kind", .word(words.kind), .required, zh: "机构类别", en: "kind of institution"),
      .init(
        "categories", .list(.word(words.category), naming: nil), .required, zh: "定点类别",
        en: "categories of designation"),
      .init("grade", .word(words.grade), zh: "机构等级", en: "grade"),
      .init("district", .text, zh: "所在区", en: "district"),
      .init("street", .text, zh: "所在街道", en: "street"),
      .init("beds", .count, zh: "床位", en: "beds"),
      .init(
        "specialty", .list(.word(words.specialty), naming: nil), .means(.list([])), zh: "专科",
        en: "specialties"),
      .init("group", .word(words.group), .means(.string("")), zh: "所属集团", en: "hospital group"),
      .init(
        "circumstances", .list(.word(words.circumstance), naming: nil), .means(.list([])),
        zh: "情形", en: "circumstances"),
    ]
  }

  func neighbourRecord(_ catalogue: Catalogue) -> DataRecord {
    let words = catalogue.words
    let path = "registry[\(id)]"
    var values: [Value] = []
    values.reserveCapacity(catalogue.neighbour.fields.count)
    for field in catalogue.neighbour.fields where !field.isOwn {
      let value: Value? =
        switch field.name {
        case "id": .string(id)
        case "kind": words.kind.value(kind)
        case "categories": words.category.value(categories)
        case "grade": grade.map { words.grade.value($0) }
        case "district": district.map(Value.string)
        case "street": street.map(Value.string)
        case "beds": beds.map { .decimal(Exact($0)) }
        case "specialty": words.specialty.value(specialty)
        case "group": group.map(Value.string)
        case "circumstances": words.circumstance.value(circumstances)
        default: nil
        }
      values.append(value ?? field.shape.absent("\(path).\(field.name)", field.absence))
    }
    for (slot, own) in catalogue.ownRegistryFields.enumerated() {
      let value = self.own[slot].map { cell in
        own.store.value(cell).moved(from: "registry[]", to: path)
      }
      values.append(
        value ?? own.field.shape.absent("\(path).\(own.field.name)", own.field.absence))
    }
    return DataRecord(catalogue.neighbour, values)
  }
}

extension Application {
  /// What it would be to its neighbours once admitted.
  func neighbourRecord(_ catalogue: Catalogue) -> DataRecord {
    let values = catalogue.neighbour.fields.map { field -> Value in
      let value: Value?
      if field.name == "categories" {
        value = catalogue.words.category.value(designatedFor.union(requests))
      } else {
        value = catalogue.applicationEntry(field.name).flatMap { self.value(of: $0, catalogue) }
      }
      return value ?? field.shape.absent("applications[\(id)].\(field.name)", field.absence)
    }
    return DataRecord(catalogue.neighbour, values)
  }
}
