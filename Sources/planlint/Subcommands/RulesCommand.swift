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

  mutating func run() throws {
    let text = try options.tools().read { tools throws(InputErrors) in
      let cities = tools.cities.isEmpty ? tools.cityOfSettings.map { [$0] } ?? [] : tools.cities
      return try Planlint.rules(cities: cities, language: tools.language, tools.request)
    }
    Terminal.printText(text)
  }
}
