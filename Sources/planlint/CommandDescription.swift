import ArgumentParser
import FoundationEssentials

/// What the commands say of themselves, as ArgumentParser dumps it.
struct CommandDescription: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      /// `--city`, `-h`.
      var dashed: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool?

    var isPositional: Bool { kind == "positional" }
    /// Its long name where it has one.
    var preferredName: Name? { names?.first { $0.kind == "long" } ?? names?.first }
  }

  private struct Dump: Decodable {
    var command: CommandDescription
  }

  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool?
  var arguments: [Argument]?
  var subcommands: [CommandDescription]?

  /// The whole program.
  static func all() throws -> CommandDescription {
    try JSONDecoder().decode(Dump.self, from: Data(PlanlintCommand._dumpHelp().utf8)).command
  }

  /// The subcommands that are told of.
  var shownSubcommands: [CommandDescription] {
    (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
  }

  /// The arguments that are told of: those without a name, then the options.
  var shownArguments: [Argument] {
    let shown = (arguments ?? []).filter { $0.shouldDisplay != false }
    return shown.filter(\.isPositional) + shown.filter { !$0.isPositional }
  }
}
