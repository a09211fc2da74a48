import Foundation
import TestSupport
import Testing

@Suite("Schemas on the command line")
struct SchemaTests {
  @Test(
    "each kind of file has a schema of its own",
    arguments: [
      "applications", "facts", "plan", "waivers", "registry", "policy", "policy-tests", "tenant",
      "settings", "report",
    ])
  func kinds(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["schema", kind], in: folder.path)
    #expect(result.code == 0 && result.errors.isEmpty)
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["$id"] as? String == "urn:planlint:schema:\(kind):1")
    #expect(result.output.contains("\"enum\": [\"\(kind)/1\""))
  }

  @Test("an unknown kind is an error with the nearest one", arguments: ["fact", "plans"])
  func unknown(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["schema", kind], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains(kind == "fact" ? "did you mean `facts`" : "did you mean `plan`"))
  }

  @Test("a registry whose institutions are no list is an error, not an empty registry")
  func registryWithoutList() throws {
    let folder = try Sample.folder(Sample.admissible)
    try folder.write("institutions: none\n", to: "registry.yaml")
    let result = try Program.run(
      ["--registry", "registry.yaml", "applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("registry.yaml:1:15: error: `institutions`: expected a list"))
  }
}
