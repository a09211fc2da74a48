import Diagnostics

/// The parts of a report as `report/1` writes them; ``JSONReporter`` and ``JSONLinesReporter`` put them together.
struct ReportJSON {
  /// The decimals of degrees: seven are a centimetre.
  static let degreePlaces = 7

  private let report: Report
  let options: ReportOptions
  var positions = SourcePositions()
  private let indexOfRule: [String: Int]
  /// The sentences that the head of JSON Lines gives, by provision.
  let law: Law
  /// The rule that the next finding is probably of.
  private var nextRule = 0
  /// The last location of JSON Lines, and how it was written.
  private var lastLocation = (path: "", range: ByteRange(start: -1, end: -1), json: [UInt8]())

  init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
    indexOfRule = Dictionary(
      report.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    law = Law(report)
  }

  /// The sentences that a report may cite, each provision once.
  ///
  /// A provision that two profiles quote differently is not among them, and is written out wherever it is cited.
  struct Law {
    private(set) var citations: [Citation] = []
    private var indexOfProvision: [String: Int] = [:]

    init(_ report: Report) {
      var differing: Set<String> = []
      for citation in report.rules.flatMap(\.citations) + report.law {
        if let known = indexOfProvision[citation.provision] {
          if citations[known] != citation { differing.insert(citation.provision) }
        } else {
          indexOfProvision[citation.provision] = citations.count
          citations.append(citation)
        }
      }
      if differing.isEmpty { return }
      citations.removeAll { differing.contains($0.provision) }
      indexOfProvision = Dictionary(
        uniqueKeysWithValues: citations.enumerated().map { ($1.provision, $0) })
    }

    func has(_ citation: Citation) -> Bool {
      indexOfProvision[citation.provision].map { citations[$0] == citation } ?? false
    }
  }

  // MARK: - The report

  func head(to json: inout JSONWriter) {
    json.head("report/1", version: report.version)
    json.key("tenant")
    json.string(report.tenant)
    json.key("profile")
    if let first = report.profiles.first {
      json.profile(first)
    } else {
      json.null()
    }
    if report.profiles.count > 1 {
      json.key("profiles")
      json.beginArray()
      for identity in report.profiles { json.profile(identity) }
      json.endArray()
    }
    json.key("inputs")
    json.beginArray()
    for input in report.inputs {
      json.beginObject(inline: true)
      json.key("path")
      json.string(input.path)
      json.key("role")
      json.string(input.role)
      json.key("sha256")
      json.string(input.sha256)
      json.endObject()
    }
    json.endArray()
    json.key("as_of")
    json.string(report.asOf)
    if let run = report.run { RunJSON(run: run, options: options).write(to: &json) }
    notes(to: &json)
  }

  /// How the inputs were understood; a note about a whole file has no line.
  private func notes(to json: inout JSONWriter) {
    var positions = SourcePositions()
    json.key("notes")
    json.beginArray()
    for note in report.notes {
      let region = note.location.map { positions.region(of: $0) }
      json.beginObject(inline: true)
      json.key("path")
      json.string(note.path)
      json.key("line")
      if let region { json.number(region.startLine) } else { json.null() }
      json.key("column")
      if let region { json.number(region.startColumn) } else { json.null() }
      json.key("message")
      bilingual(note.message, to: &json)
      json.endObject()
    }
    json.endArray()
  }

  func summary(to json: inout JSONWriter) {
    let isApplication = report.subjectType == .application
    json.key("summary")
    json.beginObject(inline: true)
    json.key("subjects")
    json.number(report.summary.subjects)
    json.key(isApplication ? "admissible" : "compliant")
    json.number(report.summary.admissible)
    json.key(isApplication ? "refused" : "noncompliant")
    json.number(report.summary.refused)
    json.key("review")
    json.number(report.summary.review)
    json.key("incomplete")
    json.number(report.summary.incomplete)
    json.endObject()
  }

