import ArgumentParser
import Desk
import FoundationEssentials
import Glibc
import PlanlintKit
import Store

/// Where a desk keeps what it knows, and by which profiles it decides.
struct DeskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the desk: its database, and the heads of its ledgers.", valueName: "dir"))
  var data = ""

  @Option(
    help: ArgumentHelp(
      "Keep the database in PostgreSQL 15 or later instead, for several processes: postgres://ROLE@HOST/DATABASE. A password is better kept in ~/.pgpass.",
      valueName: "url"))
  var database: String?

  @Option(
    help: ArgumentHelp(
      "The folder of policy profiles. Default: PLANLINT_POLICIES, else ./policies, else `policies` beside the program or above it.",
      valueName: "dir"))
  var policies: String?

  mutating func validate() throws {
    do {
      _ = try address
    } catch StoreError.failed(let why) {
      throw ValidationError("--database: \(why)")
    }
  }

  /// The folder of the desk, which whoever runs a command has to name; a demonstration makes one of its own.
  var folder: String {
    get throws {
      if data.isEmpty { throw ValidationError("--data: expected the folder of the desk") }
      return data
    }
  }

  /// Where PostgreSQL is; nil where the database is in the folder.
  var address: PostgreSQLAddress? {
    get throws { try database.map { try PostgreSQLAddress($0) } }
  }

  /// The profiles, all of them sound.
  func profiles() throws -> Profiles {
    var request = Request()
    request.policies = policies
    request.environmentPolicies = ProcessInfo.processInfo.environment["PLANLINT_POLICIES"]
    if let path = realpath("/proc/self/exe", nil) {
      request.executable = String(cString: path)
      free(path)
    }
    guard let folder = request.policyFolder else {
      throw ValidationError("no folder of policy profiles found; name it with --policies DIR")
    }
    return try Profiles(folder: folder)
  }

  /// Opens the desk in this process.
  ///
  /// - Parameter isServing: whether it has the folder for itself from now on; what else is done in PostgreSQL needs no folder of its own.
  func open(isServing: Bool = false) throws -> Desk {
    let folder = try folder
    let profiles = try profiles()
    let store: any Store =
      if let address = try address {
        try PostgreSQLStore(address, servingFrom: isServing ? folder : nil)
      } else {
        try SQLiteStore(folder: folder)
      }
    return Desk(
      store: store, profiles: profiles, heads: Heads(folder: folder + "/heads"), clock: Clock.now)
  }

  /// Has an act of the house done: by the process that serves the folder, where one does, else here.
  func perform(_ act: HouseAct) throws -> HouseAnswer {
    do {
      return try act.perform(on: try open())
    } catch StoreError.served(let why) {
      guard let answer = try HouseSocket.ask(act, folder: folder) else {
        throw StoreError.served(why)
      }
      return answer
    }
  }
}

/// The moment, as the desk writes it down.
enum Clock {
  static let now: @Sendable () -> String = {
    Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
