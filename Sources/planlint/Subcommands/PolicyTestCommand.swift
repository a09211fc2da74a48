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
  @OptionGroup var form: FormOptions

  mutating func run() throws {
    let tools = try options.tools()
    let language = tools.language
    let results = try tools.read { tools throws(InputErrors) in
      try Planlint.testPolicies(cities: tools.cities, tools.request)
    }
    if form.isJSON {
      Terminal.printText(Planlint.json(results))
    } else {
      for line in results.flatMap({ $0.lines(in: language) }) { Terminal.print(line) }
    }
    if results.contains(where: { !$0.failures.isEmpty }) { throw ExitCode(1) }
  }
}
