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
      plans, waivers and registries in YAML while they are written; completes keys, names, provisions, words, functions and fields; says \
      what is meant under the cursor; finds and renames names across a tenant's files; and offers to put things right. The README says \
      how VS Code, Neovim and Emacs are set up.

      The client may give `initializationOptions`: `lang` (zh or en), `policies` (the folder of profiles), `sources` (the folder of \
      the documents' texts, `<tenant>.txt`). Exit codes: 0 ended as the protocol has it, 1 otherwise.
      """)

  @Option(
    help: ArgumentHelp(
      "Language of messages: zh or en. Default: what the client says.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  mutating func validate() throws { try Choice.check(lang, "--lang", Configuration.languages) }

  mutating func run() throws {
    let start = ServerLoop.Start(
      language: Settings(configuration: nil).language(lang), version: Planlint.version,
      environmentPolicies: Terminal.environment("PLANLINT_POLICIES"),
      executable: InputOptions.executable, formatNames: Format.all.map(\.name))
    let code = ServerLoop.run(start) { line in Terminal.printError("planlint lsp: \(line)") }
    throw ExitCode(code)
  }
}
