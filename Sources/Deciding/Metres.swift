/// Metres as reports write them.
package enum Metres {
  /// With one decimal, halves up: `300.0`.
  package static func text(_ metres: Double) -> String {
    guard metres.isFinite, metres.magnitude < 1e15 else { return "?" }
    let tenths = Int((metres.magnitude * 10).rounded(.toNearestOrAwayFromZero))
    let whole = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return metres < 0 ? "-" + whole : whole
  }
}
