import ArgumentParser
import Desk

extension Role: ExpressibleByArgument {}

/// `planlintd account`: those who may act at the desk.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Make accounts.", subcommands: [Add.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Make an account; its password is read from standard input.")

    @Argument(help: "The name, by which the audit trail knows it.") var name: String
    @Option(help: ArgumentHelp("The city that it is for.", valueName: "id")) var city: String
    @Option(
      help: ArgumentHelp(
        "clerk, reviewer, policy, auditor or admin. May be given several times.", valueName: "role")
    ) var role: [Role]
    @Option(
      help: ArgumentHelp("The district that a clerk is narrowed to.", valueName: "name"))
    var district: String?
    @OptionGroup var options: DeskOptions

    func run() throws {
      guard let password = Terminal.secret("password: "), !password.isEmpty else {
        throw ValidationError("expected a password on standard input")
      }
      let answer = try options.perform(
        .addAccount(
          name: name, city: city, roles: role, district: district, password: password))
      answer.lines.forEach(Terminal.print)
    }
  }
}
