import Desk
import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

/// The program of the desk as it serves, asked over HTTP.
final class TestDaemon: Sendable {
  static var program: URL {
    URL(filePath: Program.path).deletingLastPathComponent().appending(path: "planlintd")
  }

  struct Answer {
    var status: Int
    var headers: [String: String]
    var body: String
    var json: PlainValue { (try? JSONReader.read(body)) ?? .null }
  }

  /// What comes instead of an answer where nobody serves any more.
  struct NoAnswer: Error {}

  let process: Process
  let port: Int

  /// Starts it on a free port.
  init(_ arguments: [String]) throws {
    process = Process()
    process.executableURL = Self.program
    process.arguments = ["serve", "--listen", "127.0.0.1:0"] + arguments
    process.environment = ["PLANLINT_POLICIES": Golden.root + "/policies"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    // A read of the handle would wait for more than there is.
    var told: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while told.last != UInt8(ascii: "\n") {
      let count = read(output.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
      if count <= 0 { break }
      told += buffer[..<count]
    }
    let line = String(decoding: told, as: UTF8.self)
    port = try #require(Int(line.split(separator: ":").last?.dropLast() ?? ""), "\(line)")
  }

  func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Ends it as whoever runs it does, and gives its exit code.
  func stop() -> Int32 {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Runs another of its commands to its end.
  static func run(_ arguments: [String], input: String = "") throws -> (
    code: Int32, output: String, errors: String
  ) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["PLANLINT_POLICIES": Golden.root + "/policies"]
    let (given, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = given
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try given.fileHandleForWriting.close()
    let told = try output.fileHandleForReading.readToEnd() ?? Data()
    let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: told, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }

  func ask(
    _ method: String, _ path: String, token: String? = nil, headers: [String: String] = [:],
    _ body: String? = nil, type: String = "application/json"
  ) throws -> Answer {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body {
      head += "Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
    } else if method != "GET" {
      head += "Content-Length: 0\r\n"
    }
    let text = try exchange(head + "\r\n" + (body ?? ""))
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].split(separator: "\r\n")
    guard let first = lines.first,
      let status = Int(first.split(separator: " ").dropFirst().first ?? "")
    else { throw NoAnswer() }
    var found: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      found[pair[0].lowercased()] = pair.last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Answer(status: status, headers: found, body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Sends bytes and gives what comes back until the other side closes.
  func exchange(_ text: String) throws -> String {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var wait = timeval(tv_sec: 90, tv_usec: 0)
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
    let bytes = Array(text.utf8)
    guard connected == 0, send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    else {
      throw NoAnswer()
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }
}
