/// A set of code points: ranges and Unicode categories, perhaps all but these.
struct ScalarSet: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var subsets: [ScalarSet] = []
  var categories: [Category] = []
  var isNegated = false
  var ignoresCase = false

  enum Category: Sendable {
    case general([Unicode.GeneralCategory])
    case han
  }

  static let digit = ScalarSet(ranges: [0x30...0x39])
  static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = ScalarSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let any = ScalarSet(ranges: [0...0x10FFFF])
  static let anyButLineFeed = ScalarSet(ranges: [0x0A...0x0A], isNegated: true)

  var negated: ScalarSet {
    var result = self
    result.isNegated.toggle()
    return result
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var isIn = has(scalar)
    if !isIn, ignoresCase {
      isIn = has(folded(scalar)) || has(raised(scalar))
    }
    return isIn != isNegated
  }

  private func has(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } || subsets.contains { $0.contains(scalar) }
      || categories.contains { category in
        switch category {
        case .general(let list): list.contains(scalar.properties.generalCategory)
        case .han:
          scalar.properties.isIdeographic || scalar.properties.isRadical
        }
      }
  }
}

/// The lower-case form, where it is one code point.
func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  let lower = scalar.properties.lowercaseMapping.unicodeScalars
  return lower.count == 1 ? lower.first ?? scalar : scalar
}

private func raised(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  let upper = scalar.properties.uppercaseMapping.unicodeScalars
  return upper.count == 1 ? upper.first ?? scalar : scalar
}
