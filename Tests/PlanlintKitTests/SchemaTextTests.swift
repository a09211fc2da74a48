import Diagnostics
import PlanlintKit
import Reading
import Testing

@Suite("Schemas of files and reports") struct SchemaTextTests {
  @Test("each is one JSON object that names the draft it follows", arguments: Planlint.schemaNames)
  func isJSON(_ name: String) throws {
    let text = try #require(Planlint.schema(named: name))
    let tree = try Document.read(SourceFile(path: name, text: text), format: .json)
    #expect(tree["$schema"]?.scalar?.text == "https://json-schema.org/draft/2020-12/schema")
    #expect(tree["title"] != nil || tree["$id"] != nil || tree["description"] != nil)
  }

  @Test("one that there is not is none")
  func unknown() { #expect(Planlint.schema(named: "applicatons") == nil) }
}
