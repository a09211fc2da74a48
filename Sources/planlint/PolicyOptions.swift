import ArgumentParser
import PlanlintKit

/// The options that the policy officer's tools have in common.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only the profiles of this city. May be given several times.", valueName: "id"))
  var city: [String] = []

  @Option(help: ArgumentHelp("The folder of policy profiles.", valueName: "dir"))
  var policies: String?

  @Option(help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"))
  var lang: String?

  mutating func validate() throws {
    if let lang, lang != "zh", lang != "en" {
      throw ValidationError("--lang: expected `zh` or `en`, found `\(lang)`")
    }
  }

  var isChinese: Bool { Terminal.isChinese(lang) }

  var request: Request {
    var request = Request()
    request.policies = policies
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.executable = InputOptions.executable
    return request
  }

  /// Runs a tool; what is wrong with the profiles goes to standard error and ends with 2, findings end with 1.
  func deliver(_ tool: () throws(InputErrors) -> [PolicyToolResult]) throws {
    let results = try read(tool)
    for result in results {
      for line in result.lines(chinese: isChinese) { Terminal.print(line) }
    }
    if results.contains(where: \.hasFindings) { throw ExitCode(1) }
  }

  /// Reads something from the profiles; what is wrong with them goes to standard error and ends with 2.
  func read<Result>(_ body: () throws(InputErrors) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      for line in error.lines(chinese: isChinese) { Terminal.printError(line) }
      throw ExitCode(2)
    }
  }
}
