/// How a number format shows a number, as far as it changes what is meant.
enum NumberFormat: Sendable, Equatable {
  case general, date, percent
  /// A number with so many decimals, zeros at the end included.
  case fixed(decimals: Int)

  /// By the id of a format that every workbook has.
  init(builtIn id: Int) {
    self =
      switch id {
      case 2, 4, 7, 8, 39, 40, 43, 44: .fixed(decimals: 2)
      case 9, 10: .percent
      // 18 to 21, 32 to 35, 45 to 47, 55 and 56 show times of day.
      case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
      default: .general
      }
  }

  /// By a format's code, such as `yyyy"年"m"月"d"日";@`.
  init(code: String) {
    var bare = ""
    var bracketed = ""
    var isQuoted = false
    var isBracketed = false
    var skips = false
    scan: for scalar in code.lowercased().unicodeScalars {
      if skips {
        skips = false
        continue
      }
      switch scalar {
      case "\"": isQuoted.toggle()
      case _ where isQuoted: continue
      case "[": (isBracketed, bracketed) = (true, "")
      case "]":
        isBracketed = false
        // `[h]` is a number of hours; anything else is a colour, a condition or a language.
        if !bracketed.isEmpty, bracketed.allSatisfy("hms".contains) { bare += "h" }
      case _ where isBracketed: bracketed.unicodeScalars.append(scalar)
      case "\\", "_", "*": skips = true
      // The other sections are for negative numbers, zero and text.
      case ";": break scan
      default: bare.unicodeScalars.append(scalar)
      }
    }
    if bare.contains("%") {
      self = .percent
    } else if bare.contains("y") || bare.contains("d") || bare.contains("aaa") {
      // `aaa` is the day of the week in Chinese and Japanese.
      self = .date
    } else if bare.contains("m"), !bare.contains("h"), !bare.contains("s") {
      self = .date
    } else {
      let decimals = Self.decimals(bare)
      self = decimals > 0 ? .fixed(decimals: decimals) : .general
    }
  }

  /// The decimals that a number is always shown with; none where it is written with an exponent.
  private static func decimals(_ bare: String) -> Int {
    guard let point = bare.firstIndex(of: "."), !bare.contains("e") else { return 0 }
    return bare[bare.index(after: point)...].prefix { $0 == "0" }.count
  }
}
