import Cases
import Glibc
package import Spatial

/// The points nearest to an origin at which fewer circles overlap than at another: where one of them ends, and where two of them
/// cross.
package struct NearestOutside {
  /// A circle around a neighbour, and what is counted by it.
  package struct Obstacle {
    package var circle: GeodesicCircle
    /// Which of the counts it is part of.
    package var count: Int
    /// Whose it is: those of one neighbour, which stands at two places in the data, count once.
    package var neighbour: Int
  }

  /// Where to look, by the place on the plane and by what it lies on.
  package struct Candidate {
    fileprivate enum Site {
      case end(of: Int)
      case crossing(Int, Int, isRight: Bool)

      var obstacles: [Int] {
        switch self {
        case .end(let index): [index]
        case .crossing(let one, let other, _): [one, other]
        }
      }
    }

    fileprivate var site: Site
    fileprivate var east: Double
    fileprivate var north: Double
    /// How far it is from the origin, as the plane has it.
    package var metres: Double
  }

  /// What lies over a candidate and the points a step or two from it.
  package struct Cover {
    /// The neighbours whose obstacles surely do, by count.
    fileprivate var neighbours: [[Int]]
    /// The obstacles whose ends are so near that each point has to be looked at.
    fileprivate var edges: [Int]

    var depths: [Int] { neighbours.map(\.count) }

    fileprivate mutating func add(_ obstacle: Obstacle) {
      if !neighbours[obstacle.count].contains(obstacle.neighbour) {
        neighbours[obstacle.count].append(obstacle.neighbour)
      }
    }
  }

  /// The plane is good to so many metres and this part of a distance within the bound of a search.
  private static let planeMetres = 1.0
  private static let planeShare = 1e-3

  private let origin: Coordinate
  private let obstacles: [Obstacle]
  private let eastMetres: Double
  private let northMetres: Double
  private let centres: [(east: Double, north: Double)]
  private let countCount: Int

  package init(_ origin: Coordinate, _ obstacles: [Obstacle], countCount: Int) {
    self.origin = origin
    self.obstacles = obstacles
    self.countCount = countCount
    let latitude = origin.latitude * .pi / 180
    let eccentricity = 0.00669437999014
    let squash = 1 - eccentricity * sin(latitude) * sin(latitude)
    let prime = 6_378_137 / squash.squareRoot()
    let east = prime * cos(latitude) * .pi / 180
    let north = prime * (1 - eccentricity) / squash * .pi / 180
    (eastMetres, northMetres) = (east, north)
    centres = obstacles.map {
      (
        ($0.circle.centre.longitude - origin.longitude) * east,
        ($0.circle.centre.latitude - origin.latitude) * north
      )
    }
  }

  /// By how much the plane may be wrong about a distance.
  static func slackMetres(at metres: Double) -> Double { planeMetres + planeShare * metres }

  /// All at most so far away, the nearest first.
  package func candidates(within metres: Double) -> [Candidate] {
    var found: [Candidate] = []
    func add(_ site: Candidate.Site, _ east: Double, _ north: Double) {
      let distance = hypot(east, north)
      guard distance <= metres else { return }
      found.append(Candidate(site: site, east: east, north: north, metres: distance))
    }
    let near = obstacles.indices.filter { index in
      hypot(centres[index].east, centres[index].north)
        <= obstacles[index].circle.radiusMetres + metres
    }
    for (place, index) in near.enumerated() {
      let (east, north) = centres[index]
      let radius = obstacles[index].circle.radiusMetres
      let distance = hypot(east, north)
      // Whoever is outside leaves no circle on the way.
      if distance <= radius {
        let (x, y) = distance > 0 ? (-east / distance, -north / distance) : (0, 1)
        add(.end(of: index), east + x * radius, north + y * radius)
      }
      for other in near[(place + 1)...] {
        let (dx, dy) = (centres[other].east - east, centres[other].north - north)
        let apart = hypot(dx, dy)
        let otherRadius = obstacles[other].circle.radiusMetres
        guard apart > 0, apart < radius + otherRadius, apart > abs(radius - otherRadius) else {
          continue
        }
        let along = (apart * apart + radius * radius - otherRadius * otherRadius) / (2 * apart)
        let aside = max(0, radius * radius - along * along).squareRoot()
        for isRight in [true, false] {
          let side = isRight ? aside : -aside
          add(
            .crossing(index, other, isRight: isRight),
            east + (dx * along + dy * side) / apart, north + (dy * along - dx * side) / apart)
        }
      }
    }
    return found.sorted { $0.metres < $1.metres }
  }

  /// What lies over a candidate, by the plane alone: what it lies at the end of is among the edges.
  package func cover(_ candidate: Candidate) -> Cover {
    var cover = Cover(neighbours: Array(repeating: [], count: countCount), edges: [])
    let slack = Self.slackMetres(at: candidate.metres)
    for (index, obstacle) in obstacles.enumerated() {
      let (east, north) = (
        centres[index].east - candidate.east, centres[index].north - candidate.north
      )
      let square = east * east + north * north
      let (inner, outer) = (
        obstacle.circle.radiusMetres - slack, obstacle.circle.radiusMetres + slack
      )
      if square > outer * outer { continue }
      if inner > 0, square < inner * inner, !candidate.site.obstacles.contains(index) {
        cover.add(obstacle)
      } else {
        cover.edges.append(index)
      }
    }
    return cover
  }

  /// Where a candidate lies on the ellipsoid; nil where its circles do not cross there.
  package func exact(_ candidate: Candidate) -> Coordinate? {
    switch candidate.site {
    case .end(let index): return obstacles[index].circle.nearestBoundaryPoint(to: origin)
    case .crossing(let one, let other, let isRight):
      let points = obstacles[one].circle.crossings(with: obstacles[other].circle)
      return isRight ? points.first : points.last
    }
  }

  /// Boundaries that pass a candidate this closely are taken to run through it: a step aside is outside of them.
  private static let touchMetres = 0.05

  /// How many obstacles lie over the place of a candidate, by count, as the ellipsoid has it; those that it lies at the end of, or all
  /// but does, aside.
  func depths(of candidate: Candidate, at point: Coordinate, _ cover: Cover) -> [Int] {
    var cover = cover
    cover.edges.removeAll { candidate.site.obstacles.contains($0) }
    return depths(at: point, cover, touchMetres: Self.touchMetres)
  }

  /// The same of a point a step or two from a candidate, with everything that it lies in.
  func depths(at point: Coordinate, _ cover: Cover, touchMetres: Double = 0) -> [Int] {
    var found = cover
    for index in cover.edges {
      let circle = obstacles[index].circle
      if Geodesic.distanceMetres(circle.centre, point) <= circle.radiusMetres - touchMetres {
        found.add(obstacles[index])
      }
    }
    return found.depths
  }
}
