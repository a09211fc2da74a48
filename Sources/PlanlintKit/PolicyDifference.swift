package import Compliance
public import Diagnostics
import Reporting

/// What differs between two versions of a profile, and the verdicts that flip.
public struct PolicyDifference: Sendable {
  package let result: PolicyComparison.Result
  private let paths: (old: String, new: String)

  package init(_ result: PolicyComparison.Result, old: String, new: String) {
    self.result = result
    paths = (old, new)
  }

  /// Whether neither a part of the profile nor a verdict differs.
  public var isEmpty: Bool { result.changes.isEmpty && result.flips.isEmpty }

  /// A difference a line, `path:line:column: added[rule] …`, then a verdict a line, then the counts.
  public func lines(in language: Language) -> [String] {
    var indices: [String: LineIndex] = [:]
    func place(_ location: Location) -> String {
      let index = indices[location.file.path] ?? LineIndex(location.file)
      indices[location.file.path] = index
      let position = index.position(of: location.range.start)
      return "\(location.file.path):\(position.line):\(position.column)"
    }
    var lines = result.changes.map { change in
      let fields = change.fields.map { Self.text($0, language) }
      return "\(place(change.location)): \(change.kind.rawValue)[\(change.section.en)] "
        + "\(language == .zh ? change.section.zh + " " : "")`\(change.name)`"
        + (fields.isEmpty
          ? ""
          : (language == .zh ? "：" : ": ") + fields.joined(separator: language == .zh ? "；" : "; "))
    }
    for flip in result.flips {
      let rules = flip.rules.map { Self.text($0, language) }.joined(
        separator: language == .zh ? "；" : "; ")
      lines.append(
        "\(place(flip.location)): verdict[\(flip.application)] "
          + "\(flip.old.word[language]) → \(flip.new.word[language])"
          + (rules.isEmpty ? "" : (language == .zh ? "：" : ": ") + rules))
    }
    return (lines + [summary(language)]).map(VisibleText.of)
  }

  private static func text(_ field: PolicyComparison.Field, _ language: Language) -> String {
    let name = field.path.isEmpty ? "" : field.path
    guard let values = field.values else { return name.isEmpty ? differs(language) : name }
    let none = language == .zh ? "无" : "none"
    return (name.isEmpty ? "" : name + " ")
      + "\(values.old.map { "`\($0)`" } ?? none) → \(values.new.map { "`\($0)`" } ?? none)"
  }

  private static func differs(_ language: Language) -> String {
    language == .zh ? "内容不同" : "reads otherwise"
  }

  private static func text(_ change: PolicyComparison.RuleChange, _ language: Language) -> String {
    let none = language == .zh ? "无" : "none"
    let category = change.category.map { " (\($0))" } ?? ""
    return "\(change.rule)\(category) \(change.old?.word[language] ?? none) → "
      + (change.new?.word[language] ?? none)
  }

  private func summary(_ language: Language) -> String {
    func count(_ kind: PolicyComparison.Change.Kind) -> Int {
      result.changes.count { $0.kind == kind }
    }
    var text = "\(paths.old) → \(paths.new)" + (language == .zh ? "：" : ": ")
    text +=
      language == .zh
      ? "新增 \(count(.added)) 处，删除 \(count(.removed)) 处，改动 \(count(.changed)) 处"
      : "\(count(.added)) added, \(count(.removed)) removed, \(count(.changed)) changed"
    if result.applications > 0 {
      text +=
        language == .zh
        ? "；\(result.applications) 件申请中 \(result.flips.count) 件结论改变"
        : "; \(result.flips.count) of \(result.applications) verdicts differ"
    }
    return text
  }
}

extension Planlint {
  /// What differs between two versions of a profile; with applications also the verdicts that differ.
  public static func comparePolicies(
    old: String, new: String, applications: [String], _ request: Request
  ) throws(InputErrors) -> PolicyDifference {
    do {
      return PolicyDifference(
        try PolicyComparison(old: old, new: new) { () throws(Faults) in
          try request.library()
        }.run(files: applications, request.options) { () throws(Faults) in
          try request.library()
        }, old: old, new: new)
    } catch {
      throw InputErrors(error)
    }
  }
}
