import Foundation
import TestSupport
import Testing

@Suite("Rulings from the file to every report")
struct RulingReportTests {
  /// No place is left, and nobody of the kind is near: the plan leaves it to a person.
  private static func folder(_ outcome: String) throws -> TemporaryFolder {
    let folder = try Sample.folder(Sample.applications(Sample.pharmacy("A", score: 90)))
    try folder.write(
      Sample.facts.replacingOccurrences(of: "retail_pharmacy: 1,", with: "retail_pharmacy: 0,"),
      to: "facts.yaml")
    try folder.write("id,name,kind,categories,district,lon,lat,datum,status\n", to: "registry.csv")
    try folder.write(
      """
      planlint: waivers/1
      rulings:
        - {application: A, rule: HB-OUT-CAP, outcome: \(outcome), authority: 某市医疗保障局, document: 某纪〔2026〕7号, reason: 经现场核查, decided: 2026-04-20}

      """, to: "waivers.yaml")
    return folder
  }

  private static func report(
    _ outcome: String, _ format: String, _ options: [String] = []
  ) throws -> Program.Result {
    try Program.run(
      ["applications.yaml", "--waivers", "waivers.yaml", "--format", format] + options,
      in: try folder(outcome).path)
  }

  private static func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(
    "everybody who reads a report sees who decided, when and why",
    arguments: ["text", "markdown", "html", "json", "jsonl", "csv", "sarif", "junit"])
  func everywhere(_ format: String) throws {
    for (outcome, code) in [("pass", Int32(0)), ("fail", 1)] {
      let result = try Self.report(outcome, format, ["--lang", "zh"])
      #expect(result.code == code, "\(result.errors)")
      for word in ["某市医疗保障局", "某纪〔2026〕7号", "经现场核查", "2026-04-20"] {
        #expect(result.output.contains(word), "\(format) \(outcome): \(word)")
      }
    }
  }

  @Test("the finding keeps what it would have been")
  func kept() throws {
    let json = try Self.json(try Self.report("pass", "json").output)
    let result = try #require((json["results"] as? [[String: Any]])?.first)
    #expect(result["verdict"] as? String == "admissible")
    let finding = try #require(
      (result["findings"] as? [[String: Any]])?.first { $0["rule"] as? String == "HB-OUT-CAP" })
    #expect(finding["outcome"] as? String == "pass")
    let ruling = try #require(finding["ruling"] as? [String: Any])
    #expect(ruling["outcome"] as? String == "pass")
    #expect(ruling["otherwise"] as? String == "review")
    #expect(ruling["decided"] as? String == "2026-04-20")
    let considered = try #require((finding["considered"] as? [[String: Any]])?.last)
    #expect(considered["holds"] as? String == "yes")
    #expect(
      (finding["message"] as? [String: String])?["zh"]?.hasPrefix("经裁量符合：") ?? false)
    let places = try #require((json["places"] as? [[String: Any]])?.first)
    #expect(places["taken"] as? String == "1")
  }

  @Test("in SARIF what admits is suppressed with its ground, and what refuses is a failure")
  func sarif() throws {
    func result(_ outcome: String, _ format: String) throws -> [String: Any]? {
      let log = try Self.json(try Self.report(outcome, format).output)
      let run = try #require((log["runs"] as? [[String: Any]])?.first)
      return (run["results"] as? [[String: Any]])?.first {
        $0["ruleId"] as? String == "HB-OUT-CAP"
      }
    }
    let admitted = try #require(try result("pass", "sarif"))
    #expect(admitted["kind"] as? String == "review")
    #expect(admitted["level"] as? String == "none")
    let suppression = try #require((admitted["suppressions"] as? [[String: Any]])?.first)
    #expect(suppression["status"] as? String == "accepted")
    #expect((suppression["justification"] as? String)?.contains("某纪〔2026〕7号") ?? false)
    #expect(try result("pass", "sarif-github") == nil)
    let refused = try #require(try result("fail", "sarif"))
    #expect(refused["kind"] as? String == "fail")
    #expect((refused["suppressions"] as? [[String: Any]])?.isEmpty ?? false)
    let properties = try #require(refused["properties"] as? [String: Any])
    #expect((properties["ruling"] as? [String: Any])?["outcome"] as? String == "fail")
    #expect(try result("fail", "sarif-github") != nil)
  }

  @Test("a letter tells the decision, its number, its day and its ground, and promises no more")
  func letters() throws {
    for (outcome, words) in [
      (
        "pass",
        ["审核结果：拟纳入", "经裁量符合：", "已经裁量决定，拟予纳入", "某市医疗保障局以某纪〔2026〕7号于2026年4月20日决定：符合。理由：经现场核查"]
      ),
      ("fail", ["审核结果：不予纳入", "经裁量不符合：", "经裁量决定，不予纳入", "于2026年4月20日决定：不符合"]),
    ] {
      let folder = try Self.folder(outcome)
      let written = try Program.run(
        [
          "notice", "applications.yaml", "--waivers", "waivers.yaml", "--out", "out", "--format",
          "text",
        ], in: folder.path)
      #expect(written.code == 0, "\(written.errors)")
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").first {
          $0.hasPrefix("notice-")
        })
      let letter = try folder.read("out/" + name)
      for word in words { #expect(letter.contains(word), "\(word)\n\(letter)") }
      #expect(!letter.contains("符合上述文件的资源配置要求"))
      #expect(!letter.contains("原则上不予纳入"))
    }
  }

  @Test("a ruling that answers nothing ends with 2 and says what the rule comes to")
  func idle() throws {
    let folder = try Self.folder("pass")
    try folder.write(Sample.facts, to: "facts.yaml")
    let result = try Program.run(
      ["applications.yaml", "--waivers", "waivers.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(
      result.errors.contains(
        "waivers.yaml:3:28: error: the ruling answers nothing: `HB-OUT-CAP` of `A` comes to `pass`; nothing is left to a person"
      ), "\(result.errors)")
  }

  @Test("the files that init writes have room for rulings, and can be read with one filled in")
  func template() throws {
    let folder = try TemporaryFolder()
    let written = try Program.run(["init", "--city", "huaibei", "2026"], in: folder.path)
    #expect(written.code == 0, "\(written.errors)")
    let text = try folder.read("2026/waivers.yaml")
    #expect(text.contains("\nrulings: []\n"))
    #expect(text.contains("#    decided:"))
  }
}
