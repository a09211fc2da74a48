import ArgumentParser
import PlanlintKit

/// `planlint policy diff`: what differs between two versions of a profile.
struct PolicyDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between two versions of a profile, and which verdicts flip.",
    discussion: """
      Two files, or versions that the git program knows, as `git diff` takes them: `REV PROFILE` compares a revision with the \
      file as it is, `REV..REV -- PROFILE` and `REV REV PROFILE` two revisions, `REV:FILE` names one.

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
    help: ArgumentHelp(
      "The profile as it was and as it is, each a file or REV:FILE; or revisions of git, a range (REV..REV) among them, and the profile; then applications (applications/1): YAML, JSON, JSON Lines, CSV, XLSX or GeoJSON.",
      valueName: "old> <new> [<file"), completion: Completions.documents)
  var operands: [String] = []

  mutating func run() throws {
    let versions = try ProfileVersions(operands, exists: Files.exists)
    let files = versions.applications
    if !files.isEmpty { try Files.check(files) }
    let settings = try profiles.settings(for: files)
    var request = profiles.request(settings)
    request.city = city
    request.facts = facts.map(Input.file)
    request.registry = registry.map(Input.file)
    request.datum = datum
    let language = settings.language(profiles.lang)
    request.note = { Terminal.printError($0.rendered(language)) }
    let old: Input
    let new: Input
    do throws(ProfileVersions.Version.Failure) {
      let (before, after) = (try versions.old.inputs(), try versions.new.inputs())
      (old, new) = (before.profile, after.profile)
      request.supporting +=
        before.beside
        + after.beside.filter { input in
          !before.beside.contains { $0.name == input.name }
        }
    } catch {
      Terminal.printError("error: " + error.message[language])
      throw ExitCode(2)
    }
    let difference: PolicyDifference
    do {
      difference = try Planlint.comparePolicies(
        old: old, new: new, applications: files.map(Input.file), request)
    } catch {
      for line in error.annotatedLines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    for line in difference.lines(in: language) { Terminal.print(line) }
    if !difference.isEmpty { throw ExitCode(1) }
  }
}
