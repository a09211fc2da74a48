import ArgumentParser
import PlanlintKit

/// `planlint schema`: the JSON Schema of a kind of file.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a kind of file, for editors and other checkers.",
    discussion: """
      JSON Schema, draft 2020-12, made from what planlint's own readers accept. In an editor with the YAML language server, \
      save it (planlint schema facts > facts.schema.json) and begin a file with \
      `# yaml-language-server: $schema=facts.schema.json`. Exit codes: 0, or 2 where there is no such kind.
      """)

  @Argument(
    help: ArgumentHelp(
      "\(Planlint.schemaNames.joined(separator: ", ")).", valueName: "kind"),
    completion: .list(Planlint.schemaNames))
  var kind: String

  mutating func run() throws {
    guard let schema = Planlint.schema(named: kind) else {
      throw ValidationError(
        "expected one of \(Planlint.schemaNames.joined(separator: ", ")), found `\(kind)`"
          + Suggestion.of(kind, among: Planlint.schemaNames))
    }
    Terminal.printText(schema)
  }
}
