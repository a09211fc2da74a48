/// An exact number: a reduced fraction of 128-bit integers with a positive denominator.
///
/// Nothing is ever rounded silently and nothing traps: what does not fit is ``ExactError/overflow``. Addition of fractions
/// may report an overflow although the reduced sum would just fit; it never gives a wrong sum.
package struct Exact: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let numerator: Int128
  package let denominator: Int128

  /// The ways to round to an integer; halves go away from zero (`halfUp`) or to the even neighbour (`halfEven`).
  package enum Rounding: Sendable, Hashable, CaseIterable {
    case halfUp
    case halfEven
  }

  package static let zero = Exact(0)
  package static let one = Exact(1)

  /// The commonest, apart for speed: the one below is told what it gets when it runs.
  package init(_ value: Int) {
    numerator = Int128(value)
    denominator = 1
  }

  package init(_ value: some BinaryInteger & FixedWidthInteger) {
    // Every integer of up to 64 bits fits; wider ones are cut, which only Int128 itself (that fits) can reach here.
    numerator = Int128(truncatingIfNeeded: value)
    denominator = 1
  }

  /// The fraction in its lowest terms.
  package init(numerator: Int128, denominator: Int128) throws(ExactError) {
    if denominator == 0 { throw .divisionByZero }
    if let a = Int64(exactly: numerator), let b = Int64(exactly: denominator), a > 0, b > 0 {
      let divisor = Int64(bitPattern: binaryDivisor(UInt64(a), UInt64(b)))
      self.init(reduced: Int128(a / divisor), Int128(b / divisor))
      return
    }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    try self.init(
      isNegative: (numerator < 0) != (denominator < 0),
      numerator.magnitude / divisor, denominator.magnitude / divisor)
  }

  /// Already in lowest terms.
  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Magnitudes in lowest terms, which may still not fit.
  private init(isNegative: Bool, _ numerator: UInt128, _ denominator: UInt128) throws(ExactError) {
    guard denominator <= Int128.max.magnitude else { throw .overflow }
    if isNegative {
      guard numerator <= Int128.min.magnitude else { throw .overflow }
      self.init(reduced: Int128(truncatingIfNeeded: 0 &- numerator), Int128(denominator))
    } else {
      guard numerator <= Int128.max.magnitude else { throw .overflow }
      self.init(reduced: Int128(numerator), Int128(denominator))
    }
  }

  package var isInteger: Bool { denominator == 1 }

  /// The value as an `Int`, where it is one and fits.
  package var asInt: Int? { isInteger ? Int(exactly: numerator) : nil }

  package var isNegative: Bool { numerator < 0 }

  // MARK: Arithmetic

  package func adding(_ other: Exact) throws(ExactError) -> Exact {
    if denominator == 1, other.denominator == 1 {
      return Exact(reduced: try sum(numerator, other.numerator), 1)
    }
    let shared = common(denominator, other.denominator)
    let scale = other.denominator / shared
    let otherScale = denominator / shared
    let total = try sum(
      try product(numerator, scale), try product(other.numerator, otherScale))
    let divisor = common(total, shared)
    return Exact(
      reduced: total / divisor, try product(otherScale, other.denominator / divisor))
  }

  package func subtracting(_ other: Exact) throws(ExactError) -> Exact {
    if denominator == 1, other.denominator == 1 {
      let (difference, overflow) = numerator.subtractingReportingOverflow(other.numerator)
      if overflow { throw .overflow }
      return Exact(reduced: difference, 1)
    }
    return try adding(try other.negated())
  }

  package func multiplied(by other: Exact) throws(ExactError) -> Exact {
    if denominator == 1, other.denominator == 1 {
      return Exact(reduced: try product(numerator, other.numerator), 1)
    }
    let first = common(numerator, other.denominator)
    let second = common(other.numerator, denominator)
    return Exact(
      reduced: try product(numerator / first, other.numerator / second),
      try product(denominator / second, other.denominator / first))
  }

  package func divided(by other: Exact) throws(ExactError) -> Exact {
    if other.numerator == 0 { throw .divisionByZero }
    if denominator == 1, other.denominator == 1 {
      return try Exact(numerator: numerator, denominator: other.numerator)
    }
    let inverse = try Exact(
      isNegative: other.numerator < 0, other.denominator.magnitude, other.numerator.magnitude)
    return try multiplied(by: inverse)
  }

  package func negated() throws(ExactError) -> Exact {
    let (result, overflow) = Int128.zero.subtractingReportingOverflow(numerator)
    if overflow { throw .overflow }
    return Exact(reduced: result, denominator)
  }

  package func magnitude() throws(ExactError) -> Exact {
    isNegative ? try negated() : self
  }

  // MARK: Rounding

  /// The greatest integer that is not greater.
  package var floor: Exact {
    if isInteger { return self }
    let quotient = numerator / denominator
    return Exact(reduced: isNegative ? quotient - 1 : quotient, 1)
  }

  /// The least integer that is not less.
  package var ceiling: Exact {
    if isInteger { return self }
    let quotient = numerator / denominator
    return Exact(reduced: isNegative ? quotient : quotient + 1, 1)
  }

  /// The integer without the fraction.
  package var truncated: Exact { isNegative ? ceiling : floor }

  package func rounded(_ mode: Rounding) -> Exact {
    if isInteger { return self }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let rest = remainder.magnitude
    let whole = denominator.magnitude
    let goesAway =
      switch mode {
      case .halfUp: rest >= whole - rest
      case .halfEven: rest > whole - rest || (rest == whole - rest && quotient & 1 == 1)
      }
    return Exact(reduced: goesAway ? quotient + (isNegative ? -1 : 1) : quotient, 1)
  }

  // MARK: Comparison

  /// Exact by cross-multiplication, in full width where 128 bits do not hold the products.
  package static func < (left: Exact, right: Exact) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    if let a = Int64(exactly: left.numerator), let b = Int64(exactly: left.denominator),
      let c = Int64(exactly: right.numerator), let d = Int64(exactly: right.denominator)
    {
      return Int128(a) &* Int128(d) < Int128(c) &* Int128(b)
    }
    if left.isNegative != right.isNegative { return left.isNegative }
    let first = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
    let second = right.numerator.magnitude.multipliedFullWidth(by: left.denominator.magnitude)
    let isLess = (first.high, first.low) < (second.high, second.low)
    let isEqual = first.high == second.high && first.low == second.low
    return left.isNegative ? !isLess && !isEqual : isLess
  }
}

