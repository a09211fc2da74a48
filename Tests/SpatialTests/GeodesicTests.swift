import Spatial
import Testing

@Suite struct GeodesicTests {
  @Test("distances are GeographicLib's to a micrometre", arguments: ReferenceLine.all)
  func reference(_ line: ReferenceLine) {
    let metres = Geodesic.distanceMetres(line.from, line.to)
    #expect(abs(metres - line.metres) < 1e-6)
    #expect(Geodesic.distanceMetres(line.to, line.from) == metres)
  }

  @Test("the short way and the long way agree to a micrometre from 1 km to 100 km")
  func shortAgainstLong() {
    var generator = SeededGenerator(seed: 1)
    var worst = 0.0
    for _ in 0..<5000 {
      let from = Coordinate(
        longitude: .random(in: -180...180, using: &generator),
        latitude: .random(in: -89...89, using: &generator))
      let size = Double.random(in: 0.01...0.6, using: &generator)
      let a = EllipsoidPoint(from)
      let b = EllipsoidPoint(
        Coordinate(
          longitude: min(180, from.longitude + size),
          latitude: from.latitude + .random(in: -size...size, using: &generator)))
      worst = max(worst, abs(ShortLine.metres(a, b) - LongLine.metres(a, b)))
    }
    #expect(worst < 1e-6)
  }

  @Test("equal points are 0 m apart, and so are the names of one place on the date line")
  func equalPoints() {
    for city in DatumTests.cities { #expect(Geodesic.distanceMetres(city.at, city.at) == 0) }
    #expect(
      Geodesic.distanceMetres(
        Coordinate(longitude: 180, latitude: 12), Coordinate(longitude: -180, latitude: 12)) == 0)
    #expect(
      Geodesic.distanceMetres(
        Coordinate(longitude: 5, latitude: 90), Coordinate(longitude: 114, latitude: 90)) == 0)
  }

  @Test(
    "any two coordinates on Earth have one distance of at most half a meridian, others have none")
  func hostile() {
    for a in HostileCoordinate.all {
      for b in HostileCoordinate.all {
        let metres = Geodesic.distanceMetres(a, b)
        if a.isOnEarth, b.isOnEarth {
          guard 0...20_003_931.459 ~= metres, metres == Geodesic.distanceMetres(b, a) else {
            Issue.record("\(a) to \(b): \(metres)")
            return
          }
        } else if !metres.isNaN {
          Issue.record("\(a) to \(b): \(metres)")
          return
        }
      }
    }
  }
}
