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
  /// The tests of profiles, which are run while the client is served.
  private let tests: BackgroundWork<TestRun.Outcome>
  /// Becomes readable when tests have been run.
  private let bell: Int32

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
    let (heard, rung) = Self.pipe()
    bell = heard
    tests = BackgroundWork {
      var one: UInt8 = 1
      _ = Glibc.write(rung, &one, 1)
    }
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
        rest()
        continue
      }
      let frame = waiting.removeFirst()
      server.answer(frame)
      if let code = server.exitCode { return code }
      // Tests of a text that has changed meanwhile say nothing.
      if server.isUnsettled { tests.callOff() }
      // What is wrong is told when nothing more is waiting.
      if waiting.isEmpty, !Self.isReadable(input, 0) { server.settle() }
    }
  }

  /// What is done when nothing has come in for a while.
  private func rest() {
    server.settle()
    if let outcome = tests.take() { server.take(outcome) }
    if !tests.isBusy, let run = server.untested {
      tests.begin { isWanted in run.outcome(while: isWanted) }
    }
    let input = input
    if server.hasUninspected { server.inspect { !Self.isReadable(input, 0) } }
  }

  /// How long to wait for the client: for ever where nothing is left to do.
  private var timeout: Int32 {
    let isIdle = !server.hasUninspected && (tests.isBusy || server.untested == nil)
    return isIdle ? -1 : Self.restMilliseconds
  }

  /// Takes in what the client has sent by now, after waiting for it; requests that it takes back are answered as such.
  private mutating func take(_ timeout: Int32) throws(FrameReader.Broken) {
    var timeout = timeout
    while !hasEnded, isReadable(timeout) {
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

  /// Two ends that neither wait nor are handed on to other programs: what is written to the second can be read from the first.
  private static func pipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }

  /// Waits for the client, or for tests that have been run.
  private func isReadable(_ timeout: Int32) -> Bool {
    var both = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&both, nfds_t(both.count), timeout) > 0 else { return false }
    if both[1].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      _ = read(bell, &bytes, bytes.count)
    }
    return both[0].revents != 0
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
