import Diagnostics
import Testing

@testable import Cases
@testable import Reading

@Suite("Applications in plain YAML are read without a tree")
struct ApplicationItemTests {
  private static let whole = """
    id: A1
    name: 示例大药房
    kind: retail_pharmacy
    requests: [retail_pharmacy, pooled_pharmacy]
    district: 相山区
    street: '三堤口街道'
    location: {lon: 116.79420, lat: 33.9, datum: gcj02}
    area: built_up
    setting: central
    grade: ungraded
    specialty: [rehabilitation, tcm]
    ownership: private
    beds: 10
    existing_beds: 0
    occupancy: 71.50
    submitted: 2026-03-02
    score: 88.5
    group: "tongji"
    designated_for: []
    institution: P1
    replaces: P2
    circumstances: [key_project]
    """

  /// A line in block form sends the file the other way; everything but places has to come out the same.
  private static func read(_ fields: String, plainly: Bool) throws -> ApplicationFile {
    let item = fields.split(separator: "\n").joined(separator: "\n    ")
    let head = plainly ? "" : "x-note: |\n  not plain\n"
    return try ApplicationFile.read(
      SourceFile(path: "a.yaml", text: "\(head)city: huaibei\napplications:\n  - \(item)\n"),
      index: 0)
  }

  /// What an application says, and where each field stands in its item.
  static func said(_ application: Application) -> String {
    var application = application
    let places = Catalogue.builtIn.applicationEntries.indices.map { index in
      let field = ApplicationField(index)
      return application.source.fields[field].map {
        "\($0.start - application.source.item.start)+\($0.count)"
      } ?? "-"
    }
    application.source = ApplicationSource(
      file: 0, item: ByteRange(start: 0, end: application.source.item.count),
      fields: FieldPlaces(of: ByteRange(start: 0, end: 0)))
    return "\(application) \(places)"
  }

  @Test(
    "and come out as the tree has them",
    arguments: [
      whole, whole.split(separator: "\n").reversed().joined(separator: "\n"),
      "id: A1\nname: 某\nkind: clinic\nrequests: [outpatient]\nsubmitted: 2026-03-02",
      "id: A1\nname: 某\nkind: clinic\nrequests: [outpatient, outpatient]\nsubmitted: '2026-03-02'\nscore: null\nbeds: ~\nx-own: {a: [1]}",
      "id: 1\nname: 2\nkind: \"clinic\"\nrequests:\n- outpatient\nsubmitted: 2026-03-02\nscore: 100\nlocation: {lat: 33.95, lon: 116.7}",
      "id: 'it''s'\nname: 　某\nkind: clinic\nrequests: [outpatient]\nsubmitted: 2024-02-29\noccupancy: 33.333333333333333333\nscore: 0",
    ])
  func same(_ fields: String) throws {
    let quick = try Self.read(fields, plainly: true)
    let slow = try Self.read(fields, plainly: false)
    #expect(quick.applications.count == 1)
    let (a, b) = (try #require(quick.applications.first), try #require(slow.applications.first))
    #expect(Self.said(a) == Self.said(b))
    #expect(quick.head.city?.value == "huaibei")
  }

  @Test(
    "and a fault says what the tree's reader says",
    arguments: [
      "kind: clinc", "requests: []", "requests: outpatient", "requests: [outpatint]", "score: 101",
      "score: '5'", "beds: 1.5", "beds: 01",
      "beds: 1000001", "submitted: 2026-02-30", "location: {lon: 33.9, lat: 116.7}",
      "location: {lon: 116.7}", "location: {lon: 116.7, lat: '33'}",
      "location: [1]", "x: 1", "id: ''", "name:", "requests: [inpatient]",
      "institution: P1\nreplaces: P1", "datum: wgs84", "occupancy: -1",
    ])
  func faults(_ wrong: String) {
    let names = wrong.split(separator: "\n").map { $0.split(separator: ":")[0] }
    var fields = "id: A1\nname: 某\nkind: clinic\nrequests: [outpatient]\nsubmitted: 2026-03-02"
      .split(separator: "\n").filter { line in !names.contains { line.hasPrefix($0 + ":") } }
      .joined(separator: "\n")
    fields += "\n" + wrong
    func messages(plainly: Bool) -> [String] {
      do {
        _ = try Self.read(fields, plainly: plainly)
        return []
      } catch {
        return ((error as? Faults)?.faults ?? []).map { $0.message.en }
      }
    }
    let quick = messages(plainly: true)
    #expect(!quick.isEmpty)
    #expect(quick == messages(plainly: false))
  }

  @Test("in several parts of a large file, in the order of the file")
  func parts() throws {
    let count = 6_000
    var text = "applications:\n"
    for number in 0..<count {
      text +=
        "- id: A\(number)\n  name: 示例申请机构\(number)\n  kind: clinic\n  requests: [outpatient]\n  district: 相山区\n  street: 三堤口街道\n  submitted: 2026-03-02\n"
    }
    let file = try ApplicationFile.read(
      SourceFile(path: "a.yaml", text: text + "city: huaibei\n"), index: 3)
    #expect(file.applications.map(\.id) == (0..<count).map { "A\($0)" })
    #expect(file.applications.allSatisfy { $0.source.file == 3 })
    #expect(file.head.city?.value == "huaibei")
    // What is only at fault in the middle is still found, and only it.
    let wrong = text.replacing("示例申请机构4000\n  kind: clinic", with: "示例申请机构4000\n  kind: clinc")
    do {
      _ = try ApplicationFile.read(SourceFile(path: "a.yaml", text: wrong), index: 0)
      Issue.record("expected a fault")
    } catch {
      #expect(error.faults.count == 1)
    }
  }
}
