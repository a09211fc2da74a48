import Foundation
import TestSupport
import Testing

@Suite("The command line says what is wrong and what to do next")
struct UsageTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var expected: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "a wrong call ends with 2, nothing on standard output, and a hint",
    arguments: [
      Wrong(arguments: [], expected: "expected at least one file"),
      Wrong(arguments: ["chek", "applications.yaml"], expected: "did you mean `check`"),
      Wrong(arguments: ["aplications.yaml"], expected: "did you mean `applications.yaml`"),
      Wrong(arguments: ["--fromat", "json", "applications.yaml"], expected: "--format"),
      Wrong(arguments: ["--format", "jsn", "applications.yaml"], expected: "did you mean `json`"),
      Wrong(
        arguments: ["--format", "json", "--format", "text", "applications.yaml"],
        expected: "at most one format for standard output"),
      Wrong(
        arguments: ["--city", "huaibe", "applications.yaml"], expected: "did you mean `huaibei`"),
      Wrong(arguments: ["--city", "xian", "applications.yaml"], expected: "is not `xian`"),
      Wrong(arguments: ["--as-of", "2026-2-30", "applications.yaml"], expected: "expected a day"),
      Wrong(
        arguments: ["--datum", "wgs48", "applications.yaml"], expected: "did you mean `wgs84`"),
      Wrong(
        arguments: ["--outcome", "fial", "applications.yaml"], expected: "did you mean `fail`"),
      Wrong(arguments: ["--lang", "fr", "applications.yaml"], expected: "expected `zh` or `en`"),
      Wrong(arguments: ["--profile", "2027", "applications.yaml"], expected: "huaibei/2026-2028"),
      Wrong(arguments: ["--facts", "none.yaml", "applications.yaml"], expected: "no such file"),
      Wrong(
        arguments: ["--policies", "nowhere", "applications.yaml"],
        expected: "cannot be read (no such file or directory)"),
      Wrong(
        arguments: ["--rule", "HB-OUT-CAB", "applications.yaml"],
        expected: "there is no rule `HB-OUT-CAB`; did you mean `HB-OUT-CAP`"),
      Wrong(
        arguments: ["--rule", "hb-out-cap", "applications.yaml"],
        expected: "there is no rule `hb-out-cap`; did you mean `HB-OUT-CAP`"),
      Wrong(
        arguments: ["--rule", "HB-OUT-CAP", "--rule", "elsewhere", "applications.yaml"],
        expected: "there is no rule `elsewhere`"),
      Wrong(arguments: ["--rule", "", "applications.yaml"], expected: "there is no rule ``"),
      Wrong(
        arguments: ["--rule", "WH-PHARM-A", "applications.yaml"],
        expected: "there is no rule `WH-PHARM-A`"),
      Wrong(
        arguments: ["plan", "--rule", "hb-bed-cap", Golden.path("huaibei/plan.yaml")],
        expected: "there is no rule `hb-bed-cap`; did you mean `HB-"),
      Wrong(arguments: ["explain", "hb-out-cap"], expected: "did you mean `HB-OUT-CAP`"),
      Wrong(
        arguments: ["explain", "profile-not-in-forse"],
        expected: "did you mean `profile-not-in-force`"),
      Wrong(arguments: ["-", "-"], expected: "at most once"),
      Wrong(arguments: ["."], expected: "is a directory"),
    ])
  func wrongCalls(_ wrong: Wrong) throws {
    let folder = try Sample.folder(Sample.admissible)
    let result = try Program.run(wrong.arguments, in: folder.path)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(wrong.expected), "\(result.errors)")
  }

  @Test(
    "a rule that there is may be shown alone, by id or name, the built-in ones and those that found nothing too; the exit code stays",
    arguments: ["HB-OUT-CAP", "new-outlet-cap", "HB-BED-CAP", "profile-not-in-force"])
  func shownRules(_ name: String) throws {
    let folder = try Sample.folder(Sample.refused)
    let result = try Program.run(["--rule", name, "applications.yaml"], in: folder.path)
    #expect(result.code == 1, "\(result.errors)")
    #expect(
      result.output.contains("error[HB-OUT-CAP]")
        == (name == "HB-OUT-CAP" || name == "new-outlet-cap"))
  }

  @Test("without any city there is an error, never a guess")
  func noCity() throws {
    let folder = try Sample.folder(
      Sample.admissible.replacing("city: huaibei\n", with: ""))
    try folder.write(Sample.facts.replacing("city: huaibei\n", with: ""), to: "facts.yaml")
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("no city is named"))
  }

  @Test(
    "a city is known by id, Chinese name with or without 市, and code",
    arguments: ["huaibei", "淮北", "淮北市", "3406", "340600"])
  func cityNames(_ name: String) throws {
    let folder = try Sample.folder(Sample.admissible)
    #expect(try Program.run(["--city", name, "applications.yaml"], in: folder.path).code == 0)
  }

  @Test("options may stand before the subcommand")
  func optionsFirst() throws {
    let folder = try Sample.folder(Sample.refused)
    let first = try Program.run(
      ["--city", "huaibei", "--lang", "en", "check", "applications.yaml"], in: folder.path)
    let last = try Program.run(
      ["check", "--city", "huaibei", "--lang", "en", "applications.yaml"], in: folder.path)
    #expect(first.code == 1)
    #expect(first.output == last.output)
  }

  @Test("standard input is read for -")
  func standardInput() throws {
    let folder = try Sample.folder("")
    let result = try Program.run(["-"], in: folder.path, input: Sample.refused)
    #expect(result.code == 1)
    #expect(result.output.contains("<stdin>:"))
  }

  @Test("the language follows --lang, then the locale, then is Chinese")
  func language() throws {
    let folder = try Sample.folder(Sample.refused)
    let chinese = try Program.run(
      ["applications.yaml"], in: folder.path, environment: ["LANG": ""])
    #expect(chinese.output.contains("原则上不予纳入"))
    let english = try Program.run(["applications.yaml"], in: folder.path)
    #expect(english.output.contains("refused in principle"))
    let option = try Program.run(["--lang", "zh", "applications.yaml"], in: folder.path)
    #expect(option.output == chinese.output)
  }

  @Test("colours are for terminals, or where they are forced")
  func colours() throws {
    let folder = try Sample.folder(Sample.refused)
    let plain = try Program.run(["applications.yaml"], in: folder.path)
    #expect(!plain.output.contains("\u{1B}["))
    let forced = try Program.run(
      ["applications.yaml"], in: folder.path, environment: ["FORCE_COLOR": "1"])
    #expect(forced.output.contains("\u{1B}["))
    let off = try Program.run(
      ["applications.yaml"], in: folder.path, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"])
    #expect(off.output == plain.output)
  }

  @Test("--version and --help end with 0")
  func help() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["--version"], in: folder.path).output == "0.1.0\n")
    let help = try Program.run(["--help"], in: folder.path)
    #expect(help.code == 0)
    #expect(help.output.contains("Exit codes"))
    #expect(help.output.contains("PLANLINT_POLICIES"))
  }

  @Test("several formats in one run go to their files, and a file is replaced as a whole")
  func files() throws {
    let folder = try Sample.folder(Sample.refused)
    try folder.write("old", to: "report.json")
    let result = try Program.run(
      [
        "--format", "json=report.json", "--format", "sarif=report.sarif", "--format", "text",
        "applications.yaml",
      ],
      in: folder.path)
    #expect(result.code == 1)
    #expect(result.output.contains("HB-OUT-CAP"))
    let report = try folder.read("report.json")
    #expect(report.hasPrefix("{"))
    #expect(report.hasSuffix("}\n"))
    #expect(try folder.read("report.sarif").contains("2.1.0"))
    #expect(try folder.names().allSatisfy { !$0.contains(".json.") })
  }

  @Test("a report that cannot be written is an error and leaves the old one")
  func unwritable() throws {
    let folder = try Sample.folder(Sample.refused)
    let result = try Program.run(
      ["--format", "json=nowhere/report.json", "applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("cannot be written"))
  }

  @Test("--show all has a finding of every rule on every application")
  func showAll() throws {
    let folder = try Sample.folder(Sample.admissible)
    let usual = try Program.run(["--format", "json", "applications.yaml"], in: folder.path)
    #expect(!usual.output.contains("\"not_applicable\""))
    let all = try Program.run(
      ["--show", "all", "--format", "json", "applications.yaml"], in: folder.path)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    let findings = try #require(results.first?["findings"] as? [[String: Any]])
    #expect(
      findings.map { "\($0["rule"] ?? "") \($0["outcome"] ?? "")" } == [
        "HB-BED-CAP not_applicable", "HB-BED-NOADD not_applicable", "HB-BED-OCC75 not_applicable",
        "HB-OUT-CAP pass", "HB-AID not_applicable",
      ])
  }

  @Test("several files are one competition, with --separate each is its own")
  func separate() throws {
    let folder = try Sample.folder(Sample.applications(Sample.pharmacy("A", score: 90)))
    try folder.write(Sample.applications(Sample.pharmacy("B")), to: "second.yaml")
    let together = try Program.run(["applications.yaml", "second.yaml"], in: folder.path)
    #expect(together.code == 1)
    let apart = try Program.run(
      ["--separate", "applications.yaml", "second.yaml"], in: folder.path)
    #expect(apart.code == 0)
  }
}
