import Glibc

/// A point of a ``ConformalPlane``, in its metres: x to the east, y to the north.
package struct PlanePoint: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  package func distance(to other: PlanePoint) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// Mercator's map of the ellipsoid, in metres at one latitude, on which small geodesic circles are circles.
///
/// A conformal map takes a circle of radius r to a circle but for some r³/R² (12 micrometres at 800 m, 3 mm at 5 km, R being the
/// Earth's radius), wherever on it; its centre and radius there are those through three of its points. So what many circles have
/// in common can be worked out in the plane without a loss that anybody could measure.
package struct ConformalPlane: Sendable {
  private let longitude: Double
  private let isometric: Double
  private let metres: Double
  /// The authalic integral at the middle, so that differences keep their digits.
  private let middleZone: Double

  private static let eccentricity = EllipsoidPoint.eccentricitySquared.squareRoot()

  /// - Parameter middle: where a metre of the plane is one on the ground.
  package init(around middle: Coordinate) {
    longitude = middle.longitude
    isometric = Self.isometricLatitude(middle.latitude)
    let latitude = DegreeAngle(middle.latitude)
    metres =
      EllipsoidPoint.semiMajorAxis * latitude.cosine
      / (1 - EllipsoidPoint.eccentricitySquared * latitude.sine * latitude.sine).squareRoot()
    middleZone = Self.zone(middle.latitude)
  }

  package func point(_ coordinate: Coordinate) -> PlanePoint {
    PlanePoint(
      x: (coordinate.longitude - longitude) * .pi / 180 * metres,
      y: (Self.isometricLatitude(coordinate.latitude) - isometric) * metres)
  }

  package func coordinate(_ point: PlanePoint) -> Coordinate {
    let target = point.y / metres + isometric
    var sine = tanh(target)
    for _ in 0..<8 {
      sine = tanh(target + Self.eccentricity * atanh(Self.eccentricity * sine))
    }
    return Coordinate(
      longitude: longitude + point.x / metres * 180 / .pi,
      latitude: asin(max(-1, min(1, sine))) * 180 / .pi)
  }

  /// The circle that a geodesic one becomes.
  package func circle(_ circle: GeodesicCircle) -> PlaneCircle {
    let (a, b, c) = (
      point(circle.point(atBearing: 0)), point(circle.point(atBearing: 120)),
      point(circle.point(atBearing: 240))
    )
    // Relative to the first, so that digits are kept.
    let (bx, by, cx, cy) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y)
    let twice = 2 * (bx * cy - by * cx)
    let (bb, cc) = (bx * bx + by * by, cx * cx + cy * cy)
    let (x, y) = ((cy * bb - by * cc) / twice, (bx * cc - cx * bb) / twice)
    return PlaneCircle(
      centre: PlanePoint(x: a.x + x, y: a.y + y), radius: (x * x + y * y).squareRoot())
  }

  /// How many metres of the plane a metre on the ground is there.
  package func scale(at coordinate: Coordinate) -> Double {
    let latitude = DegreeAngle(coordinate.latitude)
    let parallel =
      EllipsoidPoint.semiMajorAxis * latitude.cosine
      / (1 - EllipsoidPoint.eccentricitySquared * latitude.sine * latitude.sine).squareRoot()
    return metres / parallel
  }

  /// The area on the ellipsoid, in square metres, of a ring whose sides are straight in longitude and latitude; positive where it
  /// runs anticlockwise. The first point is not repeated.
  ///
  /// What lies between a side and the equator is the longitude that it spans times the mean of the zone's area along it (Simpson).
  package func area(_ ring: [Coordinate]) -> Double {
    guard var last = ring.last else { return 0 }
    var lastZone = Self.zone(last.latitude) - middleZone
    var sum = 0.0
    for next in ring {
      let zone = Self.zone(next.latitude) - middleZone
      let between = Self.zone((last.latitude + next.latitude) / 2) - middleZone
      sum -=
        (next.longitude - last.longitude) * .pi / 180 * (lastZone + 4 * between + zone) / 6
      (last, lastZone) = (next, zone)
    }
    return sum
  }

  /// From the equator to a latitude, a radian of longitude wide.
  private static func zone(_ degrees: Double) -> Double {
    let sine = DegreeAngle(degrees).sine
    let e = eccentricity
    return EllipsoidPoint.semiMinorAxis * EllipsoidPoint.semiMinorAxis / 2
      * (sine / (1 - e * e * sine * sine) + atanh(e * sine) / e)
  }

  private static func isometricLatitude(_ degrees: Double) -> Double {
    let sine = DegreeAngle(degrees).sine
    return atanh(sine) - eccentricity * atanh(eccentricity * sine)
  }
}

/// A circle of the plane.
package struct PlaneCircle: Sendable, Hashable {
  package var centre: PlanePoint
  package var radius: Double

  package init(centre: PlanePoint, radius: Double) {
    self.centre = centre
    self.radius = radius
  }
}
