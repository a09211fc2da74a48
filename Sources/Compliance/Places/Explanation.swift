import Diagnostics
import Expression
import Reading
import Spatial

/// Makes findings of decisions: the sentence, the arithmetic, the law and the way out.
///
/// Nothing is decided here; the figures shown are those that the decision was made with. The competition is over and does not
/// change; whoever explains has a context of its own.
final class Explanation {
  /// The ids of undecided applications that a sentence names; the finding has more.
  private static let namedLimit = 12

  private let competition: Competition
  /// Where the profile stands among those of the report.
  private let profile: Int
  private let policy: Policy
  private let batch: Batch
  private let context: EvaluationContext
  /// By rule: what is said the same of every application.
  private var fixedArithmetic: [Int: Bilingual?] = [:]
  private var fixedRemedy: [Int: Bilingual?] = [:]
  /// The decision that is explained.
  private var shown = (member: 0, decision: 0)

  init(_ competition: Competition, profile: Int) {
    self.competition = competition
    self.profile = profile
    policy = competition.policy
    batch = competition.batch
    context = EvaluationContext(
      policy: competition.policy, settings: competition.context.settings,
      facts: competition.batch.facts, registry: competition.batch.registry,
      terms: competition.terms, classes: competition.records.applicationClasses)
    context.makeRecord = { [competition] in competition.record(of: $0) }
    // A circle counts what it counted at the application's turn, not what was admitted later.
    context.circleCount = { [unowned self, competition] circle in
      competition.results[shown.member].decisions[shown.decision].sureCount(ofCircle: circle)
        .map { .decimal(.count($0)) } ?? .null
    }
  }

  func result(_ member: Int, readings: [DecidingReading]) -> SubjectResult {
    let application = batch.applications[competition.members[member]]
    context.look(at: competition.members[member], of: batch)
    let decisions = competition.results[member].decisions
    var findings: [Finding] = []
    findings.reserveCapacity(decisions.count + readings.count)
    for (number, decision) in decisions.enumerated() {
      shown = (member, number)
      findings.append(finding(decision, application, member))
    }
    for reading in readings {
      findings.append(policy.note(reading, at: location(application, .id)))
    }
    return SubjectResult(
      type: .application, id: application.id, name: application.name, profile: profile,
      verdict: competition.results[member].verdict, findings: findings, readings: readings)
  }

  private func location(_ application: Application, _ field: ApplicationField) -> Location {
    Location(
      file: batch.files[application.source.file], range: application.source.range(of: field))
  }

  // MARK: Rules

  private func finding(_ decision: Decision, _ application: Application, _ member: Int) -> Finding {
    guard case .rule(let index) = decision.rule else { return builtIn(decision, application) }
    let rule = policy.rules[index]
    _ = context.choose(decision.category)
    context.extras = extras(decision)
    defer { context.extras = [] }
    let terms = competition.terms.rule(index)
    var citations = terms?.citations ?? []
    let part = part(rule, decision)
    let note = decision.note.map { rule.notes[$0] }
    let unit = note?.require.unit ?? unit(rule, part)
    // A part or note that has a sentence of its own says it.
    let template = note?.message ?? part?.message ?? rule.message
    let name = decision.outcome == .note ? note?.name ?? part?.name : nil
    var finding = Finding(
      rule: rule.id, name: name ?? rule.name,
      outcome: decision.outcome, modality: rule.modality,
      message: Bilingual(zh: "", en: ""),
      location: location(application, field(rule, terms?.pointsAt, decision, application)),
      citations: [])
    finding.message = message(decision, application, finding.outcomeWord, template)
    finding.category = decision.category?.word
    finding.measured = decision.measured.map { quantity($0.low, $0.high, unit) }
    finding.limit = decision.limit.map { Quantity(value: $0.description, unit: unit) }
    finding.arithmetic = arithmetic(
      rule, index, decision, isFixed: terms?.hasFixedArithmetic ?? false)
    if case .limit = rule.constraint, decision.outcome != .note, decision.outcome != .exempt {
      finding.rank = decision.rank
      finding.tieBreak = tieBreak(decision, member)
    }
    if let circle = decision.circle {
      show(circle.evidence, in: &finding)
    }
    finding.needs = decision.needs
    finding.hangsOn = decision.hangsOn.map {
      batch.applications[competition.members[$0]].id
    }
    finding.moreHangsOn = decision.moreHangsOn
    if let exemption = decision.exemption {
      let clause = policy.exemptions[exemption]
      finding.exemption = Consideration(
        id: clause.id, kind: .exemption, holds: .yes, message: clause.label,
        citation: competition.terms.citations[clause.basis])
      citations.append(competition.terms.citations[clause.basis])
    }
    for considered in decision.considered {
      let clauses = considered.kind == .exemption ? policy.exemptions : policy.exceptions
      let clause = clauses[considered.clause]
      finding.considered.append(
        Consideration(
          id: clause.id, kind: considered.kind, holds: considered.holds,
          message: explained(clause, considered, application),
          citation: competition.terms.citations[clause.basis]))
      if considered.holds == .yes { citations.append(competition.terms.citations[clause.basis]) }
      if finding.neighbours.isEmpty, let circle = considered.circles.first {
        show(circle.evidence, in: &finding)
      }
    }
    if let waiver = decision.waiver { finding.waiver = batch.waivers?.entries[waiver].waiver }
    switch decision.outcome {
    case .fail, .review, .unknown, .waived:
      finding.remedy = remedy(rule, index, isFixed: terms?.hasFixedRemedy ?? false)
    case .pass, .exempt, .note, .notApplicable: break
    }
    finding.citations = citations
    finding.reconstructed = terms?.reconstructed ?? []
    return finding
  }

