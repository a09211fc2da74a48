package import Diagnostics
package import Expression
import Reading

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
  /// Every Chinese name of an entry, its label first, and as ``CellText/key(_:)`` has it.
  private let names: [(name: String, key: String, entry: Int)]

  /// - Parameter synonyms: words and what else people call them in Chinese.
  init(
    _ field: String, zh: String, en: String, _ rows: [(String, String, String)],
    synonyms: [(word: String, names: [String])] = []
  ) {
    self.field = field
    names = rows.enumerated().flatMap { index, row in
      ([row.1] + synonyms.filter { $0.word == row.0 }.flatMap(\.names)).map {
        ($0, CellText.key($0), index)
      }
    }
    label = Bilingual(zh: zh, en: en)
    entries = rows.map { Entry(word: $0.0, label: Bilingual(zh: $0.1, en: $0.2)) }
    values = rows.map { .string($0.0) }
    type = SymbolType(field, values: rows.map { $0.0 })
    bytes = WordBytes(rows.map { $0.0 })
  }
}

extension VocabularyTable {
  /// The entry that a text means: a word as it is, or one of its Chinese names.
  package func index(meaning text: String) -> Int? {
    if let index = entries.firstIndex(where: { $0.word == text }) { return index }
    // The words are ASCII and the names are not.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let key = CellText.key(text)
    return names.first { $0.key == key }?.entry
  }

  /// What may stand in a message that lists what could have been meant by a text: Chinese names for Chinese, else words.
  func choices(for text: String) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? entries.map(\.word) : entries.map(\.label.zh)
  }

  /// Every way to write an entry.
  var allNames: [String] { entries.map(\.word) + entries.map(\.label.zh) + names.map(\.key) }

  /// The Chinese names of an entry, its label first.
  func names(of index: Int) -> [String] { names.filter { $0.entry == index }.map(\.name) }
}

extension Vocabulary {
  /// What a text means: a word, or a Chinese name of one.
  package init?(meaning text: String) {
    guard let index = Self.table.index(meaning: text) else { return nil }
    self.init(rawValue: UInt8(index))
  }

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

  /// The word that the bytes are a Chinese name of.
  init?(name bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first, first >= 0x80 else { return nil }
    self.init(meaning: String(decoding: bytes, as: UTF8.self))
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
