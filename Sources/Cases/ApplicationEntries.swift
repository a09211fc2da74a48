package import Diagnostics
import Expression

/// The fields that every application may have, each written here and nowhere else.
///
/// A field without a role is one entry: readers of every format, conditions, columns of tables, schemas, `init`, reports and
/// notices walk this list.
extension ApplicationEntry {
  package static func builtIn(_ words: Vocabularies) -> [ApplicationEntry] {
    [
      ApplicationEntry(
        "id", .text, .required, zh: "申请编号", en: "id of the application", role: .id, cell: .code,
        headers: ["编号", "机构编号", "申请号", "申请单号", "受理编号", "受理号"],
        unsure: ["机构编码", "机构代码", "代码"], hasCommonName: true),
      ApplicationEntry(
        "name", .text, .required, zh: "机构名称", en: "name of the institution", role: .name,
        headers: ColumnTable.names, hasCommonName: true, hasWordsForNothing: true),
      ApplicationEntry(
        "kind", .word(words.kind), .required, zh: "机构类别", en: "kind of institution", role: .kind,
        headers: ["机构类型", "机构种类", "医药机构类别", "医药机构类型"],
        unsure: ["类别", "类型", "机构性质", "性质"], hasCommonName: true),
      ApplicationEntry(
        "requests", .list(.word(words.category), naming: nil), .required, zh: "申请类别",
        en: "categories asked for", role: .requests,
        headers: ["申请定点类别", "申请类型", "申请定点类型", "申报类别", "拟定点类别", "申请事项"],
        unsure: ["类别", "类型", "定点类别", "定点类型"]),
      ApplicationEntry(
        "district", .text, zh: "所在区", en: "district", role: .district,
        headers: ColumnTable.districts, unsure: ["区域"]),
      ApplicationEntry(
        "street", .text, zh: "所在街道", en: "street", role: .street, headers: ColumnTable.streets,
        hasCommonName: true),
      // Circles alone look at it; a table has it in three columns.
      ApplicationEntry(
        "location", .text, zh: "机构位置", en: "location", role: .location, headers: [],
        hasCommonName: true),
      ApplicationEntry(
        "area", .word(words.area), zh: "所在区域", en: "built-up area or not",
        headers: ["区域类型", "区域(建成区/非建成区)", "建成区/非建成区", "是否在建成区"], unsure: ["区域"], hasCommonName: true
      ),
      ApplicationEntry(
        "setting", .word(words.setting), zh: "区位类型", en: "setting", headers: ["区位", "区位类别"],
        hasCommonName: true),
      ApplicationEntry(
        "grade", .word(words.grade), zh: "机构等级", en: "grade", headers: ColumnTable.grades,
        hasCommonName: true, hasWordsForNothing: true),
      ApplicationEntry(
        "specialty", .list(.word(words.specialty), naming: nil), .means(.list([])), zh: "专科",
        en: "specialties", headers: ColumnTable.specialties),
      ApplicationEntry(
        "ownership", .word(words.ownership), zh: "所有制", en: "ownership",
        headers: ["所有制形式", "举办主体", "举办主体性质", "办医主体"], unsure: ["机构性质", "性质"]),
      ApplicationEntry(
        "beds", .count, zh: "申请床位", en: "designated beds asked for", role: .beds,
        headers: ["申请床位数", "申请定点床位", "申请定点床位数", "申请医保床位"], unsure: ["床位", "床位数"], telling: ["床位"]),
      ApplicationEntry(
        "existing_beds", .count, .means(.decimal(Exact(0))), zh: "已有定点床位",
        en: "designated beds it already has", role: .existingBeds,
        headers: ["现有床位", "现有床位数", "已有床位", "已有床位数", "现有定点床位", "原有床位", "原有床位数"],
        unsure: ["床位", "床位数"]),
      ApplicationEntry(
        "occupancy", .percent, zh: "床位使用率（%）", en: "bed occupancy, per cent",
        headers: ["床位使用率", "病床使用率", "使用率"]),
      ApplicationEntry(
        "submitted", .date, .required, zh: "申请日期", en: "day of submission", role: .submitted,
        headers: ["受理日期", "申请时间", "受理时间", "提交日期", "提交时间", "申报日期"]),
      ApplicationEntry(
        "score", .number(minimum: Exact(0), maximum: Exact(100)), zh: "评估得分",
        en: "evaluation score", role: .score, isOfOffice: true,
        headers: ["评分", "得分", "评估分数", "评审得分", "综合得分", "总分"]),
      ApplicationEntry(
        "group", .word(words.group), .means(.string("")), zh: "所属集团", en: "hospital group",
        isOfOffice: true,
        headers: ColumnTable.groups, hasCommonName: true),
      ApplicationEntry(
        "designated_for", .list(.word(words.category), naming: nil), .means(.list([])),
        zh: "已有定点类别", en: "categories it already holds", role: .designatedFor,
        headers: ["已定点类别", "现有定点类别", "现定点类别", "已定点类型"], unsure: ["定点类别", "定点类型"], telling: ["定点"]),
      ApplicationEntry(
        "institution", .text, .means(.string("")), zh: "名册编号", en: "its id in the registry",
        role: .institution, isOfOffice: true, cell: .code,
        headers: [
          "定点机构编号", "定点机构编码", "定点机构代码", "定点编号", "医保机构编码", "医保机构代码", "医保编码",
          "医药机构编码",
        ], unsure: ["机构编码", "机构代码"], telling: ["名册"]),
      ApplicationEntry(
        "replaces", .text, .means(.string("")), zh: "接替机构",
        en: "the leaving institution it replaces", role: .replaces, cell: .code,
        headers: ["替代机构", "替代机构编号", "接替机构编号", "置换机构", "置换机构编号"], telling: ["替代", "接替", "置换"]),
      ApplicationEntry(
        claims, .list(.word(words.circumstance), naming: nil), .means(.list([])), zh: "申报情形",
        en: "claimed circumstances", headers: ColumnTable.circumstances, telling: ["情形"]),
      ApplicationEntry(
        "uscc", .text, .means(.string("")), zh: "统一社会信用代码", en: "unified social credit code",
        role: .uscc, cell: .code, headers: ColumnTable.creditCodes, unsure: ["代码"]),
    ]
  }

  /// What an applicant claims; an explanation names it where an exemption was not claimed.
  package static let claims = "circumstances"
}

extension Catalogue {
  /// What an application claims.
  package func claims(of application: Application) -> [Bilingual] {
    guard let entry = claims,
      case .list(let words)? = application.value(of: entry, self)
    else { return [] }
    return words.compactMap { word in
      if case .string(let word) = word { self.words.circumstance.type.label(of: word) } else { nil }
    }
  }
}
