import ArgumentParser
import PlanlintKit

/// `planlint compare`: one batch under the profiles of several cities.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Hold one batch of applications against the profiles of several cities.",
    discussion: """
      A row an application, a column a city: the verdict and the rules that failed, lack data or need a person. The file's own \
      `city:` is set aside; its `facts:` and `registry:` are used for the city that it names alone. Without facts for a city \
      its figures are unknown, and so is a district that they do not list. Exit codes: 0 all admissible everywhere; 1 at \
      least one refused anywhere; 3 none refused, but something needs a person or more data; 2 usage or input.
      """)

  @Option(
    help: ArgumentHelp(
      "The cities, two at least, with commas between them: huaibei,xian.", valueName: "id,id"))
  var cities: String

  @Option(
    help: ArgumentHelp(
      "The year's figures of a city (huaibei=facts.yaml), or of all. May be given for each city.",
      valueName: "[city=]file"), completion: Completions.tables)
  var facts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The institutions designated already in a city, or in all. May be given for each city.",
      valueName: "[city=]file"), completion: Completions.tables)
  var registry: [String] = []

  @Option(
    help: ArgumentHelp(
      "The day of decision, YYYY-MM-DD. Default: the file's own, else the last day of submission.",
      valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "The datum of locations that name none: wgs84, cgcs2000, gcj02 or bd09.", valueName: "datum"),
    completion: Completions.datums)
  var datum: String?

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var notes: NoteOptions
  @OptionGroup var form: FormOptions

  @Argument(
    help: ArgumentHelp(
      "Applications (applications/1): YAML, JSON, JSON Lines, CSV, XLSX (`file.xlsx#sheet`) or GeoJSON; `-` is standard input.",
      valueName: "file"), completion: Completions.tables)
  var files: [String] = []

  mutating func run() throws {
    try Files.check(files)
    let settings = try profiles.settings(for: files)
    var request = profiles.request(settings)
    request.asOf = asOf
    request.datum = datum
    let language = settings.language(profiles.lang)
    let watch = notes.watch(settings, language: language)
    request.observer = watch.observer
    request.note = notes.writer(language: language)
    let table: ComparisonTable
    do {
      let (files, cities, facts, registry, request) = (files, cities, facts, registry, request)
      table = try watch.during { () throws(InputErrors) in
        try Planlint.compare(
          files.map(Input.file),
          cities: cities.split { $0 == "," || $0 == "，" || $0 == " " }.map(String.init),
          facts: facts,
          registries: registry, request)
      }
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    let said = notes.quiet ? [] : table.notes(in: language)
    for note in said { Terminal.printError(note) }
    Terminal.printText(form.isJSON ? table.json : table.text(in: language))
    if table.hasFailures { throw ExitCode(1) }
    if table.hasUndecided { throw ExitCode(3) }
  }
}
