import Cases
import Diagnostics
import Expression
import Policy
import Reading

/// Findings of planlint's own, which no profile states.
extension Explanation {
  func finding(ofPlanlint decision: Decision, _ application: Application) -> Finding {
    let header = policy.headerCitation
    let id = decision.rule.builtInID
    let message: Bilingual
    switch decision.rule {
    case .profileNotInForce, .rule:
      message = Bilingual(
        zh:
          "申请日期 \(application.submitted) 不在政策档案 \(policy.id) 的规划期（\(policy.from) 至 \(policy.to)）内，按最接近的档案检查，须人工确认适用依据",
        en:
          "submitted on \(application.submitted), outside the span of \(policy.id) (\(policy.from) to \(policy.to)); the nearest profile is applied and a person has to confirm what governs"
      )
    case .stockDiffers(let category, let isOfDistrict):
      let place = isOfDistrict ? application.district : nil
      let difference = batch.differingStock(category, in: place)
      let stated = difference?.facts.description ?? ""
      let counted = difference.map { String($0.registry) } ?? ""
      let category = policy.catalogue.words.category[category]
      message = Bilingual(
        zh:
          "基础数据中\(place ?? "")\(category.label.zh)现有 \(stated) 家，名册中有 \(counted) 家，以基础数据为准",
        en:
          "the facts give \(place.map { "\($0) " } ?? "")a stock of \(stated) for \(category.word), the registry has \(counted); the facts count"
      )
    case .factsOfAnotherYear:
      message = Bilingual(
        zh:
          "基础数据为 \(batch.facts.year.map(String.init) ?? "") 年，申请提交于 \(application.submitted.year) 年；已公布的年度计划只约束基础数据当年的申请",
        en:
          "the facts are of \(batch.facts.year.map(String.init) ?? ""), the application of \(application.submitted.year); a published yearly plan binds the year of the facts alone"
      )
    case .submittedAfterDecision:
      message = Bilingual(
        zh:
          "申请日期 \(application.submitted) 晚于决定日期 \(asOf?.description ?? "")，不应已在本次决定之列，须人工核对两个日期",
        en:
          "submitted on \(application.submitted), after the day of decision \(asOf?.description ?? ""); it should not be among those decided on yet, and a person has to check both days"
      )
    case .kindAndCategory(let category):
      message = application.misfit(category, policy.catalogue.words)
    case .doubt(let doubt):
      message = sentence(doubt, decision, application)
    case .replacementNotRecognized(let isTerminated):
      message = notRecognized(application, isTerminated: isTerminated)
    case .noRuleSpeaks(let category):
      let label = policy.catalogue.words.category[category].label
      message =
        policy.silence.map { silence in
          Bilingual(
            zh: "没有能作出不予纳入结论的条文涉及\(label.zh)：\(silence.reading.zh)",
            en: "no rule that could refuse speaks of \(label.en): \(silence.reading.en)")
        }
        ?? Bilingual(
          zh: "没有能作出不予纳入结论的条文涉及\(label.zh)，不能因此视为符合，须人工确定适用的规则",
          en:
            "no rule that could refuse speaks of \(label.en); that does not admit it, and a person has to say which rules hold"
        )
    }
    let field: ApplicationField =
      switch decision.rule {
      case .stockDiffers: .requests
      case .kindAndCategory(let category): application.asksForNoBed(category) ? .beds : .requests
      case .noRuleSpeaks: .requests
      case .replacementNotRecognized, .doubt(.replacementUnconfirmed): .replaces
      case .doubt(.designationUnconfirmed): .designatedFor
      case .doubt(.registryDiffers(let fields)): fields.first ?? .institution
      default: .submitted
      }
    var finding = Finding(
      rule: id, name: id, outcome: decision.outcome, modality: .data, message: message,
      location: location(application, field), citations: citations(of: decision.rule) ?? [header])
    finding.category = decision.category.map { policy.catalogue.words.category[$0].word }
    finding.ruling = decision.ruling
    // A letter names institutions by their names alone.
    switch decision.rule {
    case .doubt(.replacementUnconfirmed), .replacementNotRecognized:
      let id = batch.leaving(application).map { batch.registry.institutions[$0].id } ?? ""
      finding.gist = Bilingual(
        zh: message.zh.replacing("（\(id)）", with: "").replacing("，\(id)）", with: "）"),
        en: message.en)
    default: break
    }
    if case .profileNotInForce = decision.rule {
      finding.gist = Bilingual(
        zh:
          "申请日期 \(application.submitted) 不在所对照文件的规划期（\(policy.from) 至 \(policy.to)）内，须先确认适用的文件；以下意见按该文件作出，仅供参考",
        en:
          "submitted on \(application.submitted), outside the span of the document (\(policy.from) to \(policy.to))"
      )
    }
    return finding
  }
}

extension Decision.RuleReference {
  /// What a finding of planlint's own is called.
  var builtInID: String { (builtIn ?? .profileNotInForce).id }

  /// The built-in finding that it is; nil for a rule of the profile.
  var builtIn: BuiltInRule? {
    switch self {
    case .rule: nil
    case .profileNotInForce: .profileNotInForce
    case .stockDiffers: .stockDiffers
    case .factsOfAnotherYear: .factsOfAnotherYear
    case .submittedAfterDecision: .submittedAfterDecision
    case .kindAndCategory: .kindAndCategory
    case .doubt(let doubt): doubt.rule
    case .replacementNotRecognized: .replacementUnconfirmed
    case .noRuleSpeaks: .noRuleSpeaks
    }
  }
}
