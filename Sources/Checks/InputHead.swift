package import Diagnostics
import Reading

/// What an applications or plan file says of itself beside its content: what goes before a settings file.
package struct InputHead: Sendable {
  package let path: String
  package let city: SettingsFile.Entry?
  /// Paths are as seen from the working folder.
  package let facts: SettingsFile.Entry?
  package let registry: SettingsFile.Entry?
  package let asOf: SettingsFile.Entry?
  package let datum: SettingsFile.Entry?

  /// Reads the head of a file; applications are passed over, and tables and features have no head.
  package init(reading file: SourceFile) throws(Faults) {
    let format = DocumentFormat(of: file)
    var head: Node?
    if !format.isTable, format != .geoJSON {
      head = try Document.read(file, format: format, streaming: "applications") {
        (_: Node) throws(Faults) in
      }
    }
    func entry(_ key: String, isPath: Bool = false) -> SettingsFile.Entry? {
      guard let node = head?[key], let text = node.scalar?.text, !node.isNull else { return nil }
      return SettingsFile.Entry(
        isPath ? InputLoader.resolve(text, from: file) : text, node.range, file)
    }
    path = file.path
    city = entry("city")
    facts = entry("facts", isPath: true)
    registry = entry("registry", isPath: true)
    asOf = entry("as_of")
    datum = entry("datum")
  }

  package init(
    reading path: String, _ sources: InputSources = InputSources()
  ) throws(Faults) {
    try self.init(reading: try sources.load(path))
  }
}