  /// Values of the names that messages may use beside those of conditions; see ``PolicyNames/extras``.
  private func extras(_ decision: Decision) -> [Value] {
    func number(_ value: Exact?) -> Value { value.map(Value.decimal) ?? .null }
    let measured =
      decision.outcome == .fail || decision.outcome == .waived
      ? decision.measured?.low : decision.measured?.high
    return [
      number(measured),
      decision.limit.map(Value.decimal) ?? decision.openLimit.map(Value.unknown) ?? .null,
      number(decision.usage?.used),
      number(decision.usage.map { .count($0.takenLow) }),
      number(decision.usage.map { .count($0.take) }), number(decision.rank.map { .count($0) }),
      number(radius(decision)),
    ]
  }

  private func radius(_ decision: Decision) -> Exact? {
    decision.circle.flatMap {
      context.settings.parameters[policy.circles[$0.index].radius].exact
    }
  }

  private func part(_ rule: Rule, _ decision: Decision) -> Limit.Part? {
    guard case .limit(let limit) = rule.constraint, let part = decision.part else { return nil }
    return limit.parts[part]
  }

  private func unit(_ rule: Rule, _ part: Limit.Part?) -> String {
    switch rule.constraint {
    case .require(let require): return require.unit
    case .limit: return (part?.take ?? .place).unit
    case .spacing: return "institutions"
    }
  }

  private func quantity(_ low: Exact, _ high: Exact, _ unit: String) -> Quantity {
    Quantity(value: low == high ? low.description : "\(low)..\(high)", unit: unit)
  }

  private func field(
    _ rule: Rule, _ pointsAt: ApplicationField?, _ decision: Decision, _ application: Application
  ) -> ApplicationField {
    // What is missing from the application has no place of its own: its id stands for it.
    if let pointsAt, application.source.fields[pointsAt] != nil {
      return pointsAt
    }
    switch rule.constraint {
    case .require: return .id
    case .spacing: return .location
    case .limit:
      if case .beds? = part(rule, decision)?.take { return .beds }
      return .id
    }
  }

  // MARK: Sentences

  /// The bytes that are added to a message at most often.
  private static let messageRoom = 64

