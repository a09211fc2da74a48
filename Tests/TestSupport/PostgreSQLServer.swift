import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server of the tests' own, on a socket in a temporary folder, which ends with the process that started it.
///
/// Roles: `owner` owns the tables, `desk` serves; `loose` has BYPASSRLS. Nobody is asked for a password.
package final class PostgreSQLServer: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The folder of the server's programs; nil where none of version 15 or later is installed.
  package static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.compactMap(Int.init).filter { $0 >= 15 }.max().map { "\(root)/\($0)/bin" }
      .flatMap { access($0 + "/initdb", X_OK) == 0 ? $0 : nil }
  }()

  package static var isInstalled: Bool { programs != nil }

  /// The one server of this run.
  package static let shared = Result { try PostgreSQLServer() }

  package let folder: String
  /// Where the shell that started the server waits for what is asked of it, and for the end.
  private let asking: Int32
  private let made = Mutex(0)

  private init() throws {
    guard let programs = Self.programs else {
      throw Failure(description: "no PostgreSQL server is installed")
    }
    // Short, since the path of a socket is; and everybody may pass, since the server is not root's.
    let folder = "/tmp/planlint-pg-\(UUID().uuidString.prefix(8))"
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    var asNobody: [String] = []
    if getuid() == 0 {
      guard let nobody = getpwnam("nobody")?.pointee else {
        throw Failure(description: "no user nobody")
      }
      chown(folder, nobody.pw_uid, nobody.pw_gid)
      asNobody = [
        "setpriv", "--reuid=\(nobody.pw_uid)", "--regid=\(nobody.pw_gid)", "--clear-groups",
      ]
    }
    // The shell waits for the end of its input, which this process holds: it comes however the process ends.
    let script = """
      cd \(folder) || exit 1
      \(programs)/initdb -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || exit 1
      \(programs)/postgres -D data -k \(folder) -c listen_addresses= -c max_connections=120 >server.log 2>&1 &
      server=$!
      while read -r standby; do
        \(programs)/pg_basebackup -h \(folder) -U postgres -D standby -R -c fast >standby.log 2>&1 &&
          \(programs)/postgres -D standby -k \(folder) -c listen_addresses= -c port=5433 \
            -c max_connections=120 >>standby.log 2>&1 &
      done
      kill -QUIT $server
      wait $server
      if [ -f standby/postmaster.pid ]; then
        standby=$(head -n 1 standby/postmaster.pid)
        kill -QUIT $standby
        while kill -0 $standby; do sleep 0.1; done
      fi
      rm -rf \(folder)
      """
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    asking = ends[1]
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = asNobody + ["sh", "-c", script]
    process.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<300 where process.isRunning {
      if (try? psql("SELECT 1", as: "postgres", in: "postgres")) != nil {
        try psql(
          "CREATE ROLE owner LOGIN; CREATE ROLE desk LOGIN; CREATE ROLE loose LOGIN BYPASSRLS",
          as: "postgres", in: "postgres")
        return
      }
      usleep(100_000)
    }
    close(ends[1])
    throw Failure(
      description: "PostgreSQL does not start: \(log("initdb.log"))\(log("server.log"))")
  }

  /// Starts a standby, which has the databases that there are by now, and gives the address of one on it. One can be started.
  package func standby(_ database: String) throws -> String {
    _ = write(asking, "standby\n", 8)
    for _ in 0..<300 {
      if (try? psql("SELECT 1", as: "postgres", in: database, port: 5433)) != nil {
        return address(database) + "&port=5433"
      }
      usleep(100_000)
    }
    throw Failure(description: "the standby does not start: \(log("standby.log"))")
  }

  private func log(_ name: String) -> String {
    (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
  }

  /// The address of a database for a role.
  package func address(_ database: String, as role: String = "desk") -> String {
    "postgres://\(role)@/\(database)?host=\(folder)"
  }

  /// Makes an empty database of its own for a test, in which `owner` may make tables.
  package func database() throws -> String {
    let number = made.withLock {
      $0 += 1
      return $0
    }
    let name = "test\(number)"
    try psql("CREATE DATABASE \(name) OWNER owner", as: "postgres", in: "postgres")
    return name
  }

  /// Runs statements by the server's own client, which ends at the first that fails.
  ///
  /// - Returns: what it prints: a line a row, `|` between columns.
  @discardableResult
  package func psql(
    _ statements: String, as role: String, in database: String, port: Int = 5432
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: (Self.programs ?? "") + "/psql")
    process.arguments = [
      "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", String(port), "-U", role,
      "-d", database, "-c", statements,
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let told = try output.fileHandleForReading.readToEnd() ?? Data()
    let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complained, as: UTF8.self))
    }
    return String(decoding: told, as: UTF8.self)
  }
}
