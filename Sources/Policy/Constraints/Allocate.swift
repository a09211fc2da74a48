package import Cases
package import Diagnostics
package import Expression

/// A total apportioned over the districts by weights, named so that limits, rules and plans can use it.
///
/// ### What it checks
/// Nothing by itself: it gives each district of the facts its part of `total`. Parts are whole and add up to the total rounded
/// down: each gets its exact share rounded down, and what is left goes to the largest remainders, ties to the larger weight and
/// then to the order of the facts. A weight below zero counts as none. No part exceeds its `cap`. A `published` figure of the district goes before its part.
/// Each district has its `least` first, and the rest of the total is shared out. With `shares` a total is shared out in several ways at once, each way by its own
/// weights. A weight is a share of the city's own figure (`of`) where the facts do not list every district of the city: what the
/// listed districts do not come to is that of the others, and no listed one gets it.
///
/// ### Violates
/// A limit or plan above the part that a rule names.
///
/// ### Complies
/// A limit or plan at it.
package struct Allocate: Sendable {
  /// What the parts are in a plan file.
  package enum Field: String, Sendable, CaseIterable {
    case planned
    case annualNew = "annual_new"
  }

  /// One way in which a total is shared out.
  package struct Share: Sendable {
    /// How much of the total goes this way; nil: all of it.
    package var part: Program?
    /// Worked out for each district, as `district`.
    package var weight: Program
    /// What all districts of the city come to, where the facts give a figure of the city itself.
    package var of: Program?
    /// The confidence in a share whose formula is lost in the source.
    package var reconstructed: String?
    /// What the document calls the share.
    package var label: Bilingual?

    package var programs: [Program] { [part, weight, of].compactMap(\.self) }
  }

  package var name: String
  package var basis: Int
  package var total: Program
  /// What a plan file says of the city as a whole, where it is not the total that is apportioned.
  package var city: Program?
  /// One at least.
  package var shares: [Share]
  /// What each district has before the rest is shared out.
  package var least: Program?
  package var cap: Program?
  package var published: Program?
  package var unit: String
  /// The category and the field of a plan that it fills.
  package var gives: (category: Category, field: Field)?
  package var range: ByteRange

  /// Everything that is evaluated to apportion it.
  package var programs: [Program] {
    [total, city, least, cap, published].compactMap(\.self) + shares.flatMap(\.programs)
  }

  /// Whole parts of `total` by weight; see the type's own description.
  package static func parts(
    of total: Exact, weights: [Exact], caps: [Exact?]
  ) throws(ExactError) -> [Int] {
    let weights = weights.map { max($0, .zero) }
    var sum = Exact.zero
    for weight in weights { sum = try sum.adding(weight) }
    guard total.floor > .zero, sum > .zero else {
      return [Int](repeating: 0, count: weights.count)
    }
    guard let whole = total.floor.asInt else { throw .overflow }
    var parts: [Int] = []
    var remainders: [Exact] = []
    var left = whole
    for (weight, cap) in zip(weights, caps) {
      let share = try Exact(whole).multiplied(by: weight).divided(by: sum)
      var part = share.floor.asInt ?? 0
      if let cap = cap?.floor.asInt { part = min(part, max(cap, 0)) }
      parts.append(part)
      remainders.append(try share.subtracting(Exact(part)))
      left -= part
    }
    let order = weights.indices.sorted { a, b in
      if remainders[a] != remainders[b] { return remainders[a] > remainders[b] }
      if weights[a] != weights[b] { return weights[a] > weights[b] }
      return a < b
    }
    func room(_ index: Int) -> Int {
      caps[index]?.floor.asInt.map { max($0, 0) - parts[index] } ?? .max
    }
    // One round is enough without caps; with caps the rest goes round until it is placed or nothing takes it.
    while left > 0 {
      let takers = order.filter { weights[$0] > .zero && room($0) > 0 }
      guard let least = takers.map(room).min() else { break }
      // As many rounds at once as all of them take.
      let rounds = min(left / takers.count, least)
      for index in rounds > 0 ? takers[...] : takers.prefix(left) {
        parts[index] += max(rounds, 1)
        left -= max(rounds, 1)
      }
    }
    return parts
  }
}
