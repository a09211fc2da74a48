import Diagnostics

/// Cuts the text of an expression into tokens, one at a time.
struct Lexer {
  private let bytes: [UInt8]
  private var position = 0

  init(_ source: String) { bytes = Array(source.utf8) }

  mutating func next() throws(ExpressionError) -> Token {
    skipSpace()
    let start = position
    guard let byte = peek() else { return token(.end, from: start) }
    if isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(isDigit) ?? false) {
      return try number()
    }
    if let prefix = stringPrefixLength() { return try string(prefix: prefix) }
    if isLetter(byte) {
      while let byte = peek(), isLetter(byte) || isDigit(byte) { position += 1 }
      return token(.identifier(text(start, position)), from: start)
    }
    if byte == UInt8(ascii: "`") { return try quotedIdentifier() }
    for length in [2, 1] where position + length <= bytes.count {
      let word = text(position, position + length)
      if Self.symbols.contains(word) {
        position += length
        return token(.symbol(word), from: start)
      }
    }
    position += 1
    while let next = peek(), next & 0xC0 == 0x80 { position += 1 }
    let found = text(start, position)
    let hint = SlipHint.of(character: found)
    throw ExpressionError(
      ByteRange(start: start, end: position), zh: "意外的字符 `\(found)`" + (hint?.zh ?? ""),
      en: "unexpected character `\(found)`" + (hint?.en ?? ""))
  }

  private static let symbols: Set<String> = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".",
    ",", "(", ")", "[", "]", "{", "}",
  ]

  private func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, range: ByteRange(start: start, end: position))
  }

  private mutating func skipSpace() {
    while let byte = peek() {
      if [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) {
        position += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while let byte = peek(), byte != 0x0A { position += 1 }
      } else {
        return
      }
    }
  }

  private mutating func skipDigits() {
    while let byte = peek(), isDigit(byte) { position += 1 }
  }

  private mutating func number() throws(ExpressionError) -> Token {
    let start = position
    var isDecimal = false
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X"),
      peek(2).flatMap(hexDigit) != nil
    {
      position += 2
      while let byte = peek(), hexDigit(byte) != nil { position += 1 }
    } else {
      skipDigits()
      if peek() == UInt8(ascii: "."), peek(1).map(isDigit) ?? false {
        isDecimal = true
        position += 1
        skipDigits()
      }
      if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
        let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
        if peek(1 + sign).map(isDigit) ?? false {
          isDecimal = true
          position += 1 + sign
          skipDigits()
        }
      }
    }
    let digits = text(start, position)
    var kind = isDecimal ? Token.Kind.decimal(digits) : .int(digits)
    if !isDecimal, peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U") {
      position += 1
      kind = .uint(digits)
    }
    if let byte = peek(), isLetter(byte) {
      while let byte = peek(), isLetter(byte) || isDigit(byte) { position += 1 }
      let found = text(start, position)
      throw ExpressionError(
        ByteRange(start: start, end: position), zh: "应为数字，却是 `\(found)`",
        en: "expected a number, found `\(found)`")
    }
    return token(kind, from: start)
  }

  private mutating func quotedIdentifier() throws(ExpressionError) -> Token {
    let start = position
    position += 1
    while let byte = peek(),
      isLetter(byte) || isDigit(byte) || [0x2E, 0x2D, 0x2F, 0x20].contains(byte)
    {
      position += 1
    }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      throw ExpressionError(
        ByteRange(start: start, end: position), zh: "反引号中的名称没有结束",
        en: "expected a name and a closing backtick")
    }
    position += 1
    return token(.quotedIdentifier(text(start + 1, position - 1)), from: start)
  }

  // MARK: Strings

  /// The number of letters before the quote where a string begins here.
  private func stringPrefixLength() -> Int? {
    var length = 0
    if let byte = peek(length), byte | 0x20 == UInt8(ascii: "b") { length += 1 }
    if let byte = peek(length), byte | 0x20 == UInt8(ascii: "r") { length += 1 }
    let quote = peek(length)
    return quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") ? length : nil
  }

  private mutating func string(prefix: Int) throws(ExpressionError) -> Token {
    let start = position
    let letters = bytes[start..<start + prefix].map { $0 | 0x20 }
    let isBytes = letters.contains(UInt8(ascii: "b"))
    let isRaw = letters.contains(UInt8(ascii: "r"))
    position += prefix
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    let delimiter = isTriple ? 3 : 1
    position += delimiter
    var content: [UInt8] = []
    while true {
      guard let byte = peek(), isTriple || (byte != 0x0A && byte != 0x0D) else {
        throw ExpressionError(
          ByteRange(start: start, end: position), zh: "字符串没有结束",
          en: "expected a closing quote")
      }
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        position += delimiter
        break
      }
      if byte == UInt8(ascii: "\\"), !isRaw {
        try escape(into: &content, isBytes: isBytes)
      } else {
        content.append(byte)
        position += 1
      }
    }
    return token(
      isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self)), from: start)
  }

  private mutating func escape(into content: inout [UInt8], isBytes: Bool)
    throws(ExpressionError)
  {
    let start = position
    position += 1
    guard let letter = peek() else { throw invalidEscape(from: start) }
    position += 1
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
      UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
    ]
    let code: UInt32
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      content.append(letter)
      return
    case UInt8(ascii: "x"), UInt8(ascii: "X"): code = try digits(2, radix: 16, from: start)
    case UInt8(ascii: "u") where !isBytes: code = try digits(4, radix: 16, from: start)
    case UInt8(ascii: "U") where !isBytes: code = try digits(8, radix: 16, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      code = try digits(3, radix: 8, from: start)
    default:
      guard let byte = plain[letter] else { throw invalidEscape(from: start) }
      content.append(byte)
      return
    }
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: code))
    } else {
      guard let scalar = Unicode.Scalar(code) else { throw invalidEscape(from: start) }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private mutating func digits(_ count: Int, radix: UInt32, from start: Int)
    throws(ExpressionError) -> UInt32
  {
    var code: UInt32 = 0
    for _ in 0..<count {
      guard let byte = peek(), let digit = hexDigit(byte), UInt32(digit) < radix else {
        throw invalidEscape(from: start)
      }
      code = code &* radix &+ UInt32(digit)
      position += 1
    }
    return code
  }

  private func invalidEscape(from start: Int) -> ExpressionError {
    let end = min(position + 1, bytes.count)
    let found = text(start, end)
    return ExpressionError(
      ByteRange(start: start, end: end), zh: "无效的转义 `\(found)`",
      en: "invalid escape `\(found)`")
  }
}

func isDigit(_ byte: UInt8) -> Bool { decimalDigit(byte) != nil }

func isLetter(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  if let digit = decimalDigit(byte) { return digit }
  let letter = (byte | 0x20) &- UInt8(ascii: "a")
  return letter < 6 ? letter + 10 : nil
}
