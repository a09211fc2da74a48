public import Diagnostics
import Reporting

/// What looks at profiles; each has a form of its own for programs.
public enum PolicyTool: String, Sendable, CaseIterable {
  /// ``Planlint/inspectPolicies(cities:_:)``: `policy-check/1`.
  case check
  /// ``Planlint/verifyPolicies(cities:sources:_:)``: `policy-verify/1`.
  case verify
  /// ``Planlint/coverPolicies(cities:sources:_:)``: `policy-coverage/1`.
  case coverage

  var format: StaticString {
    switch self {
    case .check: "policy-check/1"
    case .verify: "policy-verify/1"
    case .coverage: "policy-coverage/1"
    }
  }
}

/// The folder that paths begin in where a code host reads them.
public struct Repository: Sendable {
  let paths: RepositoryPaths

  /// - Parameters:
  ///   - root: the absolute path of the repository.
  ///   - workingFolder: the absolute path of the folder that relative paths begin in.
  public init(root: String, workingFolder: String) {
    paths = RepositoryPaths(root: root, workingFolder: workingFolder)
  }
}

extension Planlint {
  /// What a tool found in each profile as one JSON document, with the counts of all and of each.
  public static func json(_ results: [PolicyToolResult], of tool: PolicyTool) -> String {
    document(tool.format) { json in
      let findings = results.flatMap(\.report.findings)
      json.key("summary")
      json.beginObject(inline: true)
      json.key("profiles")
      json.number(results.count)
      json.key("errors")
      json.number(findings.count { $0.severity == .error })
      json.key("warnings")
      json.number(findings.count { $0.severity == .warning })
      json.key("notes")
      json.number(findings.count { $0.severity == .note })
      json.endObject()
      json.key("profiles")
      json.beginArray()
      for result in results { result.write(to: &json) }
      json.endArray()
    }
  }

  /// The tests of each profile and what came of them as one JSON document (`policy-test/1`).
  public static func json(_ results: [PolicyTestResult]) -> String {
    document("policy-test/1") { json in
      json.key("summary")
      json.beginObject(inline: true)
      json.key("profiles")
      json.number(results.count)
      json.key("cases")
      json.number(results.reduce(0) { $0 + $1.cases })
      json.key("failed")
      json.number(results.reduce(0) { $0 + $1.failedCases })
      json.endObject()
      json.key("profiles")
      json.beginArray()
      for result in results { result.write(to: &json) }
      json.endArray()
    }
  }

  /// What was found in profiles as annotations of GitHub's workflow log; `faults` are those of profiles that do not load.
  public static func githubAnnotations(
    _ results: [PolicyToolResult], faults: [Fault] = [], in language: Language,
    repository: Repository? = nil
  ) -> String {
    PolicyFindingReporter(
      results.map(\.report), faults: faults, language: language, paths: repository?.paths
    ).github
  }

  /// The same as a SARIF 2.1.0 log.
  public static func sarif(
    _ results: [PolicyToolResult], faults: [Fault] = [], in language: Language,
    repository: Repository? = nil
  ) -> String {
    PolicyFindingReporter(
      results.map(\.report), faults: faults, language: language, paths: repository?.paths
    ).sarif(version: version)
  }
}

extension PolicyToolResult {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(profile)
    json.key("summary")
    json.bilingual(summary)
    json.key("counts")
    json.beginObject(inline: true)
    for count in report.counts {
      json.key(count.name)
      json.number(count.count)
    }
    json.endObject()
    json.key("findings")
    json.beginArray()
    for finding in report.findings {
      json.beginObject()
      json.key("severity")
      json.string(finding.severity.rawValue)
      json.key("code")
      json.string(finding.code)
      json.key("location")
      json.location(finding.location)
      json.key("message")
      json.bilingual(finding.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}

extension PolicyTestResult {
  /// How many cases came out otherwise; one may do so in several ways.
  public var failedCases: Int { Set(failures.map(\.test)).count }

  /// A failure a line, `path:line:column: case: message`, then the counts of the profile.
  public func lines(in language: Language) -> [String] {
    failures.map { "\($0.location.place): \($0.test): \($0.message[language])" } + [
      language == .zh
        ? "\(profile)：\(cases) 个用例，\(failedCases) 个不符"
        : "\(profile): \(cases) cases, \(failedCases) failed"
    ]
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(profile)
    json.key("cases")
    json.number(cases)
    json.key("failed")
    json.number(failedCases)
    json.key("failures")
    json.beginArray()
    for failure in failures {
      json.beginObject()
      json.key("test")
      json.string(failure.test)
      json.key("location")
      json.location(failure.location)
      json.key("message")
      json.bilingual(failure.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
