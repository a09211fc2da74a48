import ArgumentParser

/// Lets options stand before the subcommand: `planlint --city huaibei check applications.yaml`.
enum ArgumentOrder {
  /// Options that take a value in the argument after them.
  private static let valued: Set<String> = [
    "--city", "--facts", "--registry", "--waivers", "--as-of", "--datum", "--profile", "--policies",
    "--format", "--lang", "--fail-on", "--rule", "--outcome", "--show", "--year",
    "--sources", "--cities", "--baseline", "--write-baseline", "--config", "--out", "--template",
    "--write-templates", "--in", "--policy", "--tenant", "--kind", "--category", "--set",
    "--within", "--form", "--to", "--as", "--subject", "--detail",
  ]

  /// The arguments as they are parsed: `--stats` alone means its text, and a subcommand named after options stands in front.
  static func parsed(_ arguments: [String]) -> [String] {
    // What a shell asks for completion is in its order already.
    if arguments.first == "---completion" { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.count
    return subcommandFirst(
      arguments.enumerated().map { $1 == "--stats" && $0 < end ? "--stats=text" : $1 })
  }

  private static func subcommandFirst(_ arguments: [String]) -> [String] {
    let names = Set(
      PlanlintCommand.subcommands.map { $0._commandName } + ["help"])
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" { return arguments }
      if argument.hasPrefix("-"), argument != "-" {
        index += valued.contains(argument) ? 2 : 1
        continue
      }
      guard names.contains(argument), index > 0 else { return arguments }
      let nested =
        PlanlintCommand.subcommands.first { $0._commandName == argument }?
        .configuration.subcommands.map { $0._commandName } ?? []
      // `policy test` is one command in two words.
      let isNested = index + 1 < arguments.count && nested.contains(arguments[index + 1])
      let command = index..<(index + (isNested ? 2 : 1))
      var reordered = arguments
      reordered.removeSubrange(command)
      return arguments[command] + reordered
    }
    return arguments
  }
}
