import Glibc

extension Geodesic {
  /// The point that a geodesic reaches after so many metres; bearings are in degrees, clockwise from north.
  ///
  /// Good to a micrometre up to 100 km, and to half a millimetre up to 20,000 km; a negative length goes backwards. NaN if the
  /// start is not on Earth or a number is not finite. Source: Vincenty, Direct and inverse solutions of geodesics on the
  /// ellipsoid (1975), the direct one.
  package static func destination(
    from start: Coordinate, bearingDegrees: Double, metres: Double
  ) -> Coordinate {
    let latitude = DegreeAngle(start.latitude)
    let bearing = DegreeAngle(bearingDegrees)
    guard start.isOnEarth, metres.isFinite, bearing.sine.isFinite else {
      return Coordinate(longitude: .nan, latitude: .nan)
    }
    let flattening = EllipsoidPoint.flattening
    let minor = EllipsoidPoint.semiMinorAxis
    // The reduced latitude, without a tangent that the poles do not have.
    let sine = (1 - flattening) * latitude.sine
    let root = (sine * sine + latitude.cosine * latitude.cosine).squareRoot()
    let (sineU, cosineU) = (sine / root, latitude.cosine / root)
    let arcOfStart = atan2(sineU, cosineU * bearing.cosine)
    let equatorial = cosineU * bearing.sine
    let polarSquared = 1 - equatorial * equatorial
    let axes = EllipsoidPoint.semiMajorAxis / minor
    let uSquared = polarSquared * (axes * axes - 1)
    let a =
      1 + uSquared / 16_384 * (4_096 + uSquared * (-768 + uSquared * (320 - 175 * uSquared)))
    let b = uSquared / 1_024 * (256 + uSquared * (-128 + uSquared * (74 - 47 * uSquared)))
    let plain = metres / (minor * a)
    var arc = plain
    for _ in 0..<20 {
      let middle = cos(2 * arcOfStart + arc)
      let (s, c) = (sin(arc), cos(arc))
      let correction =
        b * s
        * (middle + b / 4
          * (c * (2 * middle * middle - 1)
            - b / 6 * middle * (4 * s * s - 3) * (4 * middle * middle - 3)))
      let next = plain + correction
      let step = abs(next - arc)
      arc = next
      if step < 1e-15 { break }
    }
    let middle = cos(2 * arcOfStart + arc)
    let (s, c) = (sin(arc), cos(arc))
    let inward = sineU * s - cosineU * c * bearing.cosine
    let reached = atan2(
      sineU * c + cosineU * s * bearing.cosine,
      (1 - flattening) * (equatorial * equatorial + inward * inward).squareRoot())
    let spherical = atan2(s * bearing.sine, cosineU * c - sineU * s * bearing.cosine)
    let k = flattening / 16 * polarSquared * (4 + flattening * (4 - 3 * polarSquared))
    let eastward =
      spherical - (1 - k) * flattening * equatorial
      * (arc + k * s * (middle + k * c * (2 * middle * middle - 1)))
    var longitude = start.longitude + eastward * 180 / .pi
    if longitude > 180 { longitude -= 360 }
    if longitude < -180 { longitude += 360 }
    return Coordinate(longitude: longitude, latitude: reached * 180 / .pi)
  }

  /// The direction in which one point sees another: degrees clockwise from north, 0 to below 360; 0 for equal points.
  ///
  /// It is the direction of the plane through the vertical and the other point, which is that of the geodesic but for less than
  /// 1.5e-9 radians up to 10 km (15 micrometres aside at the end), growing with the square of the distance.
  package static func bearingDegrees(from start: Coordinate, to end: Coordinate) -> Double {
    let (a, b) = (EllipsoidPoint(start), EllipsoidPoint(end))
    let (latitude, longitude) = (DegreeAngle(start.latitude), DegreeAngle(start.longitude))
    let (dx, dy, dz) = (b.x - a.x, b.y - a.y, b.z - a.z)
    let outward = dx * longitude.cosine + dy * longitude.sine
    let east = dy * longitude.cosine - dx * longitude.sine
    let north = dz * latitude.cosine - outward * latitude.sine
    let degrees = atan2(east, north) * 180 / .pi
    return degrees < 0 ? (degrees + 360 < 360 ? degrees + 360 : 0) : degrees
  }
}
