import ArgumentParser
import PlanlintKit

/// `planlint policy verify`: quotes and digests against the documents' texts.
struct PolicyVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Hold every quote of the profiles against the texts of their documents.",
    discussion: """
      White space aside, a quote has to stand in the text word for word, and under the headings that its provision names. Exit \
      codes: 0 all quotes, places and digests agree, 1 at least one does not, 2 a profile or a text cannot be read.
      """)

  @OptionGroup var options: PolicyOptions
  @OptionGroup var form: FormOptions

  @Option(
    help: ArgumentHelp(
      "The folder of the documents' texts, one <tenant>.txt each.", valueName: "dir"),
    completion: .directory)
  var sources: String

  mutating func run() throws {
    let sources = sources
    try options.tools().deliver(.verify, isJSON: form.isJSON) { tools throws(InputErrors) in
      try Planlint.verifyPolicies(cities: tools.cities, sources: sources, tools.request)
    }
  }
}
