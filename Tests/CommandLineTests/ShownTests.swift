import Foundation
import TestSupport
import Testing

/// What `--subject` and `--detail` show: never what is decided.
struct ShownTests {
  private static func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(
      ["applications.yaml", "--lang", "en"] + arguments, in: try Sample.folder(Sample.refused).path)
  }

  private static func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static func results(_ report: [String: Any]) throws -> [[String: Any]] {
    try #require(report["results"] as? [[String: Any]])
  }

  private static func findings(_ result: [String: Any]) throws -> [[String: Any]] {
    try #require(result["findings"] as? [[String: Any]])
  }

  @Test func `one subject is shown, and all are decided`() throws {
    let all = try Self.run("--format", "json")
    let one = try Self.run("--format", "json", "--subject", "A")
    // B is refused for A's sake: the exit code is that of both.
    #expect(all.code == 1)
    #expect(one.code == 1)
    let (before, after) = (try Self.json(all.output), try Self.json(one.output))
    let shown = try Self.results(after)
    #expect(shown.map { ($0["subject"] as? [String: Any])?["id"] as? String } == ["A"])
    #expect(try Self.results(before).count == 2)
    #expect(
      try #require(after["summary"] as? [String: Int])
        == #require(before["summary"] as? [String: Int]))
    #expect(
      try #require(after["places"] as? NSArray) == #require(before["places"] as? NSArray))
    let text = try Self.run("--subject", "A", "--show", "all").output
    #expect(text.contains("id: A"))
    #expect(!text.contains("id: B, name"))
  }

  @Test func `a subject that there is not is an error with the nearest`() throws {
    let run = try Program.run(
      ["applications.yaml", "--lang", "en", "--subject", "HB-01"],
      in: try Sample.folder(Sample.applications(Sample.pharmacy("HB-001"))).path)
    #expect(run.code == 2)
    #expect(run.output.isEmpty)
    #expect(
      run.errors.contains("there is no application `HB-01` in this batch; did you mean `HB-001`"))
    let kept = try Self.run("--subject", "A", "--write-baseline", "baseline.json")
    #expect(kept.code == 2)
    #expect(kept.errors.contains("--write-baseline keeps what is found of everybody"))
  }

  @Test func `less detail has the same verdicts and outcomes in fewer words`() throws {
    let full = try Self.results(Self.json(Self.run("--format", "json").output))
    for (detail, keys) in [
      ("verdict", ["rule", "outcome", "category"]),
      (
        "finding",
        ["rule", "outcome", "category", "location", "measured", "limit", "rank", "needs"]
      ),
    ] {
      let report = try Self.json(Self.run("--format", "json", "--detail", detail).output)
      let results = try Self.results(report)
      #expect(results.count == full.count)
      for (short, long) in zip(results, full) {
        #expect(short["verdict"] as? String == long["verdict"] as? String)
        let (some, all) = (try Self.findings(short), try Self.findings(long))
        #expect(some.map { $0["rule"] as? String } == all.map { $0["rule"] as? String })
        #expect(some.map { $0["outcome"] as? String } == all.map { $0["outcome"] as? String })
        #expect(Set(some.flatMap(\.keys)).isSubset(of: keys))
        #expect(some.contains { $0["measured"] != nil } == (detail == "finding"))
      }
    }
  }

  @Test(arguments: ["json", "jsonl"])
  func `a report with less of everything is decided again all the same`(_ format: String) throws {
    let folder = try Sample.folder(Sample.refused)
    let report = try Program.run(
      [
        "applications.yaml", "--format", "\(format)=report", "--detail", "finding", "--subject",
        "B",
      ], in: folder.path)
    #expect(report.code == 1)
    let again = try Program.run(["replay", "report", "--lang", "en"], in: folder.path)
    #expect(again.code == 0, "\(again.output)\(again.errors)")
  }

  @Test func `a table has the columns of its detail`() throws {
    #expect(
      try Self.run("--format", "csv", "--detail", "verdict").output.contains(
        "subject,verdict,rule,category,outcome\r\n"))
    #expect(
      try Self.run("--format", "csv", "--detail", "finding").output.contains(
        "subject,subject_name,verdict,rule,category,outcome,measured,limit,rank,needs,path,line,column\r\n"
      ))
  }

  @Test func `a detail that there is not is a usage error with the nearest`() throws {
    let run = try Self.run("--detail", "findings")
    #expect(run.code == 2)
    #expect(run.errors.contains("did you mean `finding`"))
  }
}
