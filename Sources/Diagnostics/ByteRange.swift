/// A half-open range of UTF-8 byte offsets into one source file.
///
/// Positions are bytes everywhere; lines and columns are made from them by ``LineIndex`` when a report is written.
package struct ByteRange: Sendable, Hashable {
  package var start: Int
  package var end: Int

  package init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  package var count: Int { end - start }
}
