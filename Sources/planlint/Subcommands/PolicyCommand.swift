import ArgumentParser
import PlanlintKit

/// `planlint policy`: the profiles themselves.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Test, verify and compare the policy profiles themselves.",
    subcommands: [
      PolicyTestCommand.self, PolicyVerifyCommand.self, PolicyCoverageCommand.self,
      PolicyCheckCommand.self, PolicyDiffCommand.self,
    ])
}

/// `planlint policy test`: the cases beside each profile.
struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that stand beside each profile.",
    discussion:
      "Exit codes: 0 all as they should be, 1 at least one is not, 2 a profile or its tests cannot be read."
  )

  @Option(
    help: ArgumentHelp(
      "Only the profiles of this city. May be given several times.", valueName: "id"))
  var city: [String] = []

  @Option(help: ArgumentHelp("The folder of policy profiles.", valueName: "dir"))
  var policies: String?

  @Option(help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"))
  var lang: String?

  mutating func run() throws {
    var request = Request()
    request.policies = policies
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.executable = InputOptions.executable
    let isChinese = Terminal.isChinese(lang)
    let results: [PolicyTestResult]
    do {
      results = try Planlint.testPolicies(cities: city, request)
    } catch {
      for line in error.lines(chinese: isChinese) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    var failed = 0
    for result in results {
      for failure in result.failures {
        Terminal.print("\(failure.place): \(failure.test): \(isChinese ? failure.zh : failure.en)")
      }
      let bad = Set(result.failures.map(\.test)).count
      failed += bad
      Terminal.print(
        isChinese
          ? "\(result.profile)：\(result.cases) 个用例，\(bad) 个不符"
          : "\(result.profile): \(result.cases) cases, \(bad) failed")
    }
    if failed > 0 { throw ExitCode(1) }
  }
}
