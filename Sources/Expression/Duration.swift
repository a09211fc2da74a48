/// A length of time within 10,000 years; seconds and nanoseconds have one sign.
package struct Duration: Sendable, Hashable, Comparable {
  package let seconds: Int64
  package let nanoseconds: Int32

  /// nil beyond 10,000 years.
  package init?(nanoseconds total: Int128) {
    let (seconds, nanoseconds) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard (-315_576_000_000...315_576_000_000).contains(seconds) else { return nil }
    self.seconds = Int64(seconds)
    self.nanoseconds = Int32(nanoseconds)
  }

  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    self.init(nanoseconds: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
  }

  /// `1h30m`, `-1.5s`, `250ms`: decimal numbers with the units h, m, s, ms, us and ns.
  package init?(_ text: String) {
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    if bytes.elementsEqual("0".utf8) { bytes = "0s".utf8[...] }
    if bytes.isEmpty || text.utf8.count > 200 { return nil }
    let units: [(String, Int64)] = [
      ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
      ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]
    var total = Exact.zero
    while !bytes.isEmpty {
      let number = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      bytes = bytes[number.endIndex...]
      let letters = bytes.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
      bytes = bytes[letters.endIndex...]
      guard let value = Exact(scientific: String(decoding: number, as: UTF8.self)),
        let unit = units.first(where: { letters.elementsEqual($0.0.utf8) }),
        let part = try? value.multiplied(by: Exact(unit.1)),
        let sum = try? total.adding(part)
      else { return nil }
      total = sum
    }
    let whole = total.truncated.numerator
    self.init(nanoseconds: isNegative ? -whole : whole)
  }

  package static func < (left: Duration, right: Duration) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// In days, exactly.
  package var days: Exact {
    (try? Exact(numerator: totalNanoseconds, denominator: Self.nanosecondsOfDay)) ?? .zero
  }

  static let nanosecondsOfDay: Int128 = 86_400_000_000_000

  var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  /// `5400s`, `-1.5s`.
  package var description: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    return sign + String(seconds.magnitude) + fractionText(nanoseconds) + "s"
  }
}
