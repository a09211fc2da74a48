import ArgumentParser
import PlanlintKit

/// `planlint policy test`: the cases beside each profile.
struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests that stand beside each profile.",
    discussion:
      "Exit codes: 0 all as they should be, 1 at least one is not, 2 a profile or its tests cannot be read."
  )

  @OptionGroup var options: PolicyOptions

  mutating func run() throws {
    let tools = try options.tools()
    let language = tools.language
    let results = try tools.read { tools throws(InputErrors) in
      try Planlint.testPolicies(cities: tools.cities, tools.request)
    }
    var failed = 0
    for result in results {
      for failure in result.failures {
        Terminal.print("\(failure.location.place): \(failure.test): \(failure.message[language])")
      }
      let bad = Set(result.failures.map(\.test)).count
      failed += bad
      Terminal.print(
        language == .zh
          ? "\(result.profile)：\(result.cases) 个用例，\(bad) 个不符"
          : "\(result.profile): \(result.cases) cases, \(bad) failed")
    }
    if failed > 0 { throw ExitCode(1) }
  }
}
