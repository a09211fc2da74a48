package import Diagnostics
import Expression
import Reading

/// Plan files held against a profile: each rule about plans, each plan alone.
package struct PlanReview: Sendable {
  package let policy: Policy
  private let facts: Facts

  package init(_ policy: Policy, facts: Facts) {
    self.policy = policy
    self.facts = facts
  }

  /// The findings on one plan, rules that do not apply included.
  package func result(_ plan: Plan, profile: Int) throws(Faults) -> SubjectResult {
    let context = EvaluationContext(policy: policy, settings: Settings(policy), facts: facts)
    context.look(at: plan.value, district: plan.district, year: plan.year)
    var findings: [Finding] = []
    for rule in policy.rules where rule.subject == .plan {
      findings.append(try finding(rule, plan, context))
    }
    let type: SubjectType = plan.isDistrict ? .district : .city
    return SubjectResult(
      type: type, id: plan.district ?? String(policy.id.prefix { $0 != "/" }),
      name: plan.district ?? policy.document.title, profile: profile,
      verdict: Verdict(outcomes: findings.map(\.outcome), subject: type), findings: findings,
      readings: [])
  }

  private func finding(
    _ rule: Rule, _ plan: Plan, _ context: EvaluationContext
  ) throws(Faults) -> Finding {
    do {
      var resolver = Resolver(context) { () throws(EvaluationError) in
        if let applies = rule.applies {
          switch try context.decide(applies) {
          case .yes: break
          case .no: return .settled(.notApplicable)
          case .unknown(let unknowns): return .unsettled(unknowns)
          }
        }
        guard case .require(let require) = rule.constraint else { return .settled(.notApplicable) }
        return switch try require.holds(context) {
        case .yes: .settled(.pass)
        case .no: .settled(.fail)
        case .unknown(let unknowns): .unsettled(unknowns)
        }
      }
      let resolution = try resolver.resolve()
      var outcome = resolution.settled.outcome
      // A missed target is worth knowing and refuses nothing.
      if outcome == .fail, rule.modality == .target { outcome = .note }
      var message = rule.message.rendered(context)
      let needs = resolution.needs.map(\.path)
      if outcome == .unknown {
        message.zh += "；缺少资料：" + needs.joined(separator: "、")
        message.en += "; data missing: " + needs.joined(separator: ", ")
      }
      var finding = Finding(
        rule: rule.id, name: rule.name, outcome: outcome, modality: rule.modality,
        message: message,
        location: Location(file: plan.file, range: plan.range(of: rule.pointsAt ?? "year")),
        citations: rule.basis.map { policy.citation($0) })
      finding.needs = needs
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
      if outcome == .fail || outcome == .unknown { finding.remedy = rule.remedy?.rendered(context) }
      let word = finding.outcomeWord
      finding.message = Bilingual(zh: word.zh + "：" + message.zh, en: word.en + ": " + message.en)
      return finding
    } catch {
      throw Faults(
        Fault(
          plan.file, plan.range(of: rule.pointsAt ?? "year"),
          zh: "规则 `\(rule.id)` 无法计算：\(error.message.zh)",
          en: "rule `\(rule.id)` cannot be computed: \(error.message.en)"))
    }
  }
}
