import Foundation
import TestSupport
import Testing

@Suite("A settings file names what is checked where the command line names nothing")
struct SettingsInputTests {
  /// A project in which two batches compete for one place, so that either alone would pass.
  private func project(_ settings: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "city: huaibei\ndatum: wgs84\nfacts: data/基础数据.yaml\nregistry: data/名册.csv\n" + settings,
      to: "planlint.yaml")
    try folder.write(Sample.facts, to: "data/基础数据.yaml")
    try folder.write(Sample.registry, to: "data/名册.csv")
    try folder.write("applications:\n" + Sample.pharmacy("A", score: 90), to: "batches/三月申请.yaml")
    try folder.write("applications:\n" + Sample.pharmacy("B"), to: "batches/四月申请.yaml")
    try folder.write(
      String(
        decoding: try #require(Golden.bytes("huaibei/plan.yaml")), as: UTF8.self
      ).replacing(#/(?m)^(facts|registry):.*\n/#, with: ""), to: "plans/2026.yaml")
    return folder
  }

  private func run(
    _ folder: TemporaryFolder, _ arguments: [String], in place: String = ""
  ) throws -> Program.Result {
    try Program.run(arguments, in: folder.path + place)
  }

  @Test(
    "the whole batch is checked, by pattern or by name, from any folder of the project",
    arguments: [
      "applications: batches/*.yaml", "applications: [batches/三月申请.yaml, batches/四月申请.yaml]",
      "applications: [batches/四*.yaml, 'batches/[三四]月申请.yaml']",
    ])
  func batch(_ settings: String) throws {
    let folder = try project(settings)
    defer { folder.remove() }
    for place in ["", "/data"] {
      for arguments in [["check"], []] {
        let result = try run(folder, arguments + ["--format", "concise"], in: place)
        #expect(result.code == 1, "\(result.errors)")
        #expect(result.output.contains("HB-OUT-CAP"))
      }
    }
    // What the command line names goes first.
    #expect(try run(folder, ["batches/四月申请.yaml"]).code == 0)
    let letters = try run(folder, ["notice", "--out", "letters"])
    #expect(letters.code == 0, "\(letters.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/letters")
    #expect(
      names.sorted() == ["all-notices.html", "notice-A.html", "notice-B.html", "public-list.html"])
  }

  @Test("plans are named by a key of their own")
  func plans() throws {
    let folder = try project("plans: plans/*.yaml")
    defer { folder.remove() }
    let result = try run(folder, ["plan", "--lang", "en"])
    #expect(result.code == (try run(folder, ["plan", "plans/2026.yaml"]).code))
    #expect(result.output.contains("plans/2026.yaml"), "\(result.errors)")
    let check = try run(folder, ["check"])
    #expect(check.code == 2 && check.output.isEmpty)
    #expect(check.errors.contains("or `applications:` in planlint.yaml"), "\(check.errors)")
    #expect(try run(folder, ["check", "--no-config"]).code == 2)
  }

  @Test(
    "what is not there is an error at its place",
    arguments: [
      ("applications: batches/*.yml", "planlint.yaml:5:15: error: no file matches `batches/*.yml`"),
      ("applications: [none.yaml]", "planlint.yaml:5:16: error: no file matches `none.yaml`"),
      ("applications: []", "planlint.yaml:5:15: error: `applications`: expected at least 1 item"),
      ("applications:", "planlint.yaml:5:1: error: `applications` (the applications"),
      ("applications: '-'", "planlint.yaml:5:15: error: `applications`: expected a file"),
    ])
  func missing(_ settings: String, _ expected: String) throws {
    let folder = try project(settings)
    defer { folder.remove() }
    let result = try run(folder, ["check"])
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix(expected), "\(result.errors)")
  }

  @Test("the settings file's own folder may be called like a pattern")
  func folderLikePattern() throws {
    let folder = try project("applications: batches/*.yaml")
    defer { folder.remove() }
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path + "/[2026]", withIntermediateDirectories: true)
    for name in ["planlint.yaml", "data", "batches"] {
      try files.moveItem(
        atPath: folder.path + "/" + name, toPath: folder.path + "/[2026]/" + name)
    }
    let result = try run(folder, ["check", "--config", "[2026]/planlint.yaml"])
    #expect(result.code == 1, "\(result.errors)")
  }

  @Test("config shows them")
  func config() throws {
    let folder = try project("applications: batches/*.yaml\n")
    defer { folder.remove() }
    let lines = try run(folder, ["config"]).output.split(separator: "\n")
    #expect(
      lines.contains {
        $0.hasPrefix("applications") && $0.contains("batches/*.yaml")
          && $0.hasSuffix("planlint.yaml:5")
      }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("plans") && $0.contains(" - ") }, "\(lines)")
  }
}
