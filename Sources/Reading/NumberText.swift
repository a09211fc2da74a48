import Diagnostics

/// Decides whether text is a number as planlint writes numbers, and says why not.
///
/// `-7.40` is one; exponents, hexadecimal, infinities, separators, units, leading zeros and a leading plus are not: each has several
/// readings, and a bed count has one.
enum NumberText {
  /// nil where `text` is a number; otherwise what to do about it.
  static func problem(_ text: String, isInteger: Bool, digits limit: Int) -> Problem? {
    var text = text
    return text.withUTF8 { bytes -> Problem? in
      var position = 0
      if bytes.first == UInt8(ascii: "-") { position = 1 }
      let integerStart = position
      while position < bytes.count, isDigit(bytes[position]) { position += 1 }
      let integerDigits = position - integerStart
      var fractionDigits = 0
      if !isInteger, position > integerStart, position + 1 < bytes.count,
        bytes[position] == UInt8(ascii: "."), isDigit(bytes[position + 1])
      {
        let fractionStart = position + 1
        position = fractionStart
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
        fractionDigits = position - fractionStart
      }
      guard position == bytes.count, integerDigits > 0 else { return kind(of: bytes) }
      if integerDigits > 1, bytes[integerStart] == UInt8(ascii: "0") { return .leadingZero }
      if integerDigits + fractionDigits > limit { return .tooManyDigits(limit) }
      return nil
    }
  }

  enum Problem: Equatable {
    case fullWidth, exponent, separator, percent, plus, leadingZero, tooManyDigits(Int), unit, other
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> Problem {
    let text = String(decoding: bytes.prefix(256), as: UTF8.self)
    if text.unicodeScalars.contains(where: { (0xFF0B...0xFF19).contains($0.value) }) {
      return .fullWidth
    }
    let rest = text.utf8.filter { !isDigit($0) }
    let hasDigit = rest.count < text.utf8.count
    guard hasDigit else { return .other }
    if rest.allSatisfy({
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: "-")
    }),
      rest.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "_") })
    {
      return .separator
    }
    if text.hasSuffix("%") || text.hasSuffix("％") { return .percent }
    if text.hasPrefix("+") { return .plus }
    let letters = rest.filter {
      $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+")
    }
    if letters == [UInt8(ascii: "e")] || letters == [UInt8(ascii: "E")] { return .exponent }
    // Digits, then nothing but the letters of a unit.
    let tail = text.unicodeScalars.drop {
      (0x30...0x39).contains($0.value) || $0 == "." || $0 == "-"
    }
    if let first = tail.first, (0x30...0x39).contains(text.unicodeScalars.first?.value ?? 0),
      first.properties.isAlphabetic || first == " ",
      tail.allSatisfy({ $0.properties.isAlphabetic || $0 == " " || $0 == "/" })
    {
      return .unit
    }
    return .other
  }
}

extension NumberText.Problem {
  /// What to do, to follow "expected …, found …"; empty where that says it all.
  var hint: Bilingual {
    switch self {
    case .fullWidth: Bilingual(zh: "，请改用半角数字", en: "; use ASCII digits, not full-width ones")
    case .exponent:
      Bilingual(zh: "，请写出全部数位，不用指数", en: "; write the number out, without an exponent")
    case .separator: Bilingual(zh: "，请去掉分隔符", en: "; leave the separators out")
    case .percent: Bilingual(zh: "，请去掉百分号", en: "; leave the `%` out")
    case .plus: Bilingual(zh: "，请去掉加号", en: "; leave the `+` out")
    case .leadingZero: Bilingual(zh: "，请去掉开头的 0", en: "; leave the leading zero out")
    case .unit:
      Bilingual(zh: "，请写出完整数字，不带单位", en: "; write the whole number out, without a unit")
    case .tooManyDigits(let limit): Bilingual(zh: "，最多 \(limit) 位", en: "; at most \(limit) digits")
    case .other: Bilingual(zh: "", en: "")
    }
  }
}
