import ArgumentParser
import PlanlintKit

/// `planlint registry`: the registries themselves.
struct RegistryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry", abstract: "Look through registries of designated institutions.",
    subcommands: [RegistryCheckCommand.self])
}

/// `planlint registry check`: what is wrong with a registry.
struct RegistryCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find rows twice, places that cannot be meant and datums that are probably wrong.",
    discussion: """
      Several files are one registry. Looked for are the same id, credit code, name in a district, or place and kind twice; \
      places outside China, swapped, at zero, or far from the others of their district; datums under which a place does not fit \
      its street while under another one it does; places, datums and districts that are missing; with facts (--facts, or those of planlint.yaml) \
      districts that they do not list. What is usual comes from the rows themselves (medians). Nothing is corrected.

      Exit codes: 0 nothing found, 1 something found, 2 a file that cannot be read or a row that cannot be understood.
      """)

  @OptionGroup var profiles: ProfileOptions

  @Option(
    help: ArgumentHelp(
      "The city whose facts are given; with it they have to be its own.", valueName: "id"),
    completion: Completions.cities)
  var city: String?

  @Option(
    help: ArgumentHelp(
      "The year's figures (facts/1, or a table or sheet), for their districts.", valueName: "file"),
    completion: Completions.tables)
  var facts: String?

  @Option(
    help: ArgumentHelp("text: a line a finding; json.", valueName: "text|json"),
    completion: .list(["text", "json"]))
  var format: String = "text"

  @Argument(
    help: ArgumentHelp(
      "Registries: CSV, XLSX, GeoJSON, YAML or JSON; `-` is standard input.", valueName: "registry"),
    completion: Completions.tables)
  var files: [String] = []

  mutating func validate() throws {
    if format != "text", format != "json" {
      throw ValidationError(
        zh: "--format：应为 `text` 或 `json`，实际为 `\(format)`"
          + Suggestion.chinese(format, among: ["text", "json"]),
        en: "--format: expected `text` or `json`, found `\(format)`"
          + Suggestion.of(format, among: ["text", "json"]))
    }
  }

  mutating func run() throws {
    try Files.check(files)
    let settings = try profiles.settings(for: files)
    let language = settings.language(profiles.lang)
    var request = profiles.request(settings)
    request.city = city
    request.facts = facts.map(Input.file)
    request.note = { Terminal.printError($0.rendered(language)) }
    let report: RegistryReport
    do {
      report = try Planlint.checkRegistries(files.map(Input.file), request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    Terminal.printText(format == "json" ? report.json : report.text(in: language))
    if report.hasFindings { throw ExitCode(1) }
  }
}
