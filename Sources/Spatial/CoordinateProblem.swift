/// Why a coordinate cannot be the place of an institution in China.
package enum CoordinateProblem: String, Sendable, CaseIterable {
  /// A number is NaN or infinite.
  case notFinite = "not_finite"
  /// Both numbers are 0, as exports write a missing position.
  case zero
  /// Read the other way round it would lie in China, and as it stands it does not.
  case swapped
  /// The longitude is beyond ±180 degrees or the latitude beyond ±90.
  case outOfRange = "out_of_range"
  /// It is on Earth, but outside longitude 73 to 136 and latitude 3 to 54.
  case outsideChina = "outside_china"
}

extension Coordinate {
  /// Degrees within which a place of China lies.
  package static let chinasLongitudes = 73.0...136.0
  package static let chinasLatitudes = 3.0...54.0

  /// The first problem that applies, in the order of the cases; nil if the position may be in China.
  ///
  /// The box around China is generous: it takes in the southern sea and much of the neighbours. It holds for all four
  /// datums, which differ by a kilometre or so.
  package var problem: CoordinateProblem? {
    guard longitude.isFinite, latitude.isFinite else { return .notFinite }
    if longitude == 0, latitude == 0 { return .zero }
    let longitudes = Self.chinasLongitudes
    let latitudes = Self.chinasLatitudes
    if longitudes ~= longitude, latitudes ~= latitude { return nil }
    if longitudes ~= latitude, latitudes ~= longitude { return .swapped }
    return isOnEarth ? .outsideChina : .outOfRange
  }
}
