/// The columns that text takes in a terminal: two for CJK, full-width forms and emoji, none for combining marks.
///
/// Characters of ambiguous width (curly quotes, for one) count one, as terminals draw them unless told otherwise.
package struct DisplayWidth {
  private var previous = 0
  private var afterJoiner = false
  private var openRegionalIndicator = false

  init() {}

  package static func of(_ text: String) -> Int {
    var meter = DisplayWidth()
    var total = 0
    for scalar in text.unicodeScalars { total += meter.next(scalar) }
    return total
  }

  /// The columns that one more scalar adds after those before it: a joined or modified emoji adds none.
  mutating func next(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value >= 0x20, value < 0x7F {
      previous = 1
      afterJoiner = false
      openRegionalIndicator = false
      return 1
    }
    if value == 0xFE0F, previous == 1 {
      previous = 2
      return 1
    }
    let joined = afterJoiner
    afterJoiner = value == 0x200D
    let width = Self.width(scalar)
    if width == 0 { return 0 }
    let isModifier = value >= 0x1F3FB && value <= 0x1F3FF
    if joined || (isModifier && previous == 2) { return 0 }
    if value >= 0x1F1E6, value <= 0x1F1FF {
      openRegionalIndicator.toggle()
      previous = 2
      return openRegionalIndicator ? 2 : 0
    }
    openRegionalIndicator = false
    previous = width
    return width
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x300: return 1
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x3029, 0x302E...0x303E, 0x3041...0x3098,
      0x309B...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1AFF0...0x1B2FF, 0x1F1E6...0x1F1FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
