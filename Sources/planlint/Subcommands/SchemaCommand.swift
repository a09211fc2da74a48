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
      `# yaml-language-server: $schema=facts.schema.json`. With --city the fields and words of that city's own are in it. Exit \
      codes: 0, or 2 where there is no such kind or city.
      """)

  @Argument(
    help: ArgumentHelp(
      "\(Planlint.schemaNames.joined(separator: ", ")).", valueName: "kind"),
    completion: .list(Planlint.schemaNames))
  var kind: String

  @Option(
    help: ArgumentHelp(
      "With this city's own fields and words: a tenant (huaibei), a city it covers, a Chinese name (淮北) or a GB/T 2260 code.",
      valueName: "id"), completion: Completions.cities)
  var city: String?

  @OptionGroup var profiles: ProfileOptions

  mutating func run() throws {
    guard let schema = try schema() else {
      throw ValidationError(
        zh: "应为 \(Planlint.schemaNames.joined(separator: "、")) 之一，实际为 `\(kind)`"
          + Suggestion.chinese(kind, among: Planlint.schemaNames),
        en: "expected one of \(Planlint.schemaNames.joined(separator: ", ")), found `\(kind)`"
          + Suggestion.of(kind, among: Planlint.schemaNames))
    }
    Terminal.printText(schema)
  }

  private func schema() throws -> String? {
    guard let city else { return Planlint.schema(named: kind) }
    let settings = try profiles.settings()
    let request = profiles.request(settings)
    do {
      return try Planlint.schema(named: kind, city: city, request)
    } catch {
      for line in error.lines(in: settings.language(profiles.lang)) {
        Terminal.printError(line)
      }
      throw ExitCode(2)
    }
  }
}
