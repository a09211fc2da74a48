/// Geodesics up to 100 km, from the chord alone.
package enum ShortLine {
  /// The length in metres, good to 1e-6 m up to 100 km (a test holds it against `LongLine`).
  ///
  /// A curve of curvature κ at the middle of a chord c has the length of the circle's arc, 2/κ asin(κc/2), but for terms
  /// in κ', κ'' and the torsion, which on this ellipsoid are below 3e-7 m at 100 km. The ellipsoid x·Dx = 1, with D the
  /// diagonal of 1/a², 1/a², 1/b², has in the direction t at a point p the normal curvature t·Dt / |Dp|. A chord is
  /// conjugate to the middle of its ends, so that it has the direction of the tangent above it; that middle lies on the
  /// ellipsoid shrunk by √(1 - d·Dd/4), with d the vector of the chord. At 800 m all this adds half a micrometre.
  package static func metres(_ a: EllipsoidPoint, _ b: EllipsoidPoint) -> Double {
    let equatorial = EllipsoidPoint.semiMajorAxis * EllipsoidPoint.semiMajorAxis
    let polar = 1 / (1 - EllipsoidPoint.eccentricitySquared)  // a²D is 1, 1, polar
    let (dx, dy, dz) = (a.x - b.x, a.y - b.y, a.z - b.z)
    let (sx, sy, sz) = (a.x + b.x, a.y + b.y, polar * (a.z + b.z))
    let squares = dx * dx + dy * dy
    let chordSquared = squares + dz * dz
    if chordSquared == 0 { return 0 }
    let stretched = squares + polar * dz * dz
    let shrink = 1 - stretched / (4 * equatorial)
    // (κc/2)²
    let q =
      stretched * stretched * shrink / (chordSquared * (sx * sx + sy * sy + sz * sz))
    // asin √q / √q
    return chordSquared.squareRoot() * (1 + q * (1 / 6 + q * (3 / 40 + q * (15 / 336))))
  }
}
