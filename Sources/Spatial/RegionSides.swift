import Glibc

/// A piece of a region's boundary, with the region to its left.
package struct RegionSide: Sendable {
  package enum Form: Sendable {
    /// Radians from the east, anticlockwise where the sweep is positive.
    case arc(PlaneCircle, from: Double, sweep: Double)
    /// `isStartBetween`: the start only keeps a longer side from bending.
    case line(PlanePoint, PlanePoint, isStartBetween: Bool)
  }

  /// Names of what it begins and ends at; 0 for a whole circle.
  var from: UInt64
  var to: UInt64
  package var form: Form
}

/// A closed walk around a region, or around a hole of it: the region lies to the left.
package struct RegionOutline: Sendable {
  package var sides: [RegionSide]
  /// In the plane's square metres; below 0 for a hole.
  package var signedArea: Double
}

/// The sides of all regions of one value, to be joined.
struct RegionSides {
  private var sides: [RegionSide] = []

  mutating func add(_ side: RegionSide) { sides.append(side) }

  /// The sides joined where they meet; nil where one leads nowhere.
  ///
  /// Where two regions touch in a point, the walk turns to the left as far as it can, and so stays with one of them.
  func outlines() -> [RegionOutline]? {
    var leaving: [UInt64: [Int]] = [:]
    for (number, side) in sides.enumerated() where side.from != 0 {
      leaving[side.from, default: []].append(number)
    }
    var isUsed = [Bool](repeating: false, count: sides.count)
    var outlines: [RegionOutline] = []
    for start in sides.indices where !isUsed[start] {
      var walk: [RegionSide] = []
      var current = start
      while true {
        isUsed[current] = true
        walk.append(sides[current])
        if sides[current].to == sides[start].from {
          // At a corner where two regions touch the walk may pass its start before it is through.
          let open = (leaving[sides[current].to] ?? []).filter { !isUsed[$0] || $0 == start }
          if next(after: current, among: open) == start || open.isEmpty || sides[start].from == 0 {
            break
          }
        }
        let open = (leaving[sides[current].to] ?? []).filter { !isUsed[$0] }
        guard let next = next(after: current, among: open) else { return nil }
        current = next
      }
      outlines.append(
        RegionOutline(sides: walk, signedArea: walk.reduce(0) { $0 + $1.sweptArea }))
    }
    return outlines
  }

  private func next(after current: Int, among open: [Int]) -> Int? {
    if open.count < 2 { return open.first }
    let back = sides[current].direction(atStart: false) + .pi
    func turn(_ number: Int) -> Double {
      var turn = (back - sides[number].direction(atStart: true)).truncatingRemainder(
        dividingBy: 2 * .pi)
      if turn <= 1e-12 { turn += 2 * .pi }
      return turn
    }
    return open.min { turn($0) < turn($1) }
  }
}

extension RegionSide {
  /// Where it leads, in radians from the east.
  fileprivate func direction(atStart: Bool) -> Double {
    switch form {
    case .line(let a, let b, _): return atan2(b.y - a.y, b.x - a.x)
    case .arc(_, let from, let sweep):
      return (atStart ? from : from + sweep) + (sweep > 0 ? .pi / 2 : -.pi / 2)
    }
  }

  /// Half of the integral of x dy - y dx along it.
  fileprivate var sweptArea: Double {
    switch form {
    case .line(let a, let b, _): return (a.x * b.y - b.x * a.y) / 2
    case .arc(let circle, let from, let sweep):
      let (r, c) = (circle.radius, circle.centre)
      return
        (r * r * sweep + r * c.x * (sin(from + sweep) - sin(from))
        - r * c.y * (cos(from + sweep) - cos(from))) / 2
    }
  }
}

extension RegionOutline {
  /// It as points of the plane, the first not repeated: corners, and points on its arcs so close that a straight line between two
  /// leaves the arc by so much at most.
  ///
  /// Arcs of one circle that follow each other count as one. The points stand at the same places of a circle, whichever of its arcs
  /// it is: regions on both sides share them.
  package func points(deviatingAtMost metres: Double) -> [PlanePoint] {
    points { _ in metres }.map(\.point)
  }

  /// The same, each with the number of the side that goes on from it; each side has straight ones of its own closeness.
  func points(deviatingAtMost metres: (Int) -> Double) -> [(point: PlanePoint, side: Int)] {
    var points: [(point: PlanePoint, side: Int)] = []
    for (index, side) in sides.enumerated() {
      let metres = metres(index)
      switch side.form {
      case .line(let start, _, let isStartBetween):
        if !isStartBetween { points.append((start, index)) }
      case .arc(let circle, let from, let sweep):
        let before = sides[index == 0 ? sides.count - 1 : index - 1]
        if sides.count == 1 || !before.isArc(of: circle, goingOn: sweep) {
          if side.from != 0 { points.append((circle.point(at: from), index)) }
        }
        let half = acos(max(0, 1 - metres / max(circle.radius, metres)))
        let count = max(8, (Double.pi / half).rounded(.up))
        let step = 2 * Double.pi / count
        let (low, high) = sweep > 0 ? (from, from + sweep) : (from + sweep, from)
        let margin = step * 1e-6
        var inner: [PlanePoint] = []
        var mark = ((low + margin) / step).rounded(.up)
        while mark * step < high - margin {
          inner.append(circle.point(at: mark * step))
          mark += 1
        }
        points += (sweep > 0 ? inner : inner.reversed()).map { ($0, index) }
      }
    }
    return points
  }
}

extension RegionSide {
  fileprivate func isArc(of circle: PlaneCircle, goingOn sweep: Double) -> Bool {
    guard case .arc(let other, _, let otherSweep) = form else { return false }
    return other == circle && (sweep > 0) == (otherSweep > 0)
  }
}

extension PlaneCircle {
  package func point(at angle: Double) -> PlanePoint {
    PlanePoint(x: centre.x + radius * cos(angle), y: centre.y + radius * sin(angle))
  }
}
