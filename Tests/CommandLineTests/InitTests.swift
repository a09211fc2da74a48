import Foundation
import TestSupport
import Testing

@Suite("init writes inputs to fill in")
struct InitTests {
  static let cities = ["huaibei", "xian", "wuhan", "dalian", "tianmen"]
  static let names = [
    "applications.yaml", "facts.yaml", "plan.yaml", "registry.csv", "waivers.yaml",
  ]

  private func start(_ city: String, _ folder: TemporaryFolder, _ more: [String] = []) throws
    -> Program.Result
  {
    try Program.run(["init", "--city", city, "new"] + more, in: folder.path)
  }

  @Test("all five files are written, and as they are nothing is decided by them", arguments: cities)
  func blank(_ city: String) throws {
    let folder = try TemporaryFolder()
    let result = try start(city, folder)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(
      result.output.split(separator: "\n").sorted().map { $0.dropFirst(4) }
        == Self.names.map { $0[...] })
    for command in [["applications.yaml"], ["plan", "plan.yaml"]] {
      let check = try Program.run(command, in: folder.path + "/new")
      #expect(check.code == 2 && check.output.isEmpty)
      try everyBlank(
        of: command.count == 1
          ? ["applications.yaml", "facts.yaml"] : ["plan.yaml", "facts.yaml"],
        in: folder, check.errors)
    }
  }

