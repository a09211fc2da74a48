import ArgumentParser
import PlanlintKit

/// `planlint explain`: one rule from its law to its tests.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain one rule: law, decision, readings, parameters, exemptions, examples.",
    discussion: "Exit codes: 0, or 2 where there is no such rule or a profile cannot be read.")

  @OptionGroup var options: PolicyOptions

  @Argument(
    help: ArgumentHelp("The id of the rule (HB-OUT-CAP) or its name.", valueName: "rule"),
    completion: Completions.rules)
  var rule: String

  mutating func run() throws {
    let rule = rule
    let text = try options.tools().read { tools throws(InputErrors) in
      try Planlint.explain(
        rule: rule, cities: tools.cities, language: tools.language, tools.request)
    }
    Terminal.printText(text)
  }
}
