package import Diagnostics
package import Expression

/// A closed set of words that inputs and profiles use, with the words that people use for them.
///
/// The words are those of contract.md and never change; the order of the cases is the order in which they are listed.
package protocol Vocabulary: CaseIterable, RawRepresentable<UInt8>, Sendable, Hashable {
  static var table: VocabularyTable { get }
}

/// One entry per case, by raw value.
package struct VocabularyTable: Sendable {
  package struct Entry: Sendable {
    package let word: String
    package let label: Bilingual
  }

  /// The field that holds the words (`kind`).
  package let field: String
  package let label: Bilingual
  package let entries: [Entry]
  /// The words as values of the expression language.
  package let values: [Value]
  /// The type that the expression language gives them: a misspelt word is an error when a profile loads.
  package let type: SymbolType
  /// The words by their bytes.
  fileprivate let bytes: WordBytes

  init(_ field: String, zh: String, en: String, _ rows: [(String, String, String)]) {
    self.field = field
    label = Bilingual(zh: zh, en: en)
    entries = rows.map { Entry(word: $0.0, label: Bilingual(zh: $0.1, en: $0.2)) }
    values = rows.map { .string($0.0) }
    type = SymbolType(field, values: rows.map { $0.0 })
    bytes = WordBytes(rows.map { $0.0 })
  }
}

extension Vocabulary {
  package var word: String { Self.table.entries[Int(rawValue)].word }
  package var label: Bilingual { Self.table.entries[Int(rawValue)].label }
  package var value: Value { Self.table.values[Int(rawValue)] }
  package static var words: [String] { table.entries.map(\.word) }

  package init?(word: String) {
    guard let index = Self.table.entries.firstIndex(where: { $0.word == word }) else { return nil }
    self.init(rawValue: UInt8(index))
  }
}

extension Vocabulary {
  /// The word that the bytes spell.
  init?(word bytes: UnsafeRawBufferPointer) {
    guard let index = Self.table.bytes.index(of: bytes) else { return nil }
    self.init(rawValue: UInt8(index))
  }
}

/// A set of words of one vocabulary, in the vocabulary's order.
package struct WordSet<Word: Vocabulary>: Sendable, Hashable {
  private var bits: UInt32 = 0

  package init() {}

  package init(_ words: some Sequence<Word>) {
    for word in words { insert(word) }
  }

  package var isEmpty: Bool { bits == 0 }
  package var count: Int { bits.nonzeroBitCount }
  package func contains(_ word: Word) -> Bool { bits & (1 << UInt32(word.rawValue)) != 0 }
  package mutating func insert(_ word: Word) { bits |= 1 << UInt32(word.rawValue) }
  package func union(_ other: Self) -> Self {
    var result = self
    result.bits |= other.bits
    return result
  }

  /// A number that tells one set from another.
  var code: Int { Int(bits) }

  package var words: [Word] { Word.allCases.filter(contains) }
  package var value: Value { .list(words.map(\.value)) }
}
