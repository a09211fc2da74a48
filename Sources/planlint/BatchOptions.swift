import ArgumentParser
import PlanlintKit

/// The applications of a run, and what stands beside them.
struct BatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON); goes before the file's own.",
      valueName: "file"), completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp(
      "Recorded waivers and rulings (waivers/1): waivers answer in-principle rules, rulings what is left to a person.",
      valueName: "file"),
    completion: Completions.documents)
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "The datum of locations that name none: wgs84, cgcs2000, gcj02 or bd09.", valueName: "datum"),
    completion: Completions.datums)
  var datum: String?

  @Flag(help: "Let the applications of each file compete among themselves alone.")
  var separate = false

  @Flag(
    help: ArgumentHelp(
      "Say of each finding what would make it pass, tried with all else as it is: beds, score or rank, place, missing values, a later year, one request less. For applications alone, not for plans."
    ))
  var whatIf = false

  @Argument(
    help: ArgumentHelp(
      "Applications (applications/1): YAML, JSON, JSON Lines, CSV, XLSX (`file.xlsx#sheet`) or GeoJSON; `-` is standard input.",
      valueName: "file"), completion: Completions.tables)
  var files: [String] = []

  /// The files of the run, else those of its settings, and these.
  func chosen(
    _ options: SettingsOptions, language: String?
  ) throws -> (files: [String], settings: Settings) {
    if !files.isEmpty { try Files.check(files) }
    let settings = try options.settings(for: files, language: language)
    let files = try Files.chosen(
      files, else: settings.configuration?.applications, key: "applications",
      language: settings.language(language))
    return (files, settings)
  }

  func request(_ input: InputOptions, _ settings: Settings) -> Request {
    var request = input.request(settings)
    request.registry = registry.map(Input.file)
    request.waivers = waivers.map(Input.file)
    request.datum = datum
    request.isSeparate = separate
    request.tellsWhatIf = whatIf
    return request
  }
}
