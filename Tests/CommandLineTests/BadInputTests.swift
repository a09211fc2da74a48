import Foundation
import TestSupport
import Testing

@Suite("Bad input ends with 2, nothing on standard output, and a place")
struct BadInputTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    /// What stands in place of a stretch of the good batch.
    var replace: String
    var with: String
    var expected: String
    var testDescription: String { name }
  }

  @Test(
    "a fault in the applications is named with line and column",
    arguments: [
      Bad(
        name: "a misspelt kind", replace: "kind: retail_pharmacy", with: "kind: retail_pharmcy",
        expected: "did you mean `retail_pharmacy`"),
      Bad(
        name: "a misspelt field", replace: "submitted:", with: "submited:",
        expected: "did you mean `submitted`"),
      Bad(
        name: "a day that is none", replace: "2026-03-02", with: "2026-02-30",
        expected: "expected a day of the calendar"),
      Bad(
        name: "a score above 100", replace: "score: 80", with: "score: 101", expected: "at most 100"
      ),
      Bad(
        name: "a score with an exponent", replace: "score: 80", with: "score: 8e1",
        expected: "exponent"),
      Bad(
        name: "beds missing where inpatient is asked for", replace: "requests: [retail_pharmacy]",
        with: "requests: [inpatient]", expected: "`beds`"),
      Bad(
        name: "an unknown district", replace: "district: 相山区", with: "district: 相山",
        expected: "did you mean `相山区`"),
      Bad(
        name: "longitude and latitude swapped", replace: "lon: 116.79430, lat: 33.95820",
        with: "lon: 33.95820, lat: 116.79430", expected: "swapped"),
      Bad(
        name: "a point at zero", replace: "lon: 116.79430, lat: 33.95820", with: "lon: 0, lat: 0",
        expected: "what exports write where there is none"),
      Bad(
        name: "an institution that is not in the registry", replace: "score: 80",
        with: "replaces: P2", expected: "did you mean `P1`"),
      Bad(
        name: "a field twice", replace: "score: 80", with: "score: 80, score: 90", expected: "twice"
      ),
      Bad(
        name: "broken YAML", replace: "applications:\n", with: "applications: [\n",
        expected: "applications.yaml:"),
      Bad(
        name: "another format", replace: "applications/1", with: "applications/2",
        expected: "expected `applications/1`"),
      Bad(
        name: "no request", replace: "requests: [retail_pharmacy]", with: "requests: []",
        expected: "at least 1"),
    ])
  func applications(_ bad: Bad) throws {
    let good = Sample.admissible
    #expect(good.contains(bad.replace))
    let folder = try Sample.folder(good.replacing(bad.replace, with: bad.with))
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(bad.expected), "\(result.errors)")
    let place = #/applications\.yaml:\d+:\d+: error: /#
    #expect(result.errors.contains(place))
  }

  @Test(
    "a file that is named in another and is not there is a fault where it is named",
    arguments: [
      ("facts: facts.yaml", "facts: none/facts.yaml", "applications.yaml:4:8"),
      ("registry: registry.csv", "registry: none.csv", "applications.yaml:5:11"),
    ])
  func named(good: String, bad: String, place: String) throws {
    let folder = try Sample.folder(Sample.admissible.replacing(good, with: bad))
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    let name = bad.split(separator: " ")[1]
    #expect(
      result.errors.hasPrefix("\(place): error: \(name): there is no such file"),
      "\(result.errors)")
    // From another folder the path is as seen from there.
    let inner = try Program.run(
      ["\(folder.path)/applications.yaml"], in: Golden.root)
    #expect(
      inner.errors.contains(": error: \(folder.path)/\(name): there is no such file"),
      "\(inner.errors)")
  }

  @Test("a link that leads nowhere, or to itself, is named as what it is")
  func links() throws {
    let folder = try Sample.folder(Sample.admissible)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/loop.yaml", withDestinationPath: "loop.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/gone.yaml", withDestinationPath: "none.yaml")
    for (name, words) in [("loop.yaml", "symbolic links"), ("gone.yaml", "there is no such file")] {
      let result = try Program.run(["--city", "huaibei", name], in: folder.path)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors.hasPrefix("\(name): error: "), "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test("a pipe that happens to be called planlint.yaml is not waited for")
  func pipeForSettings() throws {
    let folder = try Sample.folder(Sample.admissible)
    #expect(mkfifo(folder.path + "/planlint.yaml", 0o600) == 0)
    #expect(try Program.run(["applications.yaml"], in: folder.path).code == 0)
  }

  @Test("a settings file that is a link to nothing is an error, and not passed over")
  func linkForSettings() throws {
    let folder = try Sample.folder(Sample.admissible)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/planlint.yaml", withDestinationPath: "none.yaml")
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("planlint.yaml: error: there is no such file"))
  }

  @Test("a tenant whose id is not its folder's name is an error, whatever path the id is")
  func tenantID() throws {
    let folder = try Sample.folder(Sample.admissible)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/policies/huaibei", withIntermediateDirectories: true)
    let text = String(
      decoding: try #require(Golden.bytes("../policies/huaibei/tenant.yaml")), as: UTF8.self)
    try folder.write(
      text.replacing("id: huaibei\n", with: "id: ../../etc\n"), to: "policies/huaibei/tenant.yaml")
    let result = try Program.run(
      ["applications.yaml", "--policies", "policies"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors
        == "policies/huaibei/tenant.yaml:2:5: error: expected `id` to be the folder's name `huaibei`, found `../../etc`\n"
    )
  }

  @Test("a category under both of its names is an error")
  func categoryTwice() throws {
    let folder = try Sample.folder(Sample.admissible)
    try folder.write(
      Sample.facts + "\nstock: {retail_pharmacy: 3, 零售药店: 4}\n", to: "facts.yaml")
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors.contains("error: `stock`: expected `retail_pharmacy` once, found it again"),
      "\(result.errors)")
  }

  @Test("an id twice is named with the line of the first")
  func duplicateID() throws {
    let folder = try Sample.folder(
      Sample.applications(Sample.pharmacy("A") + "\n" + Sample.pharmacy("A")))
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("applications.yaml:8:"))
    #expect(result.errors.contains("line 7"))
  }

  @Test("up to 20 faults are reported at once")
  func manyFaults() throws {
    let items = (0..<30).map { Sample.pharmacy("A\($0)", more: ", oops: 1") }
    let folder = try Sample.folder(Sample.applications(items.joined(separator: "\n")))
    let result = try Program.run(["applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.split(separator: "\n").count == 20)
  }

  @Test(
    "an empty list is an error, never a pass",
    arguments: ["applications: []", "applications:", "[]", ""])
  func empty(_ text: String) throws {
    let folder = try Sample.folder(text)
    let result = try Program.run(["--city", "huaibei", "applications.yaml"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test("a fault in the facts or the registry is named in its own file")
  func otherFiles() throws {
    let folder = try Sample.folder(Sample.admissible)
    try folder.write(
      Sample.facts.replacing("residents: 1000000", with: "residents: 0x10"), to: "facts.yaml")
    let facts = try Program.run(["applications.yaml"], in: folder.path)
    #expect(facts.code == 2)
    #expect(facts.errors.contains("facts.yaml:4:12: error:"))
    try folder.write(Sample.facts, to: "facts.yaml")
    try folder.write(
      Sample.registry.replacing("116.79420,33.95810,wgs84", with: ",,"), to: "registry.csv")
    #expect(try Program.run(["applications.yaml"], in: folder.path).code == 0)
    try folder.write(
      Sample.registry.replacing("相山区,,116.79420,33.95810,wgs84", with: ",,,,"), to: "registry.csv")
    let registry = try Program.run(["applications.yaml"], in: folder.path)
    #expect(registry.code == 2)
    #expect(registry.errors.contains("registry.csv:2:"))
    #expect(registry.errors.contains("neither a place"))
  }

  /// One below and one above the size from which a registry is read while the applications are.
  @Test(
    "a registry says the same whether it is read beside the applications or after them",
    arguments: [10, 2_000])
  func registryAhead(_ count: Int) throws {
    let folder = try Sample.folder(Sample.refused)
    let rows = (0..<count).map {
      "Q\($0),示例机构,clinic,outpatient,,相山区,,116.9\($0 % 10)420,33.85810,wgs84,,,,active\n"
    }
    func run(_ rows: [String], _ arguments: [String] = []) throws -> [Program.Result] {
      try folder.write(Sample.registry + "\n" + rows.joined(), to: "registry.csv")
      // A quoted path is left to the reader of the file, and is not read ahead.
      return try ["registry.csv", "\"registry.csv\"", "registry.csv  # 名册"].map { path in
        try folder.write(
          Sample.refused.replacing("registry: registry.csv", with: "registry: \(path)"),
          to: "applications.yaml")
        return try Program.run(
          ["applications.yaml", "--format", "concise"] + arguments, in: folder.path)
      }
    }
    for result in try run(rows) + run(rows, ["--registry", "registry.csv"]) {
      #expect(result.code == 1)
      #expect(result.errors.isEmpty, "\(result.errors)")
    }
    let outputs = Set(try run(rows).map(\.output))
    #expect(outputs.count == 1)
    for result in try run(rows + [rows[3]]) {
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("registry.csv:\(count + 3):1: error:"), "\(result.errors)")
    }
    // What the command line names goes before what was begun to be read.
    try folder.write(Sample.registry + "\n" + (rows + [rows[3]]).joined(), to: "registry.csv")
    try folder.write(Sample.registry + "\n" + rows.joined(), to: "other.csv")
    let other = try Program.run(
      ["applications.yaml", "--registry", "other.csv", "--format", "concise"], in: folder.path)
    #expect(other.code == 1)
    #expect(outputs.contains(other.output))
  }

  @Test(
    "a waiver answers in-principle rules that are there, and is in force",
    arguments: [
      ("application: B, rule: HB-OUT-CAP, expires: 2026-12-31", 0, ""),
      ("application: B, rule: HB-AID, expires: 2026-12-31", 2, "not one in principle"),
      ("application: B, rule: HB-OUT-CPA, expires: 2026-12-31", 2, "did you mean `HB-OUT-CAP`"),
      ("application: C, rule: HB-OUT-CAP, expires: 2026-12-31", 2, "no application `C`"),
      ("application: B, rule: HB-OUT-CAP, expires: 2026-01-31", 2, "expired"),
    ])
  func waivers(_ fields: String, _ code: Int32, _ expected: String) throws {
    let folder = try Sample.folder(Sample.refused)
    try folder.write(
      """
      planlint: waivers/1
      waivers:
        - {\(fields), authority: 示例市医疗保障局, document: 示例〔2026〕1号, reason: 示例}
      """, to: "waivers.yaml")
    let result = try Program.run(
      ["--waivers", "waivers.yaml", "applications.yaml"], in: folder.path)
    #expect(result.code == code)
    #expect(result.errors.contains(expected) || expected.isEmpty)
  }

  enum Hostile: String, CaseIterable {
    case brackets, braces, cycle, binary, twoDocuments, control, surrogate, mark, noList, number
    case dashes, complexKey, merge

    var text: String {
      switch self {
      case .brackets: String(repeating: "[", count: 100_000)
      case .braces: String(repeating: "{a: ", count: 50_000)
      case .cycle: "a: &x [*x]"
      case .binary: "applications: !!binary aGk="
      case .twoDocuments: "--- a\n--- b"
      case .control: "applications:\n  - \u{0}"
      case .surrogate: "applications: [\"\\ud800\"]"
      case .mark: "\u{FEFF}"
      case .noList: "applications: {}"
      case .number: "applications: 3"
      case .dashes: String(repeating: "- ", count: 10_000)
      case .complexKey: "? [a]\n: b"
      case .merge: "<<: {a: 1}"
      }
    }
  }

  @Test("hostile files end with 2 and no trap", arguments: Hostile.allCases)
  func hostile(_ hostile: Hostile) throws {
    for name in [
      "applications.yaml", "applications.json", "applications.csv", "applications.jsonl",
    ] {
      let folder = try Sample.folder("")
      try folder.write(hostile.text, to: name)
      let result = try Program.run(["--city", "huaibei", name], in: folder.path)
      #expect(result.code == 2, "\(name)")
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("error:"))
    }
  }
}
