package import Diagnostics
import PolicyDesk
import Reading

/// One thing wrong with a document, as the client shows it.
package struct Diagnosis: Sendable {
  package enum Severity: Int, Sendable { case error = 1, warning, information }

  package var severity: Severity
  /// What kind of thing it is (`unused-parameter`).
  package var code: String
  package var range: ByteRange
  package var message: Bilingual
  /// The name that was probably meant.
  package var suggestion: String?
  /// The other places that it speaks of, as the readers tell them.
  package var related: [RelatedPlace] = []
  /// Names of the profile that it speaks of beside those of its message.
  package var names: [String] = []

  /// A profile, tenant or file of tests that does not load, as `policy check` calls it.
  static let doesNotLoad = "does-not-load"
  /// An input that cannot be read.
  static let unreadable = "unreadable-input"
  /// What was understood in one way among several.
  static let readingNote = "reading-note"

  /// - Returns: nil of what stands in another file.
  package init?(_ fault: Fault, in path: String, code: String) {
    if let location = fault.location, location.file.path != path { return nil }
    severity = .error
    self.code = code
    range = fault.location?.range ?? ByteRange(start: 0, end: 0)
    message = fault.message
    suggestion = fault.suggestion
    related = fault.related
  }

  package init?(_ note: Note, in path: String) {
    guard let location = note.location, location.file.path == path else { return nil }
    severity = .information
    code = Self.readingNote
    range = location.range
    message = note.message
  }

  package init?(_ finding: PolicyFinding, in path: String) {
    guard finding.location.file.path == path else { return nil }
    severity =
      switch finding.severity {
      case .error: .error
      case .warning: .warning
      case .note: .information
      }
    code = finding.code
    range = finding.location.range
    message = finding.message
    suggestion = finding.suggestion
    related = finding.related
  }

  /// As the protocol has it.
  ///
  /// - Parameter related: the other places, as the protocol has them.
  func tree(
    _ text: DocumentText, _ settings: ServerSettings, related: [JSONTree] = []
  ) -> JSONTree {
    var fields: [(key: String, value: JSONTree)] = [
      ("range", text.tree(range, settings.encoding)),
      ("severity", .int(severity.rawValue)), ("code", .text(code)), ("source", .text("planlint")),
      ("message", .text(message[settings.language])),
    ]
    if !related.isEmpty { fields.append(("relatedInformation", .list(related))) }
    if let suggestion { fields.append(("data", .object([("suggestion", .text(suggestion))]))) }
    return .object(fields)
  }
}

extension DocumentText {
  /// A range as the protocol has it.
  func tree(_ range: ByteRange, _ encoding: PositionEncoding) -> JSONTree {
    .object([
      ("start", position(of: range.start, encoding).tree),
      ("end", position(of: max(range.end, range.start), encoding).tree),
    ])
  }
}

extension Position {
  var tree: JSONTree {
    .object([("line", .int(line)), ("character", .int(character))])
  }

  /// A position of the client's; nil where it is none.
  init?(_ tree: JSONTree?) {
    guard let line = tree?["line"]?.integer, let character = tree?["character"]?.integer else {
      return nil
    }
    self.init(line: line, character: character)
  }
}
