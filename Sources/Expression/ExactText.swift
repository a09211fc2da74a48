/// Reading and writing exact numbers as text.
extension Exact {
  /// A plain decimal: `-12.50`, digits on both sides of a point, no sign but a minus, no exponent; nil for anything else and
  /// for what does not fit.
  package init?(decimal text: some StringProtocol) {
    self.init(text.utf8, form: .plain)
  }

  /// The same from UTF-8 bytes.
  package init?(decimal bytes: some Sequence<UInt8>) {
    self.init(bytes, form: .plain)
  }

  /// As CEL writes numbers: a plain decimal where the digits before the point may be left out (`.5`), and an exponent of at
  /// most four digits may follow (`1e-3`).
  package init?(scientific text: some StringProtocol) {
    self.init(text.utf8, form: .scientific)
  }

  private enum Form { case plain, scientific }

  private init?(_ bytes: some Sequence<UInt8>, form: Form) {
    var digits: UInt128 = 0
    // Places in the row of digits: how many were read, how many up to the last that is not zero, how many before the point.
    var read = 0
    var significant = 0
    var point: Int?
    var iterator = bytes.makeIterator()
    var next = iterator.next()
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { next = iterator.next() }
    while let byte = next {
      if let digit = decimalDigit(byte) {
        read += 1
        if digit != 0 {
          guard let scaled = digits == 0 ? 0 : times(digits, 10, read - significant) else {
            return nil
          }
          let (added, overflow) = scaled.addingReportingOverflow(UInt128(digit))
          if overflow { return nil }
          digits = added
          significant = read
        }
      } else if byte == UInt8(ascii: "."), point == nil, read > 0 || form == .scientific {
        point = read
      } else {
        break
      }
      next = iterator.next()
    }
    if read == 0 || point == read { return nil }
    var exponent = 0
    if form == .scientific, next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      next = iterator.next()
      let isDown = next == UInt8(ascii: "-")
      if isDown || next == UInt8(ascii: "+") { next = iterator.next() }
      guard next != nil else { return nil }
      while let byte = next, let digit = decimalDigit(byte) {
        exponent = exponent * 10 + Int(digit)
        if exponent > 9999 { return nil }
        next = iterator.next()
      }
      if isDown { exponent = -exponent }
    }
    if next != nil { return nil }
    if digits == 0 {
      self = .zero
      return
    }
    let power = (point ?? read) - significant + exponent
    var denominator: UInt128 = 1
    if power >= 0 {
      guard let scaled = times(digits, 10, power) else { return nil }
      digits = scaled
    } else {
      // 10^n is 2^n times 5^n: what the digits share with either is taken out, which leaves lowest terms.
      for factor in [2, 5] as [UInt128] {
        var left = -power
        while left > 0, digits % factor == 0 {
          digits /= factor
          left -= 1
        }
        guard let scaled = times(denominator, factor, left) else { return nil }
        denominator = scaled
      }
    }
    guard let numerator = Int128(exactly: digits), let denominator = Int128(exactly: denominator),
      let result = try? Exact(
        numerator: isNegative ? -numerator : numerator, denominator: denominator)
    else { return nil }
    self = result
  }

  /// A plain decimal where it ends (`7.4`), else the fraction (`1/3`).
  package var description: String {
    if isInteger {
      if let small = Int64(exactly: numerator) { return String(small) }
      return String(numerator)
    }
    var rest = denominator.magnitude
    var twos = 0
    var fives = 0
    while rest % 2 == 0 {
      rest /= 2
      twos += 1
    }
    while rest % 5 == 0 {
      rest /= 5
      fives += 1
    }
    guard rest == 1 else { return "\(numerator)/\(denominator)" }
    let whole = denominator.magnitude
    var text = (isNegative ? "-" : "") + String(numerator.magnitude / whole) + "."
    var remainder = numerator.magnitude % whole
    for _ in 0..<max(twos, fives) {
      let scaled = remainder.multipliedFullWidth(by: 10)
      let division = whole.dividingFullWidth(scaled)
      text += String(division.quotient)
      remainder = division.remainder
    }
    return text
  }
}

/// `value` times `factor` to the power of `count`, or nil where that does not fit.
private func times(_ value: UInt128, _ factor: UInt128, _ count: Int) -> UInt128? {
  // 2^127 is the greatest power of the smallest factor that can fit.
  if count > 127 { return nil }
  var result = value
  for _ in 0..<count {
    let (scaled, overflow) = result.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    result = scaled
  }
  return result
}

func decimalDigit(_ byte: UInt8) -> UInt8? {
  let digit = byte &- UInt8(ascii: "0")
  return digit < 10 ? digit : nil
}
