public import Diagnostics

/// What a run came to, as values: everything that the report in JSON has.
extension RunResult {
  /// The id of the city that decides (`huaibei`).
  public var tenant: String { report.tenant }
  /// Its name.
  public var tenantName: Bilingual { report.tenantName }
  /// The profiles that were applied, in the order of their first subject; most often one.
  public var profiles: [ProfileIdentity] { report.profiles }
  /// Everything that was read, with its digest, so that the run can be repeated.
  public var inputs: [InputDigest] { report.inputs }
  /// The day of decision, `YYYY-MM-DD`.
  public var asOf: String { report.asOf }
  /// Whether the subjects are applications, or a city and its districts of a plan.
  public var subjectType: SubjectType { report.subjectType }
  /// How many subjects came to each verdict; of plans `admissible` counts the compliant and `refused` the noncompliant.
  public var summary: Summary { report.summary }
  /// All rules of the profiles, in their order, then those that planlint adds.
  public var rules: [RuleDescriptor] { report.rules }
  /// The limits and what is left of them, a row a limit and scope.
  public var places: [PlaceRow] { report.places }
  /// How the inputs were understood where they could be read in several ways; nothing here changes a verdict.
  public var notes: [Note] { report.notes }
  /// What is new, known and gone against a baseline; nil where none was given.
  public var baseline: BaselineComparison? { report.baseline }

  /// Every subject with its verdict and findings, in the order of the input.
  ///
  /// Each is made when it is asked for, so that a batch of a million is never held as a whole; going through them twice makes
  /// them twice.
  public var subjects: Subjects { Subjects(report) }

  /// The profile that a subject of this run was held against.
  public func profile(of subject: SubjectResult) -> ProfileIdentity? {
    report.profiles.indices.contains(subject.profile) ? report.profiles[subject.profile] : nil
  }

  /// What a missing value of a subject is called, for people who know no paths.
  ///
  /// - Returns: nil for a plan, whose paths say it already.
  public func description(of need: Finding.Need, of subject: SubjectResult) -> MissingDatum? {
    report.caseFile?.missing(need.path, subject.id)
  }

  /// The subjects of a run, each made when it is asked for.
  public struct Subjects: RandomAccessCollection, Sendable {
    private let report: Report

    init(_ report: Report) { self.report = report }

    /// Zero.
    public var startIndex: Int { 0 }
    /// The number of subjects.
    public var endIndex: Int { report.resultCount }
    /// The subject at an index of the input.
    public subscript(index: Int) -> SubjectResult {
      precondition(indices.contains(index), "no subject has this index")
      return report.result(index)
    }
  }
}