private func sum(_ a: Int128, _ b: Int128) throws(ExactError) -> Int128 {
  let (result, overflow) = a.addingReportingOverflow(b)
  if overflow { throw .overflow }
  return result
}

private func product(_ a: Int128, _ b: Int128) throws(ExactError) -> Int128 {
  if let a = Int64(exactly: a), let b = Int64(exactly: b) { return Int128(a) &* Int128(b) }
  let (result, overflow) = a.multipliedReportingOverflow(by: b)
  if overflow { throw .overflow }
  return result
}

/// The greatest common divisor of a number and a positive one; it fits, being no greater than the positive one.
private func common(_ a: Int128, _ positive: Int128) -> Int128 {
  Int128(truncatingIfNeeded: greatestCommonDivisor(a.magnitude, positive.magnitude))
}

/// Euclid's algorithm down to 64 bits, then the binary one; 1 for a zero beside a zero.
private func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
  var (a, b) = (a, b)
  while true {
    if b == 0 { return a == 0 ? 1 : a }
    if let first = UInt64(exactly: a), let second = UInt64(exactly: b) {
      return UInt128(binaryDivisor(first, second))
    }
    (a, b) = (b, a % b)
  }
}

private func binaryDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
  if a == 0 { return b }
  if b == 0 { return a }
  let shift = (a | b).trailingZeroBitCount
  var a = a &>> UInt64(a.trailingZeroBitCount)
  var b = b &>> UInt64(b.trailingZeroBitCount)
  while a != b {
    let difference = a > b ? a &- b : b &- a
    b = min(a, b)
    a = difference &>> UInt64(difference.trailingZeroBitCount)
  }
  return a &<< UInt64(shift)
}
