import Diagnostics
import Reading
import TestSupport
import Testing

@testable import Cases

@Suite("Zeros at the end of coordinates that programs drop are restored by the column")
struct DroppedZerosTests {
  private func decimals(_ sites: [Site?]) -> [[Int]] {
    sites.map { $0.map { [$0.longitudeDecimals, $0.latitudeDecimals] } ?? [] }
  }

  private static let places = [
    ("116.794213", "33.958123"), ("116.7942", "33.9581"), ("116.79421", "33.95"),
    ("116.794", "33.958"),
  ]
  /// Up to two fewer than six are taken for six; 33.95 was written with two.
  private static let expected = [[6, 6], [6, 6], [6, 2], [3, 3]]

  private static func application(_ number: Int) -> BatchForm.Row {
    let place = places[number]
    return BatchForm.application([
      ("id", "A-\(number)"), ("lon", place.0), ("lat", place.1), ("datum", "wgs84"),
    ])
  }

  private static func institution(_ number: Int) -> BatchForm.Row {
    let place = places[number]
    return [
      ("id", "P\(number)"), ("name", "示例药店"), ("kind", "retail_pharmacy"),
      ("categories", "retail_pharmacy"), ("district", "相山区"), ("lon", place.0), ("lat", place.1),
      ("datum", "wgs84"), ("status", "active"),
    ]
  }

  @Test("applications come out the same in every format", arguments: BatchForm.allCases)
  func applications(_ form: BatchForm) throws {
    let file = form.file(Self.places.indices.map(Self.application))
    let read = try ApplicationFile.read(file, index: 0)
    #expect(decimals(read.applications.map(\.site)) == Self.expected)
    #expect(
      read.notes.map(\.message.en) == [
        "1 place has fewer decimals than the others of the column; zeros at the end are taken to have been dropped: `33.9581` is `33.958100`"
      ])
    let told = read.notes.flatMap(\.values)
    #expect(told.count == 1)
    #expect(told.first?.message.zh.hasPrefix("坐标 33.9581 按 33.958100 理解") == true)
    let item = read.applications[1].source.item
    #expect(told.first.map { (item.start...item.end).contains($0.range.start) } == true)
  }

  @Test("registries come out the same in every format", arguments: BatchForm.allCases)
  func registry(_ form: BatchForm) throws {
    let file = form.file(Self.places.indices.map(Self.institution), isRegistry: true)
    let read = try Registry(reading: file)
    #expect(decimals(read.institutions.map(\.site)) == Self.expected)
    #expect(read.notes.map(\.message.en).contains { $0.hasPrefix("1 place has fewer decimals") })
  }

  @Test("a column of its own counts for longitude and for latitude")
  func columns() throws {
    let file = BatchForm.csv.file([
      BatchForm.application([("id", "A"), ("lon", "116.7942"), ("lat", "33.958123")]),
      BatchForm.application([("id", "B"), ("lon", "116.79"), ("lat", "33.95812")]),
    ])
    let read = try ApplicationFile.read(file, index: 0)
    #expect(decimals(read.applications.map(\.site)) == [[4, 6], [4, 6]])
  }

  @Test("a cell has the decimals that its number format shows")
  func formats() throws {
    let header: [TestWorkbook.Cell] = ["编号", "名称", "机构类别", "申请类别", "受理日期", "经度", "纬度"]
    let row: [TestWorkbook.Cell] = [
      .number("7", format: "0.00"), "甲药店", "药店", "零售药店", "2026-03-02",
      .number("116", format: "0.000000"), .number("33.95", format: "0.000000"),
    ]
    let book = TestWorkbook([.init("S", [header, row])])
    let read = try ApplicationFile.read(SourceFile(path: "a.xlsx", bytes: book.bytes), index: 0)
    #expect(decimals(read.applications.map(\.site)) == [[6, 6]])
    #expect(read.applications.first?.id == "7")
    #expect(read.notes.isEmpty)
  }

  @Test("one point alone, or points that all have few decimals, stay as they are written")
  func nothingDropped() throws {
    let file = BatchForm.yaml.file([
      BatchForm.application([("id", "A"), ("lon", "116.794"), ("lat", "33.958")]),
      BatchForm.application([("id", "B"), ("lon", "116.795"), ("lat", "33.957")]),
    ])
    let read = try ApplicationFile.read(file, index: 0)
    #expect(decimals(read.applications.map(\.site)) == [[3, 3], [3, 3]])
    #expect(read.notes.isEmpty)
  }
}
