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

  /// What a condition on a neighbour sees, of an institution of the registry and of an application of the batch alike.
  package static let neighbourShape = RecordShape(
    "neighbour",
    [
      .init("id", .text, .required, zh: "编号", en: "id"),
      .init("kind", .word(Kind.table), .required, zh: "机构类别", en: "kind of institution"),
      .init(
        "categories", .list(.word(Category.table), naming: nil), .required, zh: "定点类别",
        en: "categories of designation"),
      .init("grade", .word(Grade.table), zh: "机构等级", en: "grade"),
      .init("district", .text, zh: "所在区", en: "district"),
      .init("street", .text, zh: "所在街道", en: "street"),
      .init("beds", .count, zh: "床位", en: "beds"),
      .init(
        "specialty", .list(.word(Specialty.table), naming: nil), .means(.list([])), zh: "专科",
        en: "specialties"),
      .init("group", .text, .means(.string("")), zh: "所属集团", en: "hospital group"),
      .init(
        "circumstances", .list(.word(Circumstance.table), naming: nil), .means(.list([])),
        zh: "情形", en: "circumstances"),
    ])

  func neighbourRecord() -> DataRecord {
    Self.neighbourRecord(
      path: "registry[\(id)]", id: id, kind: kind, categories: categories, grade: grade,
      district: district, street: street, beds: beds, specialty: specialty, group: group,
      circumstances: circumstances)
  }

  fileprivate static func neighbourRecord(
    path: String, id: String, kind: Kind, categories: WordSet<Category>, grade: Grade?,
    district: String?, street: String?, beds: Int?, specialty: WordSet<Specialty>, group: String?,
    circumstances: WordSet<Circumstance>
  ) -> DataRecord {
    func absent(_ index: Int) -> Value {
      let field = neighbourShape.fields[index]
      return field.shape.absent("\(path).\(field.name)", field.absence)
    }
    return DataRecord(
      neighbourShape,
      [
        .string(id), kind.value, categories.value, grade?.value ?? absent(3),
        district.map(Value.string) ?? absent(4), street.map(Value.string) ?? absent(5),
        beds.map { .decimal(Exact($0)) } ?? absent(6), specialty.value, .string(group ?? ""),
        circumstances.value,
      ])
  }
}

extension Application {
  /// What it would be to its neighbours once admitted.
  func neighbourRecord() -> DataRecord {
    Institution.neighbourRecord(
      path: "applications[\(id)]", id: id, kind: kind, categories: designatedFor.union(requests),
      grade: grade, district: district, street: street, beds: beds, specialty: specialty,
      group: group, circumstances: circumstances)
  }
}
