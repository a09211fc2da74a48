import Diagnostics
import Expression
import Reading

/// What a city or district proposes (资源配置规划 / 年度配置计划): the shape of a plan file.
package enum PlanShape {
  /// The whole file with a tenant's own fields after those that every tenant has.
  package static func plan(
    _ words: Vocabularies, district: RecordShape, indicators: RecordShape,
    own: [RecordShape.Field]
  ) -> RecordShape {
    RecordShape(
      "plan", fields(words, district: district, indicators: indicators) + own,
      about: RecordDescription(
        zh: "资源配置规划或年度配置计划", en: "what a city or district proposes",
        demands: [RecordDemand(when: .equals("scope", "district"), .has("district"))]))
  }

  private static func fields(
    _ words: Vocabularies, district: RecordShape, indicators: RecordShape
  ) -> [RecordShape.Field] {
    let counts = Shape.byCategory(.count, of: words.category)
    return [
      .init("planlint", .format("plan/1"), zh: "文件格式", en: "format of the file"),
      .init("city", .text, zh: "统筹地区", en: "the tenant"),
      .init("scope", .word(scopes), .means(.string("city")), zh: "范围", en: "city or district"),
      .init("district", .text, zh: "区县", en: "the district of a district plan"),
      .init("year", .year, .required, zh: "计划年份", en: "year of the plan"),
      .init("facts", .text, zh: "基础数据文件", en: "the facts file"),
      .init("registry", .text, zh: "名册文件", en: "the registry"),
      .init(
        "coefficient", .amount, zh: "年度分配系数", en: "yearly coefficient",
        from: ("年度分配方案", "the yearly scheme")),
      .init(
        "reason", .text, .means(.string("")), zh: "例外理由",
        en: "why it departs from an in-principle rule", from: explanation),
      .init(
        "direction", .word(words.direction), zh: "优化方向", en: "direction", from: explanation),
      .init("totals", counts, zh: "规划总量", en: "totals", from: ofPlan),
      .init("beds", .record(beds), zh: "床位", en: "beds", from: ("计划所列（张）", "the plan, beds")),
      annualNew(counts),
      .init(
        "districts", .list(.record(district), naming: "district"), zh: "各区县", en: "the districts"),
      .init(
        "procedure", .record(procedure(words)), zh: "程序", en: "procedure",
        from: ("工作台账，日期写作 2026-03-02", "the file of the procedure, days as 2026-03-02")),
      .init(
        "indicators", .record(indicators), zh: "指标", en: "indicators",
        from: ("医保统计年报", "the yearly statistics")),
    ]
  }

  private static let explanation = (zh: "计划说明", en: "the plan's explanation")
  private static let ofPlan = (zh: "计划所列（家）", en: "the plan, institutions")

  /// The additions of a plan, and of a district in it.
  private static func annualNew(_ counts: Shape) -> RecordShape.Field {
    .init("annual_new", counts, zh: "年度新增", en: "yearly additions", from: ofPlan)
  }

  package static let scopes = VocabularyTable(
    "scope", zh: "范围", en: "scope",
    [("city", "全市", "of the city"), ("district", "区县", "of a district")])

  static let directions = VocabularyTable(
    "direction", zh: "优化方向", en: "direction",
    [
      ("stock", "优化存量", "better use of what is there"),
      ("increment", "优化增量", "well-placed additions"),
      ("mixed", "存量与增量并重", "both"),
    ])

  package static let beds = RecordShape(
    "beds",
    [
      .init("total", .count, zh: "床位总量", en: "total of beds"),
      .init("per_1000_insured", .amount, zh: "每千参保人床位", en: "beds per 1,000 insured"),
      .init("radiating", .count, zh: "区域辐射床位", en: "radiating beds"),
      .init(
        "radiating_by_grade", .record(FactsShape.byGrade), zh: "分等级区域辐射床位",
        en: "radiating beds by grade", frame: ("{}区域辐射床位", "radiating beds, {}")),
      .init(
        "local_by_grade", .record(FactsShape.byGrade), zh: "分等级本地床位", en: "local beds by grade",
        frame: ("{}本地床位", "local beds, {}")),
    ])

  package static func district(_ words: Vocabularies, own: [RecordShape.Field]) -> RecordShape {
    let counts = Shape.byCategory(.count, of: words.category)
    let fields: [RecordShape.Field] = [
      .init("district", .text, .required, zh: "区县", en: "the district"),
      .init("planned", counts, zh: "规划数量", en: "quotas", from: ofPlan),
      annualNew(counts),
      .init(
        "new_beds", .count, zh: "新增床位", en: "new beds", from: ("计划所列（张）", "the plan, beds")),
      .init("new_institutions", .count, zh: "新增机构", en: "new institutions", from: ofPlan),
    ]
    return RecordShape("plan_district", fields + own)
  }

  private static func procedure(_ words: Vocabularies) -> RecordShape {
    RecordShape(
      "procedure",
      [
        .init("started", .date, zh: "启动日期", en: "day of the start"),
        .init("published", .date, zh: "公布日期", en: "day of publication"),
        .init(
          "annual_plan_published", .date, zh: "年度计划公布日期",
          en: "day of the yearly plan's publication"),
        .init("completed", .date, zh: "完成日期", en: "day of completion"),
        .init(
          "expert_review", .record(expertReview(words)), zh: "专家论证", en: "expert review",
          frame: ("专家论证{}", "{} of the expert review")),
        .init(
          "compares", .record(compares), zh: "比对分析", en: "comparison",
          frame: ("比对分析的{}", "{} value of the comparison"),
          from: ("测算文件（张/千人）", "the calculation, beds per 1,000")),
        .init(
          "documents", .list(.word(words.document), naming: nil), zh: "文件清单",
          en: "list of documents",
          from: ("已具备的文件，写作 [甲, 乙]", "the documents that there are, as [one, other]")),
      ])
  }

  private static func expertReview(_ words: Vocabularies) -> RecordShape {
    RecordShape(
      "expert_review",
      [
        .init("date", .date, zh: "日期", en: "day"),
        .init(
          "panels", .list(.word(words.panel), naming: nil), zh: "参加部门", en: "panels",
          from: ("参加论证的部门，写作 [甲, 乙]", "those who took part, as [one, other]")),
      ])
  }

  static let compares = RecordShape(
    "compares",
    [
      .init("actual", .amount, zh: "实际值", en: "actual"),
      .init("calculated", .amount, zh: "测算值", en: "calculated"),
      .init("target", .amount, zh: "目标值", en: "target"),
    ])

  /// Those that every city may list; a city's document adds what it alone asks for.
  package static let documents = VocabularyTable(
    "document", zh: "文件", en: "document",
    [
      ("annual_plan", "年度配置计划", "yearly plan"),
      ("district_scheme", "区级实施方案", "district scheme"),
      ("evaluation_standard", "评估标准", "evaluation standard"),
      ("exit_mechanism", "退出机制", "exit mechanism"),
      ("acceptance_plan", "年度受理计划", "yearly acceptance plan"),
      ("medium_term_plan", "中长期规划", "medium-term plan"),
      ("data_survey", "现状摸排", "survey of what is there"),
      ("trigger_conditions", "启动触发条件", "trigger conditions"),
      ("monitoring_report", "监测报告", "monitoring report"),
      ("stage_assessment", "阶段评估", "stage assessment"),
      ("midterm_assessment", "中期评估", "midterm assessment"),
      ("final_assessment", "总结评估", "final assessment"),
    ])

  static let panels = VocabularyTable(
    "panel", zh: "参加部门", en: "panel",
    [
      ("development_reform", "发展改革", "development and reform"),
      ("health", "卫生健康", "health"),
      ("market_regulation", "市场监管", "market regulation"),
      ("finance", "财政", "finance"),
      ("urban_planning", "城市规划", "urban planning"),
    ])

  static let noIndicators = VocabularyTable("indicator", zh: "指标", en: "indicator", [])

  /// What a tenant's document measures itself by (指标): a number for each year under each of its words.
  static func indicators(_ words: [OwnWord]) -> RecordShape {
    RecordShape(
      "indicators",
      words.filter { $0.vocabulary == noIndicators.field }.map { word in
        .init(
          word.word, .byYear(word.figure ?? .number(minimum: nil, maximum: nil)), zh: word.label.zh,
          en: word.label.en)
      })
  }
}
