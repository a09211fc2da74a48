import Spatial
import Testing

@Suite struct DatumTests {
  static let cities: [(name: String, at: Coordinate)] = [
    ("Wuhan", Coordinate(longitude: 114.3055, latitude: 30.5928)),
    ("Huaibei", Coordinate(longitude: 116.7983, latitude: 33.9548)),
    ("Xi'an", Coordinate(longitude: 108.9398, latitude: 34.3416)),
    ("Shenyang", Coordinate(longitude: 123.4315, latitude: 41.8057)),
    ("Tianmen", Coordinate(longitude: 113.166, latitude: 30.6634)),
  ]

  @Test(
    "a position goes to a datum and back to within a thousandth of a millimetre all over China",
    arguments: Datum.allCases)
  func roundTrip(_ datum: Datum) {
    var worst = 0.0
    for longitude in stride(from: 73.0, through: 135.5, by: 0.37) {
      for latitude in stride(from: 3.0, through: 54.0, by: 0.41) {
        let place = Coordinate(longitude: longitude, latitude: latitude)
        let there = datum.fromWGS84(place)
        worst = max(worst, Geodesic.distanceMetres(place, datum.toWGS84(there)))
        let back = datum.fromWGS84(datum.toWGS84(place))
        worst = max(worst, Geodesic.distanceMetres(place, back))
      }
    }
    #expect(worst < 1e-6)
  }

  @Test(
    "a round trip holds on the meridian of 105 degrees, where the formula of GCJ-02 has a corner")
  func corner() {
    for offset in [0, 1e-15, -1e-15, 1e-12, -1e-12, 1e-9, -1e-9, 1e-6, -1e-6, 0.0045, 0.0046] {
      let place = Coordinate(longitude: 105 + offset, latitude: 35)
      for datum in Datum.allCases {
        let back = datum.toWGS84(datum.fromWGS84(place))
        #expect(Geodesic.distanceMetres(place, back) < 3e-6)
      }
    }
  }

  /// From the tests of googollee/eviltransform: WGS-84 and GCJ-02, longitude first.
  @Test(
    "GCJ-02 agrees with published examples",
    arguments: [
      ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
      ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
      ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ])
  func publishedExamples(_ wgs: (Double, Double), _ gcj: (Double, Double)) {
    let shifted = Datum.gcj02.fromWGS84(Coordinate(longitude: wgs.0, latitude: wgs.1))
    #expect(abs(shifted.longitude - gcj.0) < 1e-11)
    #expect(abs(shifted.latitude - gcj.1) < 1e-11)
  }

  /// From the example of wandergis/coordtransform.
  @Test("BD-09 agrees with a published example")
  func publishedBaiduExample() {
    let wgs = Datum.gcj02.toWGS84(Coordinate(longitude: 116.404, latitude: 39.915))
    let baidu = Datum.bd09.fromWGS84(wgs)
    #expect(abs(baidu.longitude - 116.41036949371029) < 1e-11)
    #expect(abs(baidu.latitude - 39.92133699351021) < 1e-11)
  }

  @Test(
    "datums lie 460 to 1,400 m from WGS-84 in the cities of the documents",
    arguments: [Datum.gcj02, .bd09])
  func displacement(_ datum: Datum) {
    for city in Self.cities {
      let metres = Geodesic.distanceMetres(city.at, datum.fromWGS84(city.at))
      #expect(460...1400 ~= metres, "\(city.name): \(metres)")
    }
  }

  @Test("CGCS2000 is WGS-84, and GCJ-02 is outside China")
  func identities() {
    let place = Coordinate(longitude: 114.3055, latitude: 30.5928)
    #expect(Datum.cgcs2000.toWGS84(place) == place)
    #expect(Datum.cgcs2000.fromWGS84(place) == place)
    let tokyo = Coordinate(longitude: 139.75, latitude: 35.68)
    #expect(Datum.gcj02.toWGS84(tokyo) == tokyo)
    #expect(Datum.gcj02.fromWGS84(tokyo) == tokyo)
  }

  @Test("no coordinate traps a datum", arguments: Datum.allCases)
  func hostile(_ datum: Datum) {
    for place in HostileCoordinate.all {
      _ = datum.toWGS84(place)
      _ = datum.fromWGS84(place)
    }
  }
}
