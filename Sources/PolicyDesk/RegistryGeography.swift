import Reading
package import Spatial

/// What the places of a registry's rows say of each other.
///
/// Everything rests on medians, which a minority of wrong rows does not move: where the rows of a district lie and how far apart
/// comes from the rows themselves, never from numbers kept for each city.
package struct RegistryGeography {
  /// A place that can be in China, with what its row says of it.
  package struct Point {
    package var row: Int
    package var written: Coordinate
    /// Nil where the row names none: it is taken as WGS-84 meanwhile.
    package var datum: Datum?
    package var district: String?
    package var street: String?

    package func read(as datum: Datum) -> Coordinate { datum.toWGS84(written) }
    package var position: Coordinate { read(as: datum ?? .wgs84) }
  }

  /// A row far from where the others of its district are.
  package struct Outlier {
    package var row: Int
    package var distanceMetres: Double
    var typicalMetres: Double
    package var others: Int
    /// Whether it was held against its district, and not against all rows for want of others.
    package var isOfDistrict: Bool
    /// The district among whose rows it lies, the nearest where there are several.
    var nearDistrict: String?
  }

  /// A datum under which places fit where their neighbours are, while under the stated one they do not.
  package struct Suspicion {
    package var rows: [Int]
    package var stated: Datum?
    package var fitting: Datum
    /// From the middle of the neighbours, as stated and as it fits.
    var statedMetres: Double
    var fittingMetres: Double
    /// The neighbours that it was held against.
    package var others: Int
  }

  /// How many other rows a place is held against at least.
  static let leastOthers = 5
  /// How many rows have to agree before a whole group is suspected.
  static let leastGroup = 8
  /// A row is far where its distance from the middle is this many times the usual one.
  private static let farTimes = 8.0
  /// And at least as far as this, within a district or among all rows.
  private static let leastFarMetres = 3_000.0
  private static let leastFarOfAllMetres = 30_000.0
  /// The readings that differ: CGCS2000 counts as WGS-84.
  private static let readings: [Datum] = [.wgs84, .gcj02, .bd09]

  /// Above this many rows of a street one of them no longer moves their middle, and is not left out of it.
  private static let manyOthers = 200

  private let points: [Point]
  /// In WGS-84, as stated.
  private let positions: [Coordinate]
  private let byDistrict: [String: [Int]]
  private let districts: [String]
  private(set) var outliers: [Outlier] = []
  private(set) var suspicions: [Suspicion] = []

  package init(_ points: [Point]) {
    self.points = points
    positions = points.map(\.position)
    var byDistrict: [String: [Int]] = [:]
    var districts: [String] = []
    for (index, point) in points.enumerated() {
      guard let district = point.district else { continue }
      if byDistrict[district] == nil { districts.append(district) }
      byDistrict[district, default: []].append(index)
    }
    self.byDistrict = byDistrict
    self.districts = districts
    outliers = foundOutliers()
    suspicions = foundSuspicions()
  }

  // MARK: Places

  /// Where some points are: their middle, and how far from it they usually lie.
  private struct Spread {
    var middle: Coordinate
    var typicalMetres: Double
    var count: Int

    init?(_ positions: some Collection<Coordinate>) {
      guard !positions.isEmpty else { return nil }
      let middle = Coordinate(
        longitude: median(positions.map(\.longitude)), latitude: median(positions.map(\.latitude)))
      self.middle = middle
      typicalMetres = median(positions.map { Geodesic.distanceMetres($0, middle) })
      count = positions.count
    }
  }

  private func foundOutliers() -> [Outlier] {
    var spreads: [String: Spread] = [:]
    for (district, members) in byDistrict where members.count > Self.leastOthers {
      spreads[district] = Spread(members.map { positions[$0] })
    }
    let all = points.count > Self.leastOthers ? Spread(positions) : nil
    func limit(_ spread: Spread, _ least: Double) -> Double {
      max(least, Self.farTimes * spread.typicalMetres)
    }
    var found: [Outlier] = []
    for (index, point) in points.enumerated() {
      let own = point.district.flatMap { spreads[$0] }
      guard let spread = own ?? all else { continue }
      let distance = Geodesic.distanceMetres(positions[index], spread.middle)
      let least = own == nil ? Self.leastFarOfAllMetres : Self.leastFarMetres
      guard distance > limit(spread, least) else { continue }
      let near = districts.compactMap { district -> (name: String, metres: Double)? in
        guard district != point.district, let other = spreads[district] else { return nil }
        let metres = Geodesic.distanceMetres(positions[index], other.middle)
        guard metres <= max(Self.leastFarMetres, 2 * other.typicalMetres) else { return nil }
        return (district, metres)
      }.min { $0.metres < $1.metres }
      found.append(
        Outlier(
          row: point.row, distanceMetres: distance, typicalMetres: spread.typicalMetres,
          others: spread.count - 1, isOfDistrict: own != nil,
          nearDistrict: near?.name))
    }
    return found
  }

  // MARK: Datums

  private func foundSuspicions() -> [Suspicion] {
    let far = Set(outliers.map(\.row))
    var found: [Suspicion] = []
    var suspected: Set<Int> = []
    for district in districts {
      let members = (byDistrict[district] ?? []).filter { !far.contains(points[$0].row) }
      // The rows of each street that name a datum: others are held against these.
      var streets: [String: [Int]] = [:]
      for index in members where points[index].datum != nil {
        if let street = points[index].street { streets[street, default: []].append(index) }
      }
      for group in groups(members) {
        guard let suspicion = groupSuspicion(group, streets) else { continue }
        found.append(suspicion)
        suspected.formUnion(suspicion.rows)
      }
      var spreads: [String: Spread] = [:]
      for (street, rows) in streets where rows.count > Self.manyOthers {
        spreads[street] = Spread(rows.map { positions[$0] })
      }
      for index in members where !suspected.contains(points[index].row) {
        guard let street = points[index].street, let rows = streets[street] else { continue }
        let spread =
          spreads[street] ?? Spread(rows.lazy.filter { $0 != index }.map { positions[$0] })
        if let spread, let suspicion = rowSuspicion(index, spread) { found.append(suspicion) }
      }
    }
    return found
  }

  /// The points of a district by the datum that they state, in the order of the rows.
  private func groups(_ members: [Int]) -> [[Int]] {
    var keys: [Datum?] = []
    var groups: [[Int]] = []
    for index in members {
      let key = points[index].datum.map { $0 == .cgcs2000 ? .wgs84 : $0 }
      if let known = keys.firstIndex(of: key) {
        groups[known].append(index)
      } else {
        keys.append(key)
        groups.append([index])
      }
    }
    return groups
  }

  /// Whether all points of one stated datum are shifted against those of others in the same streets, by what another datum explains.
  private func groupSuspicion(_ group: [Int], _ streets: [String: [Int]]) -> Suspicion? {
    guard let first = group.first, group.count >= Self.leastGroup else { return nil }
    let own = Set(group)
    var middles: [String: Spread] = [:]
    var others = 0
    for street in Set(group.compactMap { points[$0].street }).sorted() {
      let rest = (streets[street] ?? []).filter { !own.contains($0) }
      guard rest.count >= Self.leastOthers else { continue }
      middles[street] = Spread(rest.map { positions[$0] })
      others += rest.count
    }
    let held = group.filter { points[$0].street.flatMap { middles[$0] } != nil }
    // Where two groups disagree, the smaller one is asked.
    guard held.count >= Self.leastGroup, held.count <= others else { return nil }
    func shift(_ datum: Datum?) -> (metres: Double, error: Double) {
      let residuals = held.compactMap { index -> Plane? in
        guard let middle = points[index].street.flatMap({ middles[$0] })?.middle else { return nil }
        return Plane(points[index].read(as: datum ?? .wgs84), from: middle)
      }
      let centre = Plane(east: median(residuals.map(\.east)), north: median(residuals.map(\.north)))
      func error(_ deviations: [Double]) -> Double {
        // Of a median, from the median deviation.
        1.2533 * 1.4826 * median(deviations) / Double(held.count).squareRoot()
      }
      let east = error(residuals.map { abs($0.east - centre.east) })
      let north = error(residuals.map { abs($0.north - centre.north) })
      return (centre.length, (east * east + north * north).squareRoot())
    }
    let stated = points[first].datum
    let asStated = shift(stated)
    guard asStated.metres > max(150, 5 * asStated.error) else { return nil }
    let best = alternatives(to: stated).map { ($0, shift($0)) }.min { $0.1.metres < $1.1.metres }
    guard let (fitting, fit) = best, fit.metres < 3 * max(fit.error, 10),
      fit.metres < 0.4 * asStated.metres
    else { return nil }
    return Suspicion(
      rows: group.map { points[$0].row }, stated: stated, fitting: fitting,
      statedMetres: asStated.metres, fittingMetres: fit.metres, others: others)
  }

  /// Whether one point lies outside its street, and inside when read in another datum.
  private func rowSuspicion(_ index: Int, _ spread: Spread) -> Suspicion? {
    let point = points[index]
    guard spread.count >= Self.leastOthers else { return nil }
    let usual = max(30, 1.4826 * spread.typicalMetres)
    let asStated = Geodesic.distanceMetres(positions[index], spread.middle)
    guard asStated > 4 * usual else { return nil }
    let best = alternatives(to: point.datum).map {
      ($0, Geodesic.distanceMetres(point.read(as: $0), spread.middle))
    }.min { $0.1 < $1.1 }
    guard let (fitting, fit) = best, fit < 2 * usual, asStated - fit > 200 else { return nil }
    return Suspicion(
      rows: [point.row], stated: point.datum, fitting: fitting, statedMetres: asStated,
      fittingMetres: fit, others: spread.count)
  }

  private func alternatives(to stated: Datum?) -> [Datum] {
    let own: Datum = stated == .cgcs2000 ? .wgs84 : stated ?? .wgs84
    return Self.readings.filter { $0 != own }
  }
}

/// A step on the ground, as flat as a city is.
private struct Plane {
  var east: Double
  var north: Double

  init(east: Double, north: Double) {
    self.east = east
    self.north = north
  }

  init(_ position: Coordinate, from middle: Coordinate) {
    let corner = Coordinate(longitude: position.longitude, latitude: middle.latitude)
    let east = Geodesic.distanceMetres(middle, corner)
    let north = Geodesic.distanceMetres(corner, position)
    self.init(
      east: position.longitude < middle.longitude ? -east : east,
      north: position.latitude < middle.latitude ? -north : north)
  }

  var length: Double { (east * east + north * north).squareRoot() }
}

/// The middle value; of an even number the mean of the two.
private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
