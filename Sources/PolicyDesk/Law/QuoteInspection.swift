import Cases
import Checks
import Diagnostics
import Expression
package import Policy

/// The profile held against its own quotations: how binding it says that they are, the numbers that it draws from them, and whether a
/// rule speaks of what its sentence speaks of.
package struct QuoteInspection {
  private let policy: Policy

  package init(_ policy: Policy) { self.policy = policy }

  package var findings: [AskedFinding] {
    policy.provisions.compactMap(modality) + roles + policy.parameters.flatMap(numbers)
      + policy.rules.compactMap(basis)
  }

  // MARK: Modality

  private func modality(_ provision: Policy.Provision) -> AskedFinding? {
    let words = BindingWords(provision.quotes)
    let expected = words.modalities
    guard !expected.contains(provision.modality) else { return nil }
    let named = Modality.allCases.filter(expected.contains)
    let stands = words.found.filter { expected.contains($0.modality) }.map(\.word)
    let zhExpected = named.map { "`\($0.rawValue)`" }.joined(separator: " 或 ")
    let enExpected = named.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    let zhWords =
      stands.isEmpty
      ? "引文中没有表示约束力的用语"
      : "引文中有" + stands.map { "`\($0)`" }.joined(separator: "、")
    let enWords =
      stands.isEmpty
      ? "the quote has no word of force"
      : "the quote says " + stands.map { "`\($0)`" }.joined(separator: ", ")
    return AskedFinding(
      .modalityDiffers, of: provision.range, in: policy, at: provision.modalityRange,
      answeredBy: provision.modality.namedBy,
      zh: "`\(provision.id)` 的约束力应为 \(zhExpected)，实际为 `\(provision.modality.rawValue)`：\(zhWords)",
      en:
        "expected the modality of `\(provision.id)` to be \(enExpected), found `\(provision.modality.rawValue)`: \(enWords)"
    )
  }

  /// Who is exempt or goes first stands on a sentence that says so.
  private var roles: [AskedFinding] {
    func findings(
      _ clauses: [Policy.Clause], _ modality: Modality, zh: String, en: String
    ) -> [AskedFinding] {
      clauses.compactMap { clause in
        let provision = policy.provisions[clause.basis]
        guard provision.modality != modality else { return nil }
        return AskedFinding(
          .roleDiffers, of: clause.range, in: policy,
          zh:
            "\(zh) `\(clause.id)` 依据的 `\(provision.id)` 应为“\(modality.word.zh)”（`\(modality.rawValue)`），实际为“\(provision.modality.word.zh)”（`\(provision.modality.rawValue)`）",
          en:
            "the \(en) `\(clause.id)` stands on `\(provision.id)`: expected the modality `\(modality.rawValue)` there, found `\(provision.modality.rawValue)`"
        )
      }
    }
    return findings(policy.exemptions, .exemption, zh: "豁免", en: "exemption")
      + findings(policy.priorities, .priority, zh: "优先", en: "priority")
  }

  // MARK: Numbers

  /// Every value of a parameter stands in the quote, or in the words in which it or its provision is read.
  private func numbers(_ parameter: Policy.Parameter) -> [AskedFinding] {
    let provision = policy.provisions[parameter.basis]
    let texts =
      provision.quotes + [provision.reading?.zh, parameter.reading?.zh].compactMap(\.self)
    let stated = texts.reduce(into: Set<Exact>()) { $0.formUnion(StatedNumbers($1).all) }
    let values = [parameter.value] + parameter.alternatives
    return zip(values, parameter.valueRanges).compactMap { value, range -> AskedFinding? in
      if stated.contains(value) { return nil }
      // 800 m are 0.8 km.
      if parameter.unit == "km", let metres = try? value.multiplied(by: Exact(1_000)),
        stated.contains(metres)
      {
        return nil
      }
      // Three years are 1,095 days.
      if parameter.unit == "days", let years = try? value.divided(by: Exact(365)),
        stated.contains(years)
      {
        return nil
      }
      let quote = SourceText.beginning(of: provision.quotes.joined(separator: "……"), scalars: 40)
      return AskedFinding(
        .numberNotQuoted, of: parameter.range, in: policy, at: range,
        zh:
          "`\(parameter.name)` 的 \(value) 不在 `\(provision.id)` 的引文中（`\(quote)`），读法（`reading`）中也没有写明",
        en:
          "expected \(value) of `\(parameter.name)` to stand in the quote of `\(provision.id)` (`\(quote)`) or in a reading, found it in neither"
      )
    }
  }

  // MARK: Basis

  private func basis(_ rule: Rule) -> AskedFinding? {
    guard let first = rule.basis.first else { return nil }
    let provision = policy.provisions[first]
    let sentence = provision.quotes.reduce(into: Set<String>()) { $0.formUnion(Self.pairs($1)) }
    let own = rule.messages.reduce(into: Set<String>()) {
      $0.formUnion(Self.pairs(Self.withoutPlaceholders($1.text.zh)))
    }
    let around =
      scopes(of: rule)
      + (rule.categories?.words ?? []).map {
        policy.catalogue.words.category[$0].label.zh
      }
    let known = around.reduce(into: own) { $0.formUnion(Self.pairs($1)) }
    guard sentence.count > 1, !own.isEmpty, sentence.isDisjoint(with: known) else { return nil }
    let quote = SourceText.beginning(of: provision.quotes.joined(separator: "……"), scalars: 40)
    return AskedFinding(
      .basisUnrelated, of: rule.range, in: policy,
      zh: "规则 `\(rule.id)` 的用语与所依据的 `\(provision.id)`（`\(quote)`）没有共同的词语",
      en:
        "the rule `\(rule.id)` has no word in common with `\(provision.id)`, which it stands on (`\(quote)`)"
    )
  }

  /// What a limit is counted over, in the words of documents.
  private func scopes(of rule: Rule) -> [String] {
    guard case .limit(let limit) = rule.constraint else { return [] }
    return limit.parts.flatMap(\.over).map { scope in
      switch scope {
      case .city: "全市"
      case .year: "年度当年每年"
      case .district: "各区每区区域行政区"
      case .street: "街道乡镇"
      case .category, .kind: ""
      }
    }
  }

  /// Words of such documents that tell no sentence from another.
  private static let common: Set<String> = [
    "定点", "医药", "药机", "机构", "医疗", "疗机", "点医", "点零", "零售", "售药", "药店", "点药", "医保", "原则", "则上",
  ]

  /// Two Chinese characters that stand side by side.
  private static func pairs(_ text: String) -> Set<String> {
    var pairs: Set<String> = []
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      guard (0x4E00...0x9FFF).contains(scalar.value) else {
        last = nil
        continue
      }
      if let last {
        let pair = String(Character(last)) + String(Character(scalar))
        if !common.contains(pair) { pairs.insert(pair) }
      }
      last = scalar
    }
    return pairs
  }

  private static func withoutPlaceholders(_ text: String) -> String {
    (TemplateText.pieces(text) ?? []).map { piece in
      if case .text(let text) = piece { text } else { " " }
    }.joined()
  }
}

extension Rule {
  /// Everything that it says: its message, what goes with it, and what its parts and notes say.
  var messages: [Template] {
    var all = [message, arithmetic, remedy].compactMap(\.self) + notes.map(\.message)
    if case .limit(let limit) = constraint { all += limit.parts.compactMap(\.message) }
    return all
  }
}
