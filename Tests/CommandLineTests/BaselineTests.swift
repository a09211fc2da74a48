import Foundation
import TestSupport
import Testing

@Suite("A baseline keeps what is known out of sight")
struct BaselineTests {
  /// A hospital that asks for two categories without what their rules need.
  private static let hospital = """
      - {id: H, name: 示例医院, kind: hospital, requests: [inpatient, outpatient], beds: 10, existing_beds: 5, submitted: 2026-03-02}
    """

  private func folder(_ applications: String = Sample.refused) throws -> TemporaryFolder {
    let folder = try Sample.folder(applications)
    let result = try Program.run(
      ["--write-baseline", "baseline.json", "applications.yaml"], in: folder.path)
    #expect(result.code != 2, "\(result.errors)")
    return folder
  }

  private func check(
    _ folder: TemporaryFolder, _ arguments: [String] = [], code: Int32
  ) throws -> Program.Result {
    let result = try Program.run(
      ["--baseline", "baseline.json"] + arguments + ["applications.yaml"], in: folder.path)
    #expect(result.code == code, "\(result.output)\(result.errors)")
    return result
  }

  @Test("where only known findings remain the exit code is 0 and none is shown")
  func known() throws {
    let folder = try folder()
    defer { folder.remove() }
    let result = try check(folder, code: 0)
    #expect(!result.output.contains("error["))
    #expect(result.output.contains("refused in principle (2 known to the baseline)"))
    #expect(result.output.contains("baseline baseline.json: 0 new, 2 known (not listed), 0 fixed"))
    #expect(result.errors.isEmpty)
  }

  @Test("the same findings at other lines are not new")
  func movedLines() throws {
    let folder = try folder()
    defer { folder.remove() }
    let moved =
      "# a comment\n\n"
      + Sample.applications(Sample.pharmacy("B") + "\n\n" + Sample.pharmacy("A", score: 90))
    try folder.write(moved, to: "applications.yaml")
    #expect(try check(folder, code: 0).output.contains("0 new, 2 known"))
  }

  @Test(
    "an application with another name is known; with another id it is new, and the old one fixed")
  func renamed() throws {
    let folder = try folder()
    defer { folder.remove() }
    try folder.write(Sample.refused.replacing("示例药店", with: "更名药店"), to: "applications.yaml")
    #expect(try check(folder, code: 0).output.contains("0 new, 2 known"))
    try folder.write(Sample.refused.replacing("id: B", with: "id: C"), to: "applications.yaml")
    let result = try check(folder, code: 1)
    #expect(result.output.contains("2 new, 0 known (not listed), 1 fixed"))
    #expect(result.output.contains("fixed[HB-OUT-CAP] B 示例乙药店"))
  }

