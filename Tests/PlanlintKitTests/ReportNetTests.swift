import Foundation
import Reading
import Synchronization
import TestSupport
import Testing

@Suite("The net: no report changes unnoticed")
struct ReportNetTests {
  /// One run of the program.
  struct Run: Sendable {
    var name: String
    var folder: String
    var arguments: [String]
    var policies: String?
  }

  @Test("the reports of all fixtures are what they were")
  func fixtures() throws {
    let runs = try Self.fixtureRuns()
    #expect(runs.count >= 20)
    let difference = Net.difference(try Self.items(of: runs), from: "fixtures.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  static let cases = Golden.root + "/../shared/cases"

  @Test(
    "the reports of all acceptance cases are what they were",
    .enabled(
      if: FileManager.default.fileExists(atPath: cases), "../shared/cases is not here"))
  func acceptanceCases() throws {
    let runs = try Self.caseRuns()
    #expect(runs.count >= 100)
    let difference = Net.difference(try Self.items(of: runs), from: "cases.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Every batch of applications and every plan, plans with and without the registry that lies beside them.
  private static func fixtureRuns() throws -> [Run] {
    var runs: [Run] = []
    for city in ["huaibei", "liaoning", "newcity", "tianmen", "wuhan", "xian"] {
      let folder = Golden.path(city)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let waivers = files.contains("waivers.yaml") ? ["--waivers", "waivers.yaml"] : []
      var all: [[String]] = []
      for file in files where file.hasSuffix(".yaml") {
        if file.hasSuffix("applications.yaml") { all.append(["check"] + waivers + [file]) }
        if file.hasPrefix("plan") {
          all.append(["plan", file])
          if files.contains("registry.csv") {
            all.append(["plan", "--registry", "registry.csv", file])
          }
        }
      }
      runs += all.map {
        Run(
          name: city + ": " + $0.joined(separator: " "), folder: folder, arguments: $0,
          policies: city == "newcity" ? folder + "/policies" : nil)
      }
    }
    return runs
  }

  /// What `../shared/tools/check-cases` runs.
  private static func caseRuns() throws -> [Run] {
    let manager = FileManager.default
    var runs: [Run] = []
    for city in try manager.contentsOfDirectory(atPath: cases).sorted() {
      for name in try manager.contentsOfDirectory(atPath: "\(cases)/\(city)").sorted() {
        let folder = "\(cases)/\(city)/\(name)"
        let path = folder + "/expect.yaml"
        guard manager.fileExists(atPath: path) else { continue }
        let expected = try Document.read(try InputFile.load(path: path), format: .yaml)
        let arguments = try #require(expected["args"]?.items, "\(path)").map {
          try #require($0.scalar?.text)
        }
        runs.append(Run(name: "\(city)/\(name)", folder: folder, arguments: arguments))
      }
    }
    return runs
  }

  /// Runs all of them on all cores.
  private static func items(of runs: [Run]) throws -> [Net.Item] {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let items = Mutex([Net.Item?](repeating: nil, count: runs.count))
    let failures = Mutex([String]())
    DispatchQueue.concurrentPerform(iterations: runs.count) { index in
      do {
        let item = try item(of: runs[index], text: "\(temporary.path)/\(index).txt")
        items.withLock { $0[index] = item }
      } catch {
        failures.withLock { $0.append("\(runs[index].name): \(error)") }
      }
    }
    try #require(failures.withLock { $0 } == [])
    return items.withLock { $0.compactMap(\.self) }
  }

  private static func item(of run: Run, text path: String) throws -> Net.Item {
    let result = try Program.run(
      run.arguments + [
        "--format", "json", "--format", "text=\(path)", "--show", "all", "--no-config", "--lang",
        "zh",
      ], in: run.folder, environment: run.policies.map { ["PLANLINT_POLICIES": $0] } ?? [:])
    var verdicts = "exit \(result.code)\n"
    if result.code != 2 {
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      for each in try #require(report["results"] as? [[String: Any]]) {
        let subject = try #require(each["subject"] as? [String: Any])
        let findings = try #require(each["findings"] as? [[String: Any]])
        verdicts += Net.line(
          of: try #require(subject["id"] as? String),
          verdict: try #require(each["verdict"] as? String),
          outcomes: try findings.map { finding in
            (
              try #require(finding["rule"] as? String), finding["category"] as? String,
              try #require(finding["outcome"] as? String)
            )
          })
      }
    }
    let text = (try? Data(contentsOf: URL(filePath: path))).map { Array($0) } ?? []
    return Net.Item(
      run.name, verdicts: verdicts, json: Net.withoutDigests(result.output),
      text: text + Array(result.errors.utf8))
  }
}
