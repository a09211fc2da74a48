import Spatial

/// Coordinates that nobody means and every table has.
enum HostileCoordinate {
  static let numbers: [Double] = [
    .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, -1e15,
    0, -0.0,
    .leastNonzeroMagnitude, 90, -90, 180, -180, 72.004, 105,
    114, -66, 30, -30,
  ]

  static let all: [Coordinate] = numbers.flatMap { longitude in
    numbers.map { Coordinate(longitude: longitude, latitude: $0) }
  }
}
