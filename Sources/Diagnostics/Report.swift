/// Everything that a reporter writes.
///
/// Results are made one at a time by `result`, in the order of the input, so that a report of a million subjects is never held
/// as a whole. The same report gives the same bytes.
package struct Report: Sendable {
  package var version: String
  package var tenant: String
  /// The tenant's name in words.
  package var tenantName: Bilingual
  /// The profiles that were applied, in the order of their first subject; most often one.
  package var profiles: [ProfileIdentity]
  package var inputs: [InputDigest]
  /// The day of decision, `YYYY-MM-DD`.
  package var asOf: String
  package var subjectType: SubjectType
  package var summary: Summary
  /// All rules of the profiles, in the profiles' order, then the built-in ones.
  package var rules: [RuleDescriptor]
  /// What exemptions, exceptions and readings stand on, beside what the rules cite.
  package var law: [Citation] = []
  package var places: [PlaceRow]
  package var resultCount: Int
  package var result: @Sendable (Int) -> SubjectResult
  /// What is new, known and gone, where the report was held against a baseline.
  package var baseline: BaselineComparison?
  /// How the inputs were understood, in the order in which they were read.
  package var notes: [Note] = []
  /// The applications in words; none for plans.
  package var caseFile: CaseFile?
  /// Whether a registry was given.
  package var hasRegistry = true

  package init(
    version: String, tenant: String, tenantName: Bilingual, profiles: [ProfileIdentity],
    inputs: [InputDigest], asOf: String, subjectType: SubjectType, summary: Summary,
    rules: [RuleDescriptor], places: [PlaceRow], resultCount: Int,
    result: @escaping @Sendable (Int) -> SubjectResult
  ) {
    self.version = version
    self.tenant = tenant
    self.tenantName = tenantName
    self.profiles = profiles
    self.inputs = inputs
    self.asOf = asOf
    self.subjectType = subjectType
    self.summary = summary
    self.rules = rules
    self.places = places
    self.resultCount = resultCount
    self.result = result
  }
}

/// A profile as a report names it.
package struct ProfileIdentity: Sendable, Hashable {
  package enum Status: String, Sendable, CaseIterable {
    case draft
    case inForce = "in_force"
    case expired
  }

  /// `huaibei/2026-2028`.
  package var id: String
  package var sha256: String
  package var status: Status
  /// First and last day, `YYYY-MM-DD`.
  package var from: String
  package var to: String
  /// The document's title, with 征求意见稿 where it is a draft for comment.
  package var document: String

  package init(
    id: String, sha256: String, status: Status, from: String, to: String, document: String
  ) {
    self.id = id
    self.sha256 = sha256
    self.status = status
    self.from = from
    self.to = to
    self.document = document
  }
}

/// One input of the run, so that the report can be replayed.
package struct InputDigest: Sendable, Hashable {
  package var path: String
  /// `applications`, `facts`, `registry`, `waivers`, `plan`, `baseline`.
  package var role: String
  package var sha256: String

  package init(path: String, role: String, sha256: String) {
    self.path = path
    self.role = role
    self.sha256 = sha256
  }
}

/// How many subjects came to each verdict.
package struct Summary: Sendable, Hashable {
  package var subjects = 0
  /// Admissible applications or compliant plans.
  package var admissible = 0
  /// Refused applications or noncompliant plans.
  package var refused = 0
  package var review = 0
  package var incomplete = 0

  package init() {}

  package mutating func count(_ verdict: Verdict) {
    subjects += 1
    switch verdict {
    case .admissible, .compliant: admissible += 1
    case .refused, .noncompliant: refused += 1
    case .review: review += 1
    case .incomplete: incomplete += 1
    }
  }
}

/// One subject and what was found about it.
package struct SubjectResult: Sendable {
  package var type: SubjectType
  package var id: String
  package var name: String
  /// The index of its profile in ``Report/profiles``.
  package var profile: Int
  package var verdict: Verdict
  package var findings: [Finding]
  /// The readings that the verdict hangs on: each, flipped alone, gives another verdict.
  package var readings: [DecidingReading]
  /// Whether it goes before others in the order of merit for what it claims or is.
  package var hasPriority = false

  package init(
    type: SubjectType, id: String, name: String, profile: Int, verdict: Verdict,
    findings: [Finding], readings: [DecidingReading]
  ) {
    self.type = type
    self.id = id
    self.name = name
    self.profile = profile
    self.verdict = verdict
    self.findings = findings
    self.readings = readings
  }
}

/// A reading that, read otherwise, would give another verdict.
package struct DecidingReading: Sendable, Hashable {
  package var id: String
  package var provision: String
  package var value: String
  package var alternative: String
  /// What the two values mean, in words; nil where the profile has no words for them.
  package var valueWord: Bilingual?
  package var alternativeWord: Bilingual?
  package var verdictOtherwise: Verdict

  package init(
    id: String, provision: String, value: String, alternative: String, verdictOtherwise: Verdict,
    valueWord: Bilingual? = nil, alternativeWord: Bilingual? = nil
  ) {
    self.valueWord = valueWord
    self.alternativeWord = alternativeWord
    self.id = id
    self.provision = provision
    self.value = value
    self.alternative = alternative
    self.verdictOtherwise = verdictOtherwise
  }
}

/// A rule as reports list it, whether it found anything or not.
package struct RuleDescriptor: Sendable, Hashable {
  package var id: String
  package var name: String
  package var modality: Modality
  /// What it decides, in one sentence.
  package var summary: Bilingual
  /// How the text is read, where it is unclear.
  package var reading: Bilingual?
  package var citations: [Citation]

  package init(
    id: String, name: String, modality: Modality, summary: Bilingual, reading: Bilingual?,
    citations: [Citation]
  ) {
    self.id = id
    self.name = name
    self.modality = modality
    self.summary = summary
    self.reading = reading
    self.citations = citations
  }
}

/// One row of the quota table: a limit in one scope.
package struct PlaceRow: Sendable, Hashable {
  package var rule: String
  /// The scope in words (`2026`, `相山区 2026`).
  package var scope: String
  package var unit: String
  /// Exact; nil where the limit is not known.
  package var limit: String?
  package var usedBefore: String?
  package var taken: String
  /// With every undecided application admitted.
  package var takenIfAll: String
  package var left: String?
  /// The ids of the applications that compete, in the order of merit.
  package var order: [String]

  package init(
    rule: String, scope: String, unit: String, limit: String?, usedBefore: String?, taken: String,
    takenIfAll: String, left: String?, order: [String]
  ) {
    self.rule = rule
    self.scope = scope
    self.unit = unit
    self.limit = limit
    self.usedBefore = usedBefore
    self.taken = taken
    self.takenIfAll = takenIfAll
    self.left = left
    self.order = order
  }
}
