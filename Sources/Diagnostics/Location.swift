/// A place in an input: the file and the bytes.
package struct Location: Sendable {
  package var file: SourceFile
  package var range: ByteRange

  package init(file: SourceFile, range: ByteRange) {
    self.file = file
    self.range = range
  }
}
