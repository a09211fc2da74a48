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
    help: ArgumentHelp("The id of the rule (HB-OUT-CAP) or its name.", valueName: "rule"))
  var rule: String

  mutating func run() throws {
    let (options, rule) = (options, rule)
    let text = try options.read { () throws(InputErrors) in
      try Planlint.explain(
        rule: rule, cities: options.city, chinese: options.isChinese, options.request)
    }
    Terminal.printText(text)
  }
}
