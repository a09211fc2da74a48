import Desk
import Diagnostics
import PlanlintKit

/// What the fields and words of a city's applications are called.
struct ApplicationWords: Sendable {
  let fields: [FormField]
  private let language: Language

  init(_ call: PageCall, _ city: String) throws {
    language = call.language
    do {
      fields = try Planlint.formFields(call.desk.profiles.request(city))
    } catch {
      throw Refusal(.unready, zh: "政策档案不可用", en: "the policy profile cannot be used")
    }
  }

  func label(_ name: String) -> String {
    fields.first { $0.name == name }.map { $0.label[language] } ?? name
  }

  /// What a value of a field says.
  func text(_ name: String, _ value: PlainValue?) -> String {
    guard let value else { return "" }
    let words: [(word: String, label: Bilingual)] =
      switch fields.first(where: { $0.name == name })?.kind {
      case .word(let words)?, .words(let words)?: words
      default: []
      }
    func told(_ value: PlainValue) -> String {
      switch value {
      case .null: return ""
      case .flag(let flag):
        return language == .zh ? (flag ? "是" : "否") : (flag ? "yes" : "no")
      case .number(let digits): return digits
      case .text(let text): return words.first { $0.word == text }?.label[language] ?? text
      case .list(let items):
        return items.map(told).joined(separator: language == .zh ? "、" : ", ")
      case .record(let entries):
        if let place = place(value) { return place }
        return entries.map { "\($0.key) \(told($0.value))" }.joined(separator: ", ")
      }
    }
    return told(value)
  }

  private func place(_ value: PlainValue) -> String? {
    guard case .number(let longitude)? = value["lon"], case .number(let latitude)? = value["lat"]
    else { return nil }
    let datum = value["datum"]?.string?.uppercased()
    return language == .zh
      ? "东经 \(longitude)，北纬 \(latitude)（\(datum ?? "坐标系未注明")）"
      : "\(longitude) E, \(latitude) N (\(datum ?? "no datum"))"
  }
}
