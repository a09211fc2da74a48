package import Diagnostics

/// What was found in profiles, for a code host: annotations of GitHub's workflow log, or SARIF 2.1.0.
///
/// A profile that does not load is a result too (`does-not-load`), at the place that has to be put right.
package struct PolicyFindingReporter: Sendable {
  /// What stands for the faults of a profile that does not load.
  package static let faultCode = "does-not-load"

  private struct Item {
    var severity: PolicyFinding.Severity
    var code: String
    var path: String
    var location: Location?
    var message: Bilingual
    /// What tells it from others when lines move.
    var key: String
  }

  private let items: [Item]
  private let reports: [PolicyReport]
  private let language: Language
  private let paths: RepositoryPaths?

  /// - Parameter paths: how paths are written; nil leaves them as they are.
  package init(
    _ reports: [PolicyReport], faults: [Fault] = [], language: Language, paths: RepositoryPaths?
  ) {
    self.reports = reports
    self.language = language
    self.paths = paths
    items =
      faults.map { fault in
        Item(
          severity: .error, code: Self.faultCode, path: fault.path, location: fault.location,
          message: fault.message, key: paths?.path(fault.path) ?? fault.path)
      }
      + reports.flatMap { report in
        report.findings.map { finding in
          Item(
            severity: finding.severity, code: finding.code, path: finding.location.file.path,
            location: finding.location, message: finding.message, key: report.profile)
        }
      }
  }

  private func path(_ path: String) -> String { paths?.path(path) ?? path }

  // MARK: - GitHub's workflow log

  /// A line a finding, then the counts of each profile.
  package var github: String {
    var positions = SourcePositions()
    var text = ""
    for item in items {
      let command =
        switch item.severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
      var place = ""
      if let location = item.location {
        place =
          WorkflowCommand.place(path(item.path), positions.region(of: location)) + ","
      } else if !item.path.isEmpty {
        place = "file=\(WorkflowCommand.property(path(item.path))),"
      }
      text += "::\(command) \(place)title=\(WorkflowCommand.property(item.code))::"
      text += WorkflowCommand.data(VisibleText.of(item.message[language])) + "\n"
    }
    for report in reports {
      let line = report.profile + (language == .zh ? "：" : ": ") + report.summary[language]
      text += WorkflowCommand.data(VisibleText.of(line)) + "\n"
    }
    return text
  }

  // MARK: - SARIF

  /// A log of one run; it was not executed successfully where a profile does not load.
  package func sarif(version: String) -> String {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginSARIF()
    var codes: [String] = []
    for item in items where !codes.contains(item.code) { codes.append(item.code) }
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.key("name")
    json.string("planlint" as StaticString)
    json.key("semanticVersion")
    json.string(version)
    json.key("rules")
    json.beginArray()
    for code in codes { rule(code, to: &json) }
    json.endArray()
    json.endObject()
    json.endObject()
    json.key("automationDetails")
    json.beginObject(inline: true)
    json.key("id")
    json.string("planlint/policy-check/" as StaticString)
    json.endObject()
    json.key("language")
    json.string(language == .zh ? "zh-CN" : "en-US")
    json.key("columnKind")
    json.string("unicodeCodePoints" as StaticString)
    json.key("results")
    json.beginArray()
    var positions = SourcePositions()
    var seen: [String: Int] = [:]
    for item in items {
      let key = [item.code, item.key, item.message.zh].joined(separator: "\u{1F}")
      let number = (seen[key] ?? 0) + 1
      seen[key] = number
      result(
        item, codes.firstIndex(of: item.code) ?? 0,
        FNV1a128.hex(number == 1 ? key : key + "\u{1F}\(number)"), &positions, to: &json)
    }
    json.endArray()
    json.key("invocations")
    json.beginArray()
    json.beginObject(inline: true)
    json.key("executionSuccessful")
    json.bool(!codes.contains(Self.faultCode))
    json.endObject()
    json.endArray()
    json.endSARIF()
    json.giveBack(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  private func rule(_ code: String, to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(code)
    // The code in words; what is wrong with a place is said there.
    let words = code.split(separator: "-").joined(separator: " ")
    json.key("shortDescription")
    json.sarifMessage(words)
    json.key("fullDescription")
    json.sarifMessage(words)
    json.key("help")
    json.sarifMessage("planlint policy check --help")
    json.endObject()
  }

  private func result(
    _ item: Item, _ index: Int, _ fingerprint: String, _ positions: inout SourcePositions,
    to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("ruleId")
    json.string(item.code)
    json.key("ruleIndex")
    json.number(index)
    json.key("level")
    json.string(item.severity.rawValue)
    json.key("message")
    json.sarifMessage(VisibleText.of(item.message[language]))
    json.key("locations")
    json.beginArray()
    if !item.path.isEmpty {
      json.beginObject()
      json.key("physicalLocation")
      json.physicalLocation(path(item.path), item.location.map { positions.region(of: $0) })
      json.endObject()
    }
    json.endArray()
    json.key("partialFingerprints")
    json.beginObject(inline: true)
    json.key(Fingerprints.name)
    json.string(fingerprint)
    json.endObject()
    json.endObject()
  }
}
