/// The units that profiles write, and how a report says them.
package struct UnitWord: Sendable {
  /// As profiles write it; the first is the usual one.
  package let ids: [String]
  /// Empty where the number stands alone.
  package let word: Bilingual

  /// What else people write at the head of a column.
  private let signs: [String]

  private init(_ ids: String..., zh: String, en: String, signs: [String] = []) {
    self.ids = ids
    self.signs = signs
    word = Bilingual(zh: zh, en: en)
  }

  /// Every way to write it beside the name of a column.
  package var annotations: [String] {
    ids + [word.zh, word.en].filter { !$0.isEmpty } + signs
  }

  package static let all: [UnitWord] = [
    UnitWord("institutions", "institution", "outlets", "pharmacies", zh: "家", en: "institutions"),
    UnitWord("places", "place", zh: "个", en: "places"),
    UnitWord("sites", "site", zh: "个", en: "sites"),
    UnitWord("beds", "bed", zh: "张", en: "beds"),
    UnitWord("percent", "%", zh: "%", en: "%", signs: ["百分比", "百分数"]),
    UnitWord("percentage_points", zh: "个百分点", en: "percentage points"),
    UnitWord(
      "beds_per_1000", "per_1000", "per_1000_insured", "per_1000_residents", zh: "张/千人",
      en: "per 1,000"),
    UnitWord("m", "metres", "metre", zh: "米", en: "m"),
    UnitWord("km", zh: "公里", en: "km"),
    UnitWord("m2", zh: "平方米", en: "m2", signs: ["㎡", "m²", "平米"]),
    UnitWord("km2", zh: "平方公里", en: "km2"),
    UnitWord("minutes", "minute", zh: "分钟", en: "minutes"),
    UnitWord("days", "day", zh: "天", en: "days"),
    UnitWord("months", "month", zh: "个月", en: "months"),
    UnitWord("years", zh: "年", en: "years"),
    // A year of the calendar.
    UnitWord("year", zh: "年", en: ""),
    UnitWord("points", "score", zh: "分", en: "points"),
    UnitWord("persons", "people", "residents", "insured", zh: "人", en: "persons", signs: ["名"]),
    UnitWord("visits", zh: "人次", en: "visits"),
    UnitWord("yuan", zh: "元", en: "yuan"),
    UnitWord("10_thousand_yuan", zh: "万元", en: "10 thousand yuan"),
    UnitWord("100_million_yuan", zh: "亿元", en: "100 million yuan"),
    UnitWord("varieties", "variety", zh: "个品种", en: "varieties"),
    UnitWord("items", "item", zh: "项", en: "items"),
    UnitWord("share", zh: "", en: ""),
    UnitWord("ratio", zh: "", en: ""),
    UnitWord("parts", zh: "份", en: "parts"),
  ]

  private static let byID: [String: UnitWord] = Dictionary(
    all.flatMap { unit in unit.ids.map { ($0, unit) } }, uniquingKeysWith: { first, _ in first })

  /// Whether a number in this unit is a share of a hundred.
  package static func isPercent(_ id: String) -> Bool { id == "percent" || id == "%" }

  /// Nil where it is no unit that is known.
  package static func of(_ id: String) -> UnitWord? { byID[id] }
}
