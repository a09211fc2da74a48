/// Turns what spreadsheets and people put into cells into the one way that planlint writes it.
///
/// Each function gives nil where the text is not surely of its form: the reader of the field then says what is wrong with it as
/// it stands. Nothing is guessed: `12,34`, `1.200,5` and `6/1/2026` have several readings and have none here.
package enum CellText {
  /// Without white space around it, ideographic and no-break spaces included, and without a text mark of a spreadsheet (`="00123"`).
  package static func trimmed(_ text: String) -> String {
    var text = text
    if text.utf8.starts(with: "=\"".utf8), text.utf8.count > 2, text.utf8.last == UInt8(ascii: "\"")
    {
      text = String(text.dropFirst(2).dropLast())
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    if first == scalars.startIndex, scalars.index(after: last) == scalars.endIndex { return text }
    return String(scalars[first...last])
  }

  /// With full-width letters, digits and signs as their ASCII ones, and ideographic spaces as spaces.
  package static func narrowed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for scalar in text.unicodeScalars { result.unicodeScalars.append(narrowed(scalar)) }
    return result
  }

  /// What two texts have in common that name the same thing: full-width signs, white space and quotes set aside.
  package static func key(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let narrow = narrowed(scalar)
      switch narrow {
      case "\"", "'", "“", "”", "‘", "’", "「", "」": continue
      default: if !isSpace(narrow) { result.unicodeScalars.append(narrow) }
      }
    }
    return result
  }

  /// A regular expression of the texts whose ``key(_:)`` is this one, for schemas.
  ///
  /// - Parameters:
  ///   - ignoring: other signs that may stand anywhere, as they are in a class of an expression.
  ///   - isAnyCase: whether letters may be small or capital.
  package static func pattern(
    ofKey key: String, ignoring others: String = "", isAnyCase: Bool = false
  ) -> String {
    let between = #"[\s\u0085\u200b\ufeff"'“”‘’「」＂＇"# + others + "]*"
    var result = between
    for scalar in key.unicodeScalars {
      var forms = [scalar]
      if isAnyCase, scalar.isASCII,
        let letter = Character(scalar).uppercased().unicodeScalars.first,
        letter != scalar
      {
        forms.append(letter)
      }
      forms += forms.compactMap { form in
        (0x21...0x7E).contains(form.value) ? Unicode.Scalar(form.value + 0xFEE0) : nil
      }
      let text = String(String.UnicodeScalarView(forms))
      result += (forms.count == 1 ? text : "[\(text)]") + between
    }
    return result
  }

  /// A number: full-width digits, thousands separators where they can be nothing else.
  ///
  /// Separators are believed where every group after the first has three digits, and the number is whole or has a point after
  /// them.
  package static func number(_ text: String, isWhole: Bool) -> String? {
    var digits = Array(narrowed(text).unicodeScalars)
    if digits.first == "\u{2212}" { digits[0] = "-" }
    if let grouped = withoutSeparators(digits, isWhole: isWhole) { digits = grouped }
    if isWhole, let point = digits.firstIndex(of: "."), point > 0, point + 1 < digits.count,
      digits[(point + 1)...].allSatisfy({ $0 == "0" })
    {
      digits.removeSubrange(point...)
    }
    let number = String(String.UnicodeScalarView(digits))
    return NumberText.problem(number, isInteger: isWhole, digits: .max) == nil ? number : nil
  }

  /// The same number with its per cent sign, where it has one.
  package static func percent(_ text: String) -> String? {
    let narrow = narrowed(text)
    guard narrow.last == "%" else { return number(narrow, isWhole: false) }
    return number(trimmed(String(narrow.dropLast())), isWhole: false).map { $0 + "%" }
  }

  private static func withoutSeparators(
    _ digits: [Unicode.Scalar], isWhole: Bool
  ) -> [Unicode.Scalar]? {
    guard digits.contains(",") else { return nil }
    let point = digits.firstIndex(of: ".") ?? digits.endIndex
    // One separator alone may be a decimal comma.
    if !isWhole, point == digits.endIndex, digits.count(where: { $0 == "," }) < 2 { return nil }
    var start = 0
    if digits.first == "-" { start = 1 }
    guard point >= start else { return nil }
    let groups = digits[start..<point].split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count), groups.count > 1,
      groups.dropFirst().allSatisfy({ $0.count == 3 }), !digits[point...].contains(",")
    else { return nil }
    return digits.filter { $0 != "," }
  }

  /// A truth value as `true` or `false`, from 是, 否, 有 or 无, `yes` or `no` as well.
  package static func flag(_ text: String) -> String? {
    switch narrowed(text).lowercased() {
    case "true", "yes", "y", "是", "有": "true"
    case "false", "no", "n", "否", "无": "false"
    default: nil
    }
  }

  /// A day as `YYYY-MM-DD`, from `2026.6.1`, `2026/6/1`, `2026年6月1日`, `2026-6-1` or `20260601`, with or without midnight.
  package static func day(_ text: String) -> String? {
    var scalars = Array(narrowed(text).unicodeScalars)
    // Exports add a midnight that nobody wrote: ` 00:00`, `T00:00:00`, ` 00:00:00.0`.
    if let mark = scalars.lastIndex(where: { $0 == " " || $0 == "T" }) {
      let time = scalars[(mark + 1)...]
      if time.first == "0", time.contains(":"),
        time.allSatisfy({ $0 == "0" || $0 == ":" || $0 == "." })
      {
        scalars.removeSubrange(mark...)
      }
    }
    if scalars.count == 8, scalars.allSatisfy(isDigit) {
      return written([scalars[..<4], scalars[4..<6], scalars[6...]])
    }
    var parts: [ArraySlice<Unicode.Scalar>] = []
    var separators: [Unicode.Scalar] = []
    var start = 0
    func finish(_ end: Int) {
      var part = scalars[start..<end]
      while let first = part.first, isSpace(first) { part.removeFirst() }
      while let last = part.last, isSpace(last) { part.removeLast() }
      parts.append(part)
      start = end + 1
    }
    for (index, scalar) in scalars.enumerated() where !isDigit(scalar) && !isSpace(scalar) {
      finish(index)
      separators.append(scalar)
    }
    if start < scalars.count { finish(scalars.count) }
    let forms: [[Unicode.Scalar]] = [
      ["-", "-"], [".", "."], ["/", "/"], ["年", "月", "日"], ["年", "月", "号"],
    ]
    guard parts.count == 3, forms.contains(separators), parts[0].count == 4,
      (1...2).contains(parts[1].count), (1...2).contains(parts[2].count),
      parts.allSatisfy({ $0.allSatisfy(isDigit) })
    else { return nil }
    return written(parts)
  }

  private static func written(_ parts: [ArraySlice<Unicode.Scalar>]) -> String {
    parts.map { part in
      String(repeating: "0", count: max(0, 2 - part.count))
        + String(String.UnicodeScalarView(part))
    }.joined(separator: "-")
  }

  /// The items of a list in one cell, separated by `;`, `；`, `、`, `,`, `，` or `+`, each with its place among the UTF-8 bytes.
  package static func items(_ text: String) -> [(text: String, range: Range<Int>)] {
    var items: [(text: String, range: Range<Int>)] = []
    var current = ""
    var start = 0
    var offset = 0
    func finish(_ end: Int) {
      let item = trimmed(current)
      if !item.isEmpty {
        let leading = current.unicodeScalars.prefix { isSpace($0) }.reduce(0) {
          $0 + UTF8.width($1)
        }
        let first = start + leading
        items.append((item, first..<min(end, first + item.utf8.count)))
      }
      current = ""
    }
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      switch scalar {
      case ";", "；", "、", ",", "，", "+", "＋":
        finish(offset)
        start = offset + width
      default: current.unicodeScalars.append(scalar)
      }
      offset += width
    }
    finish(offset)
    return items
  }

  /// Whether the text is a number as spreadsheets write a code that they took for one: `3.4060200017E+11`.
  package static func isSpreadsheetNumber(_ text: String) -> Bool {
    var hasPoint = false
    var digits = 0
    var rest = narrowed(text).unicodeScalars[...]
    while let scalar = rest.first, isDigit(scalar) || scalar == "." && !hasPoint && digits > 0 {
      if scalar == "." { hasPoint = true } else { digits += 1 }
      rest.removeFirst()
    }
    guard digits > 0, let letter = rest.popFirst(), letter == "E" || letter == "e",
      let sign = rest.popFirst(), sign == "+"
    else { return false }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  /// The errors that spreadsheets put into cells.
  package static func isSpreadsheetError(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "#") else { return false }
    return [
      "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
      "#GETTING_DATA",
    ].contains(text)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x7E, 0x4E00...0x9FFF: false
    // Invisible, and left behind by copying from documents.
    case 0x200B, 0xFEFF: true
    default: scalar.properties.isWhitespace
    }
  }

  private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000, 0xA0: " "
    default: scalar
    }
  }
}
