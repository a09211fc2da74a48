package import Diagnostics
package import Policy

/// What is said where values of a rule's sentence are missing.
package enum MissingSentence {
  /// Nothing could be decided for want of `needs`.
  package static func open(
    _ rendered: Template.Rendered, _ needs: [Bilingual], isOfPlan: Bool = false
  ) -> Bilingual {
    let names = Bilingual(zh: listed(needs, .zh), en: listed(needs, .en))
    let lack = isOfPlan ? "未报材料：" : "缺少资料："
    if let text = rendered.text {
      return Bilingual(
        zh: "\(text.zh)；\(lack)\(names.zh)", en: "\(text.en); data missing: \(names.en)")
    }
    return Bilingual(
      zh: (isOfPlan ? lack : "缺") + "\(names.zh)，无法核对",
      en: "it cannot be checked without \(names.en)")
  }

  /// It was decided although values are missing: they come to the same whatever they are.
  package static func settled(
    _ rendered: Template.Rendered, _ outcome: Outcome, _ missing: [Bilingual]
  ) -> Bilingual {
    let names = missing.isEmpty ? nil : listed(missing, .zh)
    let englishNames = missing.isEmpty ? "" : " (\(listed(missing, .en)))"
    let data = Bilingual(
      zh: "所缺资料" + (names.map { "（\($0)）" } ?? ""), en: "what is missing" + englishNames)
    if let text = rendered.text {
      return Bilingual(
        zh: "\(text.zh)；\(data.zh)不影响结论", en: "\(text.en); \(data.en) changes nothing")
    }
    switch outcome {
    case .pass:
      return Bilingual(
        zh: "\(data.zh)无论取何值，均符合本条", en: "the rule holds whatever \(data.en) comes to")
    case .fail, .waived:
      return Bilingual(
        zh: "\(data.zh)无论取何值，均不符合本条", en: "the rule does not hold whatever \(data.en) comes to")
    default:
      return Bilingual(zh: "\(data.zh)不影响结论", en: "\(data.en) changes nothing")
    }
  }

  private static func listed(_ names: [Bilingual], _ language: Language) -> String {
    var all: [String] = []
    for name in names where !all.contains(name[language]) { all.append(name[language]) }
    if language == .zh { return all.joined(separator: "、") }
    // A name with a comma in it would read as two.
    return all.joined(separator: all.contains { $0.contains(",") } ? "; " : ", ")
  }
}
