import ArgumentParser
import LanguageServer
import PlanlintKit

/// `planlint lsp`: the language server for editors.
struct LSPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor over standard input and output: the Language Server Protocol.",
    discussion: """
      An editor starts it and tells it what is typed. It shows what is wrong with profiles, their tests, tenants, applications, facts, \
      plans, waivers and registries in YAML, and with tables of them in CSV, while they are written; runs the tests of a profile; completes keys, names, provisions, words, functions and fields; says \
      what is meant under the cursor; finds and renames names across a tenant's files; and offers to put things right. The README says \
      how VS Code, Neovim and Emacs are set up.

      What the options say the client may say instead, in `initializationOptions`: `lang`, `policies`, `sources`. Paths are as seen from \
      the client's first folder. Exit codes: 0 ended as the protocol has it, 1 otherwise.
      """)

  @Option(
    help: ArgumentHelp("The folder of policy profiles.", valueName: "dir"), completion: .directory)
  var policies: String?

  @Option(
    help: ArgumentHelp(
      "The folder of the documents' texts, `<tenant>.txt`, of which quotes are taken over.",
      valueName: "dir"), completion: .directory)
  var sources: String?

  @Option(
    help: ArgumentHelp(
      "Language of messages: zh or en. Default: what the client says.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  mutating func validate() throws { try Choice.check(lang, "--lang", Configuration.languages) }

  mutating func run() throws {
    let start = ServerLoop.Start(
      given: ServerSettings.Given(
        language: lang.flatMap(Language.init), policies: policies, sources: sources),
      language: Settings(configuration: nil).language(nil), version: Planlint.version,
      environmentPolicies: Terminal.environment("PLANLINT_POLICIES"),
      executable: InputOptions.executable, formatNames: Format.all.map(\.name))
    let code = ServerLoop.run(start) { line in Terminal.printError("planlint lsp: \(line)") }
    throw ExitCode(code)
  }
}
