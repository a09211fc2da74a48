import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Standard error tells how a run comes about, and only who wants to know")
struct NotesTests {
  private func run(
    _ arguments: [String], _ applications: String = Sample.refused
  ) throws -> Program.Result {
    let folder = try Sample.folder(applications)
    defer { folder.remove() }
    return try Program.run(arguments + ["applications.yaml"], in: folder.path)
  }

  @Test("by default nothing is told, and no option changes a byte of the report")
  func sameReport() throws {
    let usual = try run(["--format", "json"])
    #expect(usual.errors.isEmpty)
    for option in ["--quiet", "--verbose", "--stats", "--stats=json"] {
      let other = try run(["--format", "json", option])
      #expect(other.output == usual.output, "\(option)")
      #expect(other.code == usual.code)
      #expect(other.errors.isEmpty == (option == "--quiet"), "\(option)")
    }
  }

  @Test(
    "--verbose tells the settings, the files, the city, the counts, the profile and the readings")
  func verbose() throws {
    let errors = try run(["--verbose"]).errors
    for expected in [
      "there is no settings file", "read applications.yaml (applications)",
      "read facts.yaml (facts)",
      "read registry.csv (registry)",
      "the city is huaibei (Huaibei), which applications.yaml names",
      "2 applications, 1 institutions in the registry, 1 districts",
      "profile huaibei/2026-2028 (2026-01-01 to 2028-12-31): chosen by the days of submission",
      "readings of huaibei/2026-2028: ",
    ] {
      #expect(errors.contains(expected), "\(expected)\n\(errors)")
    }
    let asked = try run([
      "--verbose", "--lang", "zh", "--city", "huaibei", "--profile", "2026-2028",
    ])
    #expect(asked.errors.contains("由 `--profile` 指定"))
    #expect(asked.errors.contains("依据：命令行"))
  }

