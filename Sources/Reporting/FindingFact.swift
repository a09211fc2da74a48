package import Diagnostics

/// What stands below a finding's message, line by line: the law, the arithmetic, the way out.
///
/// Text, Markdown, JUnit and HTML show the same lines in the same order.
package struct FindingFact {
  enum Kind: CaseIterable {
    case category
    case basis
    case arithmetic
    case neighbours
    case rank
    case hangsOn
    case needs
    case exemptions
    case waiver
    case ruling
    case reconstructed
    case remedy
    case cure

    var label: Bilingual {
      switch self {
      case .category: Bilingual(zh: "类别", en: "category")
      case .basis: Bilingual(zh: "依据", en: "basis")
      case .arithmetic: Bilingual(zh: "计算", en: "arithmetic")
      case .neighbours: Bilingual(zh: "邻近", en: "neighbours")
      case .rank: Bilingual(zh: "排序", en: "rank")
      case .hangsOn: Bilingual(zh: "取决于", en: "hangs on")
      case .needs: Bilingual(zh: "缺少资料", en: "needs")
      case .exemptions: Bilingual(zh: "豁免", en: "exemptions")
      case .waiver: Bilingual(zh: "批准例外", en: "waiver")
      case .ruling: Bilingual(zh: "裁量决定", en: "ruling")
      case .reconstructed: Bilingual(zh: "推定公式", en: "reconstructed")
      case .remedy: Bilingual(zh: "可采取的办法", en: "remedy")
      case .cure: Bilingual(zh: "可行", en: "would pass")
      }
    }
  }

  /// The ids of undecided applications that are listed for people; JSON has more.
  static let hangsOnLimit = 12

  var kind: Kind
  var text: String

  /// The lines of one finding, in order.
  static func of(_ finding: Finding, _ language: Language) -> [FindingFact] {
    var facts: [FindingFact] = []
    func add(_ kind: Kind, _ text: String) {
      if !text.isEmpty { facts.append(FindingFact(kind: kind, text: text)) }
    }
    let comma = language == .zh ? "、" : ", "
    let semicolon = language == .zh ? "；" : "; "
    if let category = finding.category { add(.category, Wording.category(category, language)) }
    for citation in finding.citations { add(.basis, law(citation, language)) }
    let deciding = finding.considered + (finding.exemption.map { [$0] } ?? [])
    var cited = finding.citations
    for consideration in deciding where consideration.holds != .no {
      if cited.contains(consideration.citation) { continue }
      cited.append(consideration.citation)
      add(.basis, law(consideration.citation, language))
    }
    add(.arithmetic, arithmetic(finding, language).joined(separator: semicolon))
    add(.neighbours, neighbours(finding, language))
    if let rank = finding.rank {
      let place = language == .zh ? "第 \(rank) 位" : "\(rank)"
      add(.rank, place + (finding.tieBreak.map { semicolon + $0[language] } ?? ""))
    }
    add(.hangsOn, hangsOn(finding, language))
    add(.needs, finding.needs.joined(separator: comma))
    add(.exemptions, considered(finding, language).joined(separator: semicolon))
    if let waiver = finding.waiver { add(.waiver, Self.waiver(waiver, language)) }
    if let ruling = finding.ruling { add(.ruling, Self.ruling(ruling, language)) }
    for formula in finding.reconstructed { add(.reconstructed, formula[language]) }
    if let remedy = finding.remedy { add(.remedy, remedy[language]) }
    for cure in finding.cures { add(.cure, cure.message[language]) }
    return facts
  }

  /// `document place “quote” (how binding)`; the quote stays in the document's language.
  static func law(_ citation: Citation, _ language: Language) -> String {
    let isClosed = citation.document.hasSuffix("）") || citation.document.hasSuffix("》")
    let gap = isClosed || citation.document.isEmpty || citation.place.isEmpty ? "" : " "
    let place = citation.document + gap + citation.place
    let modality = citation.modality.word[language]
    let quote = citation.quote.isEmpty ? "" : " “\(citation.quote)”"
    return place + quote + (language == .zh ? "（\(modality)）" : " (\(modality))")
  }

  package static func waiver(_ waiver: Waiver, _ language: Language) -> String {
    switch language {
    case .zh: "\(waiver.authority) \(waiver.document)，有效期至 \(waiver.expires)，理由：\(waiver.reason)"
    case .en:
      "\(waiver.authority) \(waiver.document), until \(waiver.expires), reason: \(waiver.reason)"
    }
  }

  /// Who decided what, by which document, when and why, and what the outcome would be without it.
  static func ruling(_ ruling: Ruling, _ language: Language) -> String {
    let (outcome, otherwise) = (ruling.outcome.word[language], ruling.otherwise.word[language])
    return switch language {
    case .zh:
      "\(ruling.authority) \(ruling.document)，\(ruling.decided) 决定：\(outcome)；理由：\(ruling.reason)（未经裁量时为\(otherwise)）"
    case .en:
      "\(ruling.authority) \(ruling.document), \(ruling.decided): \(outcome); ground: \(ruling.reason) (without it: \(otherwise))"
    }
  }

  /// `P34060200017 百姓缘大药房 300.0 米`, with what is uncertain about it.
  package static func neighbour(_ neighbour: Neighbour, _ language: Language) -> String {
    let isChinese = language == .zh
    let metres = isChinese ? " 米" : " m"
    var text = neighbour.id
    if !neighbour.name.isEmpty, neighbour.name != neighbour.id { text += " " + neighbour.name }
    text += " " + FixedDecimal.metres(neighbour.distanceMetres) + metres
    if neighbour.uncertaintyMetres > 0 {
      text += " ±" + FixedDecimal.metres(neighbour.uncertaintyMetres) + metres
    }
    if neighbour.isApplicant { text += isChinese ? "（本批申请）" : " (applicant)" }
    return text
  }

  /// What a verdict hangs on that could be read otherwise.
  package static func reading(_ reading: DecidingReading, _ language: Language) -> String {
    let verdict = reading.verdictOtherwise.word[language]
    return switch language {
    case .zh:
      "\(reading.id)（\(reading.provision)）现取 \(reading.value)；"
        + "如取 \(reading.alternative)，结论为\(verdict)"
    case .en:
      "\(reading.id) (\(reading.provision)) is \(reading.value); "
        + "with \(reading.alternative) the verdict would be \(verdict)"
    }
  }

  /// The undecided applications it hangs on: the first of them, and how many there are.
  package static func hangsOn(_ finding: Finding, _ language: Language) -> String {
    let ids = finding.hangsOn
    let named = ids.prefix(hangsOnLimit).joined(separator: language == .zh ? "、" : ", ")
    let rest = ids.count + finding.moreHangsOn - hangsOnLimit
    if rest <= 0 { return named }
    let count = ids.count + finding.moreHangsOn
    return named + (language == .zh ? " 等 \(count) 件" : " and \(rest) more")
  }

  /// What was measured, the limit, and how they came about.
  package static func arithmetic(_ finding: Finding, _ language: Language) -> [String] {
    var parts: [String] = []
    if let measured = finding.measured {
      parts.append(
        (language == .zh ? "实际 " : "measured ") + Wording.quantity(measured, language))
    }
    if let limit = finding.limit {
      parts.append((language == .zh ? "限值 " : "limit ") + Wording.quantity(limit, language))
    }
    if let arithmetic = finding.arithmetic { parts.append(arithmetic[language]) }
    return parts
  }

  private static func neighbours(_ finding: Finding, _ language: Language) -> String {
    let isChinese = language == .zh
    let metres = isChinese ? " 米" : " m"
    var listed = finding.neighbours.map { neighbour($0, language) }
      .joined(separator: isChinese ? "、" : ", ")
    if finding.moreNeighbours > 0 {
      listed +=
        isChinese ? "，另有 \(finding.moreNeighbours) 家未列出" : ", and \(finding.moreNeighbours) more"
    }
    if finding.lacksRegistry {
      let absent =
        isChinese
        ? "未提供名册，周边已定点机构不明" : "no registry was given: what is designated around is not known"
      return listed.isEmpty
        ? absent : absent + (isChinese ? "；本批申请：" : "; of this batch: ") + listed
    }
    guard let circle = finding.circle else { return listed }
    let radius = FixedDecimal.metres(circle.radiusMetres) + metres
    if listed.isEmpty { return isChinese ? "半径 \(radius)内无计入机构" : "none within \(radius)" }
    return (isChinese ? "半径 \(radius)内：" : "within \(radius): ") + listed
  }

  /// The exemptions and exceptions looked at, one a line; letters leave out the ids of the profile.
  package static func considered(
    _ finding: Finding, _ language: Language, withID: Bool = true
  ) -> [String] {
    allConsidered(finding).map { consideration in
      let message = consideration.message[language]
      let head = (withID ? consideration.id + " " : "") + state(consideration, language)
      return message.isEmpty ? head : head + (language == .zh ? "：" : ": ") + message
    }
  }

  /// The exemptions and exceptions looked at, the one that holds first where it is not among them.
  static func allConsidered(_ finding: Finding) -> [Consideration] {
    var all = finding.considered
    if let exemption = finding.exemption, !all.contains(where: { $0.id == exemption.id }) {
      all.insert(exemption, at: 0)
    }
    return all
  }

  private static func state(_ consideration: Consideration, _ language: Language) -> String {
    let kind =
      switch (consideration.kind, language) {
      case (.exemption, .zh): "豁免"
      case (.exemption, .en): "exemption"
      case (.exception, .zh): "例外"
      case (.exception, .en): "exception"
      }
    let holds =
      switch (consideration.holds, language) {
      case (.yes, .zh): "成立"
      case (.yes, .en): " holds"
      case (.no, .zh): "不成立"
      case (.no, .en): " does not hold"
      case (.uncertain, .zh): "待裁量"
      case (.uncertain, .en): " is uncertain"
      case (.unknown, .zh): "资料不足"
      case (.unknown, .en): " is unknown"
      }
    return kind + holds
  }
}
