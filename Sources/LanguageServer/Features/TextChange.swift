package import Diagnostics
import Reading

/// New text in place of a range of a document.
package struct TextChange: Sendable {
  package var path: String
  package var range: ByteRange
  package var text: String
}

extension Workspace {
  /// Changes as the protocol has them, each document with the version that they are for where the client takes that.
  mutating func edit(_ changes: [TextChange]) -> JSONTree {
    var paths: [String] = []
    for change in changes where !paths.contains(change.path) { paths.append(change.path) }
    let documents = paths.map { path -> (uri: String, version: JSONTree, edits: JSONTree) in
      let open = files.documents[path]
      let text = open?.text ?? files.file(path).map { DocumentText($0) } ?? DocumentText("")
      let edits = changes.filter { $0.path == path }.map { change in
        JSONTree.object([
          ("range", text.tree(change.range, settings.encoding)), ("newText", .text(change.text)),
        ])
      }
      return (
        open?.uri ?? FilePath.uri(path), open?.version.map { .int($0) } ?? .null, .list(edits)
      )
    }
    if settings.versionsEdits {
      return .object([
        (
          "documentChanges",
          .list(
            documents.map { document in
              .object([
                (
                  "textDocument",
                  .object([("uri", .text(document.uri)), ("version", document.version)])
                ), ("edits", document.edits),
              ])
            })
        )
      ])
    }
    return .object([("changes", .object(documents.map { ($0.uri, $0.edits) }))])
  }
}
