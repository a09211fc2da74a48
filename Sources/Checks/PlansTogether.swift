package import Cases
package import Diagnostics
import Expression
package import Policy
import Reading

/// District plans of one year held against the city's plan of that year, and against each other.
///
/// Each district has one plan at most; what the districts plan adds up to no more than the city's total of each category, and no
/// district plans more than the city's plan gives it. A district of the city's plan without a plan of its own is a note.
package struct PlansTogether {
  package enum RuleID: String, CaseIterable {
    case plannedTwice = "district-planned-twice"
    case aboveCity = "district-above-city-plan"
    case sum = "districts-exceed-city-total"
    case missing = "district-without-plan"

    package var summary: Bilingual {
      switch self {
      case .plannedTwice: Bilingual(zh: "同一区县有两份计划", en: "a district has two plans")
      case .aboveCity:
        Bilingual(
          zh: "区县计划超出全市计划给该区县的数量", en: "a district plans more than the city's plan gives it")
      case .sum:
        Bilingual(
          zh: "各区县计划之和超出全市总量", en: "the districts' plans add up to more than the city's total")
      case .missing: Bilingual(zh: "全市计划所列区县没有计划", en: "a district of the city's plan has no plan")
      }
    }
  }

  package let plans: [Plan]
  package let facts: Facts
  package let policy: Policy

  /// The further findings, by the index of the plan that they are on.
  package func findings() throws(Faults) -> [Int: [Finding]] {
    var findings: [Int: [Finding]] = [:]
    var first: [String: Int] = [:]
    for (index, plan) in plans.enumerated() {
      guard let district = district(plan) else { continue }
      let key = "\(plan.year) \(district)"
      if let other = first[key] {
        findings[index, default: []].append(
          finding(
            .plannedTwice, .fail, plan, "district",
            zh: "\(district) \(plan.year) 年已有计划 \(plans[other].file.path)",
            en: "\(district) has a plan for \(plan.year) already, \(plans[other].file.path)"))
      } else {
        first[key] = index
      }
    }
    for (index, city) in plans.enumerated() where !city.isDistrict {
      let own = first.values.sorted().filter { plans[$0].year == city.year }
      if own.isEmpty { continue }
      for category in policy.catalogue.words.category.entries {
        try compare(city, index, own, category, &findings)
      }
      let planned = Set(own.compactMap { district(plans[$0]) })
      for record in city.districts {
        guard case .string(let name) = record["district"] else { continue }
        let canonical = facts.plannedDistrict(name) ?? name
        if planned.contains(canonical) { continue }
        findings[index, default: []].append(
          finding(
            .missing, .note, city, "district", inDistrict: name, zh: "\(name)没有报送 \(city.year) 年计划",
            en: "\(name) has no plan for \(city.year)"))
      }
    }
    return findings
  }

  private func compare(
    _ city: Plan, _ index: Int, _ districts: [Int], _ category: VocabularyTable.Entry,
    _ findings: inout [Int: [Finding]]
  ) throws(Faults) {
    var sum = Exact.zero
    var parts: [String] = []
    for other in districts {
      guard let planned = planned(plans[other], category) else { continue }
      let amount = planned.amount
      let name = district(plans[other]) ?? ""
      do {
        sum = try sum.adding(amount)
      } catch {
        throw Faults(
          Fault(
            plans[other].file, plans[other].range(of: planned.path, inDistrict: planned.row),
            zh: "数值过大，无法相加", en: "the numbers are too large to add up"))
      }
      parts.append("\(name) \(amount)")
      let given = city.districts.first { record in
        guard case .string(let text) = record["district"] else { return false }
        return (facts.plannedDistrict(text) ?? text) == name
      }.flatMap { self.amount($0["planned"], category) }
      if let given, amount > given {
        var found = finding(
          .aboveCity, .fail, plans[other], planned.path, inDistrict: planned.row,
          zh: "\(name)计划\(category.label.zh) \(amount) 家，全市计划给该区县 \(given) 家",
          en: "\(name) plans \(amount) of \(category.word); the city's plan gives it \(given)")
        found.measured = Quantity(value: amount.description, unit: "institutions")
        found.limit = Quantity(value: given.description, unit: "institutions")
        found.category = category.word
        findings[other, default: []].append(found)
      }
    }
    guard let total = amount(city.value["totals"], category), sum > total else { return }
    var found = finding(
      .sum, .fail, city, "totals.\(category.word)",
      zh: "各区县计划的\(category.label.zh)合计 \(sum) 家，全市总量 \(total) 家",
      en: "the districts plan \(sum) of \(category.word) together; the city's total is \(total)")
    found.measured = Quantity(value: sum.description, unit: "institutions")
    found.limit = Quantity(value: total.description, unit: "institutions")
    found.category = category.word
    found.arithmetic = Bilingual(
      zh: parts.joined(separator: " + ") + " = \(sum)",
      en: parts.joined(separator: " + ") + " = \(sum)")
    findings[index, default: []].append(found)
  }

  private func district(_ plan: Plan) -> String? {
    guard plan.isDistrict, let name = plan.district else { return nil }
    return facts.plannedDistrict(name) ?? name
  }

  /// What a district's plan has of a category: in its totals, else in the row that it has of itself.
  private func planned(
    _ plan: Plan, _ category: VocabularyTable.Entry
  ) -> (amount: Exact, path: String, row: String?)? {
    if let amount = amount(plan.value["totals"], category) {
      return (amount, "totals.\(category.word)", nil)
    }
    let own = district(plan)
    for record in plan.districts {
      guard case .string(let name) = record["district"],
        (facts.plannedDistrict(name) ?? name) == own,
        let amount = amount(record["planned"], category)
      else { continue }
      return (amount, "planned.\(category.word)", name)
    }
    return nil
  }

  private func amount(_ table: Value, _ category: VocabularyTable.Entry) -> Exact? {
    guard case .table(let table as Table) = table else { return nil }
    return table.entries[category.word]?.exact
  }

  private func finding(
    _ id: RuleID, _ outcome: Outcome, _ plan: Plan, _ path: String, inDistrict: String? = nil,
    zh: String, en: String
  ) -> Finding {
    let word = outcome.word
    var finding = Finding(
      rule: id.rawValue, name: id.rawValue, outcome: outcome, modality: .must,
      message: Bilingual(zh: word.zh + "：" + zh, en: word.en + ": " + en),
      location: Location(
        file: plan.file, range: plan.range(of: path, inDistrict: inDistrict)),
      citations: [policy.headerCitation])
    if let inDistrict { finding.valuePath = "districts[\(inDistrict)]" }
    return finding
  }

  /// The rules as reports list them.
  func descriptors() -> [RuleDescriptor] {
    RuleID.allCases.map { id in
      RuleDescriptor(
        id: id.rawValue, name: id.rawValue, modality: .must, summary: id.summary, reading: nil,
        citations: [policy.headerCitation])
    }
  }
}
