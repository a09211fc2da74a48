import Diagnostics
import Reading
import Spatial
import TestSupport
import Testing

@testable import Cases

@Suite("GeoJSON is read as a registry and as applications")
struct FeatureTests {
  private static let good = """
    {"type": "FeatureCollection", "name": "x", "features": [
      {"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.79420, 33.95810, 12.5]},
       "properties": {"机构编号": "P1", "机构名称": "示例药店", "机构类别": "零售药店", "定点类别": "零售药店；门诊统筹药店",
        "区县": "相山区", "状态": "在用", "床位": null, "备注": "x"}},
      {"type": "Feature", "id": "P2", "geometry": {"type": "Point", "coordinates": [116.8, 33.96]},
       "properties": {"kind": "hospital", "categories": ["inpatient"], "status": "active", "beds": 120, "datum": "gcj02", "x-source": 1}},
      {"type": "Feature", "id": "P3", "geometry": null,
       "properties": {"kind": "clinic", "categories": "outpatient", "status": "active", "district": "相山区", "beds": "1,200"}}
    ]}
    """

  private func registry(_ text: String) throws(Faults) -> Registry {
    try Registry(reading: SourceFile(path: "r.geojson", text: text))
  }

  @Test("points are in WGS-84 unless a property says otherwise")
  func points() throws {
    let registry = try registry(Self.good)
    let found = registry.institutions
    #expect(found.map(\.id) == ["P1", "P2", "P3"])
    #expect(found.map { $0.site?.datum } == [.wgs84, .gcj02, nil])
    #expect(found[0].site?.longitude == 116.7942)
    #expect(found[0].site?.longitudeDecimals == 5)
    #expect(found[0].categories.count == 2)
    #expect(found.map(\.beds) == [nil, 120, 1200])
    #expect(
      registry.notes.map { $0.rendered(.en) } == [
        "r.geojson:4: note: a column that nothing reads: `备注`"
      ])
  }

  @Test(
    "maps that write `.json`, or no name at all, are known by how they begin",
    arguments: ["r.json", "<stdin>"],
    [
      good,
      good.replacing("{\"type\": \"FeatureCollection\", \"name\": \"x\",", with: "{\"crs\": null,"),
    ])
  func otherNames(name: String, text: String) throws {
    let file = SourceFile(path: name, text: text)
    #expect(DocumentFormat(of: file) == .geoJSON)
    if text == Self.good {
      #expect(try Registry(reading: file).institutions.map(\.id) == ["P1", "P2", "P3"])
    } else {
      #expect(throws: Faults.self) { _ = try Registry(reading: file) }
    }
  }

  @Test(
    "other JSON is no map",
    arguments: [
      "{\"institutions\": [{\"type\": \"FeatureCollection\", \"features\": []}]}",
      "[{\"type\": \"FeatureCollection\"}]",
      "{\"x-a\": \"\\\"type\\\": \\\"FeatureCollection\\\"\"}",
      "{\"planlint\": \"registry/1\", \"type\": \"x\"}", "{", "{\"type", "{\"type\": \"Feat",
      "\u{FEFF}{}", "",
    ])
  func otherJSON(text: String) {
    #expect(DocumentFormat(of: SourceFile(path: "r.json", text: text)) == .json)
  }

  @Test("and say what a table says")
  func sameAsTable() throws {
    let table = try Registry(
      reading: SourceFile(
        path: "r.csv",
        text: """
          id,name,kind,categories,district,lon,lat,datum,beds,status
          P1,示例药店,retail_pharmacy,retail_pharmacy;pooled_pharmacy,相山区,116.79420,33.95810,wgs84,,active
          P2,,hospital,inpatient,,116.8,33.96,gcj02,120,active
          P3,,clinic,outpatient,相山区,,,,1200,active
          """))
    #expect("\(try registry(Self.good).institutions)" == "\(table.institutions)")
  }

  @Test("applications are read too")
  func applications() throws {
    let file = try ApplicationFile.read(
      SourceFile(
        path: "a.geojson",
        text: """
          {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.8, 33.96]},
             "properties": {"编号": "A", "名称": "示例", "机构类别": "诊所", "申请类别": "门诊", "受理日期": "2026.3.2", "坐标系": "百度坐标"}}]}
          """), index: 0)
    #expect(file.applications.first?.site?.datum == .bd09)
    #expect(file.applications.first?.submitted.description == "2026-03-02")
  }

  @Test(
    "what is wrong is named with its place",
    arguments: [
      ("\"FeatureCollection\"", "«\"Feature\"»", "expected a GeoJSON `FeatureCollection`"),
      (
        "\"Point\", \"coordinates\": [116.8, 33.96]", "«\"LineString\"», \"coordinates\": []",
        "expected a `Point`"
      ),
      ("[116.8, 33.96]", "«[116.8]»", "expected `[longitude, latitude]`"),
      ("[116.8, 33.96]", "[«33.96, 116.8»]", "seem to be swapped"),
      ("[116.8, 33.96]", "[«\"116.8\"», 33.96]", "`lon`: expected a number, found text `116.8`"),
      ("\"机构类别\"", "«\"机构类刖\"»", "there is no column `机构类刖`; did you mean `机构类别`"),
      ("\"零售药店\", \"定点", "«\"零售药站\"», \"定点", "`机构类别`: expected one of"),
      ("\"备注\"", "«\"经度\"»", "says again what the geometry says"),
      ("\"id\": \"P2\"", "\"id\": «\"P1\"»", "the id `P1` occurs twice"),
      (
        "\"name\": \"x\"", "\"crs\": {\"properties\": {\"name\": «\"EPSG:3857\"»}}",
        "expected WGS-84"
      ),
    ])
  func faults(good: String, bad: String, words: String) throws {
    #expect(Self.good.contains(good))
    let marked = MarkedText(Self.good.replacing(good, with: bad))
    do {
      _ = try registry(marked.text)
      Issue.record("expected a fault")
    } catch {
      let fault = try #require(error.faults.first { $0.message.en.contains(words) }, "\(error)")
      #expect(fault.location?.range == marked.ranges.first)
    }
  }
}
