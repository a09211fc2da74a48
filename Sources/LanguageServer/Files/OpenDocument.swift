package import Diagnostics

/// A document that the client has open: what it holds goes before the file.
package struct OpenDocument: Sendable {
  package let uri: String
  package let path: String
  package var version: Int?
  package private(set) var text: DocumentText
  /// The same text for the readers.
  package private(set) var file: SourceFile

  package init(uri: String, path: String, version: Int?, text: String) {
    self.uri = uri
    self.path = path
    self.version = version
    self.text = DocumentText(text)
    file = SourceFile(path: path, bytes: self.text.bytes)
  }

  /// Takes over a change of the client's: of a range of bytes, or of the whole text where it names none.
  package mutating func change(_ range: Range<Int>?, _ new: String) {
    if let range {
      text.replace(range, with: Array(new.utf8))
    } else {
      text = DocumentText(new)
    }
  }

  /// Makes the readers' text anew, once all changes of a message are in.
  package mutating func finishChanges() { file = SourceFile(path: path, bytes: text.bytes) }
}
