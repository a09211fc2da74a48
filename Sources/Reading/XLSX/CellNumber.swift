/// Numbers as workbooks store them, in the way that people see them.
///
/// Workbooks store binary floating point, written out: 71.5 may stand as `71.499999999999996`. Spreadsheets keep 15 significant
/// digits, and so does this, by rounding the text; nothing passes through binary floating point here.
enum CellNumber {
  private static let digitsKept = 15
  /// Zeros after the point beyond which a number stays as it is written.
  private static let leadingZeros = 20

  /// The number with 15 digits at most, times 100 and with `%` where it is shown as a percentage.
  ///
  /// A number with more digits than that before its point has lost some and is written with an exponent, which no field accepts.
  /// Zeros are added up to the decimals that its format shows.
  static func text(_ raw: String, isPercent: Bool = false, decimals: Int = 0) -> String {
    let text = shortest(raw, isPercent: isPercent)
    if decimals == 0 || text.utf8.contains(where: { "eE".utf8.contains($0) }) { return text }
    let point = text.utf8.firstIndex(of: UInt8(ascii: "."))
    let written = point.map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
    let zeros = min(decimals, digitsKept) - written
    if zeros <= 0 || parts(raw) == nil { return text }
    return text + (point == nil ? "." : "") + String(repeating: "0", count: zeros)
  }

  private static func shortest(_ raw: String, isPercent: Bool) -> String {
    guard let number = parts(raw) else { return raw }
    var (digits, point) = (number.digits, number.point)
    if isPercent { point += 2 }
    let hasLostDigits = point > digitsKept
    if digits.count > digitsKept {
      let roundsUp = digits[digitsKept] >= 5
      digits.removeLast(digits.count - digitsKept)
      if roundsUp {
        var place = digits.count - 1
        while place >= 0, digits[place] == 9 { place -= 1 }
        if place < 0 {
          digits = [1]
          point += 1
        } else {
          digits.removeLast(digits.count - place - 1)
          digits[place] += 1
        }
      }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { return isPercent ? "0%" : "0" }
    if -point > leadingZeros { return raw }
    var text = number.isNegative ? "-" : ""
    func append(_ part: ArraySlice<UInt8>) { for digit in part { text += String(digit) } }
    if hasLostDigits {
      append(digits[..<1])
      if digits.count > 1 {
        text += "."
        append(digits[1...])
      }
      return text + "E+" + String(point - 1)
    }
    if point <= 0 {
      text += "0." + String(repeating: "0", count: -point)
      append(digits[...])
    } else if digits.count <= point {
      append(digits[...])
      text += String(repeating: "0", count: point - digits.count)
    } else {
      append(digits[..<point])
      text += "."
      append(digits[point...])
    }
    return text + (isPercent ? "%" : "")
  }

  /// Significant digits, and where the point stands counted from the first of them; nil where it is no number.
  private static func parts(_ raw: String) -> (isNegative: Bool, digits: [UInt8], point: Int)? {
    var rest = Array(raw.utf8)[...]
    var isNegative = false
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      isNegative = rest.removeFirst() == UInt8(ascii: "-")
    }
    var digits: [UInt8] = []
    var point: Int?
    var count = 0
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else if (0x30...0x39).contains(byte) {
        digits.append(byte - 0x30)
        count += 1
      } else {
        break
      }
      rest.removeFirst()
    }
    guard count > 0, count <= 400 else { return nil }
    var exponent = 0
    if let mark = rest.first {
      guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E"),
        let found = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(found) <= 400
      else { return nil }
      exponent = found
    }
    var place = (point ?? digits.count) + exponent
    while digits.first == 0 {
      digits.removeFirst()
      place -= 1
    }
    return (isNegative, digits, place)
  }

  /// The day of a serial number, as `YYYY-MM-DD`; nil where the calendar of workbooks has none.
  static func day(_ raw: String, from1904: Bool) -> String? {
    guard let serial = Int(text(raw).prefix { $0 != "." }), serial >= 0, serial <= 2_958_465 else {
      return nil
    }
    let days: Int
    if from1904 {
      days = serial - 24_107
    } else {
      // Workbooks have a 29 February 1900, number 60.
      guard serial > 0, serial != 60 else { return nil }
      days = serial - (serial < 60 ? 25_568 : 25_569)
    }
    return CalendarDay(daysSinceEpoch: days)?.description
  }
}
