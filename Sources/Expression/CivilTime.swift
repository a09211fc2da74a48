/// A timestamp as a calendar and a clock show it at an offset from UTC.
struct CivilTime {
  let year: Int
  /// From 1.
  let month: Int
  /// From 1.
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  let millisecond: Int
  /// Sunday is 0.
  let weekday: Int
  /// From 0.
  let dayOfYear: Int

  init(_ timestamp: Timestamp, offsetSeconds: Int64) {
    let (days, clock) = (timestamp.seconds + offsetSeconds).floorDivided(by: 86_400)
    // Howard Hinnant's civil_from_days: years begin in March, eras have 400 years.
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfShiftedYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfShiftedYear + 2) / 153
    day = dayOfShiftedYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = Int(clock) / 3600
    minute = Int(clock) / 60 % 60
    second = Int(clock) % 60
    millisecond = Int(timestamp.nanoseconds) / 1_000_000
    weekday = Int((days + 4).floorDivided(by: 7).remainder)
    dayOfYear = Int(days) - dayNumber(year, 1, 1)
  }
}

/// Days since 1970-01-01.
func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let shiftedYear = month <= 2 ? year - 1 : year
  let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
  let yearOfEra = shiftedYear - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

func daysInMonth(_ year: Int, _ month: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

extension Int64 {
  /// The quotient rounded down and the remainder that is not negative, for a positive divisor.
  func floorDivided(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
