package import Diagnostics
import Expression
package import Reading

/// What a city or district proposes (资源配置规划 / 年度配置计划): the shape of a plan file.
enum PlanShape {
  /// The whole file with a tenant's own fields after those that every tenant has.
  static func plan(
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
      .init("coefficient", .amount, zh: "年度分配系数", en: "yearly coefficient"),
      .init(
        "reason", .text, .means(.string("")), zh: "例外理由",
        en: "why it departs from an in-principle rule"),
      .init("direction", .word(directions), zh: "优化方向", en: "direction"),
      .init("totals", counts, zh: "规划总量", en: "totals"),
      .init("beds", .record(beds), zh: "床位", en: "beds"),
      .init("annual_new", counts, zh: "年度新增", en: "yearly additions"),
      .init(
        "districts", .list(.record(district), naming: "district"), zh: "各区县", en: "the districts"),
      .init("procedure", .record(procedure(words)), zh: "程序", en: "procedure"),
      .init("indicators", .record(indicators), zh: "指标", en: "indicators"),
    ]
  }

  static let scopes = VocabularyTable(
    "scope", zh: "范围", en: "scope",
    [("city", "全市", "of the city"), ("district", "区县", "of a district")])

  static let directions = VocabularyTable(
    "direction", zh: "优化方向", en: "direction",
    [
      ("stock", "优化存量", "better use of what is there"),
      ("increment", "优化增量", "well-placed additions"),
      ("mixed", "存量与增量并重", "both"),
    ])

  static let beds = RecordShape(
    "beds",
    [
      .init("total", .count, zh: "床位总量", en: "total"),
      .init("per_1000_insured", .amount, zh: "每千参保人床位", en: "per 1,000 insured"),
      .init("radiating", .count, zh: "区域辐射床位", en: "radiating beds"),
      .init(
        "radiating_by_grade", .record(FactsShape.byGrade), zh: "区域辐射床位按等级",
        en: "radiating beds by grade"),
      .init(
        "local_by_grade", .record(FactsShape.byGrade), zh: "本地床位按等级", en: "local beds by grade"),
    ])

  static func district(_ words: Vocabularies, own: [RecordShape.Field]) -> RecordShape {
    let counts = Shape.byCategory(.count, of: words.category)
    let fields: [RecordShape.Field] = [
      .init("district", .text, .required, zh: "区县", en: "the district"),
      .init("planned", counts, zh: "规划数量", en: "quotas"),
      .init("annual_new", counts, zh: "年度新增", en: "yearly additions"),
      .init("new_beds", .count, zh: "新增床位", en: "new beds"),
      .init("new_institutions", .count, zh: "新增机构", en: "new institutions"),
    ]
    return RecordShape("plan_district", fields + own)
  }

  private static func procedure(_ words: Vocabularies) -> RecordShape {
    RecordShape(
      "procedure",
      [
        .init("started", .date, zh: "启动日期", en: "started"),
        .init("published", .date, zh: "公布日期", en: "published"),
        .init("annual_plan_published", .date, zh: "年度计划公布日期", en: "yearly plan published"),
        .init("completed", .date, zh: "完成日期", en: "completed"),
        .init("expert_review", .record(expertReview(words)), zh: "专家论证", en: "expert review"),
        .init("compares", .record(compares), zh: "比对分析", en: "comparison"),
        .init("documents", .list(.word(words.document), naming: nil), zh: "文件", en: "documents"),
      ])
  }

  private static func expertReview(_ words: Vocabularies) -> RecordShape {
    RecordShape(
      "expert_review",
      [
        .init("date", .date, zh: "日期", en: "day"),
        .init("panels", .list(.word(words.panel), naming: nil), zh: "参加部门", en: "panels"),
      ])
  }

  static let compares = RecordShape(
    "compares",
    [
      .init("actual", .amount, zh: "实际值", en: "actual"),
      .init("calculated", .amount, zh: "测算值", en: "calculated"),
      .init("target", .amount, zh: "目标值", en: "target"),
    ])

  static let documents = VocabularyTable(
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
      ("implementing_rules", "具体办法和经办规程", "detailed rules and procedures"),
      ("monitoring_report", "监测报告", "monitoring report"),
      ("stage_assessment", "阶段评估", "stage assessment"),
      ("midterm_assessment", "中期评估", "midterm assessment"),
      ("final_assessment", "总结评估", "final assessment"),
      ("working_group", "工作组", "working group"),
      ("public_consultation", "征求意见情况", "record of the consultation"),
      ("calculation_scheme", "测算方案", "calculation scheme"),
      ("structure_standard", "结构标准", "structure standard"),
      ("third_party_assessment", "第三方论证评估", "assessment by a third party"),
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

/// A plan file as it was read.
package struct Plan: Sendable {
  package var value: DataRecord
  package var file: SourceFile
  package var city: Located<String>?
  package var year: Int
  package var isDistrict: Bool
  package var district: String?
  package var facts: Located<String>?
  package var registry: Located<String>?
  package var whole: ByteRange
  /// The districts that it lists.
  var districts: [DataRecord] {
    guard case .list(let items) = value["districts"] else { return [] }
    return items.compactMap { item in
      if case .record(let record as DataRecord) = item { record } else { nil }
    }
  }
  private var places: [String: ByteRange]
  /// Where each of them is named, in their order.
  private var districtRanges: [ByteRange]

  package init(reading file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    let node = try Document.read(file, format: DocumentFormat(of: file))
    try self.init(node, file: file, catalogue)
  }

  init(_ node: Node, file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    var context = FieldContext(file)
    let read = catalogue.plan.reader("plan").read(node, &context)
    try context.faults.check()
    guard let read, case .record(let record as DataRecord) = read.value else {
      throw Faults(Fault(file, node.range, zh: "应为计划文件", en: "expected a plan file"))
    }
    var places: [String: ByteRange] = [:]
    for place in read.places where places[place.path] == nil { places[place.path] = place.range }
    func text(_ name: String) -> Located<String>? {
      guard case .string(let text) = record[name], let range = places["plan.\(name)"] else {
        return nil
      }
      return Located(text, range)
    }
    let isDistrict = text("scope")?.value == "district"
    if isDistrict, text("district") == nil {
      context.fault(
        node.range, zh: "区级计划须填写 `district`", en: "expected `district`, which a district plan needs"
      )
    }
    try context.faults.check()
    self.file = file
    self.places = places
    districtRanges = read.places.filter {
      $0.path.hasPrefix("plan.districts[") && $0.path.hasSuffix("].district")
    }.map(\.range)
    self.isDistrict = isDistrict
    value = record
    district = text("district")?.value
    city = text("city")
    facts = text("facts")
    registry = text("registry")
    year = record["year"].exact?.asInt ?? 0
    whole = node.range
  }

  /// Holds the districts that the plan names against those that are known, each of which it may list once, by name or code.
  func checkDistricts(_ facts: Facts) throws(Faults) {
    var faults = FaultCollector()
    func known(_ name: String, at range: ByteRange) -> String? {
      if let known = facts.plannedDistrict(name) { return known }
      let nearest = NearestName.of(name, among: facts.districtNames)
      faults.add(
        Fault(
          file, range,
          zh: "应为基础数据或统筹地区所列的区县，实际为 `\(name)`" + (nearest.map { "，是否应为 `\($0)`" } ?? ""),
          en: "expected a district that the facts or the city list, found `\(name)`"
            + (nearest.map { "; did you mean `\($0)`" } ?? "")))
      return nil
    }
    if let district { _ = known(district, at: range(of: "district")) }
    var seen: [String: String] = [:]
    for (record, range) in zip(districts, districtRanges) {
      guard case .string(let name) = record["district"], let known = known(name, at: range) else {
        continue
      }
      if let first = seen.updateValue(name, forKey: known) {
        faults.add(
          Fault(
            file, range,
            zh: "应每个区县各列一次，`\(name)` 已列出" + (first == name ? "" : "（`\(first)`）"),
            en: "expected each district once, found `\(name)` again"
              + (first == name ? "" : ", which is `\(first)`")))
      }
    }
    try faults.check()
  }

  /// The bytes of what a path names (`procedure.documents`), else of the nearest thing around it that is there.
  package func range(of path: String, inDistrict district: String? = nil) -> ByteRange {
    var parts = path.split(separator: ".")
    if let district {
      let item = "plan.districts[\(district)]"
      while !parts.isEmpty {
        if let range = places[item + "." + parts.joined(separator: ".")] { return range }
        parts.removeLast()
      }
      return places[item + ".district"] ?? places[item] ?? whole
    }
    while !parts.isEmpty {
      if let range = places["plan." + parts.joined(separator: ".")] { return range }
      parts.removeLast()
    }
    return places["plan.year"] ?? whole
  }
}
