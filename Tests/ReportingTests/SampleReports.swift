import Diagnostics
import Reporting
import TestSupport

/// The reports whose output is held as goldens, one a thing that reporters must get right.
enum SampleReport: String, CaseIterable, Sendable {
  /// Nothing but passes.
  case nothing
  /// Every outcome, in Chinese, from a draft.
  case outcomes
  /// Every outcome, in English, passes and the like shown.
  case all
  /// Chinese, full-width and emoji before the token.
  case chinese
  /// Findings in several files.
  case files
  /// Two profiles by date.
  case profiles
  /// A plan instead of applications.
  case plan
  /// Names that try to act on whatever shows them.
  case injection
  /// What would change a finding, of each kind of value.
  case cures

  var options: ReportOptions {
    switch self {
    case .all: ReportOptions(language: .en, showAll: true)
    default: ReportOptions()
    }
  }

  var report: Report {
    switch self {
    case .nothing: Self.nothingReport
    case .outcomes, .all: Self.outcomesReport
    case .chinese: Self.chineseReport
    case .files: Self.filesReport
    case .profiles: Self.profilesReport
    case .plan: Self.planReport
    case .injection: Self.injectionReport
    case .cures: Self.curesReport
    }
  }
}

// MARK: - What samples are made of

extension SampleReport {
  static let draft = ProfileIdentity(
    id: "huaibei/2026-2028", sha256: String(repeating: "a1", count: 32), status: .draft,
    from: "2026-01-01", to: "2028-12-31",
    document: "淮北市医疗保障定点医药机构资源配置规划（2026-2028）（征求意见稿）")
  static let expired = ProfileIdentity(
    id: "huaibei/2021-2025", sha256: String(repeating: "b2", count: 32), status: .expired,
    from: "2021-01-01", to: "2025-12-31", document: "淮北市医疗保障定点医药机构资源配置规划（2021-2025）")
  static let inForce = ProfileIdentity(
    id: "liaoning/2026-2030", sha256: String(repeating: "c3", count: 32), status: .inForce,
    from: "2026-01-06", to: "2030-12-31", document: "辽宁省医疗保障定点医药机构资源配置规划（2026-2030）")

  static let cap = Citation(
    provision: "HB-OUT-CAP", document: draft.document, at: "三(一)2",
    quote: "本规划期内原则上以上一年度解除协议的机构数量确定最高增量", modality: .inPrinciple)
  static let walking = Citation(
    provision: "HB-OUT-15MIN", document: draft.document, at: "三(一)2",
    quote: "对参保人员步行15分钟有效活动半径范围内没有同类型医药机构的可按规定择优纳入", modality: .may)
  static let exempt = Citation(
    provision: "HB-EXEMPT", document: draft.document, at: "三(一)3(1)",
    quote: "优先按规定纳入医保定点协议管理，不受本规划限制", modality: .exemption)
  static let beds = Citation(
    provision: "HB-BED-75", document: draft.document, at: "三(一)1", quote: "床位使用率低于75%的，不予新增床位",
    modality: .must)

  static let rules = [
    RuleDescriptor(
      id: "HB-OUT-CAP", name: "new-outlet-cap", modality: .inPrinciple,
      summary: Bilingual(
        zh: "每年新增机构不超过上一年度解除协议的机构数",
        en: "new outlets a year are at most those that ended the year before"),
      reading: Bilingual(
        zh: "药店与门诊合并计算", en: "pharmacies and outpatient care are counted together"),
      citations: [cap]),
    RuleDescriptor(
      id: "HB-BED-75", name: "bed-occupancy", modality: .must,
      summary: Bilingual(zh: "床位使用率不低于 75%", en: "bed occupancy is at least 75 %"), reading: nil,
      citations: [beds]),
    RuleDescriptor(
      id: "profile-not-in-force", name: "profile-not-in-force", modality: .definition,
      summary: Bilingual(zh: "申请日期在规划期之外", en: "the application lies outside the profile's span"),
      reading: nil, citations: []),
  ]

