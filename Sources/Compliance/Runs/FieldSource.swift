import Diagnostics

/// Where the figures of facts and plans are found, for the comments of the files that `init` writes.
enum FieldSource {
  /// By the path or the nearest one around it, with its root and without.
  static func of(_ path: String) -> Bilingual? {
    var parts = path.split(separator: ".")
    while parts.count > 1 {
      let found =
        table[parts.joined(separator: ".")] ?? table[parts.dropFirst().joined(separator: ".")]
      if let found { return Bilingual(zh: found.0, en: found.1) }
      parts.removeLast()
    }
    return nil
  }

  private static let table: [String: (String, String)] = [
    "year": ("数据所属年份", "the year that the figures are of"),
    "residents": ("统计部门公布的常住人口（人）", "the statistical office, persons"),
    "insured": ("医保经办机构年末参保人数（人）", "the insurance agency at the year's end, persons"),
    "beds": ("协议确认的定点床位（张）", "the agreements, beds"),
    "beds_standard_per_1000": ("区域卫生规划（张/千人）", "the regional health plan, beds per 1,000"),
    "beds_calculated_per_1000": ("基金测算（张/千人）", "what the fund can bear, beds per 1,000"),
    "beds_needed_per_1000": ("需求测算（张/千人）", "what is needed, beds per 1,000"),
    "cost_growth": ("医保结算系统，较上年（%）", "the settlement system, against the year before, per cent"),
    "occupancy": ("卫生健康统计年报（%）", "the health statistics, per cent"),
    "terminated": ("协议管理台账，按年度（家）", "the register of agreements by year, institutions"),
    "stock": ("定点机构名册；留空则由名册统计（家）", "the registry, counted from it where blank, institutions"),
    "planned": (
      "规划文件所列；留空则按规划公式测算（家）", "the plan, computed by its formulas where blank, institutions"
    ),
    "annual_plan": (
      "已公布的年度配置计划；未公布的删去（家）", "the published yearly plan; delete it where none is, institutions"
    ),
    "admitted": (
      "本年此前批次的决定；没有的填 0（家）", "the decisions of earlier batches this year, 0 for none, institutions"
    ),
    "fund": ("基金预决算和测算文件", "the fund's budget and calculation"),
    "pooled": ("门诊统筹测算文件", "the calculation for pooled pharmacies"),
    "chronic": ("门慢特测算文件", "the calculation for chronic pharmacies"),
    "purchases_unit": ("医保结算系统", "the settlement system"),
    "purchases": ("医保结算系统，全年", "the settlement system, whole year"),
    "pooled_visits_2025": ("医保结算系统（人次）", "the settlement system, visits"),
    "chronic_hub": ("规划文件所列：true 或 false", "the plan: true or false"),
    "type": ("规划文件的区域分类", "the plan's types of district"),
    "plan.beds": ("计划所列（张）", "the plan, beds"),
    "plan_district.planned": ("计划所列（家）", "the plan, institutions"),
    "procedure.documents": ("已具备的文件，写作 [甲, 乙]", "the documents that there are, as [one, other]"),
    "procedure.expert_review.panels": ("参加论证的部门，写作 [甲, 乙]", "those who took part, as [one, other]"),
    "procedure.compares": ("测算文件（张/千人）", "the calculation, beds per 1,000"),
    "coefficient": ("年度分配方案", "the yearly scheme"), "reason": ("计划说明", "the plan's explanation"),
    "direction": ("计划说明", "the plan's explanation"),
    "totals": ("计划所列（家）", "the plan, institutions"),
    "annual_new": ("计划所列（家）", "the plan, institutions"), "new_beds": ("计划所列（张）", "the plan, beds"),
    "new_institutions": ("计划所列（家）", "the plan, institutions"),
    "procedure": ("工作台账，日期写作 2026-03-02", "the file of the procedure, days as 2026-03-02"),
    "indicators": ("医保统计年报", "the yearly statistics"),
  ]
}
