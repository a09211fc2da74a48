/// An exact number in its decimal or fraction form, and its unit.
public struct Quantity: Sendable, Hashable {
  /// `4`, `7.4`, `1/3`; a range where undecided applications leave one: `3..4`.
  public package(set) var value: String
  /// The unit's word as profiles write it (`institutions`, `beds`, `percent`).
  public package(set) var unit: String

  package init(value: String, unit: String) {
    self.value = value
    self.unit = unit
  }
}

extension Quantity {
  /// The number as a fraction of whole numbers; nil for a range, and for what is too long for a machine's whole numbers.
  public var exact: Fraction? { Fraction(written: value[...]) }

  /// The least and the most that it can be: the ends of a range, else the number twice.
  public var bounds: (least: Fraction, most: Fraction)? {
    if let exact { return (exact, exact) }
    var parts = value.split(separator: ".", omittingEmptySubsequences: false)
    // `3.5..4` has a point of its own before the two.
    guard let gap = parts.firstIndex(of: "") else { return nil }
    let most = parts[(gap + 1)...].joined(separator: ".")
    parts.removeSubrange(gap...)
    guard let least = Fraction(written: parts.joined(separator: ".")[...]),
      let most = Fraction(written: most[...])
    else { return nil }
    return (least, most)
  }
}

/// An exact number as two whole ones, in lowest terms; the denominator is at least 1.
public struct Fraction: Sendable, Hashable {
  /// What is divided.
  public let numerator: Int
  /// What it is divided by.
  public let denominator: Int

  /// Reads `4`, `-7.4` and `1/3`; nil for anything else.
  init?(written text: Substring) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count <= 2, let (top, tens) = Self.decimal(halves[0]) else { return nil }
    var (numerator, denominator) = (top, tens)
    if halves.count == 2 {
      guard let bottom = Self.decimal(halves[1]), bottom.tens == 1, bottom.digits > 0, tens == 1
      else { return nil }
      denominator = bottom.digits
    }
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    guard let divisor = Int(exactly: a), divisor > 0 else { return nil }
    numerator /= divisor
    denominator /= divisor
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The digits without their point, and the power of ten that they are to be divided by.
  private static func decimal(_ text: Substring) -> (digits: Int, tens: Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard parts.count == 2 else { return Int(text).map { ($0, 1) } }
    guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    var tens = 1
    for _ in parts[1].utf8 {
      let (next, overflow) = tens.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      tens = next
    }
    return Int(parts[0] + parts[1]).map { ($0, tens) }
  }
}
