import ArgumentParser

/// `planlint policy`: the profiles themselves.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Test, verify and compare the policy profiles themselves.",
    subcommands: [
      PolicyTestCommand.self, PolicyVerifyCommand.self, PolicyCoverageCommand.self,
      PolicyCheckCommand.self, PolicyDiffCommand.self, PolicyInitCommand.self,
    ])
}
