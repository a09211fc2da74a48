import ArgumentParser
import Glibc
import PlanlintKit

/// The program: puts the subcommand first, runs it, and turns what comes of it into an exit code.
@main
enum Main {
  static func main() {
    // A reader that closes the pipe ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    // A file that may grow no more is an error that can be told.
    signal(SIGXFSZ, SIG_IGN)
    MemoryEnd.watch()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try PlanlintCommand.parseAsRoot(ArgumentOrder.parsed(arguments))
      try command.run()
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      let code = PlanlintCommand.exitCode(for: error)
      var message = PlanlintCommand.fullMessage(for: error)
      if ChineseUsage.isChinese(arguments) { message = ChineseUsage.translated(message) }
      if code.isSuccess {
        Terminal.print(message)
        exit(0)
      }
      Terminal.printError(message)
      exit(2)
    }
  }
}

/// `planlint` and its subcommands.
struct PlanlintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "planlint",
    abstract:
      "Hold applications and plans for designated medical institutions against the city's plan.",
    discussion: """
      planlint --city huaibei applications.yaml says for each application whether it passes, fails or needs a person, cites \
      the sentence that decides, and shows the arithmetic. `check` is the default subcommand.

      Profiles are looked for in --policies DIR, else PLANLINT_POLICIES, else ./policies, else `policies` or \
      `share/planlint/policies` beside the program or above it. Defaults of a folder stand in \(Configuration.fileName); \
      `planlint config` shows what counts and why.

      Exit codes: 0 all admissible or compliant; 1 at least one failure; 3 no failure, but something needs a person or more \
      data (0 with --fail-on fail); 2 usage, unreadable or invalid input, broken profile.

      Environment: LANG, LC_ALL (language), NO_COLOR, FORCE_COLOR, PLANLINT_POLICIES.
      """,
    version: Planlint.version,
    subcommands: subcommands,
    defaultSubcommand: CheckCommand.self)

  /// Every subcommand has its entry here and nowhere else.
  static let subcommands: [any ParsableCommand.Type] = [
    CheckCommand.self, WatchCommand.self, CompareCommand.self, PlanCommand.self,
    AllocateCommand.self,
    GapsCommand.self,
    ReplayCommand.self, NoticeCommand.self, PolicyCommand.self, RegistryCommand.self,
    CitiesCommand.self, RulesCommand.self,
    ExplainCommand.self,
    ConfigCommand.self, LSPCommand.self,
    InitCommand.self, ConvertCommand.self, ManualCommand.self,
    SchemaCommand.self,
  ]
}