  private func message(
    _ decision: Decision, _ application: Application, _ word: Bilingual, _ template: Template
  ) -> Bilingual {
    if decision.outcome == .notApplicable {
      return Bilingual(zh: "不适用", en: "not applicable")
    }
    var zh = ""
    var en = ""
    let room = template.room + Self.messageRoom
    zh.reserveCapacity(room)
    en.reserveCapacity(room)
    zh += word.zh
    zh += "："
    en += word.en
    en += ": "
    if decision.outcome == .exempt, let exemption = decision.exemption {
      let clause = policy.exemptions[exemption]
      let at = policy.provisions[clause.basis].at
      zh += "属于\(clause.label.zh)（\(at)），不适用本条"
      en += "\(clause.label.en) (\(at)): this rule does not apply"
    } else if decision.takesNone, decision.outcome == .pass {
      let isReplacer = application.replaces != nil
      zh += "不占用名额：" + (isReplacer ? "接替退出的定点机构" : "已具有该类别定点资格或未新增")
      en +=
        isReplacer
        ? "takes no place: it replaces a leaving institution"
        : "takes no place: it holds the category already or adds nothing"
    } else {
      template.render(context, zh: &zh, en: &en)
    }
    if let rank = decision.rank, decision.outcome == .fail || decision.outcome == .review,
      !decision.lacksNumber
    {
      zh += "，按择优顺序排第 \(rank)"
      en += "; number \(rank) in the order of merit"
    }
    if decision.outcome == .review {
      let why = whyReview(decision)
      zh += "；" + why.zh
      en += "; " + why.en
    }
    if decision.outcome == .unknown {
      zh += "；缺少资料：" + decision.needs.joined(separator: "、")
      en += "; data missing: " + decision.needs.joined(separator: ", ")
    }
    return Bilingual(zh: zh, en: en)
  }

  /// Why the text leaves it to a person.
  private func whyReview(_ decision: Decision) -> Bilingual {
    if decision.lacksNumber {
      return Bilingual(zh: "文件未给出数量，由人工裁量", en: "the text gives no number, so a person decides")
    }
    if let exception = decision.considered.first(where: {
      $0.kind == .exception && $0.holds == .yes
    }) {
      let label = policy.exceptions[exception.clause].label
      return Bilingual(
        zh: "\(label.zh)成立，是否纳入由人工裁量",
        en: "the \(label.en) holds, so a person decides on admission")
    }
    var zh: [String] = []
    var en: [String] = []
    if !decision.hangsOn.isEmpty {
      let named = decision.hangsOn.prefix(Self.namedLimit).map {
        batch.applications[competition.members[$0]].id
      }
      let count = decision.hangsOn.count + decision.moreHangsOn
      let rest = count - named.count
      zh.append(
        "取决于尚未定论的申请 " + named.joined(separator: "、") + (rest > 0 ? " 等 \(count) 件" : ""))
      en.append(
        "it hangs on the undecided " + named.joined(separator: ", ")
          + (rest > 0 ? " and \(rest) more" : ""))
    }
    let circles = [decision.circle].compactMap(\.self) + decision.considered.flatMap(\.circles)
    if let worst = circles.flatMap(\.evidence.withinAccuracy.named).map(\.uncertaintyMetres).max() {
      zh.append("距离在坐标精度（±\(Metres.text(worst)) 米）之内，须实地核实")
      en.append(
        "a distance lies within the accuracy of the coordinates (±\(Metres.text(worst)) m) and has to be checked on site"
      )
    }
    if zh.isEmpty {
      return Bilingual(zh: "文件留有裁量余地，由人工裁量", en: "the text leaves it open, so a person decides")
    }
    return Bilingual(zh: zh.joined(separator: "；"), en: en.joined(separator: "; "))
  }

