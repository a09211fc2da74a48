import ArgumentParser
import PlanlintKit

/// `planlint policy coverage`: what of a document its profile covers, and what of a profile its tests do.
struct PolicyCoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Show the provisions that nothing uses and the rules that lack tests.",
    discussion: """
      With --sources also the sentences that read like a rule and that no provision quotes, as notes. Exit codes: 0 all is \
      covered, 1 a provision is not used or a rule lacks a test inside, at or outside its limit, 2 something cannot be read.
      """)

  @OptionGroup var options: PolicyOptions
  @OptionGroup var form: FormOptions

  @Option(
    help: ArgumentHelp(
      "The folder of the documents' texts, one <tenant>.txt each.", valueName: "dir"),
    completion: .directory)
  var sources: String?

  mutating func run() throws {
    let sources = sources
    try options.tools().deliver(.coverage, isJSON: form.isJSON) { tools throws(InputErrors) in
      try Planlint.coverPolicies(cities: tools.cities, sources: sources, tools.request)
    }
  }
}
