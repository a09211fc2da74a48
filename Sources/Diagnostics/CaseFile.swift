/// What an application says of itself and what the words of the input mean: for letters to applicants, who know no paths.
package struct CaseFile: Sendable {
  /// Of the application at an index of the report.
  package var particulars: @Sendable (Int) -> Particulars
  /// Of a path that a finding on the application of an id needs.
  package var missing: @Sendable (_ path: String, _ subject: String) -> MissingDatum
  /// The requests of the application at an index that it would do better without, each with the verdict on the rest, tried.
  package var withdrawals: @Sendable (Int) -> [Withdrawal]
  /// How values of the application at an index of the report were understood, where they could mean several things.
  package var notes: @Sendable (Int) -> [Bilingual] = { _ in [] }
  /// What a table shows of the application at an index of the report.
  package var row: @Sendable (Int) -> CaseRow = { _ in CaseRow() }

  package init(
    particulars: @escaping @Sendable (Int) -> Particulars,
    missing: @escaping @Sendable (String, String) -> MissingDatum,
    withdrawals: @escaping @Sendable (Int) -> [Withdrawal]
  ) {
    self.particulars = particulars
    self.missing = missing
    self.withdrawals = withdrawals
  }
}

/// An application as a line of a table has it; what it does not give is absent.
package struct CaseRow: Sendable, Hashable {
  /// Where it says it is.
  package enum Place: Sendable, Hashable {
    case notGiven
    /// Its coordinates are given and their datum is not.
    case withoutDatum
    /// WGS-84 degrees, and the datum that they were given in (`GCJ02`).
    case at(longitude: Double, latitude: Double, givenIn: String)
  }

  package var kind: Bilingual?
  package var district: String?
  /// `YYYY-MM-DD`.
  package var submitted: String?
  /// As a number, exact.
  package var score: String?
  package var place: Place

  package init(
    kind: Bilingual? = nil, district: String? = nil, submitted: String? = nil,
    score: String? = nil, place: Place = .notGiven
  ) {
    self.kind = kind
    self.district = district
    self.submitted = submitted
    self.score = score
    self.place = place
  }
}

/// One of several requests, and what the application would come to without it.
package struct Withdrawal: Sendable {
  package var category: Bilingual
  package var verdict: Verdict

  package init(category: Bilingual, verdict: Verdict) {
    self.category = category
    self.verdict = verdict
  }
}

/// An application in words.
package struct Particulars: Sendable {
  /// One field that the application gives.
  package struct Entry: Sendable {
    package var label: Bilingual
    package var value: Bilingual

    package init(label: Bilingual, value: Bilingual) {
      self.label = label
      self.value = value
    }
  }

  package var kind: Bilingual
  package var categories: [Bilingual]
  package var district: String?
  /// `YYYY-MM-DD`.
  package var submitted: String
  /// Everything it gives, in the order of the fields.
  package var entries: [Entry]
  /// The special circumstances that it claims.
  package var claims: [Bilingual] = []
  /// The institution whose place it says it takes.
  package var replaced: Replaced?

  package struct Replaced: Sendable {
    /// Its name; nil where no registry has it.
    package var name: String?
    package var isTerminated: Bool

    package init(name: String?, isTerminated: Bool) {
      self.name = name
      self.isTerminated = isTerminated
    }
  }

  package init(
    kind: Bilingual, categories: [Bilingual], district: String?, submitted: String,
    entries: [Entry]
  ) {
    self.kind = kind
    self.categories = categories
    self.district = district
    self.submitted = submitted
    self.entries = entries
  }
}

/// Something that is missing, in words, and who has it.
public struct MissingDatum: Sendable, Hashable {
  /// Who can supply something.
  public enum Holder: String, Sendable, Hashable, CaseIterable {
    /// A field of an application.
    case applicant
    /// The year's figures, the registry or a plan, which no applicant can supply.
    case authority

    /// Who can supply what stands at a path.
    package init(ofPath path: String) {
      self = path.hasPrefix("applications[") ? .applicant : .authority
    }
  }

  /// Where it would stand (`facts.districts[相山区].occupancy`).
  public package(set) var path: String
  /// What it is called.
  public package(set) var name: Bilingual
  /// Who can supply it.
  public package(set) var holder: Holder
  /// Whether another application lacks it than the one that is spoken of.
  package var isOfAnother = false

  package init(path: String, name: Bilingual, holder: Holder) {
    self.path = path
    self.name = name
    self.holder = holder
  }

  /// The name as a letter has it, which tells nothing of other applications.
  package var letterName: Bilingual {
    isOfAnother
      ? Bilingual(zh: "在先的其他申请的有关资料", en: "data of other applications before it") : name
  }
}
