package import Expression

/// How a district's share of a whole moves with the one number that is missing from the weights.
///
/// Shares are taken at several values of the number. Where one goes through all of them as a fraction of two linear functions,
/// (a + bt) / (1 + dt), it rises throughout or falls throughout, as a share of residents does in the residents of any one
/// district, and lies between what it is at the ends.
package struct ShareCurve {
  /// The distances from the least value that are looked at: three tell the curve, and the others whether it is one.
  static let distances = [0, 1, 3, 100, 10_000, 1_000_000, 100_000_000].map { Exact($0) }

  package let least: Exact
  package let most: Exact

  /// The bounds of a share over all distances; nil where it is no such curve.
  ///
  /// - Parameter shares: one a distance, in their order.
  package init?(through shares: [Exact]) throws(ExactError) {
    guard shares.count == Self.distances.count, let start = shares.first else { return nil }
    guard shares.contains(where: { $0 != start }) else {
      least = start
      most = start
      return
    }
    // (a + bt) / (1 + dt) = s has a = s at 0, and elsewhere b - ds = (s - a) / t.
    var slopes: [(share: Exact, slope: Exact)] = []
    for (distance, share) in zip(Self.distances, shares).dropFirst() {
      slopes.append((share, try share.subtracting(start).divided(by: distance)))
    }
    let (first, second) = (slopes[0], slopes[1])
    guard first.share != second.share else { return nil }
    let bend = try first.slope.subtracting(second.slope).divided(
      by: try second.share.subtracting(first.share))
    let rise = try first.slope.adding(try bend.multiplied(by: first.share))
    // Without a bend it would leave every bound, and with one the other way it has a pole.
    guard bend > .zero else { return nil }
    for (share, slope) in slopes {
      guard try rise.subtracting(try bend.multiplied(by: share)) == slope else { return nil }
    }
    let end = try rise.divided(by: bend)
    least = min(start, end)
    most = max(start, end)
  }
}
