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

  @Test func `a form that there is not is a usage error with the nearest`() throws {
    let result = try Program.run(["rules", "--format", "jsn"], in: Golden.root)
    #expect(result.code == 2)
    #expect(result.errors.contains("did you mean `json`"))
  }
}
