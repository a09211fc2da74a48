/// What is not as a report has it, when it is decided again.
package struct ReplayDifference: Sendable {
  /// What the report rests on, and is another now.
  package struct Change: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
      case version
      /// By its id.
      case profile(String)
      case input(path: String, role: String)
    }

    package var subject: Subject
    /// The version or digest in the report, and now; nil where it is not there.
    package var before: String?
    package var after: String?

    package init(_ subject: Subject, before: String?, after: String?) {
      self.subject = subject
      self.before = before
      self.after = after
    }
  }

  /// A subject with another verdict.
  package struct Flip: Sendable, Hashable {
    package struct Rule: Sendable, Hashable {
      package var rule: String
      package var category: String?
      /// Outcomes as reports write them; nil where the rule was not among those shown.
      package var before: String?
      package var after: String?

      package init(rule: String, category: String?, before: String?, after: String?) {
        self.rule = rule
        self.category = category
        self.before = before
        self.after = after
      }
    }

    package var type: String
    package var id: String
    package var name: String
    /// Verdicts as reports write them; nil where there is no such subject.
    package var before: String?
    package var after: String?
    /// The rules that come to something else for it.
    package var rules: [Rule]

    package init(
      type: String, id: String, name: String, before: String?, after: String?, rules: [Rule]
    ) {
      self.type = type
      self.id = id
      self.name = name
      self.before = before
      self.after = after
      self.rules = rules
    }
  }

  package var subjects: Int
  /// Whether the bytes are the same, whatever else.
  package var isSame: Bool
  package var changes: [Change]
  package var flips: [Flip]
  /// The first line of the report that is another now, from 1; nil where the bytes are the same.
  package var firstLine: Int?

  package init(
    subjects: Int, isSame: Bool, changes: [Change], flips: [Flip], firstLine: Int?
  ) {
    self.subjects = subjects
    self.isSame = isSame
    self.changes = changes
    self.flips = flips
    self.firstLine = firstLine
  }
}
