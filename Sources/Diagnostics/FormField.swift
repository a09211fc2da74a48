/// A field of an application as a form asks for it.
package struct FormField: Sendable {
  /// What may stand in it.
  package enum Kind: Sendable {
    case text
    case number
    /// `YYYY-MM-DD`.
    case day
    case flag
    /// One of some words, each with what people call it.
    case word([(word: String, label: Bilingual)])
    /// Any of some words.
    case words([(word: String, label: Bilingual)])
    /// Texts, several of them.
    case texts
    /// Longitude, latitude and the datum that they are measured against, one of these.
    case place(datums: [String])
  }

  /// As inputs have it (`existing_beds`).
  package let name: String
  /// What people call it, with its unit.
  package let label: Bilingual
  package let kind: Kind
  /// Whether an application without it cannot be taken.
  package let isRequired: Bool

  package init(name: String, label: Bilingual, kind: Kind, isRequired: Bool) {
    self.name = name
    self.label = label
    self.kind = kind
    self.isRequired = isRequired
  }
}
