package import Diagnostics
package import Expression
package import Reading

/// The fields and words that a tenant has beside those that every tenant has: what its `tenant.yaml` says under `fields:` and
/// `words:`.
package struct OwnCatalogue: Sendable {
  /// What a field is of.
  package enum Owner: String, CaseIterable, Sendable {
    case application, institution, facts, district, plan
    case planDistrict = "plan_district"
  }

  package var fields: [(owner: Owner, field: OwnField)] = []
  package var words: [OwnWord] = []

  package init(
    fields: [(owner: Owner, field: OwnField)] = [],
    words: [OwnWord] = []
  ) {
    self.fields = fields
    self.words = words
  }

  package var isEmpty: Bool { fields.isEmpty && words.isEmpty }

  package func fields(of owner: Owner, _ words: Vocabularies) -> [RecordShape.Field] {
    fields.filter { $0.owner == owner }.map { $0.field.field(owner, words) }
  }
}

/// A field as a tenant declares it.
package struct OwnField: Sendable {
  package enum Words: Sendable {
    case own([OwnWord])
    /// Those of a vocabulary that every tenant has.
    case of(String)
  }

  package indirect enum Kind: Sendable {
    case text
    case number(minimum: Exact?, maximum: Exact?)
    case share(ShareForm)
    case count(ClosedRange<Int>)
    case year
    case date
    case flag
    case word(Words)
    case words(Words)
    case list([OwnField])
  }

  /// What it means that a field is not there.
  package enum Absent: Sendable, Equatable {
    case nothing
    case zero
    case no
    case word(String)
  }

  package var name: Located<String>
  package var kind: Kind
  package var unit: String?
  package var meaning: Bilingual
  /// What else people call it at the head of a column.
  package var headers: [Located<String>]
  package var absent: Absent?

  /// The field as every reader and condition knows it.
  package func field(_ owner: OwnCatalogue.Owner, _ words: Vocabularies) -> RecordShape.Field {
    let owner = owner == .institution ? OwnCatalogue.Owner.application.rawValue : owner.rawValue
    return field(path: "\(owner).\(name.value)", words)
  }

  private func field(path: String, _ words: Vocabularies) -> RecordShape.Field {
    RecordShape.Field(
      name: name.value, shape: shape(path, words), absence: absence, meaning: meaning, unit: unit,
      headers: headers.map(\.value), isOwn: true)
  }

  private func shape(_ path: String, _ words: Vocabularies) -> Shape {
    func table(_ choice: Words) -> VocabularyTable {
      switch choice {
      case .of(let name): return words.extendable.first { $0.field == name } ?? words.specialty
      case .own(let own):
        return VocabularyTable(path, zh: meaning.zh, en: meaning.en, []).adding(
          own.map { (VocabularyTable.Entry(word: $0.word, label: $0.label), $0.names) })
      }
    }
    switch kind {
    case .text: return .text
    case .number, .share, .count: return kind.number ?? .amount
    case .year: return .year
    case .date: return .date
    case .flag: return .flag
    case .word(let choice): return .word(table(choice))
    case .words(let choice): return .list(.word(table(choice)), naming: nil)
    case .list(let inner):
      let shape = RecordShape(
        path, inner.map { $0.field(path: "\(path).\($0.name.value)", words) })
      let naming = inner.first { if case .text = $0.kind { true } else { false } }
      return .list(.record(shape), naming: naming?.name.value)
    }
  }

  private var absence: Absence {
    switch (absent, kind) {
    case (nil, _): .unknown
    case (.zero, _): .means(.decimal(.zero))
    case (.no, _): .means(.bool(false))
    case (.word(let word), _): .means(.string(word))
    case (.nothing, .text), (.nothing, .word): .means(.string(""))
    case (.nothing, .words), (.nothing, .list): .means(.list([]))
    case (.nothing, _): .means(.null)
    }
  }

  /// Whether a neighbour's field and an applicant's say the same thing.
  func isLike(_ other: OwnField) -> Bool {
    absent == other.absent && unit == other.unit && kind.isLike(other.kind)
  }
}

extension OwnField.Kind {
  /// The shape of a number; nil of anything else.
  package var number: Shape? {
    switch self {
    case .number(let minimum, let maximum): .number(minimum: minimum, maximum: maximum)
    case .share(let form): .share(form)
    case .count(let range): .whole(range)
    case .text, .year, .date, .flag, .word, .words, .list: nil
    }
  }

  fileprivate func isLike(_ other: Self) -> Bool {
    switch (self, other) {
    case (.text, .text), (.year, .year), (.date, .date), (.flag, .flag): true
    case (.number(let a, let b), .number(let c, let d)): a == c && b == d
    case (.share(let a), .share(let b)): a == b
    case (.count(let a), .count(let b)): a == b
    case (.word(let a), .word(let b)), (.words(let a), .words(let b)): a.isLike(b)
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name.value == $1.name.value && $0.isLike($1) }
    default: false
    }
  }
}

extension OwnField.Words {
  fileprivate func isLike(_ other: Self) -> Bool {
    switch (self, other) {
    case (.own(let a), .own(let b)): a.map(\.word) == b.map(\.word)
    case (.of(let a), .of(let b)): a == b
    default: false
    }
  }
}
