import Spatial
import Testing

@Suite struct PointIndexTests {
  /// Positions of several kinds, with gaps: a city, all China, the whole Earth, both sides of the date line, the north pole.
  static let boxes: [(longitudes: ClosedRange<Double>, latitudes: ClosedRange<Double>)] = [
    (114.2...114.4, 30.5...30.7), (73...136, 3...54), (-180...180, -90...90),
    (179.95...180, -0.05...0.05), (-180...180, 89.9...90),
  ]

  static func positions(in box: Int, count: Int, seed: UInt64) -> [Coordinate?] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { i in
      let longitude = Double.random(in: boxes[box].longitudes, using: &generator)
      let latitude = Double.random(in: boxes[box].latitudes, using: &generator)
      if i % 10 == 3 { return nil }
      let isAcrossTheDateLine = box == 3 && i % 2 == 0
      return Coordinate(longitude: isAcrossTheDateLine ? -longitude : longitude, latitude: latitude)
    }
  }

  static func bruteForce(
    _ positions: [Coordinate?], within radius: Double, of centre: Coordinate
  ) -> [PointIndex.Neighbour] {
    positions.enumerated().compactMap { index, position in
      guard let position else { return nil }
      let distance = Geodesic.distanceMetres(centre, position)
      return distance <= radius
        ? PointIndex.Neighbour(index: index, distanceMetres: distance) : nil
    }.sorted { ($0.distanceMetres, $0.index) < ($1.distanceMetres, $1.index) }
  }

  @Test("the index finds what a search through all points finds", arguments: boxes.indices)
  func againstBruteForce(_ box: Int) {
    let positions = Self.positions(in: box, count: 300, seed: UInt64(box))
    let centres = Self.positions(in: box, count: 12, seed: 99).compactMap { $0 }
    for cellMetres in [800.0, 30_000] {
      let index = PointIndex(positions, radiusMetres: cellMetres)
      #expect(index.count == 270)
      for centre in centres {
        for radius in [0, 100, 800, 1000, 5000, 20_000, 2e5, 3e6, 1.5e7, 2.1e7, .infinity] {
          let expected = Self.bruteForce(positions, within: radius, of: centre)
          #expect(index.within(radius, of: centre) == expected)
          let kind: (Int) -> Bool = { $0 % 7 == 2 }
          #expect(
            index.nearest(to: centre, within: radius, where: kind)
              == expected.first { kind($0.index) })
        }
      }
    }
  }

  @Test("an index that grows finds what has been added so far", arguments: boxes.indices)
  func growing(_ box: Int) {
    let positions = Self.positions(in: box, count: 300, seed: UInt64(box) + 40)
    let centres = Self.positions(in: box, count: 6, seed: 98).compactMap { $0 }
    var index = GrowingPointIndex(covering: positions)
    var added = [Coordinate?](repeating: nil, count: positions.count)
    for (number, position) in positions.enumerated() {
      if let position {
        index.add(number, at: position)
        added[number] = position
      }
      if number % 60 != 0 { continue }
      for centre in centres {
        for radius in [0, 800, 5000, 2e5, 3e6, .infinity] {
          let expected = Self.bruteForce(added, within: radius, of: centre)
          #expect(index.within(radius, of: centre) == expected)
          let some = index.within(radius, of: centre, limit: 5)
          #expect(some.count == min(5, expected.count))
          #expect(some.allSatisfy(expected.contains))
        }
      }
    }
  }

  @Test("a point exactly at the radius is inside, and a hair farther it is not")
  func exactlyAtRadius() {
    let positions = Self.positions(in: 0, count: 200, seed: 5)
    let index = PointIndex(positions)
    let centre = Coordinate(longitude: 114.3055, latitude: 30.5928)
    for (place, position) in positions.enumerated() {
      guard let position else { continue }
      let distance = Geodesic.distanceMetres(centre, position)
      #expect(index.within(distance, of: centre).last?.index == place)
      #expect(index.within(distance, of: centre).last?.distanceMetres == distance)
      #expect(!index.within(distance.nextDown, of: centre).contains { $0.index == place })
      #expect(
        index.nearest(to: centre, within: distance) { $0 == place }?.distanceMetres == distance)
      #expect(index.nearest(to: centre, within: distance.nextDown) { $0 == place } == nil)
    }
  }

  @Test("many points at one place are all found, in the order of their indices")
  func onePlace() {
    let place = Coordinate(longitude: 114.3055, latitude: 30.5928)
    let index = PointIndex([Coordinate?](repeating: place, count: 5000))
    let found = index.within(0, of: place)
    #expect(found.map(\.index) == Array(0..<5000))
    #expect(found.allSatisfy { $0.distanceMetres == 0 })
    #expect(index.nearest(to: place) { $0 > 41 }?.index == 42)
  }

  @Test("a few points far apart make few cells, and the far one is found")
  func farApart() {
    let index = PointIndex(
      [Coordinate(longitude: -179, latitude: -89), Coordinate(longitude: 179, latitude: 89)],
      radiusMetres: 1)
    let centre = Coordinate(longitude: 114, latitude: 30)
    #expect(index.nearest(to: centre) { $0 == 0 }?.index == 0)
    #expect(index.nearest(to: centre) { _ in true }?.index == 1)
    #expect(index.nearest(to: centre) { _ in false } == nil)
  }

  @Test(
    "an empty index has no neighbours for anybody",
    arguments: [[], [nil, nil], [Coordinate(longitude: .nan, latitude: 0)]])
  func empty(_ positions: [Coordinate?]) {
    let index = PointIndex(positions)
    let centre = Coordinate(longitude: 114, latitude: 30)
    #expect(index.count == 0)
    #expect(index.within(.infinity, of: centre).isEmpty)
    #expect(index.nearest(to: centre) { _ in true } == nil)
  }

  @Test("no coordinate, radius or width of cells traps, and those not on Earth are not found")
  func hostile() {
    let onEarth = HostileCoordinate.all.filter(\.isOnEarth).count
    for width in [800, .nan, 0, -5, .infinity, 1e300] {
      let index = PointIndex(HostileCoordinate.all, radiusMetres: width)
      #expect(index.count == onEarth)
      for centre in [(114, 30), (180, 0), (0, 90), (.nan, 0), (0, .infinity), (500, 0)] {
        let centre = Coordinate(longitude: centre.0, latitude: centre.1)
        for radius in [0, 800, -1, .nan, 1e300] {
          let found = index.within(radius, of: centre)
          #expect(found.count == (radius > 1e6 && centre.isOnEarth ? onEarth : found.count))
          #expect(radius >= 0 && centre.isOnEarth || found.isEmpty)
          #expect(index.nearest(to: centre, within: radius) { _ in true } == found.first)
        }
      }
    }
  }
}
