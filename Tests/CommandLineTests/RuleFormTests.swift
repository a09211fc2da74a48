import Foundation
import TestSupport
import Testing

/// What is said of rules, for programs.
struct RuleFormTests {
  private static func json(_ arguments: String...) throws -> [String: Any] {
    let result = try Program.run(arguments + ["--format", "json"], in: Golden.root)
    #expect(result.code == 0, "\(result.errors)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test func `the rules of every profile are listed with their sentences`() throws {
    let profiles = try #require(
      Self.json("rules", "--policies", "policies")["profiles"] as? [[String: Any]])
    #expect(profiles.count == 5)
    for profile in profiles {
      let rules = try #require(profile["rules"] as? [[String: Any]])
      #expect(!rules.isEmpty)
      for rule in rules {
        #expect((rule["quote"] as? String)?.isEmpty == false, "\(rule)")
        #expect((rule["subject"] as? [String: String])?["zh"]?.isEmpty == false)
      }
    }
  }

  @Test(arguments: ["HB-OUT-CAP", "registry-differs"])
  func `a rule is explained in both languages, as the text has it`(_ rule: String) throws {
    let rules = try #require(Self.json("explain", rule)["rules"] as? [[String: Any]])
    let explained = try #require(rules.first)
    #expect(explained["id"] as? String == rule)
    let sections = try #require(explained["sections"] as? [[String: Any]])
    for language in ["zh", "en"] {
      let text = try Program.run(["explain", rule, "--lang", language], in: Golden.root).output
      for section in sections {
        let heading = (section["heading"] as? [String: String])?[language]
        for line in [heading].compactMap(\.self)
          + (section["lines"] as? [[String: String]] ?? []).compactMap({ $0[language] })
        {
          #expect(text.contains(line))
        }
      }
    }
  }

  @Test func `every rule has a page of its own, to which the table and reports point`() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let result = try Program.run(
      ["rules", "--city", "huaibei", "--format", "html=site", "--lang", "zh"], in: folder.path)
    #expect(result.code == 0, "\(result.errors)")
    let listed = try #require(
      Self.json("rules", "--city", "huaibei")["profiles"] as? [[String: Any]])
    let rules = try #require(listed.first?["rules"] as? [[String: Any]])
    let table = try folder.read("site/index.html")
    for rule in rules {
      let id = try #require(rule["id"] as? String)
      let page = try folder.read("site/\(id).html")
      #expect(page.contains(try #require(rule["quote"] as? String)))
      #expect(table.contains("<a href=\"\(id).html\">\(id)</a>"))
    }
    #expect(try folder.read("site/registry-differs.html").contains("registry-differs"))

    for name in try FileManager.default.contentsOfDirectory(
      atPath: Golden.root + "/fixtures/huaibei")
    where name.hasSuffix(".yaml") || name.hasSuffix(".csv") {
      try folder.write(
        try String(contentsOfFile: Golden.root + "/fixtures/huaibei/" + name, encoding: .utf8),
        to: name)
    }
    try folder.write("rules_address: https://example.org/rules\n", to: "planlint.yaml")
    let report = try Program.run(
      ["applications.yaml", "--format", "sarif=o.sarif", "--format", "html=o.html"],
      in: folder.path)
    #expect(report.code != 2, "\(report.errors)")
    let address = "https://example.org/rules/HB-OUT-CAP.html"
    #expect(try folder.read("o.sarif").contains("\"helpUri\": \"\(address)\""))
    #expect(try folder.read("o.html").contains("<a href=\"\(address)\">"))
  }

  @Test(arguments: ["ftp://example.org", "https://", "https://a b"])
  func `only an address that a browser opens is one of pages`(_ address: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("rules_address: \"\(address)\"\n", to: "planlint.yaml")
    let result = try Program.run(["rules"], in: folder.path)
    #expect(result.code == 2)
    let fault = "planlint.yaml:1:16: error: `rules_address`: expected an address"
    #expect(result.errors.contains(fault))
  }

  @Test(arguments: ["html", "html="]) func `pages need a folder`(_ form: String) throws {
    let result = try Program.run(["rules", "--format", form], in: Golden.root)
    #expect(result.code == 2)
    #expect(result.errors.contains("expected a folder after `html=`"))
  }

  @Test func `a form that there is not is a usage error with the nearest`() throws {
    let result = try Program.run(["rules", "--format", "jsn"], in: Golden.root)
    #expect(result.code == 2)
    #expect(result.errors.contains("did you mean `json`"))
  }
}
