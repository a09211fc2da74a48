import Cases
import Checks
import Deciding
import Policy
package import PolicyDesk
import Reporting

/// What differs between two versions of a profile, and the verdicts that flip.
public struct PolicyDifference: Sendable {
  package let result: PolicyComparison.Result
  private let paths: (old: String, new: String)

  package init(_ result: PolicyComparison.Result, old: String, new: String) {
    self.result = result
    paths = (old, new)
  }

  /// What the two profiles say differently.
  public var changes: [Change] { result.changes.map(Change.init) }
  /// The applications that they decide differently.
  public var flips: [Flip] { result.flips.map(Flip.init) }
  /// How many applications were decided.
  public var applicationCount: Int { result.applications }

  /// Whether neither a part of the profile nor a verdict differs.
  public var isEmpty: Bool { result.changes.isEmpty && result.flips.isEmpty }

  /// A difference a line, `path:line:column: added[rule] …`, then a verdict a line, then the counts.
  public func lines(in language: Language) -> [String] {
    var lines = result.changes.map { change in
      let fields = change.fields.map { Self.text($0, language) }
      return "\(change.location.place): \(change.kind.rawValue)[\(change.section.en)] "
        + "\(language == .zh ? change.section.zh + " " : "")`\(change.name)`"
        + (fields.isEmpty
          ? ""
          : (language == .zh ? "：" : ": ") + fields.joined(separator: language == .zh ? "；" : "; "))
    }
    for flip in result.flips {
      let rules = flip.rules.map { Self.text($0, language) }.joined(
        separator: language == .zh ? "；" : "; ")
      lines.append(
        "\(flip.location.place): verdict[\(flip.application)] "
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

extension PolicyDifference {
  /// One entry of a profile that only one version has, or that the two have differently.
  public struct Change: Sendable {
    /// What became of it.
    public enum Kind: String, Sendable {
      /// Only the new version has it.
      case added
      /// Only the old version has it.
      case removed
      /// Both have it, not the same.
      case changed
    }

    /// A field that differs.
    public struct Field: Sendable {
      /// From the entry inwards (`limit.at_most`); empty where the entry is a single value.
      public let path: String
      /// The old value, where it is a short one.
      public let old: String?
      /// The new value, where it is a short one.
      public let new: String?
    }

    /// What became of it.
    public let kind: Kind
    /// What kind of entry it is, in the words of the profile (`parameter`).
    public let section: Bilingual
    /// What the profile calls it.
    public let name: String
    /// Where it stands in the new version; of what was removed, in the old one.
    public let location: Location
    /// The fields that differ.
    public let fields: [Field]

    init(_ change: PolicyComparison.Change) {
      kind =
        switch change.kind {
        case .added: .added
        case .removed: .removed
        case .changed: .changed
        }
      section = change.section
      name = change.name
      location = change.location
      fields = change.fields.map {
        Field(path: $0.path, old: $0.values?.old, new: $0.values?.new)
      }
    }
  }

  /// An application that the two versions decide differently.
  public struct Flip: Sendable {
    /// A rule that comes to something else.
    public struct Rule: Sendable {
      /// The rule's id.
      public let id: String
      /// The category, where the application asks for several.
      public let category: String?
      /// What it came to; nil where the old version has no such finding.
      public let old: Outcome?
      /// What it comes to; nil where the new version has no such finding.
      public let new: Outcome?
    }

    /// The application's id.
    public let application: String
    /// Where it stands.
    public let location: Location
    /// The verdict of the old version.
    public let old: Verdict
    /// The verdict of the new version.
    public let new: Verdict
    /// The rules behind it.
    public let rules: [Rule]

    init(_ flip: PolicyComparison.Flip) {
      application = flip.application
      location = flip.location
      old = flip.old
      new = flip.new
      rules = flip.rules.map {
        Rule(id: $0.rule, category: $0.category, old: $0.old, new: $0.new)
      }
    }
  }
}

extension Planlint {
  /// What differs between two versions of a profile; with applications also the verdicts that differ.
  public static func comparePolicies(
    old: Input, new: Input, applications: [Input], _ request: Request
  ) throws(InputErrors) -> PolicyDifference {
    do {
      let options = try request.options([old, new] + applications)
      return PolicyDifference(
        try PolicyComparison(old: old.name, new: new.name, options.sources) { () throws(Faults) in
          try request.library()
        }.run(files: applications.map(\.name), options) { () throws(Faults) in
          try request.library()
        }, old: old.name, new: new.name)
    } catch {
      throw InputErrors(error)
    }
  }
}
