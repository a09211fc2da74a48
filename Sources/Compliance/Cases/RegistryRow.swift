import Diagnostics
import Reading

/// One row of a registry as it was read by itself, with the places of its values.
struct RegistryRow: Sendable {
  var institution: Institution
  var file: SourceFile
  var range: ByteRange
  /// By field.
  var fields: [(name: String, range: ByteRange)]

  init(_ institution: Institution, _ node: Node, _ file: SourceFile) {
    self.institution = institution
    self.file = file
    range = node.range
    fields = (node.entries ?? []).map { ($0.key, $0.value.range) }
  }

  func range(of field: String) -> ByteRange? { fields.first { $0.name == field }?.range }

  var idRange: ByteRange { range(of: "id") ?? range }

  /// Where longitude and latitude stand.
  var placeRange: ByteRange? {
    guard let longitude = range(of: "lon"), let latitude = range(of: "lat") else { return nil }
    return ByteRange(
      start: min(longitude.start, latitude.start), end: max(longitude.end, latitude.end))
  }

  /// A row without a name is called by its id.
  var nameIsGiven: Bool { range(of: "name") != nil }
}
