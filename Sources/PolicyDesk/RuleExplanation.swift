package import Cases
package import Diagnostics
import Expression
package import Policy
import Reading

/// One rule from its law to its tests, for a person who has to justify it.
package struct RuleExplanation: Sendable {
  package struct Section: Sendable {
    /// Nil where there is one alone.
    package var heading: Bilingual?
    package var lines: [Bilingual]

    package init(heading: Bilingual?, lines: [Bilingual]) {
      self.heading = heading
      self.lines = lines
    }
  }

  package var id: String
  package var name: String
  /// The id of its profile; nil of a built-in finding.
  package var profile: String?
  package var heading: Bilingual
  /// Those that there is anything to say about, in the order of reading.
  package var sections: [Section]

  package init(
    id: String, name: String, profile: String?, heading: Bilingual, sections: [Section]
  ) {
    self.id = id
    self.name = name
    self.profile = profile
    self.heading = heading
    self.sections = sections
  }

  /// What planlint says of one of its own findings.
  package init(_ rule: BuiltInRule) {
    self.init(
      id: rule.id, name: rule.id, profile: nil,
      heading: Bilingual(
        zh: "\(rule.id)  \(rule.summary.zh)", en: "\(rule.id)  \(rule.summary.en)"),
      sections: [Section(heading: nil, lines: rule.explanation)])
  }

  package init(_ rule: Rule, of policy: Policy, _ tests: PolicyTests?) {
    id = rule.id
    name = rule.name
    profile = policy.id
    let status =
      policy.document.isDraft
      ? Bilingual(zh: "征求意见稿", en: "draft") : Bilingual(zh: "有效", en: "in force")
    let span = "\(policy.from)–\(policy.to)"
    heading = Bilingual(
      zh: "\(rule.id) \(rule.name)（\(policy.id)，\(status.zh)，\(span)）",
      en: "\(rule.id) \(rule.name) (\(policy.id), \(status.en), \(span))")
    let use = PolicyUse(policy, rules: [rule])
    sections = [
      Section(heading: Bilingual(zh: "依据", en: "the law"), lines: Self.law(rule, policy)),
      Section(heading: Bilingual(zh: "判定", en: "the decision"), lines: Self.decision(rule, policy)),
      Section(
        heading: Bilingual(zh: "其中", en: "where"), lines: Self.definitions(policy, use)),
      Section(
        heading: Bilingual(zh: "读法", en: "the reading"), lines: Self.readings(rule, policy, use)),
      Section(
        heading: Bilingual(zh: "参数", en: "parameters"), lines: Self.parameters(policy, use)),
      Section(
        heading: Bilingual(zh: "豁免", en: "exemptions"),
        lines: Self.clauses(rule.exemptions.map { policy.exemptions[$0] }, policy)),
      Section(
        heading: Bilingual(zh: "例外", en: "exceptions"),
        lines: Self.clauses(rule.exceptions.map { policy.exceptions[$0] }, policy)),
      Section(heading: Bilingual(zh: "用语", en: "what is said"), lines: Self.messages(rule)),
      Section(
        heading: Bilingual(zh: "可采取的办法", en: "what would cure it"),
        lines: rule.remedy.map { [$0.text] } ?? []),
      Section(heading: Bilingual(zh: "示例", en: "examples"), lines: Self.examples(rule, tests)),
    ].filter { !$0.lines.isEmpty }
  }
}

// MARK: Law

extension RuleExplanation {
  private static func law(_ rule: Rule, _ policy: Policy) -> [Bilingual] {
    rule.basis.map { cited($0, policy) }
  }

  /// `《title》三(一)2 [HB-OUT-CAP，原则上]：“…”`.
  private static func cited(_ provision: Int, _ policy: Policy) -> Bilingual {
    let citation = policy.citation(provision)
    let word = citation.modality.word
    return Bilingual(
      zh:
        "《\(citation.document)》\(citation.place) [\(citation.provision)，\(word.zh)]：“\(citation.quote)”",
      en:
        "《\(citation.document)》 \(citation.place) [\(citation.provision), \(word.en)]: “\(citation.quote)”"
    )
  }