  private func explained(
    _ clause: Policy.Clause, _ considered: Decision.Considered, _ application: Application
  ) -> Bilingual {
    guard let circle = considered.circles.first else {
      if considered.kind == .exemption, considered.holds == .no {
        let claimed = application.circumstances.words
        return claimed.isEmpty
          ? Bilingual(zh: "\(clause.label.zh)：未申报", en: "\(clause.label.en): not claimed")
          : Bilingual(
            zh: "\(clause.label.zh)：申报的情形（\(claimed.map(\.label.zh).joined(separator: "、"))）不在其列",
            en:
              "\(clause.label.en): what is claimed (\(claimed.map(\.label.en).joined(separator: ", "))) is not among them"
          )
      }
      return clause.label
    }
    let radius = Metres.text(circle.evidence.radiusMetres)
    guard let nearest = circle.evidence.nearest else {
      if !circle.evidence.missing.isEmpty {
        return Bilingual(
          zh: "\(clause.label.zh)：半径 \(radius) 米内的机构资料不全",
          en: "\(clause.label.en): what lies within \(radius) m is not fully known")
      }
      return Bilingual(
        zh: "\(clause.label.zh)：半径 \(radius) 米内没有所指机构",
        en: "\(clause.label.en): no such institution within \(radius) m")
    }
    let who = name(of: nearest.who)
    let distance = Metres.text(nearest.distanceMetres)
    return Bilingual(
      zh: "\(clause.label.zh)：最近的为 \(who.id)，\(distance) 米（半径 \(radius) 米）",
      en: "\(clause.label.en): the nearest is \(who.id), \(distance) m away (radius \(radius) m)")
  }

  private func remedy(_ rule: Rule, _ index: Int, isFixed: Bool) -> Bilingual? {
    guard isFixed else { return rule.remedy?.rendered(context) }
    if let known = fixedRemedy[index] { return known }
    let remedy = rule.remedy?.rendered(context)
    fixedRemedy[index] = .some(remedy)
    return remedy
  }

  private func ownArithmetic(_ rule: Rule, _ index: Int, isFixed: Bool) -> Bilingual? {
    guard isFixed else { return rule.arithmetic?.rendered(context) }
    if let known = fixedArithmetic[index] { return known }
    let arithmetic = rule.arithmetic?.rendered(context)
    fixedArithmetic[index] = .some(arithmetic)
    return arithmetic
  }

  private func arithmetic(
    _ rule: Rule, _ index: Int, _ decision: Decision, isFixed: Bool
  ) -> Bilingual? {
    let own = decision.outcome == .note ? nil : ownArithmetic(rule, index, isFixed: isFixed)
    guard let usage = decision.usage, decision.outcome != .exempt else { return own }
    func sum(
      _ words: (used: String, taken: String, own: String, to: String), then rest: String?
    ) -> String {
      var text = ""
      text.reserveCapacity(112 + (rest?.utf8.count ?? 0))
      func add(_ low: String, _ high: @autoclosure () -> String, isRange: Bool) {
        text += low
        if isRange {
          text += words.to
          text += high()
        }
      }
      text += words.used
      text += usage.used.description
      text += words.taken
      add(
        usage.takenLow.description, usage.takenHigh.description,
        isRange: usage.takenLow != usage.takenHigh)
      text += words.own
      text += usage.take.description
      if let measured = decision.measured {
        text += " = "
        add(
          measured.low.description, measured.high.description,
          isRange: measured.low != measured.high)
      }
      if let rest { text += rest }
      return text
    }
    return Bilingual(
      zh: sum(("已用 ", " + 本批已取得 ", " + 本申请 ", "～"), then: own.map { "；" + $0.zh }),
      en: sum(
        ("used ", " + taken in this batch ", " + this application ", " to "),
        then: own.map { "; " + $0.en }
      ))
  }

  private func tieBreak(_ decision: Decision, _ member: Int) -> Bilingual? {
    guard let before = decision.before else { return nil }
    let other = batch.applications[competition.members[before]].id
    switch competition.order?.decidingStep(before, member) ?? .id {
    case .exempt: return Bilingual(zh: "在 \(other) 之后：对方豁免", en: "after \(other), which is exempt")
    case .priority:
      return Bilingual(zh: "在 \(other) 之后：对方属优先情形", en: "after \(other), which has priority")
    case .score:
      return Bilingual(zh: "在 \(other) 之后：评估得分较低", en: "after \(other) by evaluation score")
    case .submitted:
      return Bilingual(zh: "在 \(other) 之后：申请日期较晚", en: "after \(other) by day of submission")
    case .id: return Bilingual(zh: "在 \(other) 之后：按申请编号", en: "after \(other) by id")
    }
  }

  // MARK: Circles

  private func name(of who: CircleEvidence.Counted.Who) -> (id: String, name: String) {
    switch who {
    case .institution(let row):
      let institution = batch.registry.institutions[row]
      return (institution.id, institution.name)
    case .application(let index):
      return (batch.applications[index].id, batch.applications[index].name)
    }
  }