  static func finding(
    _ rule: Int, _ outcome: Outcome, _ location: Location, zh: String, en: String
  ) -> Finding {
    let descriptor = rules[rule]
    return Finding(
      rule: descriptor.id, name: descriptor.name, outcome: outcome, modality: descriptor.modality,
      message: Bilingual(zh: zh, en: en), location: location, citations: descriptor.citations)
  }

  static func subject(
    _ id: String, _ name: String, _ findings: [Finding], type: SubjectType = .application,
    profile: Int = 0, readings: [DecidingReading] = []
  ) -> SubjectResult {
    SubjectResult(
      type: type, id: id, name: name, profile: profile,
      verdict: Verdict(outcomes: findings.map(\.outcome), subject: type), findings: findings,
      readings: readings)
  }

  static func report(
    _ results: [SubjectResult], profiles: [ProfileIdentity] = [draft], places: [PlaceRow] = [],
    inputs: [String] = ["applications.yaml"], type: SubjectType = .application,
    rules: [RuleDescriptor] = rules
  ) -> Report {
    var summary = Summary()
    for result in results { summary.count(result.verdict) }
    var report = Report(
      version: "0.1.0", tenant: "huaibei", tenantName: Bilingual(zh: "淮北市", en: "Huaibei"),
      profiles: profiles,
      inputs: inputs.map {
        InputDigest(
          path: $0, role: type == .application ? "applications" : "plan",
          sha256: String(repeating: "0d", count: 32))
      },
      asOf: "2026-04-01", subjectType: type, summary: summary, rules: rules, places: places,
      resultCount: results.count, result: { results[$0] })
    report.law = [exempt, walking]
    return report
  }
}

// MARK: - The samples

extension SampleReport {
  static var curesReport: Report {
    let places = MarkedText("applications:\n  - id: «HB-2026-001»\n").file(
      path: "applications.yaml"
    )
    .locations
    var cap = finding(
      0, .fail, places[0], zh: "本年新增上限 3 家，按评分排第 4",
      en: "at most 3 new outlets this year, and this one is the 4th by score")
    cap.cures = Cure.samples
    var report = report([subject("HB-2026-001", "相山惠民大药房", [cap])])
    report.tellsWhatIf = true
    report.notes = [
      Note(path: "applications.yaml", zh: Cure.caution.zh, en: Cure.caution.en)
    ]
    return report
  }

  static var nothingReport: Report {
    let places = MarkedText("applications:\n  - id: «HB-2026-001»\n  - id: «HB-2026-002»\n")
      .file(path: "applications.yaml").locations
    return report(
      [
        subject(
          "HB-2026-001", "相山惠民大药房",
          [finding(0, .pass, places[0], zh: "本年新增第 1 家，上限 3 家", en: "the first of 3")]),
        subject(
          "HB-2026-002", "杜集康泰诊所",
          [finding(0, .pass, places[1], zh: "本年新增第 2 家，上限 3 家", en: "the second of 3")]),
      ], profiles: [inForce])
  }

