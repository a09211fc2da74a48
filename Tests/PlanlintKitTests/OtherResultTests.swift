import Foundation
import PlanlintKit
import TestSupport
import Testing

@Suite("The values of the other results are what their texts say")
struct OtherResultTests {
  private static var request: Request {
    var request = Request()
    request.policies = Golden.root + "/policies"
    return request
  }

  @Test("a table of quotas has a row a district and a column an apportionment")
  func allocation() throws {
    var request = Self.request
    request.facts = .file(Golden.path("wuhan/facts.yaml"))
    let table = try Planlint.allocate(year: nil, request)
    #expect(table.tenant == "wuhan" && table.profile.id.hasPrefix("wuhan/"))
    #expect(!table.districts.isEmpty && !table.columns.isEmpty)
    let lines = table.text(in: .en).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(lines.contains(["district"] + table.columns.map(\.name)))
    for (index, district) in table.districts.enumerated() {
      let cells = table.columns.map { column -> String in
        let part = column.parts[index]
        return part.value
          ?? part.range.map { $0.count == 1 ? "?" : "\($0.lowerBound)–\($0.upperBound)" } ?? "?"
      }
      #expect(lines.contains([district] + cells), "\(district) \(cells)")
    }
    #expect(lines.contains(["total"] + table.columns.map { $0.total ?? "?" }))
    for column in table.columns {
      #expect(table.text(in: .en).contains("\(column.citation.place) “\(column.citation.quote)”"))
    }
  }

  @Test("a comparison has a row an application and a result a city")
  func comparison() throws {
    let table = try Planlint.compare(
      [.file(Golden.path("huaibei/applications.yaml"))], cities: ["huaibei", "xian"], facts: [],
      registries: [], Self.request)
    #expect(table.cities.map(\.name) == ["huaibei", "xian"])
    #expect(table.rows.allSatisfy { $0.results.count == 2 })
    for (index, city) in table.cities.enumerated() {
      var summary = (admissible: 0, refused: 0)
      for row in table.rows {
        if row.results[index].verdict == .admissible { summary.admissible += 1 }
        if row.results[index].verdict == .refused { summary.refused += 1 }
      }
      #expect(city.summary.admissible == summary.admissible)
      #expect(city.summary.refused == summary.refused && city.summary.subjects == table.rows.count)
    }
    let text = table.text(in: .en)
    for row in table.rows {
      let line = text.split(separator: "\n").first { $0.hasPrefix(row.id + " ") }
      #expect(line?.contains(row.results[0].verdictWord[.en]) == true, "\(row.id)")
    }
    #expect(table.notes.map { $0[.en] } == table.notes(in: .en))
  }

  @Test("a policy tool gives findings with their places, and a test that fails its own")
  func tools() throws {
    for result in try Planlint.coverPolicies(cities: [], sources: nil, Self.request) {
      let lines = result.findings.map {
        "\($0.location.place): \($0.severity.rawValue)[\($0.code)] \($0.message[.en])"
      }
      #expect(result.lines(in: .en) == lines + ["\(result.profile): \(result.summary[.en])"])
    }
    let tests = try Planlint.testPolicies(cities: ["tianmen"], Self.request)
    #expect(tests.map(\.profile) == ["tianmen/2026-2030"] || !tests.isEmpty)
    #expect(tests.allSatisfy { $0.cases > 0 && $0.failures.isEmpty })
  }

  @Test("two versions of a profile differ in entries, fields and verdicts")
  func difference() throws {
    let path = "newcity/policies/xincheng/2026-2030.yaml"
    let text = String(decoding: try #require(Golden.bytes(path)), as: UTF8.self)
    let changed = text.replacing("{value: 20, unit: beds", with: "{value: 25, unit: beds")
    #expect(changed != text)
    var request = Request()
    request.policies = Golden.path("newcity/policies")
    let difference = try Planlint.comparePolicies(
      old: .memory(name: "old.yaml", text: text), new: .memory(name: "new.yaml", text: changed),
      applications: [.file(Golden.path("newcity/applications.yaml"))], request)
    let change = try #require(difference.changes.first)
    #expect(difference.changes.count == 1 && change.kind == .changed)
    #expect(change.section.en == "parameter" && change.name == "fewest_beds")
    #expect(change.location.path == "new.yaml" && change.fields.map(\.path) == ["value"])
    #expect(change.fields.first?.old == "20" && change.fields.first?.new == "25")
    #expect(difference.applicationCount > 0)
    #expect(difference.lines(in: .en).count == 2 + difference.flips.count)
    for flip in difference.flips {
      #expect(flip.old != flip.new && !flip.rules.isEmpty && flip.location.line > 1)
    }
  }

  @Test("a registry's findings have their places")
  func registry() throws {
    let text = """
      id,name,kind,categories,district,lon,lat,datum,status
      P1,甲药房,retail_pharmacy,retail_pharmacy,相山区,116.7995,33.9562,wgs84,active
      P1,乙药房,retail_pharmacy,retail_pharmacy,相山区,116.8095,33.9566,wgs84,active
      """
    let report = try Planlint.checkRegistries([.memory(name: "r.csv", text: text)], Request())
    #expect(report.institutionCount == 2 && report.inputs.map(\.path) == ["r.csv"])
    let finding = try #require(report.findings.first { $0.check == "duplicate_id" })
    #expect(finding.id == "P1" && finding.location.path == "r.csv" && finding.location.line == 3)
    #expect(
      report.text(in: .en).contains(
        "\(finding.location.place): duplicate_id: P1: \(finding.message[.en])\n"))
  }

  @Test("statistics count every finding of every rule")
  func statistics() throws {
    let result = try Planlint.check(
      [.file(Golden.path("huaibei/applications.yaml"))], Self.request)
    let statistics = result.statistics(peakBytes: 1_000)
    #expect(statistics.subjectCount == result.subjects.count && statistics.peakBytes == 1_000)
    let findings = result.subjects.flatMap(\.findings)
    for (rule, outcomes) in statistics.rules {
      for (outcome, count) in outcomes {
        #expect(count == findings.count { $0.rule == rule && $0.outcome == outcome })
      }
    }
    #expect(statistics.rules.flatMap(\.outcomes).reduce(0) { $0 + $1.count } == findings.count)
  }

  @Test("settings are rows with values and where they come from")
  func settings() throws {
    let setting = Setting(name: "city", values: ["huaibei"], origin: .commandLine)
    let table = SettingsTable(path: "planlint.yaml", settings: [setting])
    #expect(table.path == "planlint.yaml" && table.settings.map(\.value) == ["huaibei"])
    #expect(table.text(in: .en).contains("huaibei"))
  }
}
