/// What drawings to scale have in common.
enum DrawingScale {
  /// Of a degree of latitude, and of one of longitude on the equator.
  static let metresPerDegree = 111_320.0

  /// The longest length of 1, 2 or 5 times a power of ten that a scale bar of so many metres holds.
  static func length(within metres: Double) -> Double {
    var length = 1.0
    while length * 10 <= metres { length *= 10 }
    for factor in [5.0, 2.0] where length * factor <= metres {
      length *= factor
      break
    }
    return length
  }

  /// A place on a drawing.
  static func pixels(_ value: Double) -> String { FixedDecimal.text(value, places: 1) ?? "0" }
}
