/// What a coordinate is measured against.
///
/// China's maps show GCJ-02, which shifts WGS-84 by some hundred metres, or Baidu's BD-09, which shifts GCJ-02 again.
/// Neither is published by its authority; the formulas are the public ones that maps have been seen to follow since
/// 2010 (`eviltransform`, `coordtransform`). CGCS2000 agrees with WGS-84 to some centimetres and is taken as equal.
package enum Datum: String, Sendable, CaseIterable {
  case wgs84
  case cgcs2000
  case gcj02
  case bd09

  /// The WGS-84 position of `coordinate`, which is in this datum; exact to 1e-6 m inside China.
  ///
  /// (To 3e-6 m within 1e-9 degrees of the meridian of 105, where GCJ-02 has a root of the distance from it.)
  /// Anything goes in, even NaN; outside China, and at its border, only the type of the result is promised.
  package func toWGS84(_ coordinate: Coordinate) -> Coordinate {
    switch self {
    case .wgs84, .cgcs2000: coordinate
    case .gcj02: ChinaShift.remove(from: coordinate)
    case .bd09: ChinaShift.remove(from: BaiduShift.remove(from: coordinate))
    }
  }

  /// The position in this datum of `coordinate`, which is in WGS-84.
  package func fromWGS84(_ coordinate: Coordinate) -> Coordinate {
    switch self {
    case .wgs84, .cgcs2000: coordinate
    case .gcj02: ChinaShift.apply(to: coordinate)
    case .bd09: BaiduShift.apply(to: ChinaShift.apply(to: coordinate))
    }
  }
}

/// WGS-84 to GCJ-02 and back.
private enum ChinaShift {
  static func apply(to wgs: Coordinate) -> Coordinate {
    isShifted(wgs) ? shifted(wgs) : wgs
  }

  static func remove(from gcj: Coordinate) -> Coordinate {
    // Which side of the border decides once: inside the iteration it would make the shift jump.
    isShifted(gcj) ? invert(shifted, at: gcj) : gcj
  }

  /// The usual rectangle; false for NaN.
  private static func isShifted(_ at: Coordinate) -> Bool {
    (72.004...137.8347).contains(at.longitude) && (0.8293...55.8271).contains(at.latitude)
  }

  private static func shifted(_ wgs: Coordinate) -> Coordinate {
    let semiMajorAxis = 6378245.0  // Krasovsky 1940, metres
    let eccentricitySquared = 0.00669342162296594323
    let x = wgs.longitude - 105
    let y = wgs.latitude - 35
    let (x6, x15) = (DegreeAngle(6 * x), DegreeAngle(15 * x))
    let (y6, y15) = (DegreeAngle(6 * y), DegreeAngle(15 * y))
    let (x60, y60) = (x15.doubled.doubled, y15.doubled.doubled)
    let x180 = x60.tripled
    let x360 = x180.doubled
    let common = 20 * x360.tripled.sine + 20 * x360.sine
    let eastWaves =
      common + 20 * x180.sine + 40 * x60.sine + 150 * x15.sine + 300 * x6.sine
    let northWaves =
      common + 20 * y60.tripled.sine + 40 * y60.sine + 160 * y15.sine + 320 * y6.sine
    let root = abs(x).squareRoot()
    let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + eastWaves * 2 / 3
    let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + northWaves * 2 / 3

    let latitude = DegreeAngle(wgs.latitude)
    let squash = 1 - eccentricitySquared * latitude.sine * latitude.sine
    let primeVerticalRadius = semiMajorAxis / squash.squareRoot()
    let meridianRadius = primeVerticalRadius * (1 - eccentricitySquared) / squash
    return Coordinate(
      longitude: wgs.longitude + east / (primeVerticalRadius * latitude.cosine) * 180 / .pi,
      latitude: wgs.latitude + north / meridianRadius * 180 / .pi)
  }
}

/// GCJ-02 to BD-09 and back.
private enum BaiduShift {
  static func apply(to gcj: Coordinate) -> Coordinate {
    let x = gcj.longitude
    let y = gcj.latitude
    let radius = (x * x + y * y).squareRoot()
    if radius == 0 { return Coordinate(longitude: 0.0065, latitude: 0.006) }
    // A stretch, and a turn by an angle so small that its series ends here.
    let stretch = 1 + 0.00002 * DegreeAngle(y * 3000).sine / radius
    let turn = 0.000003 * DegreeAngle(x * 3000).cosine
    let (sine, cosine) = (turn - turn * turn * turn / 6, 1 - turn * turn / 2)
    return Coordinate(
      longitude: stretch * (x * cosine - y * sine) + 0.0065,
      latitude: stretch * (y * cosine + x * sine) + 0.006)
  }

  static func remove(from bd: Coordinate) -> Coordinate { invert(apply, at: bd) }
}

/// The position that `shift` moves to `target`, by fixed-point iteration.
///
/// Both shifts bring two points closer than 0.03 of their distance before adding them to it, so that a step of 1e-10
/// degrees leaves an error below 1e-6 m; it takes four steps or five. Where a shift does no such thing (far outside
/// China) the iteration ends at its bound.
private func invert(_ shift: (Coordinate) -> Coordinate, at target: Coordinate) -> Coordinate {
  var guess = target
  for _ in 0..<20 {
    let reached = shift(guess)
    let east = target.longitude - reached.longitude
    let north = target.latitude - reached.latitude
    guess.longitude += east
    guess.latitude += north
    if abs(east) + abs(north) < 1e-10 { break }
  }
  return guess
}
