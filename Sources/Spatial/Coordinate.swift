/// A geographic position in degrees, east and north positive; its datum is known from elsewhere.
package struct Coordinate: Sendable, Hashable {
  package var longitude: Double
  package var latitude: Double

  package init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }

  /// Whether both numbers are finite, the latitude within ±90 and the longitude within ±180.
  package var isOnEarth: Bool { abs(latitude) <= 90 && abs(longitude) <= 180 }
}
