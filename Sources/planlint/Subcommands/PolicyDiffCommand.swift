import ArgumentParser
import PlanlintKit

/// `planlint policy diff`: what differs between two versions of a profile.
struct PolicyDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between two versions of a profile, and which verdicts flip.",
    discussion: """
      Places are those of NEW, of OLD for what was removed. Layout, comments and the order of fields are no difference. With \
      applications both versions decide them all, whatever their spans. Exit codes: 0 nothing differs, 1 something does, 2 a \
      profile or an input cannot be read.
      """)

  @Option(
    help: ArgumentHelp(
      "The city, where the tenant covers several. Default: the applications' own.", valueName: "id"),
    completion: Completions.cities)
  var city: String?

  @Option(
    help: ArgumentHelp(
      "The year's figures (facts/1, or a table or sheet); goes before the file's own.",
      valueName: "file"),
    completion: Completions.tables)
  var facts: String?

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON); goes before the file's own.",
      valueName: "file"), completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp(
      "The datum of locations that name none: wgs84, cgcs2000, gcj02 or bd09.", valueName: "datum"),
    completion: Completions.datums)
  var datum: String?

  @OptionGroup var profiles: ProfileOptions

  @Argument(
    help: ArgumentHelp("The profile as it was (policy/1).", valueName: "old"),
    completion: Completions.documents)
  var old: String

  @Argument(
    help: ArgumentHelp("The profile as it is (policy/1).", valueName: "new"),
    completion: Completions.documents)
  var new: String

  @Argument(
    help: ArgumentHelp(
      "Applications (applications/1): YAML, JSON, JSON Lines, CSV, XLSX or GeoJSON.",
      valueName: "file"),
    completion: Completions.tables)
  var files: [String] = []

  mutating func run() throws {
    if !files.isEmpty { try Files.check(files) }
    let settings = try profiles.settings(for: files)
    var request = profiles.request(settings)
    request.city = city
    request.facts = facts.map(Input.file)
    request.registry = registry.map(Input.file)
    request.datum = datum
    let language = settings.language(profiles.lang)
    request.note = { Terminal.printError($0.rendered(language)) }
    let difference: PolicyDifference
    do {
      difference = try Planlint.comparePolicies(
        old: .file(old), new: .file(new), applications: files.map(Input.file), request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    for line in difference.lines(in: language) { Terminal.print(line) }
    if !difference.isEmpty { throw ExitCode(1) }
  }
}
