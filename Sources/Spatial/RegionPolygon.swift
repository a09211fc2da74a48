/// A region of the map as a polygon with holes, written with six decimals of a degree (a tenth of a metre).
package struct RegionPolygon: Sendable {
  /// Without repeating the first point; anticlockwise.
  package var outer: [Coordinate]
  /// Clockwise.
  package var holes: [[Coordinate]]
  /// On the ellipsoid, the holes taken off.
  package var areaSquareMetres: Double

  package var rings: [[Coordinate]] { [outer] + holes }
}

extension RegionPolygon {
  /// Regions of less are too small for a house: they come of circles that all but touch.
  package static let leastSquareMetres = 1.0

  private struct Ring {
    var points: [Coordinate]
    /// By point: the number of the side of its outline that goes on from it.
    var sides: [Int]
    /// Of the same points in the plane.
    var places: [PlanePoint]
    var area: Double
    var leftmost: Int
    /// By side of its outline that has closer straight ones than others: how far these may leave it.
    var closer: [Int: Double] = [:]
  }

  /// Outlines as polygons, in the order of their outlines.
  ///
  /// Where straight sides for the arcs of a narrow place cross each other, these arcs get closer ones: the arcs do not cross. What
  /// still crosses then does so for having been rounded, within centimetres, and loses the points there.
  ///
  /// - Parameter metres: how far a side may leave the arc that it stands for.
  /// - Returns: also how many were left out for being smaller than ``leastSquareMetres``.
  package static func polygons(
    of outlines: [RegionOutline], in plane: ConformalPlane, deviatingAtMost metres: Double
  ) -> (polygons: [RegionPolygon], tooSmall: Int) {
    func ring(_ points: [(point: Coordinate, side: Int)], isOuter: Bool) -> Ring? {
      let sides = points.map(\.side)
      let points = points.map(\.point)
      let area = points.count < 3 ? 0 : plane.area(points)
      // What is rounded away, or turned round, is no region any more.
      guard abs(area) >= leastSquareMetres, (area > 0) == isOuter else { return nil }
      let places = points.map(plane.point)
      let leftmost = places.indices.min { places[$0].x < places[$1].x } ?? 0
      return Ring(points: points, sides: sides, places: places, area: area, leftmost: leftmost)
    }
    func ring(_ outline: RegionOutline, _ closer: [Int: Double] = [:]) -> Ring? {
      let points = outline.points { closer[$0] ?? metres }
      var ring = ring(
        rounded(points.map { (plane.coordinate($0.point), $0.side) }),
        isOuter: outline.signedArea > 0)
      ring?.closer = closer
      return ring
    }
    var tooSmall = 0
    var rings: [Ring] = []
    var sources: [Int] = []
    for (number, outline) in outlines.enumerated() {
      if let ring = ring(outline) {
        rings.append(ring)
        sources.append(number)
      } else if outline.signedArea > 0 {
        tooSmall += 1
      }
    }
    var holes: [Int: [Int]] = [:]
    for (ring, owner) in owners(rings).enumerated() {
      if let owner, rings[ring].area < 0 { holes[owner, default: []].append(ring) }
    }
    var polygons: [RegionPolygon] = []
    for number in rings.indices where rings[number].area > 0 {
      let members = [number] + (holes[number] ?? [])
      for attempt in 1...2 * closerTries {
        let crossing = crossing(members.map { rings[$0].places })
        if crossing.isEmpty { break }
        for (member, edges) in crossing.map({ (members[$0.ring], $0.edges) }) {
          let crossed = rings[member]
          let closer: Ring?
          if attempt <= closerTries {
            var metresOfSides = crossed.closer
            for side in Set(edges.map { crossed.sides[$0] }) {
              metresOfSides[side] = (metresOfSides[side] ?? metres) / 4
            }
            closer = ring(outlines[sources[member]], metresOfSides)
          } else {
            closer = ring(
              crossed.points.indices.filter { !edges.contains($0) }.map {
                (crossed.points[$0], crossed.sides[$0])
              }, isOuter: crossed.area > 0)
          }
          if let closer { rings[member] = closer }
        }
      }
      let area = members.reduce(0) { $0 + rings[$1].area }
      if area < leastSquareMetres {
        tooSmall += 1
        continue
      }
      polygons.append(
        RegionPolygon(
          outer: rings[number].points, holes: members.dropFirst().map { rings[$0].points },
          areaSquareMetres: area))
    }
    return (polygons, tooSmall)
  }

