import Compliance
public import Diagnostics

/// What a policy tool found in one profile.
public struct PolicyToolResult: Sendable {
  private let report: PolicyReport
  private let places: [String]

  init(_ report: PolicyReport) {
    self.report = report
    var indices: [String: LineIndex] = [:]
    places = report.findings.map { finding in
      let file = finding.location.file
      let index = indices[file.path] ?? LineIndex(file)
      indices[file.path] = index
      let position = index.position(of: finding.location.range.start)
      return "\(file.path):\(position.line):\(position.column)"
    }
  }

  /// The profile's id.
  public var profile: String { report.profile }

  /// Whether there is anything beside notes.
  public var hasFindings: Bool { report.findings.contains { $0.severity != .note } }

  /// A finding a line, `path:line:column: word[code] message`, then the counts of the profile.
  public func lines(in language: Language) -> [String] {
    let lines = zip(report.findings, places).map { finding, place in
      "\(place): \(finding.severity.rawValue)[\(finding.code)] \(finding.message[language])"
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
