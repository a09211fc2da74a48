import ArgumentParser

/// How what is said of rules is written.
struct RuleFormOptions: ParsableArguments {
  static let forms = ["text", "json"]

  @Option(
    help: ArgumentHelp(
      "`text` for people, `json` for programs, with both languages. Default: text.",
      valueName: "text|json"), completion: .list(forms))
  var format: String?

  var isJSON: Bool { format == "json" }

  mutating func validate() throws { try Choice.check(format, "--format", Self.forms) }
}
