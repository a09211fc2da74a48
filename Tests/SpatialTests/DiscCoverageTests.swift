import Testing

@testable import Spatial

@Suite struct DiscCoverageTests {
  private static func square(_ half: Double) -> [DiscCoverage.Corner] {
    [(-half, -half), (half, -half), (half, half), (-half, half)].map {
      DiscCoverage.Corner(PlanePoint(x: $0.0, y: $0.1))
    }
  }

  private static func one(_ group: Int) -> CoverageCounts {
    var counts = CoverageCounts()
    counts[group] = 1
    return counts
  }

  /// Random discs, some of them at the same places or touching.
  private static func discs(
    _ count: Int, _ half: Double, _ generator: inout SeededGenerator
  ) -> [DiscCoverage.Disc] {
    var discs: [DiscCoverage.Disc] = []
    for number in 0..<count {
      var centre = PlanePoint(
        x: .random(in: -half...half, using: &generator),
        y: .random(in: -half...half, using: &generator))
      if number % 7 == 3, let other = discs.last?.circle { centre = other.centre }
      if number % 7 == 5, let other = discs.last?.circle {
        centre = PlanePoint(x: other.centre.x + 2 * other.radius, y: other.centre.y)
      }
      let group = number % 3 == 0 ? 1 : 0
      discs.append(
        .init(PlaneCircle(centre: centre, radius: group == 0 ? 800 : 790), adds: one(group)))
    }
    return discs
  }

  private static func contains(_ point: PlanePoint, _ ring: [PlanePoint]) -> Bool {
    var isInside = false
    var last = ring[ring.count - 1]
    for next in ring {
      if (next.y > point.y) != (last.y > point.y),
        point.x < (last.x - next.x) * (point.y - next.y) / (last.y - next.y) + next.x
      {
        isInside.toggle()
      }
      last = next
    }
    return isInside
  }

  @Test(
    "regions hold the points that are covered so, and no others, up to a metre from their edges",
    arguments: [(0, 0), (1, 0), (12, 0), (60, 0), (60, 1), (60, 2), (250, 0), (250, 2), (250, 4)])
  func pointByPoint(_ count: Int, _ allowed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(100 * count + allowed))
    let half = 6_000.0
    let discs = Self.discs(count, half, &generator)
    // A hole in the area, and an island in the hole.
    let area = [Self.square(5_500), Self.square(900), Self.square(400)]
    func value(_ counts: CoverageCounts) -> Int {
      if Int(counts[0]) + Int(counts[1]) <= allowed { return 1 }
      return Int(counts[1]) <= allowed ? 2 : 0
    }
    let regions = try #require(DiscCoverage.regions(of: discs, in: area, value: value))
    let rings = regions.mapValues { $0.map { $0.points(deviatingAtMost: 0.25) } }
    var seen = 0
    for _ in 0..<4_000 {
      let point = PlanePoint(
        x: .random(in: -half...half, using: &generator),
        y: .random(in: -half...half, using: &generator))
      let distances = discs.map { $0.circle.centre.distance(to: point) - $0.circle.radius }
      let sides = [5_500.0, 900, 400].map { max(abs(point.x), abs(point.y)) - $0 }
      if (distances + sides).contains(where: { abs($0) < 1 }) { continue }
      var counts = CoverageCounts()
      for (disc, distance) in zip(discs, distances) where distance < 0 { counts &+= disc.adds }
      let isInArea = sides.count { $0 < 0 } % 2 == 1
      let expected = isInArea ? value(counts) : 0
      for label in [1, 2] {
        let inside = (rings[label] ?? []).count { Self.contains(point, $0) }
        guard inside % 2 == (label == expected ? 1 : 0) else {
          Issue.record("\(point): \(inside) rings of \(label), expected \(expected)")
          return
        }
      }
      seen += 1
    }
    #expect(seen > 3_000)
    // Every outline is closed and turns the right way.
    for outline in regions.values.joined() { #expect(outline.signedArea != 0) }
  }

  @Test("discs at one place are circles inside each other, a lattice that meets in points is cut")
  func degenerate() throws {
    let area = [Self.square(3_000)]
    let same = [DiscCoverage.Disc](
      repeating: .init(
        PlaneCircle(centre: PlanePoint(x: 0, y: 0), radius: 800), adds: Self.one(0)), count: 5)
    for allowed in 0..<5 {
      let regions = try #require(
        DiscCoverage.regions(of: same, in: area) { Int($0[0]) <= allowed ? 1 : 0 })
      #expect(regions[1]?.count == 2)
    }
    #expect(
      try #require(DiscCoverage.regions(of: same, in: area) { Int($0[0]) <= 5 ? 1 : 0 })[1]?.count
        == 1)
    // Circles through common points, and through the corners and along the sides of the area.
    var lattice: [DiscCoverage.Disc] = []
    for x in -4...4 {
      for y in -4...4 {
        lattice.append(
          .init(
            PlaneCircle(
              centre: PlanePoint(x: Double(x) * 1_000, y: Double(y) * 1_000), radius: 1_000),
            adds: Self.one(0)))
      }
    }
    for allowed in 0..<6 {
      #expect(
        DiscCoverage.regions(of: lattice, in: area) { Int($0[0]) <= allowed ? 1 : 0 } != nil)
    }
    // Nothing is free inside one disc.
    let large = [
      DiscCoverage.Disc(
        PlaneCircle(centre: PlanePoint(x: 0, y: 0), radius: 9_000), adds: Self.one(0))
    ]
    #expect(
      try #require(DiscCoverage.regions(of: large, in: area) { $0[0] == 0 ? 1 : 0 }).isEmpty)
  }

  @Test("a geodesic circle is a circle of the plane to a tenth of a millimetre, 60 km away too")
  func plane() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let middle = Coordinate(
        longitude: .random(in: 80...130, using: &generator),
        latitude: .random(in: 20...50, using: &generator))
      let plane = ConformalPlane(around: middle)
      let centre = Geodesic.destination(
        from: middle, bearingDegrees: .random(in: 0..<360, using: &generator),
        metres: .random(in: 0...60_000, using: &generator))
      let circle = GeodesicCircle(centre: centre, radiusMetres: 800)
      let image = plane.circle(circle)
      for bearing in stride(from: 0.0, to: 360, by: 17) {
        let at = plane.point(circle.point(atBearing: bearing))
        #expect(abs(image.centre.distance(to: at) - image.radius) < 1e-4)
      }
      let back = plane.coordinate(plane.point(centre))
      #expect(Geodesic.distanceMetres(back, centre) < 1e-6)
      let ring = circle.boundary(deviatingAtMost: 0.001)
      let area = -plane.area(ring)
      #expect(abs(area / (Double.pi * 640_000) - 1) < 1e-5)
    }
  }
}
