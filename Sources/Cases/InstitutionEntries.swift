import Diagnostics
import Expression

/// The fields that every institution of a registry may have, each written here and nowhere else.
///
/// A field without a role is one entry: readers of every format, conditions on a neighbour, columns of tables, schemas and `init`
/// walk this list.
extension InstitutionEntry {
  package static func builtIn(_ words: Vocabularies) -> [InstitutionEntry] {
    [
      InstitutionEntry(
        "id", .text, .required, zh: "机构编号", en: "id", role: .id, cell: .code,
        headers: [
          "编号", "定点机构编号", "定点机构编码", "定点机构代码", "定点编号", "机构编码", "机构代码", "名册编号",
          "医保机构编码", "医保机构代码", "医保编码", "医药机构编码",
        ], unsure: ["代码"], hasCommonName: true),
      InstitutionEntry(
        "name", .text, zh: "机构名称", en: "name", role: .name, headers: ColumnTable.names,
        hasCommonName: true, hasWordsForNothing: true),
      InstitutionEntry(
        "kind", .word(words.kind), .required, zh: "机构类别", en: "kind of institution", role: .kind,
        headers: ["机构类型", "机构种类", "医药机构类别", "医药机构类型"], unsure: ["类别", "类型"], hasCommonName: true),
      InstitutionEntry(
        "categories", .list(.word(words.category), naming: nil), .required, zh: "定点类别",
        en: "categories of designation", role: .categories,
        headers: ["医保定点类别", "定点类型", "已定点类别", "已有定点类别", "协议类别"],
        unsure: ["类别", "类型"], telling: ["定点"]),
      InstitutionEntry(
        "grade", .word(words.grade), zh: "机构等级", en: "grade", headers: ColumnTable.grades,
        hasCommonName: true, hasWordsForNothing: true),
      InstitutionEntry(
        "district", .text, zh: "所在区", en: "district", role: .district,
        headers: ColumnTable.districts),
      InstitutionEntry(
        "street", .text, zh: "所在街道", en: "street", role: .street, headers: ColumnTable.streets,
        hasCommonName: true),
      InstitutionEntry(
        "lon", .text, zh: "经度", en: "longitude, degrees", role: .longitude, cell: .degrees,
        headers: ColumnTable.longitudes, telling: ["经度"]),
      InstitutionEntry(
        "lat", .text, zh: "纬度", en: "latitude, degrees", role: .latitude, cell: .degrees,
        headers: ColumnTable.latitudes, telling: ["纬度"]),
      InstitutionEntry(
        "datum", .text, zh: "坐标系", en: "datum", role: .datum, headers: ColumnTable.datums),
      // Longitude and latitude in one column of a table; a record has them apart.
      InstitutionEntry(
        "location", .text, zh: "坐标", en: "longitude and latitude", role: .location, cell: .place,
        headers: ColumnTable.locations, telling: ["坐标"], hasCommonName: true),
      InstitutionEntry(
        "beds", .count, zh: "定点床位", en: "designated beds", role: .beds,
        headers: ["床位", "床位数", "定点床位数", "医保床位", "医保床位数"], telling: ["床位"]),
      InstitutionEntry(
        "specialty", .list(.word(words.specialty), naming: nil), .means(.list([])), zh: "专科",
        en: "specialties", headers: ColumnTable.specialties),
      InstitutionEntry(
        "group", .word(words.group), .means(.string("")), zh: "所属集团", en: "hospital group",
        headers: ColumnTable.groups, hasCommonName: true),
      InstitutionEntry(
        "status", .word(RegistryStatus.builtIn), .required, zh: "定点状态",
        en: "status of the agreement", role: .status, headers: ["状态", "协议状态", "机构状态"],
        hasCommonName: true),
      InstitutionEntry(
        "uscc", .text, zh: "统一社会信用代码", en: "unified social credit code", role: .uscc, cell: .code,
        headers: ColumnTable.creditCodes, unsure: ["代码"]),
      InstitutionEntry(
        "circumstances", .list(.word(words.circumstance), naming: nil), .means(.list([])),
        zh: "情形", en: "circumstances, as in applications", headers: ColumnTable.circumstances,
        telling: ["情形"]),
    ]
  }

  /// Whether conditions on a neighbour see it: an applicant that is a neighbour has it too.
  var isNeighbours: Bool {
    switch role {
    case .name, .status, .uscc: false
    case let role?: !role.isPlace
    case nil: true
    }
  }
}
