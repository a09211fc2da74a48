import ArgumentParser
import Desk

/// `planlintd token`: what programs show instead of a password.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make tokens for programs.", subcommands: [Add.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Make a token of an account and print it, this once.",
      discussion: "A token has the roles and the district of its account, which has to be there.")

    @Argument(help: "The name of the account.") var name: String
    @Option(help: ArgumentHelp("The city of the account.", valueName: "id")) var city: String
    @Option(
      help: ArgumentHelp(
        "A role that the account has to have. May be given several times.", valueName: "role"))
    var role: [Role] = []
    @OptionGroup var options: DeskOptions

    func run() throws {
      let answer = try options.perform(.addToken(name: name, city: city, roles: role))
      answer.lines.forEach(Terminal.print)
    }
  }
}