  static var outcomesReport: Report {
    let places = MarkedText(
      """
      planlint: applications/1
      city: huaibei
      applications:
        - id: «HB-2026-001»
          name: 相山惠民大药房
        - id: «HB-2026-002»
          name: 建国路药店
          requests: [retail_pharmacy, «pooled_pharmacy»]
        - id: «HB-2026-003»
          name: 濉溪县医院
          occupancy: «74.9»
          beds: «20»
        - id: «HB-2026-004»
          name: 烈山门诊部
          location: «{lon: 116.7942, lat: 33.9581, datum: gcj02}»
        - id: «HB-2026-005»
          name: 矿工总医院
      """
    ).file(path: "applications.yaml").locations

    var pass = finding(
      0, .pass, places[0], zh: "本年新增第 1 家，上限 3 家（上一年度解除协议 3 家）",
      en: "the first of 3 places (3 outlets ended last year)")
    pass.rank = 1
    pass.measured = Quantity(value: "1", unit: "institutions")
    pass.limit = Quantity(value: "3", unit: "institutions")

    var exemption = finding(1, .exempt, places[0], zh: "重点项目不受床位限制", en: "a key project is exempt")
    exemption.exemption = Consideration(
      id: "HB-EXEMPT", kind: .exemption, holds: .yes,
      message: Bilingual(zh: "申报为重点项目", en: "claimed as a key project"), citation: exempt)

    var failure = finding(
      0, .fail, places[1], zh: "本年新增上限 3 家（上一年度解除协议 3 家），按评分排第 4",
      en: "at most 3 new outlets this year (3 ended last year), ranked 4th by score")
    failure.category = "retail_pharmacy"
    failure.measured = Quantity(value: "4", unit: "institutions")
    failure.limit = Quantity(value: "3", unit: "institutions")
    failure.arithmetic = Bilingual(
      zh: "已取得名额 3（HB-2026-001、HB-2026-006、HB-2026-007）；上限 = 2 + 1",
      en: "3 places taken (HB-2026-001, HB-2026-006, HB-2026-007); limit = 2 + 1")
    failure.rank = 4
    failure.tieBreak = Bilingual(
      zh: "与 HB-2026-007 同为 88.5 分，申请日期较晚", en: "88.5 points as HB-2026-007, submitted later")
    failure.neighbours = [
      Neighbour(
        id: "P34060200017", name: "百姓缘大药房", distanceMetres: 300.04, isApplicant: false,
        uncertaintyMetres: 0, longitude: 116.79421, latitude: 33.95812),
      Neighbour(
        id: "HB-2026-006", name: "三堤口药店", distanceMetres: 796.25, isApplicant: true,
        uncertaintyMetres: 10, longitude: 116.80212, latitude: 33.95001),
    ]
    failure.circle = Circle(longitude: 116.7942, latitude: 33.9581, radiusMetres: 800)
    failure.considered = [
      Consideration(
        id: "HB-EXEMPT", kind: .exemption, holds: .no,
        message: Bilingual(zh: "未申报", en: "not claimed"), citation: exempt),
      Consideration(
        id: "HB-OUT-15MIN", kind: .exception, holds: .no,
        message: Bilingual(
          zh: "最近同类机构 P34060200017，300.0 米 < 800 米",
          en: "nearest of the same kind P34060200017, 300.0 m < 800 m"), citation: walking),
    ]
    failure.remedy = Bilingual(
      zh: "待有机构解除协议后于下一年度申请，或申请经批准的例外",
      en: "apply next year once an outlet has ended, or seek a waiver")

    var waived = finding(
      0, .waived, places[2], zh: "超出上限 3 家，已有批准文件", en: "above the limit of 3, a waiver is recorded"
    )
    waived.category = "pooled_pharmacy"
    waived.waiver = Waiver(
      authority: "淮北市医疗保障局", document: "淮医保函〔2026〕3号", reason: "补齐服务空白", expires: "2026-12-31")

    var must = finding(
      1, .fail, places[4], zh: "床位使用率 74.9%，低于 75%", en: "bed occupancy is 74.9 %, below 75 %")
    must.measured = Quantity(value: "74.9", unit: "percent")
    must.limit = Quantity(value: "75", unit: "percent")

    var unknown = finding(
      1, .unknown, places[5], zh: "缺少相山区床位使用率", en: "the occupancy of 相山区 is missing")
    unknown.needs = ["facts.districts[相山区].occupancy", "facts.occupancy"]
    unknown.reconstructed = [
      Bilingual(zh: "F2 需要值（可信度低）", en: "F2 beds needed (confidence: low)")
    ]
    unknown.measured = Quantity(value: "1/3", unit: "per_1000")

    var review = finding(
      0, .review, places[7], zh: "取决于 HB-2026-003 是否纳入",
      en: "hangs on whether HB-2026-003 is admitted")
    review.hangsOn = ["HB-2026-003"]
    review.measured = Quantity(value: "3..4", unit: "institutions")
    review.limit = Quantity(value: "3", unit: "institutions")
    review.considered = [
      Consideration(
        id: "HB-OUT-15MIN", kind: .exception, holds: .uncertain,
        message: Bilingual(zh: "距离在误差范围内", en: "the distance is within its accuracy"),
        citation: walking)
    ]
    let note = finding(
      2, .note, places[6], zh: "登记机构数与基础数据不一致，按基础数据计", en: "the facts count, not the registry")
    let other = finding(1, .notApplicable, places[8], zh: "未申请床位", en: "asks for no beds")

    return report(
      [
        subject("HB-2026-001", "相山惠民大药房", [pass, exemption]),
        subject(
          "HB-2026-002", "建国路药店", [failure, waived],
          readings: [
            DecidingReading(
              id: "walking_radius", provision: "HB-OUT-15MIN", value: "800", alternative: "1000",
              verdictOtherwise: .review)
          ]),
        subject("HB-2026-003", "濉溪县医院", [must, unknown]),
        subject("HB-2026-004", "烈山门诊部", [note, review]),
        subject("HB-2026-005", "矿工总医院", [other]),
      ],
      places: [
        PlaceRow(
          rule: "HB-OUT-CAP", scope: "2026", unit: "institutions", limit: "3", usedBefore: "1",
          taken: "2", takenIfAll: "3", left: "0",
          order: ["HB-2026-001", "HB-2026-006", "HB-2026-007", "HB-2026-002"]),
        PlaceRow(
          rule: "HB-BED-CAP", scope: "相山区 2026", unit: "beds", limit: nil, usedBefore: nil,
          taken: "20", takenIfAll: "20", left: nil, order: []),
      ])
  }

