package import Cases
package import Diagnostics
import Policy
import Reading

/// What findings of planlint's own say of what the registry does not bear out.
extension Explanation {
  /// What a doubt is about, and what hangs on it.
  package func sentence(_ doubt: Doubt, _ decision: Decision, _ application: Application)
    -> Bilingual
  {
    var sentence: Bilingual
    let own = batch.ownRow(of: application).map { batch.registry.institutions[$0] }
    let words = policy.catalogue.words
    func labels(_ categories: WordSet<Category>) -> Bilingual {
      let all = categories.words.map { words.category[$0].label }
      return all.isEmpty
        ? Bilingual(zh: "无", en: "none")
        : Bilingual(
          zh: all.map(\.zh).joined(separator: "、"), en: all.map(\.en).joined(separator: ", "))
    }
    switch doubt {
    case .designationUnconfirmed(let categories):
      let label = labels(categories)
      sentence = Bilingual(
        zh: "申请填报已有定点类别\(label.zh)，名册中没有相应记录",
        en: "it says that it holds \(label.en); no row of the registry bears that out")
    case .replacementUnconfirmed:
      let leaving = batch.leaving(application).map { batch.registry.institutions[$0] }
      let status = leaving.map { RegistryStatus.builtIn[$0.status].label }
      sentence = Bilingual(
        zh:
          "拟接替的\(leaving?.name ?? "机构")（\(leaving?.id ?? "")）在名册中的状态为\(status?.zh ?? "")，是否退出尚待确认",
        en:
          "\(leaving?.id ?? "the institution") (\(leaving?.name ?? "")), which it replaces, is \(status?.en ?? "") in the registry; that it leaves is not confirmed"
      )
    case .registryDiffers(let fields):
      var parts = Bilingual(zh: "", en: "")
      for field in fields {
        let label = batch.catalogue.applicationEntries[Int(field.index)].field.label
        let (claim, row): (Bilingual, Bilingual)
        switch field {
        case .kind:
          (claim, row) = (
            words.kind[application.kind].label,
            own.map { words.kind[$0.kind].label } ?? Bilingual(zh: "", en: "")
          )
        case .designatedFor:
          (claim, row) = (
            labels(application.designatedFor), labels(own?.heldCategories ?? WordSet())
          )
        case .existingBeds:
          let beds = own?.heldBeds.map(String.init) ?? ""
          (claim, row) = (
            Bilingual(zh: "\(application.existingBeds)", en: "\(application.existingBeds)"),
            Bilingual(zh: beds, en: beds)
          )
        default:
          (claim, row) = (
            Bilingual(zh: application.uscc ?? "", en: application.uscc ?? ""),
            Bilingual(zh: own?.uscc ?? "", en: own?.uscc ?? "")
          )
        }
        parts.zh += (parts.zh.isEmpty ? "" : "；") + "\(label.zh)申请填 \(claim.zh)，名册为 \(row.zh)"
        parts.en +=
          (parts.en.isEmpty ? "" : "; ")
          + "\(label.en): \(claim.en) in the application, \(row.en) in the registry"
      }
      sentence = parts
    }
    guard let otherwise = decision.otherwise else { return sentence }
    if decision.outcome == .review {
      sentence.zh += "；按名册则结论为\(otherwise.word.zh)，须先核实"
      sentence.en += "; by the registry the verdict would be \(otherwise.word.en); check first"
    } else {
      sentence.zh += "；不影响结论"
      sentence.en += "; the verdict is the same either way"
    }
    return sentence
  }

  /// Why a newcomer is not taken to replace the institution that it names.
  package func notRecognized(_ application: Application, isTerminated: Bool) -> Bilingual {
    let leaving = batch.leaving(application).map { batch.registry.institutions[$0] }
    let (id, name) = (leaving?.id ?? "", leaving?.name ?? "")
    if isTerminated {
      return Bilingual(
        zh: "拟接替的\(name)（\(id)）已终止定点，没有名额可以腾出，按新增机构检查",
        en:
          "\(id) (\(name)), which it replaces, is terminated already and frees no place; it is decided as a newcomer"
      )
    }
    let reading = policy.replacements.map { policy.readings[$0].explanation }
    return Bilingual(
      zh: "政策档案不认可接替退出机构（\(name)，\(id)）的名额，按新增机构检查" + (reading.map { "（\($0.zh)）" } ?? ""),
      en:
        "the profile recognises no replacement (of \(id), \(name)); it is decided as a newcomer"
        + (reading.map { " (\($0.en))" } ?? ""))
  }

  /// What a finding of planlint's own stands on beside the profile as a whole; nil where it is that.
  package func citations(of rule: Decision.RuleReference) -> [Citation]? {
    switch rule {
    case .noRuleSpeaks: policy.silence.map { [policy.citation($0.basis)] }
    case .replacementNotRecognized(isTerminated: false), .doubt(.replacementUnconfirmed):
      policy.replacements.map { [policy.citation(policy.readings[$0].basis)] }
    default: nil
    }
  }
}