  @Test("findings of two categories are told apart")
  func categories() throws {
    let folder = try folder(Sample.applications(Self.hospital))
    defer { folder.remove() }
    let all = try folder.read("baseline.json")
    #expect(all.contains("\"category\": \"inpatient\""))
    #expect(try check(folder, code: 0).output.contains("0 new"))
    // Without the records of one category its findings are new.
    let rows = all.split(separator: "\n").filter {
      !$0.contains("\"category\": \"inpatient\"") || !$0.contains("\"rule\"")
    }
    let rest = rows.joined(separator: "\n").replacing(/,\n  \]/, with: "\n  ]")
    try folder.write(rest, to: "baseline.json")
    #expect(try check(folder, code: 3).output.contains("category: inpatient"))
  }

  @Test("a finding that got worse is new")
  func worse() throws {
    let folder = try folder()
    defer { folder.remove() }
    let all = try folder.read("baseline.json")
    #expect(all.contains("\"outcome\": \"fail\""))
    try folder.write(
      all.replacing("\"outcome\": \"fail\"", with: "\"outcome\": \"review\""), to: "baseline.json")
    let result = try check(folder, code: 1)
    #expect(result.output.contains("error[HB-OUT-CAP]"))
    #expect(result.output.contains("1 new, 1 known (not listed), 0 fixed"))
  }

  @Test("JSON counts what is new, known and fixed, and verdicts stay what they are")
  func json() throws {
    let folder = try folder()
    defer { folder.remove() }
    let result = try check(folder, ["--format", "json"], code: 0)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let baseline = try #require(report["baseline"] as? [String: Any])
    #expect(baseline["new"] as? Int == 0)
    #expect(baseline["known"] as? Int == 2)
    #expect(baseline["fixed"] as? Int == 0)
    let summary = try #require(report["summary"] as? [String: Any])
    #expect(summary["refused"] as? Int == 1)
    #expect(result.output.contains("\"verdict\": \"refused\""))
    #expect(!result.output.contains("\"outcome\": \"fail\""))
    #expect(result.output.contains("\"role\": \"baseline\""))
    // A report that is no text says it on standard error.
    #expect(result.errors == "baseline baseline.json: 0 new, 2 known (not listed), 0 fixed\n")
  }

  @Test("filters do not change what is written or what counts")
  func filters() throws {
    let folder = try folder()
    defer { folder.remove() }
    let whole = try folder.read("baseline.json")
    _ = try Program.run(
      ["--rule", "HB-AID", "--write-baseline", "filtered.json", "applications.yaml"],
      in: folder.path)
    #expect(try folder.read("filtered.json") == whole)
  }

  @Test("reading and writing the same file reads first, and the next run has nothing new")
  func sameFile() throws {
    let folder = try folder()
    defer { folder.remove() }
    try folder.write(
      Sample.applications(
        [Sample.pharmacy("A", score: 90), Sample.pharmacy("B"), Sample.pharmacy("C", score: 70)]
          .joined(separator: "\n")), to: "applications.yaml")
    let first = try check(folder, ["--write-baseline", "baseline.json"], code: 1)
    #expect(first.output.contains("2 new, 2 known"))
    #expect(try check(folder, code: 0).output.contains("0 new, 4 known"))
    #expect(try folder.names().allSatisfy { !$0.hasPrefix("baseline.json.") })
  }

  @Test("a baseline that is to be written first need not be there yet")
  func bootstrap() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    _ = try check(folder, ["--write-baseline", "baseline.json"], code: 1)
    _ = try check(folder, code: 0)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: String
    var testDescription: String { expected }
  }

  @Test(
    "a baseline that cannot be used is an error with its place",
    arguments: [
      Broken(
        text: #"{"format": "planlint-baseline/2", "tenant": "huaibei", "things": []}"#,
        expected: "baseline.json:1:12: error: expected `planlint-baseline/1`, found"),
      Broken(
        text:
          #"{"format": "planlint-baseline/1", "tenant": "xian", "subjects": "applications", "findings": []}"#,
        expected: "baseline.json:1:45: error: expected a baseline of `huaibei`, found one of `xian`"
      ),
      Broken(
        text:
          #"{"format": "planlint-baseline/1", "tenant": "huaibei", "subjects": "plans", "findings": []}"#,
        expected: "expected a baseline of `applications`, found one of `plans`"),
      Broken(text: "{\"format\":\n", expected: "baseline.json:"),
      Broken(text: "", expected: "baseline.json:1:1: error: expected a value"),
      Broken(text: "[]", expected: "expected a baseline as `--write-baseline` writes it"),
      Broken(text: "{\"a\": 1}", expected: "expected a baseline as `--write-baseline` writes it"),
      Broken(
        text:
          #"{"format": "planlint-baseline/1", "tenant": "huaibei", "subjects": "applications", "findings": [{"subject": {"type": "application", "id": "A"}, "rule": "R", "outcome": "fial", "count": 0}]}"#,
        expected: "did you mean `fail`"),
    ])
  func broken(_ broken: Broken) throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    try folder.write(broken.text, to: "baseline.json")
    let result = try check(folder, code: 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(broken.expected), "\(result.errors)")
  }

  @Test("a baseline that is not there is an error, and so is one that cannot be written")
  func missing() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    #expect(try check(folder, code: 2).errors.contains("no such file"))
    let result = try Program.run(
      ["--write-baseline", "none/baseline.json", "applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("none/baseline.json: error: cannot be written"))
  }

  @Test("plans have baselines of their own")
  func plans() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let plan = Golden.path("huaibei/plan-late.yaml")
    let written = try Program.run(
      ["plan", "--city", "huaibei", "--write-baseline", "plans.json", plan], in: folder.path)
    #expect(written.code == 1, "\(written.errors)")
    #expect(try folder.read("plans.json").contains("\"subjects\": \"plans\""))
    let again = try Program.run(
      ["plan", "--city", "huaibei", "--baseline", "plans.json", plan], in: folder.path)
    #expect(again.code == 0, "\(again.output)")
    #expect(again.output.contains("0 new"))
  }
}
