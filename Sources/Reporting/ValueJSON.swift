package import Diagnostics

/// The values that several forms of documents have, written the same in each.
extension JSONWriter {
  /// Where something stands, to its end.
  package mutating func location(_ location: Location) {
    var positions = SourcePositions()
    self.location(location.file.path, positions.region(of: location))
  }

  mutating func location(_ path: String, _ region: Region) {
    beginObject(inline: true)
    key("path")
    string(path)
    key("line")
    number(region.startLine)
    key("column")
    number(region.startColumn)
    key("endLine")
    number(region.endLine)
    key("endColumn")
    number(region.endColumn)
    endObject()
  }

  /// A profile with its digest, its span and its document.
  package mutating func profile(_ identity: ProfileIdentity) {
    beginObject()
    key("id")
    string(identity.id)
    key("sha256")
    string(identity.sha256)
    key("status")
    string(identity.status.rawValue)
    key("in_force")
    beginObject(inline: true)
    key("from")
    string(identity.from)
    key("to")
    string(identity.to)
    endObject()
    key("document")
    string(identity.document)
    endObject()
  }

  /// A sentence of a document with its place.
  package mutating func citation(_ citation: Citation) {
    beginObject(inline: true)
    key("provision")
    string(citation.provision)
    key("document")
    string(citation.document)
    key("at")
    string(citation.at)
    key("quote")
    string(citation.quote)
    key("modality")
    string(citation.modality.rawValue)
    endObject()
  }

  /// A text, or null.
  package mutating func optional(_ text: String?) {
    if let text { string(text) } else { null() }
  }
}
