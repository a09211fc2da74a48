import Cases
import Diagnostics
package import Reading

/// What a JSON report (`report/1`) has in it, field by field; every golden is held against it.
package enum ReportSchema {
  package static let report = record(
    "report", "检查报告", "a report",
    [
      field(
        "planlint", "格式与程序版本", "format and version of the program",
        record(
          "", "", "",
          [
            field("format", "格式", "format", .exactly("report/1")),
            field("version", "程序版本", "version of planlint", .text(pattern: nil)),
          ])),
      field("tenant", "统筹地区", "the tenant", .text(pattern: nil)),
      field("profile", "政策档案", "the profile", .nullable(profile)),
      optional(
        "profiles", "各政策档案（不止一个时）", "the profiles, where there are several",
        .list(profile, atLeast: 2)),
      field("inputs", "输入文件", "the inputs", .list(input, atLeast: 0)),
      field("as_of", "决定日期", "the day of decision", .day),
      optional("run", "运行参数，供重算", "what the run was asked for, to decide it again", run),
      field("notes", "读取说明", "how the inputs were understood", .list(note, atLeast: 0)),
      field("summary", "汇总", "the counts", .either([applications, plans])),
      optional(
        "baseline", "与基线的比较", "what a baseline made of it",
        record(
          "baseline", "与基线的比较", "what a baseline made of the report",
          [
            field("path", "基线文件", "the baseline", .anyText),
            field("new", "新增", "new findings", count),
            field("known", "已知", "known findings", count),
            field("fixed", "已消除", "findings that are gone", count),
            field(
              "fixed_findings", "已消除的检查结果", "the findings that are gone", .list(fixed, atLeast: 0)),
          ])),
      field(
        "results", "各对象的结论", "the subjects, in the order of the input",
        .list(.either([result, figures, outcomes]), atLeast: 0)),
      field("places", "名额使用情况", "the quota table", .list(place, atLeast: 0)),
      field("rules", "规则", "the rules", .list(rule, atLeast: 0)),
    ])

  // MARK: Head

  private static let profile = record(
    "profile", "政策档案", "a profile",
    [
      field("id", "编号", "its id", .text(pattern: nil)), field("sha256", "摘要", "its digest", digest),
      field(
        "status", "状态", "status",
        words(ProfileIdentity.Status.allCases.map { ($0.rawValue, nil) })),
      field(
        "in_force", "起止日期", "its span",
        record("", "", "", [field("from", "起始", "from", .day), field("to", "终止", "to", .day)])),
      field("document", "规划文件", "the document", .text(pattern: nil)),
    ])

  private static let input = record(
    "input", "输入文件", "an input",
    [
      field("path", "路径", "path", .anyText), field("role", "用途", "role", .text(pattern: nil)),
      field("sha256", "摘要", "digest", digest),
    ])

  private static let run = record(
    "run", "运行参数", "what a run was asked for",
    [
      field("command", "命令", "the subcommand", words([("check", nil), ("plan", nil)])),
      field("files", "文件", "the files", .list(.anyText, atLeast: 0)),
      field(
        "options", "选项", "the options",
        record(
          "", "", "",
          runInputs + [
            optional("separate", "各文件分别为一批", "whether each file is a batch of its own", .bool),
            optional("subject", "只显示的对象", "the subjects shown", .list(.anyText, atLeast: 1)),
            optional(
              "detail", "各对象的详略", "how much of each subject is given",
              words([("verdict", nil), ("finding", nil)])),
            optional("what_if", "是否试算可行办法", "whether cures were tried", .bool),
            optional("show", "显示哪些结果", "which findings are shown", words([("all", nil)])),
            optional("rule", "只显示的规则", "the rules shown", .list(.anyText, atLeast: 0)),
            optional(
              "outcome", "只显示的结果", "the outcomes shown", .list(outcome, atLeast: 0)),
          ])),
      optional(
        "defaults", "设置文件所给的", "what a settings file gave",
        record("", "", "", runInputs)),
    ])

  private static let runInputs: [RecordSchema.Field] = [
    optional("city", "统筹地区", "the city", .anyText),
    optional("facts", "基础数据", "the facts", .anyText),
    optional("registry", "名册", "the registry", .anyText),
    optional("waivers", "批准例外和裁量决定", "the waivers", .anyText),
    optional("baseline", "基线", "the baseline", .anyText),
    optional("as_of", "决定日期", "the day of decision", .anyText),
    optional("datum", "坐标系", "the datum", .anyText),
    optional("profile", "政策档案", "the profile", .anyText),
  ]

  private static let note = record(
    "note", "读取说明", "how something in an input was understood, or that it was passed over",
    [
      field("path", "文件", "the file", .anyText),
      field("line", "行（针对整个文件时无）", "line; none where it is about the whole file", .nullable(count)),
      field(
        "column", "列（针对整个文件时无）", "column; none where it is about the whole file",
        .nullable(count)),
      field("message", "说明", "what was understood", bilingual),
    ])

  private static let applications = summary("admissible", "可以纳入", "refused", "不予纳入")
  private static let plans = summary("compliant", "符合", "noncompliant", "不符合")

  private static func summary(
    _ good: String, _ goodLabel: String, _ bad: String, _ badLabel: String
  ) -> FieldSchema {
    record(
      "", "", "",
      [
        field("subjects", "总数", "subjects", count), field(good, goodLabel, good, count),
        field(bad, badLabel, bad, count), field("review", "需人工裁量", "review", count),
        field("incomplete", "资料不足", "incomplete", count),
      ])
  }

  private static let place = record(
    "place", "名额", "a row of the quota table",
    [
      field("rule", "规则", "rule", .text(pattern: nil)), field("scope", "范围", "scope", .anyText),
      field("unit", "单位", "unit", .text(pattern: nil)),
      field("limit", "限额", "limit", .nullable(.text(pattern: nil))),
      field("used_before", "此前已用", "used before", .nullable(.text(pattern: nil))),
      field("taken", "本批已用", "taken by this batch", .text(pattern: nil)),
      field(
        "taken_if_all", "待定全部纳入后", "taken if all undecided ones are admitted", .text(pattern: nil)),
      field("left", "剩余", "left", .nullable(.text(pattern: nil))),
      field("order", "择优顺序", "order of merit", .list(.text(pattern: nil), atLeast: 0)),
    ])

  private static let rule = record(
    "rule", "规则", "a rule",
    [
      field("id", "编号", "id", .text(pattern: nil)),
      field("name", "名称", "readable name", .text(pattern: nil)),
      field("modality", "约束力", "force", modality), field("summary", "概要", "summary", bilingual),
      field("reading", "读法", "reading", .nullable(bilingual)),
      field("citations", "依据", "citations", .list(citation, atLeast: 0)),
    ])

  private static let need = record(
    "need", "尚缺的一项资料", "an item of data that is missing",
    [
      field("path", "路径", "where it belongs", .anyText),
      field(
        "from", "由谁提供", "who can supply it",
        words(MissingDatum.Holder.allCases.map { ($0.rawValue, nil) })),
    ])

  private static let fixed = record(
    "fixed", "已消除的检查结果", "a finding that is gone",
    [
      field("subject", "对象", "subject", subject),
      field("rule", "规则", "rule", .text(pattern: nil)),
      field("category", "定点类别", "category of designation", .nullable(.text(pattern: nil))),
      field("path", "所指的值", "path of the value", .anyText),
      field("outcome", "结果", "outcome", outcome), field("count", "次数", "how often", count),
      field("profile", "政策档案", "profile", .anyText), field("message", "说明", "message", bilingual),
    ])

  // MARK: Results

  private static let result = record(
    "result", "一个对象的结论", "what one subject comes to",
    [
      field("subject", "对象", "subject", subject),
      field("verdict", "结论", "verdict", verdict),
      optional(
        "profile", "政策档案编号（不止一个时）", "id of the profile, where there are several",
        .text(pattern: nil)),
      field("readings", "起决定作用的读法", "readings that decide", .list(reading, atLeast: 0)),
      field("findings", "检查结果", "findings", .list(finding, atLeast: 0)),
    ])

  /// What `--detail finding` gives of a subject.
  private static let figures = shortResult(
    subject,
    [
      field("location", "位置", "place in the input", location),
      optional("measured", "实际数", "what was measured", quantity),
      optional("limit", "限值", "limit", quantity),
      optional("rank", "择优名次", "place in the order of merit", position),
      optional("needs", "尚缺的资料", "data that would settle it", .list(need, atLeast: 1)),
    ])

  /// What `--detail verdict` gives of a subject.
  private static let outcomes = shortResult(
    record("", "", "", [subjectType, field("id", "编号", "id", .text(pattern: nil))]), [])

  private static func shortResult(
    _ subject: FieldSchema, _ more: [RecordSchema.Field]
  ) -> FieldSchema {
    record(
      "", "", "",
      [
        field("subject", "对象", "subject", subject),
        field("verdict", "结论", "verdict", verdict),
        optional(
          "profile", "政策档案编号（不止一个时）", "id of the profile, where there are several",
          .text(pattern: nil)),
        field(
          "findings", "检查结果", "findings",
          .list(
            record(
              "", "", "",
              [
                field("rule", "规则", "rule", .text(pattern: nil)),
                optional("category", "定点类别", "category of designation", .text(pattern: nil)),
                field("outcome", "结果", "outcome", outcome),
              ] + more), atLeast: 0)),
      ])
  }

  private static let subject = record(
    "subject", "", "",
    [
      subjectType, field("id", "编号", "id", .text(pattern: nil)),
      field("name", "名称", "name", .anyText),
    ])

  private static let subjectType = field(
    "type", "类型", "type",
    words([
      (SubjectType.application.rawValue, Bilingual(zh: "申请", en: "application")),
      (SubjectType.city.rawValue, Bilingual(zh: "全市", en: "city")),
      (SubjectType.district.rawValue, Bilingual(zh: "区县", en: "district")),
    ]))

  private static let reading = record(
    "reading", "起决定作用的读法", "a reading that decides",
    [
      field("id", "名称", "name", .text(pattern: nil)),
      field("provision", "条款", "provision", .text(pattern: nil)),
      field("value", "所取读法", "reading taken", .text(pattern: nil)),
      field("alternative", "另一读法", "other reading", .text(pattern: nil)),
      field("verdictOtherwise", "另一读法下的结论", "verdict under the other reading", verdict),
    ])

  private static let location = record(
    "location", "", "",
    [
      field("path", "路径", "path", .anyText), field("line", "行", "line", position),
      field("column", "列", "column", position), field("endLine", "末行", "last line", position),
      field("endColumn", "末列", "column after the last", position),
    ])

  private static let finding = record(
    "finding", "检查结果", "one rule's outcome on one subject",
    [
      field("rule", "规则", "rule", .text(pattern: nil)),
      field("name", "名称", "name", .text(pattern: nil)),
      field("category", "定点类别", "category of designation", .nullable(.text(pattern: nil))),
      field(
        "outcome", "结果", "outcome",
        outcome),
      field("modality", "约束力", "force", modality), field("message", "说明", "message", bilingual),
      field("location", "位置", "place in the input", location),
      field("measured", "实际数", "what was measured", .nullable(quantity)),
      field("limit", "限值", "limit", .nullable(quantity)),
      field("arithmetic", "计算过程", "arithmetic", .nullable(bilingual)),
      field("rank", "择优名次", "place in the order of merit", .nullable(position)),
      field("tieBreak", "同分的区分", "what decided a tie", .nullable(bilingual)),
      field("neighbours", "圆内机构", "institutions in the circle", .list(neighbour, atLeast: 0)),
      optional(
        "moreNeighbours", "圆内未列出的机构数", "institutions in the circle that are not listed", position),
      field(
        "circle", "圆", "circle",
        .nullable(
          record(
            "", "", "",
            [
              field("lon", "经度", "longitude", degrees), field("lat", "纬度", "latitude", degrees),
              field("radius_m", "半径（米）", "radius, metres", metres),
            ]))),
      field("needs", "尚缺的资料", "data that would settle it", .list(need, atLeast: 0)),
      field(
        "hangsOn", "所待的申请", "undecided applications that it hangs on",
        .list(.text(pattern: nil), atLeast: 0)),
      optional(
        "moreHangsOn", "所待而未列出的申请数", "further undecided applications that it hangs on", position),
      field("exemption", "豁免", "exemption", .nullable(exemption)),
      field(
        "considered", "考虑过的豁免和例外", "exemptions and exceptions looked at",
        .list(consideration, atLeast: 0)),
      field("waiver", "批准例外", "waiver", .nullable(waiver)),
      field("ruling", "裁量决定", "ruling", .nullable(ruling)),
      field("remedy", "可采取的办法", "remedy", .nullable(bilingual)),
      field(
        "cures", "经试算可行的办法（仅在要求试算时有）",
        "what would make it pass, tried; only where that was asked for",
        .list(cure, atLeast: 0)),
      field("citations", "依据", "citations", .list(citation, atLeast: 0)),
      field("reconstructed", "按文意推定的公式", "reconstructed formulas", .list(bilingual, atLeast: 0)),
    ])

  private static let cure = record(
    "cure", "经试算可行的办法", "what would make a finding pass, all else being as it is",
    [
      field("kind", "类型", "kind", words(Cure.Kind.allCases.map { ($0.rawValue, $0.word) })),
      field("path", "所改的值", "path of the value that it changes", .anyText),
      field("value", "改为", "what it would be", .nullable(.text(pattern: nil))),
      field(
        "range", "可行的范围（数或日期）", "the numbers or days that do",
        .nullable(
          record(
            "", "", "",
            [
              field("low", "下限（无则不限）", "lower bound; null where there is none", .nullable(bound)),
              field("lowOpen", "不含下限", "whether the bound itself does not do", .bool),
              field("high", "上限（无则不限）", "upper bound; null where there is none", .nullable(bound)),
              field("highOpen", "不含上限", "whether the bound itself does not do", .bool),
            ]))),
      field("words", "可行的词", "the words that do", .list(.text(pattern: nil), atLeast: 0)),
      field("rank", "可行的最末名次", "the last rank that does", .nullable(position)),
      field(
        "place", "最近的可行位置", "the nearest place that does",
        .nullable(
          record(
            "", "", "",
            [
              field("lon", "经度", "longitude", .text(pattern: nil)),
              field("lat", "纬度", "latitude", .text(pattern: nil)),
              field("datum", "坐标系", "datum", .text(pattern: nil)),
              field("metres", "距离（米）", "distance, metres", metres),
              field("bearing", "方位角（度）", "bearing, degrees clockwise from north", degreesAround),
            ]))),
      field("verdict", "整件申请此时的结论", "the verdict on the whole application then", verdict),
      field(
        "from", "由谁办理", "who can bring it about",
        words(MissingDatum.Holder.allCases.map { ($0.rawValue, nil) })),
      field("message", "说明", "in one sentence", bilingual),
    ])

  private static let neighbour = record(
    "neighbour", "圆内机构", "an institution in the circle",
    [
      field("id", "编号", "id", .text(pattern: nil)), field("name", "名称", "name", .anyText),
      field("distance_m", "距离（米）", "distance, metres", metres),
      field("uncertainty_m", "距离误差（米）", "uncertainty, metres", metres),
      field("applicant", "是否本批申请", "whether it is of the batch", .bool),
      field("lon", "经度", "longitude", degrees), field("lat", "纬度", "latitude", degrees),
    ])

  private static let exemption = record(
    "exemption", "豁免", "an exemption",
    [
      field("id", "名称", "name", .text(pattern: nil)),
      field("provision", "条款", "provision", .text(pattern: nil)),
      field("message", "说明", "message", bilingual), field("quote", "原文", "quote", .anyText),
    ])

  private static let consideration = record(
    "consideration", "考虑过的豁免或例外", "an exemption or exception looked at",
    [
      field("id", "名称", "name", .text(pattern: nil)),
      field(
        "kind", "类型", "kind",
        words([
          (Consideration.Kind.exemption.rawValue, Bilingual(zh: "豁免", en: "exemption")),
          (Consideration.Kind.exception.rawValue, Bilingual(zh: "例外", en: "exception")),
        ])),
      field(
        "holds", "是否成立", "whether it holds",
        words(
          [Consideration.Holds.yes, .no, .uncertain, .unknown].map { ($0.rawValue, nil) })),
      field("message", "说明", "message", bilingual),
      field("citation", "依据", "citation", citation),
    ])

  private static let waiver = record(
    "waiver", "批准例外", "a waiver",
    [
      field("authority", "批准机关", "authority", .text(pattern: nil)),
      field("document", "批准文号", "document", .text(pattern: nil)),
      field("reason", "批准理由", "reason", .text(pattern: nil)),
      field("expires", "有效期至", "last day", .text(pattern: nil)),
    ])

  private static let ruling = record(
    "ruling", "裁量决定", "what a person decided where the text leaves it to a person",
    [
      field("outcome", "裁量结果", "what was decided", outcome),
      field("otherwise", "未经裁量时的结果", "the outcome without it", outcome),
      field("authority", "裁量机关", "authority", .text(pattern: nil)),
      field("document", "文号", "document", .text(pattern: nil)),
      field("reason", "理由", "ground", .text(pattern: nil)),
      field("decided", "决定日期", "day of the decision", .text(pattern: nil)),
    ])

  private static let citation = record(
    "citation", "依据", "a sentence of the document",
    [
      field("provision", "条款", "provision", .text(pattern: nil)),
      field("document", "规划文件", "document", .anyText), field("at", "位置", "place", .anyText),
      field("quote", "原文", "verbatim quote", .anyText), field("modality", "约束力", "force", modality),
    ])

  private static let quantity = record(
    "quantity", "数与单位", "an exact number and its unit",
    [
      field("value", "精确数：小数、分数或范围", "exact: decimal, fraction or range", exact),
      field("unit", "单位", "unit", .anyText),
    ])

  // MARK: Values

  /// A decimal or fraction, or a range of them where something is undecided.
  private static let exact = FieldSchema.text(
    pattern: #"^-?[0-9]+(\.[0-9]+)?(/[0-9]+)?(\.\.-?[0-9]+(\.[0-9]+)?(/[0-9]+)?)?$"#)
  /// An exact number, or a day.
  private static let bound = FieldSchema.text(
    pattern: #"^(-?[0-9]+(\.[0-9]+)?(/[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"#)
  private static let digest = FieldSchema.text(pattern: "^[0-9a-f]{64}$")
  private static let count = FieldSchema.integer(0...Int.max)
  private static let position = FieldSchema.integer(1...Int.max)
  /// Null where a number is not finite.
  private static let degrees = FieldSchema.nullable(.number(minimum: "-180", maximum: "180"))
  private static let degreesAround = FieldSchema.nullable(.number(minimum: "0", maximum: "360"))
  private static let metres = FieldSchema.nullable(.number(minimum: "0", maximum: nil))
  private static let bilingual = record(
    "bilingual", "", "",
    [field("zh", "中文", "Chinese", .anyText), field("en", "英文", "English", .anyText)])
  private static let modality = FieldSchema.named(
    "modality", words(Modality.allCases.map { ($0.rawValue, $0.word) }))
  private static let outcome = FieldSchema.named(
    "outcome", words(Outcome.allCases.map { ($0.rawValue, $0.word) }))
  private static let verdict = FieldSchema.named(
    "verdict", words(Verdict.allCases.map { ($0.rawValue, $0.word) }))

  private static func words(_ words: [(String, Bilingual?)]) -> FieldSchema {
    .word(words.map { .init($0.0, $0.1) })
  }

  private static func record(
    _ name: String, _ zh: String, _ en: String, _ fields: [RecordSchema.Field]
  ) -> FieldSchema {
    .record(RecordSchema(RecordDescription(name, zh: zh, en: en), fields, isInput: false))
  }

  private static func field(
    _ name: String, _ zh: String, _ en: String, _ schema: FieldSchema
  ) -> RecordSchema.Field {
    .init(name, schema, isRequired: true, meaning: Bilingual(zh: zh, en: en))
  }

  private static func optional(
    _ name: String, _ zh: String, _ en: String, _ schema: FieldSchema
  ) -> RecordSchema.Field {
    .init(name, schema, isRequired: false, meaning: Bilingual(zh: zh, en: en))
  }
}