  /// How often closer sides are tried.
  private static let closerTries = 6

  /// The rings of which sides cross others, by their numbers, and the sides, each by that of its start; going from west to east.
  private static func crossing(_ rings: [[PlanePoint]]) -> [(ring: Int, edges: Set<Int>)] {
    struct Side {
      var a: PlanePoint
      var b: PlanePoint
      var ring: Int
      var edge: Int
      var west: Double { min(a.x, b.x) }
      var east: Double { max(a.x, b.x) }
      var south: Double { min(a.y, b.y) }
      var north: Double { max(a.y, b.y) }
    }
    func turn(_ a: PlanePoint, _ b: PlanePoint, _ c: PlanePoint) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    var sides: [Side] = []
    for (number, ring) in rings.enumerated() {
      for index in ring.indices {
        sides.append(
          Side(a: ring[index], b: ring[(index + 1) % ring.count], ring: number, edge: index))
      }
    }
    sides.sort { $0.west < $1.west }
    var open: [Side] = []
    var found: [Int: Set<Int>] = [:]
    for side in sides {
      open.removeAll { $0.east < side.west }
      for other in open where other.south <= side.north && other.north >= side.south {
        if turn(side.a, side.b, other.a) * turn(side.a, side.b, other.b) < 0,
          turn(other.a, other.b, side.a) * turn(other.a, other.b, side.b) < 0,
          side.a != other.a, side.a != other.b, side.b != other.a, side.b != other.b
        {
          found[side.ring, default: []].insert(side.edge)
          found[other.ring, default: []].insert(other.edge)
        }
      }
      open.append(side)
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// To six decimals, points that have become the same as the one before them left out.
  private static func rounded(
    _ points: [(point: Coordinate, side: Int)]
  ) -> [(point: Coordinate, side: Int)] {
    var result: [(point: Coordinate, side: Int)] = []
    for (point, side) in points {
      let at = point.rounded
      // Of points that are one now the last has the side that goes on.
      if result.last?.point == at { result.removeLast() }
      result.append((at, side))
    }
    while result.count > 1, result.first?.point == result.last?.point { result.removeLast() }
    return result
  }

  /// The outer ring that each ring belongs to: its own if it is one, else that of the nearest ring to the left of its leftmost point,
  /// which bounds the same region.
  private static func owners(_ rings: [Ring]) -> [Int?] {
    let bottom = rings.lazy.flatMap(\.places).map(\.y).min() ?? 0
    let top = rings.lazy.flatMap(\.places).map(\.y).max() ?? 0
    let rows = max(1, min(4_000, rings.reduce(0) { $0 + $1.places.count } / 16))
    let height = max((top - bottom) / Double(rows), 1e-6)
    func row(_ y: Double) -> Int { max(0, min(rows - 1, Int((y - bottom) / height))) }
    var edges = [[(ring: Int32, edge: Int32)]](repeating: [], count: rows)
    for (number, ring) in rings.enumerated() {
      for edge in ring.places.indices {
        let (a, b) = (ring.places[edge], ring.places[(edge + 1) % ring.places.count])
        for row in row(min(a.y, b.y))...row(max(a.y, b.y)) {
          edges[row].append((Int32(number), Int32(edge)))
        }
      }
    }
    var owners = [Int?](repeating: nil, count: rings.count)
    let order = rings.indices.sorted {
      let (a, b) = (rings[$0].places[rings[$0].leftmost].x, rings[$1].places[rings[$1].leftmost].x)
      return (a, $0) < (b, $1)
    }
    for number in order {
      if rings[number].area > 0 {
        owners[number] = number
        continue
      }
      let point = rings[number].places[rings[number].leftmost]
      var nearest: (x: Double, ring: Int)?
      for (other, edge) in edges[row(point.y)] where Int(other) != number {
        let places = rings[Int(other)].places
        let (a, b) = (places[Int(edge)], places[(Int(edge) + 1) % places.count])
        guard (a.y > point.y) != (b.y > point.y) else { continue }
        let x = (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        if x <= point.x, x > nearest?.x ?? -.infinity { nearest = (x, Int(other)) }
      }
      owners[number] = nearest.flatMap { owners[$0.ring] }
    }
    return owners
  }
}

extension RegionPolygon {
  /// The point that is farthest from all sides, to about a hundredth of that distance or half a metre, and how far it is.
  ///
  /// Squares are halved where they may still hold a better point, the most promising first (Mapbox's polylabel).
  ///
  /// - Parameter mostProbes: after so many points the best so far is taken, a corner where none of them is inside.
  package func pole(
    in plane: ConformalPlane, mostProbes: Int = 3_000
  ) -> (at: Coordinate, metres: Double) {
    var edges: [(a: PlanePoint, b: PlanePoint)] = []
    for ring in rings {
      let places = ring.map(plane.point)
      for index in places.indices {
        edges.append((places[index], places[(index + 1) % places.count]))
      }
    }
    let (left, right) = (edges.map(\.a.x).min() ?? 0, edges.map(\.a.x).max() ?? 0)
    let (bottom, top) = (edges.map(\.a.y).min() ?? 0, edges.map(\.a.y).max() ?? 0)
    let scale = plane.scale(at: outer[0])
    struct Square {
      var centre: PlanePoint
      var half: Double
      var depth: Double
      var most: Double { depth + half * 1.414_213_6 }
    }
    func square(_ centre: PlanePoint, _ half: Double) -> Square {
      Square(centre: centre, half: half, depth: Self.depth(of: centre, edges))
    }
    let side = max(min(right - left, top - bottom), max(right - left, top - bottom) / 64, 1e-3)
    var open: [Square] = []
    var y = bottom
    repeat {
      var x = left
      repeat {
        open.append(square(PlanePoint(x: x + side / 2, y: y + side / 2), side / 2))
        x += side
      } while x < right
      y += side
    } while y < top
    var best = open.max { $0.depth < $1.depth } ?? square(edges[0].a, 0)
    var probes = 0
    while probes < mostProbes, let index = open.indices.max(by: { open[$0].most < open[$1].most }) {
      let next = open[index]
      open.swapAt(index, open.count - 1)
      open.removeLast()
      if next.most <= best.depth + max(0.5, best.depth / 100) { break }
      let half = next.half / 2
      for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
        let part = square(PlanePoint(x: next.centre.x + dx, y: next.centre.y + dy), half)
        probes += 1
        if part.depth > best.depth { best = part }
        if part.most > best.depth { open.append(part) }
      }
    }
    if best.depth <= 0 { return (outer[0], 0) }
    let at = plane.coordinate(best.centre).rounded
    return (at, max(0, Self.depth(of: plane.point(at), edges)) / scale)
  }

  /// How far inside a point is; below 0 outside.
  private static func depth(
    of point: PlanePoint, _ edges: [(a: PlanePoint, b: PlanePoint)]
  ) -> Double {
    var isInside = false
    var nearest = Double.infinity
    for (a, b) in edges {
      if (a.y > point.y) != (b.y > point.y),
        point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
      {
        isInside.toggle()
      }
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let (px, py) = (point.x - a.x, point.y - a.y)
      let length = dx * dx + dy * dy
      let along = length > 0 ? max(0, min(1, (px * dx + py * dy) / length)) : 0
      let (ex, ey) = (px - along * dx, py - along * dy)
      nearest = min(nearest, ex * ex + ey * ey)
    }
    return isInside ? nearest.squareRoot() : -nearest.squareRoot()
  }
}

extension Coordinate {
  /// To six decimals of a degree, a tenth of a metre.
  package var rounded: Coordinate {
    Coordinate(
      longitude: (longitude * 1e6).rounded() / 1e6, latitude: (latitude * 1e6).rounded() / 1e6)
  }
}
