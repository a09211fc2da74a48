/// What tells a finding from others and stays the same when lines move: rule, category, subject and the value's path, never
/// the line, the message or the subject's name.
///
/// Two findings may have the same key (the plans of two years, say); whoever tells them apart counts them.
public struct FindingKey: Sendable, Hashable, Comparable {
  /// Whether it is about an application, or a city or a district of a plan.
  public package(set) var subjectType: SubjectType
  /// The subject's id.
  public package(set) var subject: String
  /// The rule's id.
  public package(set) var rule: String
  /// The category that it was decided for, where the subject asks for several.
  public package(set) var category: String?
  /// The path of the value within the subject; empty where the finding speaks of the subject as a whole.
  public package(set) var valuePath: String

  package init(
    subjectType: SubjectType, subject: String, rule: String, category: String?, valuePath: String
  ) {
    self.subjectType = subjectType
    self.subject = subject
    self.rule = rule
    self.category = category
    self.valuePath = valuePath
  }

  package init(_ finding: Finding, of result: SubjectResult) {
    self.init(
      subjectType: result.type, subject: result.id, rule: finding.rule, category: finding.category,
      valuePath: finding.valuePath)
  }

  /// By subject, then rule, so that what belongs together stands together in a sorted file.
  public static func < (a: FindingKey, b: FindingKey) -> Bool {
    (a.subject, a.subjectType.rawValue, a.rule, a.category ?? "", a.valuePath)
      < (b.subject, b.subjectType.rawValue, b.rule, b.category ?? "", b.valuePath)
  }
}
