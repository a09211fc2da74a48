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

  /// The findings on one plan, rules that do not apply included.
  package func result(_ plan: Plan, profile: Int) throws(Faults) -> SubjectResult {
    let context = EvaluationContext(
      policy: policy, settings: Settings(policy), facts: facts, registry: registry)
    let own = plan.district.flatMap { facts.canonicalDistrict($0) } ?? plan.district
    var findings: [Finding] = []
    for rule in policy.rules where rule.subject != .application {
      var seats: [(district: DataRecord?, name: String?)] = [(nil, own)]
      if rule.subject == .planDistrict {
        seats = plan.districts.map { record in
          guard case .string(let name) = record["district"] else { return (record, nil) }
          return (record, facts.canonicalDistrict(name) ?? name)
        }
      }
      for seat in seats {
        context.look(at: plan.value, district: seat.name, year: plan.year)
        context.planDistrict = seat.district
        for category in rule.categories?.words.map(Optional.some) ?? [nil] {
          _ = context.choose(category)
          findings.append(try finding(rule, plan, seat.district, category, context))
        }
      }
    }
    let type: SubjectType = plan.isDistrict ? .district : .city
    return SubjectResult(
      type: type, id: plan.district ?? String(policy.id.prefix { $0 != "/" }),
      name: plan.district ?? policy.document.title, profile: profile,
      verdict: Verdict(outcomes: findings.map(\.outcome), subject: type), findings: findings,
      readings: [])
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
      if case .require(let require) = rule.constraint,
        case .measure(let measure, _, let limit, _, _) = require.test
      {
        context.extras = [
          try context.measure(measure).exact.map(Value.decimal) ?? .null,
          try context.measure(limit).exact.map(Value.decimal) ?? .null,
        ]
      }
      defer { context.extras = [] }
      var message = rule.message.rendered(context)
      let needs = resolution.needs.map(\.path)
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
      if case .require(let require) = rule.constraint,
        case .measure(let measure, _, let limit, _, let unit) = require.test
      {
        finding.measured = try context.measure(measure).exact.map {
          Quantity(value: $0.description, unit: unit)
        }
        finding.limit = try context.measure(limit).exact.map {
          Quantity(value: $0.description, unit: unit)
        }
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
      throw Faults(
        Fault(
          plan.file, range, zh: "规则 `\(rule.id)` 无法计算：\(error.message.zh)",
          en: "rule `\(rule.id)` cannot be computed: \(error.message.en)"))
    }
  }
}
