package import Cases
package import Diagnostics
import Expression
package import Policy

/// Figures of a plan that its other figures contradict, worked out again from those: a total that is not the sum of its parts, a rate that is
/// not what its beds and the insured come to.
///
/// It is a note: where a rule of the profile hangs on such a figure, that rule decides.
package struct PlanFigures {
  package let policy: Policy
  package let facts: Facts

  package func notes(_ plan: Plan) -> [Finding] {
    var notes: [Finding] = []
    let beds = plan.value["beds"]
    let grades = ["tertiary", "secondary", "primary"]
    let radiating = grades.map { Self.number(beds, "radiating_by_grade", $0) }
    let local = grades.map { Self.number(beds, "local_by_grade", $0) }
    let stated = Self.number(beds, "radiating")
    add(
      &notes, plan, "beds.radiating", Bilingual(zh: "区域辐射床位", en: "radiating beds"), stated,
      radiating, of: Bilingual(zh: "各等级", en: "of its grades"))
    add(
      &notes, plan, "beds.total", Bilingual(zh: "床位总量", en: "all beds"),
      Self.number(beds, "total"), (stated.map { [$0] } ?? radiating) + local,
      of: Bilingual(zh: "区域辐射与本地床位", en: "of radiating and local beds"))
    for category in policy.catalogue.words.category.entries {
      for (field, inRow, zh, en) in [
        ("annual_new", "annual_new", "年度新增", "yearly additions"),
        ("totals", "planned", "规划总量", "total"),
      ] {
        guard !plan.isDistrict, let whole = Self.number(plan.value[field], category.word) else {
          continue
        }
        let rows = plan.districts.map { Self.number($0[inRow], category.word) }
        if rows.allSatisfy({ $0 == nil }) { continue }
        // Districts that are not listed may have the rest, and a total may hold more than is given to districts.
        let others = max(field == "totals" ? 1 : 0, facts.districtNames.count - rows.count)
        add(
          &notes, plan, "\(field).\(category.word)",
          Bilingual(zh: category.label.zh + zh, en: "the \(en) of \(category.word)"), whole,
          rows + [Exact?](repeating: nil, count: others),
          of: Bilingual(zh: "各区县", en: "of the districts"))
      }
    }
    if let rate = rate(plan) { notes.append(rate) }
    return notes
  }

  /// More institutions, or beds, are added nowhere in a year.
  private static let mostInstitutions = Exact(1_000_000)
  private static let mostBeds = Exact(10_000_000)

  /// Additions that cannot be meant: no rule of the document may speak of them, and nobody should take them for compliant.
  func implausible(_ plan: Plan) -> [Finding] {
    let rule = BuiltInRule.figureNotPlausible
    var findings: [Finding] = []
    func look(
      _ number: Exact?, atMost most: Exact, _ label: Bilingual, _ range: ByteRange
    ) {
      guard let number, number > most else { return }
      let word = Outcome.review.word
      findings.append(
        Finding(
          rule: rule.id, name: rule.id, outcome: .review, modality: .data,
          message: Bilingual(
            zh: "\(word.zh)：\(label.zh) \(number) 不合常理（不应多于 \(most)），须核对",
            en:
              "\(word.en): \(label.en) of \(number) cannot be meant (more than \(most)); it has to be checked"
          ),
          location: Location(file: plan.file, range: range), citations: [policy.headerCitation]))
    }
    for category in policy.catalogue.words.category.entries {
      let label = Bilingual(
        zh: category.label.zh + "年度新增", en: "yearly additions of \(category.word)")
      let path = "annual_new.\(category.word)"
      look(
        Self.number(plan.value["annual_new"], category.word), atMost: Self.mostInstitutions, label,
        plan.range(of: path))
      for district in plan.districts {
        guard case .string(let name) = district["district"] else { continue }
        look(
          Self.number(district["annual_new"], category.word), atMost: Self.mostInstitutions,
          Bilingual(zh: name + label.zh, en: "\(name): \(label.en)"),
          plan.range(of: path, inDistrict: name))
      }
    }
    for district in plan.districts {
      guard case .string(let name) = district["district"] else { continue }
      look(
        district["new_institutions"].exact, atMost: Self.mostInstitutions,
        Bilingual(zh: name + "新增机构", en: "\(name): new institutions"),
        plan.range(of: "new_institutions", inDistrict: name))
      look(
        district["new_beds"].exact, atMost: Self.mostBeds,
        Bilingual(zh: name + "新增床位", en: "\(name): new beds"),
        plan.range(of: "new_beds", inDistrict: name))
    }
    return findings
  }

  /// The stated beds per 1,000 insured, where it is not the exact rate rounded to as many decimals as are written.
  private func rate(_ plan: Plan) -> Finding? {
    let beds = plan.value["beds"]
    guard let stated = Self.number(beds, "per_1000_insured"),
      let total = Self.number(beds, "total"),
      case .record(let city as DataRecord) = facts.value, let insured = city["insured"].exact,
      let exact = try? total.multiplied(by: Exact(1000)).divided(by: insured)
    else { return nil }
    let path = "beds.per_1000_insured"
    let text = plan.file.text(plan.range(of: path))
    let decimals =
      text.split(separator: ".").dropFirst().first.map { $0.filter(\.isNumber).count } ?? 0
    guard let half = Exact(decimal: "0." + String(repeating: "0", count: decimals) + "5"),
      let unit = Exact(decimal: "1" + String(repeating: "0", count: decimals)),
      let difference = try? stated.subtracting(exact).magnitude(), difference > half,
      let rounded = try? exact.multiplied(by: unit).rounded(.halfUp).divided(by: unit)
    else { return nil }
    return finding(
      plan, path,
      Bilingual(
        zh: "每千参保人床位 \(stated) 张，按床位总量 \(total) 张和参保人数 \(insured) 人计算为 \(rounded) 张，两者不一致",
        en:
          "beds per 1,000 insured: \(stated), while \(total) beds and \(insured) insured come to \(rounded)"
      ))
  }

  /// Adds a note where a stated whole is less than what is known of its parts, or is not their sum where all are known.
  private func add(
    _ notes: inout [Finding], _ plan: Plan, _ path: String, _ label: Bilingual, _ whole: Exact?,
    _ parts: [Exact?], of name: Bilingual
  ) {
    let known = parts.compactMap(\.self)
    guard let whole, !known.isEmpty, let sum = Self.sum(known) else { return }
    guard sum > whole || (sum < whole && known.count == parts.count) else { return }
    notes.append(
      finding(
        plan, path,
        Bilingual(
          zh: "\(label.zh) \(whole)，\(name.zh)合计 \(sum)，两者不一致",
          en: "\(label.en): \(whole), while the sum \(name.en) is \(sum)")))
  }

  private func finding(
    _ plan: Plan, _ path: String, _ message: Bilingual
  ) -> Finding {
    let rule = BuiltInRule.planFiguresDiffer
    let word = Outcome.note.word
    var finding = Finding(
      rule: rule.id, name: rule.id, outcome: .note, modality: .data,
      message: Bilingual(zh: word.zh + "：" + message.zh, en: word.en + ": " + message.en),
      location: Location(file: plan.file, range: plan.range(of: path)),
      citations: [policy.headerCitation])
    finding.valuePath = path
    return finding
  }

  private static func number(_ value: Value, _ path: String...) -> Exact? {
    var value = value
    for part in path {
      switch value {
      case .record(let record as DataRecord): value = record[part]
      case .table(let table as Table): value = table.entries[part] ?? .null
      default: return nil
      }
    }
    return value.exact
  }

  /// nil where they are too large to add up.
  private static func sum(_ parts: [Exact]) -> Exact? {
    var total = Exact.zero
    for part in parts {
      guard let next = try? total.adding(part) else { return nil }
      total = next
    }
    return total
  }
}
