import ArgumentParser
import PlanlintKit

/// The options that the policy officer's tools have in common.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only the profiles of this city. May be given several times.", valueName: "id"),
    completion: Completions.cities)
  var city: [String] = []

  @OptionGroup var profiles: ProfileOptions

  /// The tools as these options and the settings of the working folder have them.
  func tools() throws -> PolicyTools {
    let settings = try profiles.settings()
    let request = profiles.request(settings)
    return PolicyTools(
      cities: city, request: request, language: settings.language(profiles.lang),
      cityOfSettings: settings.configuration?.city?.value)
  }
}

/// Runs the policy officer's tools and shows what they find.
struct PolicyTools {
  let cities: [String]
  let request: Request
  let language: Language
  /// The city of the settings file, which those that only show something take for a default. What tests a profile tests all.
  let cityOfSettings: String?

  /// Runs a tool; what is wrong with the profiles goes to standard error and ends with 2, findings end with 1.
  func deliver(
    _ tool: PolicyTool, isJSON: Bool,
    _ body: (PolicyTools) throws(InputErrors) -> [PolicyToolResult]
  ) throws {
    try show(try read(body), tool, isJSON: isJSON)
  }

  /// Shows what a tool found; findings end with 1.
  func show(_ results: [PolicyToolResult], _ tool: PolicyTool, isJSON: Bool) throws {
    if isJSON {
      Terminal.printText(Planlint.json(results, of: tool))
    } else {
      for line in results.flatMap({ $0.lines(in: language) }) { Terminal.print(line) }
    }
    if results.contains(where: \.hasFindings) { throw ExitCode(1) }
  }

  /// Reads something from the profiles; what is wrong with them goes to standard error and ends with 2.
  func read<Result>(_ body: (PolicyTools) throws(InputErrors) -> Result) throws -> Result {
    do {
      return try body(self)
    } catch {
      for line in error.annotatedLines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
  }
}
