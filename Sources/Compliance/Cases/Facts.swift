import Diagnostics
import Expression

/// The year's figures of a jurisdiction and its districts (基础数据): the shape of a facts file.
package enum FactsShape {
  package static let district = RecordShape(
    "district",
    [
      .init("name", .text, .required, zh: "区县名称", en: "name of the district"),
      .init("code", .text, zh: "行政区划代码", en: "GB/T 2260 code"),
      .init("residents", .number(minimum: Exact(1), maximum: nil), zh: "常住人口", en: "residents"),
      .init("insured", .number(minimum: Exact(1), maximum: nil), zh: "参保人数", en: "insured"),
      .init("beds", .record(beds), zh: "定点床位", en: "designated beds"),
      .init("cost_growth", .number(minimum: nil, maximum: nil), zh: "医疗费用增长率（%）", en: "cost growth, per cent"),
      .init("occupancy", .amount, zh: "床位使用率（%）", en: "bed occupancy, per cent"),
      .init("purchases", .amount, zh: "购药人次或金额", en: "purchases, visits or yuan"),
      .init("pooled_visits_2025", .amount, zh: "2025 年门诊统筹药店结算人次", en: "visits settled by pooled pharmacies in 2025"),
      .init("chronic_hub", .flag, .means(.bool(false)), zh: "门慢特购药流向集中区域", en: "where chronic patients buy"),
      .init("type", .text, zh: "区域类型", en: "type of district"),
      .init("stock", .byCategory(.count), zh: "现有定点机构数", en: "institutions designated now"),
      .init("planned", .byCategory(.count), zh: "规划数量", en: "totals to reach"),
      .init("annual_plan", .byCategory(.count), .meansNone, zh: "已公布的年度计划", en: "this year's published places"),
      .init("admitted", .byYear(.byCategory(.count)), .meansZero, zh: "本年已纳入数", en: "places already given this year"),
    ])

  package static let beds = RecordShape(
    "beds",
    [
      .init("designated", .count, zh: "定点床位数", en: "designated beds"),
      .init("tcm", .count, zh: "中医类床位数", en: "beds for TCM"),
      .init("psychiatric", .count, zh: "精神科床位数", en: "psychiatric beds"),
      .init("by_grade", .record(byGrade), zh: "按等级", en: "by grade"),
    ])

  package static let byGrade = RecordShape(
    "by_grade",
    [
      .init("tertiary", .count, zh: "三级", en: "tertiary"),
      .init("secondary", .count, zh: "二级", en: "secondary"),
      .init("primary", .count, zh: "一级及以下", en: "primary and below"),
    ])

  package static let city = RecordShape(
    "facts",
    [
      .init("planlint", .text, zh: "文件格式", en: "format of the file"),
      .init("city", .text, zh: "统筹地区", en: "the tenant"),
      .init("year", .year, zh: "年份", en: "year of the figures"),
      .init("residents", .number(minimum: Exact(1), maximum: nil), zh: "常住人口", en: "residents"),
      .init("insured", .number(minimum: Exact(1), maximum: nil), zh: "参保人数", en: "insured"),
      .init("beds", .record(beds), zh: "定点床位", en: "designated beds"),
      .init("beds_standard_per_1000", .amount, zh: "每千人口床位目标值", en: "target per 1,000, regional health plan"),
      .init("beds_calculated_per_1000", .amount, zh: "每千人口床位测算值", en: "calculated per 1,000, what the fund can bear"),
      .init("beds_needed_per_1000", .amount, zh: "每千人口床位需要值", en: "needed per 1,000"),
      .init("cost_growth", .number(minimum: nil, maximum: nil), zh: "医疗费用增长率（%）", en: "cost growth, per cent"),
      .init("occupancy", .amount, zh: "床位使用率（%）", en: "bed occupancy, per cent"),
      .init("terminated", .byYear(.byCategory(.count)), zh: "各年度解除协议数", en: "agreements ended, by year"),
      .init("stock", .byCategory(.count), zh: "现有定点机构数", en: "institutions designated now"),
      .init("planned", .byCategory(.count), zh: "规划数量", en: "totals to reach"),
      .init("annual_plan", .byCategory(.count), .meansNone, zh: "已公布的年度计划", en: "this year's published places"),
      .init("admitted", .byYear(.byCategory(.count)), .meansZero, zh: "本年已纳入数", en: "places already given this year"),
      .init(
        "fund",
        .record(
          amounts(
            "fund",
            [
              "financing", "surplus_rate", "reimbursement_level", "cost_per_bed",
              "patient_coefficient", "fund_coefficient", "admission_rate", "mean_stay",
            ])), zh: "基金测算参数", en: "figures of the fund"),
      .init(
        "pooled",
        .record(
          amounts(
            "pooled",
            [
              "budget", "drug_share", "reimbursement_per_pharmacy", "visits",
              "capacity_per_pharmacy", "coefficient", "access_allowance",
            ])), zh: "门诊统筹测算参数", en: "figures for pooled pharmacies"),
      .init(
        "chronic",
        .record(
          amounts(
            "chronic",
            [
              "budget", "standard_per_pharmacy", "patients", "visits_per_patient",
              "capacity_per_pharmacy", "access_allowance",
            ])), zh: "门慢特测算参数", en: "figures for chronic pharmacies"),
      .init("purchases_unit", .text, zh: "购药量单位", en: "visits or yuan"),
      .init("districts", .list(.record(district), naming: "name"), zh: "各区县", en: "the districts"),
    ])

  private static func amounts(_ name: String, _ fields: [String]) -> RecordShape {
    RecordShape(
      name, fields.map { .init($0, .amount, zh: $0, en: $0) })
  }
}
