package import Diagnostics
package import Reading

/// One row of a registry as it was read by itself, with the places of its values.
package struct RegistryRow: Sendable {
  package var institution: Institution
  package var file: SourceFile
  package var range: ByteRange
  /// By field.
  package var fields: [(name: String, range: ByteRange)]

  package init(_ institution: Institution, _ node: Node, _ file: SourceFile) {
    self.institution = institution
    self.file = file
    range = node.range
    fields = (node.entries ?? []).map { ($0.key, $0.value.range) }
  }

  package func range(of field: String) -> ByteRange? { fields.first { $0.name == field }?.range }

  package var idRange: ByteRange { range(of: "id") ?? range }

  /// Where longitude and latitude stand.
  package var placeRange: ByteRange? {
    guard let longitude = range(of: "lon"), let latitude = range(of: "lat") else { return nil }
    return ByteRange(
      start: min(longitude.start, latitude.start), end: max(longitude.end, latitude.end))
  }

  /// A row without a name is called by its id.
  package var nameIsGiven: Bool { range(of: "name") != nil }
}
