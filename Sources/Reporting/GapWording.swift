import Diagnostics

/// What every form of a map of gaps says in words.
package enum GapWording {
  /// `1.234 平方公里` from a tenth of a square kilometre on, else `12,345 平方米` without a separator.
  static func area(_ squareMetres: Double, _ language: Language) -> String {
    let isLarge = squareMetres >= 100_000
    let value =
      isLarge
      ? FixedDecimal.text(squareMetres / 1e6, places: 3)
      : FixedDecimal.text(squareMetres, places: 0)
    switch language {
    case .zh: return (value ?? "?") + (isLarge ? " 平方公里" : " 平方米")
    case .en: return (value ?? "?") + (isLarge ? " km²" : " m²")
    }
  }

  static func degrees(_ value: Double) -> String { FixedDecimal.text(value, places: 6) ?? "?" }

  static func place(_ place: GapReport.Place) -> String {
    degrees(place.longitude) + "," + degrees(place.latitude)
  }

  static func newcomer(_ report: GapReport) -> Bilingual {
    Bilingual(
      zh: report.kind.label.zh + "，申请" + report.categories.map(\.label.zh).joined(separator: "、"),
      en: report.kind.label.en + ", asking for "
        + report.categories.map(\.label.en).joined(separator: ", "))
  }

  static func boundary(_ report: GapReport) -> Bilingual {
    let total = report.boundary.areas.reduce(0) { $0 + $1.areaSquareMetres }
    let (zh, en) = (area(total, .zh), area(total, .en))
    if let path = report.boundary.path {
      let count = report.boundary.areas.count
      return Bilingual(
        zh: "\(path)（\(count) 个面，共 \(zh)）",
        en: "\(path) (\(count == 1 ? "1 area" : "\(count) areas"), \(en))")
    }
    return Bilingual(
      zh: "未提供范围，取名册中各机构所在地的最小凸多边形，共 \(zh)（可用 --within 给出范围）",
      en: "none was given: the convex hull of the registry's places, \(en) (--within gives another)"
    )
  }

  /// What a rule asks of a place.
  static func demand(_ rule: GapReport.CircleRule, limits: [String?]) -> Bilingual {
    let radii = rule.radiiMetres.map { FixedDecimal.metres($0) }
    let (zh, en) = (
      radii.joined(separator: "、") + " 米", radii.joined(separator: ", ") + " m"
    )
    let band = FixedDecimal.metres(rule.accuracyMetres)
    let accuracy = Bilingual(
      zh: "；坐标误差按每点至少 \(band) 米计", en: "; each place is taken to be accurate to \(band) m at best")
    if let exception = rule.exception {
      return Bilingual(
        zh: "半径 \(zh)；圆内情形决定例外是否成立（\(exception.zh)）：有名额时处处可行，名额用完时只在例外成立之处由人工裁量"
          + accuracy.zh,
        en:
          "within \(en); the circle decides whether an exception holds (\(exception.en)): with places left any site will do, with none left a person may decide where it holds"
          + accuracy.en)
    }
    var known: [String] = []
    for limit in limits.compactMap(\.self) where !known.contains(limit) { known.append(limit) }
    let most = known.joined(separator: " / ")
    let own = Bilingual(
      zh: rule.countsApplicant ? "计入拟新增机构" : "不计拟新增机构",
      en: rule.countsApplicant ? "the newcomer included" : "the newcomer not counted")
    return Bilingual(
      zh: "半径 \(zh)内\(own.zh)至多 \(known.isEmpty ? "?" : most) 家" + accuracy.zh,
      en: "at most \(known.isEmpty ? "?" : most) within \(en), \(own.en)" + accuracy.en)
  }

  static func scenario(_ scenario: GapReport.Scenario) -> Bilingual? {
    if scenario.combinations.allSatisfy(\.isEmpty) { return nil }
    func words(_ language: Language) -> String {
      scenario.combinations.map { combination in
        combination.map { "\($0.label[language]) = \($0.valueLabel[language])" }
          .joined(separator: language == .zh ? "，" : ", ")
      }.joined(separator: language == .zh ? "；或" : "; or ")
    }
    return Bilingual(zh: words(.zh), en: words(.en))
  }

  static func unplaced(_ report: GapReport) -> Bilingual? {
    if report.unplaced.isEmpty { return nil }
    let total = report.unplaced.reduce(0) { $0 + $1.count }
    let zh = report.unplaced.map { "\($0.district ?? "区县不明") \($0.count) 家" }
    let en = report.unplaced.map { "\($0.district ?? "no district") \($0.count)" }
    return Bilingual(
      zh: "名册中 \(total) 家同类机构没有坐标，未计入：\(zh.joined(separator: "，"))。它们可能位于本区任何一处，空白以此为前提",
      en:
        "not placed in the registry, and so in no circle of the map: \(total) that would count (\(en.joined(separator: ", "))). Each may stand anywhere in its district; what is free is so on this condition"
    )
  }

  static func outcome(_ outcome: Outcome) -> Bilingual {
    switch outcome {
    case .pass: Bilingual(zh: "空白", en: "free")
    case .review: Bilingual(zh: "需实地核实或人工裁量", en: "to be checked on site or decided by a person")
    default: Bilingual(zh: "资料不足", en: "data missing")
    }
  }

  /// The district of a gap, as far as it is known.
  static func district(_ gap: GapReport.Gap, _ report: GapReport, _ language: Language) -> String {
    let area = report.boundary.areas[gap.area]
    if let district = area.district ?? area.name { return district }
    let near = gap.nearestDistricts.joined(separator: language == .zh ? "、" : ", ")
    if near.isEmpty { return language == .zh ? "区县不明" : "district not known" }
    return language == .zh ? "邻近机构属\(near)" : "nearest institutions: \(near)"
  }

  static func nearest(_ nearest: GapReport.Nearest, _ language: Language) -> String {
    "\(nearest.id) \(nearest.name) \(FixedDecimal.metres(nearest.distanceMetres)) "
      + (language == .zh ? "米" : "m")
  }

  /// What the other rules come to: each rule with one outcome, and where.
  struct Elsewhere {
    var finding: Finding
    /// The districts and streets.
    var names: [String]
    /// Whether its sentence is the same in all of them.
    var isOneSentence: Bool
    /// The paths of what is missing, in all of them.
    var needs: [String]

    /// So many paths are named for people; GeoJSON has all.
    private static let needsLimit = 6

    func needs(_ language: Language) -> String? {
      if needs.isEmpty { return nil }
      let isChinese = language == .zh
      let named = needs.prefix(Self.needsLimit).joined(separator: isChinese ? "、" : ", ")
      if needs.count <= Self.needsLimit { return named }
      return named
        + (isChinese ? " 等 \(needs.count) 项" : " and \(needs.count - Self.needsLimit) more")
    }

    /// The outcome, what was found where that is the same everywhere, and where.
    func text(_ language: Language) -> String {
      let isChinese = language == .zh
      // A message without a gist says its outcome itself.
      var text = finding.gist == nil && isOneSentence ? "" : finding.outcomeWord[language]
      if isOneSentence {
        text += text.isEmpty ? "" : isChinese ? "：" : ": "
        text += (finding.gist ?? finding.message)[language]
      }
      let places = names.filter { !$0.isEmpty }.joined(separator: isChinese ? "、" : ", ")
      if places.isEmpty { return text }
      return text + (isChinese ? "（\(places)）" : " (\(places))")
    }
  }

  static func elsewhere(_ report: GapReport) -> [Elsewhere] {
    var found: [Elsewhere] = []
    for place in report.elsewhere {
      let name = [place.district, place.street].compactMap(\.self).joined(separator: " ")
      for finding in place.findings {
        let same = found.firstIndex {
          $0.finding.rule == finding.rule && $0.finding.category == finding.category
            && $0.finding.outcome == finding.outcome
        }
        guard let same else {
          found.append(
            Elsewhere(finding: finding, names: [name], isOneSentence: true, needs: finding.needs))
          continue
        }
        let sentence = found[same].finding.gist ?? found[same].finding.message
        if sentence != finding.gist ?? finding.message { found[same].isOneSentence = false }
        found[same].names.append(name)
        found[same].needs += finding.needs.filter { !found[same].needs.contains($0) }
      }
    }
    return found
  }

  /// What becomes of a rule in the gaps that does not hold elsewhere, where an exception says so.
  static func inGaps(_ finding: Finding, _ report: GapReport) -> Bilingual? {
    guard finding.outcome != .pass,
      let exception = report.rules.first(where: { $0.rule == finding.rule })?.exception
    else { return nil }
    return Bilingual(
      zh: "在上列空白处，例外（\(exception.zh)）成立，由人工裁量",
      en: "in the gaps above an exception holds (\(exception.en)), and a person decides")
  }

  /// What nobody may take the map for.
  static let caveats = [
    Bilingual(
      zh: "空白仅就各圆而言；能否纳入另看名额和其他规则（见下），区县以申请所填为准",
      en:
        "free means by the circles alone; whether a newcomer is admitted hangs on places and the other rules too (below), and the district is the one that the application names"
    ),
    Bilingual(
      zh: "边线在圆外 1 米以内，边线以内各点均满足各圆；面积按所列多边形在椭球面上计算",
      en:
        "edges lie within 1 m outside the circles, and every point inside them keeps to all circles; areas are those of the polygons on the ellipsoid"
    ),
  ]

  /// The last line: how many, and how much of the area.
  static func count(_ scenario: GapReport.Scenario, _ language: Language) -> String {
    let free = scenario.gaps.count { $0.outcome == .pass }
    let review = scenario.gaps.count { $0.outcome == .review }
    let unknown = scenario.gaps.count { $0.outcome == .unknown }
    switch language {
    case .zh:
      var text = "共 \(free) 处空白，\(area(scenario.freeSquareMetres, .zh))"
      text += "；需实地核实 \(review) 处，\(area(scenario.reviewSquareMetres, .zh))"
      if unknown > 0 { text += "；资料不足 \(unknown) 处，\(area(scenario.unknownSquareMetres, .zh))" }
      if scenario.tooSmall > 0 { text += "；不足 1 平方米的 \(scenario.tooSmall) 处略去" }
      return text
    case .en:
      var text = "\(free) \(free == 1 ? "gap" : "gaps"), \(area(scenario.freeSquareMetres, .en))"
      text += "; \(review) to be checked on site, \(area(scenario.reviewSquareMetres, .en))"
      if unknown > 0 {
        text += "; \(unknown) where data are missing, \(area(scenario.unknownSquareMetres, .en))"
      }
      if scenario.tooSmall > 0 { text += "; \(scenario.tooSmall) of less than 1 m² left out" }
      return text
    }
  }
}
