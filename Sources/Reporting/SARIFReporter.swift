package import Diagnostics

/// SARIF 2.1.0, whole or as GitHub's code scanning wants it.
///
/// GitHub shows every result as an alert whatever its kind, so that its dialect holds unsuppressed failures, and review as notes,
/// alone.
package struct SARIFReporter {
  package enum Dialect {
    case whole
    case gitHub
  }

  /// The results that GitHub takes in one run. So many come to some 4 of the 10 MB, compressed, that it takes in one file.
  package static let gitHubResultLimit = 25_000

  /// Where a log that is divided into several goes on.
  package struct Place: Sendable {
    /// The number of the log, from 2.
    package let part: Int
    let result: Int
    let finding: Int
  }

  private let report: Report
  private let options: ReportOptions
  private let dialect: Dialect
  private let limit: Int
  private let place: Place?
  private let language: Language
  private let ruleIndex: [String: Int]
  private var positions = SourcePositions()
  private var hashesOfPath: [String: LineHashes] = [:]

  /// Writes a log of one run. GitHub's dialect takes `limit` results: a report with more is divided into several logs, of which this
  /// is the first, or the one that begins at `place`.
  ///
  /// - Returns: where the next log goes on; nil after the last.
  @discardableResult
  package static func write(
    _ report: Report, as dialect: Dialect, options: ReportOptions, from place: Place? = nil,
    limit: Int = gitHubResultLimit, to sink: inout ByteSink
  ) -> Place? {
    var json = JSONWriter(taking: &sink, indented: true)
    defer { json.giveBack(to: &sink) }
    var reporter = SARIFReporter(report, dialect, options, limit: limit, place: place)
    return reporter.log(to: &json)
  }

  private init(
    _ report: Report, _ dialect: Dialect, _ options: ReportOptions, limit: Int, place: Place?
  ) {
    self.report = report
    self.dialect = dialect
    self.limit = limit
    self.place = place
    self.options = options
    language = options.language
    ruleIndex = Dictionary(
      report.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func log(to json: inout JSONWriter) -> Place? {
    json.beginSARIF()
    tool(to: &json)
    json.key("automationDetails")
    json.beginObject(inline: true)
    json.key("id")
    // Code scanning takes two logs of one category for two states of one thing.
    json.string("planlint/\(report.tenant)/" + (place.map { "part-\($0.part)/" } ?? ""))
    json.endObject()
    json.key("language")
    json.string(language == .zh ? "zh-CN" : "en-US")
    json.key("columnKind")
    json.string("unicodeCodePoints" as StaticString)
    artifacts(to: &json)
    properties(to: &json)
    let next = results(to: &json)
    invocations(isAll: next == nil, to: &json)
    json.endSARIF()
    return next
  }

  // MARK: - The run

  private func tool(to json: inout JSONWriter) {
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.key("name")
    json.string("planlint" as StaticString)
    json.key("semanticVersion")
    json.string(report.version)
    json.key("rules")
    json.beginArray()
    for rule in report.rules { self.rule(rule, to: &json) }
    for rule in goneRules { self.rule(rule, to: &json) }
    json.endArray()
    json.endObject()
    json.endObject()
  }

  /// The rules of fixed findings that the profile has no more.
  private var goneRules: [RuleDescriptor] {
    var gone: [RuleDescriptor] = []
    for fixed in fixedFindings {
      let id = fixed.record.key.rule
      if ruleIndex[id] != nil || gone.contains(where: { $0.id == id }) { continue }
      gone.append(
        RuleDescriptor(
          id: id, name: id, modality: .data, summary: Bilingual(zh: id, en: id), reading: nil,
          citations: []))
    }
    return gone
  }

  /// What a baseline has and the report has no more; GitHub needs none of it, since it closes alerts that are gone by itself.
  private var fixedFindings: [BaselineComparison.Fixed] {
    dialect == .whole ? report.baseline?.fixed ?? [] : []
  }

  private func rule(_ rule: RuleDescriptor, to json: inout JSONWriter) {
    let summary = rule.summary[language]
    let label = FindingFact.Kind.basis.label[language]
    var text = summary
    var markdown = "**" + MarkdownText.escaped(summary) + "**"
    if let reading = rule.reading?[language] {
      text += "\n" + reading
      markdown += "\n\n" + MarkdownText.escaped(reading)
    }
    for citation in rule.citations {
      text += "\n\(label): " + FindingFact.law(citation, language)
      markdown +=
        "\n\n" + MarkdownText.escaped("\(citation.document) \(citation.place)") + "\n\n> "
        + MarkdownText.escaped(citation.quote)
    }
    json.beginObject()
    json.key("id")
    json.string(rule.id)
    json.key("name")
    json.string(rule.name)
    json.key("shortDescription")
    json.sarifMessage(summary)
    json.key("fullDescription")
    json.sarifMessage(rule.reading.map { summary + "\n" + $0[language] } ?? summary)
    json.key("helpUri")
    json.string(options.page(of: rule.id) ?? "urn:planlint:rule:" + ArtifactURI.of(rule.id))
    json.key("help")
    json.beginObject()
    json.key("text")
    json.string(text)
    json.key("markdown")
    json.string(markdown)
    json.endObject()
    json.key("defaultConfiguration")
    json.beginObject(inline: true)
    json.key("level")
    json.string(rule.modality == .target ? "note" : "error")
    json.endObject()
    json.key("properties")
    json.beginObject(inline: true)
    json.key("modality")
    json.string(rule.modality.rawValue)
    json.key("tags")
    json.strings(["compliance", rule.modality.rawValue])
    json.endObject()
    json.endObject()
  }

  private func artifacts(to json: inout JSONWriter) {
    json.key("artifacts")
    json.beginArray()
    for input in report.inputs {
      json.beginObject(inline: true)
      json.key("location")
      json.beginObject()
      json.key("uri")
      json.string(ArtifactURI.of(options.hostPath(input.path)))
      json.endObject()
      json.key("description")
      json.sarifMessage(input.role)
      json.key("hashes")
      json.beginObject()
      json.key("sha-256")
      json.string(input.sha256)
      json.endObject()
      json.endObject()
    }
    json.endArray()
  }

  private func properties(to json: inout JSONWriter) {
    json.key("properties")
    json.beginObject()
    json.key("as_of")
    json.string(report.asOf)
    json.key("profiles")
    json.beginArray()
    for profile in report.profiles {
      json.beginObject(inline: true)
      json.key("id")
      json.string(profile.id)
      json.key("sha256")
      json.string(profile.sha256)
      json.key("status")
      json.string(profile.status.rawValue)
      json.key("document")
      json.string(profile.document)
      json.endObject()
    }
    json.endArray()
    ReportJSON(report, options).summary(to: &json)
    ReportJSON(report, options).places(to: &json)
    ReportJSON(report, options).baseline(to: &json)
    json.endObject()
  }

  /// What has to be said of the run as a whole: drafts, notes, and whether there are more results than stand in this log.
  private func invocations(isAll: Bool, to json: inout JSONWriter) {
    json.key("invocations")
    json.beginArray()
    json.beginObject()
    json.key("executionSuccessful")
    json.bool(true)
    json.key("toolExecutionNotifications")
    json.beginArray()
    for profile in report.profiles {
      if let notice = Wording.notice(profile, language) {
        notification("note", VisibleText.of(notice), to: &json)
      }
    }
    var positions = SourcePositions()
    for note in report.notes {
      let region = note.location.map { positions.region(of: $0) }
      notification(
        "note", VisibleText.line(note.message[language]), at: (note.path, region), to: &json)
    }
    if !isAll {
      let text =
        language == .zh
        ? "本文件列至 \(limit) 项结果为止，其余在后续文件中"
        : "\(limit) results are listed here; the others are in further logs"
      notification("warning", text, to: &json)
    }
    json.endArray()
    json.endObject()
    json.endArray()
  }

  private func notification(
    _ level: StaticString, _ text: String, at place: (path: String, region: Region?)? = nil,
    to json: inout JSONWriter
  ) {
    json.beginObject(inline: true)
    json.key("level")
    json.string(level)
    json.key("message")
    json.sarifMessage(text)
    if let place {
      json.key("locations")
      json.beginArray()
      json.beginObject()
      json.key("physicalLocation")
      json.physicalLocation(options.hostPath(place.path), place.region)
      json.endObject()
      json.endArray()
    }
    json.endObject()
  }

  // MARK: - Results

  /// Writes the results; returns where a further log goes on with those beyond the limit.
  private mutating func results(to json: inout JSONWriter) -> Place? {
    var count = 0
    var next: Place?
    json.key("results")
    json.beginArray()
    let first = place?.result ?? 0
    subjects: for i in first..<max(first, report.resultCount) {
      if json.isClosed { break }
      let result = report.result(i)
      let fingerprints = Fingerprints.of(result, tenant: report.tenant)
      for (number, finding) in result.findings.enumerated() where isShown(finding) {
        if let place, i == place.result, number < place.finding { continue }
        if dialect == .gitHub, count == limit {
          next = Place(part: (place?.part ?? 1) + 1, result: i, finding: number)
          break subjects
        }
        self.result(finding, of: result, fingerprints[number], to: &json)
        count += 1
      }
    }
    for fixed in fixedFindings where isShown(fixed.record) { absent(fixed, to: &json) }
    json.endArray()
    return next
  }

  /// Known findings stand in the whole log with their state; GitHub, which shows every result as an alert, gets what is new.
  private func isShown(_ finding: Finding) -> Bool {
    guard options.shows(finding, .record, known: dialect == .whole) else { return false }
    return dialect == .whole || finding.outcome == .fail || finding.outcome == .review
  }

  /// SARIF's kind and level; any kind but fail has level none.
  private func kindAndLevel(_ outcome: Outcome) -> (StaticString, StaticString) {
    if dialect == .gitHub { return ("fail", outcome == .fail ? "error" : "note") }
    return switch outcome {
    case .fail, .waived: ("fail", "error")
    case .pass: ("pass", "none")
    case .review: ("review", "none")
    case .unknown: ("open", "none")
    case .note: ("informational", "none")
    case .exempt, .notApplicable: ("notApplicable", "none")
    }
  }

  private mutating func result(
    _ finding: Finding, of result: SubjectResult, _ fingerprint: String, to json: inout JSONWriter
  ) {
    let region = positions.region(of: finding.location)
    // What a person decided keeps what it would have been; where it admits, that is suppressed.
    let isAdmitted = finding.outcome == .pass && finding.ruling != nil
    let (kind, level) = kindAndLevel(
      isAdmitted ? finding.ruling?.otherwise ?? finding.outcome : finding.outcome)
    json.beginObject()
    json.key("ruleId")
    json.string(finding.rule)
    if let index = ruleIndex[finding.rule] {
      json.key("ruleIndex")
      json.number(index)
    }
    json.key("kind")
    json.string(kind)
    json.key("level")
    json.string(level)
    if report.baseline != nil {
      // What is not recorded in baselines (a pass) is nothing new either.
      let isNew = !finding.isKnown && finding.outcome.isRecordedInBaselines
      json.key("baselineState")
      json.string(isNew ? "new" as StaticString : "unchanged")
    }
    json.key("message")
    json.sarifMessage(messageText(finding, of: result))
    json.key("locations")
    json.beginArray()
    location(finding.location, region, result, to: &json)
    json.endArray()
    json.key("partialFingerprints")
    json.beginObject()
    json.key(Fingerprints.name)
    json.string(fingerprint)
    if let hash = lineHash(finding.location.file, line: region.startLine) {
      json.key("primaryLocationLineHash")
      json.string(hash)
    }
    json.endObject()
    json.key("suppressions")
    json.beginArray()
    if finding.outcome == .waived || isAdmitted { Self.suppression(finding, language, to: &json) }
    json.endArray()
    json.key("properties")
    json.beginObject(inline: true)
    json.key("outcome")
    json.string(finding.outcome.rawValue)
    json.key("modality")
    json.string(finding.modality.rawValue)
    json.key("verdict")
    json.string(result.verdict.rawValue)
    if let category = finding.category {
      json.key("category")
      json.string(category)
    }
    if let ruling = finding.ruling {
      json.key("ruling")
      ReportJSON.ruling(ruling, to: &json)
    }
    if !finding.cures.isEmpty {
      json.key("cures")
      ReportJSON.cures(finding.cures, to: &json)
    }
    json.endObject()
    json.endObject()
  }

  private func isShown(_ record: KnownFinding) -> Bool {
    if let rules = options.rules, !rules.contains(record.key.rule) { return false }
    return options.outcomes?.contains(record.outcome) ?? true
  }

  /// A finding that is gone, as the baseline has it; its place is the record there.
  private mutating func absent(_ fixed: BaselineComparison.Fixed, to json: inout JSONWriter) {
    guard let place = fixed.record.location else { return }
    let record = fixed.record
    let region = positions.region(of: place)
    let (kind, level) = kindAndLevel(record.outcome)
    let subject = SubjectResult(
      type: record.key.subjectType, id: record.key.subject, name: record.subjectName, profile: 0,
      verdict: .admissible, findings: [], readings: [])
    for number in fixed.number..<(fixed.number + fixed.count) {
      json.beginObject()
      json.key("ruleId")
      json.string(record.key.rule)
      json.key("kind")
      json.string(kind)
      json.key("level")
      json.string(level)
      json.key("baselineState")
      json.string("absent" as StaticString)
      json.key("message")
      let text = record.message[language]
      json.sarifMessage(
        VisibleText.of(
          subject.title + (language == .zh ? "：" : ": ")
            + (text.isEmpty ? record.outcome.word[language] : text)))
      json.key("locations")
      json.beginArray()
      location(place, region, subject, to: &json)
      json.endArray()
      json.key("partialFingerprints")
      json.beginObject(inline: true)
      json.key(Fingerprints.name)
      json.string(Fingerprints.of(record.key, number: number, tenant: report.tenant))
      json.endObject()
      json.key("suppressions")
      json.beginArray()
      json.endArray()
      json.key("properties")
      json.beginObject(inline: true)
      json.key("outcome")
      json.string(record.outcome.rawValue)
      if let category = record.key.category {
        json.key("category")
        json.string(category)
      }
      json.endObject()
      json.endObject()
    }
  }

  /// The subject, what was found, and the lines below it; the law is in the rule's help and here as far as it is the finding's.
  private func messageText(_ finding: Finding, of result: SubjectResult) -> String {
    let separator = language == .zh ? "：" : ": "
    var text = VisibleText.of(result.title + separator + finding.statement(language))
    for fact in FindingFact.of(finding, language) {
      text += "\n" + fact.kind.label[language] + separator + VisibleText.of(fact.text)
    }
    return text
  }

  private func location(
    _ location: Location, _ region: Region, _ result: SubjectResult, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("physicalLocation")
    json.physicalLocation(options.hostPath(location.file.path), region)
    json.key("logicalLocations")
    json.beginArray()
    json.beginObject(inline: true)
    json.key("name")
    json.string(result.id)
    json.key("kind")
    json.string(result.type.rawValue)
    json.endObject()
    json.endArray()
    json.endObject()
  }

  private mutating func lineHash(_ file: SourceFile, line: Int) -> String? {
    if let hashes = hashesOfPath[file.path] { return hashes[line] }
    let hashes = LineHashes(file)
    hashesOfPath[file.path] = hashes
    return hashes[line]
  }
}
