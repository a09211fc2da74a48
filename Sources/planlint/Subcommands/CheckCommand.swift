import ArgumentParser
import PlanlintKit

/// `planlint check`: applications against the city's plan.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold applications against the city's plan (the default).",
    discussion: """
      Several files are one batch: their applications compete for the same places, unless --separate. Facts and registry come \
      from the options, else from the paths that the file gives. What is missing makes the rules that need it `unknown`.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var settingsOptions: SettingsOptions

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON); goes before the file's own.",
      valueName: "file"), completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp(
      "Recorded waivers (waivers/1), which answer in-principle rules.", valueName: "file"),
    completion: Completions.documents)
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "The datum of locations that name none: wgs84, cgcs2000, gcj02 or bd09.", valueName: "datum"),
    completion: Completions.datums)
  var datum: String?

  @Flag(help: "Let the applications of each file compete among themselves alone.")
  var separate = false

  @Argument(
    help: ArgumentHelp(
      "Applications (applications/1): YAML, JSON, JSON Lines, CSV, XLSX (`file.xlsx#sheet`) or GeoJSON; `-` is standard input.",
      valueName: "file"), completion: Completions.tables)
  var files: [String] = []

  mutating func run() throws {
    try Files.check(files)
    let settings = try settingsOptions.settings(for: files, language: output.lang)
    let delivery = try output.delivery(settings)
    var request = input.request(settings)
    request.registry = registry
    request.waivers = waivers
    request.datum = datum
    request.isSeparate = separate
    request.observer = delivery.watch.observer
    request.baseline = delivery.baselineToRead
    request.keepsNotApplicable = delivery.presentation.showsAll
    request.note = output.notes.writer(isChinese: delivery.presentation.isChinese)
    let files = files
    try delivery.deliver { () throws(InputErrors) in try Planlint.check(files, request) }
  }
}
