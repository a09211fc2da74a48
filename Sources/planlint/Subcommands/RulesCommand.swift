import ArgumentParser
import PlanlintKit

/// `planlint rules`: a table of the rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules of the profiles.",
    discussion: "Exit codes: 0, or 2 where a profile cannot be read.")

  @OptionGroup var options: PolicyOptions

  mutating func run() throws {
    let options = options
    let text = try options.read { () throws(InputErrors) in
      try Planlint.rules(
        cities: options.city, chinese: options.isChinese, options.request)
    }
    Terminal.printText(text)
  }
}
