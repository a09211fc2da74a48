package import Cases
package import Diagnostics
import Expression
package import Policy

/// Dates of a plan's procedure that contradict each other: work that is started after it was published, or completed before.
///
/// No document has to say that one comes after the other, and which of two dates is wrong a person has to find out: so it is a review. An order
/// that a rule of the profile looks after is left to it.
package struct ProcedureOrder {
  /// The steps in the order in which they are taken, by their paths in a plan.
  private static let steps: [(path: String, label: Bilingual)] = [
    ("procedure.started", Bilingual(zh: "启动日期", en: "started")),
    ("procedure.expert_review.date", Bilingual(zh: "专家论证日期", en: "reviewed by experts")),
    ("procedure.published", Bilingual(zh: "公布日期", en: "published")),
    ("procedure.completed", Bilingual(zh: "完成日期", en: "completed")),
  ]

  package let policy: Policy

  /// nil where no two dates contradict each other.
  package func finding(_ plan: Plan) -> Finding? {
    let stated = Self.steps.compactMap {
      step -> (path: String, label: Bilingual, day: Timestamp)? in
      guard case .timestamp(let day) = Self.value(step.path, plan.value) else { return nil }
      return (step.path, step.label, day)
    }
    var first: String?
    var zh: [String] = []
    var en: [String] = []
    for (index, earlier) in stated.enumerated() {
      for later in stated[(index + 1)...] where later.day < earlier.day {
        if isLookedAfter(earlier.path, later.path) { continue }
        let days = (earlier.day.description.prefix(10), later.day.description.prefix(10))
        first = first ?? earlier.path
        zh.append("\(earlier.label.zh) \(days.0) 晚于\(later.label.zh) \(days.1)")
        en.append("\(earlier.label.en) on \(days.0), after it was \(later.label.en) on \(days.1)")
      }
    }
    guard let first else { return nil }
    let rule = BuiltInRule.procedureOutOfOrder
    let word = Outcome.review.word
    var finding = Finding(
      rule: rule.id, name: rule.id, outcome: .review, modality: .data,
      message: Bilingual(
        zh: word.zh + "：" + zh.joined(separator: "；") + "，先后矛盾，须人工核实",
        en: word.en + ": " + en.joined(separator: "; ")
          + ": the dates contradict each other, and a person has to find out which is right"),
      location: Location(file: plan.file, range: plan.range(of: first)),
      citations: [policy.headerCitation])
    finding.remedy = Bilingual(
      zh: "更正填写有误的日期；日期属实的，说明先后次序。",
      en: "Correct the date that is wrong; where both are right, explain their order.")
    return finding
  }

  /// Whether a rule of the profile compares the two.
  private func isLookedAfter(_ earlier: String, _ later: String) -> Bool {
    policy.rules.contains { rule in
      let paths = rule.programs.flatMap(\.references.paths)
      return paths.contains("plan." + earlier) && paths.contains("plan." + later)
    }
  }

  private static func value(_ path: String, _ plan: DataRecord) -> Value {
    var value = Value.record(plan)
    for part in path.split(separator: ".") {
      guard case .record(let record as DataRecord) = value else { return .null }
      value = record[String(part)]
    }
    return value
  }
}
