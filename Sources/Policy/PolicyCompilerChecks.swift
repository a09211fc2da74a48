import Cases
import Diagnostics
import Expression
import Reading

/// What holds of a profile's names, definitions and rules together.
extension PolicyCompiler {
  /// Names that conditions use are not taken and occur once among all kinds.
  mutating func checkNames() {
    var seen = Set(PolicyNames.reserved)
    let all =
      source.parameters.map(\.key) + source.figures.map(\.key) + source.conditions.map(\.key)
      + source.circles.map(\.key) + source.tallies.map(\.key) + source.allocations.map(\.key)
    for (index, key) in all.enumerated() where !seen.insert(key.value).inserted {
      fault(
        key.range, zh: "名称 `\(key.value)` 已被占用", en: "the name `\(key.value)` is taken",
        related: earlier(key.value, in: all[..<index]))
    }
    for reading in source.readings
    where source.replacements != nil && reading.key.value == PolicySource.replacementsName {
      fault(
        reading.key.range, zh: "名称 `\(reading.key.value)` 已被 `replacements` 一节占用",
        en: "the name `\(reading.key.value)` is taken by the section `replacements`")
    }
    // A provision may decide applications and plans alike, by a rule for each.
    var ids: Set<String> = []
    for (index, rule) in source.rules.enumerated()
    where !ids.insert("\(rule.subject == .application) \(rule.id.value)").inserted {
      let alike = source.rules[..<index].filter {
        ($0.subject == .application) == (rule.subject == .application)
      }
      fault(
        rule.id.range, zh: "规则 `\(rule.id.value)` 重复",
        en: "the rule `\(rule.id.value)` occurs twice",
        related: earlier(rule.id.value, in: alike.map(\.id)[...]))
    }
  }

  /// Where a name stands first.
  private func earlier(
    _ name: String, in keys: ArraySlice<Located<String>>
  ) -> [RelatedPlace] {
    keys.first { $0.value == name }.map { first in
      [
        RelatedPlace(
          Location(file: file, range: first.range), zh: "`\(name)` 先写在这里",
          en: "`\(name)` stands here already")
      ]
    } ?? []
  }

  /// A figure, condition or circle cannot rest on itself; each circle is told once, with the way that it takes.
  mutating func checkCycles() {
    var told: Set<String> = []
    for key in definitionKeys where !told.contains(key.value) {
      guard let path = graph.cycle(through: key.value) else { continue }
      told.formUnion(path)
      let way = (path + [key.value]).map { "`\($0)`" }.joined(separator: " → ")
      fault(
        key.range,
        zh: "`\(key.value)` 的定义引用了自身" + (path.count > 1 ? "：\(way)" : ""),
        en: "`\(key.value)` is defined by itself" + (path.count > 1 ? ": \(way)" : ""),
        related: steps(path))
    }
  }

  /// The definitions that a circle goes through after its first, each with the one that it rests on.
  private func steps(_ path: [String]) -> [RelatedPlace] {
    path.indices.dropFirst().compactMap { index in
      guard let key = definitionKeys.first(where: { $0.value == path[index] }) else { return nil }
      let next = path[index + 1 < path.count ? index + 1 : 0]
      return RelatedPlace(
        Location(file: file, range: key.range), zh: "`\(key.value)` 引用 `\(next)`",
        en: "`\(key.value)` rests on `\(next)`")
    }
  }

  private var definitionKeys: [Located<String>] {
    source.figures.map(\.key) + source.conditions.map(\.key) + source.circles.map(\.key)
      + source.tallies.map(\.key) + source.allocations.map(\.key)
  }

  /// Definitions that rest on each other are evaluated inside each other: so deep may they be.
  private static let deepest = 64

  /// Finds definitions that rest on others more levels deep than are evaluated.
  mutating func checkDepth() {
    guard faults.isEmpty, let deep = graph.tooDeep(Self.deepest) else { return }
    guard let key = definitionKeys.first(where: { $0.value == deep }) else { return }
    fault(
      key.range,
      zh: "`\(deep)` 的定义逐层引用超过 \(Self.deepest) 层，请减少层数",
      en:
        "`\(deep)` rests on definitions more than \(Self.deepest) levels deep; expected at most as many"
    )
  }

  /// Holds a radius or an accuracy, and its alternatives, to what can be meant.
  mutating func checkMetres(_ name: Located<String>, from least: Int, to most: Int) {
    guard let index = parameterIndex[name.value] else { return }
    let parameter = source.parameters[index].value.value
    for value in ([parameter.value] + parameter.alternatives).map(\.value) {
      if value >= Exact(least), value <= Exact(most) { continue }
      fault(
        source.parameters[index].key.range,
        zh: "`\(name.value)` 用作距离（米），应为 \(least) 至 \(most)，实际为 \(value)",
        en:
          "`\(name.value)` is a distance in metres: expected \(least) to \(most), found \(value)")
    }
  }

  /// A rule about applications says nothing of a plan, and the other way round; messages included.
  mutating func checkRules(_ rules: [Rule]) {
    for rule in rules {
      let reach = graph.reach(rule.programs + rule.messagePrograms)
      var wrong: [String] = []
      if rule.subject == .application {
        if reach.contains(.plan) { wrong.append("plan") }
        if reach.contains(.planDistrict) { wrong.append("plan_district") }
      } else {
        if reach.contains(.application) { wrong.append("application") }
        wrong += reach.circles.map { source.circles[$0].key.value }
        if rule.subject == .plan, reach.contains(.planDistrict) { wrong.append("plan_district") }
      }
      for name in wrong {
        fault(
          rule.range,
          zh: "`\(name)` 在规则 `\(rule.id)` 中没有意义（该规则针对 \(rule.subject.rawValue)）",
          en:
            "`\(name)` means nothing in rule `\(rule.id)`, which speaks of a \(rule.subject.rawValue)"
        )
      }
      if rule.categories == nil, reach.contains(.category) {
        fault(
          rule.range,
          zh: "规则 `\(rule.id)` 没有 `categories`，其条件和文字中不能用 `category`",
          en:
            "rule `\(rule.id)` has no `categories`, so that `category` means nothing in its conditions and texts"
        )
      }
    }
  }
}
