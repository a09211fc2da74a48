package import Cases
package import Diagnostics
package import Policy
package import Reading

extension Waivers {
  /// Every waiver has to answer an in-principle rule, be in force on the day of decision, and name an application and a rule
  /// that are there.
  package func check(
    policies: [Policy], applications: [String], asOf: CalendarDay
  ) throws(Faults) {
    var faults = FaultCollector()
    let known = Set(applications)
    let rules = policies.flatMap(\.rules).filter { $0.subject == .application }
    var seen: Set<[String]> = []
    for entry in entries {
      if !known.contains(entry.application.value) {
        let name = entry.application.value
        let nearest = NearestName.of(name, among: applications)
        faults.add(
          Fault(
            file, entry.application.range,
            zh: "批次中没有申请 `\(name)`", en: "there is no application `\(name)` in the batch",
            meant: nearest.map { Meant($0) }))
      }
      let matching = rules.filter { $0.id == entry.rule.value }
      if matching.isEmpty {
        let name = entry.rule.value
        let nearest = NearestName.of(name, among: rules.map(\.id))
        faults.add(
          Fault(
            file, entry.rule.range,
            zh: "政策档案中没有规则 `\(name)`", en: "there is no rule `\(name)` in the profile",
            meant: nearest.map { Meant($0) }))
      } else if !matching.contains(where: { $0.modality == .inPrinciple }) {
        faults.add(
          Fault(
            file, entry.rule.range,
            zh: "规则 `\(entry.rule.value)` 不是原则性规定，不得以批准例外答复",
            en: "the rule `\(entry.rule.value)` is not one in principle, so it cannot be waived"))
      }
      if entry.expires.value < asOf {
        faults.add(
          Fault(
            file, entry.expires.range,
            zh: "批准例外已于 \(entry.expires.value) 到期（决定日期 \(asOf)）",
            en: "the waiver expired on \(entry.expires.value), before the day of decision \(asOf)"))
      }
      if !seen.insert([entry.application.value, entry.rule.value]).inserted {
        faults.add(
          Fault(
            file, entry.application.range, zh: "同一申请和规则的批准例外重复",
            en: "the same application and rule are waived twice"))
      }
    }
    try faults.check()
  }
}
