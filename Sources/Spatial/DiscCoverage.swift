import Glibc

/// How many discs of each group cover a place: up to sixteen groups.
package typealias CoverageCounts = SIMD16<UInt16>

/// The regions of an area in which a function of how many discs of each group cover a place has one value.
///
/// Every circle is cut where it meets others and the area's sides; walking around it, the counts on its two sides are known at
/// each cut. A piece that tells two values apart is a side of a region of each, and pieces are joined where they were cut: by the
/// names of the two that meet there, never by nearness. So the work grows with the number of cuts, any number of discs may have to
/// cover a place (not their union alone), and nothing hangs on rounding so long as no three boundaries meet in one point. To keep
/// them from it, radii are made longer by up to ``unevenMetres``, each by another part of it.
///
/// Discs at one place are circles inside each other; those that touch cross twice or not at all.
package struct DiscCoverage {
  /// A disc and the groups in which it counts, as a sum.
  package struct Disc: Sendable {
    package var circle: PlaneCircle
    package var adds: CoverageCounts

    package init(_ circle: PlaneCircle, adds: CoverageCounts) {
      self.circle = circle
      self.adds = adds
    }
  }

  /// A corner of the area.
  package struct Corner: Sendable {
    package var at: PlanePoint
    /// It only keeps the side that it stands on from bending in the plane, and is left out of regions.
    package var isBetween: Bool

    package init(_ at: PlanePoint, isBetween: Bool = false) {
      self.at = at
      self.isBetween = isBetween
    }
  }

  /// By how much radii are made longer at most.
  package static let unevenMetres = 0.01
  /// How often it is tried with radii made longer otherwise.
  private static let attempts = 8

  /// The outlines of all regions with a value that is not 0, by value.
  ///
  /// - Parameters:
  ///   - area: rings in any direction; what lies in an odd number of them is the area. Rings do not cross.
  ///   - value: what is told apart, at most 7; 0 is of no interest.
  /// - Returns: nil where boundaries meet in one point however radii are made longer, which no real data do.
  package static func regions(
    of discs: [Disc], in area: [[Corner]], value: (CoverageCounts) -> Int
  ) -> [Int: [RegionOutline]]? {
    for attempt in 0..<attempts {
      var coverage = DiscCoverage(discs, area, attempt: attempt)
      coverage.cut()
      coverage.keepSides(value)
      if let regions = coverage.regions() { return regions }
    }
    return nil
  }

  private var discs: [Disc]
  private var sides: [Side] = []
  private var buckets: PlaneBuckets
  private var areaBuckets: PlaneBuckets
  private var farLeft = 0.0
  private let widest: Double
  private var cutsOfDisc: [[DiscCut]]
  private var cutsOfSide: [[SideCut]] = []
  private var kept: [Int: RegionSides] = [:]

  /// A straight side of the area, which lies to its left.
  private struct Side {
    var start: PlanePoint
    var end: PlanePoint
    var isStartBetween: Bool
    var startNode: UInt64
    var endNode: UInt64
  }

  private struct DiscCut {
    var angle: Double
    var node: UInt64
    /// The disc that begins or ends there; below 0 the area does.
    var other: Int32
    var begins: Bool
  }

  private struct SideCut {
    var along: Double
    var at: PlanePoint
    var node: UInt64
    var disc: Int32
    var begins: Bool
  }

  private init(_ given: [Disc], _ area: [[Corner]], attempt: Int) {
    let corners = area.joined()
    let left = corners.map(\.at.x).min() ?? 0
    let right = corners.map(\.at.x).max() ?? 0
    let bottom = corners.map(\.at.y).min() ?? 0
    let top = corners.map(\.at.y).max() ?? 0
    var widest = 1.0
    var discs: [Disc] = []
    for (number, disc) in given.enumerated() {
      let reach = disc.circle.radius + 1
      guard disc.circle.radius > 0, disc.circle.centre.x + reach > left,
        disc.circle.centre.x - reach < right, disc.circle.centre.y + reach > bottom,
        disc.circle.centre.y - reach < top
      else { continue }
      var disc = disc
      disc.circle.radius += Self.unevenMetres * Self.part(number, attempt)
      widest = max(widest, disc.circle.radius)
      discs.append(disc)
    }
    self.discs = discs
    self.widest = widest
    cutsOfDisc = [[DiscCut]](repeating: [], count: discs.count)
    // Discs are kept by their centres: those that may meet one are no farther than both radii.
    buckets = PlaneBuckets(
      left: left - widest, bottom: bottom - widest, right: right + widest, top: top + widest,
      side: max(widest / 2, 1))
    for (number, disc) in discs.enumerated() {
      let at = disc.circle.centre
      buckets.add(number, left: at.x, bottom: at.y, right: at.x, top: at.y)
    }
    areaBuckets = PlaneBuckets(
      left: left, bottom: bottom, right: right, top: top, side: max(widest / 2, 1))
    farLeft = left - 1
    addSides(area)
  }

  /// A part of one that is the same for the same disc on every machine, and another for the next.
  private static func part(_ number: Int, _ attempt: Int) -> Double {
    var z = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(attempt) &* 0xD1B5_4A32_D192_ED03
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }

  // MARK: The area

  private mutating func addSides(_ area: [[Corner]]) {
    for (number, ring) in area.enumerated() where ring.count >= 3 {
      // A ring inside an odd number of others is a hole.
      let probe = ring[0].at
      let depth = area.indices.count { other in
        other != number && Self.contains(probe, area[other])
      }
      var corners = ring
      if (Self.signedArea(ring) > 0) != (depth % 2 == 0) { corners.reverse() }
      let first = sides.count
      for index in corners.indices {
        let next = index + 1 == corners.count ? 0 : index + 1
        sides.append(
          Side(
            start: corners[index].at, end: corners[next].at,
            isStartBetween: corners[index].isBetween, startNode: Self.cornerNode(first + index),
            endNode: Self.cornerNode(first + next)))
      }
    }
    cutsOfSide = [[SideCut]](repeating: [], count: sides.count)
    for (number, side) in sides.enumerated() {
      areaBuckets.add(
        number, left: min(side.start.x, side.end.x), bottom: min(side.start.y, side.end.y),
        right: max(side.start.x, side.end.x), top: max(side.start.y, side.end.y))
    }
  }

  private static func signedArea(_ ring: [Corner]) -> Double {
    guard var last = ring.last?.at, let origin = ring.first?.at else { return 0 }
    var sum = 0.0
    for corner in ring {
      let next = corner.at
      sum +=
        (last.x - origin.x) * (next.y - origin.y) - (next.x - origin.x) * (last.y - origin.y)
      last = next
    }
    return sum / 2
  }

  private static func contains(_ point: PlanePoint, _ ring: [Corner]) -> Bool {
    guard var last = ring.last?.at else { return false }
    var isInside = false
    for corner in ring {
      let next = corner.at
      if (next.y > point.y) != (last.y > point.y),
        point.x < (last.x - next.x) * (point.y - next.y) / (last.y - next.y) + next.x
      {
        isInside.toggle()
      }
      last = next
    }
    return isInside
  }

  /// Whether a point lies in the area.
  private func isInArea(_ point: PlanePoint) -> Bool {
    var seen: Set<Int> = []
    var isInside = false
    areaBuckets.forEach(left: farLeft, bottom: point.y, right: point.x, top: point.y) { number in
      let (a, b) = (sides[number].start, sides[number].end)
      guard (a.y > point.y) != (b.y > point.y), seen.insert(number).inserted,
        point.x > (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
      else { return }
      isInside.toggle()
    }
    return isInside
  }

  // MARK: Names of what meets

  /// Two discs meet in two points: to the left of the line from the one with the lower number to the other, and to its right.
  private static func node(_ a: Int, _ b: Int, isLeft: Bool) -> UInt64 {
    UInt64(min(a, b)) << 32 | UInt64(max(a, b)) << 1 | (isLeft ? 0 : 1)
  }

  private static func sideNode(_ disc: Int, _ side: Int, isFirst: Bool) -> UInt64 {
    1 << 63 | UInt64(disc) << 32 | UInt64(side) << 1 | (isFirst ? 0 : 1)
  }

  private static func cornerNode(_ side: Int) -> UInt64 { 1 << 62 | UInt64(side) }

  // MARK: Cuts

  private mutating func cut() {
    for a in discs.indices {
      let (circle, reach) = (discs[a].circle, discs[a].circle.radius + widest)
      var found: [Int] = []
      buckets.forEach(
        left: circle.centre.x - reach, bottom: circle.centre.y - reach,
        right: circle.centre.x + reach, top: circle.centre.y + reach
      ) { if $0 != a { found.append($0) } }
      for b in found {
        let other = discs[b].circle
        let (dx, dy) = (other.centre.x - circle.centre.x, other.centre.y - circle.centre.y)
        let apart = (dx * dx + dy * dy).squareRoot()
        guard apart < circle.radius + other.radius, apart > abs(circle.radius - other.radius)
        else { continue }
        let cosine =
          (apart * apart + circle.radius * circle.radius - other.radius * other.radius)
          / (2 * apart * circle.radius)
        let half = acos(max(-1, min(1, cosine)))
        let ahead = atan2(dy, dx)
        cutsOfDisc[a].append(
          DiscCut(
            angle: Self.turn(ahead - half), node: Self.node(a, b, isLeft: a > b),
            other: Int32(b), begins: true))
        cutsOfDisc[a].append(
          DiscCut(
            angle: Self.turn(ahead + half), node: Self.node(a, b, isLeft: a < b),
            other: Int32(b), begins: false))
      }
      cutSides(a)
    }
    for a in discs.indices { cutsOfDisc[a].sort { $0.angle < $1.angle } }
    for side in sides.indices { cutsOfSide[side].sort { $0.along < $1.along } }
  }

  /// Between -π and π.
  private static func turn(_ angle: Double) -> Double {
    if angle >= .pi { return angle - 2 * .pi }
    return angle < -.pi ? angle + 2 * .pi : angle
  }

  private mutating func cutSides(_ disc: Int) {
    let circle = discs[disc].circle
    let (x, y, radius) = (circle.centre.x, circle.centre.y, circle.radius)
    var found: Set<Int> = []
    areaBuckets.forEach(left: x - radius, bottom: y - radius, right: x + radius, top: y + radius) {
      found.insert($0)
    }
    for number in found.sorted() {
      let side = sides[number]
      let (dx, dy) = (side.end.x - side.start.x, side.end.y - side.start.y)
      let (fx, fy) = (side.start.x - x, side.start.y - y)
      let a = dx * dx + dy * dy
      let b = fx * dx + fy * dy
      let c = fx * fx + fy * fy - radius * radius
      let root = b * b - a * c
      guard a > 0, root > 0 else { continue }
      for (isFirst, along) in [
        (true, (-b - root.squareRoot()) / a), (false, (-b + root.squareRoot()) / a),
      ] where along >= 0 && along < 1 {
        let at = PlanePoint(x: side.start.x + along * dx, y: side.start.y + along * dy)
        let node = Self.sideNode(disc, number, isFirst: isFirst)
        cutsOfSide[number].append(
          SideCut(along: along, at: at, node: node, disc: Int32(disc), begins: isFirst))
        // The side enters the disc where the circle, anticlockwise, leaves the area.
        cutsOfDisc[disc].append(
          DiscCut(
            angle: Self.turn(atan2(at.y - y, at.x - x)), node: node, other: -1, begins: !isFirst))
      }
    }
  }

  // MARK: Sides of regions

  /// What covers a point.
  private func counts(at point: PlanePoint) -> CoverageCounts {
    var counts = CoverageCounts()
    buckets.forEach(
      left: point.x - widest, bottom: point.y - widest, right: point.x + widest,
      top: point.y + widest
    ) { number in
      if discs[number].circle.centre.distance(to: point) < discs[number].circle.radius {
        counts &+= discs[number].adds
      }
    }
    return counts
  }

  private mutating func keepSides(_ value: (CoverageCounts) -> Int) {
    var known: [CoverageCounts: Int] = [:]
    func valueOnce(_ counts: CoverageCounts) -> Int {
      if let found = known[counts] { return found }
      let found = value(counts)
      known[counts] = found
      return found
    }
    for disc in discs.indices { keepArcs(disc, valueOnce) }
    for side in sides.indices { keepPieces(side, valueOnce) }
  }

  private mutating func keepArcs(_ disc: Int, _ value: (CoverageCounts) -> Int) {
    let circle = discs[disc].circle
    let cuts = cutsOfDisc[disc]
    func keep(_ from: DiscCut?, _ to: DiscCut?, _ outside: CoverageCounts) {
      let (out, within) = (value(outside), value(outside &+ discs[disc].adds))
      if out == within { return }
      let start = from?.angle ?? -.pi
      var sweep = (to?.angle ?? .pi) - start
      if sweep < 0 { sweep += 2 * .pi }
      let (a, b) = (from?.node ?? 0, to?.node ?? 0)
      // Inside lies to the left of who walks anticlockwise.
      if within != 0 {
        kept[within, default: RegionSides()].add(
          .init(from: a, to: b, form: .arc(circle, from: start, sweep: sweep)))
      }
      if out != 0 {
        kept[out, default: RegionSides()].add(
          .init(from: b, to: a, form: .arc(circle, from: start + sweep, sweep: -sweep)))
      }
    }
    var counts = startingCounts(disc, cuts)
    guard let first = cuts.first, let last = cuts.last else {
      if isInArea(circle.point(at: 0)) { keep(nil, nil, counts) }
      return
    }
    // In the middle of the piece that the walk begins with, far from any cut.
    let probe = circle.point(at: (last.angle + first.angle) / 2 + .pi)
    var isInArea = cuts.first { $0.other < 0 }.map { !$0.begins } ?? self.isInArea(probe)
    if isInArea { keep(last, first, counts) }
    for (index, cut) in cuts.enumerated() {
      if cut.other < 0 {
        isInArea = cut.begins
      } else if cut.begins {
        counts &+= discs[Int(cut.other)].adds
      } else {
        counts &-= discs[Int(cut.other)].adds
      }
      if index + 1 < cuts.count, isInArea { keep(cut, cuts[index + 1], counts) }
    }
  }

  /// What covers a circle before its first cut: of the discs that cut it those that end before they begin, and of the others those
  /// that hold the whole of it.
  private func startingCounts(_ disc: Int, _ cuts: [DiscCut]) -> CoverageCounts {
    let circle = discs[disc].circle
    var counts = CoverageCounts()
    var met: Set<Int32> = []
    for cut in cuts where cut.other >= 0 {
      if met.insert(cut.other).inserted, !cut.begins { counts &+= discs[Int(cut.other)].adds }
    }
    buckets.forEach(
      left: circle.centre.x - widest, bottom: circle.centre.y - widest,
      right: circle.centre.x + widest, top: circle.centre.y + widest
    ) { number in
      let other = discs[number].circle
      if number != disc, !met.contains(Int32(number)),
        other.centre.distance(to: circle.centre) + circle.radius <= other.radius
      {
        counts &+= discs[number].adds
      }
    }
    return counts
  }

  private mutating func keepPieces(_ number: Int, _ value: (CoverageCounts) -> Int) {
    let side = sides[number]
    var counts = counts(at: side.start)
    var (at, node, isBetween) = (side.start, side.startNode, side.isStartBetween)
    func keep(to end: PlanePoint, _ endNode: UInt64) {
      let found = value(counts)
      if found == 0 { return }
      kept[found, default: RegionSides()].add(
        .init(from: node, to: endNode, form: .line(at, end, isStartBetween: isBetween)))
    }
    for cut in cutsOfSide[number] {
      keep(to: cut.at, cut.node)
      (at, node, isBetween) = (cut.at, cut.node, false)
      if cut.begins {
        counts &+= discs[Int(cut.disc)].adds
      } else {
        counts &-= discs[Int(cut.disc)].adds
      }
    }
    keep(to: side.end, side.endNode)
  }

  private func regions() -> [Int: [RegionOutline]]? {
    var result: [Int: [RegionOutline]] = [:]
    for (value, sides) in kept {
      guard let outlines = sides.outlines() else { return nil }
      result[value] = outlines
    }
    return result
  }
}