  private func show(_ evidence: CircleEvidence, in finding: inout Finding) {
    finding.neighbours = neighbours(evidence)
    finding.moreNeighbours = evidence.unnamedCount
    finding.circle = evidence.center.map {
      Circle(
        longitude: $0.longitude, latitude: $0.latitude, radiusMetres: evidence.radiusMetres)
    }
  }

  private func neighbours(_ evidence: CircleEvidence) -> [Neighbour] {
    // Of several at one distance the first is not a matter of the order of the input.
    let counted = evidence.named.sorted { a, b in
      a.distanceMetres != b.distanceMetres
        ? a.distanceMetres < b.distanceMetres : name(of: a.who).id < name(of: b.who).id
    }
    let open = Set(evidence.withinAccuracy.named.map(\.who))
    return counted.map { counted in
      let (id, name) = name(of: counted.who)
      let isApplicant: Bool
      if case .application = counted.who { isApplicant = true } else { isApplicant = false }
      let place = coordinate(of: counted.who)
      return Neighbour(
        id: id, name: name, distanceMetres: counted.distanceMetres, isApplicant: isApplicant,
        uncertaintyMetres: open.contains(counted.who) ? counted.uncertaintyMetres : 0,
        longitude: place.longitude, latitude: place.latitude)
    }
  }

  private func coordinate(of who: CircleEvidence.Counted.Who) -> Coordinate {
    let place =
      switch who {
      case .application(let index): competition.records.places[index]
      case .institution(let row): batch.registry.places[row]
      }
    return place ?? Coordinate(longitude: 0, latitude: 0)
  }

  // MARK: Findings of planlint's own

  private func builtIn(_ decision: Decision, _ application: Application) -> Finding {
    let header = policy.headerCitation
    let (id, message): (String, Bilingual)
    switch decision.rule {
    case .profileNotInForce, .rule:
      id = BuiltInRule.profileNotInForce.id
      message = Bilingual(
        zh:
          "申请日期 \(application.submitted) 不在政策档案 \(policy.id) 的施行期（\(policy.from) 至 \(policy.to)）内，按最接近的档案检查，须人工确认适用依据",
        en:
          "submitted on \(application.submitted), outside the span of \(policy.id) (\(policy.from) to \(policy.to)); the nearest profile is applied and a person has to confirm what governs"
      )
    case .stockDiffers(let category, let isOfDistrict):
      id = BuiltInRule.stockDiffers.id
      let place = isOfDistrict ? application.district : nil
      let difference = batch.differingStock(category, in: place)
      let stated = difference?.facts.description ?? ""
      let counted = difference.map { String($0.registry) } ?? ""
      message = Bilingual(
        zh:
          "基础数据中\(place ?? "")\(category.label.zh)现有 \(stated) 家，名册中有 \(counted) 家，以基础数据为准",
        en:
          "the facts give \(place.map { "\($0) " } ?? "")a stock of \(stated) for \(category.word), the registry has \(counted); the facts count"
      )
    case .factsOfAnotherYear:
      id = BuiltInRule.factsOfAnotherYear.id
      message = Bilingual(
        zh:
          "基础数据为 \(batch.facts.year.map(String.init) ?? "") 年，申请提交于 \(application.submitted.year) 年；已公布的年度计划只约束基础数据当年的申请",
        en:
          "the facts are of \(batch.facts.year.map(String.init) ?? ""), the application of \(application.submitted.year); a published yearly plan binds the year of the facts alone"
      )
    case .kindAndCategory(let category):
      id = BuiltInRule.kindAndCategory.id
      message = application.misfit(category)
    }
    let field: ApplicationField =
      switch decision.rule {
      case .stockDiffers: .requests
      case .kindAndCategory(let category): application.asksForNoBed(category) ? .beds : .requests
      default: .submitted
      }
    var finding = Finding(
      rule: id, name: id, outcome: decision.outcome, modality: .data, message: message,
      location: location(application, field), citations: [header])
    finding.category = decision.category?.word
    return finding
  }
}
