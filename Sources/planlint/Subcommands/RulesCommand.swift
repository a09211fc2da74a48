import ArgumentParser
import PlanlintKit

/// `planlint rules`: a table of the rules, or a site with a page for each.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules of the profiles, or write a page for each.",
    discussion: """
      Without --city those of the settings file's city, else of all.

      `--format html=DIR` writes a site into a folder: a table (index.html) and a page a rule with its law, decision, readings and examples, \
      planlint's own findings among them. Pages need neither a network nor a script. Where the settings file names the address at which the folder is \
      published (`rules_address:`), SARIF and HTML reports point to its pages.

      Exit codes: 0, or 2 where a profile cannot be read or a page not written.
      """
  )

  @OptionGroup var options: PolicyOptions

  @Option(
    help: ArgumentHelp(
      "`text` for people, `json` for programs, with both languages, or `html=DIR` for a site in a folder. Default: text.",
      valueName: "text|json|html=DIR"), completion: .list(["text", "json", "html="]))
  var format: String?

  /// The folder of a site.
  private var folder: String? {
    format.flatMap { $0.hasPrefix("html=") ? String($0.dropFirst("html=".count)) : nil }
  }

  mutating func validate() throws {
    if format == "html" || folder == "" {
      throw ValidationError(
        zh: "--format：`html=` 之后应为目录，如 `html=rules`",
        en: "--format: expected a folder after `html=`, as in `html=rules`")
    }
    if folder == nil { try Choice.check(format, "--format", ["text", "json", "html=DIR"]) }
  }

  mutating func run() throws {
    let (format, folder) = (format, folder)
    let tools = try options.tools()
    let cities = tools.cities.isEmpty ? tools.cityOfSettings.map { [$0] } ?? [] : tools.cities
    if let folder {
      let pages = try tools.read { tools throws(InputErrors) in
        try Planlint.rulePages(cities: cities, language: tools.language, tools.request)
      }
      try OutputFolder.deliver(pages.map { ($0.name, $0.text) }, to: folder, tools.language)
      Terminal.print("\(folder)/index.html")
      return
    }
    let text = try tools.read { tools throws(InputErrors) in
      let listings = try Planlint.rules(cities: cities, tools.request)
      return format == "json"
        ? Planlint.json(listings)
        : listings.map { $0.text(in: tools.language) }.joined(separator: "\n")
    }
    Terminal.printText(text)
  }
}
