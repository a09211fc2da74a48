/// Reads a regular expression in RE2's syntax.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private var flags = Flags()

  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesLineFeed = false
  }

  /// The greatest depth of groups and the greatest count of a repeat, as RE2 has them.
  private static let maximumDepth = 200
  private static let maximumRepeat = 1000

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func parse() throws(PatternError) -> PatternPiece {
    let result = try alternatives()
    if position < scalars.count { throw PatternError(zh: "多余的 `)`", en: "unexpected `)`") }
    return result
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  private mutating func next() throws(PatternError) -> Unicode.Scalar {
    guard let scalar = peek() else {
      throw PatternError(zh: "提前结束", en: "unexpected end")
    }
    position += 1
    return scalar
  }

  private mutating func alternatives() throws(PatternError) -> PatternPiece {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw PatternError(zh: "嵌套过深", en: "it nests too deeply") }
    var pieces: [PatternPiece] = []
    repeat { pieces.append(try sequence()) } while take("|")
    return pieces.count == 1 ? pieces[0] : .either(pieces)
  }

  private mutating func sequence() throws(PatternError) -> PatternPiece {
    var pieces: [PatternPiece] = []
    while let scalar = peek(), scalar != "|", scalar != ")" {
      let piece = try repeated()
      // What matches nothing but the empty text is left out, so that repeats of it cost nothing.
      if case .empty = piece { continue }
      pieces.append(piece)
    }
    return pieces.count == 1 ? pieces[0] : pieces.isEmpty ? .empty : .sequence(pieces)
  }

  private mutating func repeated() throws(PatternError) -> PatternPiece {
    if position + 1 < scalars.count, scalars[position] == "\\", scalars[position + 1] == "Q" {
      return quoted()
    }
    let piece = try atom()
    guard let (low, high) = try count() else { return piece }
    _ = take("?")
    if let (_, _) = try count() {
      throw PatternError(zh: "重复之后不能再重复", en: "a repeat follows a repeat")
    }
    if case .empty = piece { return .empty }
    return high == 0 ? .empty : .repeated(piece, low, high)
  }

  /// `\Q…\E`.
  private mutating func quoted() -> PatternPiece {
    position += 2
    var pieces: [PatternPiece] = []
    while let scalar = peek() {
      if scalar == "\\", peek(1) == "E" {
        position += 2
        break
      }
      position += 1
      pieces.append(literal(scalar))
    }
    return pieces.isEmpty ? .empty : .sequence(pieces)
  }

  /// `* + ? {n} {n,} {n,m}`; a brace that is none of these is a letter.
  private mutating func count() throws(PatternError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{"), let low = number() else {
      position = start
      return nil
    }
    var high: Int? = low
    if take(",") { high = number() }
    guard take("}") else {
      position = start
      return nil
    }
    guard low <= Self.maximumRepeat, high ?? low <= Self.maximumRepeat, high ?? low >= low else {
      throw PatternError(
        zh: "重复次数应递增且不超过 \(Self.maximumRepeat)",
        en: "expected ascending counts of at most \(Self.maximumRepeat) in a repeat")
    }
    return (low, high)
  }

  private mutating func number() -> Int? {
    var result: Int?
    while let scalar = peek(), ("0"..."9").contains(scalar) {
      result = min((result ?? 0) * 10 + Int(scalar.value) - 0x30, Self.maximumRepeat + 1)
      position += 1
    }
    return result
  }

  private mutating func atom() throws(PatternError) -> PatternPiece {
    let scalar = try next()
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case ".": return .set(flags.dotMatchesLineFeed ? .any : .anyButLineFeed)
    case "^": return .assert(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assert(flags.isMultiline ? .lineEnd : .textEnd)
    case "*", "+", "?":
      throw PatternError(zh: "`\(scalar)` 前没有可重复的内容", en: "nothing to repeat before `\(scalar)`")
    case "\\": return try escape()
    default: return literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> PatternPiece {
    if !flags.ignoresCase { return .scalar(scalar) }
    return .set(ScalarSet(ranges: [scalar.value...scalar.value], ignoresCase: true))
  }

  private mutating func group() throws(PatternError) -> PatternPiece {
    let outer = flags
    if take("?") {
      if take("P") || peek() == "<" {
        guard take("<") else { throw unknownGroup }
        if peek() == "=" || peek() == "!" { throw unknownGroup }
        while let scalar = peek(), ScalarSet.word.contains(scalar) { position += 1 }
        if !take(">") { throw unknownGroup }
      } else if try !flagGroup() {
        // `(?i)` holds to the end of the group around it.
        return .empty
      }
    }
    let result = try alternatives()
    if !take(")") { throw PatternError(zh: "缺少 `)`", en: "expected `)`") }
    flags = outer
    return result
  }

  /// Reads flags up to their `:` (true: a group follows) or `)`.
  private mutating func flagGroup() throws(PatternError) -> Bool {
    var isOn = true
    while true {
      switch try next() {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotMatchesLineFeed = isOn
      case "U": break
      case "-" where isOn: isOn = false
      case ":": return true
      case ")": return false
      default: throw unknownGroup
      }
    }
  }

  private var unknownGroup: PatternError {
    PatternError(zh: "不支持的分组", en: "this kind of group is not known")
  }

  // MARK: Escapes and classes

  private mutating func escape() throws(PatternError) -> PatternPiece {
    switch peek() {
    case "b": return assertion(.wordBoundary)
    case "B": return assertion(.noWordBoundary)
    case "A": return assertion(.textStart)
    case "z": return assertion(.textEnd)
    default: break
    }
    if let set = try escapedSet() { return .set(set) }
    return literal(try escapedScalar())
  }

  private mutating func assertion(_ assertion: Pattern.Assertion) -> PatternPiece {
    position += 1
    return .assert(assertion)
  }

  /// After a backslash: a class such as `\d`; nil for a letter.
  private mutating func escapedSet() throws(PatternError) -> ScalarSet? {
    guard let letter = peek() else { return nil }
    let set: ScalarSet
    switch letter {
    case "d": set = .digit
    case "D": set = .digit.negated
    case "w": set = .word
    case "W": set = .word.negated
    case "s": set = .space
    case "S": set = .space.negated
    case "p", "P":
      position += 1
      var name = ""
      if take("{") {
        while let scalar = peek(), scalar != "}" {
          name.unicodeScalars.append(scalar)
          position += 1
        }
        if !take("}") { throw PatternError(zh: "缺少 `}`", en: "expected `}`") }
      } else {
        name.unicodeScalars.append(try next())
      }
      let isNegated = name.hasPrefix("^")
      if isNegated { name.removeFirst() }
      guard let category = Self.category(name) else {
        throw PatternError(zh: "未知的字符类别 `\(name)`", en: "unknown category `\(name)`")
      }
      return ScalarSet(categories: [category], isNegated: isNegated != (letter == "P"))
    default: return nil
    }
    position += 1
    return set
  }

  private static func category(_ name: String) -> ScalarSet.Category? {
    switch name {
    case "L":
      .general([
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      ])
    case "Lu": .general([.uppercaseLetter])
    case "Ll": .general([.lowercaseLetter])
    case "Lt": .general([.titlecaseLetter])
    case "Lm": .general([.modifierLetter])
    case "Lo": .general([.otherLetter])
    case "M": .general([.nonspacingMark, .spacingMark, .enclosingMark])
    case "N": .general([.decimalNumber, .letterNumber, .otherNumber])
    case "Nd": .general([.decimalNumber])
    case "P":
      .general([
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ])
    case "S": .general([.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol])
    case "Z": .general([.spaceSeparator, .lineSeparator, .paragraphSeparator])
    case "Zs": .general([.spaceSeparator])
    case "C": .general([.control, .format, .surrogate, .privateUse, .unassigned])
    case "Cc": .general([.control])
    case "Han": .han
    default: nil
    }
  }

  /// After a backslash: one code point.
  private mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
    let letter = try next()
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimal()
    case "0"..."7":
      var code = letter.value - 0x30
      for _ in 0..<2 {
        guard let digit = peek(), ("0"..."7").contains(digit) else { break }
        code = code * 8 + digit.value - 0x30
        position += 1
      }
      if letter == "0" || code > 7, let scalar = Unicode.Scalar(code) { return scalar }
    default:
      if !ScalarSet.word.contains(letter) || letter == "_" { return letter }
    }
    throw PatternError(zh: "无效的转义 `\\\(letter)`", en: "invalid escape `\\\(letter)`")
  }

  private mutating func hexadecimal() throws(PatternError) -> Unicode.Scalar {
    var code: UInt32 = 0
    let isBraced = take("{")
    var count = 0
    while isBraced ? count < 8 : count < 2, let scalar = peek(), scalar.isASCII,
      let digit = hexDigit(UInt8(truncatingIfNeeded: scalar.value))
    {
      code = code &* 16 &+ UInt32(digit)
      count += 1
      position += 1
    }
    guard isBraced ? take("}") && count > 0 : count == 2, let scalar = Unicode.Scalar(code) else {
      throw PatternError(zh: "无效的转义 `\\x`", en: "invalid escape `\\x`")
    }
    return scalar
  }

  private mutating func characterClass() throws(PatternError) -> ScalarSet {
    var set = ScalarSet(ignoresCase: flags.ignoresCase)
    set.isNegated = take("^")
    var isFirst = true
    while isFirst || peek() != "]" {
      isFirst = false
      if peek() == "[", peek(1) == ":" {
        set.subsets.append(try namedClass())
        continue
      }
      var low = try next()
      if low == "\\" {
        if let subset = try escapedSet() {
          set.subsets.append(subset)
          continue
        }
        low = try escapedScalar()
      }
      var high = low
      if peek() == "-", let after = peek(1), after != "]" {
        position += 1
        high = try next()
        if high == "\\" { high = try escapedScalar() }
      }
      guard low <= high else {
        throw PatternError(
          zh: "字符范围 `\(low)-\(high)` 颠倒", en: "the range `\(low)-\(high)` is reversed")
      }
      set.ranges.append(low.value...high.value)
    }
    position += 1
    return set
  }

  private mutating func namedClass() throws(PatternError) -> ScalarSet {
    position += 2
    let isNegated = take("^")
    var name = ""
    while let scalar = peek(), scalar != ":" {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    position += 1
    let ranges: [ClosedRange<UInt32>]? =
      switch name {
      case "alpha": [0x41...0x5A, 0x61...0x7A]
      case "digit": [0x30...0x39]
      case "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
      case "upper": [0x41...0x5A]
      case "lower": [0x61...0x7A]
      case "space": [0x09...0x0D, 0x20...0x20]
      case "blank": [0x09...0x09, 0x20...0x20]
      case "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
      case "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66]
      case "word": ScalarSet.word.ranges
      case "ascii": [0x00...0x7F]
      case "cntrl": [0x00...0x1F, 0x7F...0x7F]
      case "graph": [0x21...0x7E]
      case "print": [0x20...0x7E]
      default: nil
      }
    guard let ranges, take("]") else {
      throw PatternError(zh: "未知的字符类 `\(name)`", en: "unknown class `\(name)`")
    }
    return ScalarSet(ranges: ranges, isNegated: isNegated)
  }
}
