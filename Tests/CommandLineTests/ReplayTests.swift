import Foundation
import TestSupport
import Testing

@Suite("Reports decided again")
struct ReplayTests {
  /// A folder with the report of its batch; B is over the cap of one.
  private static func folder(
    _ options: [String] = [], format: String = "json=report.json", input: String? = nil
  ) throws -> TemporaryFolder {
    let folder = try Sample.folder(Sample.refused)
    let files = input == nil ? ["applications.yaml"] : ["-"]
    let result = try Program.run(
      ["check", "--format", format] + options + files, in: folder.path, input: input)
    try #require(result.code == 1, "\(result.errors)")
    return folder
  }

  private static func replay(
    _ arguments: [String], in folder: String, input: String? = nil
  ) throws -> Program.Result {
    try Program.run(["replay"] + arguments, in: folder, input: input)
  }

  @Test(
    "with nothing changed the bytes are the same",
    arguments: [
      [], ["--show", "all"], ["--rule", "HB-OUT-CAP", "--outcome", "fail"], ["--separate"],
      ["--what-if"],
      ["--as-of", "2026-06-30"], ["--city", "淮北", "--datum", "gcj02"],
      ["--profile", "huaibei/2026-2028"], ["--facts", "facts.yaml", "--registry", "registry.csv"],
    ])
  func same(_ options: [String]) throws {
    for format in ["json", "jsonl"] {
      let folder = try Self.folder(options, format: "\(format)=report.\(format)")
      let result = try Self.replay(["report.\(format)"], in: folder.path)
      #expect(
        result.output == "report.\(format): decided again with the same bytes (2 subjects)\n")
      #expect(result.code == 0)
    }
  }

  @Test("a report of plans, one with waivers and one by a settings file are decided again")
  func inputs() throws {
    let folder = try Self.folder()
    try folder.write("city: huaibei\nfacts: facts.yaml\n", to: "planlint.yaml")
    try folder.write(
      Sample.refused.replacingOccurrences(of: "facts: facts.yaml\n", with: ""),
      to: "applications.yaml")
    try folder.write(
      "waivers:\n  - {application: B, rule: HB-OUT-CAP, authority: 局, document: 文, reason: 由, expires: 2026-12-31}\n",
      to: "waivers.yaml")
    try folder.write(
      "planlint: plan/1\ncity: huaibei\nscope: city\nyear: 2026\ntotals: {retail_pharmacy: 60}\n",
      to: "plan.yaml")
    for arguments in [
      ["check", "applications.yaml", "--waivers", "waivers.yaml"], ["plan", "plan.yaml"],
    ] {
      let written = try Program.run(
        arguments + ["--format", "json=report.json"], in: folder.path)
      #expect(written.code != 2, "\(written.errors)")
      // The settings that were in force then are in the report.
      try FileManager.default.moveItem(
        atPath: folder.path + "/planlint.yaml", toPath: folder.path + "/kept.yaml")
      let result = try Self.replay(["report.json"], in: folder.path)
      #expect(result.code == 0, "\(result.output)\(result.errors)")
      try FileManager.default.moveItem(
        atPath: folder.path + "/kept.yaml", toPath: folder.path + "/planlint.yaml")
    }
  }

  @Test("what has changed is told by digest, and whom it flips by which rule")
  func changed() throws {
    let folder = try Self.folder()
    try folder.write(
      Sample.facts.replacingOccurrences(of: "retail_pharmacy: 1,", with: "retail_pharmacy: 2,"),
      to: "facts.yaml")
    let result = try Self.replay(["report.json"], in: folder.path)
    #expect(result.code == 1)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines.first?.hasPrefix("report.json: decided again with other bytes, from line ") ?? false)
    #expect(lines.contains { $0.hasPrefix("  input facts.yaml (facts): ") && $0.contains(" → ") })
    #expect(!result.output.contains("applications.yaml"))
    #expect(lines.contains("1 verdict changed:"))
    #expect(lines.contains("  B 示例乙药店: refused → admissible"))
    #expect(lines.contains("    HB-OUT-CAP: fail → pass"))
    let json = try Self.replay(["report.json", "--format", "json"], in: folder.path)
    #expect(json.code == 1)
    let read = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(read["same"] as? Bool == false)
    let change = try #require((read["changed"] as? [[String: Any]])?.first)
    #expect(change["path"] as? String == "facts.yaml")
    #expect((change["before"] as? String)?.count == 64)
    let flip = try #require((read["verdicts"] as? [[String: Any]])?.first)
    #expect(flip["before"] as? String == "refused")
    #expect(flip["after"] as? String == "admissible")
  }

  @Test("another version and another profile are told, and a report that was edited")
  func others() throws {
    let folder = try Self.folder()
    let report = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    try folder.write(
      report.replacingOccurrences(of: #""version": ""#, with: #""version": "0.0."#),
      to: "old.json")
    let old = try Self.replay(["old.json"], in: folder.path)
    #expect(old.code == 1)
    #expect(old.output.contains("  version of planlint: 0.0."))
    #expect(old.output.contains("no verdict is another"))
    try folder.write(
      report.replacingOccurrences(of: #""verdict": "refused""#, with: #""verdict": "admissible""#),
      to: "edited.json")
    let edited = try Self.replay(["edited.json"], in: folder.path)
    #expect(edited.code == 1)
    #expect(edited.output.contains("the report itself may have been edited"))
    #expect(edited.output.contains("  B 示例乙药店: admissible → refused"))
    // One profile by its file, with another parameter.
    let policies = Golden.root + "/policies/huaibei/"
    let profile = try String(contentsOfFile: policies + "2026-2028.yaml", encoding: .utf8)
    try folder.write(profile + "# 改动\n", to: "profile.yaml")
    let other = try Self.replay(
      ["report.json", "--policy", "profile.yaml", "--tenant", policies + "tenant.yaml"],
      in: folder.path)
    #expect(other.code == 1)
    #expect(other.output.contains("  profile huaibei/2026-2028: "))
    #expect(other.output.contains("no verdict is another"))
  }

  @Test("paths are looked for in the current folder, then beside the report, then where --in says")
  func folders() throws {
    let folder = try Self.folder()
    let elsewhere = try TemporaryFolder()
    let report = folder.path + "/report.json"
    #expect(try Self.replay([report], in: elsewhere.path).code == 0)
    try FileManager.default.moveItem(atPath: report, toPath: elsewhere.path + "/report.json")
    #expect(try Self.replay([elsewhere.path + "/report.json"], in: folder.path).code == 0)
    let lost = try Self.replay(["report.json"], in: elsewhere.path)
    #expect(lost.code == 2)
    #expect(
      lost.errors.contains(
        "facts.yaml: error: the report was decided from this file, which is not there (looked in `.`); name its folder with --in DIR"
      ))
    #expect(try Self.replay(["report.json", "--in", folder.path], in: elsewhere.path).code == 0)
  }

  @Test("standard input gives the report, or again what the report came from")
  func standardInput() throws {
    let folder = try Self.folder()
    let report = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    let piped = try Self.replay(["-"], in: folder.path, input: report)
    #expect(piped.code == 0)
    #expect(piped.output == "<stdin>: decided again with the same bytes (2 subjects)\n")
    let other = try Self.folder(input: Sample.refused)
    let again = try Self.replay(["report.json"], in: other.path, input: Sample.refused)
    #expect(again.code == 0, "\(again.output)\(again.errors)")
    let text = try String(contentsOfFile: other.path + "/report.json", encoding: .utf8)
    let both = try Self.replay(["-"], in: other.path, input: text)
    #expect(both.code == 2)
    #expect(both.errors.contains("what it was decided from came from standard input"))
  }

  @Test(
    "what is no report of ours is an error",
    arguments: [
      (
        "text", "planlint: applications/1\n",
        "expected a report of planlint (--format json or jsonl)"
      ),
      ("other", "{\"results\": []}\n", "expected a report of planlint (--format json or jsonl)"),
      (
        "later", "{\"planlint\": {\"format\": \"report/2\"}, \"results\": []}\n",
        "expected a report of the form `report/1`, found `report/2`"
      ),
    ])
  func foreign(_ name: String, _ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    let result = try Self.replay([name], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.hasPrefix("\(name): error: \(message)"), "\(result.errors)")
  }

  @Test("inputs that cannot be read any more are told with what has changed")
  func broken() throws {
    let folder = try Self.folder()
    try folder.write("planlint: facts/1\ncity: huaibei\nyear: soon\n", to: "facts.yaml")
    let result = try Self.replay(["report.json"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("facts.yaml:3:7: error:"))
    #expect(result.errors.contains("facts.yaml: error: has changed since the report (sha256 was "))
  }

  @Test("one profile file with its tenant's decides as the folder does")
  func frozen() throws {
    let folder = try Self.folder()
    let policies = Golden.root + "/policies/huaibei/"
    func run(_ arguments: [String]) throws -> Program.Result {
      try Program.run(
        ["--format", "json", "applications.yaml"] + arguments, in: folder.path,
        environment: ["PLANLINT_POLICIES": ""])
    }
    let frozen = try run([
      "--policy", policies + "2026-2028.yaml", "--tenant", policies + "tenant.yaml",
    ])
    #expect(frozen.code == 1)
    let report = try String(contentsOfFile: folder.path + "/report.json", encoding: .utf8)
    #expect(frozen.output == report)
    let alone = try run(["--policy", policies + "2026-2028.yaml"])
    #expect(alone.code == 2)
    #expect(alone.errors.contains("--policy: expected --tenant TENANT.yaml with it"))
    let foreign = try run([
      "--policy", Golden.root + "/policies/xian/2025-2027.yaml", "--tenant",
      policies + "tenant.yaml",
    ])
    #expect(foreign.code == 2)
    #expect(foreign.errors.contains("does not list the profile `xian/2025-2027`"))
  }
}
