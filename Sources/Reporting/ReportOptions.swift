package import Diagnostics

/// What of a report is shown, and how; never what is decided.
package struct ReportOptions: Sendable {
  /// The display width of a terminal that says nothing about its own.
  package static let usualWidth = 100

  package var language: Language
  /// Shows passes, exemptions and rules that do not apply as well (`--show all`).
  package var showAll: Bool
  /// Colours for terminals.
  package var color: Bool
  /// The ids or readable names of the rules shown; nil shows all.
  package var rules: Set<String>?
  /// The outcomes shown; nil shows what the format shows by itself.
  package var outcomes: Set<Outcome>?
  /// How much of each subject JSON, JSON Lines and CSV carry.
  package var detail: Detail
  /// The display width that source lines are cut to.
  package var width: Int
  /// How code hosts see paths; nil leaves them as they were given.
  package var repository: RepositoryPaths?
  /// The address of a site of rules (``RuleSite``), for links to a rule's page.
  package var rulesAddress: String?

  /// How much of each subject the formats for programs carry (`--detail`).
  package enum Detail: String, Sendable, CaseIterable {
    /// Its id and verdict, and the ids of its rules with their outcomes.
    case verdict
    /// Also what was measured against what, the rank, the place in the input and what is missing.
    case finding
    /// Everything.
    case full
  }

  package init(
    language: Language = .zh, showAll: Bool = false, color: Bool = false,
    rules: Set<String>? = nil, outcomes: Set<Outcome>? = nil, detail: Detail = .full,
    width: Int = usualWidth, repository: RepositoryPaths? = nil, rulesAddress: String? = nil
  ) {
    self.language = language
    self.showAll = showAll
    self.color = color
    self.rules = rules
    self.outcomes = outcomes
    self.detail = detail
    self.width = width
    self.repository = repository
    self.rulesAddress = rulesAddress
  }

  /// Which findings a format shows by itself.
  enum Selection {
    /// What a person has to look at: no passes, exemptions or rules that do not apply.
    case attention
    /// What a program may want: everything but rules that do not apply.
    case record
  }

  /// The result of a subject with all that the detail asks for.
  func result(_ index: Int, of report: Report) -> SubjectResult {
    detail == .verdict ? report.outcomes(index) : report.result(index)
  }

  /// A path as a code host looks for it.
  func hostPath(_ path: String) -> String { repository?.path(path) ?? path }

  /// The page of a rule, where there is a site of them.
  func page(of rule: String) -> String? {
    rulesAddress.map { RuleSite.address(of: rule, on: $0) }
  }

  /// Whether a filter is set, so that subjects without a shown finding are of no interest to a reader.
  var isFiltering: Bool { rules != nil || outcomes != nil }

  /// Whether a finding is shown; what a baseline knows is not, unless `known` says so.
  func shows(_ finding: Finding, _ selection: Selection, known: Bool = false) -> Bool {
    if finding.isKnown, !known { return false }
    if let rules, !rules.contains(finding.rule), !rules.contains(finding.name) { return false }
    if let outcomes { return outcomes.contains(finding.outcome) }
    if showAll { return true }
    switch finding.outcome {
    case .fail, .review, .unknown, .waived, .note: return true
    // What a person decided is worth seeing, whatever it was.
    case .pass, .exempt: return selection == .record || finding.ruling != nil
    case .notApplicable: return false
    }
  }
}
