/// One value that a reader understood in one way among several, in words for the person who wrote it.
package struct NotedValue: Sendable {
  package var range: ByteRange
  /// Without paths and field names.
  package var message: Bilingual

  package init(_ range: ByteRange, zh: String, en: String) {
    self.range = range
    message = Bilingual(zh: zh, en: en)
  }
}
