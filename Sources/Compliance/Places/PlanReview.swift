package import Diagnostics
import Expression
import Reading

/// Plan files held against a profile: each rule about plans, each plan alone.
package struct PlanReview: Sendable {
  package let policy: Policy
  private let facts: Facts
  private let registry: Registry

  package init(_ policy: Policy, facts: Facts, registry: Registry) {
    self.policy = policy
    self.facts = facts.countingStock(registry)
    self.registry = registry
  }

  /// The findings on one plan, rules that do not apply included, and the readings that its verdict hangs on.
  ///
  /// - Parameter city: the id and the name of the city that the plan is of; nil: those of the tenant and its document.
  package func result(
    _ plan: Plan, profile: Int, city: (id: String, name: String)? = nil
  ) throws(Faults) -> SubjectResult {
    let type: SubjectType = plan.isDistrict ? .district : .city
    func verdict(_ findings: [Finding]) -> Verdict {
      Verdict(outcomes: findings.map(\.outcome), subject: type)
    }
    let settings = Settings(policy)
    var findings = try findings(plan, settings)
    let decided = verdict(findings)
    var readings: [DecidingReading] = []
    for flip in Flip.all(policy) {
      let otherwise = verdict(try self.findings(plan, flip.applied(to: settings)))
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

  private func findings(_ plan: Plan, _ settings: Settings) throws(Faults) -> [Finding] {
    let context = EvaluationContext(
      policy: policy, settings: settings, facts: facts, registry: registry)
    let own = plan.district.flatMap { facts.plannedDistrict($0) } ?? plan.district
    var findings: [Finding] = []
    for rule in policy.rules where rule.subject != .application {
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
          let finding = try finding(rule, plan, seat.district, category, context)
          findings.append(finding)
          if finding.outcome != .exempt, finding.outcome != .notApplicable {
            findings += try notes(rule, beside: finding, plan, context)
          }
        }
      }
    }
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
          "计划年度 \(plan.year) 不在政策档案 \(policy.id) 的施行期（\(policy.from) 至 \(policy.to)）内，按最接近的档案检查，须人工确认适用依据",
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
    if let category { path += ".\(category.word)" }
    guard let district, case .string(let name) = district["district"] else {
      return plan.range(of: path)
    }
    return plan.range(of: path, inDistrict: name)
  }

  private func attempt(_ rule: Rule, _ context: EvaluationContext) throws(EvaluationError)
    -> Attempt
  {
    if let applies = rule.applies {
      switch try context.decide(applies) {
      case .yes: break
      case .no: return .settled(.notApplicable)
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    for clause in rule.exemptions {
      switch try context.decide(policy.exemptions[clause].program) {
      case .yes: return .settled(Settled(outcome: .exempt, clause: clause))
      case .no: continue
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    guard case .require(let require) = rule.constraint else { return .settled(.notApplicable) }
    switch try require.holds(context) {
    case .yes: return .settled(.pass)
    case .no: break
    case .unknown(let unknowns): return .unsettled(unknowns)
    }
    for clause in rule.exceptions {
      switch try context.decide(policy.exceptions[clause].program) {
      case .yes: return .settled(Settled(outcome: .review, clause: clause))
      case .no: continue
      case .unknown(let unknowns): return .unsettled(unknowns)
      }
    }
    // What the text only allows refuses nothing, and a missed target is worth knowing.
    switch rule.modality {
    case .may: return .settled(Settled(outcome: .review))
    case .target: return .settled(Settled(outcome: .note))
    default: return .settled(.fail)
    }
  }

  private func finding(
    _ rule: Rule, _ plan: Plan, _ district: DataRecord?, _ category: Category?,
    _ context: EvaluationContext
  ) throws(Faults) -> Finding {
    let range = range(rule, plan, district, category)
    do {
      var resolver = Resolver(context) { () throws(EvaluationError) in
        try attempt(rule, context)
      }
      let resolution = try resolver.resolve()
      let outcome = resolution.settled.outcome
      var figures: (measured: Exact?, limit: Exact?) = (nil, nil)
      defer { context.extras = [] }
      if case .require(let require) = rule.constraint {
        figures = try require.figures(context)
        context.extras = try require.named(context)
      }
      var message = rule.message.rendered(context)
      var needs: [String] = []
      for path in resolution.needs.flatMap(\.paths) where !needs.contains(path) {
        needs.append(path)
      }
      var citations = rule.basis.map { policy.citation($0) }
      if outcome == .unknown {
        message.zh += "；缺少资料：" + needs.joined(separator: "、")
        message.en += "; data missing: " + needs.joined(separator: ", ")
      } else if outcome == .review, let clause = resolution.settled.clause {
        let exception = policy.exceptions[clause]
        message.zh += "；\(exception.label.zh)成立，由人工裁量"
        message.en += "; the \(exception.label.en) holds, so a person decides"
        citations.append(policy.citation(exception.basis))
      }
      var finding = Finding(
        rule: rule.id, name: rule.name, outcome: outcome, modality: rule.modality,
        message: message, location: Location(file: plan.file, range: range), citations: citations)
      finding.category = category?.word
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
      finding.arithmetic = rule.arithmetic?.rendered(context)
      switch outcome {
      case .fail, .review, .unknown, .note: finding.remedy = rule.remedy?.rendered(context)
      default: break
      }
      finding.reconstructed = policy.reconstructed(rule)
      let word = finding.outcomeWord
      finding.message = Bilingual(zh: word.zh + "：" + message.zh, en: word.en + ": " + message.en)
      return finding
    } catch {
      throw fault(rule, plan, range, error)
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
        let message = note.message.rendered(context)
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
