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
  /// The same with verdict and outcomes alone, without what findings say, for reports that show no more.
  package var outcomes: @Sendable (Int) -> SubjectResult
  /// What is new, known and gone, where the report was held against a baseline.
  package var baseline: BaselineComparison?
  /// How the inputs were understood, in the order in which they were read.
  package var notes: [Note] = []
  /// What the run was asked for; nil where nobody asked by files.
  package var run: RunRecord?
  /// The applications in words; none for plans.
  package var caseFile: CaseFile?
  /// The rows that the subjects stand in, with all else of their inputs; none for plans.
  package var tables: (@Sendable () -> [SubjectTable])?
  /// Whether a registry was given.
  package var hasRegistry = true
  /// Whether its findings tell what would change them.
  package var tellsWhatIf = false
  /// What each admitted application takes of each limit, in the order of merit.
  package var takes: @Sendable () -> [PlaceTake] = { [] }

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
    outcomes = result
  }
}

/// A profile as a report names it.
public struct ProfileIdentity: Sendable, Hashable {
  /// Whether the document binds on the day of decision.
  public enum Status: String, Sendable, CaseIterable {
    /// A draft for comment (征求意见稿).
    case draft
    /// It is in force.
    case inForce = "in_force"
    /// Its last day has passed.
    case expired
  }

  /// `huaibei/2026-2028`.
  public package(set) var id: String
  /// The SHA-256 of the profile's file, in hexadecimal.
  public package(set) var sha256: String
  /// Whether its document binds.
  public package(set) var status: Status
  /// The first day, `YYYY-MM-DD`.
  public package(set) var from: String
  /// The last day, `YYYY-MM-DD`.
  public package(set) var to: String
  /// The document's title, with 征求意见稿 where it is a draft for comment.
  public package(set) var document: String

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
public struct InputDigest: Sendable, Hashable {
  /// The path, or the name of an input in memory.
  public package(set) var path: String
  /// `applications`, `facts`, `registry`, `waivers`, `plan`, `baseline`.
  public package(set) var role: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public package(set) var sha256: String

  package init(path: String, role: String, sha256: String) {
    self.path = path
    self.role = role
    self.sha256 = sha256
  }
}

/// How many subjects came to each verdict.
public struct Summary: Sendable, Hashable {
  /// All of them.
  public package(set) var subjects = 0
  /// Admissible applications or compliant plans.
  public package(set) var admissible = 0
  /// Refused applications or noncompliant plans.
  public package(set) var refused = 0
  /// Those that need a person.
  public package(set) var review = 0
  /// Those that lack data.
  public package(set) var incomplete = 0

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
public struct SubjectResult: Sendable {
  /// Whether it is an application, or a city or a district of a plan.
  public package(set) var type: SubjectType
  /// Its id in the input; of a plan the city's or the district's.
  public package(set) var id: String
  /// Its name.
  public package(set) var name: String
  /// The index of its profile among those of the run.
  public package(set) var profile: Int
  /// What its findings come to.
  public package(set) var verdict: Verdict
  /// The outcome of each rule on it, in the order of the rules.
  public package(set) var findings: [Finding]
  /// The readings that the verdict hangs on: each, flipped alone, gives another verdict.
  public package(set) var readings: [DecidingReading]
  /// Whether it goes before others in the order of merit for what it claims or is.
  package var hasPriority = false
  /// What of it rests on nothing but what the applicant claims.
  public package(set) var claims: [Bilingual] = []

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

extension SubjectResult {
  /// The verdict in words; a refusal that rests on in-principle provisions alone says so.
  public var verdictWord: Bilingual {
    if isWaiting { return ReviewCause.waitingWord }
    let isFailure = verdict == .refused || verdict == .noncompliant
    guard isFailure, findings.contains(where: { $0.outcome == .fail }),
      findings.allSatisfy({
        $0.outcome != .fail || $0.modality == .inPrinciple && $0.ruling == nil
      })
    else { return verdict.word }
    return Bilingual(zh: "原则上" + verdict.word.zh, en: verdict.word.en + " in principle")
  }

  /// Whether it is open for nothing but applications before it that are not decided yet.
  package var isWaiting: Bool {
    verdict == .review && findings.allSatisfy { $0.outcome != .review || $0.isWaiting }
  }
}

/// A reading that, read otherwise, would give another verdict.
public struct DecidingReading: Sendable, Hashable {
  /// The id of the reading or parameter in the profile.
  public package(set) var id: String
  /// The provision whose words can be read in two ways.
  public package(set) var provision: String
  /// How it is read.
  public package(set) var value: String
  /// How it could be read.
  public package(set) var alternative: String
  /// What the value means, in words; nil where the profile has no words for it.
  public package(set) var valueWord: Bilingual?
  /// What the alternative means, in words; nil where the profile has no words for it.
  public package(set) var alternativeWord: Bilingual?
  /// The verdict if it were read so.
  public package(set) var verdictOtherwise: Verdict

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
public struct RuleDescriptor: Sendable, Hashable {
  /// The id, as in the profile (`HB-OUT-CAP`).
  public package(set) var id: String
  /// The readable name (`new-outlet-cap`).
  public package(set) var name: String
  /// How binding it is.
  public package(set) var modality: Modality
  /// What it decides, in one sentence.
  public package(set) var summary: Bilingual
  /// How the text is read, where it is unclear.
  public package(set) var reading: Bilingual?
  /// The law, the deciding sentence first.
  public package(set) var citations: [Citation]

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
public struct PlaceRow: Sendable, Hashable {
  /// The id of the rule that limits the places.
  public package(set) var rule: String
  /// The scope in words (`2026`, `相山区 2026`).
  public package(set) var scope: String
  /// The scope as people call it (全市 2026 年); nil where nothing says.
  package var scopeWord: Bilingual?
  /// What is counted, as profiles write it (`institutions`).
  public package(set) var unit: String
  /// How many there may be, exact; nil where the limit is not known.
  public package(set) var limit: String?
  /// How many were taken before this batch; nil where that is not known.
  public package(set) var usedBefore: String?
  /// How many the admissible applications of this batch take.
  public package(set) var taken: String
  /// With every undecided application admitted.
  public package(set) var takenIfAll: String
  /// How many are left; nil where that is not known.
  public package(set) var left: String?
  /// The ids of the applications that compete, in the order of merit.
  public package(set) var order: [String]
  /// How many were left before this batch, below zero where more are used than there may be; nil where that is not known.
  package var rest: String?
  /// Whether the limit gives notes and refuses nothing.
  package var isAdvisory = false

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