  @Test("--quiet leaves errors alone, and goes with no --verbose")
  func quiet() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    try folder.write("city: huaibei\n", to: "planlint.yaml")
    let arguments = ["--format", "json", "--write-baseline", "b.json", "applications.yaml"]
    _ = try Program.run(arguments, in: folder.path)
    let told = ["--format", "json", "--baseline", "b.json", "applications.yaml"]
    #expect(!(try Program.run(told, in: folder.path).errors.isEmpty))
    #expect(try Program.run(["--quiet"] + told, in: folder.path).errors.isEmpty)
    let compared = ["compare", "--cities", "huaibei,xian", "applications.yaml"]
    #expect(!(try Program.run(compared, in: folder.path).errors.isEmpty))
    #expect(try Program.run(compared + ["--quiet"], in: folder.path).errors.isEmpty)
    let wrong = try Program.run(
      ["--quiet", "--city", "huaibie", "applications.yaml"], in: folder.path)
    #expect(wrong.code == 2 && wrong.errors.contains("did you mean `huaibei`"))
    #expect(try run(["--quiet", "--verbose"]).code == 2)
  }

  @Test("--stats counts findings by rule and outcome, times and memory")
  func stats() throws {
    let text = try run(["--stats"]).errors
    #expect(text.contains("HB-OUT-CAP     1     1"))
    for expected in ["deciding", "writing", "2 subjects", "peak memory "] {
      #expect(text.contains(expected), "\(expected)\n\(text)")
    }
    #expect(!text.contains("comparing with the baseline"))
    let json = try run(["--stats=json"]).errors
    let tree = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(tree["subjects"] as? Int == 2)
    #expect(try #require(tree["peak_bytes"] as? Int) > 1_000_000)
    let rules = try #require(tree["rules"] as? [[String: Any]])
    #expect(rules.contains { $0["rule"] as? String == "HB-OUT-CAP" })
    let stages = try #require(tree["stages"] as? [[String: Any]])
    #expect(stages.compactMap { $0["stage"] as? String }.contains("deciding"))
    #expect(stages.contains { ($0["seconds"] as? Double ?? 0) > 0 })
    let wrong = try run(["--stats=xml"])
    #expect(wrong.code == 2 && wrong.errors.contains("--stats: expected `text` or `json`"))
  }

  // MARK: On a terminal

  private struct OnTerminal {
    var code: Int32
    var output: String
    /// What the terminal got as standard error.
    var errors: String
  }

  /// TIOCSPTLCK and TIOCGPTN of Linux's asm-generic/ioctls.h.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// Runs the program with standard error on a pseudo-terminal and standard input that comes late: once `awaited` is on the
  /// terminal, or after most of a second where nothing is.
  private func onTerminal(
    _ arguments: [String], awaiting awaited: String?, terminal: String = "xterm"
  ) throws -> OnTerminal {
    let folder = try Sample.folder("")
    defer { folder.remove() }
    // What openpty does: the C library's own is hidden from Swift.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(master >= 0)
    defer { close(master) }
    var lock: CInt = 0
    var number: CUnsignedInt = 0
    try #require(ioctl(master, Self.setLock, &lock) == 0)
    try #require(ioctl(master, Self.getNumber, &number) == 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = arguments + ["-"]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "PLANLINT_POLICIES": Golden.root + "/policies", "LANG": "en_US.UTF-8", "TERM": terminal,
    ]
    let input = Pipe()
    try folder.write("", to: "out")
    let output = try FileHandle(forUpdating: URL(filePath: folder.path + "/out"))
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    try process.run()
    close(slave)
    var errors: [UInt8] = []
    var isSent = false
    let begin = ContinuousClock.now
    func send() throws {
      if isSent { return }
      isSent = true
      try input.fileHandleForWriting.write(contentsOf: Data(Sample.refused.utf8))
      try input.fileHandleForWriting.close()
    }
    while true {
      var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, 50)
      if ready > 0 {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(master, &bytes, bytes.count)
        // The last one who had the terminal open is gone.
        if count <= 0 { break }
        errors += bytes[..<count]
      }
      let elapsed = ContinuousClock.now - begin
      if let awaited {
        if String(decoding: errors, as: UTF8.self).contains(awaited) || elapsed > .seconds(30) {
          try send()
        }
      } else if elapsed > .milliseconds(900) {
        try send()
      }
    }
    process.waitUntilExit()
    return OnTerminal(
      code: process.terminationStatus, output: try folder.read("out"),
      errors: String(decoding: errors, as: UTF8.self))
  }

  @Test("on a terminal long work shows one line, which is rewritten and cleared")
  func progress() throws {
    let result = try onTerminal([], awaiting: "reading the inputs…")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("\rreading the inputs…\u{1B}[K"))
    #expect(result.errors.hasSuffix("\r\u{1B}[K"))
    #expect(!result.errors.contains("\n"))
    #expect(result.output.contains("error[HB-OUT-CAP]"))
    #expect(!result.output.contains("reading"))
    let chinese = try onTerminal(["--lang", "zh"], awaiting: "读取申请或规划…")
    #expect(chinese.errors.hasPrefix("\r读取申请或规划…"))
  }

  @Test("an error stands on a line of its own after the progress")
  func errorAfterProgress() throws {
    let result = try onTerminal(["--city", "xian"], awaiting: "reading the inputs…")
    #expect(result.code == 2)
    #expect(result.errors.contains("\r\u{1B}[K<stdin>:2:7: error: "))
  }

  @Test(
    "a terminal that cannot rewrite a line, --quiet and --verbose get no progress",
    arguments: [("dumb", []), ("xterm", ["--quiet"]), ("xterm", ["--verbose"])])
  func noProgress(_ terminal: String, _ options: [String]) throws {
    let result = try onTerminal(options, awaiting: nil, terminal: terminal)
    #expect(result.code == 1)
    #expect(!result.errors.contains("\u{1B}"))
    #expect(result.errors.isEmpty == (options != ["--verbose"]))
  }

  @Test("short work on a terminal shows nothing")
  func shortWork() throws {
    let folder = try Sample.folder(Sample.admissible)
    defer { folder.remove() }
    // Without a terminal there is nothing either, however long it takes.
    let result = try Program.run(
      ["applications.yaml"], in: folder.path, environment: ["TERM": "xterm"])
    #expect(result.errors.isEmpty)
  }
}
