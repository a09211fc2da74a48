import Foundation
import TestSupport
import Testing

@Suite("Shell completion")
struct CompletionTests {
  private func offered(_ arguments: [String], in folder: TemporaryFolder) throws -> [String] {
    let result = try Program.run(
      ["---completion"] + arguments, in: folder.path, environment: ["SAP_SHELL": "fish"])
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test(
    "cities are offered by id and by Chinese name after --city",
    arguments: ["check", "plan", "allocate", "gaps", "init", "rules", "cities", "policy diff"])
  func cities(_ command: String) throws {
    let folder = try TemporaryFolder()
    let names = try offered(
      command.split(separator: " ").map(String.init) + ["--", "--city", "1", "0"], in: folder)
    #expect(["huaibei", "dalian", "淮北", "淮北市"].allSatisfy(names.contains), "\(names)")
  }

  @Test("rules and profiles are offered")
  func rules() throws {
    let folder = try TemporaryFolder()
    #expect(try offered(["check", "--", "--rule", "1", "0"], in: folder).contains("HB-OUT-CAP"))
    #expect(
      try offered(["explain", "--", "positional@0", "1", "0"], in: folder).contains("HB-OUT-CAP"))
    #expect(
      try offered(["check", "--", "--profile", "1", "0"], in: folder).contains("huaibei/2026-2028"))
  }

  @Test("without profiles nothing is offered, and it is no error")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(
      ["---completion", "check", "--", "--city", "1", "0"], in: folder.path,
      environment: ["PLANLINT_POLICIES": "nowhere"])
    #expect(result.code == 0)
    #expect(result.output.filter { !$0.isWhitespace } == "")
  }

  @Test("the scripts are ones that their shells take", arguments: ["bash", "zsh", "fish"])
  func scripts(_ shell: String) throws {
    let folder = try TemporaryFolder()
    let script = try Program.run(["--generate-completion-script", shell], in: folder.path)
    #expect(script.code == 0)
    #expect(script.output.contains("city"))
    #expect(script.output.contains("sarif-github"))
    guard
      let path = ["/bin", "/usr/bin", "/usr/local/bin"].map({ "\($0)/\(shell)" })
        .first(where: FileManager.default.isExecutableFile)
    else { return }
    try folder.write(script.output, to: "script")
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-n", folder.path + "/script"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
