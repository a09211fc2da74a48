/// The name that was probably meant where another one stands, and the words with which a message ends then.
package struct Meant: Sendable, Hashable {
  package let name: String
  private let shown: String

  /// - Parameter shown: the name as a message has it, in backticks; nil: as it is.
  package init(_ name: String, shown: String? = nil) {
    self.name = name
    self.shown = shown ?? "`\(name)`"
  }

  package var words: Bilingual { Bilingual(zh: "，是否应为 \(shown)", en: "; did you mean \(shown)") }
}

extension Bilingual {
  /// The sentence, ending with the name that was probably meant.
  package func ending(with meant: Meant?) -> Bilingual {
    guard let words = meant?.words else { return self }
    return Bilingual(zh: zh + words.zh, en: en + words.en)
  }
}
