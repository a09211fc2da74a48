import Diagnostics
package import Spatial

/// A place as an input gives it.
package struct Site: Sendable, Hashable {
  package var longitude: Double
  package var latitude: Double
  private var decimalsOfLongitude: Int16
  private var decimalsOfLatitude: Int16
  package var datum: Datum?

  package init(
    longitude: Double,
    latitude: Double,
    longitudeDecimals: Int,
    latitudeDecimals: Int,
    datum: Datum? = nil
  ) {
    self.longitude = longitude
    self.latitude = latitude
    decimalsOfLongitude = Int16(clamping: longitudeDecimals)
    decimalsOfLatitude = Int16(clamping: latitudeDecimals)
    self.datum = datum
  }

  /// The digits written after the decimal point, which bound the accuracy.
  package var longitudeDecimals: Int {
    get { Int(decimalsOfLongitude) }
    set { decimalsOfLongitude = Int16(clamping: newValue) }
  }
  package var latitudeDecimals: Int {
    get { Int(decimalsOfLatitude) }
    set { decimalsOfLatitude = Int16(clamping: newValue) }
  }

  /// The fewer of the two, which bounds the accuracy of the place.
  package var leastDecimals: Int { max(0, min(longitudeDecimals, latitudeDecimals)) }

  /// The longitude with the decimals that were written.
  package var longitudeText: String { Self.degrees(longitude, longitudeDecimals) }
  /// The latitude with the decimals that were written.
  package var latitudeText: String { Self.degrees(latitude, latitudeDecimals) }

  private static func degrees(_ degrees: Double, _ decimals: Int) -> String {
    let text = String(degrees)
    let written = text.split(separator: ".").last?.utf8.count ?? 0
    return decimals > written ? text + String(repeating: "0", count: decimals - written) : text
  }

  /// The place in WGS-84, where the datum is known.
  package var coordinate: Coordinate? {
    datum.map { $0.toWGS84(Coordinate(longitude: longitude, latitude: latitude)) }
  }

  /// The metres by which the place may be off (semantics.md 5): the profile's figure or one unit of the last decimal written.
  package func accuracyMetres(atLeast parameterMetres: Double) -> Double {
    Accuracy.metres(
      longitudeDecimals: longitudeDecimals, latitudeDecimals: latitudeDecimals,
      parameterMetres: parameterMetres)
  }
}

extension Site {
  /// So many places are turned into WGS-84 by one core at a time.
  private static let part = 1_024

  /// The places in WGS-84 of many, as far as they have one. Turning GCJ-02 back takes the time of reading a row, so that many
  /// are shared among the cores.
  package static func coordinates(_ count: Int, of site: @Sendable (Int) -> Site?) -> [Coordinate?]
  {
    let parts = Parallel.map((count + part - 1) / part) { number in
      ((number * part)..<min((number + 1) * part, count)).map { site($0)?.coordinate }
    }
    return Array(parts.joined())
  }
}
