/// What an application says of itself and what the words of the input mean: for letters to applicants, who know no paths.
package struct CaseFile: Sendable {
  /// Of the application at an index of the report.
  package var particulars: @Sendable (Int) -> Particulars
  /// Of a path that a finding needs.
  package var missing: @Sendable (String) -> MissingDatum

  package init(
    particulars: @escaping @Sendable (Int) -> Particulars,
    missing: @escaping @Sendable (String) -> MissingDatum
  ) {
    self.particulars = particulars
    self.missing = missing
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
package struct MissingDatum: Sendable, Hashable {
  package enum Holder: String, Sendable, Hashable, CaseIterable {
    /// A field of an application.
    case applicant
    /// The year's figures, the registry or a plan, which no applicant can supply.
    case authority

    /// Who can supply what stands at a path.
    package init(ofPath path: String) {
      self = path.hasPrefix("applications[") ? .applicant : .authority
    }
  }

  package var path: String
  package var name: Bilingual
  package var holder: Holder

  package init(path: String, name: Bilingual, holder: Holder) {
    self.path = path
    self.name = name
    self.holder = holder
  }
}
