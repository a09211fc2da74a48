import Foundation
import Glibc
import TestSupport
import Testing

/// The program while it serves, with a folder of its own.
final class ServedDesk {
  let folder: TemporaryFolder
  let port: Int
  private let process = Process()
  private let output = Pipe()

  /// - Parameter settings: what `--config` names.
  init(_ settings: String, _ arguments: [String] = []) throws {
    folder = try TemporaryFolder(named: "served")
    try folder.write(settings, to: "planlintd.yaml")
    process.executableURL = TestDaemon.program
    process.arguments =
      ["serve", "--config", folder.path + "/planlintd.yaml", "--listen", "127.0.0.1:0"]
      + (arguments.contains("--demo") ? [] : ["--data", folder.path + "/data"]) + arguments
    process.environment = [
      "PLANLINT_POLICIES": Golden.root + "/policies", "TMPDIR": folder.path,
    ]
    process.standardOutput = output
    try process.run()
    var told = ""
    var found: Int?
    while found == nil {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      told += String(decoding: data, as: UTF8.self)
      found = told.firstMatch(of: #/serving 127\.0\.0\.1:(\d+)\n/#).flatMap { Int($0.1) }
    }
    lines = told.split(separator: "\n").map(String.init)
    port = try #require(found, "\(told)")
  }

  /// What it said before it served.
  let lines: [String]

  /// Ends it, and removes its folder.
  @discardableResult
  func end() -> Int32 {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    defer { folder.remove() }
    return process.terminationStatus
  }

  /// A connection to it.
  func connect(seconds: Int = 20) throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    return socket
  }

  func send(_ text: String, to socket: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What comes until the other side closes or falls silent.
  func receive(_ socket: Int32) -> String {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// One request on a connection of its own.
  func exchange(_ head: String, _ body: String = "", seconds: Int = 20) throws -> String {
    let socket = try connect(seconds: seconds)
    defer { close(socket) }
    let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
    send("\(head)\r\nHost: desk\r\nConnection: close\r\n\(length)\r\n\(body)", to: socket)
    return receive(socket)
  }
}
