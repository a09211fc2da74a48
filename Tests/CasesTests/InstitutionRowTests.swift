import Diagnostics
import Expression
import Testing

@testable import Cases

@Suite("Plain rows of a registry are read without a tree")
struct InstitutionRowTests {
  private static let header =
    "id,name,kind,categories,grade,district,street,lon,lat,datum,beds,specialty,group,status"

  /// A space before the id sends a row the other way; everything else has to come out the same.
  @Test(
    "and come out as the other reader has them",
    arguments: [
      "P1,示例药店,retail_pharmacy,retail_pharmacy;pooled_pharmacy,,相山区,,116.79420,33.95810,gcj02,,,,active",
      "P2,示例医院,hospital,inpatient;outpatient,tertiary,相山区,三堤口街道,116.7,33.9,wgs84,120,tcm;psychiatry,tongji,suspended",
      "P3,,clinic,outpatient,ungraded,相山区,,,,,0,,,terminated",
      "P4,示例,other_medical,medical_aid,,,,116.7,33.9,cgcs2000,,,,active",
    ])
  func same(_ row: String) throws {
    let quick = try Registry(
      reading: SourceFile(path: "registry.csv", text: "\(Self.header)\n\(row)\n"))
    let slow = try Registry(
      reading: SourceFile(path: "registry.csv", text: "\(Self.header)\n \(row)\n"))
    #expect(quick.institutions.count == 1)
    var a = try #require(quick.institutions.first)
    var b = try #require(slow.institutions.first)
    #expect(a.id == b.id)
    if a.name == a.id { (a.name, b.name) = ("", "") }
    (a.id, b.id) = ("", "")
    #expect("\(a)" == "\(b)")
  }

  @Test("and what an institution is beside its kind reads alike in every format")
  func circumstances() throws {
    let header = "机构编号,机构名称,机构类别,定点类别,所在区,定点状态,情形"
    let row = "M1,示例校医院,诊所,门诊,江岸区,正常"
    let sources = [
      ("registry.csv", "\(header)\n\(row),高校内设;重点项目\n"),
      ("registry.csv", "\(header)\n \(row),高校内设;重点项目\n"),
      (
        "registry.yaml",
        "- {id: M1, kind: clinic, categories: [outpatient], district: 江岸区, status: active, circumstances: [embedded_in_university, key_project]}\n"
      ),
      (
        "registry.json",
        #"[{"id": "M1", "kind": "clinic", "categories": ["outpatient"], "district": "江岸区", "status": "active", "circumstances": ["embedded_in_university", "key_project"]}]"#
      ),
    ]
    for (path, text) in sources {
      let registry = try Registry(reading: SourceFile(path: path, text: text))
      #expect(
        Self.circumstances(registry) == ["key_project", "embedded_in_university"], "\(path)")
    }
    let none = try Registry(
      reading: SourceFile(path: "registry.csv", text: "\(header)\n\(row),\n"))
    #expect(Self.circumstances(none) == [])
  }

  private static func circumstances(_ registry: Registry) -> [String] {
    guard case .list(let words) = registry.neighbour(0)["circumstances"] else { return ["?"] }
    return words.map { if case .string(let word) = $0 { word } else { "?" } }
  }

  @Test("ids that are not plain are told apart, however many there are")
  func chineseIDs() throws {
    let rows = (1...500).map {
      "- {id: 店\($0), kind: clinic, categories: [outpatient], district: 东, status: active}"
    }
    let registry = try Registry(
      reading: SourceFile(path: "registry.yaml", text: rows.joined(separator: "\n") + "\n"))
    #expect(registry.institutions.count == 500)
    #expect(registry.row(of: "店500") == 499)
  }

  @Test(
    "and a fault is still found with its place",
    arguments: [
      ("P1,,retail_pharmcy,retail_pharmacy,,相山区,,,,,,,,active", "retail_pharmcy"),
      ("P1,,retail_pharmacy,retail,,相山区,,,,,,,,active", "retail"),
      ("P1,,retail_pharmacy,retail_pharmacy,,相山区,,33.9,116.7,wgs84,,,,active", "33.9,116.7"),
      ("P1,,retail_pharmacy,retail_pharmacy,,相山区,,116.7,,wgs84,,,,active", "116.7"),
      ("P1,,retail_pharmacy,retail_pharmacy,,相山区,,,,,012,,,active", "012"),
      ("P1,,retail_pharmacy,retail_pharmacy,,,,,,,,,,active", "P1"),
    ])
  func faults(_ row: String, _ token: String) throws {
    let file = SourceFile(path: "registry.csv", text: "\(Self.header)\n\(row)\n")
    do {
      _ = try Registry(reading: file)
      Issue.record("expected a fault")
    } catch {
      let location = try #require(error.faults.first?.location)
      #expect(file.text(location.range) == token)
      #expect(LineIndex(file).position(of: location.range.start).line == 2)
    }
  }

  @Test("and an id twice is a fault")
  func twice() throws {
    let row = "P1,,retail_pharmacy,retail_pharmacy,,相山区,,,,,,,,active"
    let file = SourceFile(path: "registry.csv", text: "\(Self.header)\n\(row)\n\(row)\n")
    #expect(throws: Faults.self) { try Registry(reading: file) }
  }
}
