import Diagnostics
import Policy
import PolicyDesk
import Reading

/// What figures come to with the facts of the tests, for whoever reads a profile or its tests.
extension Workspace {
  /// As many districts, and figures of a rule, are told of.
  private static let shownDistricts = 20
  private static let shownFigures = 8

  /// What a figure comes to with the facts that the tests share; nil of what is no figure.
  mutating func value(of name: String, _ profile: String) -> String? {
    guard let analysis = analysis(profile), let policy = analysis.policy,
      Self.isFigure(name, policy), let path = testsPath(of: profile),
      let tests = self.analysis(path)?.tests,
      let figures = FigureValues(policy, tests: tests, districts: analysis.tenant?.districts ?? [])
    else { return nil }
    let language = settings.language
    guard let text = text(of: figures.values(of: name)) else {
      return language == .zh
        ? "测试的共用基础数据不足以算出其值" : "the facts that the tests share do not give its value"
    }
    return (language == .zh ? "按测试的共用基础数据：" : "with the facts that the tests share: ") + text
  }

  /// What the figures of a rule come to with the facts of the case of the tests that names it there; nil where it has none.
  mutating func values(
    for occurrence: Occurrence, _ analysis: Analysis, _ profile: String
  ) -> String? {
    guard let known = self.analysis(profile), let policy = known.policy,
      let index = index(profile), let tests = analysis.tests,
      let test = tests.cases.first(where: {
        $0.range.start <= occurrence.range.start && occurrence.range.end <= $0.range.end
      }),
      let rule = known.node?["rules"]?.items?.first(where: {
        $0["id"]?.scalar?.text == occurrence.symbol.name
      }),
      let figures = FigureValues(
        policy, tests: tests, of: test, districts: known.tenant?.districts ?? [])
    else { return nil }
    let names = index.occurrences.filter {
      $0.symbol.kind == .name && rule.range.start <= $0.range.start
        && $0.range.end <= rule.range.end && Self.isFigure($0.symbol.name, policy)
    }.map(\.symbol.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let lines = names.prefix(Self.shownFigures).compactMap { name in
      text(of: figures.values(of: name)).map { "- `\(name)` = \($0)" }
    }
    if lines.isEmpty { return nil }
    let head = settings.language == .zh ? "按本用例的基础数据：" : "with the facts of this case:"
    return ([head, ""] + lines).joined(separator: "\n")
  }

  private static func isFigure(_ name: String, _ policy: Policy) -> Bool {
    policy.figures.contains { $0.name == name } || policy.allocations.contains { $0.name == name }
  }

  /// The value of the city, or those of the districts; nil where there is none.
  private func text(of values: [FigureValues.Value]) -> String? {
    if values.isEmpty { return nil }
    let language = settings.language
    let texts = values.prefix(Self.shownDistricts).map { value in
      value.district.map { "\($0) \(value.text[language])" } ?? value.text[language]
    }
    return texts.joined(separator: language == .zh ? "，" : ", ")
      + (values.count > texts.count ? " …" : "")
  }
}
