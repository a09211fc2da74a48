import ArgumentParser
import PlanlintKit

/// `planlint plan`: plan files against the city's plan document.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Hold a city's or district's plan against the plan document.")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, YAML or JSON).", valueName: "file"))
  var registry: String?

  @Argument(
    help: ArgumentHelp("Plans (plan/1), YAML or JSON; `-` is standard input.", valueName: "file"))
  var files: [String] = []

  mutating func run() throws {
    try Files.check(files)
    var request = input.request
    request.registry = registry
    request.baseline = output.baselineToRead
    request.keepsNotApplicable = output.show == "all"
    let files = files
    try output.deliver { () throws(InputErrors) in try Planlint.plan(files, request) }
  }
}
