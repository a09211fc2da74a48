/// One thing that a policy officer should look at in a profile, its tests or its source text.
package struct PolicyFinding: Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
    /// For information; does not count as a finding.
    case note
  }

  package var severity: Severity
  /// What kind of thing it is (`unused-parameter`).
  package var code: String
  package var location: Location
  package var message: Bilingual
  /// The other places that it speaks of, for editors.
  package var related: [RelatedPlace] = []
  /// The name that was probably meant in place of the one that stands at `location`; nil where none is near.
  package private(set) var suggestion: String?

  package init(
    _ severity: Severity, _ code: String, _ location: Location, zh: String, en: String,
    meant: Meant? = nil
  ) {
    self.severity = severity
    self.code = code
    self.location = location
    message = Bilingual(zh: zh, en: en).ending(with: meant)
    suggestion = meant?.name
  }

  /// A fault as a finding, at `location`.
  package init(_ fault: Fault, _ code: String, _ location: Location) {
    severity = .error
    self.code = code
    self.location = location
    message = fault.message
    suggestion = fault.suggestion
  }
}

/// What a policy tool found in one profile, and its counts in one line.
package struct PolicyReport: Sendable {
  package var profile: String
  package var findings: [PolicyFinding]
  package var summary: Bilingual
  /// The figures of the summary, by the names that programs find them under.
  package var counts: [(name: StaticString, count: Int)]

  package init(
    profile: String, findings: [PolicyFinding], summary: Bilingual,
    counts: [(name: StaticString, count: Int)]
  ) {
    self.profile = profile
    self.findings = findings
    self.summary = summary
    self.counts = counts
  }
}
