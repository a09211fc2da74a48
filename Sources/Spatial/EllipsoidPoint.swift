/// A point on the WGS-84 ellipsoid in Cartesian metres from its centre; z points to the north pole, x to longitude 0.
///
/// Once that is known, the distance to another point near it takes no sine. All NaN if the coordinate is not on Earth.
package struct EllipsoidPoint: Sendable {
  package static let semiMajorAxis = 6378137.0
  package static let flattening = 1 / 298.257223563
  package static let semiMinorAxis = semiMajorAxis * (1 - flattening)
  package static let eccentricitySquared = flattening * (2 - flattening)

  package let x: Double
  package let y: Double
  package let z: Double

  package init(_ coordinate: Coordinate) {
    guard coordinate.isOnEarth else {
      (x, y, z) = (.nan, .nan, .nan)
      return
    }
    let latitude = DegreeAngle(coordinate.latitude)
    let longitude = DegreeAngle(coordinate.longitude)
    let squash = 1 - Self.eccentricitySquared * latitude.sine * latitude.sine
    let normal = Self.semiMajorAxis / squash.squareRoot()
    let axial = normal * latitude.cosine
    x = axial * longitude.cosine
    y = axial * longitude.sine
    z = normal * (1 - Self.eccentricitySquared) * latitude.sine
  }

  /// The square of the straight line through the Earth, in square metres; its root is never more than the geodesic.
  package func chordSquared(to other: EllipsoidPoint) -> Double {
    let (dx, dy, dz) = (x - other.x, y - other.y, z - other.z)
    return dx * dx + dy * dy + dz * dz
  }
}
