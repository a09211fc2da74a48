import Foundation
import TestSupport
import Testing

@Suite("Two versions of a profile")
struct PolicyDiffTests {
  private static let home = "policies/xincheng/"

  /// The invented city with its applications, and a second version of its profile that a test can change a word of.
  private func folder(_ changes: [(String, String)] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in [
      Self.home + "tenant.yaml", Self.home + "2026-2030.yaml", "applications.yaml", "registry.csv",
    ] {
      try folder.write(try #require(Golden.bytes("newcity/" + name)), to: name)
    }
    var text = try folder.read(Self.home + "2026-2030.yaml")
    try folder.write(text, to: "old.yaml")
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try folder.write(text, to: "new.yaml")
    return folder
  }

  private func diff(
    _ changes: [(String, String)], _ arguments: [String] = []
  ) throws -> (result: Program.Result, folder: TemporaryFolder) {
    let folder = try folder(changes)
    let result = try Program.run(
      ["policy", "diff", "old.yaml", "new.yaml", "--policies", "policies"] + arguments,
      in: folder.path)
    return (result, folder)
  }

  /// The `path:line:column` of a text.
  private func place(of text: String, in name: String, _ folder: TemporaryFolder) throws -> String {
    let lines = try folder.read(name).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let range = line.range(of: text) {
        return "\(name):\(index + 1):\(line[..<range.lowerBound].unicodeScalars.count + 1)"
      }
    }
    Issue.record("\(text) is not in \(name)")
    return ""
  }

  @Test("versions that say the same end with 0, however they are laid out")
  func nothing() throws {
    let (result, folder) = try diff([
      ("{value: 20, unit: beds, basis: XC-BEDS}", "{unit: \"beds\", basis: 'XC-BEDS', value: 20}"),
      ("rules:\n", "\n# A comment.\nrules:\n"),
      (
        "    name: enough-beds\n    subject: application\n",
        "    subject: application\n    name: enough-beds\n"
      ),
    ])
    defer { folder.remove() }
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output == "old.yaml → new.yaml: 0 added, 0 removed, 0 changed\n")
  }

  @Test("a parameter is shown with its value before and after, at its place in the new version")
  func parameter() throws {
    let (result, folder) = try diff([("value: 20,", "value: 25,"), ("merit:", "\n\nmerit:")])
    defer { folder.remove() }
    #expect(result.code == 1)
    let place = try place(of: "fewest_beds:", in: "new.yaml", folder)
    #expect(
      result.output
        == "\(place): changed[parameter] `fewest_beds`: value `20` → `25`\n"
        + "old.yaml → new.yaml: 0 added, 0 removed, 1 changed\n")
    let chinese = try Program.run(
      ["policy", "diff", "old.yaml", "new.yaml", "--policies", "policies", "--lang", "zh"],
      in: folder.path)
    #expect(chinese.output.contains("参数 `fewest_beds`：value `20` → `25`"))
    #expect(chinese.output.hasSuffix("新增 0 处，删除 0 处，改动 1 处\n"))
  }

  @Test("a rule that was added or removed stands at its own place, a changed one with its keys")
  func rules() throws {
    let (result, folder) = try diff([
      (
        "  - id: XC-BEDS\n    name: enough-beds",
        "  - id: XC-HOSP\n    basis: XC-BEDS\n    name: enough-beds"
      ),
      ("limit: {take: place, over: [district, year],", "limit: {take: place, over: [year],"),
      ("      zh: \"{radius} 米范围内", "      zh: \"在 {radius} 米范围内"),
    ])
    defer { folder.remove() }
    #expect(result.code == 1)
    let lines = result.output.split(separator: "\n")
    // The place is that of the id itself.
    let removed = try place(of: "- id: XC-BEDS", in: "old.yaml", folder)
    #expect(lines.contains("\(removed.dropLast())9: removed[rule] `XC-BEDS`"), "\(result.output)")
    let added = try place(of: "XC-HOSP", in: "new.yaml", folder)
    #expect(lines.contains("\(added): added[rule] `XC-HOSP`"), "\(result.output)")
    #expect(result.output.contains("changed[rule] `XC-YEAR`: limit.over\n"), "\(result.output)")
    #expect(result.output.contains("changed[rule] `XC-CIRCLE`: message.zh `{radius} 米"))
  }

  @Test(
    "every section is compared",
    arguments: [
      ("at: 一\n", "at: 一（一）\n", "changed[provision] `XC-BEDS`: at `一` → `一（一）`"),
      (
        "pharmacy: application.kind == 'retail_pharmacy'",
        "pharmacy: application.kind != 'hospital'",
        "changed[condition] `pharmacy`: `application.kind == 'retail_pharmacy'` → "
      ),
      (
        "    within: circle_radius\n", "    within: circle_radius\n    accuracy: circle_radius\n",
        "changed[circle] `pharmacies_nearby`: accuracy none → `circle_radius`"
      ),
      (
        "  - {by: score}\n  - {by: submitted}\n", "  - {by: submitted}\n  - {by: score}\n",
        "changed[merit] `merit`: `priority > score > submitted > id` → `priority > submitted > score > id`"
      ),
      ("  - {by: submitted}\n", "", "removed[merit] `submitted`"),
      ("to: 2030-12-31", "to: 2029-12-31", "changed[head] `in_force`: to `2030-12-31` → "),
      (
        "conditions:\n",
        "exemptions:\n  key_project: {basis: XC-BEDS, name: {zh: 重点, en: key}, when: 'false'}\n"
          + "conditions:\n",
        "added[exemption] `key_project`"
      ),
    ])
  func sections(_ old: String, _ new: String, _ expected: String) throws {
    let (result, folder) = try diff([(old, new)])
    defer { folder.remove() }
    #expect(result.code == 1, "\(result.errors)")
    #expect(result.output.contains(expected), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 2, "\(result.output)")
  }

  @Test("with applications the verdicts that flip are shown with the rules behind them")
  func flips() throws {
    let (result, folder) = try diff([("value: 20,", "value: 5,")], ["applications.yaml"])
    defer { folder.remove() }
    #expect(result.code == 1, "\(result.errors)")
    let place = try place(of: "N2", in: "applications.yaml", folder)
    #expect(
      result.output.contains(
        "\(place): verdict[N2] refused → admissible: XC-BEDS does not hold → holds\n"),
      "\(result.output)")
    #expect(result.output.hasSuffix("0 removed, 1 changed; 1 of 4 verdicts differ\n"))
    #expect(!result.output.contains("verdict[N1]"))
  }

  @Test("applications that are decided alike change nothing")
  func noFlips() throws {
    let (result, folder) = try diff([], ["applications.yaml"])
    defer { folder.remove() }
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("; 0 of 4 verdicts differ\n"))
  }

  @Test("what cannot be read ends with 2 and nothing on standard output")
  func errors() throws {
    let (broken, first) = try diff([("at_least: fewest_beds", "at_least: fewest_bed")])
    defer { first.remove() }
    #expect(broken.code == 2)
    #expect(broken.output.isEmpty)
    #expect(broken.errors.contains("new.yaml:"))
    let (other, second) = try diff([], ["applications.yaml", "--city", "wuhan"])
    defer { second.remove() }
    #expect(other.code == 2)
    let missing = try Program.run(["policy", "diff", "old.yaml", "nowhere.yaml"], in: second.path)
    #expect(missing.code == 2)
    #expect(missing.errors.contains("nowhere.yaml: error: there is no such file"))
    #expect(try Program.run(["policy", "diff", "old.yaml"], in: second.path).code == 2)
  }
}
