/// Prints doubles with a fixed number of decimals, the same on every machine and in every locale.
package enum FixedDecimal {
  /// `612.3`; halves go away from zero. Nil where the value is no number or too large to have decimals.
  static func text(_ value: Double, places: Int) -> String? {
    var sink = ByteSink()
    return sink.write(value, places: places) ? String(decoding: sink.bytes, as: UTF8.self) : nil
  }

  /// All its digits as one whole number without a sign.
  static func digits(_ value: Double, places: Int) -> Int? {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero)
    return scaled < 9e15 ? Int(scaled) : nil
  }

  /// A distance to a tenth of a metre, without its unit.
  package static func metres(_ value: Double) -> String {
    text(value, places: 1) ?? "?"
  }
}
