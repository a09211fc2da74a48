package import Diagnostics
package import Expression
package import Reading

/// One institution asking to be designated, or for more designated beds (定点申请).
package struct Application: Sendable {
  package var id: String
  package var name: String
  package var kind: Kind
  package var requests: WordSet<Category>
  package var district: String?
  package var street: String?
  package var site: Site?
  package var area: Area?
  package var setting: Setting?
  package var grade: Grade?
  package var specialty = WordSet<Specialty>()
  package var ownership: Ownership?
  /// Designated beds asked for now; required where `inpatient` is requested.
  package var beds: Int?
  package var existingBeds = 0
  /// Per cent.
  package var occupancy: Exact?
  package var submitted: CalendarDay
  /// 0 to 100; none comes last in merit.
  package var score: Exact?
  package var group: String?
  package var designatedFor = WordSet<Category>()
  /// Its own id in the registry.
  package var institution: String?
  /// The registry id of the leaving institution whose place it takes.
  package var replaces: String?
  package var circumstances = WordSet<Circumstance>()
  /// The unified social credit code, in capitals.
  package var uscc: String?
  package var source: ApplicationSource
}

/// Where an application was read from.
package struct ApplicationSource: Sendable {
  /// The index of its file in the batch.
  package var file: Int
  /// The bytes of the whole item.
  package var item: ByteRange
  /// The bytes of its values, by field.
  package var fields: FieldPlaces

  /// The value of `field`, else of the id, else the item.
  package func range(of field: ApplicationField) -> ByteRange {
    fields[field] ?? fields[.id] ?? item
  }
}

/// The fields of an application, as files and conditions name them.
package enum ApplicationField: UInt8, CaseIterable, Sendable {
  case id, name, kind, requests, district, street, location, area, setting, grade, specialty,
    ownership, beds, existingBeds, occupancy, submitted, score, group, designatedFor, institution,
    replaces, circumstances, uscc

  package var name: String {
    switch self {
    case .existingBeds: "existing_beds"
    case .designatedFor: "designated_for"
    default: "\(self)"
    }
  }
}

extension Application {
  /// The fields that conditions see: those of the file but the location, which only circles look at, and `new_beds`.
  package static let shape = RecordShape(
    "application",
    [
      .init("id", .text, .required, zh: "申请编号", en: "id of the application"),
      .init("name", .text, .required, zh: "机构名称", en: "name of the institution"),
      .init("kind", .word(Kind.table), .required, zh: "机构类别", en: "kind of institution"),
      .init(
        "requests", .list(.word(Category.table), naming: nil), .required, zh: "申请类别",
        en: "categories asked for"),
      .init("district", .text, zh: "所在区", en: "district"),
      .init("street", .text, zh: "所在街道", en: "street"),
      .init("area", .word(Area.table), zh: "所在区域", en: "built-up area or not"),
      .init("setting", .word(Setting.table), zh: "区位类型", en: "setting"),
      .init("grade", .word(Grade.table), zh: "机构等级", en: "grade"),
      .init(
        "specialty", .list(.word(Specialty.table), naming: nil), .means(.list([])), zh: "专科",
        en: "specialties"),
      .init("ownership", .word(Ownership.table), zh: "所有制", en: "ownership"),
      .init("beds", .count, zh: "申请床位", en: "designated beds asked for"),
      .init(
        "existing_beds", .count, .means(.decimal(Exact(0))), zh: "已有定点床位",
        en: "designated beds it already has"),
      .init("occupancy", .percent, zh: "床位使用率（%）", en: "bed occupancy, per cent"),
      .init("submitted", .date, .required, zh: "申请日期", en: "day of submission"),
      .init(
        "score", .number(minimum: Exact(0), maximum: Exact(100)), zh: "评估得分", en: "evaluation score"
      ),
      .init("group", .text, .means(.string("")), zh: "所属集团", en: "hospital group"),
      .init(
        "designated_for", .list(.word(Category.table), naming: nil), .means(.list([])),
        zh: "已有定点类别", en: "categories it already holds"),
      .init("institution", .text, .means(.string("")), zh: "名册编号", en: "its id in the registry"),
      .init(
        "replaces", .text, .means(.string("")), zh: "接替机构",
        en: "the leaving institution it replaces"),
      .init(
        "circumstances", .list(.word(Circumstance.table), naming: nil), .means(.list([])),
        zh: "申报情形", en: "claimed circumstances"),
      .init(
        "new_beds", .count, zh: "新增床位",
        en: "beds asked for, less those of the institution it replaces"),
      .init(
        "uscc", .text, .means(.string("")), zh: "统一社会信用代码", en: "unified social credit code"),
    ])

  /// The application as conditions see it. `leavingBeds` are the beds of the institution that it replaces.
  func record(leavingBeds: Int?) -> DataRecord {
    let path = "applications[\(id)]"
    func absent(_ index: Int) -> Value {
      let field = Self.shape.fields[index]
      return field.shape.absent("\(path).\(field.name)", field.absence)
    }
    func text(_ value: String?, _ index: Int) -> Value { value.map(Value.string) ?? absent(index) }
    func number(_ value: Int?, _ index: Int) -> Value {
      value.map { .decimal(Exact($0)) } ?? absent(index)
    }
    return DataRecord(
      Self.shape,
      [
        .string(id), .string(name), kind.value, requests.value, text(district, 4), text(street, 5),
        area?.value ?? absent(6), setting?.value ?? absent(7), grade?.value ?? absent(8),
        specialty.value, ownership?.value ?? absent(10), number(beds, 11),
        .decimal(Exact(existingBeds)), occupancy.map(Value.decimal) ?? absent(13), submitted.value,
        score.map(Value.decimal) ?? absent(15), .string(group ?? ""), designatedFor.value,
        .string(institution ?? ""), .string(replaces ?? ""), circumstances.value,
        number(newBeds(leavingBeds: leavingBeds), 21), .string(uscc ?? ""),
      ])
  }

  /// The beds that it adds: what it asks for, less those of the institution it replaces; nil where one of them is not known.
  func newBeds(leavingBeds: Int?) -> Int? {
    guard let beds = beds ?? (requests.contains(.inpatient) ? nil : 0) else { return nil }
    guard replaces != nil, beds > 0 else { return beds }
    return leavingBeds.map { max(0, beds - $0) }
  }
}
