import Glibc

/// All points at one distance from a centre, measured along the ellipsoid, and what lies inside.
///
/// Made for radii up to some 10 km; coordinates are WGS-84.
package struct GeodesicCircle: Sendable, Hashable {
  package var centre: Coordinate
  package var radiusMetres: Double

  package init(centre: Coordinate, radiusMetres: Double) {
    self.centre = centre
    self.radiusMetres = radiusMetres
  }

  /// Whether a point is inside; exactly at the radius is.
  package func contains(_ point: Coordinate) -> Bool {
    Geodesic.distanceMetres(centre, point) <= radiusMetres
  }

  /// The boundary in some direction from the centre: degrees clockwise from north.
  package func point(atBearing degrees: Double) -> Coordinate {
    Geodesic.destination(from: centre, bearingDegrees: degrees, metres: radiusMetres)
  }

  /// The nearest point of the boundary, for points inside and outside alike; that to the north where all are equally near.
  ///
  /// Geodesics from the centre meet the boundary at a right angle, so that it is the one through the point.
  package func nearestBoundaryPoint(to point: Coordinate) -> Coordinate {
    self.point(atBearing: Geodesic.bearingDegrees(from: centre, to: point))
  }

  /// Boundaries nearer to each other than this count as touching.
  private static let touchMetres = 1e-6

  /// Where two boundaries meet, good to a micrometre along both: first to the right of the line from this centre to the other,
  /// then to its left.
  ///
  /// One point where the circles touch; none where they are apart, where one lies inside the other, and where they are the same.
  package func crossings(with other: GeodesicCircle) -> [Coordinate] {
    guard radiusMetres > 0, other.radiusMetres > 0, centre != other.centre else { return [] }
    let ahead = Geodesic.bearingDegrees(from: centre, to: other.centre)
    /// How far the boundary, so many degrees from the other centre's direction, is outside the other circle.
    func excess(_ turn: Double) -> Double {
      Geodesic.distanceMetres(other.centre, point(atBearing: ahead + turn)) - other.radiusMetres
    }
    let (nearest, farthest) = (excess(0), excess(180))
    if abs(nearest) <= Self.touchMetres { return [point(atBearing: ahead)] }
    if abs(farthest) <= Self.touchMetres { return [point(atBearing: ahead + 180)] }
    guard nearest < 0, farthest > 0 else { return [] }
    let apart = Geodesic.distanceMetres(centre, other.centre)
    let cosine =
      (apart * apart + radiusMetres * radiusMetres - other.radiusMetres * other.radiusMetres)
      / (2 * apart * radiusMetres)
    let guess = acos(max(-1, min(1, cosine))) * 180 / .pi
    return [1.0, -1.0].map { side in
      point(atBearing: ahead + side * Self.root(near: guess) { excess(side * $0) })
    }
  }

  /// Where a rising function of 0 to 180 degrees is nought: Newton's method, kept between what is known to be below and above.
  private static func root(near guess: Double, of excess: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 180.0)
    var turn = guess
    for _ in 0..<80 {
      let found = excess(turn)
      if abs(found) < 1e-9 { break }
      if found < 0 { low = turn } else { high = turn }
      // A micrometre or so aside, for the slope.
      let aside = turn < 90 ? 1e-4 : -1e-4
      let slope = (excess(turn + aside) - found) / aside
      var next = turn - found / slope
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - turn) < 1e-13 { break }
      turn = next
    }
    return turn
  }

  /// The boundary as points clockwise from north, the first not repeated, that straight lines between them leave by so much at most.
  ///
  /// At least eight points; all lie on the boundary, so that the polygon is inside the circle.
  package func boundary(deviatingAtMost metres: Double) -> [Coordinate] {
    let half = acos(max(0, 1 - max(metres, 1e-6) / max(radiusMetres, 1e-6)))
    let count = max(8, Int((Double.pi / half).rounded(.up)))
    return (0..<count).map { point(atBearing: 360 * Double($0) / Double(count)) }
  }
}
