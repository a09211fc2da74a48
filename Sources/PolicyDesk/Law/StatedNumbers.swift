import Expression

/// The numbers that a text states: in digits (`7.4`, `75%`, `4,092`, `1 亿`), in Chinese numerals (百分之七十五, 三家, 半) or English words.
///
/// A share counts in both ways of writing it, 75 and 0.75.
struct StatedNumbers {
  private(set) var digits: Set<Exact> = []
  private(set) var words: Set<Exact> = []
  /// Numbers that stand in proportion, in their order: 4, 1, 1 of 4:1:1.
  private(set) var ratios: Set<[Exact]> = []
  private let scalars: [Unicode.Scalar]

  var all: Set<Exact> { digits.union(words) }

  init(_ text: String) {
    // Full-width digits and marks are those of ASCII.
    scalars = text.unicodeScalars.map { scalar in
      (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    readDigits()
    readNumerals()
    readEnglish()
  }

  private subscript(_ index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "_" } ?? false
  }

  private func text(_ range: Range<Int>) -> String {
    var text = ""
    for scalar in scalars[range] where scalar != "," { text.unicodeScalars.append(scalar) }
    return text
  }

  // MARK: Digits

  private mutating func readDigits() {
    var index = 0
    var ratio: (terms: [Exact], end: Int) = ([], 0)
    defer { if ratio.terms.count > 1 { ratios.insert(ratio.terms) } }
    while index < scalars.count {
      guard Self.isDigit(self[index]) else {
        index += 1
        continue
      }
      let start = index
      while Self.isDigit(self[index]) { index += 1 }
      // Groups of thousands, then decimals.
      while self[index] == ",", (1...3).allSatisfy({ Self.isDigit(self[index + $0]) }),
        !Self.isDigit(self[index + 4])
      {
        index += 4
      }
      if self[index] == ".", Self.isDigit(self[index + 1]) {
        index += 1
        while Self.isDigit(self[index]) { index += 1 }
      }
      // The 2 of m2 is none.
      if Self.isLetter(self[start - 1]) || self[start - 1] == "^" { continue }
      guard let number = Exact(decimal: text(start..<index)) else { continue }
      digits.insert(number)
      if ratio.end + 1 == start, self[ratio.end] == ":", !ratio.terms.isEmpty {
        ratio = (ratio.terms + [number], index)
      } else {
        if ratio.terms.count > 1 { ratios.insert(ratio.terms) }
        ratio = ([number], index)
      }
      var next = index
      while self[next] == " " { next += 1 }
      addScaled(number, next)
    }
  }

  private mutating func addScaled(_ number: Exact, _ index: Int) {
    func scaled(_ factor: Exact?) -> Exact? { factor.flatMap { try? number.multiplied(by: $0) } }
    switch self[index] {
    case "%": scaled(Exact(decimal: "0.01")).map { _ = digits.insert($0) }
    case "‰": scaled(Exact(decimal: "0.001")).map { _ = digits.insert($0) }
    case "万": scaled(Exact(10_000)).map { _ = digits.insert($0) }
    case "亿": scaled(Exact(100_000_000)).map { _ = digits.insert($0) }
    case "m" where starts(with: "million", at: index):
      scaled(Exact(1_000_000)).map {
        digits.remove(number)
        digits.insert($0)
      }
    default: break
    }
  }

  private func starts(with word: String, at index: Int) -> Bool {
    scalars[index...].starts(with: word.unicodeScalars)
  }

  // MARK: Chinese numerals

  private static let figures: [Unicode.Scalar: Int] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
  private static let units: [Unicode.Scalar: Int] = [
    "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000,
  ]
  private static let parts: [(String, Int)] = [("百分之", 100), ("千分之", 1_000), ("万分之", 10_000)]

  private mutating func readNumerals() {
    var index = 0
    while index < scalars.count {
      if scalars[index] == "半" { Exact(decimal: "0.5").map { _ = words.insert($0) } }
      guard Self.figures[scalars[index]] != nil || Self.units[scalars[index]] != nil else {
        index += 1
        continue
      }
      let start = index
      // 百分之七十五 begins with a numeral of its own.
      let part = Self.parts.first { starts(with: $0.0, at: index) }
      if let part { index += part.0.unicodeScalars.count }
      let from = index
      while let scalar = self[index], Self.figures[scalar] != nil || Self.units[scalar] != nil {
        index += 1
      }
      guard index > from, let whole = Self.numeral(scalars[from..<index]) else {
        index = max(index, start + 1)
        continue
      }
      var number = Exact(whole)
      if self[index] == "点", self[index + 1].map({ Self.figures[$0] != nil }) ?? false {
        var decimals = ""
        index += 1
        while let scalar = self[index], let figure = Self.figures[scalar] {
          decimals += String(figure)
          index += 1
        }
        number = Exact(decimal: "\(whole).\(decimals)") ?? number
      }
      words.insert(number)
      if let part { (try? number.divided(by: Exact(part.1))).map { _ = words.insert($0) } }
    }
  }

  /// The value of a row of numerals; nil where it does not fit.
  private static func numeral(_ row: ArraySlice<Unicode.Scalar>) -> Int? {
    // A year is written figure by figure.
    if row.count > 1, row.allSatisfy({ figures[$0] != nil }) {
      return Int(row.compactMap { figures[$0].map(String.init) }.joined())
    }
    var (total, section, figure) = (0, 0, Int?.none)
    for scalar in row {
      if let next = figures[scalar] {
        figure = next
      } else if let unit = units[scalar] {
        if unit >= 10_000 {
          let before = total + section + (figure ?? 0)
          let (product, overflow) = max(before, 1).multipliedReportingOverflow(by: unit)
          if overflow { return nil }
          (total, section) = (product, 0)
        } else {
          section += (figure ?? 1) * unit
        }
        figure = nil
      }
    }
    return total + section + (figure ?? 0)
  }

  // MARK: English words

  private static let english: [String: String] = {
    var words = [
      "half": "0.5", "both": "2", "twice": "2", "hundred": "100", "thousand": "1000", "once": "1",
      "first": "1", "second": "2", "third": "3",
    ]
    let counts = "zero one two three four five six seven eight nine ten eleven twelve"
    for (number, word) in counts.split(separator: " ").enumerated() {
      words[String(word)] = String(number)
    }
    let months =
      "january february march april may june july august september october november december"
    for (number, word) in months.split(separator: " ").enumerated() where word != "may" {
      words[String(word)] = String(number + 1)
    }
    return words
  }()

  private mutating func readEnglish() {
    var index = 0
    while index < scalars.count {
      let start = index
      while Self.isLetter(self[index]) { index += 1 }
      if index > start, let number = Self.english[text(start..<index).lowercased()] {
        Exact(decimal: number).map { _ = words.insert($0) }
      }
      index = max(index, start + 1)
    }
  }
}
