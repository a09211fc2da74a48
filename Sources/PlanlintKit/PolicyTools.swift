import PolicyDesk
public import Diagnostics

/// What a policy tool found in one profile.
public struct PolicyToolResult: Sendable {
  /// One thing that a policy officer should look at.
  public struct Finding: Sendable {
    /// How grave it is.
    public enum Severity: String, Sendable {
      /// The profile cannot be right.
      case error
      /// It is probably not what was meant.
      case warning
      /// For information; does not count as a finding.
      case note
    }

    /// How grave it is.
    public let severity: Severity
    /// What kind of thing it is (`unused-parameter`).
    public let code: String
    /// Where it stands.
    public let location: Location
    /// What was found, in one sentence.
    public let message: Bilingual

    init(_ finding: PolicyFinding) {
      severity =
        switch finding.severity {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
      code = finding.code
      location = finding.location
      message = finding.message
    }
  }

  /// A figure of one profile.
  public struct Count: Sendable, Hashable {
    /// What is counted (`provisions_unused`).
    public let name: String
    /// How many there are.
    public let count: Int
  }

  let report: PolicyReport

  init(_ report: PolicyReport) { self.report = report }

  /// The profile's id.
  public var profile: String { report.profile }

  /// Everything found, in the order of the profile.
  public var findings: [Finding] { report.findings.map(Finding.init) }

  /// The counts of the profile in one line.
  public var summary: Bilingual { report.summary }

  /// The same counts as figures.
  public var counts: [Count] {
    report.counts.map { Count(name: "\($0.name)", count: $0.count) }
  }

  /// Whether there is anything beside notes.
  public var hasFindings: Bool { report.findings.contains { $0.severity != .note } }

  /// A finding a line, `path:line:column: word[code] message`, then the counts of the profile.
  public func lines(in language: Language) -> [String] {
    let lines = report.findings.map { finding in
      "\(finding.location.place): \(finding.severity.rawValue)[\(finding.code)] \(finding.message[language])"
    }
    return lines + [report.profile + (language == .zh ? "：" : ": ") + report.summary[language]]
  }
}

extension Planlint {
  /// Holds every quote and digest of the profiles against the texts of their documents, `<sources>/<tenant>.txt`.
  public static func verifyPolicies(
    cities: [String], sources: String, _ request: Request
  ) throws(InputErrors) -> [PolicyToolResult] {
    do {
      return try PolicyVerification(
        try request.library(), sources: sources, digest: Digest.sha256
      ).run(cities: cities).map(PolicyToolResult.init)
    } catch {
      throw InputErrors(error)
    }
  }

  /// What of the documents the profiles cover and what of the profiles their tests do; with `sources`, also the sentences that
  /// no provision quotes.
  public static func coverPolicies(
    cities: [String], sources: String?, _ request: Request
  ) throws(InputErrors) -> [PolicyToolResult] {
    do {
      return try PolicyCoverage(try request.library(), sources: sources).run(cities: cities)
        .map(PolicyToolResult.init)
    } catch {
      throw InputErrors(error)
    }
  }

  /// What is unused, constant or out of place in the profiles; one that does not load is an error.
  public static func inspectPolicies(
    cities: [String], _ request: Request
  ) throws(InputErrors) -> [PolicyToolResult] {
    do {
      return try PolicyInspection(try request.library()).run(cities: cities)
        .map(PolicyToolResult.init)
    } catch {
      throw InputErrors(error)
    }
  }
}
