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

  @OptionGroup var form: FormOptions

  mutating func run() throws {
    let (rule, form) = (rule, form)
    let text = try options.tools().read { tools throws(InputErrors) in
      let documents = try Planlint.explain(rule: rule, cities: tools.cities, tools.request)
      return form.isJSON
        ? Planlint.json(documents)
        : documents.map { $0.text(in: tools.language) }.joined(separator: "\n")
    }
    Terminal.printText(text)
  }
}
