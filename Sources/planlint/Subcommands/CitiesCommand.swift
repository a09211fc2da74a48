import ArgumentParser
import PlanlintKit

/// `planlint cities`: what `--city` takes, and the profiles behind it.
struct CitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cities",
    abstract: "List the cities that there are profiles for, and the profiles' spans.",
    discussion: """
      A block for each tenant: its id, its names and its GB/T 2260 codes, any of which --city takes; its profiles, each with \
      its first and last day and the title of its document; the cities that it covers with the same profiles. With --city the \
      tenant of that city alone. Exit codes: 0, or 2 where there is no such city or a profile cannot be read.
      """)

  @OptionGroup var options: PolicyOptions
  @OptionGroup var form: FormOptions

  mutating func run() throws {
    let form = form
    let text = try options.tools().read { tools throws(InputErrors) in
      let listings = try Planlint.cities(tools.cities, tools.request)
      return form.isJSON
        ? Planlint.json(listings) : listings.map { $0.text(in: tools.language) }.joined()
    }
    Terminal.printText(text)
  }
}
