import ArgumentParser
import PlanlintKit

/// `planlint config`: every setting, its value and where it comes from.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show every setting with its value and where it comes from.",
    discussion: """
      The command line goes before the file's own word, that before \(Configuration.fileName), that before the environment, \
      and that before what is built in. The settings file is the first from the folder of FILE upwards, else from the working \
      folder. Exit codes: 0, or 2 where a file cannot be read.
      """)

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp("The institutions designated already.", valueName: "file"),
    completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp("Recorded waivers.", valueName: "file"),
    completion: Completions.documents)
  var waivers: String?

  @Option(
    help: ArgumentHelp("The datum of locations that name none.", valueName: "datum"),
    completion: Completions.datums)
  var datum: String?

  @Option(help: ArgumentHelp("The baseline to hold against.", valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp("What makes the exit code other than 0.", valueName: "fail|review"),
    completion: .list(Configuration.failOnWords))
  var failOn: String?

  @Option(
    help: ArgumentHelp("How much is shown.", valueName: "usual|all"),
    completion: .list(Configuration.showWords))
  var show: String?

  @Option(
    help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  @Option(
    help: ArgumentHelp("How the settings are shown.", valueName: "text|json"),
    completion: .list(["text", "json"]))
  var format: String = "text"

  @OptionGroup var settingsOptions: SettingsOptions

  @Argument(
    help: ArgumentHelp("Applications or a plan, whose own word counts.", valueName: "file"),
    completion: Completions.tables)
  var file: String?

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
    try Choice.check(failOn, "--fail-on", Configuration.failOnWords)
    try Choice.check(show, "--show", Configuration.showWords)
    try Choice.check(format, "--format", ["text", "json"])
  }

  mutating func run() throws {
    let files = file.map { [$0] } ?? []
    if !files.isEmpty { try Files.check(files) }
    let settings = try settingsOptions.settings(for: files, language: lang)
    var own: OwnSettings?
    do {
      own = try file.map { path throws(InputErrors) in try OwnSettings(reading: .file(path)) }
    } catch {
      for line in error.lines(in: settings.language(lang)) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    let rows = [
      settings.inputs("applications", settings.configuration?.applications),
      settings.inputs("plans", settings.configuration?.plans),
      settings.city(input.city, own: own?.city), settings.facts(input.facts, own: own?.facts),
      settings.registry(registry, own: own?.registry), settings.waivers(waivers),
      settings.asOf(input.asOf, own: own?.asOf), settings.datum(datum, own: own?.datum),
      settings.policies(input.policies), settings.formats([]), settings.lang(lang),
      settings.failOn(failOn), settings.show(show),
      settings.baseline(baseline, ofPlans: false), settings.baseline(baseline, ofPlans: true),
      settings.rulesAddress, settings.color,
    ]
    let table = SettingsTable(path: settings.configuration?.path, settings: rows)
    Terminal.printText(
      format == "json" ? table.json : table.text(in: settings.language(lang)))
  }
}
