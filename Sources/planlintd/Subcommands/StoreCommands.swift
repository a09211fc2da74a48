import ArgumentParser
import Desk
import Store

/// `planlintd migrate`: makes the tables of a store, or brings them to this version.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Make the tables of a desk, or bring them to this version.")

  @Option(
    help: ArgumentHelp(
      "The role that will serve, which is given what it needs of the tables in PostgreSQL and no more.",
      valueName: "role"))
  var grantTo: String?
  @OptionGroup var options: DeskOptions

  func validate() throws {
    if grantTo != nil, options.database == nil {
      throw ValidationError("--grant-to: expected --database as well; a folder has no roles")
    }
  }

  func run() throws {
    let folder = try options.folder
    if let address = try options.address {
      try PostgreSQLStore.migrate(address, grantTo: grantTo)
      Terminal.print(
        "schema planlint: up to date" + (grantTo.map { ", \($0) may serve" } ?? ""))
    } else {
      _ = try SQLiteStore(folder: folder)
      Terminal.print("\(folder): up to date")
    }
  }
}

/// `planlintd backup`: writes everything that is kept into one file, as of one moment.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write everything that is kept into one file, also while the desk is served.")

  @Argument(help: "The file, which is not there yet.") var file: String
  @OptionGroup var options: DeskOptions

  func run() throws {
    let path = file.hasPrefix("/") ? file : Files.current + "/" + file
    if Files.exists(path) {
      throw ValidationError("\(file): expected a file that is not there yet")
    }
    try options.perform(.backup(path: path)).lines.forEach(Terminal.print)
  }
}

/// `planlintd restore`: begins a desk from a backup.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Begin a desk from a backup, in a folder or a database that has none.",
    discussion: """
      A backup is one SQLite file, whatever it was made of: it can be restored into a folder and into PostgreSQL, there after `migrate`.

      The heads of the ledgers are not in a backup: they are kept apart, so that who changes one cannot change the other. Put the \
      folder `heads` back from where it was kept, then `planlintd verify` tells whether both agree.
      """)

  @Argument(help: "The backup.") var file: String
  @OptionGroup var options: DeskOptions

  func run() throws {
    let folder = try options.folder
    if let address = try options.address {
      try PostgreSQLStore(address).restore(file)
      Terminal.print("restored")
    } else {
      try SQLiteStore.restore(file, into: folder)
      Terminal.print(folder)
    }
  }
}

/// `planlintd verify`: holds everything that is kept against itself, and decides every decision again.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check chains, totals and limits, and decide every decision again.",
    discussion:
      "Ends with 0 where everything agrees, with 1 where something does not, with 2 where it cannot be looked at."
  )

  @OptionGroup var options: DeskOptions

  func run() throws {
    let answer = try options.perform(.verify)
    answer.lines.forEach(Terminal.print)
    if answer.code != 0 { throw ExitCode(answer.code) }
  }
}
