package import Cases
package import Deciding
package import Diagnostics
import Expression
import Reading
import Spatial

/// The maps that there are: one for each combination of what is not given of the newcomer and makes a difference, alike ones together.
package struct GapScenarios {
  package struct Map {
    package var table: CircleTable
    /// What was assumed of what is not given, each combination that gives this map.
    package var combinations: [[GapReport.Setting]]

    /// Whether it is a map of a district: it is of all unless the district itself makes a difference.
    package func mayBe(_ district: String) -> Bool {
      combinations.contains { combination in
        combination.allSatisfy { $0.field != "district" || $0.value == district }
      }
    }
  }

  package private(set) var maps: [Map] = []
  /// With districts called as the facts call them.
  package let registry: Registry

  /// More than so many maps nobody reads.
  private static let mostMaps = 24
  /// Counts up to this are tried to see what makes a difference.
  private static let mostTried: UInt16 = 32

  package init(_ inputs: GapInputs, _ terms: PolicyTerms) throws(Faults) {
    registry = inputs.registry.callingDistricts(by: inputs.facts.canonicalDistrict)
    var keys: [[Outcome]] = []
    var waiting: [[GapReport.Setting]] = [[]]
    while !waiting.isEmpty {
      let settings = waiting.removeFirst()
      var asked = inputs.ask
      asked.settings += settings.map { ($0.field, $0.value) }
      let newcomer = try Newcomer(asked, submitted: inputs.day, inputs.catalogue)
      let table = try CircleTable(
        newcomer, policy: inputs.policy, terms: terms, facts: inputs.facts, registry: registry,
        inputs.catalogue)
      let (key, needs) = try Self.survey(table)
      if let choice = needs.lazy.compactMap(\.choice).first(where: { choice in
        !choice.values.isEmpty && !settings.contains { $0.field == choice.field }
          && choice.values.count * (waiting.count + 1) + maps.count <= Self.mostMaps
      }) {
        waiting =
          choice.values.map { settings + [Self.setting(choice.field, $0, inputs.catalogue)] }
          + waiting
        continue
      }
      let same = maps.indices.first { keys[$0] == key && Self.isAlike(maps[$0].table, table) }
      if let same {
        maps[same].combinations.append(settings)
      } else {
        maps.append(Map(table: table, combinations: [settings]))
        keys.append(key)
      }
    }
  }

  private static func setting(
    _ field: String, _ value: String, _ catalogue: Catalogue
  ) -> GapReport.Setting {
    guard let found = catalogue.application.fields.first(where: { $0.name == field }) else {
      return .init(
        field: field, label: Bilingual(zh: field, en: field), value: value,
        valueLabel: Bilingual(zh: value, en: value))
    }
    var label = Bilingual(zh: value, en: value)
    if case .word(let words) = found.shape, let index = words.index(meaning: value) {
      label = words.entries[index].label
    } else if value == "true" || value == "false" {
      label = Bilingual(zh: value == "true" ? "是" : "否", en: value == "true" ? "yes" : "no")
    }
    return .init(field: field, label: found.meaning, value: value, valueLabel: label)
  }

  /// What a table gives for counts that make a difference, and what it hangs on.
  private static func survey(
    _ table: CircleTable
  ) throws(Faults) -> (key: [Outcome], needs: [Unknown]) {
    var key: [Outcome] = []
    var needs = table.conditionNeeds
    for use in table.uses.indices {
      for count in 0...mostTried {
        var counts = CoverageCounts()
        counts[3 * use] = count
        counts[3 * use + 1] = count
        let answered = try table.answer(counts)
        key.append(answered.outcome)
        for need in answered.needs where !needs.contains(need) { needs.append(need) }
      }
    }
    if table.uses.isEmpty {
      let answered = try table.answer(CoverageCounts())
      key.append(answered.outcome)
      needs += answered.needs
    }
    return (key, needs)
  }

  private static func isAlike(_ a: CircleTable, _ b: CircleTable) -> Bool {
    a.uses.count == b.uses.count && a.items.count == b.items.count
      && zip(a.items, b.items).allSatisfy { left, right in
        left.item.rule.index == right.item.rule.index && left.item.category == right.item.category
          && a.limit(of: left.item) == b.limit(of: right.item)
      }
      && a.rows.count == b.rows.count
      && zip(a.rows, b.rows).allSatisfy { $0.row == $1.row && $0.counts == $1.counts }
  }
}
