import ArgumentParser
import PlanlintKit

/// `planlint allocate`: the quotas that the plan's formulas give.
struct AllocateCommand: ParsableCommand {
  static let forms = ["text", "json", "plan"]

  static let configuration = CommandConfiguration(
    commandName: "allocate",
    abstract: "Work out the quotas that the plan's formulas give.",
    discussion: """
      Totals, the share of each district and this year's additions, from the facts. Published figures go before computed ones. \
      Exit codes: 0 all worked out, 3 data is missing for some of it, 2 the facts or the profile cannot be read.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var notes: NoteOptions

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON).", valueName: "file"),
    completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp("The year of the plan. Default: that of the facts.", valueName: "year"))
  var year: Int?

  @Option(
    help: ArgumentHelp(
      "text: a table; json: for programs, figures as exact text; plan: a plan file that `planlint plan` accepts.",
      valueName: "text|json|plan"), completion: .list(forms))
  var format: String = "text"

  @Option(
    help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
    try Choice.check(format, "--format", Self.forms)
    if let year, !(1900...2999).contains(year) {
      throw ValidationError(
        zh: "--year：应为四位数的年度，实际为 `\(year)`",
        en: "--year: expected a year of four digits, found `\(year)`")
    }
  }

  mutating func run() throws {
    let settings = try settingsOptions.settings(
      for: input.facts.map { [$0] } ?? [], language: lang)
    var request = input.request(settings)
    request.registry = registry.map(Input.file)
    let language = settings.language(lang)
    request.observer = notes.watch(settings, language: language).observer
    request.note = notes.writer(language: language)
    let table: AllocationTable
    do {
      table = try Planlint.allocate(year: year, request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    switch format {
    case "json": Terminal.printText(table.json)
    case "plan": Terminal.printText(table.planFile)
    default: Terminal.printText(table.text(in: language))
    }
    if table.hasUnknown { throw ExitCode(3) }
  }
}
