package import Cases
package import Diagnostics
package import Policy
import Reading

/// Whether the rulings of a waivers file fit the batch that they are given with.
///
/// Who rules on something else than what the text leaves to a person believes something of the application that is not so: that is a
/// fault, which says what the rule comes to.
package struct RulingCheck {
  private let waivers: Waivers
  private let batch: Batch
  private let policies: [Policy]

  package init(waivers: Waivers, batch: Batch, policies: [Policy]) {
    self.waivers = waivers
    self.batch = batch
    self.policies = policies
  }

  private var file: SourceFile { waivers.file }

  /// What can be said before anything is decided.
  package func check() throws(Faults) {
    var faults = FaultCollector()
    let ids = batch.applications.map(\.id)
    let known = Dictionary(
      zip(ids, batch.applications.indices), uniquingKeysWith: { first, _ in first })
    let rules =
      policies.flatMap(\.rules).filter { $0.subject == .application }.map(\.id)
      + BuiltInRule.ofApplications.map(\.id)
    var seen: [[String]: RecordedRuling] = [:]
    for entry in waivers.rulings {
      let rule = entry.rule.value
      if let index = known[entry.application.value] {
        check(entry, of: batch.applications[index], &faults)
      } else {
        faults.add(
          unknown(entry.application, "批次中没有申请", "there is no application", "in the batch", ids))
      }
      if !rules.contains(rule) {
        faults.add(unknown(entry.rule, "政策档案中没有规则", "there is no rule", "in the profile", rules))
      }
      let key = [entry.application.value, rule, entry.category?.value ?? ""]
      if let first = seen.updateValue(entry, forKey: key) {
        let line = LineIndex(file).position(of: first.rule.range.start).line
        let isSame = first.ruling.outcome == entry.ruling.outcome
        faults.add(
          Fault(
            file, entry.rule.range,
            zh: isSame
              ? "同一申请和规则的裁量决定重复，已见于第 \(line) 行"
              : "同一申请和规则的裁量决定互相矛盾：第 \(line) 行为 `\(first.ruling.outcome.rawValue)`，此处为 `\(entry.ruling.outcome.rawValue)`",
            en: isSame
              ? "the same application and rule are ruled on twice; it stands in line \(line) already"
              : "two rulings on the same application and rule contradict each other: `\(first.ruling.outcome.rawValue)` in line \(line), `\(entry.ruling.outcome.rawValue)` here"
          ))
      }
    }
    try faults.check()
  }

  private func check(
    _ entry: RecordedRuling, of application: Application, _ faults: inout FaultCollector
  ) {
    if entry.decided.value < application.submitted {
      faults.add(
        Fault(
          file, entry.decided.range,
          zh:
            "裁量决定的日期 \(entry.decided.value) 早于申请 `\(application.id)` 的申请日期 \(application.submitted)",
          en:
            "the ruling was made on \(entry.decided.value), before the application `\(application.id)` was submitted on \(application.submitted)"
        ))
    }
    guard let category = entry.category else { return }
    let words = batch.catalogue.words.category
    // A newcomer to a special category is one to the retail pharmacies as well, whether it asks for them or not.
    if words.index(meaning: category.value) != nil { return }
    faults.add(
      unknown(
        category, "没有申请类别", "there is no category", "", words.choices(for: category.value)))
  }

  private func unknown(
    _ name: Located<String>, _ zh: String, _ en: String, _ place: String, _ names: [String]
  ) -> Fault {
    let nearest = NearestName.of(name.value, among: names)
    return Fault(
      file, name.range, zh: "\(zh) \(Quoting.code(name.value))",
      en: "\(en) \(Quoting.code(name.value))" + (place.isEmpty ? "" : " " + place),
      meant: nearest.map { Meant($0) })
  }

  // MARK: What was decided with them

  /// Whether each of them answers something; `result` gives what an application of the batch came to.
  package func check(result: (Int) -> SubjectResult?) throws(Faults) {
    var faults = FaultCollector()
    let named = Dictionary(grouping: batch.applications.indices) { batch.applications[$0].id }
    for entry in waivers.rulings {
      let found = (named[entry.application.value] ?? []).compactMap(result)
      // With batches apart an id may occur in several.
      let faultsOfEach = found.map { fault(of: entry, in: $0) }
      if faultsOfEach.isEmpty || faultsOfEach.contains(where: { $0 == nil }) { continue }
      if let fault = faultsOfEach.compactMap(\.self).first { faults.add(fault) }
    }
    try faults.check()
  }

  private func fault(of entry: RecordedRuling, in result: SubjectResult) -> Fault? {
    let findings = result.findings.filter { finding in
      guard finding.rule == entry.rule.value, finding.outcome != .note else { return false }
      guard let own = entry.category?.value, let category = finding.category else { return true }
      let words = batch.catalogue.words.category
      return words.index(meaning: own) == words.index(meaning: category)
    }
    let answered = findings.filter { $0.ruling == entry.ruling }
    if answered.count > 1 {
      let categories = answered.compactMap(\.category)
      return Fault(
        file, entry.rule.range,
        zh:
          "申请 `\(result.id)` 有几个类别须就该规则裁量，应以 `category` 写明是哪一个：\(categories.joined(separator: "、"))",
        en:
          "the rule leaves several categories of `\(result.id)` to a person; expected `category` to name one of \(categories.joined(separator: ", "))"
      )
    }
    if answered.count == 1 { return nil }
    let shown = findings.first { $0.outcome != .notApplicable } ?? findings.first
    return notAnswered(entry, shown, result)
  }

  private func notAnswered(
    _ entry: RecordedRuling, _ finding: Finding?, _ result: SubjectResult
  ) -> Fault {
    let rule = "`\(entry.rule.value)`"
    let subject = "`\(result.id)`"
    func fault(_ zh: String, _ en: String) -> Fault {
      Fault(
        file, entry.rule.range, zh: "裁量决定无从适用：" + zh, en: "the ruling answers nothing: " + en)
    }
    guard let finding else {
      return fault(
        "规则 \(rule) 不适用于申请 \(subject)",
        "the rule \(rule) does not speak of \(subject)"
          + (entry.category.map { " (\($0.value))" } ?? ""))
    }
    let words = finding.outcomeWord
    let zh = "申请 \(subject) 的 \(rule) 结果为 `\(finding.outcome.rawValue)`（\(words.zh)）"
    let en = "\(rule) of \(subject) comes to `\(finding.outcome.rawValue)`"
    switch finding.outcome {
    case .review where finding.ruling == nil:
      let ids = finding.hangsOn.prefix(12)
      return fault(
        "申请 \(subject) 的 \(rule) 只取决于尚未定论的申请 \(ids.joined(separator: "、"))，应待这些申请先行裁量或补齐资料",
        "\(rule) of \(subject) only hangs on the undecided \(ids.joined(separator: ", ")); these come first, by rulings or data"
      )
    case .unknown:
      return fault(
        zh + "，应补充资料" + (finding.needs.isEmpty ? "" : "：" + finding.needs.joined(separator: "、")),
        en + "; what settles it is data"
          + (finding.needs.isEmpty ? "" : ": " + finding.needs.joined(separator: ", ")))
    case .fail where finding.ruling == nil && finding.modality == .inPrinciple:
      return fault(
        zh + "，原则性规定只能以批准例外（waivers）答复",
        en + "; a failure in principle is answered by a waiver")
    case .fail where finding.ruling == nil:
      return fault(
        zh + "，条文未留裁量余地", en + "; the text leaves nothing to a person")
    case .waived: return fault(zh + "，已有批准例外", en + "; it is waived already")
    default:
      if finding.ruling != nil {
        return fault(
          "申请 \(subject) 的 \(rule) 已有另一裁量决定", "another ruling answers \(rule) of \(subject)")
      }
      return fault(zh + "，无须裁量", en + "; nothing is left to a person")
    }
  }
}
