import Diagnostics
import Testing

@testable import Cases

@Suite("Plain rows of applications are read without a tree")
struct ApplicationRowTests {
  private static let header =
    "申请编号,机构名称,kind,requests,district,street,lon,lat,datum,beds,existing_beds,occupancy,submitted,score,group,designated_for,institution,replaces,circumstances,specialty"

  /// A space before the id sends a row the other way; everything else has to come out the same.
  private static func read(_ row: String, plainly: Bool) throws -> [Application] {
    try ApplicationFile.read(
      SourceFile(path: "a.csv", text: "\(header)\n\(plainly ? "" : " ")\(row)\n"), index: 0
    ).applications
  }

  /// What it says, and where each field but the id stands in the row.
  private static func said(_ application: Application, shift: Int) -> [String] {
    let places = Catalogue.builtIn.applicationEntries.map { entry in
      let index = Catalogue.builtIn.applicationEntries.firstIndex { $0.name == entry.name } ?? 0
      let range = application.source.fields[ApplicationField(index)]
      // That of the id and of the row, which a location has, begin at the space.
      return range.map { "\(entry.name) \($0.end - shift)" } ?? ""
    }
    var application = application
    application.source = ApplicationSource(
      file: 0, item: ByteRange(start: 0, end: 0),
      fields: FieldPlaces(of: ByteRange(start: 0, end: 0)))
    return ["\(application)"] + places
  }

  private static let rows = [
    "A1,某,clinic,outpatient,,,,,,,,,2026-03-02,,,,,,,",
    "A2,示例医院,hospital,inpatient;outpatient,相山区,三堤口街道,116.79420,33.9,gcj02,120,30,71.50,2024-02-29,88.25,tongji,outpatient,P1,P2,key_project,tcm;rehabilitation",
    "A3,示例药店,零售药店,零售药店,相山区,,116.7,33.95,,0,,,2026-03-02,100,,,,,,",
    "A4,\"某,甲\",clinic,outpatient,\"相山区\",,,,,,,,2026-03-02,0,,,,,,",
  ]

  @Test("and come out as the tree has them", arguments: rows)
  func same(_ row: String) throws {
    let (quick, slow) = (
      try Self.read(row, plainly: true), try Self.read(row, plainly: false)
    )
    #expect(quick.count == 1)
    #expect(quick.map { Self.said($0, shift: 0) } == slow.map { Self.said($0, shift: 1) })
    let columns = Dictionary(
      uniqueKeysWithValues: Self.header.split(separator: ",").enumerated().map {
        ($1 == "申请编号" ? "id" : $1 == "机构名称" ? "name" : String($1), $0)
      })
    var isPlain = false
    _ = try Rows.read(
      SourceFile(path: "a.csv", text: "\(Self.header)\n\(row)\n"),
      Catalogue.builtIn.applicationColumns, hasLocation: true,
      quick: { cells, _ in
        isPlain = ApplicationRow(columns, file: 0, .builtIn).read(cells) != nil
        return true
      }, row: { _ in true })
    #expect(isPlain)
  }

  @Test(
    "and what is not plain, or at fault, is left to the tree",
    arguments: [
      "A1,某,clinc,outpatient,,,,,,,,,2026-03-02,,,,,,,",
      "A1,某,clinic,outpatint,,,,,,,,,2026-03-02,,,,,,,",
      "A1,某,clinic,outpatient,,,33.9,116.7,,,,,2026-03-02,,,,,,,",
      "A1,某,clinic,outpatient,,,116.7,,,,,,2026-03-02,,,,,,,",
      "A1,某,hospital,inpatient,,,,,,,,,2026-03-02,,,,,,,",
      "A1,某,clinic,outpatient,,,,,,,,,2026-02-30,,,,,,,",
      "A1,某,clinic,outpatient,,,,,,,,,2026-03-02,101,,,,,,",
      "A1,某,clinic,outpatient,,,,,,,,,2026-03-02,,,,P1,P1,,",
    ])
  func faults(_ row: String) {
    #expect(throws: Faults.self) { try Self.read(row, plainly: true) }
  }
}