  private static func clauses(_ clauses: [Policy.Clause], _ policy: Policy) -> [Bilingual] {
    clauses.flatMap { clause in
      let law = cited(clause.basis, policy)
      let condition = oneLine(clause.program)
      return [
        Bilingual(
          zh: "\(clause.id)（\(clause.label.zh)）：当 `\(condition)`",
          en: "\(clause.id) (\(clause.label.en)): when `\(condition)`"),
        Bilingual(zh: "  " + law.zh, en: "  " + law.en),
      ]
    }
  }
}

// MARK: Decision

extension RuleExplanation {
  private static func decision(_ rule: Rule, _ policy: Policy) -> [Bilingual] {
    let labels = rule.categories?.words.map { policy.catalogue.words.category[$0].label } ?? []
    var zh = "针对\(rule.subject.word.zh)"
    var en = "speaks of \(rule.subject == .application ? "an" : "a") \(rule.subject.word.en)"
    if !labels.isEmpty {
      zh += "，类别：" + labels.map(\.zh).joined(separator: "、")
      en += ", for " + labels.map(\.en).joined(separator: ", ")
    }
    if let applies = rule.applies.map(oneLine) {
      zh += "；适用于 `\(applies)`"
      en += "; applies where `\(applies)`"
    }
    return [Bilingual(zh: zh, en: en)] + demand(rule.constraint, policy)
  }

  private static func demand(_ constraint: Constraint, _ policy: Policy) -> [Bilingual] {
    switch constraint {
    case .require(let require):
      switch require.test {
      case .condition(let program):
        let text = oneLine(program)
        return [Bilingual(zh: "应满足 `\(text)`", en: "requires `\(text)`")]
      case .measure(let measure, let relation, let limit, let within, let unit):
        let (measure, limit) = (oneLine(measure), oneLine(limit))
        let within = within.map(oneLine)
        let unit = unitName(unit)
        return [
          Bilingual(
            zh: "`\(measure)` 应\(relation.word.zh) `\(limit)`（单位：\(unit.zh)"
              + (within.map { "，容差 `\($0)`" } ?? "") + "）",
            en: "requires `\(measure)` to be \(relation.word.en) `\(limit)` (\(unit.en)"
              + (within.map { ", give or take `\($0)`" } ?? "") + ")")
        ]
      }
    case .limit(let limit): return limit.parts.map(part)
    case .spacing(let spacing):
      let circle = policy.circles[spacing.circle]
      let radius = policy.parameters[circle.radius]
      let atMost = oneLine(spacing.atMost)
      let unit = unitName(radius.unit)
      return [
        Bilingual(
          zh: "以申请机构为圆心、半径 `\(radius.name)`（\(radius.value) \(unit.zh)）的圆 `\(circle.name)` 内"
            + (spacing.countsApplicant ? "，连同申请机构" : "") + "，至多 `\(atMost)` 家",
          en: "at most `\(atMost)` in the circle `\(circle.name)` around the applicant, of radius "
            + "`\(radius.name)` (\(radius.value) \(unit.en))"
            + (spacing.countsApplicant ? ", the applicant counted" : ""))
      ]
    }
  }

  private static func part(_ part: Limit.Part) -> Bilingual {
    let over = part.over.map { scopeName($0.rawValue) }
    var zh = part.take == .place ? "每家占一个名额" : "占用所申请的床位数"
    var en = part.take == .place ? "takes one place" : "takes the beds asked for"
    zh += "，按" + over.map(\.zh).joined(separator: "、") + "合并计数"
    en += ", counted per " + over.map(\.en).joined(separator: ", ")
    if let used = part.used.map(oneLine) {
      zh += "，已占用 `\(used)`"
      en += ", on top of `\(used)`"
    }
    if let atMost = part.atMost.map(oneLine) {
      zh += "，至多 `\(atMost)`"
      en += ", to at most `\(atMost)`"
    }
    if let upTo = part.reviewUpTo.map(oneLine) {
      zh += "，超出而不过 `\(upTo)` 的由人工裁量"
      en += "; above that and up to `\(upTo)` a person decides"
    }
    if part.reviewWithoutNumber {
      zh += "，没有数字时由人工裁量"
      en += "; without a number a person decides"
    }
    if let applies = part.applies.map(oneLine) {
      zh = "限于 `\(applies)`：" + zh
      en = "where `\(applies)`: " + en
    }
    if let binds = part.binds.map(oneLine) {
      zh += "；只约束 `\(binds)` 的，其余只占名额"
      en += "; it holds those where `\(binds)`, and the others take places alone"
    }
    if part.isAdvisory {
      zh = "提示 \(part.name ?? "")：" + zh
      en = "a note, \(part.name ?? ""): " + en
    }
    return Bilingual(zh: zh, en: en)
  }

