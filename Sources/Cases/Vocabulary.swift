package import Diagnostics
package import Expression
import Reading

/// A word of a vocabulary as a number: its place among the words of a ``VocabularyTable``, built-in ones first.
///
/// The built-in words are those of contract.md and never change. A tenant may have more of them; what they are called stands in
/// the tables of its ``Catalogue``.
package protocol Vocabulary: RawRepresentable<UInt8>, Sendable, Hashable {
  init(rawValue: UInt8)
  /// The words that every tenant has.
  static var builtIn: VocabularyTable { get }
}

/// The words of one vocabulary, with what people call them.
package final class VocabularyTable: Sendable {
  package struct Entry: Sendable {
    package let word: String
    package let label: Bilingual
  }

  /// As many words as a ``WordSet`` has room for.
  package static let capacity = 64

  /// The field that holds the words (`kind`).
  package let field: String
  package let label: Bilingual
  package let entries: [Entry]
  /// Whether a text that is none of the words may stand there too: a name, some of which are known.
  package let isOpen: Bool
  /// The words as values of the expression language.
  package let values: [Value]
  /// The type that the expression language gives them: a misspelt word is an error when a profile loads.
  package let type: SymbolType
  /// The words by their bytes.
  fileprivate let bytes: WordBytes
  /// Every Chinese name of an entry, its label first, and as ``CellText/key(_:)`` has it.
  private let names: [(name: String, key: String, entry: Int)]

  private init(
    _ field: String, _ label: Bilingual, _ entries: [Entry],
    _ names: [(name: String, key: String, entry: Int)], isOpen: Bool
  ) {
    self.field = field
    self.label = label
    self.entries = entries
    self.names = names
    self.isOpen = isOpen
    values = entries.map { .string($0.word) }
    type = SymbolType(field, values: entries.map(\.word), labels: entries.map(\.label))
    bytes = WordBytes(entries.map(\.word))
  }

  /// - Parameter synonyms: words and what else people call them in Chinese.
  package convenience init(
    _ field: String, zh: String, en: String, _ rows: [(String, String, String)],
    synonyms: [(word: String, names: [String])] = [], isOpen: Bool = false
  ) {
    self.init(
      field, Bilingual(zh: zh, en: en),
      rows.map { Entry(word: $0.0, label: Bilingual(zh: $0.1, en: $0.2)) },
      rows.enumerated().flatMap { index, row in
        ([row.1] + synonyms.filter { $0.word == row.0 }.flatMap(\.names)).map {
          ($0, CellText.key($0), index)
        }
      }, isOpen: isOpen)
  }

  /// The same words and more after them.
  package func adding(_ more: [(entry: Entry, names: [String])]) -> VocabularyTable {
    if more.isEmpty { return self }
    var names = names
    for (index, word) in more.enumerated() {
      for name in [word.entry.label.zh] + word.names {
        names.append((name, CellText.key(name), entries.count + index))
      }
    }
    return VocabularyTable(field, label, entries + more.map(\.entry), names, isOpen: isOpen)
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

  /// The word that the bytes spell.
  package func index(of bytes: UnsafeRawBufferPointer) -> Int? { self.bytes.index(of: bytes) }

  /// The word that the bytes spell, or are a Chinese name of.
  package func index(meaning bytes: UnsafeRawBufferPointer) -> Int? {
    if let index = self.bytes.index(of: bytes) { return index }
    guard let first = bytes.first, first >= 0x80 else { return nil }
    return index(meaning: String(decoding: bytes, as: UTF8.self))
  }

  /// What may stand in a message that lists what could have been meant by a text: Chinese names for Chinese, else words.
  package func choices(for text: String) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? entries.map(\.word) : entries.map(\.label.zh)
  }

  /// Every way to write an entry.
  package var allNames: [String] {
    entries.map(\.word) + entries.map(\.label.zh) + names.map(\.key)
  }

  /// The Chinese names of an entry, its label first.
  package func names(of index: Int) -> [String] { names.filter { $0.entry == index }.map(\.name) }

  /// The word and label of a number that this table gave.
  package subscript(_ word: some Vocabulary) -> Entry { entries[Int(word.rawValue)] }

  package func value(_ word: some Vocabulary) -> Value { values[Int(word.rawValue)] }

  /// The words of a set as a list that conditions see.
  package func value<Word>(_ words: WordSet<Word>) -> Value { .list(words.words.map { value($0) }) }

  /// All its words as numbers.
  package func all<Word: Vocabulary>(_: Word.Type = Word.self) -> [Word] {
    entries.indices.map { Word(rawValue: UInt8($0)) }
  }

  /// What a word or a Chinese name of one means.
  package func word<Word: Vocabulary>(meaning text: String) -> Word? {
    index(meaning: text).map { Word(rawValue: UInt8($0)) }
  }

  /// A name as it is, or the word that it is a name of.
  package func word(_ name: String) -> String {
    entries.isEmpty ? name : index(meaning: name).map { entries[$0].word } ?? name
  }

  /// What the bytes of a word, or of a Chinese name of one, mean.
  @inline(__always)
  package func word<Word: Vocabulary>(meaning bytes: UnsafeRawBufferPointer) -> Word? {
    index(meaning: bytes).map { Word(rawValue: UInt8($0)) }
  }

  /// The word that the bytes spell.
  @inline(__always)
  package func word<Word: Vocabulary>(of bytes: UnsafeRawBufferPointer) -> Word? {
    index(of: bytes).map { Word(rawValue: UInt8($0)) }
  }
}

/// A set of words of one vocabulary, in the vocabulary's order.
package struct WordSet<Word: Vocabulary>: Sendable, Hashable {
  private var bits: UInt64 = 0

  package init() {}

  package init(_ words: some Sequence<Word>) {
    for word in words { insert(word) }
  }

  package var isEmpty: Bool { bits == 0 }
  package var count: Int { bits.nonzeroBitCount }
  package func contains(_ word: Word) -> Bool { bits & (1 << UInt64(word.rawValue)) != 0 }
  package func isSubset(of other: Self) -> Bool { bits & ~other.bits == 0 }
  package mutating func insert(_ word: Word) { bits |= 1 << UInt64(word.rawValue) }
  package func union(_ other: Self) -> Self {
    var result = self
    result.bits |= other.bits
    return result
  }

  /// Every word that a tenant may have of its own.
  static var beyondBuiltIn: Self {
    var result = Self()
    result.bits = .max << UInt64(Word.builtIn.entries.count)
    return result
  }

  /// A number that tells one set from another.
  package var code: Int { Int(truncatingIfNeeded: bits) }

  package var words: [Word] {
    var words: [Word] = []
    words.reserveCapacity(count)
    each { words.append($0) }
    return words
  }

  @inline(__always)
  package func each(_ body: (Word) -> Void) {
    var rest = bits
    while rest != 0 {
      body(Word(rawValue: UInt8(rest.trailingZeroBitCount)))
      rest &= rest - 1
    }
  }
}
