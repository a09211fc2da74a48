package import Diagnostics
import Glibc
import Reading

/// Runs a server over two file descriptors, until the client asks for its end or is gone.
package struct ServerLoop {
  /// What the server is started with.
  package struct Start: Sendable {
    package var given: ServerSettings.Given
    /// Of messages, where nobody says anything of it.
    package var language: Language
    /// Of planlint.
    package var version: String
    /// The folder of profiles that the environment names.
    package var environmentPolicies: String?
    /// The path of the program, near which profiles are looked for.
    package var executable: String?
    /// The forms of reports that settings may name.
    package var formatNames: [String]

    package init(
      given: ServerSettings.Given, language: Language, version: String,
      environmentPolicies: String? = nil,
      executable: String? = nil, formatNames: [String] = []
    ) {
      self.given = given
      self.language = language
      self.version = version
      self.environmentPolicies = environmentPolicies
      self.executable = executable
      self.formatNames = formatNames
    }
  }

  /// So long nothing comes in before a profile is inspected, which may take longer than a key.
  private static let restMilliseconds: Int32 = 150
  private static let readBytes = 1 << 16

  private let server: Server
  private let input: Int32
  private var frames = FrameReader()
  private var waiting: [FrameReader.Frame] = []
  private var hasEnded = false

  /// Serves a client and returns the program's exit code: 0 where it asked for `shutdown` before `exit`.
  ///
  /// - Parameter log: takes a line for whoever looks for what went wrong.
  package static func run(
    _ start: Start, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO,
    log: @escaping (String) -> Void
  ) -> Int32 {
    var loop = ServerLoop(start, input: input, output: output)
    return loop.run(log)
  }

  private init(_ start: Start, input: Int32, output: Int32) {
    self.input = input
    server = Server(
      workspace: Workspace(
        environment: start.environmentPolicies, executable: start.executable,
        formatNames: start.formatNames),
      given: start.given, language: start.language, version: start.version
    ) { bytes in Self.write(bytes, to: output) }
  }

  private mutating func run(_ log: (String) -> Void) -> Int32 {
    while true {
      do throws(FrameReader.Broken) {
        try take(waiting.isEmpty ? timeout : 0)
      } catch {
        server.fail(
          Message.Failure(code: Message.Failure.parseError, message: error.message))
        log(error.message)
        return 1
      }
      if waiting.isEmpty {
        if hasEnded { return 1 }
        server.settle()
        let (input, hasEnded) = (input, hasEnded)
        if server.hasUninspected { server.inspect { hasEnded || !Self.isReadable(input, 0) } }
        continue
      }
      let frame = waiting.removeFirst()
      server.answer(frame)
      if let code = server.exitCode { return code }
      // What is wrong is told when nothing more is waiting.
      if waiting.isEmpty, !Self.isReadable(input, 0) { server.settle() }
    }
  }

  /// How long to wait for the client: for ever where nothing is left to do.
  private var timeout: Int32 { server.hasUninspected ? Self.restMilliseconds : -1 }

  /// Takes in what the client has sent by now, after waiting for it; requests that it takes back are answered as such.
  private mutating func take(_ timeout: Int32) throws(FrameReader.Broken) {
    var timeout = timeout
    while !hasEnded, Self.isReadable(input, timeout) {
      timeout = 0
      var bytes = [UInt8](repeating: 0, count: Self.readBytes)
      let count = read(input, &bytes, Self.readBytes)
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        hasEnded = true
        break
      }
      frames.append(bytes[..<count])
      while let frame = try frames.next() { waiting.append(frame) }
    }
    withdraw()
  }

  /// Takes out the requests that a later `$/cancelRequest` takes back.
  private mutating func withdraw() {
    guard waiting.count > 1 else { return }
    let mark = Array("$/cancelRequest".utf8)
    for place in waiting.indices.reversed() {
      guard case .message(let bytes) = waiting[place], bytes.count < 400, bytes.contains(mark),
        let message = (try? Message.read(bytes)) ?? nil, message.method == "$/cancelRequest",
        let id = message.parameters["id"]
      else { continue }
      for earlier in waiting[..<place].indices {
        guard case .message(let bytes) = waiting[earlier], bytes.count < 4_000,
          let request = (try? Message.read(bytes)) ?? nil, request.id == id
        else { continue }
        server.cancel(id)
        waiting.remove(at: earlier)
        break
      }
    }
  }

  private static func isReadable(_ descriptor: Int32, _ timeout: Int32) -> Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&one, 1, timeout) > 0
  }

  /// Writes all bytes; a client that is gone is noticed when it is read from.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        Glibc.write(descriptor, all.baseAddress.map { $0 + start }, all.count - start)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      start += count
    }
  }
}
