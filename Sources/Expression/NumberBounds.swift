/// Between which numbers a number lies that is not known; an end that is nil is open without bound.
///
/// Arithmetic carries them along, so that a comparison can be decided though nobody knows the numbers: 3 / residents is no less than
/// nothing. Both ends belong to the range. Where nothing can be said, or a number grows too large to compute with, an end is nil:
/// bounds may be wider than they need be and are never narrower.
package struct NumberBounds: Sendable, Hashable {
  package let least: Exact?
  package let most: Exact?

  package init(_ least: Exact?, _ most: Exact?) {
    self.least = least
    self.most = most
  }

  init?(_ domain: Unknown.Domain) {
    switch domain {
    case .integers(let low, let high): self.init(Exact(low), Exact(high))
    case .number(let minimum, let maximum): self.init(minimum, maximum)
    case .bool, .oneOf, .days, .opaque: return nil
    }
  }

  /// What holds of a number that lies in one range or the other.
  package func union(_ other: NumberBounds) -> NumberBounds {
    NumberBounds(
      either(least, other.least) { min($0, $1) }, either(most, other.most) { max($0, $1) })
  }

  /// What an operator comes to between the bounds of its sides; nil where nothing is known of it.
  func applying(_ op: Syntax.BinaryOperator, _ other: NumberBounds) -> NumberBounds? {
    switch op {
    case .add: adding(other)
    case .subtract: subtracting(other)
    case .multiply: multiplied(by: other)
    case .divide: divided(by: other)
    default: nil
    }
  }

  package func adding(_ other: NumberBounds) -> NumberBounds {
    NumberBounds(
      either(least, other.least) { try? $0.adding($1) },
      either(most, other.most) { try? $0.adding($1) })
  }

  package func subtracting(_ other: NumberBounds) -> NumberBounds { adding(other.negated) }

  var negated: NumberBounds {
    NumberBounds(most.flatMap { try? $0.negated() }, least.flatMap { try? $0.negated() })
  }

  /// The same of a function that never falls where its argument rises.
  func mapped(_ rising: (Exact) -> Exact) -> NumberBounds {
    NumberBounds(least.map(rising), most.map(rising))
  }

  private func multiplied(by other: NumberBounds) -> NumberBounds? {
    if let least, let most, let first = other.least, let last = other.most {
      let corners = [(least, first), (least, last), (most, first), (most, last)].compactMap {
        try? $0.multiplied(by: $1)
      }
      guard corners.count == 4 else { return nil }
      return NumberBounds(corners.min(), corners.max())
    }
    // Without one of the ends it can be told for numbers that are not below zero.
    guard let least, let first = other.least, least >= .zero, first >= .zero else { return nil }
    if most == .zero || other.most == .zero { return NumberBounds(.zero, .zero) }
    return NumberBounds(
      try? least.multiplied(by: first),
      either(most, other.most) { try? $0.multiplied(by: $1) })
  }

  /// By a number that is not below zero. At zero itself nothing can be computed, so that it is none of the values that matter.
  private func divided(by other: NumberBounds) -> NumberBounds? {
    guard let first = other.least, first >= .zero, other.most != .zero else { return nil }
    /// By the least divisor, or as it comes near zero.
    func byLeast(_ number: Exact) -> Exact? {
      first == .zero ? nil : try? number.divided(by: first)
    }
    /// By the greatest, or as it grows beyond all bounds.
    func byMost(_ number: Exact) -> Exact? {
      guard let last = other.most else { return .zero }
      return try? number.divided(by: last)
    }
    return NumberBounds(
      least.flatMap { $0 >= .zero ? byMost($0) : byLeast($0) },
      most.flatMap { $0 <= .zero ? byMost($0) : byLeast($0) })
  }

  private func either(
    _ left: Exact?, _ right: Exact?, _ combine: (Exact, Exact) -> Exact?
  ) -> Exact? {
    guard let left, let right else { return nil }
    return combine(left, right)
  }
}

extension UnknownSet {
  /// The same with what is known of the number that it stands for.
  package func bounded(by bounds: NumberBounds?) -> UnknownSet {
    var result = self
    result.bounds = bounds
    return result
  }
}

extension Value {
  /// Between what it lies, where it is a number; a known one lies between itself and itself.
  package var bounds: NumberBounds? {
    if case .unknown(let set) = self { return set.bounds }
    return exact.map { NumberBounds($0, $0) }
  }

  /// The same with its bounds forgotten: what stands for something else than the number that is missing.
  var unbounded: Value {
    guard case .unknown(let set) = self, set.bounds != nil else { return self }
    return .unknown(set.bounded(by: nil))
  }
}

extension Relation {
  /// Whether it holds for all numbers of two ranges, or for none; nil where it holds for some.
  package func holds(_ left: NumberBounds?, _ right: NumberBounds?) -> Bool? {
    guard let left, let right else { return nil }
    /// Whether all of one range lie before all of another, or at most meet them.
    func isBefore(_ a: NumberBounds, _ b: NumberBounds, orEqual: Bool) -> Bool {
      guard let most = a.most, let least = b.least else { return false }
      return orEqual ? most <= least : most < least
    }
    func decide(_ a: NumberBounds, _ b: NumberBounds, orEqual: Bool) -> Bool? {
      if isBefore(a, b, orEqual: orEqual) { return true }
      return isBefore(b, a, orEqual: !orEqual) ? false : nil
    }
    switch self {
    case .less: return decide(left, right, orEqual: false)
    case .lessOrEqual: return decide(left, right, orEqual: true)
    case .greater: return decide(right, left, orEqual: false)
    case .greaterOrEqual: return decide(right, left, orEqual: true)
    case .equal, .notEqual:
      let isApart =
        isBefore(left, right, orEqual: false) || isBefore(right, left, orEqual: false)
      if isApart { return self == .notEqual }
      let isOne = left.least != nil && left == right && left.least == left.most
      return isOne ? self == .equal : nil
    }
  }
}
