import Cases
package import Diagnostics
import Reading
package import Spatial

/// Where gaps are looked for: areas of a GeoJSON file (RFC 7946), or the hull of the registry's places.
package struct AreaBoundary {
  /// One feature: its polygons count as one area.
  package struct Area {
    /// Its property `district`, else `name`.
    package var name: String?
    /// By polygon, the outer ring first; no first point repeated.
    package var polygons: [[[Coordinate]]]
  }

  package var areas: [Area]

  // MARK: The hull

  /// The smallest convex area around places; nil where they have none.
  package init?(hullOf places: [Coordinate]) {
    let sorted = Set(places).sorted {
      ($0.longitude, $0.latitude) < ($1.longitude, $1.latitude)
    }
    func cross(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate) -> Double {
      (b.longitude - a.longitude) * (c.latitude - a.latitude)
        - (b.latitude - a.latitude) * (c.longitude - a.longitude)
    }
    func half(_ points: some Sequence<Coordinate>) -> [Coordinate] {
      var chain: [Coordinate] = []
      for point in points {
        while chain.count >= 2, cross(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 {
          chain.removeLast()
        }
        chain.append(point)
      }
      return Array(chain.dropLast())
    }
    let ring = half(sorted) + half(sorted.reversed())
    guard ring.count >= 3 else { return nil }
    areas = [Area(name: nil, polygons: [[ring]])]
  }

  // MARK: A file

  /// - Throws: what is no polygon of WGS-84, with its place.
  package init(reading file: SourceFile) throws(Faults) {
    let node = try Document.read(file, format: .geoJSON)
    var reader = Reader(file: file)
    reader.read(node)
    try reader.faults.check()
    areas = reader.areas
    if areas.isEmpty {
      throw Faults(
        Fault(
          file, node.range, zh: "应有至少一个面（`Polygon` 或 `MultiPolygon`）",
          en: "expected at least one `Polygon` or `MultiPolygon`"))
    }
  }

  private struct Reader {
    let file: SourceFile
    var areas: [Area] = []
    var faults = FaultCollector()

    mutating func fault(_ node: Node, zh: String, en: String) {
      faults.add(Fault(file, node.range, zh: zh, en: en))
    }

    mutating func read(_ node: Node) {
      if let system = node["crs"], !system.isNull {
        let name = system["properties"]?["name"]?.scalar?.text
        if name.map(Features.systems.contains) != true {
          return fault(
            system, zh: "应为 WGS-84 坐标（GeoJSON 的规定），实际声明了其他坐标参考系，请先转换",
            en:
              "expected WGS-84, as GeoJSON has it, found another coordinate reference system; convert it first"
          )
        }
      }
      switch node["type"]?.scalar?.text {
      case "FeatureCollection":
        guard let features = node["features"]?.items else {
          return fault(node, zh: "应有 `features` 列表", en: "expected a list of `features`")
        }
        for feature in features where !faults.isFull { readFeature(feature) }
      case "Feature": readFeature(node)
      default: add(geometry: node, name: nil)
      }
    }

    private mutating func readFeature(_ node: Node) {
      guard node["type"]?.scalar?.text == "Feature" else {
        return fault(
          node["type"] ?? node, zh: "应为 GeoJSON 的 `Feature`", en: "expected a GeoJSON `Feature`")
      }
      guard let geometry = node["geometry"], !geometry.isNull else { return }
      let properties = node["properties"]
      let name = ["district", "name", "名称", "区县"].lazy.compactMap { key in
        properties?[key]?.scalar.flatMap { $0.kind == .null ? nil : $0.text }
      }.first
      add(geometry: geometry, name: name)
    }

    private mutating func add(geometry node: Node, name: String?) {
      let polygons: [[[Coordinate]]]?
      switch node["type"]?.scalar?.text {
      case "Polygon": polygons = polygon(node["coordinates"], node).map { [$0] }
      case "MultiPolygon":
        guard let items = node["coordinates"]?.items else {
          return fault(node, zh: "应有坐标列表 `coordinates`", en: "expected a list of `coordinates`")
        }
        var found: [[[Coordinate]]] = []
        for item in items where !faults.isFull {
          if let polygon = polygon(item, node) { found.append(polygon) }
        }
        polygons = found
      default:
        return fault(
          node["type"] ?? node, zh: "应为面（`Polygon` 或 `MultiPolygon`）",
          en: "expected a `Polygon` or `MultiPolygon`")
      }
      if let polygons, !polygons.isEmpty { areas.append(Area(name: name, polygons: polygons)) }
    }

    private mutating func polygon(_ node: Node?, _ geometry: Node) -> [[Coordinate]]? {
      guard let rings = node?.items, !rings.isEmpty else {
        fault(node ?? geometry, zh: "应有至少一个环", en: "expected at least one ring")
        return nil
      }
      var found: [[Coordinate]] = []
      for ring in rings {
        guard let points = self.ring(ring) else { return nil }
        found.append(points)
      }
      return found
    }

    private mutating func ring(_ node: Node) -> [Coordinate]? {
      guard let items = node.items, items.count >= 4 else {
        fault(
          node, zh: "环应有至少四个点，首尾相同",
          en: "expected a ring of at least four points, the last being the first")
        return nil
      }
      var points: [Coordinate] = []
      for item in items {
        guard let numbers = item.items, (2...3).contains(numbers.count),
          let longitude = number(numbers[0]), let latitude = number(numbers[1])
        else {
          fault(item, zh: "应为 `[经度, 纬度]`", en: "expected `[longitude, latitude]`")
          return nil
        }
        let point = Coordinate(longitude: longitude, latitude: latitude)
        if let problem = point.problem {
          let isSwapped = problem == .swapped
          fault(
            item, zh: isSwapped ? "应为经度在前的 WGS-84 坐标，实际似为纬度在前" : "应为中国境内的 WGS-84 坐标",
            en: isSwapped
              ? "expected the longitude first, found what looks like the latitude"
              : "expected a place in China in WGS-84")
          return nil
        }
        if points.last != point { points.append(point) }
      }
      guard points.count > 3, points.first == points.last else {
        fault(
          node, zh: "环应闭合：最后一点与第一点相同", en: "expected a closed ring, the last point being the first")
        return nil
      }
      points.removeLast()
      if Self.crossesItself(points) {
        fault(node, zh: "环与自身相交", en: "expected a ring that does not cross itself")
        return nil
      }
      return points
    }

    private func number(_ node: Node) -> Double? {
      guard let scalar = node.scalar, scalar.kind == .number else { return nil }
      return Double(scalar.text)
    }

    /// Sides are compared with those that begin before they end, from west to east.
    private static func crossesItself(_ ring: [Coordinate]) -> Bool {
      struct Side {
        var a: Coordinate
        var b: Coordinate
        var number: Int
        var west: Double { min(a.longitude, b.longitude) }
        var east: Double { max(a.longitude, b.longitude) }
      }
      func turn(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate) -> Double {
        (b.longitude - a.longitude) * (c.latitude - a.latitude)
          - (b.latitude - a.latitude) * (c.longitude - a.longitude)
      }
      let sides = ring.indices.map {
        Side(a: ring[$0], b: ring[($0 + 1) % ring.count], number: $0)
      }.sorted { ($0.west, $0.number) < ($1.west, $1.number) }
      for (index, side) in sides.enumerated() {
        for other in sides[(index + 1)...] {
          if other.west > side.east { break }
          let apart = abs(side.number - other.number)
          if apart == 1 || apart == ring.count - 1 { continue }
          let (p, q) = (turn(side.a, side.b, other.a), turn(side.a, side.b, other.b))
          let (r, s) = (turn(other.a, other.b, side.a), turn(other.a, other.b, side.b))
          if p * q < 0, r * s < 0 { return true }
        }
      }
      return false
    }
  }
}

extension AreaBoundary {
  /// The middle of the box around all areas.
  package var middle: Coordinate {
    let points = areas.flatMap(\.polygons).joined().joined()
    let (west, east) = (
      points.map(\.longitude).min() ?? 0, points.map(\.longitude).max() ?? 0
    )
    let (south, north) = (points.map(\.latitude).min() ?? 0, points.map(\.latitude).max() ?? 0)
    return Coordinate(longitude: (west + east) / 2, latitude: (south + north) / 2)
  }
}

extension AreaBoundary.Area {
  /// A side of the map is straight in longitude and latitude, and bends in the plane: no more than a centimetre on this length.
  private static let straightMetres = 500.0

  /// Its rings as corners of the plane.
  package func corners(in plane: ConformalPlane) -> [[DiscCoverage.Corner]] {
    polygons.joined().map { ring in
      ring.indices.flatMap { index -> [DiscCoverage.Corner] in
        let (a, b) = (ring[index], ring[(index + 1) % ring.count])
        let length = plane.point(a).distance(to: plane.point(b))
        let count = max(1, Int((length / Self.straightMetres).rounded(.up)))
        return (0..<count).map { step in
          let part = Double(step) / Double(count)
          let at = Coordinate(
            longitude: a.longitude + part * (b.longitude - a.longitude),
            latitude: a.latitude + part * (b.latitude - a.latitude))
          return DiscCoverage.Corner(plane.point(at), isBetween: step > 0)
        }
      }
    }
  }

  /// Outer rings less holes, whichever way they run.
  package func areaSquareMetres(in plane: ConformalPlane) -> Double {
    polygons.reduce(0) { sum, rings in
      let areas = rings.map { abs(plane.area($0)) }
      return sum + (areas.first ?? 0) - areas.dropFirst().reduce(0, +)
    }
  }
}
