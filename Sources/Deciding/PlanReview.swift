package import Cases
package import Diagnostics
import Expression
package import Policy
import Reading

/// Plan files held against a profile: each rule about plans, each plan alone.
package struct PlanReview: Sendable {
  package let policy: Policy
  private let facts: Facts
  private let registry: Registry
  private let terms: PolicyTerms

  /// - Parameter terms: those of the profile, whatever its readings and parameters are set to; nil: they are made.
  package init(
    _ policy: Policy, facts: Facts, registry: Registry, terms: PolicyTerms? = nil
  ) {
    self.policy = policy
    self.facts = facts.countingStock(registry)
    self.registry = registry
    self.terms = terms ?? PolicyTerms(policy)
  }

  /// The findings on one plan, rules that do not apply included, and the readings that its verdict hangs on.
  ///
  /// - Parameters:
  ///   - city: the id and the name of the city that the plan is of; nil: those of the tenant and its document.
  ///   - rules: the ids of the rules that are looked at, and nothing else; nil: all, with what is found whatever the profile says and the readings
  ///     that decide.
  package func result(
    _ plan: Plan, profile: Int, city: (id: String, name: String)? = nil,
    of rules: Set<String>? = nil
  ) throws(Faults) -> SubjectResult {
    let type: SubjectType = plan.isDistrict ? .district : .city
    func verdict(_ findings: [Finding]) -> Verdict {
      Verdict(outcomes: findings.map(\.outcome), subject: type)
    }
    let settings = Settings(policy)
    var findings = try findings(plan, settings, of: rules)
    if rules == nil { findings += builtIn(plan) }
    let decided = verdict(findings)
    var readings: [DecidingReading] = []
    for flip in rules == nil ? Flip.all(policy) : [] {
      let otherwise = verdict(
        try self.findings(plan, flip.applied(to: settings), of: nil) + builtIn(plan))
      if otherwise != decided { readings.append(flip.reading(policy, otherwise)) }
    }
    let place = Location(file: plan.file, range: plan.range(of: "year"))
    findings += readings.map { policy.note($0, at: place) }
    return SubjectResult(
      type: type, id: plan.district ?? city?.id ?? String(policy.id.prefix { $0 != "/" }),
      name: plan.district ?? city?.name ?? policy.document.title, profile: profile,
      verdict: decided,
      findings: findings, readings: readings)
  }

  private func findings(
    _ plan: Plan, _ settings: Settings, of rules: Set<String>?
  ) throws(Faults) -> [Finding] {
    let context = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let own = plan.district.flatMap { facts.plannedDistrict($0) } ?? plan.district
    var findings: [Finding] = []
    for terms in terms.planRules {
      let rule = policy.rules[terms.index]
      if let rules, !rules.contains(rule.id) { continue }
      var seats: [(district: DataRecord?, name: String?)] = [(nil, own)]
      if rule.subject == .planDistrict {
        seats = plan.districts.map { record in
          guard case .string(let name) = record["district"] else { return (record, nil) }
          return (record, facts.plannedDistrict(name) ?? name)
        }
      }
      for seat in seats {
        context.look(at: plan.value, district: seat.name, year: plan.year)
        context.planDistrict = seat.district
        for category in rule.categories?.words.map(Optional.some) ?? [nil] {
          _ = context.choose(category)
          let finding = try finding(terms, plan, seat.district, category, context)
          findings.append(finding)
          if finding.outcome != .exempt, finding.outcome != .notApplicable {
            findings += try notes(rule, beside: finding, plan, context)
          }
        }
      }
    }
    return findings
  }

  /// What is found on a plan whatever the profile says.
  private func builtIn(_ plan: Plan) -> [Finding] {
    var findings: [Finding] = []
    if let contradiction = ProcedureOrder(policy: policy).finding(plan) {
      findings.append(contradiction)
    }
    let figures = PlanFigures(policy: policy, facts: facts)
    findings += figures.notes(plan) + figures.implausible(plan)
    if plan.year < policy.from.year || policy.to.year < plan.year {
      findings.append(notInForce(plan))
    }
    return findings
  }

  private func notInForce(_ plan: Plan) -> Finding {
    let id = BuiltInRule.profileNotInForce.id
    return Finding(
      rule: id, name: id, outcome: .review, modality: .data,
      message: Bilingual(
        zh:
          "计划年度 \(plan.year) 不在政策档案 \(policy.id) 的规划期（\(policy.from) 至 \(policy.to)）内，按最接近的档案检查，须人工确认适用依据",
        en:
          "the plan is of \(plan.year), outside the span of \(policy.id) (\(policy.from) to \(policy.to)); the nearest profile is applied and a person has to confirm what governs"
      ),
      location: Location(file: plan.file, range: plan.range(of: "year")),
      citations: [policy.headerCitation])
  }

  /// Where the value that a rule speaks of stands: in the plan, or in the district of it that is looked at.
  private func range(
    _ rule: Rule, _ plan: Plan, _ district: DataRecord?, _ category: Category?
  ) -> ByteRange {
    var path = rule.pointsAt ?? (district == nil ? "year" : "district")
    if let category { path += ".\(policy.catalogue.words.category[category].word)" }
    guard let district, case .string(let name) = district["district"] else {
      return plan.range(of: path)
    }
    return plan.range(of: path, inDistrict: name)
  }

  private func check(
    _ rule: RuleTerms, _ context: EvaluationContext
  ) throws(EvaluationError) -> Attempt {
    guard case .require(let require) = rule.demand else { return .settled(.notApplicable) }
    return try context.check(require)
  }

  private func finding(
    _ terms: RuleTerms, _ plan: Plan, _ district: DataRecord?, _ category: Category?,
    _ context: EvaluationContext
  ) throws(Faults) -> Finding {
    let rule = policy.rules[terms.index]
    let range = range(rule, plan, district, category)
    do {
      var resolver = Resolver(context) { () throws(EvaluationError) in
        try context.attempt(terms) { () throws(EvaluationError) in try check(terms, context) }
      }
      let resolution = try resolver.resolve()
      let outcome = resolution.settled.outcome
      if outcome == .notApplicable {
        var finding = Finding(
          rule: rule.id, name: rule.name, outcome: outcome, modality: rule.modality,
          message: Bilingual(zh: "不适用", en: "not applicable"),
          location: Location(file: plan.file, range: range),
          citations: rule.basis.map { policy.citation($0) })
        finding.category = category.map { policy.catalogue.words.category[$0].word }
        if case .string(let name)? = district?["district"] {
          finding.valuePath = "districts[\(name)]"
        }
        return finding
      }
      var figures: (measured: Exact?, limit: Exact?) = (nil, nil)
      defer { context.extras = [] }
      if case .require(let require) = rule.constraint {
        figures = try require.figures(context)
        context.extras = try require.named(context)
      }
      let rendered = rule.message.rendered(context.shown)
      var needs: [String] = []
      for path in resolution.needs.flatMap(\.paths) where !needs.contains(path) {
        needs.append(path)
      }
      var citations = rule.basis.map { policy.citation($0) }
      var message = sentence(outcome, rendered, needs)
      if outcome == .review, let clause = resolution.settled.clause {
        let exception = policy.exceptions[clause]
        message.zh += "；\(exception.label.zh)成立，由人工裁量"
        message.en += "; the \(exception.label.en) holds, so a person decides"
        citations.append(policy.citation(exception.basis))
      }
      var finding = Finding(
        rule: rule.id, name: rule.name, outcome: outcome, modality: rule.modality,
        message: message, location: Location(file: plan.file, range: range), citations: citations)
      finding.category = category.map { policy.catalogue.words.category[$0].word }
      if case .string(let name)? = district?["district"] {
        finding.valuePath = "districts[\(name)]"
      }
      finding.needs = needs
      if outcome == .exempt, let clause = resolution.settled.clause {
        let exemption = policy.exemptions[clause]
        finding.exemption = Consideration(
          id: exemption.id, kind: .exemption, holds: .yes, message: exemption.label,
          citation: policy.citation(exemption.basis))
      }
      if case .require(let require) = rule.constraint {
        finding.setFigures(figures, unit: require.unit)
      }
      let quota = context.quota(of: rule, part: nil)
      finding.arithmetic = rule.arithmetic?.rendered(context.shown).text ?? quota?.sentence
      switch outcome {
      case .fail, .review, .note: finding.remedy = rule.remedy?.rendered(context.shown).text
      default: break
      }
      finding.reconstructed = terms.reconstructed + (quota?.reconstructed ?? [])
      let word = finding.outcomeWord
      finding.message = Bilingual(zh: word.zh + "：" + message.zh, en: word.en + ": " + message.en)
      return finding
    } catch {
      throw fault(rule, plan, range, error)
    }
  }

  /// The rule's own sentence, or why it has none on this plan.
  private func sentence(
    _ outcome: Outcome, _ rendered: Template.Rendered, _ needs: [String]
  ) -> Bilingual {
    func names(_ paths: [String]) -> [Bilingual] {
      paths.map { MissingDatum(path: $0, registry, policy.catalogue).name }
    }
    switch outcome {
    case .notApplicable:
      return Bilingual(
        zh: "本规划不属于本条所规范的情形", en: "the plan is none of those that the rule speaks of")
    case .unknown: return MissingSentence.open(rendered, names(needs), isOfPlan: true)
    default:
      if rendered.isWhole, let text = rendered.text { return text }
      return MissingSentence.settled(rendered, outcome, names(rendered.missing))
    }
  }

  /// What is worth knowing beside a finding, at its place.
  private func notes(
    _ rule: Rule, beside finding: Finding, _ plan: Plan, _ context: EvaluationContext
  ) throws(Faults) -> [Finding] {
    defer { context.extras = [] }
    var notes: [Finding] = []
    for note in rule.notes {
      do {
        guard try note.isDue(context) else { continue }
        let figures = try note.require.figures(context)
        context.extras = [figures.measured, figures.limit].map { $0.map(Value.decimal) ?? .null }
        let word = Outcome.note.word
        let message = note.message.rendered(context.shown).text ?? note.message.text
        var added = Finding(
          rule: rule.id, name: note.name, outcome: .note, modality: rule.modality,
          message: Bilingual(
            zh: word.zh + "：" + message.zh, en: word.en + ": " + message.en),
          location: finding.location, citations: rule.basis.map { policy.citation($0) })
        added.category = finding.category
        added.valuePath = finding.valuePath
        added.setFigures(figures, unit: note.require.unit)
        added.reconstructed = finding.reconstructed
        notes.append(added)
      } catch {
        throw fault(rule, plan, finding.location.range, error)
      }
    }
    return notes
  }

  private func fault(
    _ rule: Rule, _ plan: Plan, _ range: ByteRange, _ error: EvaluationError
  ) -> Faults {
    Faults(
      Fault(
        plan.file, range, zh: "规则 `\(rule.id)` 无法计算：\(error.message.zh)",
        en: "rule `\(rule.id)` cannot be computed: \(error.message.en)"))
  }
}

extension Finding {
  fileprivate mutating func setFigures(
    _ figures: (measured: Exact?, limit: Exact?), unit: String
  ) {
    measured = figures.measured.map { Quantity(value: $0.description, unit: unit) }
    limit = figures.limit.map { Quantity(value: $0.description, unit: unit) }
  }
}
