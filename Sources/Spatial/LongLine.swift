import Glibc

/// Geodesics of any length, antipodes included.
///
/// Karney's solution of the inverse problem (Algorithms for geodesics, J. Geodesy 87, 2013, doi
/// 10.1007/s00190-012-0578-z, section 4), with its two integrals by quadrature and the azimuth by Ridders' method:
/// among the geodesics from one point to the other's parallel exactly one ends at the right longitude.
package enum LongLine {
  /// The length in metres, good to 1e-6 m.
  package static func metres(_ a: EllipsoidPoint, _ b: EllipsoidPoint) -> Double {
    let ends = Ends(a, b)
    if ends.areAlongEquator { return EllipsoidPoint.semiMajorAxis * ends.longitude }

    var bracket = Bracket(
      low: (-.pi / 2, -ends.longitude), high: (.pi / 2, .pi - ends.longitude))
    var shot = ends.shot(ends.longitude < 1 ? bracket.low.turn : bracket.high.turn)
    var steps = 0
    while abs(shot.excess) > tolerance, steps < mostSteps {
      let middle = (bracket.low.turn + bracket.high.turn) / 2
      let before = bracket
      shot = ends.shot(middle)
      bracket.narrow(to: (middle, shot.excess))
      if abs(shot.excess) > tolerance {
        let root = (shot.excess * shot.excess - before.low.excess * before.high.excess).squareRoot()
        let better = middle - (middle - before.low.turn) * shot.excess / root
        shot = ends.shot(better)
        bracket.narrow(to: (better, shot.excess))
      }
      steps += 1
    }
    return shot.metres
  }

  /// Radians of longitude. The length takes in what is left to first order, so that its error is of the second.
  private static let tolerance = 1e-10
  /// Each halves the bracket; a line beside the equator needs some 60, others 3 or 4.
  private static let mostSteps = 100
}

/// Where the wanted azimuth lies: `excess` is below 0 at the low end and above at the high one.
private struct Bracket {
  /// `turn` is the azimuth less 90 degrees, in radians: near 0 it keeps the digits that lines beside the equator need.
  typealias Try = (turn: Double, excess: Double)
  var low: Try
  var high: Try

  mutating func narrow(to new: Try) {
    if new.excess < 0 { low = new } else { high = new }
  }
}

/// Two points as Karney orders them: the first is south of the equator and no nearer to it than the second.
private struct Ends {
  /// The reduced latitudes.
  let sine1, cosine1, sine2, cosine2: Double
  /// Of the second from the first, 0 to π.
  let longitude: Double

  init(_ a: EllipsoidPoint, _ b: EllipsoidPoint) {
    longitude = atan2(abs(a.x * b.y - b.x * a.y), a.x * b.x + a.y * b.y)
    func reduced(_ point: EllipsoidPoint) -> (sine: Double, cosine: Double) {
      let sine = point.z / EllipsoidPoint.semiMinorAxis
      let cosine = (point.x * point.x + point.y * point.y).squareRoot()
      // A nanometre from the equator is on it.
      return (abs(sine) < 1e-16 ? 0 : sine, cosine / EllipsoidPoint.semiMajorAxis)
    }
    let (p, q) = (reduced(a), reduced(b))
    let inOrder = (abs(p.sine), q.cosine) >= (abs(q.sine), p.cosine)
    let (first, second) = inOrder ? (p, q) : (q, p)
    sine1 = -abs(first.sine)
    cosine1 = first.cosine
    sine2 = first.sine > 0 ? -second.sine : second.sine
    cosine2 = second.cosine
  }

  /// Whether the equator is the shortest way: it is, up to a little short of the antipode.
  var areAlongEquator: Bool {
    sine1 == 0 && sine2 == 0 && longitude <= (1 - EllipsoidPoint.flattening) * .pi
  }

  /// Follows the geodesic that leaves the first point at azimuth 90 degrees + `turn` to the parallel of the second.
  ///
  /// `excess` is how far it ends beyond the second point, in radians of longitude; `metres` the distance of the points
  /// if that is small. Equations 5, 7, 8, 11, 12 and 45 of the paper.
  func shot(_ turn: Double) -> (excess: Double, metres: Double) {
    let flattening = EllipsoidPoint.flattening
    let equatorialSine = cos(turn) * cosine1
    let north1 = -sin(turn) * cosine1
    let closer =
      cosine1 < -sine1
      ? (cosine2 - cosine1) * (cosine2 + cosine1) : (sine1 - sine2) * (sine1 + sine2)
    let north2 = (north1 * north1 + max(0, closer)).squareRoot()
    let sphericalLongitude =
      atan2(equatorialSine * sine2, north2) - atan2(equatorialSine * sine1, north1)

    let start = atan2(sine1, north1)
    let end = atan2(sine2, north2)
    let eccentricitySquared = EllipsoidPoint.eccentricitySquared
    let kSquared =
      eccentricitySquared / (1 - eccentricitySquared) * (1 - equatorialSine * equatorialSine)
    var lengthSum = 0.0
    var longitudeSum = 0.0
    func add(_ arc: Double, _ weight: Double) {
      let sine = sin(arc)
      let root = (1 + kSquared * sine * sine).squareRoot()
      lengthSum += weight * root
      longitudeSum += weight * (2 - flattening) / (1 + (1 - flattening) * root)
    }
    let middle = (start + end) / 2
    let half = (end - start) / 2
    for (node, weight) in gaussLegendre {
      add(middle - half * node, weight)
      add(middle + half * node, weight)
    }
    let excess =
      sphericalLongitude - flattening * equatorialSine * half * longitudeSum - longitude
    // By Clairaut the length grows by a·sin α₀ a radian of longitude.
    return (
      excess,
      EllipsoidPoint.semiMinorAxis * half * lengthSum
        - EllipsoidPoint.semiMajorAxis * equatorialSine * excess
    )
  }
}

/// The positive half of the ten nodes and their weights; on half a meridian they leave less than 1e-7 m.
private let gaussLegendre: [(node: Double, weight: Double)] = [
  (0.14887433898163122, 0.2955242247147528),
  (0.4333953941292472, 0.2692667193099965),
  (0.6794095682990244, 0.219086362515982),
  (0.8650633666889845, 0.1494513491505804),
  (0.9739065285171717, 0.06667134430868814),
]
