import Foundation
import TestSupport
import Testing

@Suite("A profile compared with what git knows of it")
struct PolicyRevisionTests {
  static let profile = "policies/xincheng/2026-2030.yaml"
  static let hasGit: ConditionTrait = .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git"), "git is not installed")

  @discardableResult
  private func git(_ arguments: [String], in folder: TemporaryFolder) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/git")
    process.arguments =
      ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
      + arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// A repository with the invented city at 20 beds, then at 21, and 22 in the working tree.
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in [
      "policies/xincheng/tenant.yaml", Self.profile, "applications.yaml", "registry.csv",
    ] {
      try folder.write(try #require(Golden.bytes("newcity/" + name)), to: name)
    }
    try #require(try git(["init", "-q"], in: folder) == 0)
    for beds in [20, 21, 22] {
      let text = try folder.read(Self.profile)
      try folder.write(
        text.replacing("fewest_beds: {value: \(beds - 1),", with: "fewest_beds: {value: \(beds),"),
        to: Self.profile)
      if beds == 22 { break }
      try git(["add", "."], in: folder)
      try #require(try git(["commit", "-q", "-m", "\(beds)"], in: folder) == 0)
    }
    return folder
  }

  @Test(
    "revisions are named as git names them", hasGit,
    arguments: [
      (["HEAD~1", profile], "`20` → `22`"), (["HEAD", profile], "`21` → `22`"),
      (["HEAD~1..HEAD", "--", profile], "`20` → `21`"),
      (["HEAD~1..", "--", profile], "`20` → `21`"),
      (["HEAD~1...HEAD", profile], "`20` → `21`"), (["HEAD~1", "HEAD", profile], "`20` → `21`"),
      (["HEAD~1:" + profile, "HEAD:" + profile], "`20` → `21`"),
      (["HEAD:" + profile, profile], "`21` → `22`"),
    ])
  func revisions(_ operands: [String], _ change: String) throws {
    let folder = try repository()
    defer { folder.remove() }
    let result = try Program.run(
      ["policy", "diff", "--policies", "policies"] + operands, in: folder.path)
    #expect(result.code == 1, "\(result.output)\(result.errors)")
    #expect(
      result.output.contains("changed[parameter] `fewest_beds`: value \(change)"),
      "\(result.output)")
  }

  @Test(
    "both versions decide applications, and nothing differs between a revision and itself", hasGit)
  func applications() throws {
    let folder = try repository()
    defer { folder.remove() }
    let result = try Program.run(
      [
        "policy", "diff", "--policies", "policies", "HEAD", "HEAD", Self.profile,
        "applications.yaml",
      ],
      in: folder.path)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("0 of "))
  }

  @Test("what is no revision, no file of it or no repository says what to do", hasGit)
  func errors() throws {
    let folder = try repository()
    defer { folder.remove() }
    for (operands, message) in [
      (
        ["HEAD~9", Self.profile],
        "`git log --oneline -- \(Self.profile)` lists those of the profile"
      ),
      (["HEAD", "HEAD", "policies/xincheng/2031.yaml"], "there is no such file at `HEAD`"),
      ([Self.profile], "expected two versions of a profile"),
    ] {
      let result = try Program.run(
        ["policy", "diff", "--policies", "policies"] + operands, in: folder.path)
      #expect(result.code == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
    let outside = try TemporaryFolder()
    defer { outside.remove() }
    try outside.write("x", to: "a.yaml")
    let result = try Program.run(["policy", "diff", "HEAD", "a.yaml"], in: outside.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("lies in no git repository"), "\(result.errors)")
    let without = try Program.run(
      ["policy", "diff", "HEAD", Self.profile], in: folder.path, environment: ["PATH": "/nowhere"])
    #expect(without.code == 2)
    #expect(without.errors.contains("the program git was not found"), "\(without.errors)")
  }
}
