package import Expression
import Policy

/// The numbers that one total is apportioned by, as far as they are known.
package struct AllocationRows {
  /// What is known of one district.
  package struct Row {
    /// By way of sharing out; none below zero.
    package var weights: [Exact?]
    package var least: Exact? = .zero
    package var cap: Exact?
    package var published: Exact?
    var publishedNeeds: [Unknown] = []
  }

  /// Whether the facts list every district of the city.
  package var isWhole: Bool
  package var total: Exact?
  /// By way of sharing out: how much of the total goes it.
  var fractions: [Exact?] = []
  /// By way of sharing out: the city's own figure; nil where there is none. Only where districts are left out.
  var wholes: [Exact?] = []
  /// How many districts of the city are left out, and what each of them has before the rest is shared out.
  package var elsewhere = 0
  var leastElsewhere: [Exact?] = []
  package var districts: [Row] = []
  /// What is missing of the total and the listed districts, and of the city's own figures.
  package var unknowns: UnknownSet?
  var wholeNeeds: UnknownSet?

  package init(isWhole: Bool) { self.isWhole = isWhole }

  /// The known weights of one way added up, and whether they are all of them.
  package func sum(_ way: Int) throws(ExactError) -> (known: Exact, isAll: Bool) {
    var sum = Exact.zero
    var isAll = true
    for row in districts {
      if let weight = row.weights[way] {
        sum = try sum.adding(weight)
      } else {
        isAll = false
      }
    }
    return (sum, isAll)
  }

  /// One weight a district for all ways together, where the listed districts are all; nil where it is not known.
  func combined() throws(ExactError) -> [Exact?] {
    if fractions.count == 1 { return districts.map { $0.weights[0] } }
    var result = [Exact?](repeating: .zero, count: districts.count)
    for (way, fraction) in fractions.enumerated() {
      let sum = try sum(way)
      for (index, row) in districts.enumerated() {
        guard let before = result[index], let fraction, sum.isAll, let weight = row.weights[way]
        else {
          result[index] = nil
          continue
        }
        if sum.known == .zero { continue }
        result[index] = try before.adding(
          try fraction.multiplied(by: weight).divided(by: sum.known))
      }
    }
    return result
  }

  /// Whole parts, where everything is known.
  package func parts(_ weights: [Exact?]) throws(ExactError) -> [Int]? {
    guard var rest = total?.floor else { return nil }
    var caps: [Exact?] = []
    for row in districts {
      guard let least = row.least else { return nil }
      rest = try rest.subtracting(least)
      caps.append(try row.cap.map { cap throws(ExactError) in try cap.subtracting(least) })
    }
    let parts = try Allocate.parts(of: rest, weights: weights.map { $0 ?? .zero }, caps: caps)
    return zip(parts, districts).map { $0 + ($1.least?.floor.asInt ?? 0) }
  }

  /// Parts where one district alone is left out and everything else is known: it gets what the others do not come to.
  func partsBesideOneOther() throws(ExactError) -> (listed: [Int], elsewhere: Int)? {
    guard elsewhere == 1, unknowns == nil, districts.allSatisfy({ $0.cap == nil }) else {
      return nil
    }
    var other = Row(weights: [])
    for (way, whole) in wholes.enumerated() {
      let sum = try sum(way)
      guard let whole, sum.isAll else { return nil }
      other.weights.append(try max(whole, sum.known).subtracting(sum.known))
    }
    if let least = leastElsewhere.first { other.least = least }
    var all = self
    all.districts.append(other)
    guard let parts = try all.parts(try all.combined()), let last = parts.last else { return nil }
    return (Array(parts.dropLast()), last)
  }

  /// Between what the part of each listed district lies, and those of all others together; nil where the total is not known.
  ///
  /// With the city's own figure a share is exact, and its part is the share rounded down or up; without it the city has at least
  /// what the listed districts have, so that a share is no more than it is among them.
  package func bounds() throws(ExactError) -> (
    listed: [ClosedRange<Int>], elsewhere: ClosedRange<Int>?
  )? {
    guard let whole = total?.floor else { return nil }
    var rest = max(whole, .zero)
    for least in districts.map(\.least) + leastElsewhere {
      guard let least else { return nil }
      rest = try rest.subtracting(least)
    }
    rest = max(rest, .zero)
    let cities = try wholes.indices.map { way throws(ExactError) in
      let known = try sum(way).known
      return wholes[way].map { max($0, known) }
    }
    guard let shares = try shares(of: cities) else { return nil }
    var others: (low: Exact, high: Exact) = (.zero, .zero)
    for (way, fraction) in fractions.enumerated() {
      guard let fraction else { return nil }
      let sum = try sum(way)
      let city = cities[way]
      var left: (low: Exact, high: Exact) = (.zero, .one)
      if let city, city > .zero {
        left.high = try city.subtracting(sum.known).divided(by: city)
        if sum.isAll { left.low = left.high }
      }
      others.low = try others.low.adding(try fraction.multiplied(by: left.low))
      others.high = try others.high.adding(try fraction.multiplied(by: left.high))
    }
    var listed: [ClosedRange<Int>] = []
    for (share, row) in zip(shares, districts) {
      let first = row.least?.floor.asInt ?? 0
      guard let range = try Self.parts(share, of: rest) else { return nil }
      let cap = row.cap.map { max($0.floor.asInt ?? 0, 0) } ?? .max
      // What other districts cannot take goes on to this one, up to its cap.
      let least = row.cap == nil ? range.lowerBound : 0
      let most = row.cap == nil ? range.upperBound : rest.asInt ?? range.upperBound
      let high = min(share.high == .zero ? 0 : most, max(cap - first, 0))
      listed.append((first + min(least, high))...(first + high))
    }
    var first = 0
    for least in leastElsewhere { first += least?.floor.asInt ?? 0 }
    let elsewhere = try Self.parts(others, of: rest).map {
      ($0.lowerBound + first)...($0.upperBound + first)
    }
    return (listed, elsewhere)
  }

  /// Between what the share of each listed district lies, all ways together: one way that is known bounds it, whatever the other is.
  /// Nil where it is not known how much goes which way.
  ///
  /// - Parameter cities: by way: what all districts of the city have; nil where that is not known.
  package func shares(of cities: [Exact?]) throws(ExactError) -> [(low: Exact, high: Exact)]? {
    var shares = [(low: Exact, high: Exact)](repeating: (.zero, .zero), count: districts.count)
    for (way, fraction) in fractions.enumerated() {
      guard let fraction else { return nil }
      let known = try sum(way).known
      for (index, row) in districts.enumerated() {
        let (low, high) = try Self.share(row.weights[way], of: cities[way], known: known)
        shares[index].low = try shares[index].low.adding(try fraction.multiplied(by: low))
        shares[index].high = try shares[index].high.adding(try fraction.multiplied(by: high))
      }
    }
    return shares
  }

  private static func share(
    _ weight: Exact?, of city: Exact?, known: Exact
  ) throws(ExactError) -> (low: Exact, high: Exact) {
    switch (weight, city) {
    case (let weight?, let city?):
      if city == .zero { return (.zero, .zero) }
      let share = try weight.divided(by: city)
      return (share, share)
    case (let weight?, nil):
      return (.zero, weight == .zero ? .zero : try weight.divided(by: known))
    case (nil, let city?):
      return (.zero, city == .zero ? .zero : try city.subtracting(known).divided(by: city))
    case (nil, nil): return (.zero, .one)
    }
  }

  private static func parts(
    _ share: (low: Exact, high: Exact), of rest: Exact
  ) throws(ExactError) -> ClosedRange<Int>? {
    guard let low = try rest.multiplied(by: share.low).floor.asInt,
      let high = try rest.multiplied(by: share.high).ceiling.asInt, low <= high
    else { return nil }
    return low...high
  }
}

extension AllocationRows.Row {
  /// The part where something that it rests on is missing: no less than nothing, no more than the whole and its own cap, and
  /// within what is said of it beside.
  ///
  /// What can be tried value by value stays as it is, and so does what a published figure rests on as well: that is bound by no
  /// total.
  package func open(
    _ weight: Exact?, _ unknowns: UnknownSet, total: Exact?, within bounds: ClosedRange<Int>?,
    figure: String
  ) -> Value {
    if weight.map({ $0 <= .zero }) ?? false, let least { return .decimal(least) }
    let needs = unknowns.elements
    guard !needs.allSatisfy({ $0.isTriable && !$0.isOtherFigure }),
      !needs.contains(where: publishedNeeds.contains),
      let whole = [total, cap].compactMap({ $0 }).min()?.floor.asInt
    else { return .unknown(unknowns.bounded(by: nil)) }
    let most = min(max(whole, 0), bounds?.upperBound ?? .max)
    let least = min(max(bounds?.lowerBound ?? 0, 0), most)
    if least == most { return .decimal(Exact(most)) }
    return .unknown(
      UnknownSet(Unknown(figure: figure, from: needs.flatMap(\.paths), in: least...most)))
  }
}
