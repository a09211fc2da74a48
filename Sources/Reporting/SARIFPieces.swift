/// The pieces of SARIF that reports and the findings of profiles have alike.
extension JSONWriter {
  /// Begins a log of one run, up to its properties.
  mutating func beginSARIF() {
    beginObject()
    key("$schema")
    string("https://json.schemastore.org/sarif-2.1.0.json" as StaticString)
    key("version")
    string("2.1.0" as StaticString)
    key("runs")
    beginArray()
    beginObject()
  }

  /// Ends the log.
  mutating func endSARIF() {
    endObject()
    endArray()
    endObject()
    endLine()
  }

  /// A text as SARIF has it.
  mutating func sarifMessage(_ text: String) {
    beginObject(inline: true)
    key("text")
    string(text)
    endObject()
  }

  /// A place in a file, or a whole file.
  mutating func physicalLocation(_ path: String, _ region: Region?) {
    beginObject()
    key("artifactLocation")
    beginObject(inline: true)
    key("uri")
    string(ArtifactURI.of(path))
    endObject()
    if let region {
      key("region")
      beginObject(inline: true)
      key("startLine")
      number(region.startLine)
      key("startColumn")
      number(region.startColumn)
      key("endLine")
      number(region.endLine)
      key("endColumn")
      number(region.endColumn)
      endObject()
    }
    endObject()
  }
}