  static var chineseReport: Report {
    let places = MarkedText(
      "{\"名称\": \"相山👨‍👩‍👧惠民ＡＢ大药房\",\t\"坐标\": «[116.7942, 33.9581]»}\n"
        + "{\"名称\": «\"淮北“双通道”药店（é́）\"», \"备注\": \""
        + String(repeating: "说明很长", count: 40) + "\", \"末尾\": «\"终\"»}\n"
    ).file(path: "申请 材料.jsonl").locations
    return report(
      [
        subject(
          "申-1", "相山惠民大药房",
          [finding(0, .fail, places[0], zh: "原则上不符合：超出上限", en: "above the limit")]),
        subject(
          "申-2", "淮北“双通道”药店",
          [
            finding(1, .fail, places[1], zh: "名称有误", en: "wrong name"),
            finding(1, .review, places[2], zh: "需核实末尾", en: "check the end"),
          ]),
      ], inputs: ["申请 材料.jsonl"])
  }

  static var filesReport: Report {
    let first = MarkedText("- id: «A-1»\n  name: 甲\n").file(path: "a/甲.yaml").locations
    let second = MarkedText("id,name\r\n«A-2»,乙\r\n").file(path: "/data/b.csv").locations
    let third = MarkedText("«\n  \n»").file(path: "<stdin>").locations
    return report(
      [
        subject("A-1", "甲", [finding(1, .fail, first[0], zh: "不符合", en: "fails")]),
        subject("A-2", "乙", [finding(0, .fail, second[0], zh: "超出", en: "above")]),
        subject("A-3", "丙", [finding(1, .review, third[0], zh: "需裁量", en: "judge")]),
        subject("A-4", "丁", [finding(1, .fail, first[0], zh: "再次", en: "again")]),
      ], inputs: ["a/甲.yaml", "/data/b.csv", "<stdin>"])
  }

