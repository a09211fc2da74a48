import Foundation
import TestSupport
import Testing

/// What `policy check` says to code hosts.
@Suite("Profiles annotated for code hosts")
struct PolicyAnnotationTests {
  /// The invented city with a parameter that nothing uses, in a folder `city` of a repository, so that its root is not the
  /// working folder.
  private struct Checkout {
    let copy: PolicyToolTests.Copy

    init() throws {
      copy = try PolicyToolTests.Copy()
      try copy.replace(
        "parameters:\n", with: "parameters:\n  spare: {value: 20, unit: beds, basis: XC-BEDS}\n")
      try copy.folder.write("", to: ".git/HEAD")
      try copy.folder.write("", to: "city/here/empty")
    }

    func run(_ arguments: [String], in folder: String = "city/here") throws -> Program.Result {
      try Program.run(
        ["policy", "check", "--policies", "../../policies"] + arguments,
        in: copy.folder.path + "/" + folder)
    }
  }

  private static func runs(_ result: Program.Result) throws -> [String: Any] {
    let log = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.output)\(result.errors)")
    #expect(log["version"] as? String == "2.1.0")
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private static func place(_ result: [String: Any]) throws -> String {
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    let artifact = try #require(physical["artifactLocation"] as? [String: String])
    let region = try #require(physical["region"] as? [String: Int])
    return "\(artifact["uri"] ?? ""):\(region["startLine"] ?? 0):\(region["startColumn"] ?? 0)"
  }

  @Test("annotations of a workflow have the path from the repository's root, line and column")
  func github() throws {
    let checkout = try Checkout()
    let place = try checkout.copy.place(of: "spare:").split(separator: ":").map(String.init)
    for (language, words, summary) in [
      ("en", "nothing uses the parameter `spare`", "xincheng/2026-2030: 5 rules, 1 finding"),
      ("zh", "参数 `spare` 没有任何用处", "xincheng/2026-2030：5 条规则，1 处可疑"),
    ] {
      let result = try checkout.run(["--format", "github", "--lang", language])
      #expect(result.code == 1)
      let end = try #require(Int(place[2])) + "spare".count
      #expect(
        result.output == """
          ::warning file=\(place[0]),line=\(place[1]),col=\(place[2]),endColumn=\(end),title=unused-parameter::\(words)
          \(summary)

          """)
    }
  }

  @Test("a SARIF log has each finding with its rule, its place and a fingerprint that stays")
  func sarif() throws {
    let checkout = try Checkout()
    let place = try checkout.copy.place(of: "spare:")
    let result = try checkout.run(["--format", "sarif"])
    #expect(result.code == 1)
    let run = try Self.runs(result)
    let found = try #require(run["results"] as? [[String: Any]])
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding["ruleId"] as? String == "unused-parameter")
    #expect(finding["level"] as? String == "warning")
    #expect(try Self.place(finding) == place)
    #expect(
      (finding["message"] as? [String: String])?["text"] == "nothing uses the parameter `spare`")
    let tool = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(
      (tool["rules"] as? [[String: Any]])?.map { $0["id"] as? String } == ["unused-parameter"])
    #expect((run["invocations"] as? [[String: Bool]]) == [["executionSuccessful": true]])
    // Lines that move change the place alone.
    try checkout.copy.replace("parameters:\n", with: "\n\nparameters:\n")
    let moved = try #require(
      (try Self.runs(checkout.run(["--format", "sarif"]))["results"] as? [[String: Any]])?.first)
    #expect(try Self.place(moved) != place)
    #expect(
      moved["partialFingerprints"] as? [String: String]
        == finding["partialFingerprints"] as? [String: String])
  }

  @Test("what is wrong with a profile that does not load is annotated where it stands")
  func faults() throws {
    let checkout = try Checkout()
    try checkout.copy.replace("at_least: fewest_beds", with: "at_least: fewest_bed")
    let text = try checkout.run([])
    #expect(text.code == 2 && text.output.isEmpty)
    let place = try checkout.copy.place(of: "fewest_bed,").split(separator: ":").map(String.init)
    let annotated = try checkout.run(["--format", "github"])
    #expect(annotated.code == 2 && annotated.errors == text.errors)
    #expect(
      annotated.output.hasPrefix(
        "::error file=\(place[0]),line=\(place[1]),col=\(place[2]),"), "\(annotated.output)")
    #expect(annotated.output.contains("title=does-not-load::"))
    #expect(annotated.output.contains("did you mean `fewest_beds`"))
    let logged = try checkout.run(["--format", "sarif"])
    #expect(logged.code == 2 && logged.errors == text.errors)
    let run = try Self.runs(logged)
    let fault = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(fault["level"] as? String == "error")
    #expect(try Self.place(fault) == place.joined(separator: ":"))
    #expect((run["invocations"] as? [[String: Bool]]) == [["executionSuccessful": false]])
    let misspelt = try checkout.run(["--city", "xinchen", "--format", "github"])
    #expect(misspelt.code == 2 && misspelt.output.isEmpty && !misspelt.errors.isEmpty)
  }

  @Test("outside a repository paths stay as they are, and nothing found is nothing annotated")
  func clean() throws {
    let copy = try PolicyToolTests.Copy()
    let result = try copy.run(["policy", "check", "--format", "github", "--lang", "en"])
    #expect(result.code == 0 && result.output == "xincheng/2026-2030: 5 rules, 0 findings\n")
    let run = try Self.runs(try copy.run(["policy", "check", "--format", "sarif"]))
    #expect((run["results"] as? [Any])?.isEmpty == true)
    try copy.replace(
      "parameters:\n", with: "parameters:\n  spare: {value: 3, unit: beds, basis: XC-BEDS}\n")
    let found = try copy.run(["policy", "check", "--format", "github"])
    #expect(found.output.contains("file=policies/xincheng/2026-2030.yaml,"), "\(found.output)")
  }

  @Test(
    "reports of applications have the same paths for code hosts, and for people those that were given",
    arguments: [
      ("github", "file=city/applications.yaml,"),
      ("gitlab", "\"path\": \"city/applications.yaml\""),
      ("sarif", "\"uri\": \"city/applications.yaml\""),
      ("sarif-github", "\"uri\": \"city/applications.yaml\""),
      ("concise", "../applications.yaml:"), ("json", "\"path\": \"../applications.yaml\""),
    ])
  func reports(_ format: String, _ expected: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for (name, text) in [
      ("applications.yaml", Sample.refused), ("facts.yaml", Sample.facts),
      ("registry.csv", Sample.registry),
    ] {
      try folder.write(text, to: "city/" + name)
    }
    try folder.write("", to: ".git/HEAD")
    try folder.write("", to: "city/here/empty")
    let result = try Program.run(
      ["../applications.yaml", "--format", format], in: folder.path + "/city/here")
    #expect(result.code == 1, "\(result.errors)")
    #expect(result.output.contains(expected), "\(result.output)")
    if format != "concise", format != "json" {
      #expect(!result.output.contains("../applications.yaml"), "\(result.output)")
    }
    // Standard input has no path.
    let piped = try Program.run(
      ["-", "--format", format], in: folder.path + "/city", input: Sample.refused)
    #expect(piped.code == 1, "\(piped.errors)")
    #expect(!piped.output.contains("city/<stdin>") && !piped.output.contains("city/%3Cstdin"))
  }
}
