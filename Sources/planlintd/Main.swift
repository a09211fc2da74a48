import ArgumentParser
import Desk
import Glibc
import PlanlintKit
import Store

/// The program of the desk: serves it, and looks after its accounts and its store.
@main
enum Main {
  static func main() async {
    // A reader that closes the pipe ends nothing.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try PlanlintdCommand.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      let code = PlanlintdCommand.exitCode(for: error)
      if code.isSuccess {
        Terminal.print(PlanlintdCommand.fullMessage(for: error))
        exit(0)
      }
      Terminal.complain(Terminal.message(of: error) ?? PlanlintdCommand.fullMessage(for: error))
      exit(2)
    }
  }
}

/// `planlintd` and its subcommands.
struct PlanlintdCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "planlintd",
    abstract: "Keep the rounds, cases and places of cities through the year.",
    discussion: """
      The desk decides nothing by itself: every verdict is planlint's, on inputs that can be taken out and checked again.

      Exit codes: 0 done; 1 differences found by `verify`; 2 usage, or what stands in the way.
      """,
    version: Planlint.version,
    subcommands: subcommands)

  /// Every subcommand has its entry here and nowhere else.
  static let subcommands: [any ParsableCommand.Type] = [
    ServeCommand.self, AccountCommand.self, TokenCommand.self, MigrateCommand.self,
    BackupCommand.self,
    RestoreCommand.self, VerifyCommand.self,
  ]
}
