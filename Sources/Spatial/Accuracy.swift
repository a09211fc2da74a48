import Glibc

/// How far a written position may be from the true one.
package enum Accuracy {
  /// The accuracy of a point in metres: the parameter, or one unit of the last decimal written, whichever is worse.
  ///
  /// A unit is 111,320 m (one degree along the equator) times 10^-n, with n the fewer decimals of longitude and
  /// latitude. The accuracies of two points add up to that of their distance. Source: the project's semantics, section 5.
  package static func metres(
    longitudeDecimals: Int, latitudeDecimals: Int, parameterMetres: Double
  ) -> Double {
    let decimals = max(0, min(longitudeDecimals, latitudeDecimals, unitMetres.count - 1))
    return max(parameterMetres, unitMetres[decimals])
  }

  /// By decimals, down to nothing.
  private static let unitMetres = (0...330).map { 111_320 / pow(10, Double($0)) }
}