  /// What a baseline made of the report; nothing where there is none.
  func baseline(to json: inout JSONWriter) {
    guard let baseline = report.baseline else { return }
    json.key("baseline")
    json.beginObject()
    json.key("path")
    json.string(baseline.path)
    json.key("new")
    json.number(baseline.newCount)
    json.key("known")
    json.number(baseline.knownCount)
    json.key("fixed")
    json.number(baseline.fixedCount)
    json.key("fixed_findings")
    json.beginArray()
    for fixed in baseline.fixed {
      var record = fixed.record
      record.count = fixed.count
      json.beginObject(inline: true)
      BaselineWriter.fields(of: record, to: &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  func places(to json: inout JSONWriter) {
    json.key("places")
    json.beginArray()
    for row in report.places {
      json.beginObject(inline: true)
      json.key("rule")
      json.string(row.rule)
      json.key("scope")
      json.string(row.scope)
      json.key("unit")
      json.string(row.unit)
      json.key("limit")
      optional(row.limit, to: &json)
      json.key("used_before")
      optional(row.usedBefore, to: &json)
      json.key("taken")
      json.string(row.taken)
      json.key("taken_if_all")
      json.string(row.takenIfAll)
      json.key("left")
      optional(row.left, to: &json)
      json.key("order")
      json.strings(row.order)
      json.endObject()
    }
    json.endArray()
  }

  func rules(to json: inout JSONWriter) {
    json.key("rules")
    json.beginArray()
    for rule in report.rules {
      json.beginObject()
      json.key("id")
      json.string(rule.id)
      json.key("name")
      json.string(rule.name)
      json.key("modality")
      json.string(rule.modality.rawValue)
      json.key("summary")
      bilingual(rule.summary, to: &json)
      json.key("reading")
      optional(rule.reading, to: &json)
      json.key("citations")
      citations(rule.citations, to: &json)
      json.endObject()
    }
    json.endArray()
  }

  /// The sentences that findings name by their provisions alone.
  func provisions(to json: inout JSONWriter) {
    json.key("provisions")
    citations(law.citations, to: &json)
  }

  // MARK: - Results

  /// One subject; `brief` leaves out what is absent or known from the rules.
  mutating func result(_ result: SubjectResult, brief: Bool, to json: inout JSONWriter) {
    json.beginObject()
    json.key("subject")
    json.beginObject(inline: true)
    json.key("type")
    json.string(result.type.rawValue)
    json.key("id")
    json.string(result.id)
    if options.detail != .verdict {
      json.key("name")
      json.string(result.name)
    }
    json.endObject()
    json.key("verdict")
    json.string(result.verdict.rawValue)
    if report.profiles.count > 1, report.profiles.indices.contains(result.profile) {
      json.key("profile")
      json.string(report.profiles[result.profile].id)
    }
    if options.detail == .full, !brief || !result.readings.isEmpty {
      json.key("readings")
      readings(result.readings, to: &json)
    }
    json.key("findings")
    json.beginArray()
    for finding in result.findings where options.shows(finding, .record) {
      switch options.detail {
      case .verdict: outcome(of: finding, to: &json)
      case .finding: figures(of: finding, to: &json)
      case .full:
        if brief {
          briefFinding(finding, to: &json)
        } else {
          wholeFinding(finding, to: &json)
        }
      }
    }
    json.endArray()
    json.endObject()
  }

  private func readings(_ readings: [DecidingReading], to json: inout JSONWriter) {
    json.beginArray()
    for reading in readings {
      json.beginObject(inline: true)
      json.key("id")
      json.string(reading.id)
      json.key("provision")
      json.string(reading.provision)
      json.key("value")
      json.string(reading.value)
      json.key("alternative")
      json.string(reading.alternative)
      json.key("verdictOtherwise")
      json.string(reading.verdictOtherwise.rawValue)
      json.endObject()
    }
    json.endArray()
  }

  private mutating func wholeFinding(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    json.key("rule")
    json.string(finding.rule)
    json.key("name")
    json.string(finding.name)
    json.key("category")
    optional(finding.category, to: &json)
    json.key("outcome")
    json.string(finding.outcome.rawValue)
    json.key("modality")
    json.string(finding.modality.rawValue)
    json.key("message")
    bilingual(finding.message, to: &json)
    json.key("location")
    location(finding.location, to: &json)
    json.key("measured")
    optional(finding.measured, to: &json)
    json.key("limit")
    optional(finding.limit, to: &json)
    json.key("arithmetic")
    optional(finding.arithmetic, to: &json)
    json.key("rank")
    if let rank = finding.rank { json.number(rank) } else { json.null() }
    json.key("tieBreak")
    optional(finding.tieBreak, to: &json)
    json.key("neighbours")
    neighbours(finding.neighbours, to: &json)
    moreNeighbours(finding, to: &json)
    json.key("circle")
    if let circle = finding.circle { self.circle(circle, to: &json) } else { json.null() }
    json.key("needs")
    needs(finding.needs, to: &json)
    json.key("hangsOn")
    json.strings(finding.hangsOn)
    moreHangsOn(finding, to: &json)
    json.key("exemption")
    if let exemption = finding.exemption {
      self.exemption(exemption, to: &json)
    } else {
      json.null()
    }
    json.key("considered")
    considered(finding.considered, brief: false, to: &json)
    json.key("waiver")
    if let waiver = finding.waiver { self.waiver(waiver, to: &json) } else { json.null() }
    json.key("ruling")
    if let ruling = finding.ruling { Self.ruling(ruling, to: &json) } else { json.null() }
    json.key("remedy")
    optional(finding.remedy, to: &json)
    json.key("cures")
    Self.cures(finding.cures, to: &json)
    json.key("citations")
    citations(finding.citations, to: &json)
    json.key("reconstructed")
    bilinguals(finding.reconstructed, to: &json)
    json.endObject()
  }

  private mutating func briefFinding(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    json.fragment("\"rule\":")
    json.fragment(quoting: finding.rule)
    if let category = finding.category {
      json.key("category")
      json.string(category)
    }
    json.fragment(Self.outcome(finding.outcome))
    json.fragment(",\"message\":{\"zh\":")
    json.fragment(quoting: finding.message.zh)
    json.fragment(",\"en\":")
    json.fragment(quoting: finding.message.en)
    json.fragment("}")
    briefLocation(finding.location, to: &json)
    if let measured = finding.measured {
      json.fragment(",\"measured\":")
      briefQuantity(measured, to: &json)
    }
    if let limit = finding.limit {
      json.fragment(",\"limit\":")
      briefQuantity(limit, to: &json)
    }
    if finding.arithmetic != nil {
      json.key("arithmetic")
      optional(finding.arithmetic, to: &json)
    }
    if let rank = finding.rank {
      json.key("rank")
      json.number(rank)
    }
    if finding.tieBreak != nil {
      json.key("tieBreak")
      optional(finding.tieBreak, to: &json)
    }
    if !finding.neighbours.isEmpty {
      json.key("neighbours")
      neighbours(finding.neighbours, to: &json)
      moreNeighbours(finding, to: &json)
    }
    if let circle = finding.circle {
      json.key("circle")
      self.circle(circle, to: &json)
    }
    if !finding.needs.isEmpty {
      json.key("needs")
      needs(finding.needs, to: &json)
    }
    if !finding.hangsOn.isEmpty {
      json.key("hangsOn")
      json.strings(finding.hangsOn)
      moreHangsOn(finding, to: &json)
    }
    if let exemption = finding.exemption {
      json.key("exemption")
      self.exemption(exemption, to: &json)
    }
    if !finding.considered.isEmpty {
      json.key("considered")
      considered(finding.considered, brief: true, to: &json)
    }
    if let waiver = finding.waiver {
      json.key("waiver")
      self.waiver(waiver, to: &json)
    }
    if let ruling = finding.ruling {
      json.key("ruling")
      Self.ruling(ruling, to: &json)
    }
    if finding.remedy != nil {
      json.key("remedy")
      optional(finding.remedy, to: &json)
    }
    if !finding.cures.isEmpty {
      json.key("cures")
      Self.cures(finding.cures, to: &json)
    }
    if !isLawOfRule(finding) {
      json.key("citations")
      json.beginArray()
      for citation in finding.citations { briefCitation(citation, to: &json) }
      json.endArray()
    }
    if !finding.reconstructed.isEmpty {
      json.key("reconstructed")
      bilinguals(finding.reconstructed, to: &json)
    }
    json.endObject()
  }

  /// Whether a finding cites what its rule cites.
  ///
  /// The findings of a subject mostly come in the order of the rules, so that the next rule is tried first.
  private mutating func isLawOfRule(_ finding: Finding) -> Bool {
    if nextRule >= report.rules.count { nextRule = 0 }
    if report.rules.isEmpty { return false }
    if report.rules[nextRule].id != finding.rule {
      guard let index = indexOfRule[finding.rule] else { return false }
      nextRule = index
    }
    let isSame = report.rules[nextRule].citations == finding.citations
    nextRule += 1
    return isSame
  }

  private static func outcome(_ outcome: Outcome) -> StaticString {
    switch outcome {
    case .pass: ",\"outcome\":\"pass\""
    case .fail: ",\"outcome\":\"fail\""
    case .review: ",\"outcome\":\"review\""
    case .unknown: ",\"outcome\":\"unknown\""
    case .exempt: ",\"outcome\":\"exempt\""
    case .waived: ",\"outcome\":\"waived\""
    case .note: ",\"outcome\":\"note\""
    case .notApplicable: ",\"outcome\":\"not_applicable\""
    }
  }

  /// The location, which the findings of a subject often share: then the bytes written before are written again.
  private mutating func briefLocation(_ location: Location, to json: inout JSONWriter) {
    if lastLocation.range != location.range || lastLocation.path != location.file.path {
      var sink = ByteSink()
      var part = JSONWriter(taking: &sink, indented: false)
      part.fragment(",\"location\":")
      self.location(location, to: &part)
      part.giveBack(to: &sink)
      lastLocation = (location.file.path, location.range, sink.bytes)
    }
    json.fragment(lastLocation.json)
  }

  private func briefQuantity(_ quantity: Quantity, to json: inout JSONWriter) {
    json.fragment("{\"value\":")
    json.fragment(quoting: quantity.value)
    json.fragment(",\"unit\":")
    json.fragment(quoting: quantity.unit)
    json.fragment("}")
  }
}
