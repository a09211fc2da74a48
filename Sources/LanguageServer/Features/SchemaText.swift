import Diagnostics
import Reading

/// What a schema accepts, in a few words for whoever types.
enum SchemaText {
  static func of(_ schema: FieldSchema) -> Bilingual? {
    switch schema {
    case .anything: return nil
    case .text, .anyText: return Bilingual(zh: "文本", en: "text")
    case .exactly(let text): return Bilingual(zh: "`\(text)`", en: "`\(text)`")
    case .word(let words):
      let shown = words.prefix(12).map { "`\($0.word)`" }
      let more = words.count > 12
      return Bilingual(
        zh: shown.joined(separator: "、") + (more ? " 等" : ""),
        en: shown.joined(separator: ", ") + (more ? " …" : ""))
    case .number(let least, let most): return bounds(least, most, zh: "数字", en: "a number")
    case .share(.percent(let most)):
      return bounds("0", most.map { String($0) }, zh: "百分比", en: "per cent")
    case .share(.fraction): return Bilingual(zh: "占整体的比例（0 至 1）", en: "a part of 1")
    case .share(.growth): return Bilingual(zh: "增长的百分比", en: "growth in per cent")
    case .integer(let range):
      let most = range.upperBound >= 10_000_000_000 ? nil : String(range.upperBound)
      return bounds(String(range.lowerBound), most, zh: "整数", en: "a whole number")
    case .year: return Bilingual(zh: "年份", en: "a year")
    case .bool: return Bilingual(zh: "`true` 或 `false`", en: "`true` or `false`")
    case .day: return Bilingual(zh: "日期，形如 `2026-03-02`", en: "a day written like `2026-03-02`")
    case .list(let item, _):
      let inner = of(item)
      return Bilingual(
        zh: "列表" + (inner.map { "：" + $0.zh } ?? ""),
        en: "a list" + (inner.map { ": " + $0.en } ?? ""))
    case .map: return Bilingual(zh: "字段组", en: "a mapping")
    case .record(let record): return record.description.meaning
    case .either(let choices): return choices.lazy.compactMap { of($0) }.first
    case .nullable(let inner), .named(_, let inner): return of(inner)
    }
  }

  private static func bounds(_ least: String?, _ most: String?, zh: String, en: String) -> Bilingual
  {
    switch (least, most) {
    case (let least?, let most?):
      Bilingual(zh: "\(zh)，\(least) 至 \(most)", en: "\(en), \(least) to \(most)")
    case (let least?, nil): Bilingual(zh: "\(zh)，不小于 \(least)", en: "\(en), at least \(least)")
    case (nil, let most?): Bilingual(zh: "\(zh)，不大于 \(most)", en: "\(en), at most \(most)")
    case (nil, nil): Bilingual(zh: zh, en: en)
    }
  }
}
