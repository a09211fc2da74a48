import ArgumentParser
import PlanlintKit

/// `planlint policy check`: what is wrong with the profiles themselves.
struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for what is unused, constant or out of place in the profiles.",
    discussion: """
      Definitions that nothing uses, rules that can never apply or never fail, exemptions that are never reached, alternatives \
      that are none, spans that overlap or leave a gap. Exit codes: 0 nothing found, 1 something found, 2 a profile does not \
      load.
      """)

  @OptionGroup var options: PolicyOptions

  mutating func run() throws {
    try options.tools().deliver { tools throws(InputErrors) in
      try Planlint.inspectPolicies(cities: tools.cities, tools.request)
    }
  }
}
