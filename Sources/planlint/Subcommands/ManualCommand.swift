import ArgumentParser
import PlanlintKit

/// `planlint manual`: the manual page in Chinese or English, for those who package the program.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page planlint(1), in Chinese or English.",
    discussion:
      "planlint manual | man -l - shows it; packages install it as man1/planlint.1 and zh_CN/man1/planlint.1.",
    shouldDisplay: false)

  @Option(
    help: ArgumentHelp("Language of the page: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
  }

  mutating func run() throws {
    let language: Language = ChineseUsage.isChinese(CommandLine.arguments) ? .zh : .en
    Terminal.printText(try ManualPage(in: language).page())
  }
}
