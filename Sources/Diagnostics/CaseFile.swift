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
  package enum Holder: Sendable, Hashable {
    /// A field of the application.
    case applicant
    /// The year's figures or the registry, which the applicant cannot supply.
    case authority
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
