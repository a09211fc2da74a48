package import Cases
package import Diagnostics
import Expression
package import Policy
import Reading
import Spatial

/// Makes findings of decisions: the sentence, the arithmetic, the law and the way out.
///
/// The competition is over and does not change; whoever explains has a decider and a context of its own, and decides again as of the
/// turn of the member that is shown.
// SAFETY: whoever explains takes an explanation for itself alone, and gives it back when it is done.
package final class Explanation: @unchecked Sendable {
  let competition: Competition
  /// Where the profile stands among those of the report.
  private let profile: Int
  package let policy: Policy
  package let batch: Batch
  package let context: EvaluationContext
  private let decider: Decider
  private let outsideSpan: Set<Int>
  let asOf: CalendarDay?
  private let keepNotApplicable: Bool
  /// By rule: what is said the same of every application.
  var fixedArithmetic: [Int: Bilingual?] = [:]
  var fixedRemedy: [Int: Bilingual?] = [:]
  /// By the place of an exemption or exception: whether it looks at claims.
  private var clausesOnClaims: [ByteRange: Bool] = [:]
  /// The decisions about the member that is looked at, and which of them is explained.
  private var decisions: [Decision] = []
  private var shown = 0

  init(
    _ competition: Competition, profile: Int, outsideSpan: Set<Int>, asOf: CalendarDay?,
    keepNotApplicable: Bool
  ) {
    self.competition = competition
    self.profile = profile
    self.outsideSpan = outsideSpan
    self.asOf = asOf
    self.keepNotApplicable = keepNotApplicable
    policy = competition.policy
    batch = competition.records.batch
    decider = competition.decider()
    context = EvaluationContext(
      policy: competition.policy, settings: competition.settings, facts: batch.facts,
      registry: batch.registry, terms: competition.terms,
      classes: competition.records.applicationClasses)
    context.makeRecord = { [decider] in decider.record(of: $0) }
    // A circle counts what it counted for the decision that is shown.
    context.circleCount = { [unowned self] circle in
      decisions[shown].sureCount(ofCircle: circle).map { .decimal(.count($0)) } ?? .null
    }
  }

  /// - Parameter whatIf: tells what would change its findings; nil where nobody asked.
  package func result(
    _ member: Int, verdict: Verdict, readings: [DecidingReading], whatIf: WhatIf? = nil
  ) -> SubjectResult {
    let index = competition.members[member]
    let application = batch.applications[index]
    decisions =
      builtIn(index, member)
      + decider.decisions(of: member, in: competition, keepNotApplicable: keepNotApplicable)
    context.look(at: index, of: batch)
    var findings: [Finding] = []
    findings.reserveCapacity(decisions.count + readings.count)
    let cures = whatIf?.cures(of: member) ?? [:]
    for (number, decision) in decisions.enumerated() {
      shown = number
      var finding = finding(decision, application, member)
      if decision.outcome.isOpenToCure {
        switch decision.rule {
        case .rule(let rule):
          finding.cures = cures[WhatIf.Target(rule: rule, category: decision.category)] ?? []
        case .kindAndCategory(let category), .noRuleSpeaks(let category):
          finding.cures =
            whatIf?.withdrawal(of: category, of: member).map { [$0] } ?? []
        default: break
        }
      }
      findings.append(finding)
    }
    for reading in readings {
      findings.append(policy.note(reading, at: location(application, .id)))
    }
    var result = SubjectResult(
      type: .application, id: application.id, name: application.name, profile: profile,
      verdict: verdict, findings: findings, readings: readings)
    result.hasPriority = competition.ranking.merits[member].hasPriority == .yes
    result.claims = claims(application, result)
    return result
  }

  /// The result with what its rules come to and nothing else: no sentence, no figure, no law.
  package func outcomes(
    _ member: Int, verdict: Verdict, readings: [DecidingReading]
  ) -> SubjectResult {
    let index = competition.members[member]
    let application = batch.applications[index]
    let place = location(application, .id)
    let decisions =
      builtIn(index, member)
      + decider.decisions(
        of: member, in: competition, keepNotApplicable: keepNotApplicable, showsFigures: false)
    return SubjectResult(
      type: .application, id: application.id, name: application.name, profile: profile,
      verdict: verdict,
      findings: decisions.map { outcome($0, place) } + readings.map { policy.note($0, at: place) },
      readings: readings)
  }

  private func outcome(_ decision: Decision, _ place: Location) -> Finding {
    var rule = decision.rule.builtInID
    var name = rule
    var modality = Modality.data
    if case .rule(let index) = decision.rule {
      rule = policy.rules[index].id
      name = self.name(policy.rules[index], decision)
      modality = policy.rules[index].modality
    }
    var finding = Finding(
      rule: rule, name: name, outcome: decision.outcome, modality: modality,
      message: Bilingual(zh: "", en: ""), location: place, citations: [])
    finding.category = decision.category.map { policy.catalogue.words.category[$0].word }
    return finding
  }

  /// A note or part of a limit that gives a note has a name of its own.
  private func name(_ rule: Rule, _ decision: Decision) -> String {
    guard decision.outcome == .note else { return rule.name }
    return decision.note.map { rule.notes[$0].name } ?? part(rule, decision)?.name ?? rule.name
  }

  /// What of the result rests on nothing but what the applicant claims, nobody having confirmed it.
  private func claims(_ application: Application, _ result: SubjectResult) -> [Bilingual] {
    let claimed = batch.catalogue.claims(of: application)
    if claimed.isEmpty { return [] }
    var effects: [Bilingual] = []
    func add(_ zh: String, _ en: String) {
      if !effects.contains(where: { $0.zh == zh }) { effects.append(Bilingual(zh: zh, en: en)) }
    }
    for finding in result.findings {
      for held in finding.considered + (finding.exemption.map { [$0] } ?? [])
      where held.holds != .no && restsOnClaims(held) {
        switch held.kind {
        case .exemption: add("\(finding.rule) 的豁免", "the exemption from \(finding.rule)")
        case .exception: add("\(finding.rule) 的例外", "the exception to \(finding.rule)")
        }
      }
    }
    if result.hasPriority,
      policy.merit.contains(where: { $0.key == .priority }),
      policy.priorities.contains(where: { looksAtClaims([$0.program]) })
    {
      add("优先次序", "the priority")
    }
    if effects.isEmpty { return [] }
    return [
      Bilingual(
        zh:
          "\(effects.map(\.zh).joined(separator: "、"))，仅据申请自行申报的情形（\(claimed.map(\.zh).joined(separator: "、"))），未经核实",
        en:
          "\(effects.map(\.en).joined(separator: ", ")) \(effects.count == 1 ? "rests" : "rest") on nothing but what the application claims (\(claimed.map(\.en).joined(separator: ", "))); nobody has confirmed it"
      )
    ]
  }

  private func restsOnClaims(_ consideration: Consideration) -> Bool {
    let clauses = consideration.kind == .exemption ? policy.exemptions : policy.exceptions
    return clauses.first { $0.id == consideration.id }.map(restsOnClaims) ?? false
  }

  /// Whether a clause looks at what an application claims.
  func restsOnClaims(_ clause: Policy.Clause) -> Bool {
    if let known = clausesOnClaims[clause.range] { return known }
    let found = looksAtClaims([clause.program])
    clausesOnClaims[clause.range] = found
    return found
  }

  /// Whether expressions look at what an application claims, through whatever they rest on.
  private func looksAtClaims(_ programs: [Program]) -> Bool {
    let path = "application.\(ApplicationEntry.claims)"
    return policy.graph.programs(programs, policy.graph.reach(programs)).contains { program in
      program.references.paths.contains { $0 == path || $0.hasPrefix(path + "[") }
    }
  }

  /// What is found from outside the rules, a profile that is not in force first.
  private func builtIn(_ index: Int, _ member: Int) -> [Decision] {
    let application = batch.applications[index]
    var found: [Decision] = []
    let rules = competition.records.rules(of: index)
    let outcomes = rules.items.indices.map { competition.outcome($0, of: member) }
    for category in rules.unspoken(outcomes, held: application.designatedFor) {
      let isReview = policy.leavesSilenceToAPerson
      let decision = Decision(
        rule: .noRuleSpeaks(category), category: category, outcome: isReview ? .review : .note)
      found.append(isReview ? ruled(decision, index) : decision)
    }
    for weighed in competition.doubts(about: member) {
      let isRuled = batch.outcome(ofReview: weighed.doubt.rule, of: index) == .pass
      if weighed.doubt == .replacementUnconfirmed, !weighed.decides, !isRuled { continue }
      let mayRule = weighed.decides || isRuled
      var decision = Decision(rule: .doubt(weighed.doubt), outcome: mayRule ? .review : .note)
      decision.otherwise = weighed.otherwise
      found.append(mayRule ? ruled(decision, index) : decision)
    }
    if let leaving = batch.leaving(application) {
      let isTerminated = batch.registry.institutions[leaving].status == .terminated
      if isTerminated || !decider.recognizesReplacements {
        found.append(
          Decision(rule: .replacementNotRecognized(isTerminated: isTerminated), outcome: .note))
      }
    }
    for category in application.misfits {
      found.append(
        ruled(
          Decision(rule: .kindAndCategory(category), category: category, outcome: .review), index))
    }
    if batch.hasDifferingStock {
      for category in application.requests.words {
        for isOfDistrict in [false, true]
        where batch.differingStock(category, in: isOfDistrict ? application.district : nil) != nil
          && (!isOfDistrict || application.district != nil)
        {
          found.append(
            Decision(rule: .stockDiffers(category, inDistrict: isOfDistrict), outcome: .note))
        }
      }
    }
    if let year = batch.facts.year, year != application.submitted.year {
      found.append(Decision(rule: .factsOfAnotherYear, outcome: .note))
    }
    if let asOf, asOf < application.submitted {
      found.append(ruled(Decision(rule: .submittedAfterDecision, outcome: .review), index))
    }
    if outsideSpan.contains(index) {
      found.append(ruled(Decision(rule: .profileNotInForce, outcome: .review), index))
    }
    return found.reversed()
  }

  /// A built-in finding that leaves an application to a person, with what a person ruled on it.
  private func ruled(_ decision: Decision, _ index: Int) -> Decision {
    guard let rule = decision.rule.builtIn,
      let ruling = batch.ruling(on: rule.id, decision.category, of: index)
    else { return decision }
    var decision = decision
    decision.outcome = ruling.outcome
    decision.ruling = ruling
    return decision
  }

  func location(_ application: Application, _ field: ApplicationField) -> Location {
    Location(
      file: batch.files[application.source.file], range: application.source.range(of: field))
  }

  // MARK: Rules

  private func finding(_ decision: Decision, _ application: Application, _ member: Int) -> Finding {
    guard case .rule(let index) = decision.rule else {
      return finding(ofPlanlint: decision, application)
    }
    let rule = policy.rules[index]
    _ = context.choose(decision.category)
    context.extras = extras(decision)
    defer { context.extras = [] }
    let terms = competition.terms.rule(index)
    var citations = terms?.citations ?? []
    func cite(_ basis: Int) {
      let citation = competition.terms.citations[basis]
      if !citations.contains(citation) { citations.append(citation) }
    }
    let part = part(rule, decision)
    let note = decision.note.map { rule.notes[$0] }
    let unit = note?.require.unit ?? unit(rule, part)
    // A part or note that has a sentence of its own says it.
    let template = note?.message ?? part?.message ?? rule.message
    var finding = Finding(
      rule: rule.id, name: name(rule, decision), outcome: decision.outcome,
      modality: rule.modality,
      message: Bilingual(zh: "", en: ""),
      location: location(application, field(rule, terms?.pointsAt, decision, application)),
      citations: [])
    finding.ruling = decision.ruling
    finding.causes = causes(decision)
    say(decision, rule, application, template, in: &finding)
    finding.category = decision.category.map { policy.catalogue.words.category[$0].word }
    finding.measured = decision.measured.map { quantity($0.low, $0.high, unit) }
    finding.limit = decision.limit.map { Quantity(value: $0.description, unit: unit) }
    let quota = context.quota(of: rule, part: decision.part)
    finding.arithmetic = arithmetic(
      rule, index, decision, quota, isFixed: terms?.hasFixedArithmetic ?? false)
    if case .limit = rule.constraint, decision.outcome != .note, decision.outcome != .exempt {
      finding.rank = decision.openRank == nil ? decision.rank : nil
      if finding.rank != nil {
        (finding.tieBreak, finding.tieBreakKey) = tieBreak(decision, member) ?? (nil, nil)
      }
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
        citation: competition.terms.citations[clause.basis], name: clause.label)
      cite(clause.basis)
    }
    for considered in decision.considered {
      let clauses = considered.kind == .exemption ? policy.exemptions : policy.exceptions
      let clause = clauses[considered.clause]
      if considered.holds == .no, clause.isReadingAlone { continue }
      let (message, detail) = explained(clause, considered, application)
      var consideration = Consideration(
        id: clause.id, kind: considered.kind, holds: considered.holds, message: message,
        citation: competition.terms.citations[clause.basis], name: clause.label)
      consideration.detail = detail
      finding.considered.append(consideration)
      if considered.holds == .yes { cite(clause.basis) }
      if finding.neighbours.isEmpty, let circle = considered.circles.first {
        show(circle.evidence, in: &finding)
      }
    }
    if let waiver = decision.waiver { finding.waiver = batch.waivers?.entries[waiver].waiver }
    if Self.hasRemedy(finding) {
      finding.remedy = remedy(rule, index, isFixed: terms?.hasFixedRemedy ?? false)
    }
    finding.citations = citations
    finding.reconstructed = (terms?.reconstructed ?? []) + (quota?.reconstructed ?? [])
    return finding
  }

  /// Values of the names that messages may use beside those of conditions; see ``PolicyNames/extras``.
  private func extras(_ decision: Decision) -> [Value] {
    func number(_ value: Exact?) -> Value { value.map(Value.decimal) ?? .null }
    let measured =
      decision.ruling == nil && (decision.outcome == .fail || decision.outcome == .waived)
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

  package func part(_ rule: Rule, _ decision: Decision) -> Limit.Part? {
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

  /// What decided between it and the one before it, with the other's id and without.
  private func tieBreak(
    _ decision: Decision, _ member: Int
  ) -> (whole: Bilingual, key: Bilingual)? {
    guard let before = decision.before else { return nil }
    let other = batch.applications[competition.members[before]].id
    switch competition.ranking.order.decidingStep(before, member) {
    case .exempt:
      return (
        Bilingual(zh: "在 \(other) 之后：对方豁免", en: "after \(other), which is exempt"),
        Bilingual(zh: "是否豁免", en: "exemption")
      )
    case .priority:
      return (
        Bilingual(zh: "在 \(other) 之后：对方属优先情形", en: "after \(other), which has priority"),
        Bilingual(zh: "是否属优先情形", en: "priority")
      )
    case .score:
      return (
        Bilingual(zh: "在 \(other) 之后：评估得分较低", en: "after \(other) by evaluation score"),
        Bilingual(zh: "评估得分", en: "evaluation score")
      )
    case .submitted:
      return (
        Bilingual(zh: "在 \(other) 之后：申请日期较晚", en: "after \(other) by day of submission"),
        Bilingual(zh: "申请日期", en: "day of submission")
      )
    case .id:
      return (
        Bilingual(zh: "在 \(other) 之后：按申请编号", en: "after \(other) by id"),
        Bilingual(zh: "申请编号", en: "id")
      )
    }
  }

  // MARK: Circles

  package func name(of who: CircleEvidence.Counted.Who) -> (id: String, name: String) {
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
    finding.lacksRegistry = !batch.registry.isPresent
    if finding.lacksRegistry, finding.neighbours.isEmpty { return }
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
    decider.place(of: who) ?? Coordinate(longitude: 0, latitude: 0)
  }
}
