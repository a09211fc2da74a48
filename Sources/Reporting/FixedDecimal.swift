/// Prints doubles with a fixed number of decimals, the same on every machine and in every locale.
package enum FixedDecimal {
  /// `612.3`; halves go away from zero. Nil where the value is no number or too large to have decimals.
  static func text(_ value: Double, places: Int) -> String? {
    guard let (digits, scale) = digits(value, places: places) else { return nil }
    let sign = value < 0 && digits > 0 ? "-" : ""
    let whole = sign + String(digits / scale)
    if places == 0 { return whole }
    let fraction = String(digits % scale)
    return whole + "." + String(repeating: "0", count: places - fraction.utf8.count) + fraction
  }

  /// All its digits as one whole number without a sign, and what that is to be divided by.
  static func digits(_ value: Double, places: Int) -> (digits: Int, scale: Int)? {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero)
    return scaled < 9e15 ? (Int(scaled), scale) : nil
  }

  /// A distance to a tenth of a metre, without its unit.
  package static func metres(_ value: Double) -> String {
    text(value, places: 1) ?? "?"
  }
}
