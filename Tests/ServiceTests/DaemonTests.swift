import Foundation
import Glibc
import Service
import TestSupport
import Testing

@Suite("The program of the desk")
struct DaemonTests {
  private static var program: URL {
    URL(filePath: Program.path).deletingLastPathComponent().appending(path: "planlintd")
  }

  /// Runs the program to its end.
  private func run(_ arguments: [String], input: String = "") throws -> (
    code: Int32, output: String, errors: String
  ) {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.environment = ["PLANLINT_POLICIES": Golden.root + "/policies"]
    let (given, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = given
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    given.fileHandleForWriting.write(Data(input.utf8))
    try given.fileHandleForWriting.close()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: told, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }

  /// Sends bytes to a port of this machine and gives what comes back until the other side closes or falls silent.
  private func exchange(_ port: Int, _ text: String) throws -> String {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    let bytes = Array(text.utf8)
    try #require(send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  @Test("it serves one folder in one process, which the other commands ask, and ends on SIGTERM")
  func serving() throws {
    let folder = try TemporaryFolder(named: "planlintd")
    defer { folder.remove() }
    let data = ["--data", folder.path + "/data"]
    let made = try run(
      ["account", "add", "wang", "--city", "huaibei", "--role", "clerk"] + data,
      input: "correct horse\n")
    #expect(made.code == 0)
    let server = Process()
    server.executableURL = Self.program
    server.arguments = ["serve", "--listen", "127.0.0.1:0"] + data
    server.environment = ["PLANLINT_POLICIES": Golden.root + "/policies"]
    let output = Pipe()
    server.standardOutput = output
    try server.run()
    defer { if server.isRunning { server.terminate() } }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.split(separator: ":").last?.dropLast() ?? ""), "\(line)")
    let close = "Host: desk\r\nConnection: close\r\n"
    #expect(
      try exchange(port, "GET /livez HTTP/1.1\r\n\(close)\r\n").hasPrefix("HTTP/1.1 200 OK"))
    let second = try run(["serve"] + data)
    #expect(second.code == 2)
    #expect(
      second.errors.contains(
        "is served by another process, planlintd (\(server.processIdentifier))"))
    let token = try run(["token", "add", "wang", "--city", "huaibei"] + data)
    #expect(token.code == 0)
    let bearer = "Authorization: Bearer \(token.output.trimmingCharacters(in: .newlines))\r\n"
    let cities = try exchange(port, "GET /api/v1/cities HTTP/1.1\r\n\(close)\(bearer)\r\n")
    #expect(cities.hasPrefix("HTTP/1.1 200 OK"))
    #expect(cities.contains("\"id\":\"huaibei\""))
    let large = "X-Large: " + String(repeating: "a", count: 40_000) + "\r\n"
    #expect(try exchange(port, "GET /livez HTTP/1.1\r\n\(close)\(large)\r\n").contains(" 431 "))
    let heavy = "Content-Length: \(65 << 20)\r\n"
    #expect(
      try exchange(port, "POST /api/v1/session HTTP/1.1\r\n\(close)\(heavy)\r\n").contains(" 413 "))
    #expect(try run(["verify"] + data).code == 0)
    server.terminate()
    server.waitUntilExit()
    #expect(server.terminationStatus == 0)
    #expect(server.terminationReason == .exit)
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
      (["serve", "--database", "mysql://x"] + data, "--database: expected postgres://"),
      (["migrate", "--grant-to", "desk"] + data, "--grant-to: expected --database"),
      (["restore", folder.path + "/none"] + data, "empty folder"),
    ] {
      let told = try run(arguments, input: "long enough\n")
      #expect(told.code == 2, "\(arguments)")
      #expect(told.errors.contains(words), "\(told.errors)")
    }
    // A profile that is broken keeps the desk from starting.
    try folder.write("id: broken", to: "policies/huaibei/tenant.yaml")
    let broken = try run(["verify", "--policies", folder.path + "/policies"] + data)
    #expect(broken.code == 2)
    #expect(broken.errors.contains("tenant.yaml"))
  }
}
