import Foundation
import Glibc
import Service
import TestSupport
import Testing

@Suite("The program of the desk")
struct DaemonTests {
  @Test("it serves one folder in one process, which the other commands ask, and ends on SIGTERM")
  func serving() throws {
    let folder = try TemporaryFolder(named: "planlintd")
    defer { folder.remove() }
    let data = ["--data", folder.path + "/data"]
    let made = try TestDaemon.run(
      ["account", "add", "wang", "--city", "huaibei", "--role", "clerk"] + data,
      input: "correct horse\n")
    #expect(made.code == 0)
    let server = try TestDaemon(data)
    defer { _ = server.stop() }
    let close = "Host: desk\r\nConnection: close\r\n"
    #expect(
      try server.exchange("GET /livez HTTP/1.1\r\n\(close)\r\n").hasPrefix("HTTP/1.1 200 OK"))
    let second = try TestDaemon.run(["serve"] + data)
    #expect(second.code == 2)
    #expect(
      second.errors.contains(
        "is served by another process, planlintd (\(server.process.processIdentifier))"))
    let token = try TestDaemon.run(["token", "add", "wang", "--city", "huaibei"] + data)
    #expect(token.code == 0)
    let bearer = "Authorization: Bearer \(token.output.trimmingCharacters(in: .newlines))\r\n"
    let cities = try server.exchange("GET /api/v1/cities HTTP/1.1\r\n\(close)\(bearer)\r\n")
    #expect(cities.hasPrefix("HTTP/1.1 200 OK"))
    #expect(cities.contains("\"id\":\"huaibei\""))
    let large = "X-Large: " + String(repeating: "a", count: 40_000) + "\r\n"
    #expect(try server.exchange("GET /livez HTTP/1.1\r\n\(close)\(large)\r\n").contains(" 431 "))
    let heavy = "Content-Length: \(65 << 20)\r\n"
    #expect(
      try server.exchange("POST /api/v1/session HTTP/1.1\r\n\(close)\(heavy)\r\n").contains(" 413 ")
    )
    #expect(try TestDaemon.run(["verify"] + data).code == 0)
    #expect(server.stop() == 0)
    #expect(server.process.terminationReason == .exit)
  }

  @Test("what stands in the way ends with 2 and is named")
  func refusals() throws {
    let folder = try TemporaryFolder(named: "planlintd")
    defer { folder.remove() }
    let data = ["--data", folder.path + "/data"]
    for (arguments, words) in [
      (
        ["account", "add", "x", "--city", "atlantis", "--role", "clerk"] + data,
        "no city `atlantis`"
      ),
      (["account", "add", "x", "--city", "huaibei", "--role", "king"] + data, "king"),
      (["token", "add", "x", "--city", "huaibei"] + data, "has no account `x`"),
      (["serve", "--listen", "nowhere"] + data, "HOST:PORT"),
      (["verify"], "--data: expected the folder"), (["migrate"], "--data: expected the folder"),
      (["serve", "--database", "mysql://x"] + data, "--database: expected postgres://"),
      (["migrate", "--grant-to", "desk"] + data, "--grant-to: expected --database"),
      (["restore", folder.path + "/none"] + data, "empty folder"),
    ] {
      let told = try TestDaemon.run(arguments, input: "long enough\n")
      #expect(told.code == 2, "\(arguments)")
      #expect(told.errors.contains(words), "\(told.errors)")
    }
    // A profile that is broken keeps the desk from starting.
    try folder.write("id: broken", to: "policies/huaibei/tenant.yaml")
    let broken = try TestDaemon.run(["verify", "--policies", folder.path + "/policies"] + data)
    #expect(broken.code == 2)
    #expect(broken.errors.contains("tenant.yaml"))
  }
}
