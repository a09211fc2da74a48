import Diagnostics

/// JUnit XML that both schemas in use accept: a suite a subject, a case a rule.
///
/// The counts stand before the cases, so that a suite a subject is what can be written in one pass.
struct JUnitReporter {
  private let report: Report
  private let options: ReportOptions
  private let language: Language
  private var positions = SourcePositions()

  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    var reporter = JUnitReporter(report, options)
    sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      reporter.suite(report.result(i), number: i, to: &sink)
    }
    sink.write("</testsuites>\n")
  }

  private init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
    language = options.language
  }

  /// The findings of one rule on one subject; the gravest decides.
  private struct Case {
    var findings: [Finding]

    var deciding: Finding? {
      let order: [Outcome] = [.fail, .unknown, .review, .waived, .pass, .note, .exempt]
      for outcome in order {
        if let finding = findings.first(where: { $0.outcome == outcome }) { return finding }
      }
      return findings.first
    }
  }

  private static func cases(_ findings: [Finding]) -> [Case] {
    var cases: [Case] = []
    for finding in findings {
      if let known = cases.firstIndex(where: { $0.findings.first?.rule == finding.rule }) {
        cases[known].findings.append(finding)
      } else {
        cases.append(Case(findings: [finding]))
      }
    }
    return cases
  }

  private mutating func suite(
    _ result: SubjectResult, number: Int, to sink: inout ByteSink
  ) {
    let cases = Self.cases(result.findings.filter { options.shows($0, .record) })
    var failures = 0
    var skipped = 0
    for outcome in cases.compactMap(\.deciding?.outcome) {
      switch outcome {
      case .fail: failures += 1
      case .review, .unknown, .exempt, .waived, .notApplicable: skipped += 1
      case .pass, .note: break
      }
    }
    sink.write("  <testsuite id=\"\(number)\" package=\"\(token(report.tenant))\"")
    sink.write(" name=\"\(token(result.title))\" hostname=\"localhost\"")
    sink.write(" timestamp=\"\(token(report.asOf))T00:00:00\" time=\"0\"")
    sink.write(" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\"")
    sink.write(" skipped=\"\(skipped)\">\n    <properties>\n")
    let profile =
      report.profiles.indices.contains(result.profile) ? report.profiles[result.profile] : nil
    property("profile", profile?.id ?? "-", to: &sink)
    property("profile.status", profile?.status.rawValue ?? "-", to: &sink)
    property("profile.sha256", profile?.sha256 ?? "-", to: &sink)
    property("verdict", result.verdict.rawValue, to: &sink)
    sink.write("    </properties>\n")
    for testCase in cases { self.testCase(testCase, result, to: &sink) }
    sink.write("    <system-out>")
    let known = BaselineNote.known(result, language) ?? ""
    var lines = [result.title + ": " + result.verdictWord[language] + known]
    if let notice = profile.flatMap({ Wording.notice($0, language) }) { lines.append(notice) }
    lines += result.readings.map { FindingFact.reading($0, language) }
    for finding in cases.flatMap(\.findings) where finding.outcome == .note {
      lines.append("note[\(finding.rule)]: " + finding.statement(language))
    }
    for finding in cases.flatMap(\.findings) {
      guard let ruling = finding.ruling, finding.outcome == .pass else { continue }
      lines.append(
        "pass[\(finding.rule)]: " + finding.outcomeWord[language] + ": "
          + FindingFact.ruling(ruling, language))
    }
    sink.write(lines.map(MarkupText.escaped).joined(separator: "\n"))
    sink.write("</system-out>\n    <system-err></system-err>\n  </testsuite>\n")
  }

  private func property(_ name: String, _ value: String, to sink: inout ByteSink) {
    sink.write("      <property name=\"\(name)\" value=\"\(MarkupText.escaped(value))\"/>\n")
  }

  private mutating func testCase(
    _ testCase: Case, _ result: SubjectResult, to sink: inout ByteSink
  ) {
    guard let finding = testCase.deciding else { return }
    sink.write("    <testcase name=\"\(token(finding.ruleTitle))\"")
    sink.write(" classname=\"\(token(report.tenant + "." + result.id))\" time=\"0\"")
    let message = MarkupText.escaped(finding.statement(language))
    switch finding.outcome {
    case .fail:
      sink.write(">\n      <failure type=\"\(finding.modality.rawValue)\" message=\"\(message)\">")
      let bodies = testCase.findings.filter { $0.outcome == .fail }.map { body($0) }
      sink.write(bodies.joined(separator: "\n\n"))
      sink.write("</failure>\n    </testcase>\n")
    case .review, .unknown, .exempt, .waived, .notApplicable:
      sink.write(">\n      <skipped message=\"\(message)\">")
      sink.write(body(finding))
      sink.write("</skipped>\n    </testcase>\n")
    case .pass, .note:
      sink.write("/>\n")
    }
  }

  private mutating func body(_ finding: Finding) -> String {
    let region = positions.region(of: finding.location)
    var lines = [
      "\(finding.location.file.path):\(region.startLine):\(region.startColumn): "
        + finding.statement(language)
    ]
    for fact in FindingFact.of(finding, language) {
      lines.append(fact.kind.label[language] + ": " + fact.text)
    }
    return lines.map(MarkupText.escaped).joined(separator: "\n")
  }

  /// An attribute of XML Schema's type `token`, which may not be empty.
  private func token(_ text: String) -> String {
    let escaped = MarkupText.escaped(text)
    return escaped.isEmpty ? "-" : escaped
  }
}
