/// A day of the proleptic Gregorian calendar, without time or zone.
package struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let storedYear: Int16
  private let storedMonth: UInt8
  private let storedDay: UInt8

  package var year: Int { Int(storedYear) }
  package var month: Int { Int(storedMonth) }
  package var day: Int { Int(storedDay) }

  /// nil where the calendar has no such day; years are 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(in: month, of: year)
    else { return nil }
    (storedYear, storedMonth, storedDay) = (Int16(year), UInt8(month), UInt8(day))
  }

  /// Reads `YYYY-MM-DD`.
  package init?(_ text: String) {
    guard Self.hasForm(text) else { return nil }
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }.map { Int($0) - 0x30 }
    var numbers = [0, 0, 0]
    for (i, digit) in digits.enumerated() {
      let part = i < 4 ? 0 : i < 6 ? 1 : 2
      numbers[part] = numbers[part] * 10 + digit
    }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// Reads the midnight that programs write after a day (`2026-03-02T00:00:00.000`): in UTC or in China it is of that day.
  package init?(midnight text: String) {
    let scalars = text.utf8
    guard scalars.count > 10, scalars.count <= 40 else { return nil }
    let mark = scalars.index(scalars.startIndex, offsetBy: 10)
    var time = text[mark...]
    guard time.first == "T" || time.first == " " else { return nil }
    time = time.dropFirst()
    for zone in ["Z", "+00:00", "+08:00"] where time.hasSuffix(zone) {
      time = time.dropLast(zone.count)
      break
    }
    guard time.hasPrefix("00:00"),
      time == "00:00" || time == "00:00:00"
        || time.hasPrefix("00:00:00.") && time.count > 9
          && time.dropFirst(9).allSatisfy({ $0 == "0" })
    else { return nil }
    self.init(String(text[..<mark]))
  }

  /// What ``init(midnight:)`` takes after the day, as a regular expression.
  static let midnightPattern = #"[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00|\+08:00)?"#

  /// Whether text is written as `YYYY-MM-DD`, whatever the numbers.
  package static func hasForm(_ text: String) -> Bool {
    guard text.utf8.count == 10 else { return false }
    for (i, byte) in text.utf8.enumerated() {
      let fits = i == 4 || i == 7 ? byte == UInt8(ascii: "-") : byte >= 0x30 && byte <= 0x39
      if !fits { return false }
    }
    return true
  }

  package var description: String {
    Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
  }

  /// The days of the years 1 to 9999, by their number after 1970-01-01.
  package static let all = -719_162...2_932_896

  /// The day so many days after 1970-01-01; nil outside the years 1 to 9999.
  package init?(daysSinceEpoch days: Int) {
    guard Self.all.contains(days) else { return nil }
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days since 1970-01-01.
  ///
  /// Years are taken to begin in March, so that the leap day ends one (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  package var daysSinceEpoch: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func < (a: CalendarDay, b: CalendarDay) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
