import Spatial
import Testing

@Suite struct GeodesicCircleTests {
  private static func randomPlace(_ generator: inout SeededGenerator) -> Coordinate {
    Coordinate(
      longitude: .random(in: 75...134, using: &generator),
      latitude: .random(in: 18...53, using: &generator))
  }

  @Test("a destination is as far away as was asked for, and lies in the direction asked for")
  func destination() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      let start = Self.randomPlace(&generator)
      let bearing = Double.random(in: 0..<360, using: &generator)
      let metres = Double.random(in: 0.001...20_000, using: &generator)
      let end = Geodesic.destination(from: start, bearingDegrees: bearing, metres: metres)
      guard abs(Geodesic.distanceMetres(start, end) - metres) < 2e-6 else {
        Issue.record("\(start) \(bearing) \(metres)")
        return
      }
      // Aside at the end, in metres.
      let turn = abs(Geodesic.bearingDegrees(from: start, to: end) - bearing)
      guard min(turn, 360 - turn) * .pi / 180 * metres < 2e-4 else {
        Issue.record("\(start) \(bearing) \(metres): off by \(turn) degrees")
        return
      }
    }
  }

  @Test("destinations are GeographicLib's to a millimetre", arguments: ReferenceLine.all)
  func reference(_ line: ReferenceLine) {
    guard line.metres < 20_000, line.metres > 0, line.from.isOnEarth else { return }
    let bearing = Geodesic.bearingDegrees(from: line.from, to: line.to)
    let end = Geodesic.destination(from: line.from, bearingDegrees: bearing, metres: line.metres)
    #expect(Geodesic.distanceMetres(end, line.to) < 1e-3)
  }

  @Test("going on, and back the other way, ends where it began")
  func backwards() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let start = Self.randomPlace(&generator)
      let bearing = Double.random(in: 0..<360, using: &generator)
      let end = Geodesic.destination(from: start, bearingDegrees: bearing, metres: 9_000)
      let back = Geodesic.destination(
        from: end, bearingDegrees: Geodesic.bearingDegrees(from: end, to: start), metres: 9_000)
      #expect(Geodesic.distanceMetres(start, back) < 1e-3)
    }
    let north = Geodesic.destination(
      from: Coordinate(longitude: 114, latitude: 30), bearingDegrees: 0, metres: 1_000)
    #expect(north.longitude == 114 && north.latitude > 30)
    #expect(
      Geodesic.destination(
        from: Coordinate(longitude: .nan, latitude: 30), bearingDegrees: 0, metres: 1
      ).latitude.isNaN)
    #expect(Geodesic.bearingDegrees(from: north, to: north) == 0)
  }

  @Test("the nearest boundary point is on the boundary, and none of the others is nearer")
  func nearestPoint() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      let circle = GeodesicCircle(
        centre: Self.randomPlace(&generator),
        radiusMetres: .random(in: 10...5_000, using: &generator))
      let point = Geodesic.destination(
        from: circle.centre, bearingDegrees: .random(in: 0..<360, using: &generator),
        metres: circle.radiusMetres * .random(in: 0...2, using: &generator))
      let nearest = circle.nearestBoundaryPoint(to: point)
      #expect(
        abs(Geodesic.distanceMetres(circle.centre, nearest) - circle.radiusMetres) < 1e-5)
      let metres = Geodesic.distanceMetres(point, nearest)
      let gap = abs(Geodesic.distanceMetres(circle.centre, point) - circle.radiusMetres)
      #expect(abs(metres - gap) < 1e-4)
      for other in circle.boundary(deviatingAtMost: 1) {
        #expect(Geodesic.distanceMetres(point, other) > metres - 1e-3)
      }
    }
  }

  @Test("crossings lie on both boundaries, one on each side")
  func crossings() {
    var generator = SeededGenerator(seed: 10)
    var (twos, nones) = (0, 0)
    for _ in 0..<2_000 {
      let a = GeodesicCircle(
        centre: Self.randomPlace(&generator),
        radiusMetres: .random(in: 100...2_000, using: &generator))
      let b = GeodesicCircle(
        centre: Geodesic.destination(
          from: a.centre, bearingDegrees: .random(in: 0..<360, using: &generator),
          metres: .random(in: 1...4_500, using: &generator)),
        radiusMetres: .random(in: 100...2_000, using: &generator))
      let apart = Geodesic.distanceMetres(a.centre, b.centre)
      let meet =
        apart < a.radiusMetres + b.radiusMetres && apart > abs(a.radiusMetres - b.radiusMetres)
      let found = a.crossings(with: b)
      guard found.count == (meet ? 2 : 0) else {
        Issue.record("\(a) \(b): \(found.count)")
        return
      }
      if meet { twos += 1 } else { nones += 1 }
      for point in found {
        #expect(abs(Geodesic.distanceMetres(a.centre, point) - a.radiusMetres) < 1e-5)
        #expect(abs(Geodesic.distanceMetres(b.centre, point) - b.radiusMetres) < 1e-5)
      }
      if meet {
        let ahead = Geodesic.bearingDegrees(from: a.centre, to: b.centre)
        func turn(_ point: Coordinate) -> Double {
          let turn = Geodesic.bearingDegrees(from: a.centre, to: point) - ahead
          return turn < -180 ? turn + 360 : turn > 180 ? turn - 360 : turn
        }
        #expect(turn(found[0]) > 0 && turn(found[1]) < 0)
      }
    }
    #expect(twos > 500 && nones > 100)
  }

  @Test("circles that touch meet once, and circles apart, inside each other or equal do not")
  func degenerate() {
    let centre = Coordinate(longitude: 116.8, latitude: 33.95)
    let circle = GeodesicCircle(centre: centre, radiusMetres: 800)
    func moved(_ metres: Double, _ radius: Double) -> GeodesicCircle {
      let at = Geodesic.destination(from: centre, bearingDegrees: 63, metres: metres)
      return GeodesicCircle(centre: at, radiusMetres: radius)
    }
    #expect(circle.crossings(with: circle).isEmpty)
    #expect(circle.crossings(with: moved(0, 900)).isEmpty)
    #expect(circle.crossings(with: moved(1_600.01, 800)).isEmpty)
    #expect(circle.crossings(with: moved(1_599.99, 800)).count == 2)
    #expect(circle.crossings(with: moved(100, 200)).isEmpty)
    let touching = moved(1_600, 800)
    let exact = GeodesicCircle(
      centre: touching.centre,
      radiusMetres: Geodesic.distanceMetres(centre, touching.centre) - 800)
    #expect(circle.crossings(with: exact).count == 1)
  }

  @Test(
    "the boundary as points leaves the circle by no more than asked for",
    arguments: [0.01, 0.5, 1, 10])
  func boundary(_ metres: Double) {
    let circle = GeodesicCircle(
      centre: Coordinate(longitude: 114.3, latitude: 30.6), radiusMetres: 800)
    let points = circle.boundary(deviatingAtMost: metres)
    for (index, point) in points.enumerated() {
      let next = points[(index + 1) % points.count]
      let middle = Coordinate(
        longitude: (point.longitude + next.longitude) / 2,
        latitude: (point.latitude + next.latitude) / 2)
      #expect(abs(Geodesic.distanceMetres(circle.centre, point) - 800) < 1e-5)
      let depth = 800 - Geodesic.distanceMetres(circle.centre, middle)
      #expect(depth > 0 && depth < metres * 1.001)
    }
    #expect(circle.contains(circle.centre) && !circle.contains(points[0].shifted(north: 0.001)))
  }
}

extension Coordinate {
  fileprivate func shifted(north degrees: Double) -> Coordinate {
    Coordinate(longitude: longitude, latitude: latitude + degrees)
  }
}
