/// An instant: seconds since 1970-01-01T00:00:00Z and nanoseconds within the second, from year 1 to 9999.
package struct Timestamp: Sendable, Hashable, Comparable {
  package let seconds: Int64
  package let nanoseconds: Int32

  /// nil outside of the years 1 to 9999; `nanoseconds` may be any number.
  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    let (carry, rest) = nanoseconds.floorDivided(by: 1_000_000_000)
    let (total, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow, (-62_135_596_800...253_402_300_799).contains(total) else { return nil }
    self.seconds = total
    self.nanoseconds = Int32(rest)
  }

  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= daysInMonth(year, month)
    else { return nil }
    self.init(seconds: Int64(dayNumber(year, month, day)) * 86_400)
  }

  /// RFC 3339: `2026-06-01T08:00:00+08:00`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var result = 0
      for byte in bytes[start..<start + count] {
        guard let digit = decimalDigit(byte) else { return nil }
        result = result * 10 + Int(digit)
      }
      return result
    }
    func has(_ letter: Unicode.Scalar, at index: Int) -> Bool {
      index < bytes.count && bytes[index] == UInt8(ascii: letter)
    }
    guard let year = number(0, 4), has("-", at: 4), let month = number(5, 2), has("-", at: 7),
      let day = number(8, 2), has("T", at: 10) || has("t", at: 10), let hour = number(11, 2),
      has(":", at: 13), let minute = number(14, 2), has(":", at: 16), let second = number(17, 2),
      hour < 24, minute < 60, second < 60,
      let midnight = Timestamp(year: year, month: month, day: day)
    else { return nil }
    var position = 19
    var nanoseconds: Int64 = 0
    if has(".", at: position) {
      position += 1
      var unit: Int64 = 100_000_000
      let start = position
      while position < bytes.count, let digit = decimalDigit(bytes[position]) {
        nanoseconds += Int64(digit) * unit
        unit /= 10
        position += 1
      }
      if position == start || position - start > 9 { return nil }
    }
    let zone = String(decoding: bytes[position...], as: UTF8.self)
    guard let offset = zone == "Z" || zone == "z" ? 0 : offsetSeconds(zone) else { return nil }
    let clock = Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: midnight.seconds + clock - offset, nanoseconds: nanoseconds)
  }

  /// `2026-06-01` at midnight UTC.
  package init?(date text: String) {
    guard text.utf8.count == 10 else { return nil }
    self.init(text + "T00:00:00Z")
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  func adding(_ duration: Duration) -> Timestamp? {
    let (total, overflow) = seconds.addingReportingOverflow(duration.seconds)
    return overflow
      ? nil
      : Timestamp(seconds: total, nanoseconds: Int64(nanoseconds) + Int64(duration.nanoseconds))
  }

  package var description: String {
    let civil = CivilTime(self, offsetSeconds: 0)
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2) + "T"
      + padded(civil.hour, 2) + ":" + padded(civil.minute, 2) + ":" + padded(civil.second, 2)
      + fractionText(nanoseconds) + "Z"
  }
}

/// The fraction of a second as text with its point, without trailing zeros; empty for none.
func fractionText(_ nanoseconds: Int32) -> String {
  if nanoseconds == 0 { return "" }
  let digits = String(nanoseconds.magnitude)
  var text = String(repeating: "0", count: 9 - digits.count) + digits
  while text.hasSuffix("0") { text.removeLast() }
  return "." + text
}

/// The seconds of `+08:00`, `-02:30` or `08:00`; nil for anything else, so for names of places.
func offsetSeconds(_ text: String) -> Int64? {
  var bytes = Array(text.utf8)
  let isNegative = bytes.first == UInt8(ascii: "-")
  if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
  guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
    let a = decimalDigit(bytes[0]), let b = decimalDigit(bytes[1]),
    let c = decimalDigit(bytes[3]), let d = decimalDigit(bytes[4]), c < 6, a * 10 + b < 24
  else { return nil }
  let seconds = (Int64(a) * 10 + Int64(b)) * 3600 + (Int64(c) * 10 + Int64(d)) * 60
  return isNegative ? -seconds : seconds
}
