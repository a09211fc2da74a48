import Foundation
import TestSupport
import Testing

@Suite("Whoever edits files sees at once what comes of it")
struct WatchTests {
  /// Waits until something holds, a minute at most.
  private static func wait(_ isSo: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<600 {
      if try isSo() { return true }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return false
  }

  @Test func `a changed input is checked again, and what a run writes is none`() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for name in ["applications.yaml", "facts.yaml", "registry.csv"] {
      let path = Golden.root + "/fixtures/huaibei/" + name
      try folder.write(try String(contentsOfFile: path, encoding: .utf8), to: name)
    }
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = [
      "watch", "--city", "huaibei", "applications.yaml", "--format", "json=o.json",
    ]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ["PLANLINT_POLICIES": Golden.root + "/policies", "LANG": "en_US.UTF-8"]
    let errors = URL(filePath: try folder.write("", to: "errors.txt"))
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    defer {
      // Other tests may have signals held back in this process, which those that it starts inherit.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    func report() -> [String: Any]? {
      (try? folder.read("o.json")).flatMap {
        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
    }
    func summary() -> Int? { (report()?["summary"] as? [String: Any])?["subjects"] as? Int }
    let first = try #require(Self.wait { summary() != nil } ? summary() : nil)

    // One that the file names, replaced as editors do it.
    try folder.write(try folder.read("facts.yaml") + "# \n", to: "facts.yaml.new")
    #expect(rename(folder.path + "/facts.yaml.new", folder.path + "/facts.yaml") == 0)
    #expect(try Self.wait { try folder.read("errors.txt").contains("facts.yaml changed") })

    // An error is told, and the next change is seen all the same.
    let applications = try folder.read("applications.yaml")
    try folder.write("applications: [", to: "applications.yaml")
    #expect(try Self.wait { try folder.read("errors.txt").contains("applications.yaml:1:") })
    let one = """
        - {id: ONE, name: 一店, kind: retail_pharmacy, requests: [retail_pharmacy], submitted: 2026-03-02}

      """
    try folder.write(
      applications + (applications.hasSuffix("\n") ? "" : "\n") + one, to: "applications.yaml")
    #expect(Self.wait { summary() == first + 1 })
    let told = try folder.read("errors.txt").components(separatedBy: "once more").count - 1
    // Two changes may be seen as one; what it wrote itself is never seen as another.
    #expect((2...3).contains(told))
  }

  @Test(
    "what cannot be watched is a usage error",
    arguments: [
      (["watch"], "expected a file to watch"), (["watch", "-"], "standard input"),
      (["watch", "watch", "a.yaml"], "another command than `watch`"),
    ])
  func refuses(_ arguments: [String], _ expected: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let result = try Program.run(
      arguments, in: folder.path, environment: ["PLANLINT_POLICIES": folder.path + "/none"])
    #expect(result.code == 2)
    #expect(result.errors.contains(expected), "\(result.errors)")
  }
}
