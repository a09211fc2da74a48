import Foundation
import Reading
import TestSupport
import Testing

@Suite("The fixtures give the verdicts that the documents give")
struct FixtureTests {
  static let cities = ["huaibei", "xian", "liaoning", "wuhan", "tianmen"].filter {
    FileManager.default.fileExists(atPath: Golden.path("\($0)/applications.yaml"))
  }

  /// Each application of a fixture says what it has to come to in `x-expect`.
  private func expectations(_ city: String) throws -> [(id: String, verdict: String)] {
    let file = try InputFile.load(path: Golden.path("\(city)/applications.yaml"))
    let tree = try Document.read(file, format: .yaml)
    return try #require(tree["applications"]?.items).map { item in
      (
        try #require(item["id"]?.scalar?.text),
        try #require(item["x-expect"]?.scalar?.text, "\(item["id"]?.scalar?.text ?? "")")
      )
    }
  }

  @Test("each application comes to what it says", arguments: cities)
  func verdicts(_ city: String) throws {
    let expected = try expectations(city)
    #expect(expected.count >= 6)
    var arguments = ["--format", "json", "applications.yaml"]
    if FileManager.default.fileExists(atPath: Golden.path("\(city)/waivers.yaml")) {
      arguments += ["--waivers", "waivers.yaml"]
    }
    let result = try Program.run(arguments, in: Golden.path(city))
    #expect(result.errors.isEmpty)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    #expect(results.count == expected.count)
    for (result, expected) in zip(results, expected) {
      let subject = try #require(result["subject"] as? [String: Any])
      #expect(subject["id"] as? String == expected.id)
      #expect(result["verdict"] as? String == expected.verdict, "\(expected.id)")
    }
  }

  @Test("the fixtures of Huaibei and Xi'an show every outcome", arguments: ["huaibei", "xian"])
  func outcomes(_ city: String) throws {
    let result = try Program.run(
      ["--format", "json", "--show", "all", "--waivers", "waivers.yaml", "applications.yaml"],
      in: Golden.path(city))
    for outcome in [
      "pass", "fail", "review", "unknown", "exempt", "waived", "note", "not_applicable",
    ] {
      #expect(result.output.contains("\"outcome\": \"\(outcome)\""), "\(outcome)")
    }
  }

  @Test("the tests beside every profile pass")
  func policyTests() throws {
    let result = try Program.run(["policy", "test"], in: Golden.root)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }
}