  /// Every field that has nothing after its colon, and nothing inside, is named with what documents call it, in one run.
  private func everyBlank(of names: [String], in folder: TemporaryFolder, _ errors: String) throws {
    let lines = errors.split(separator: "\n")
    var count = 0
    for name in names {
      let text = try folder.read("new/\(name)").split(
        separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in text.enumerated() {
        guard let match = line.wholeMatch(of: #/(\s*(?:- )?)([a-z_0-9]+):\s*(?:#.*)?/#) else {
          continue
        }
        let next = text[(index + 1)...].first {
          !$0.isEmpty && $0.firstMatch(of: #/^\s*#/#) == nil
        }
        let indent = match.1.count
        if let next, next.prefix(while: { $0 == " " || $0 == "-" }).count > indent { continue }
        if let next, next.hasPrefix("  - "), indent == 0 { continue }
        count += 1
        let place = "\(name):\(index + 1):\(indent + 1): error: "
        let found = lines.first { $0.hasPrefix(place) }
        #expect(found?.contains("`\(match.2)`") == true, "\(place)\(line)")
        if Int(match.2) == nil {
          #expect(found?.firstMatch(of: #/`[a-z_0-9]+` \(.+\) is blank/#) != nil, "\(found ?? "")")
        }
      }
    }
    #expect(count > 8)
  }

  @Test(
    "a blank is an error in Chinese by the documents' word, null and a line that is gone are none")
  func words() throws {
    let folder = try Sample.folder(Sample.admissible)
    func check(_ line: String) throws -> Program.Result {
      try folder.write(
        Sample.facts.replacing("residents: 1000000\n", with: line), to: "facts.yaml")
      return try Program.run(["applications.yaml", "--lang", "zh"], in: folder.path)
    }
    let blank = try check("residents:   # 人\n")
    #expect(blank.code == 2 && blank.output.isEmpty)
    #expect(blank.errors == "facts.yaml:4:1: error: `residents`（常住人口）尚未填写；不掌握或不适用的，删去整行\n")
    #expect(try check("residents: null\n").code == 0)
    #expect(try check("").code == 0)
  }

  @Test(
    "filled in, all of it is accepted", arguments: cities, ["zh", "en"])
  func filled(_ city: String, _ language: String) throws {
    let folder = try TemporaryFolder()
    #expect(try start(city, folder, ["--lang", language]).code == 0)
    let facts = try folder.read("new/facts.yaml")
    let listed = facts.firstMatch(of: #/- name: (\S+)/#).map { String($0.1) }
    for name in ["applications.yaml", "facts.yaml", "plan.yaml", "waivers.yaml"] {
      var text = try folder.read("new/\(name)")
      if name == "waivers.yaml" {
        text = text.replacing("waivers: []", with: "waivers:").replacing("#  - ", with: "  - ")
          .replacing(#/(?m)^#   /#, with: "   ")
        // One that is of the batch and the profile is another matter.
        #expect(text.contains("  - application:"))
      }
      let filled = Self.filled(text, district: listed ?? "东区")
      #expect(filled != text)
      try folder.write(filled, to: "new/\(name)")
    }
    var registry = try folder.read("new/registry.csv").split(separator: "\n").map(String.init)
    #expect(registry.count == 2)
    registry[1] =
      "P1,示例药店,retail_pharmacy,retail_pharmacy,,\(listed ?? "东区"),,116.80000,33.90000,wgs84,,,,active,,,"
    try folder.write(registry.joined(separator: "\n") + "\n", to: "new/registry.csv")
    for command in [["applications.yaml"], ["plan", "plan.yaml", "--registry", "registry.csv"]] {
      let check = try Program.run(command + ["--format", "concise"], in: folder.path + "/new")
      #expect([0, 1, 3].contains(check.code), "\(command): \(check.errors)")
    }
    let waivers = try Program.run(
      ["applications.yaml", "--waivers", "waivers.yaml"], in: folder.path + "/new")
    #expect(!waivers.errors.contains("expected the field"), "\(waivers.errors)")
    // Nothing is left that a rule on applications or the plan would still need from the facts.
    let report = try Program.run(
      ["applications.yaml", "--format", "json"], in: folder.path + "/new")
    #expect(!report.output.replacing("\"facts.yaml\"", with: "").contains("\"facts."), "\(city)")
  }

  /// Every blank filled with something of its kind.
  private static func filled(_ text: String, district: String) -> String {
    let table =
      "{inpatient: 1, outpatient: 1, retail_pharmacy: 1, pooled_pharmacy: 1, chronic_pharmacy: 1, dual_channel_pharmacy: 1, special_drug_pharmacy: 1}"
    let values: [String: String] = [
      "id": "A", "name": district, "district": district, "kind": "retail_pharmacy",
      "requests": "[retail_pharmacy]", "submitted": "2026-07-01", "street": "示例街道",
      "occupancy": "80", "datum": "wgs84", "lon": "116.80100", "lat": "33.90100",
      "area": "built_up",
      "setting": "central", "grade": "secondary", "ownership": "public", "specialty": "[general]",
      "group": "tongji", "designated_for": "[]", "institution": "null", "replaces": "null",
      "circumstances": "[]", "chronic_hub": "true", "type": "central", "purchases_unit": "visits",
      "stock": table, "planned": table, "reason": "示例", "direction": "stock",
      "documents": "[annual_plan]", "panels": "[health]",
      "started": "2026-03-01", "published": "2026-03-01", "annual_plan_published": "2026-01-01",
      "completed": "2026-04-01", "date": "2026-03-01", "year": "2026", "application": "A",
      // A bare 1 may be a hundred per cent.
      "2021": "90", "2022": "90", "2023": "90", "2024": "90", "2025": "90",
      "rule": "R", "authority": "示例", "document": "示例", "expires": "2026-12-31",
    ]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "-" }.count }
    return lines.enumerated().map { index, line in
      guard let match = line.wholeMatch(of: #/(\s*(?:- )?)([a-z_0-9]+):(\s*(?:#.*)?)/#) else {
        return line
      }
      let next = lines[(index + 1)...].first {
        !$0.isEmpty && $0.firstMatch(of: #/^\s*#/#) == nil
      }
      // What has something inside it is no blank.
      if let next, indent(next) > indent(line) || (next.contains("- ") && indent(line) == 0) {
        return line
      }
      let key = String(match.2)
      return "\(match.1)\(key): \(values[key] ?? "1")\(match.3.isEmpty ? "" : "  " + match.3)"
    }.joined(separator: "\n")
  }

  @Test("files that are there are named and left alone, and nothing else is written")
  func existing() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine\n", to: "new/facts.yaml")
    try folder.write("mine\n", to: "new/plan.yaml")
    let refused = try start("huaibei", folder)
    #expect(refused.code == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains("new/facts.yaml: error: is there already"))
    #expect(refused.errors.contains("new/plan.yaml: error: is there already"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new")
    #expect(left.sorted() == ["facts.yaml", "plan.yaml"])
    #expect(try folder.read("new/facts.yaml") == "mine\n")
    #expect(try start("huaibei", folder, ["--force"]).code == 0)
    #expect(try folder.read("new/facts.yaml").contains("facts/1"))
    let all = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new")
    #expect(all.sorted() == Self.names)
  }

  @Test("where a file cannot be written, none is, and no folder is left")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    let result = try Program.run(
      ["init", "--city", "huaibei", "file/new"], in: folder.path)
    #expect(result.code == 2 && result.errors.contains("cannot be written"))
    // A folder in the place of one of the files, which cannot be replaced.
    try folder.write("", to: "new/plan.yaml/x")
    let forced = try start("huaibei", folder, ["--force"])
    #expect(forced.code == 2)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new")
    #expect(left == ["plan.yaml"], "\(left)")
  }

  @Test("an unknown city is an error with the nearest name")
  func unknown() throws {
    let folder = try TemporaryFolder()
    let result = try start("huaibe", folder)
    #expect(result.code == 2 && result.errors.contains("did you mean `huaibei`"))
    #expect(try folder.names().isEmpty)
  }
}
