package import Diagnostics

/// One thing wrong with an expression, at bytes of its text.
package struct ExpressionError: Error, Sendable, Hashable {
  /// What is wrong, without the name that was probably meant.
  package let sentence: Bilingual
  package let range: ByteRange
  /// The name that was probably meant.
  package let meant: Meant?

  init(_ range: ByteRange, zh: String, en: String, meant: Meant? = nil) {
    self.range = range
    sentence = Bilingual(zh: zh, en: en)
    self.meant = meant
  }

  /// What is wrong, ending with the name that was probably meant.
  package var message: Bilingual { sentence.ending(with: meant) }
}

/// What keeps an expression from compiling, in the order of the text; never empty.
package struct ExpressionErrors: Error, Sendable, Hashable {
  package let errors: [ExpressionError]

  init(_ errors: [ExpressionError]) {
    self.errors = errors.sorted {
      ($0.range.start, $0.range.end, $0.message.en) < ($1.range.start, $1.range.end, $1.message.en)
    }
  }
}
