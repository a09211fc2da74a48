package import Diagnostics

/// One thing wrong with an expression, at bytes of its text.
package struct ExpressionError: Error, Sendable, Hashable {
  package let message: Bilingual
  package let range: ByteRange

  init(_ range: ByteRange, zh: String, en: String) {
    self.range = range
    message = Bilingual(zh: zh, en: en)
  }
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