  /// What a limit or a tally counts together.
  private static func scopeName(_ scope: String) -> Bilingual {
    let names: [String: String] = [
      "city": "全市", "district": "区县", "street": "街道", "year": "年度", "category": "定点类别",
      "kind": "机构类别",
    ]
    return Bilingual(zh: names[scope] ?? scope, en: scope)
  }

  /// A unit as a report says it; a number may have none.
  private static func unitName(_ unit: String) -> Bilingual {
    let word = UnitWord.of(unit)?.word ?? Bilingual(zh: unit, en: unit)
    return Bilingual(
      zh: word.zh.isEmpty ? "无单位" : word.zh, en: word.en.isEmpty ? "no unit" : word.en)
  }

  /// The figures, conditions, circles, tallies and apportionments that it rests on.
  private static func definitions(_ policy: Policy, _ use: PolicyUse) -> [Bilingual] {
    var lines: [Bilingual] = []
    func add(_ text: String) { lines.append(Bilingual(zh: text, en: text)) }
    for item in use.reach.conditions.map({ policy.conditions[$0] }) {
      add("\(item.name) = `\(oneLine(item.program))`")
    }
    for item in use.reach.figures.map({ policy.figures[$0] }) {
      let sources = item.sources.map { "`\(oneLine($0))`" }.joined(separator: ", ")
      let unit = unitName(item.unit)
      lines.append(
        Bilingual(
          zh: "\(item.name) = \(sources)（\(unit.zh)）", en: "\(item.name) = \(sources) (\(unit.en))")
      )
    }
    for item in use.reach.circles.map({ policy.circles[$0] }) {
      add("\(item.name): `\(oneLine(item.program))`")
    }
    for item in use.reach.tallies.map({ policy.tallies[$0] }) {
      let over = item.over.map { scopeName($0.rawValue) }
      let (sum, program) = (item.sum == .beds, oneLine(item.program))
      lines.append(
        Bilingual(
          zh: "\(item.name)：名册中的\(sum ? "床位数" : "机构数")，按"
            + over.map(\.zh).joined(separator: "、") + "，限于 `\(program)`",
          en: "\(item.name): \(sum ? "beds" : "institutions") of the registry per "
            + over.map(\.en).joined(separator: ", ") + ", where `\(program)`"))
    }
    for item in use.reach.allocations.map({ policy.allocations[$0] }) {
      let shares = item.shares.map { share in
        let part = share.part.map { "`\(oneLine($0))` × " } ?? ""
        let whole = share.of.map { " / `\(oneLine($0))`" } ?? ""
        return part + "`\(oneLine(share.weight))`" + whole
      }
      add("\(item.name): `\(oneLine(item.total))` / " + shares.joined(separator: " + "))
    }
    var result = lines
    for item in use.reach.figures.map({ policy.figures[$0] }) {
      guard let confidence = item.reconstructed else { continue }
      result.append(
        Bilingual(
          zh: "\(item.name)：原文公式为图片，按文意推定（可信度：\(Policy.confidence(confidence))）",
          en: "\(item.name) is reconstructed, its image being lost (confidence \(confidence))"))
    }
    for item in use.reach.allocations.map({ policy.allocations[$0] }) {
      result += policy.reconstructedShares(of: item)
    }
    return result
  }
}

extension Require.Relation {
  fileprivate var word: Bilingual {
    switch self {
    case .atLeast: Bilingual(zh: "不少于", en: "at least")
    case .atMost: Bilingual(zh: "不超过", en: "at most")
    case .above: Bilingual(zh: "高于", en: "above")
    case .below: Bilingual(zh: "低于", en: "below")
    case .equals: Bilingual(zh: "等于", en: "equal to")
    }
  }
}

// MARK: Readings and parameters

