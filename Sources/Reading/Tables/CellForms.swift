/// What people and programs put where a value is missing, has a unit, or is two values in one.
///
/// Like the others of ``CellText``, each gives nil where the text is not surely of its form.
extension CellText {
  /// Whether the text says that nothing is there: dashes or strokes alone.
  package static func isStroke(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count <= 6 else { return false }
    let isSlash = slashes.contains(first)
    return scalars.allSatisfy { isSlash ? slashes.contains($0) : dashes.contains($0) }
  }

  /// Whether the text is a word for nothing, of people (`无`) or of programs (`NaN`).
  package static func isWordForNothing(_ text: String) -> Bool {
    wordsForNothing.contains(text)
  }

  private static let dashes: Set<Unicode.Scalar> = ["-", "‐", "–", "—", "―", "－", "─", "﹣", "−"]
  private static let slashes: Set<Unicode.Scalar> = ["/", "／", "\\", "＼"]
  private static let wordsForNothing: Set<String> = [
    "无", "暂无", "没有", "N/A", "n/a", "NaN", "nan", "None", "null", "NULL", "NA", "<NA>",
  ]

  /// A number without its unit (`100张`); nil where none of the units stands after one.
  package static func withoutUnit(_ text: String, _ units: [String]) -> String? {
    let narrow = narrowed(text)
    for unit in units where narrow.hasSuffix(unit) {
      let number = trimmed(String(narrow.dropLast(unit.count)))
      if CellText.number(number, isWhole: false) != nil
        || CellText.number(number, isWhole: true) != nil
      {
        return number
      }
    }
    return nil
  }

  /// A whole number that a program wrote as one with a part (`17.0`, `17.00`) as a code is: without it; nil for anything else.
  package static func withoutZeros(_ text: String) -> String? {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")), point > text.startIndex,
      text.utf8[..<point].allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8[point...].dropFirst().count > 0,
      text.utf8[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    return String(text[..<point])
  }

  /// The day of a spreadsheet's serial number (`46083`), of the years 2000 to 2099 alone; a time of day after it is nobody's.
  package static func serialDay(_ text: String, from1904: Bool) -> String? {
    let whole = text.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard whole.count == 5, number(text, isWhole: false) == text,
      let day = CellNumber.day(text, from1904: from1904), day.hasPrefix("20")
    else { return nil }
    return day
  }

  /// The two numbers of a place in one text (`116.79,33.95`, `东经116.79 北纬33.95`), in their order, and whether names stand beside
  /// them.
  package static func twoNumbers(
    _ text: String
  ) -> (first: String, second: String, areNamed: Bool)? {
    var rest = narrowed(text).lowercased()
    var areNamed = false
    for name in [
      "东经", "北纬", "经度", "纬度", "longitude", "latitude", "lon", "lng", "lat", "度", "°",
    ] where rest.contains(name) {
      if name != "度", name != "°" { areNamed = true }
      rest = rest.replacingAll(name)
    }
    let parts = rest.unicodeScalars.split { scalar in
      isSpace(scalar) || ",;/|、:=()[]{}".unicodeScalars.contains(scalar)
    }.map { part -> String in
      var number = String(String.UnicodeScalarView(part))
      if let last = number.last, last == "e" || last == "n" {
        areNamed = true
        number.removeLast()
      } else if let first = number.first, first == "e" || first == "n" {
        areNamed = true
        number.removeFirst()
      }
      return number
    }.filter { !$0.isEmpty }
    guard parts.count == 2,
      parts.allSatisfy({ NumberText.problem($0, isInteger: false, digits: 40) == nil })
    else { return nil }
    return (parts[0], parts[1], areNamed)
  }
}

extension String {
  /// With a space in place of each occurrence of a text.
  fileprivate func replacingAll(_ text: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      result += rest[..<range.lowerBound] + " "
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
