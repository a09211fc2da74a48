import ArgumentParser

/// How a result is written by commands that write for people or for programs.
struct FormOptions: ParsableArguments {
  static let forms = ["text", "json"]

  @Option(
    help: ArgumentHelp(
      "`text` for people, `json` for programs, with both languages. Default: text.",
      valueName: "text|json"), completion: .list(forms))
  var format: String?

  var isJSON: Bool { format == "json" }

  mutating func validate() throws { try Choice.check(format, "--format", Self.forms) }
}
