import ArgumentParser

/// `planlint manual`: the manual page, for those who package the program.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page planlint(1).",
    discussion: "planlint manual | man -l - shows it; packages install it as planlint.1.",
    shouldDisplay: false)

  mutating func run() throws { Terminal.printText(try ManualPage.page()) }
}
