package import Expression
package import Reading
package import Spatial

/// What the quick readers of tables and plain YAML understand of the bytes of one value.
///
/// Each gives nil for anything that is not written in the plainest way; the readers of trees then say what is wrong with it,
/// or read it after all.
package enum PlainText {
  /// Text that does not begin with a space: ideographic ones and the like are for the other reader to look at.
  package static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let first = bytes.first, first > 0x20, first != 0xE3, first != 0xC2, first != 0xE2,
      first != 0xE1
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    // `-` and `无` say that nothing is there.
    if bytes.count <= 6, CellText.isStroke(text) || CellText.isWordForNothing(text) { return nil }
    return text
  }

  /// Text of a cell: no white space at either end, invisible kinds included, no formula and no error of a spreadsheet's.
  package static func cell(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let first = bytes.first, let last = bytes.last, first != UInt8(ascii: "="),
      first != UInt8(ascii: "#"), first != 0xEF, last > 0x20
    else { return nil }
    // `42.00` in a workbook may be a whole number.
    if last == UInt8(ascii: "0"), bytes.contains(UInt8(ascii: ".")) { return nil }
    if last >= 0x80 {
      // The bytes that begin white space, beside other characters.
      for byte in bytes.suffix(3).dropLast()
      where byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF {
        return nil
      }
    }
    return text(bytes)
  }

  /// A code in ASCII, without the `+` that a spreadsheet's number has.
  static func cellCode(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") }) else {
      return nil
    }
    return cell(bytes)
  }

  /// A code as YAML has it, without the `+` that a spreadsheet's number has.
  package static func code(_ bytes: UnsafeRawBufferPointer) -> String? {
    bytes.contains(UInt8(ascii: "+")) ? nil : text(bytes)
  }

  /// A unified social credit code in capitals.
  static func creditCode(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let code = code(bytes), CreditCode.problem(code) == nil else { return nil }
    return code
  }

  /// A whole number of at most six digits.
  package static func count(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count <= 6, let first = bytes.first, bytes.count == 1 || first != UInt8(ascii: "0")
    else { return nil }
    var value = 0
    for byte in bytes {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// A number without a sign, of at most 15 digits: its digits, and how many of them stand after the point.
  package static func decimal(_ bytes: UnsafeRawBufferPointer) -> (digits: Int, decimals: Int)? {
    guard bytes.count <= 16, let first = bytes.first, first != UInt8(ascii: ".") else { return nil }
    var digits = 0
    var point: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "."), point == nil {
        point = index
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      digits = digits * 10 + Int(byte - 0x30)
    }
    let whole = point ?? bytes.count
    if whole > 1, first == UInt8(ascii: "0") { return nil }
    guard let point else { return bytes.count < 16 ? (digits, 0) : nil }
    let decimals = bytes.count - point - 1
    return decimals > 0 ? (digits, decimals) : nil
  }

  /// The same number as an exact one.
  package static func exact(_ bytes: UnsafeRawBufferPointer) -> Exact? {
    guard let number = decimal(bytes) else { return nil }
    var scale = 1
    for _ in 0..<number.decimals { scale *= 10 }
    return try? Exact(numerator: Int128(number.digits), denominator: Int128(scale))
  }

  /// A day of the calendar, as `2026-03-02`.
  package static func day(_ bytes: UnsafeRawBufferPointer) -> CalendarDay? {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    // What is out of all bounds is told by the reader of fields.
    guard FieldReader<Int>.years.contains(year) else { return nil }
    return CalendarDay(year: year, month: month, day: day)
  }

  /// One of the datums.
  package static func datum(_ bytes: UnsafeRawBufferPointer) -> Datum? {
    for datum in Datum.allCases where equal(bytes, datum.rawValue) { return datum }
    return nil
  }

  private static func equal(_ bytes: UnsafeRawBufferPointer, _ text: String) -> Bool {
    bytes.count == text.utf8.count && zip(bytes, text.utf8).allSatisfy { $0 == $1 }
  }
}

extension Site {
  /// A place from its decimals as bytes; nil where they are not plain or cannot be meant.
  package init?(
    _ longitude: UnsafeRawBufferPointer, _ latitude: UnsafeRawBufferPointer, _ datum: Datum?
  ) {
    guard let x = PlainText.decimal(longitude), let y = PlainText.decimal(latitude) else {
      return nil
    }
    self.init(
      longitude: Self.degrees(x), latitude: Self.degrees(y), longitudeDecimals: x.decimals,
      latitudeDecimals: y.decimals, datum: datum)
    if problem != nil { return nil }
  }

  /// Digits below 2^53 over a power of ten up to 10^22 are both exact, so that one division gives the nearest double.
  private static func degrees(_ number: (digits: Int, decimals: Int)) -> Double {
    var scale = 1.0
    for _ in 0..<number.decimals { scale *= 10 }
    return Double(number.digits) / scale
  }
}
