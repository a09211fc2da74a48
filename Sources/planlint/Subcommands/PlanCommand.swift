import ArgumentParser
import PlanlintKit

/// `planlint plan`: plan files against the city's plan document.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Hold a city's or district's plan against the plan document.",
    discussion: "Without FILE those of `plans:` in \(Configuration.fileName) are checked.")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var settingsOptions: SettingsOptions

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON).", valueName: "file"),
    completion: Completions.tables)
  var registry: String?

  @Argument(
    help: ArgumentHelp("Plans (plan/1), YAML or JSON; `-` is standard input.", valueName: "file"),
    completion: Completions.tables)
  var files: [String] = []

  mutating func run() throws {
    if !files.isEmpty { try Files.check(files) }
    let settings = try settingsOptions.settings(for: files, language: output.lang)
    let files = try Files.chosen(
      files, else: settings.configuration?.plans, key: "plans",
      language: settings.language(output.lang))
    let delivery = try output.delivery(settings, ofPlans: true)
    var request = input.request(settings)
    request.registry = registry.map(Input.file)
    try delivery.check(
      against: settings.inputs(files, facts: input.facts, registry: registry, waivers: nil)
        + input.frozen.inputs,
      policies: settings.policies(input.policies).value)
    request.shownRules = output.rule
    request.shownSubjects = output.subject
    request.observer = delivery.watch.observer
    request.baseline = delivery.baselineToRead.map(Input.file)
    request.keepsNotApplicable = delivery.presentation.showsAll
    request.note = output.notes.writer(language: delivery.presentation.language)
    try delivery.deliver { () throws(InputErrors) in
      try Planlint.plan(files.map(Input.file), request)
    }
  }
}
