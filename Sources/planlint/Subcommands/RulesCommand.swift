import ArgumentParser
import PlanlintKit

/// `planlint rules`: a table of the rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules of the profiles.",
    discussion:
      "Without --city those of the settings file's city, else of all. Exit codes: 0, or 2 where a profile cannot be read."
  )

  @OptionGroup var options: PolicyOptions
  @OptionGroup var form: FormOptions

  mutating func run() throws {
    let form = form
    let text = try options.tools().read { tools throws(InputErrors) in
      let cities = tools.cities.isEmpty ? tools.cityOfSettings.map { [$0] } ?? [] : tools.cities
      let listings = try Planlint.rules(cities: cities, tools.request)
      return form.isJSON
        ? Planlint.json(listings)
        : listings.map { $0.text(in: tools.language) }.joined(separator: "\n")
    }
    Terminal.printText(text)
  }
}