  static var profilesReport: Report {
    let places = MarkedText("- id: «P-1»\n- id: «P-2»\n- id: «P-3»\n").file(path: "batch.yaml")
      .locations
    return report(
      [
        subject("P-1", "甲", [finding(0, .fail, places[0], zh: "超出", en: "above")]),
        subject(
          "P-2", "乙", [finding(2, .review, places[1], zh: "规划期已过", en: "out of span")], profile: 1),
        subject("P-3", "丙", [finding(1, .pass, places[2], zh: "符合要求", en: "fine")]),
      ], profiles: [draft, expired])
  }

  static var planReport: Report {
    let places = MarkedText("planlint: plan/1\ntotals: {retail_pharmacy: «4093»}\n")
      .file(path: "PLAN.yaml").locations
    return report(
      [
        subject(
          "huaibei", "淮北市",
          [finding(0, .fail, places[0], zh: "总量 4093 家，超出 4092 家", en: "4093, above 4092")],
          type: .city),
        subject("相山区", "相山区", [], type: .district),
      ], inputs: ["PLAN.yaml"], type: .city)
  }

  static var injectionReport: Report {
    let nasty =
      "=cmd|' /C calc'!A0,\u{1B}[31m\u{7}\r\n::error::x%0A\"]]></script><b>`|*_\u{202E}\u{2028}\u{9B}\u{0}"
    let places = MarkedText("- id: «@\u{1B}[2J\u{202E}gnp»\t\u{9B}31m <b>\r\n  x: «1»\n")
      .file(path: "a,b:c%\n.yaml").locations
    var failure = finding(0, .fail, places[0], zh: nasty, en: nasty)
    failure.name = nasty
    failure.remedy = Bilingual(zh: nasty, en: nasty)
    failure.needs = [nasty]
    failure.category = "-1+1"
    failure.waiver = Waiver(authority: nasty, document: nasty, reason: nasty, expires: nasty)
    failure.citations = [
      Citation(provision: nasty, document: nasty, at: nasty, quote: nasty, modality: .must)
    ]
    failure.neighbours = [
      Neighbour(
        id: nasty, name: nasty, distanceMetres: .nan, isApplicant: true,
        uncertaintyMetres: .infinity, longitude: .nan, latitude: 0)
    ]
    failure.circle = Circle(longitude: 1, latitude: 2, radiusMetres: .infinity)
    let again = finding(1, .note, places[1], zh: "+1", en: "+1")
    return report(
      [subject(nasty, nasty, [failure, again])],
      places: [
        PlaceRow(
          rule: nasty, scope: nasty, unit: nasty, limit: nasty, usedBefore: nil, taken: "1",
          takenIfAll: "1", left: "-1", order: [nasty])
      ])
  }
}

extension Cure {
  /// One of each kind of value.
  fileprivate static var samples: [Cure] {
    var score = Cure(
      .score, path: "applications[HB-2026-001].score", value: "85.6", verdict: .admissible,
      holder: .authority,
      message: Bilingual(zh: "评估得分高于 85.5 即符合本条", en: "with a score above 85.5 it would pass"))
    score.range = Range(low: "85.5", isLowOpen: true, high: "100", isHighOpen: false)
    score.rank = 3
    var place = Cure(
      .place, path: "applications[HB-2026-001].location", verdict: .review, holder: .applicant,
      message: Bilingual(
        zh: "最近的可行位置在北方向 510.0 米处", en: "the nearest place is 510.0 m to the north"))
    place.place = Place(
      longitude: "116.794200", latitude: "33.962700", datum: "gcj02", metres: 510.04,
      bearingDegrees: 359.96)
    var area = Cure(
      .value, path: "applications[HB-2026-001].area", verdict: .admissible, holder: .applicant,
      message: Bilingual(zh: "所在区域为建成区时符合本条", en: "it would pass if the area is built up"))
    area.words = ["built_up"]
    return [score, place, area]
  }
}
