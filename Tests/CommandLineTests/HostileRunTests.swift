import Foundation
import TestSupport
import Testing

@Suite("Hostile inputs neither hang nor crash a run")
struct HostileRunTests {
  private static let profile = "huaibei/2026-2028.yaml"

  /// A folder with a batch and the profiles of one city, which a test may change.
  private static func folder(profile change: (String) -> String = { $0 }) throws -> TemporaryFolder
  {
    let folder = try Sample.folder(Sample.admissible)
    for name in ["huaibei/tenant.yaml", profile] {
      let bytes = try #require(Golden.bytes("../policies/" + name))
      let text = String(decoding: bytes, as: UTF8.self)
      try folder.write(name == profile ? change(text) : text, to: "policies/" + name)
    }
    return folder
  }

  private static func shell(_ script: String, in folder: TemporaryFolder) throws -> (
    code: Int32, output: String, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "P": Program.path, "LANG": "en_US.UTF-8", "PATH": "/usr/bin:/bin",
      "PLANLINT_POLICIES": Golden.root + "/policies",
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let written = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: written, as: UTF8.self),
      String(decoding: said, as: UTF8.self)
    )
  }

  @Test("5,000 conditions that each name the one before are an error with a place")
  func deepConditions() throws {
    let chain = (1...5_000).map { "  c\($0): c\($0 - 1)\n" }.joined()
    let folder = try Self.folder { text in
      text.replacing(
        "\nconditions:\n", with: "\nconditions:\n  c0: newcomer\n" + chain, maxReplacements: 1)
    }
    defer { folder.remove() }
    let result = try Program.run(
      ["applications.yaml", "--policies", "policies"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("more than 64 levels deep"), "\(result.errors.prefix(500))")
    #expect(result.errors.contains("2026-2028.yaml:"))
  }

  @Test(
    "a radius that cannot be meant is an error of the profile",
    arguments: ["-500", "0", "100000000000000000000000000"])
  func radius(_ value: String) throws {
    let folder = try Self.folder { text in
      text.replacing(
        "walking_radius:\n    value: 800", with: "walking_radius:\n    value: \(value)")
    }
    defer { folder.remove() }
    let result = try Program.run(
      ["applications.yaml", "--policies", "policies"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("2026-2028.yaml:"), "\(result.errors)")
    #expect(result.errors.contains("is a distance in metres: expected 1 to 100000"))
  }

  @Test(
    "a FIFO is an error wherever a file is read, whether or not somebody holds it open",
    arguments: [
      "$P fifo", "$P applications.yaml --facts fifo", "$P applications.yaml --registry fifo",
      "$P applications.yaml --waivers fifo",
      "sed 's/facts.yaml/fifo/' applications.yaml > b.yaml; $P b.yaml",
      "sed 's/registry.csv/fifo/' applications.yaml > b.yaml; $P b.yaml",
      "rm policies/huaibei/tenant.yaml; mkfifo policies/huaibei/tenant.yaml; $P applications.yaml --policies policies",
      "mkdir t; mkfifo t/notice.html; $P notice applications.yaml --out out --template t",
      "$P applications.yaml --config fifo", "$P replay fifo",
    ])
  func fifo(_ command: String) throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    for held in ["", "(exec 3<>fifo; sleep 20) & holder=$!; "] {
      let result = try Self.shell(
        "mkfifo fifo; \(held)P=\"timeout 15 $P\"; \(command); code=$?; [ -z \"$holder\" ] || kill $holder; rm -rf fifo t b.yaml; exit $code",
        in: folder)
      #expect(result.code == 2, "\(held)\(result.code)")
      #expect(result.errors.contains("is a pipe or a device"), "\(result.errors)")
    }
  }

  @Test(
    "threads that cannot be made are done without",
    .enabled(if: getuid() == 0, "only root can become a user who has no thread left"))
  func threads() throws {
    let items = (0..<600).map {
      Sample.pharmacy("A\($0)").replacing("示例药店", with: "示例药店\($0)")
    }
    let folder = try Sample.folder(Sample.applications(items.joined(separator: "\n")))
    defer { folder.remove() }
    // The user may not be able to read the program where it lies, and is not the one of another test.
    let result = try Self.shell(
      """
      chmod 755 .; cp $P pl; cp -r $PLANLINT_POLICIES policies; chmod -R a+rX .
      $P applications.yaml > all; [ $? = 1 ] || exit 5
      timeout 60 setpriv --reuid=64\(getpid() % 1_000) --clear-groups bash -c 'ulimit -u 1; exec ./pl applications.yaml --policies policies' > alone
      code=$?; cmp all alone || exit 6; exit $code
      """, in: folder)
    #expect(result.code == 1, "\(result.output)\(result.errors)")
  }

  @Test("running out of memory ends with 2 and one line")
  func memory() throws {
    let items = (0..<60_000).map { Sample.pharmacy("A\($0)") }.joined(separator: "\n")
    let folder = try Sample.folder(Sample.applications(items))
    defer { folder.remove() }
    let result = try Self.shell("ulimit -v 80000; $P applications.yaml", in: folder)
    #expect(result.code == 2, "\(result.errors)")
    // Each of the threads may run out in the same moment, and the runtime says so.
    let lines = result.errors.split(separator: "\n")
    #expect((1...2).contains(lines.count), "\(result.errors)")
    #expect(lines.allSatisfy { $0.contains("memory") }, "\(result.errors)")
  }

  @Test("misspelt words beyond those that are shown are not searched for")
  func misspelt() throws {
    let words = (0..<60_000).map { "key_projekt\($0)" }.joined(separator: ", ")
    let folder = try Sample.folder(
      Sample.applications(Sample.pharmacy("A", more: ", circumstances: [\(words)]")))
    defer { folder.remove() }
    let result = try Self.shell("timeout 20 $P applications.yaml", in: folder)
    #expect(result.code == 2)
    #expect(result.errors.split(separator: "\n").count == 20)
  }
}
