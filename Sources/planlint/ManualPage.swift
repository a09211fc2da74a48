import ArgumentParser
import FoundationEssentials
import PlanlintKit

/// The manual page planlint(1) in mdoc, made from what the commands say of themselves.
enum ManualPage {
  /// The day of the page: that of the last change to what commands take, so that the same program gives the same page.
  private static let date = "November 29, 2026"

  // MARK: The page

  static func page() throws -> String {
    let root = try CommandDescription.all()
    var lines = [".Dd \(date)", ".Dt PLANLINT 1", ".Os", ".Sh NAME", ".Nm planlint"]
    lines.append(".Nd " + escaped(decapitalised(root.abstract ?? "")))
    lines += [".Sh SYNOPSIS"]
    for line in [
      ".Op Cm check", ".Cm plan", ".Ar command",
    ] {
      lines += [
        ".Nm", line, ".Op Ar option ...", line == ".Ar command" ? ".Op Ar argument ..." : ".Ar",
      ]
    }
    lines.append(".Sh DESCRIPTION")
    lines += paragraphs(root.discussion ?? "") {
      !$0.hasPrefix("Exit codes:") && !$0.hasPrefix("Environment:")
    }
    lines.append(".Sh COMMANDS")
    for command in root.subcommands ?? [] where command.commandName != "help" {
      lines += section(command, prefix: "")
    }
    lines += [
      ".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev PLANLINT_POLICIES",
      "The folder of policy profiles, unless", ".Fl -policies", "names one.",
      ".It Ev LC_ALL , LC_MESSAGES , LANG",
      "The language of messages and reports, unless", ".Fl -lang",
      "says so: Chinese but for a locale that begins with",
      ".Ql en .", ".It Ev NO_COLOR , FORCE_COLOR", "Colours never, or always.", ".El", ".Sh FILES",
      ".Bl -tag -width Ds", ".It Pa policies/<tenant>/",
      "The profiles: looked for in the working directory, then beside the program or above it,",
      "as", ".Pa policies", "or", ".Pa share/planlint/policies .",
      ".It Pa \(Configuration.fileName)",
      "What the checks of a folder have in common: looked for from the folder of the first input upwards, to the root of",
      "its git repository.", "See", ".Cm config .", ".El", ".Sh EXIT STATUS",
      ".Bl -tag -width Ds", ".It 0",
      "All is admissible or compliant; of other commands: nothing was found.",
      ".It 1", "At least one subject fails; of other commands: something was found.",
      ".It 2", "Wrong call, unreadable or invalid input, broken profile.", "Nothing was decided.",
      ".It 3", "Nothing fails, but something needs a person or more data; 0 with",
      ".Fl -fail-on Ar fail .", ".El",
      ".Sh EXAMPLES", "Write the inputs of a city, fill them in, and hold them against its plan:",
      ".Bd -literal -offset indent",
      "planlint init --city huaibei 2026", "planlint 2026/applications.yaml", ".Ed", ".Pp",
      "Make a report for people and one for a program:", ".Bd -literal -offset indent",
      "planlint applications.yaml --format html=report.html --format json=report.json", ".Ed",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandDescription, prefix: String) -> [String] {
    if command.shouldDisplay == false { return [] }
    let name = prefix + command.commandName
    let inner = command.subcommands?.filter { $0.commandName != "help" } ?? []
    if !inner.isEmpty {
      return inner.flatMap { section($0, prefix: name + " ") }
    }
    var lines = [".Ss \(name)"]
    lines += wrapped(command.abstract ?? "")
    for paragraph in (command.discussion ?? "").split(separator: "\n\n") {
      lines.append(".Pp")
      lines += wrapped(String(paragraph))
    }
    let arguments = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay != false
        && argument.names?.contains { $0.name == "help" || $0.name == "version" } != true
    }
    if arguments.isEmpty { return lines }
    lines.append(".Bl -tag -width Ds")
    for argument in arguments.filter({ $0.kind == "positional" })
      + arguments.filter({ $0.kind != "positional" })
    {
      let value = escaped(argument.valueName ?? "")
      if argument.kind == "positional" {
        lines.append(".It Ar \(value)" + (argument.isRepeating ? " ..." : ""))
      } else {
        let names = (argument.names ?? []).map {
          $0.kind == "long" ? "Fl -\($0.name)" : "Fl \($0.name)"
        }
        lines.append(
          ".It " + names.joined(separator: " , ")
            + (argument.kind == "option" ? " Ar \(value)" : ""))
      }
      lines += wrapped(argument.abstract ?? "")
    }
    lines.append(".El")
    return lines
  }

  // MARK: Text

  private static func paragraphs(_ text: String, where isWanted: (String) -> Bool) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n\n").map(String.init) where isWanted(paragraph) {
      if !lines.isEmpty { lines.append(".Pp") }
      lines += wrapped(paragraph)
    }
    return lines
  }

  private static let width = 76

  /// Text in lines that are not too long; a sentence begins a line, as mdoc wants it.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.utf8.count + word.utf8.count >= width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      if word.hasSuffix(".") {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map(escaped)
  }

  /// Text that no macro or escape is made of.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }

  private static func decapitalised(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst().prefix { $0 != "." }
  }
}
