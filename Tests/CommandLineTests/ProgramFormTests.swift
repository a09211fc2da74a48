import Foundation
import TestSupport
import Testing

/// What commands write for programs, held against what they write for people.
@Suite("Forms for programs")
struct ProgramFormTests {
  private static func json(_ result: Program.Result, _ form: String) throws -> [String: Any] {
    let tree = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.output)\(result.errors)")
    #expect((tree["planlint"] as? [String: String])?["format"] == form)
    return tree
  }

  private static func rows(_ value: Any?) throws -> [[String: Any]] {
    try #require(value as? [[String: Any]])
  }

  /// The `path:line:column` of a location.
  private static func place(_ value: Any?) throws -> String {
    let location = try #require(value as? [String: Any])
    let (line, column) = (location["line"] as? Int, location["column"] as? Int)
    return "\(location["path"] ?? ""):\(line ?? 0):\(column ?? 0)"
  }

  // MARK: Comparisons

  @Test("a comparison has every cell of its table, and ends as the table does")
  func comparison() throws {
    let folder = try Sample.folder(Sample.refused)
    defer { folder.remove() }
    let arguments = ["compare", "--cities", "huaibei,xian", "applications.yaml"]
    let text = try Program.run(arguments, in: folder.path)
    let written = try Program.run(arguments + ["--format", "json"], in: folder.path)
    #expect(written.code == 1 && text.code == 1 && written.errors == text.errors)
    let tree = try Self.json(written, "comparison/1")
    let cities = try Self.rows(tree["cities"])
    #expect(cities.map { $0["name"] as? String } == ["huaibei", "xian"])
    let applications = try Self.rows(tree["applications"])
    #expect(applications.map { $0["id"] as? String } == ["A", "B"])
    for application in applications {
      let id = try #require(application["id"] as? String)
      let line = try #require(text.output.split(separator: "\n").first { $0.hasPrefix(id + " ") })
      let cells = line.split(separator: #/ {2,}/#).map(String.init)
      let results = try Self.rows(application["results"])
      #expect(results.count == 2 && cells.count == 4)
      for (result, cell) in zip(results, cells.dropFirst(2)) {
        let word = try #require((result["word"] as? [String: String])?["en"])
        #expect(cell.hasPrefix(word), "\(cell)")
        // Every rule of the cell, and no other.
        let rules = Set(try Self.rows(result["findings"]).compactMap { $0["rule"] as? String })
        let shown = Set(
          cell.matches(of: #/[A-Z]{2}-[A-Z0-9-]+|[a-z]+(?:-[a-z]+)+/#).map { String($0.0) })
        #expect(rules == shown, "\(cell)")
      }
    }
    for (index, city) in cities.enumerated() {
      let summary = try #require(city["summary"] as? [String: Int])
      let verdicts = try applications.map {
        try Self.rows($0["results"])[index]["verdict"] as? String
      }
      #expect(summary["subjects"] == 2)
      for verdict in ["admissible", "refused", "review", "incomplete"] {
        #expect(summary[verdict] == verdicts.count { $0 == verdict }, "\(verdict)")
      }
    }
    let note = try #require(try Self.rows(tree["notes"]).first?["en"] as? String)
    #expect(text.errors == note + "\n")
  }

  // MARK: Quotas

  @Test("quotas have every figure of their table, exact, and the sentence that each stands on")
  func allocation() throws {
    let arguments = ["allocate", "--city", "wuhan", "--facts", Golden.path("wuhan/facts.yaml")]
    let text = try Program.run(arguments, in: Golden.root)
    let written = try Program.run(arguments + ["--format", "json"], in: Golden.root)
    #expect(written.code == text.code)
    let tree = try Self.json(written, "allocation/1")
    #expect((tree["profile"] as? [String: Any])?["id"] as? String == "wuhan/2026-2030")
    let columns = try Self.rows(tree["allocations"])
    let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let names = try columns.map { try #require($0["name"] as? String) }
    #expect(names.count > 3 && lines.contains(["district"] + names))
    let districts = try Self.rows(columns.first?["districts"]).compactMap {
      $0["district"] as? String
    }
    #expect(districts.count > 10)
    for (index, district) in districts.enumerated() {
      let cells = try columns.map { column -> String in
        let part = try Self.rows(column["districts"])[index]
        #expect(part["district"] as? String == district)
        if let value = part["value"] as? String { return value }
        guard let low = part["at_least"] as? String, let high = part["at_most"] as? String,
          low != high
        else { return "?" }
        return "\(low)–\(high)"
      }
      #expect(lines.contains([district] + cells), "\(district) \(cells)")
    }
    #expect(lines.contains(["total"] + columns.map { $0["total"] as? String ?? "?" }))
    for column in columns {
      let citation = try #require(column["citation"] as? [String: String])
      #expect(text.output.contains("“\(citation["quote"] ?? "")”"))
    }
  }

  @Test("quotas that lack data say what is missing, and end with 3 in every form")
  func unknownAllocation() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      "planlint: facts/1\ncity: wuhan\nyear: 2027\ndistricts:\n  - {name: 江岸区}\n", to: "facts.yaml")
    let arguments = ["allocate", "--facts", "facts.yaml"]
    let text = try Program.run(arguments, in: folder.path)
    let written = try Program.run(arguments + ["--format", "json"], in: folder.path)
    #expect(text.code == 3 && written.code == 3, "\(text.output)\(text.errors)")
    let columns = try Self.rows(try Self.json(written, "allocation/1")["allocations"])
    let needs = columns.flatMap { $0["needs"] as? [String] ?? [] }
    #expect(!needs.isEmpty && needs.allSatisfy(text.output.contains))
    #expect(columns.contains { $0["total"] is NSNull })
  }

  // MARK: Profiles

  @Test(
    "what is found in profiles has the places and words of the text, and its counts",
    arguments: [
      ["check"], ["coverage", "--sources", "sources"], ["verify", "--sources", "sources"],
    ])
  func tools(_ tool: [String]) throws {
    let copy = try PolicyToolTests.Copy()
    try copy.replace(
      "parameters:\n", with: "parameters:\n  spare: {value: 3, unit: beds, basis: XC-BEDS}\n")
    let written = try copy.run(["policy"] + tool + ["--format", "json"])
    #expect(written.code == 1, "\(written.output)\(written.errors)")
    let tree = try Self.json(written, "policy-\(tool[0])/1")
    let profile = try #require(try Self.rows(tree["profiles"]).first)
    let findings = try Self.rows(profile["findings"])
    #expect(!findings.isEmpty)
    for language in ["zh", "en"] {
      let text = try copy.run(["policy"] + tool + ["--lang", language])
      #expect(text.code == 1)
      var lines = try findings.map { finding in
        let message = try #require((finding["message"] as? [String: String])?[language])
        return
          "\(try Self.place(finding["location"])): \(finding["severity"] ?? "")[\(finding["code"] ?? "")] \(message)"
      }
      let summary = try #require((profile["summary"] as? [String: String])?[language])
      lines.append("xincheng/2026-2030" + (language == "zh" ? "：" : ": ") + summary)
      #expect(text.output == lines.joined(separator: "\n") + "\n")
      // Every figure for programs is one of the summary for people; what there is none of may be left out there.
      let figures = summary.matches(of: #/[0-9]+/#).compactMap { Int($0.0) }
      for (name, count) in try #require(profile["counts"] as? [String: Int]) where count > 0 {
        #expect(figures.contains(count), "\(name)")
      }
    }
    let summary = try #require(tree["summary"] as? [String: Int])
    for (name, severity) in [("errors", "error"), ("warnings", "warning"), ("notes", "note")] {
      #expect(summary[name] == findings.count { $0["severity"] as? String == severity })
    }
  }

  @Test("the tests of profiles have their counts and their failures")
  func tests() throws {
    let copy = try PolicyToolTests.Copy()
    let clean = try copy.run(["policy", "test", "--format", "json"])
    #expect(clean.code == 0, "\(clean.errors)")
    #expect((try Self.json(clean, "policy-test/1")["summary"] as? [String: Int])?["failed"] == 0)
    try copy.replace("{value: 20, unit: beds", with: "{value: 30, unit: beds")
    let written = try copy.run(["policy", "test", "--format", "json"])
    #expect(written.code == 1)
    let tree = try Self.json(written, "policy-test/1")
    let profile = try #require(try Self.rows(tree["profiles"]).first)
    let failures = try Self.rows(profile["failures"])
    #expect(!failures.isEmpty)
    let text = try copy.run(["policy", "test"])
    var lines = try failures.map { failure in
      let message = try #require((failure["message"] as? [String: String])?["en"])
      return "\(try Self.place(failure["location"])): \(failure["test"] ?? ""): \(message)"
    }
    let (cases, failed) = (profile["cases"] as? Int ?? -1, profile["failed"] as? Int ?? -1)
    lines.append("xincheng/2026-2030: \(cases) cases, \(failed) failed")
    #expect(text.code == 1 && text.output == lines.joined(separator: "\n") + "\n")
    #expect(
      tree["summary"] as? [String: Int] == ["profiles": 1, "cases": cases, "failed": failed])
  }

  @Test(
    "a form that there is not is a usage error with the nearest",
    arguments: [
      ["compare", "--cities", "huaibei,xian", "a.yaml"], ["allocate"], ["policy", "check"],
      ["policy", "test"], ["policy", "verify", "--sources", "s"], ["policy", "coverage"],
      ["cities"],
    ])
  func unknownForm(_ command: [String]) throws {
    let result = try Program.run(command + ["--format", "jsn"], in: Golden.root)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.contains("did you mean `json`"), "\(result.errors)")
  }

  // MARK: Cities

  @Test("cities are listed with their names, codes, profiles and spans, in both languages")
  func cities() throws {
    let tree = try Self.json(
      try Program.run(["cities", "--format", "json"], in: Golden.root), "cities/1")
    let tenants = try Self.rows(tree["tenants"])
    #expect(
      tenants.map { $0["id"] as? String } == ["huaibei", "liaoning", "tianmen", "wuhan", "xian"])
    for language in ["zh", "en"] {
      let text = try Program.run(["cities", "--lang", language], in: Golden.root)
      #expect(text.code == 0)
      let blocks = text.output.split(separator: #/\n(?! )/#).map(String.init)
      #expect(blocks.count == tenants.count)
      for (tenant, block) in zip(tenants, blocks) {
        let names = (tenant["names"] as? [String] ?? []) + (tenant["codes"] as? [String] ?? [])
        #expect(names.count >= 3 && names.allSatisfy(block.contains), "\(block)")
        for profile in try Self.rows(tenant["profiles"]) {
          let span = try #require(profile["in_force"] as? [String: String])
          let isDraft = profile["draft"] as? Bool == true
          let line = try #require(
            block.split(separator: "\n").first { $0.contains("\(profile["id"] ?? "")") })
          for part in [span["from"], span["to"], profile["document"] as? String] {
            #expect(line.contains(try #require(part)))
          }
          #expect(line.contains(language == "zh" ? "，征求意见稿，" : "draft for comment") == isDraft)
        }
        let cities = try Self.rows(tenant["cities"])
        #expect(cities.isEmpty == (tenant["id"] as? String != "liaoning"))
        for city in cities {
          let parts = [city["id"] as? String ?? "?"] + (city["names"] as? [String] ?? [])
          #expect(
            block.split(separator: "\n").contains { line in parts.allSatisfy(line.contains) })
        }
      }
    }
  }

  @Test("every city that is listed is one that --city takes, by id, name and code")
  func citiesAreTaken() throws {
    let one = try Program.run(["cities", "--city", "大连", "--lang", "en"], in: Golden.root)
    #expect(one.code == 0 && one.output.hasPrefix("liaoning  Liaoning, 辽宁"))
    for name in ["210200", "dalian", "liaoning"] {
      let other = try Program.run(["cities", "--city", name, "--lang", "en"], in: Golden.root)
      #expect(other.output == one.output, "\(name)")
    }
    let unknown = try Program.run(["cities", "--city", "dalain"], in: Golden.root)
    #expect(unknown.code == 2 && unknown.output.isEmpty)
    #expect(unknown.errors.contains("did you mean `dalian`"), "\(unknown.errors)")
  }
}