extension RuleExplanation {
  private static func readings(_ rule: Rule, _ policy: Policy, _ use: PolicyUse) -> [Bilingual] {
    let provisions = rule.basis.compactMap { policy.provisions[$0].reading }
    return provisions
      + use.reach.readings.map { policy.readings[$0] }.map { reading in
        let others = reading.alternatives.joined(separator: ", ")
        return Bilingual(
          zh: "\(reading.name) = \(reading.value)（另可取 \(others)）：\(reading.explanation.zh)",
          en: "\(reading.name) = \(reading.value) (or \(others)): \(reading.explanation.en)")
      }
  }

  private static func parameters(_ policy: Policy, _ use: PolicyUse) -> [Bilingual] {
    use.reach.parameters.map { policy.parameters[$0] }.map { parameter in
      let basis = policy.provisions[parameter.basis]
      let others = parameter.alternatives.map(\.description).joined(separator: ", ")
      let unit = UnitWord.of(parameter.unit)?.word
      func value(_ unit: String) -> String {
        "\(parameter.name) = \(parameter.value)" + (unit.isEmpty ? "" : " " + unit)
      }
      return Bilingual(
        zh: value(unit?.zh ?? parameter.unit) + (others.isEmpty ? "" : "（另可取 \(others)）")
          + " [\(basis.id)]"
          + (parameter.reading.map { "：" + $0.zh } ?? ""),
        en: value(unit?.en ?? parameter.unit) + (others.isEmpty ? "" : " (or \(others))")
          + " [\(basis.id)]"
          + (parameter.reading.map { ": " + $0.en } ?? ""))
    }
  }
}

// MARK: Messages and tests

extension RuleExplanation {
  private static func messages(_ rule: Rule) -> [Bilingual] {
    var lines = [rule.message.text]
    if let arithmetic = rule.arithmetic { lines.append(arithmetic.text) }
    func add(_ message: Template, _ name: String?) {
      let name = name.map { "\($0): " } ?? ""
      lines.append(Bilingual(zh: name + message.text.zh, en: name + message.text.en))
    }
    if case .limit(let limit) = rule.constraint {
      for part in limit.parts {
        if let message = part.message { add(message, part.name) }
      }
    }
    for note in rule.notes { add(note.message, note.name) }
    return lines
  }

  /// The first case on each side, of applications for a rule about these and of plans for one about plans: one provision may decide
  /// both.
  private static func examples(_ rule: Rule, _ tests: PolicyTests?) -> [Bilingual] {
    guard let tests else { return [] }
    let cases = tests.cases.filter {
      $0.rule?.value == rule.id && $0.isOfPlan == (rule.subject != .application)
    }
    let (inside, outside) = sides(rule.constraint)
    let words: [(PolicyTests.Side?, Bilingual)] = [
      (.inside, inside), (.at, Bilingual(zh: "等于限值", en: "at the limit")),
      (.outside, outside), (nil, Bilingual(zh: "其他", en: "other")),
    ]
    let index = LineIndex(tests.file)
    return words.compactMap { side, word in
      guard let example = cases.first(where: { $0.side == side }) else { return nil }
      let place = "\(tests.file.path):\(index.position(of: example.range.start).line)"
      return Bilingual(
        zh: "\(word.zh)：\(example.name)（\(place)）", en: "\(word.en): \(example.name) (\(place))")
    }
  }

  /// What the two sides of a rule's limit are called.
  private static func sides(_ constraint: Constraint) -> (inside: Bilingual, outside: Bilingual) {
    let above = Bilingual(zh: "超过限值", en: "above the limit")
    let notAbove = Bilingual(zh: "未超过限值", en: "below the limit")
    switch constraint {
    case .limit, .spacing: return (notAbove, above)
    case .require(let require):
      guard case .measure(_, let relation, _, _, _) = require.test else {
        return (Bilingual(zh: "符合", en: "holds"), Bilingual(zh: "不符合", en: "does not hold"))
      }
      switch relation {
      case .atMost, .below: return (notAbove, above)
      case .atLeast, .above:
        return (
          Bilingual(zh: "高于限值", en: "above the limit"), Bilingual(zh: "低于限值", en: "below the limit")
        )
      case .equals:
        return (
          Bilingual(zh: "相符", en: "as it should be"),
          Bilingual(zh: "不相符", en: "not as it should be")
        )
      }
    }
  }

  /// An expression as it is written, its line breaks as spaces.
  private static func oneLine(_ program: Program) -> String {
    program.source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
