/// How a number format shows a number, as far as it changes what is meant.
enum NumberFormat: Sendable {
  case general, date, percent

  /// By the id of a format that every workbook has.
  init(builtIn id: Int) {
    self =
      switch id {
      case 9, 10: .percent
      // 18 to 21, 32 to 35, 45 to 47, 55 and 56 show times of day.
      case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
      default: .general
      }
  }

  /// By a format's code, such as `yyyy"年"m"月"d"日";@`.
  init(code: String) {
    var bare = ""
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
      case "[": isBracketed = true
      case "]": isBracketed = false
      case _ where isBracketed: continue
      case "\\", "_", "*": skips = true
      // The other sections are for negative numbers, zero and text.
      case ";": break scan
      default: bare.unicodeScalars.append(scalar)
      }
    }
    if bare == "general" {
      self = .general
    } else if bare.contains("%") {
      self = .percent
    } else if bare.contains("y") || bare.contains("d") {
      self = .date
    } else if bare.contains("m"), !bare.contains("h"), !bare.contains("s") {
      self = .date
    } else {
      self = .general
    }
  }
}
