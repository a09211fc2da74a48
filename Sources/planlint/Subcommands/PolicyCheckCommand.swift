import ArgumentParser
import PlanlintKit

/// `planlint policy check`: what is wrong with the profiles themselves.
struct PolicyCheckCommand: ParsableCommand {
  static let forms = ["text", "json", "github", "sarif"]

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Look for what is unused, constant, out of place or not borne out by its quote in the profiles.",
    discussion: """
      Definitions that nothing uses, rules that can never apply or never fail, exemptions that are never reached, alternatives \
      that are none, spans that overlap or leave a gap; how binding a provision is held to be against the words of its quote, \
      the numbers of parameters against those of the quote, the two languages of messages against each other, names that occur \
      twice, codes that are none. What the text means otherwise is answered where it stands (`answers`). Exit codes: 0 nothing found, 1 something found, 2 a profile does not \
      load.

      With --format github or sarif paths begin at the root of the git repository, and what is wrong with a profile that does \
      not load is in the output as well as on standard error.
      """)

  @OptionGroup var options: PolicyOptions

  @Option(
    help: ArgumentHelp(
      "text: a line a finding; json: for programs, with both languages; github: annotations of a workflow; sarif: SARIF 2.1.0 for code scanning.",
      valueName: forms.joined(separator: "|")), completion: .list(forms))
  var format: String = "text"

  mutating func validate() throws { try Choice.check(format, "--format", Self.forms) }

  mutating func run() throws {
    let tools = try options.tools()
    let results: [PolicyToolResult]
    do {
      results = try Planlint.inspectPolicies(cities: tools.cities, tools.request)
    } catch {
      for line in error.annotatedLines(in: tools.language) { Terminal.printError(line) }
      // A city that is not there is no fault of a profile.
      let faults = error.faults.filter { !$0.path.isEmpty && !$0.path.hasPrefix("--") }
      if !faults.isEmpty, let text = text([], faults, tools.language) { Terminal.printText(text) }
      throw ExitCode(2)
    }
    if let text = text(results, [], tools.language) {
      Terminal.printText(text)
      if results.contains(where: \.hasFindings) { throw ExitCode(1) }
    } else {
      try tools.show(results, .check, isJSON: format == "json")
    }
  }

  /// The forms that code hosts take; nil of the others.
  private func text(
    _ results: [PolicyToolResult], _ faults: [Fault], _ language: Language
  ) -> String? {
    let repository = RepositorySearch.find()
    return switch format {
    case "github":
      Planlint.githubAnnotations(results, faults: faults, in: language, repository: repository)
    case "sarif": Planlint.sarif(results, faults: faults, in: language, repository: repository)
    default: nil
    }
  }
}
